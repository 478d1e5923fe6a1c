"""Short names, or numbers instead of names, in a ring round a radar without room beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import cos, hypot, sin

from exports.radar.geometry import angle_of
from exports.radar.lines import LINE_HEIGHT, Measure
from exports.radar.plan import MARGIN, PAD, PlacedLabel, RadarPlan

_SIZE = 11.0
_MARKS = 8.0
"""So far beyond the ring reach the marks of areas without a level."""


def ring_plan(
    labels: Sequence[str], width: float, height: float, measure: Measure
) -> RadarPlan | None:
    """Names round the radar like numbers; ``None`` unless they are about as short as numbers."""
    plan = _ring(labels, width, height, measure)
    for rows in (1, 2):
        placed = _labels(plan, labels, 1, rows, measure)
        shown = [label for label in placed if label is not None]
        if all(_has_room(label, plan, width, height) for label in shown) and not _touch(shown):
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


def _has_room(label: PlacedLabel, plan: RadarPlan, width: float, height: float) -> bool:
    """True if a label is inside the picture and clear of the ring and the marks at its ends."""
    x, y = abs(label.x - plan.x), abs(label.y - plan.y)
    across, up = label.width / 2, label.height / 2
    is_inside = x + across <= width / 2 - MARGIN and y + up <= height / 2
    nearest = hypot(max(0.0, x - across), max(0.0, y - up))
    return is_inside and nearest >= plan.radius + _MARKS


def _touch(labels: Sequence[PlacedLabel]) -> bool:
    """True if any two labels round a circle overlap, near ones asked first."""
    count = len(labels)
    return any(
        labels[place].shares_height(other)
        and abs(labels[place].x - other.x) < (labels[place].width + other.width) / 2 + 1
        for distance in range(1, count // 2 + 1)
        for place in range(count)
        if (other := labels[(place + distance) % count]) is not labels[place]
    )
