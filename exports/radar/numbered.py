"""Numbers instead of names, for a radar without room for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import cos, sin

from exports.radar.geometry import angle_of
from exports.radar.lines import LINE_HEIGHT, Measure
from exports.radar.plan import MARGIN, PAD, PlacedLabel, RadarPlan


def numbered_plan(count: int, width: float, height: float, measure: Measure) -> RadarPlan:
    """Numbers in one row, else in two staggered ones, else every second, third, fifth, tenth."""
    size = 11.0
    widest = measure(str(count), size)
    radius = min(width, height) / 2 - MARGIN - PAD - 1.5 * size * LINE_HEIGHT - widest / 2
    plan = RadarPlan(width / 2, height / 2, max(8.0, radius), size, (), is_numbered=True)
    labels: tuple[PlacedLabel | None, ...] = ()
    for every in (1, 2, 3, 5, 10, 20, 50, count):
        for rows in (1, 2):
            labels = _numbers(plan, count, every, rows, measure)
            if not _touch([label for label in labels if label is not None]):
                return replace(plan, labels=labels)
    return replace(plan, labels=labels)


def _numbers(
    plan: RadarPlan, count: int, every: int, rows: int, measure: Measure
) -> tuple[PlacedLabel | None, ...]:
    """A number at every so many axes, alternating between the rows."""
    line = plan.size * LINE_HEIGHT
    labels: list[PlacedLabel | None] = []
    for place in range(count):
        if place % every:
            labels.append(None)
            continue
        row = (place // every) % rows
        out = plan.radius + PAD + line / 2 + row * (line + 1)
        angle = angle_of(place, count)
        x, y = plan.x + out * sin(angle), plan.y + out * cos(angle)
        text = str(place + 1)
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
