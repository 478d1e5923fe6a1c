"""Short names, or numbers instead of names, in a ring round a radar without room beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import cos, sin

from exports.radar.geometry import angle_of
from exports.radar.lines import LINE_HEIGHT, Measure
from exports.radar.plan import MARGIN, PAD, PlacedLabel, RadarPlan

_SIZE = 11.0


def ring_plan(
    labels: Sequence[str], width: float, height: float, measure: Measure
) -> RadarPlan | None:
    """Names round the radar like numbers; ``None`` unless they are about as short as numbers."""
    plan = _ring(labels, width, height, measure)
    for rows in (1, 2):
        placed = _labels(plan, labels, 1, rows, measure)
        is_inside = all(
            label is None or abs(label.x - plan.x) + label.width / 2 <= width / 2 - MARGIN
            for label in placed
        )
        if is_inside and not _touch([label for label in placed if label is not None]):
            return replace(plan, labels=placed)
    return None


def numbered_plan(count: int, width: float, height: float, measure: Measure) -> RadarPlan:
    """Numbers in one row, else in two staggered ones, else every second, third, fifth, tenth."""
    numbers = [str(place + 1) for place in range(count)]
    plan = replace(_ring(numbers, width, height, measure), is_numbered=True)
    labels: tuple[PlacedLabel | None, ...] = ()
    for every in (1, 2, 3, 5, 10, 20, 50, count):
        for rows in (1, 2):
            labels = _labels(plan, numbers, every, rows, measure)
            if not _touch([label for label in labels if label is not None]):
                return replace(plan, labels=labels)
    return replace(plan, labels=labels)


def _ring(labels: Sequence[str], width: float, height: float, measure: Measure) -> RadarPlan:
    """A radar with room for one line all around it."""
    widest = max(measure(label, _SIZE) for label in labels)
    radius = min(width, height) / 2 - MARGIN - PAD - 1.5 * _SIZE * LINE_HEIGHT - widest / 2
    return RadarPlan(width / 2, height / 2, max(8.0, radius), _SIZE, ())


def _labels(
    plan: RadarPlan, texts: Sequence[str], every: int, rows: int, measure: Measure
) -> tuple[PlacedLabel | None, ...]:
    """A label at every so many axes, alternating between the rows."""
    line, count = plan.size * LINE_HEIGHT, len(texts)
    labels: list[PlacedLabel | None] = []
    for place, text in enumerate(texts):
        if place % every:
            labels.append(None)
            continue
        row = (place // every) % rows
        out = plan.radius + PAD + line / 2 + row * (line + 1)
        angle = angle_of(place, count)
        x, y = plan.x + out * sin(angle), plan.y + out * cos(angle)
        labels.append(PlacedLabel((text,), x, y, measure(text, plan.size), line, "center"))
    return tuple(labels)


def _touch(labels: Sequence[PlacedLabel]) -> bool:
    """True if labels round a circle overlap; only near ones can."""
    count = len(labels)
    return any(
        labels[place].shares_height(other)
        and abs(labels[place].x - other.x) < (labels[place].width + other.width) / 2 + 1
        for place in range(count)
        for distance in range(1, min(4, count - 1) + 1)
        if (other := labels[(place + distance) % count]) is not labels[place]
    )
