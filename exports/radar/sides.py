"""Labels of one side of a radar, beside their axes and without overlaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import cos, sin, sqrt

from exports.radar.geometry import angle_of
from exports.radar.lines import Wrap
from exports.radar.plan import PAD, Align, PlacedLabel

ROUND_FROM = 13
"""From so many axes on a polygon is treated as the circle round it."""
_CLEAR = 10.0
"""Minimum distance of a label from the radar."""
_GAP = 3.0
_GAP_OF_LINES = 6.0
"""Distance of labels with several lines: clearly more than that of two lines of one label."""
_MOST_TRIES = 24


@dataclass(frozen=True, slots=True)
class Room:
    """Space for the labels of one side; x counts from the centre outwards."""

    radius: float
    width: float
    limits: tuple[float, float]
    count: int

    def outline(self, low: float, high: float) -> float:
        """Largest x of the radar between two heights; negative infinity if it has none there."""
        if self.count >= ROUND_FROM:
            nearest = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
            inside = self.radius**2 - nearest**2
            return sqrt(inside) if inside >= 0 else float("-inf")
        return max(self._reaches(low, high), default=float("-inf"))

    def _reaches(self, low: float, high: float) -> Iterator[float]:
        corners = [
            (self.radius * sin(angle_of(i, self.count)), self.radius * cos(angle_of(i, self.count)))
            for i in range(self.count // 2 + 1)
        ]
        if self.count % 2:
            corners.append((0.0, corners[-1][1]))
        for (x1, y1), (x2, y2) in pairwise(corners):
            yield from (x for x, y in ((x1, y1), (x2, y2)) if low <= y <= high)
            for level in (low, high):
                if y2 < level < y1:
                    yield x1 + (x2 - x1) * (y1 - level) / (y1 - y2)


def place_side(
    wraps: Sequence[list[Wrap]],
    places: Sequence[int],
    side: int,
    room: Room,
    furthest: float,
    middle: dict[int, PlacedLabel],
) -> dict[int, PlacedLabel] | None:
    """The labels of one side. One that does not fit gets more lines, then the rest makes way."""
    above_and_below = [label for place in (0, room.count // 2) if (label := middle.get(place))]
    limits = list(room.limits)
    narrower = dict.fromkeys(places, 0)
    for _ in range(_MOST_TRIES):
        found = _try_side(wraps, places, side, room, furthest, limits, narrower)
        if found is None:
            return None
        if isinstance(found, int):
            if narrower[found] + 1 >= len(wraps[found]):
                return None
            narrower[found] += 1
            continue
        labels = {p: _aside(label, above_and_below, side, room) for p, label in found.items()}
        if not _limit(limits, labels, above_and_below):
            return labels
    return None


def _try_side(
    wraps: Sequence[list[Wrap]],
    places: Sequence[int],
    side: int,
    room: Room,
    furthest: float,
    limits: Sequence[float],
    narrower: dict[int, int],
) -> dict[int, PlacedLabel] | int | None:
    """All labels of a side, or the place of the first that does not fit; ``None``: too many."""
    wishes: list[tuple[Wrap, float, float]] = []
    for place in places:
        wished = _wished(wraps[place][narrower[place] :], place, side, room, furthest)
        if wished is None:
            return place
        wishes.append(wished)
    heights = _apart([(y, wrap.height + _gap(wrap)) for wrap, y, _ in wishes], limits[0], limits[1])
    if heights is None:
        return None
    found: dict[int, PlacedLabel] = {}
    for place, (wrap, wish, beside), y in zip(places, wishes, heights, strict=True):
        label = _side_label(wrap, place, side, room, y, beside)
        if label is None:
            return place
        if abs(y - wish) > furthest:
            return None
        found[place] = label
    return found


def _gap(wrap: Wrap) -> float:
    return _GAP_OF_LINES if len(wrap.lines) > 1 else _GAP


def _aside(label: PlacedLabel, middle: Sequence[PlacedLabel], side: int, room: Room) -> PlacedLabel:
    """The label a little further out, where it would touch the one above or below the radar."""
    x = abs(label.x)
    for other in middle:
        if label.shares_height(other):
            x = max(x, other.width / 2 + 2 * _GAP)
    return label if x + label.width > room.width else replace(label, x=side * x)


def _limit(
    limits: list[float], found: dict[int, PlacedLabel], middle: Sequence[PlacedLabel]
) -> bool:
    """Keep a side out of the height of a label above or below that it touches."""
    changed = False
    for label in found.values():
        for other in middle:
            if abs(label.x) >= other.width / 2 + 2 * _GAP or not label.shares_height(other):
                continue
            if other.y > 0:
                limits[1] = min(limits[1], other.y - other.height / 2 - 1)
            else:
                limits[0] = max(limits[0], other.y + other.height / 2 + 1)
            changed = True
    return changed


def _wished(
    wraps: list[Wrap], place: int, side: int, room: Room, furthest: float
) -> tuple[Wrap, float, float] | None:
    """The best place of a label: at its axis, or further up or down where that is too narrow.

    Returns its lines, the height it should have, and the one beside its axis.
    """
    angle = angle_of(place if side == 1 else room.count - place, room.count)
    beside = room.width - (room.radius + PAD) * sin(angle)
    wrap = next((wrap for wrap in wraps if wrap.width <= beside), wraps[-1])
    wish = room.radius * cos(angle) + cos(angle) * (wrap.height / 2 + PAD)
    if wrap.width <= beside:
        return wrap, wish, wish
    x = room.width - wrap.width
    direction = 1 if cos(angle) >= 0 else -1
    for moved in range(0, int(furthest) + 14, 2):
        y = wish + direction * moved
        reach = room.outline(y - wrap.height / 2 - PAD / 2, y + wrap.height / 2 + PAD / 2)
        if reach + _CLEAR <= x:
            return wrap, y, wish
    return None


def _side_label(
    wrap: Wrap, place: int, side: int, room: Room, y: float, beside: float
) -> PlacedLabel | None:
    """The label at its height, beside the radar; ``None`` where it does not fit."""
    angle = angle_of(place if side == 1 else room.count - place, room.count)
    reach = room.outline(y - wrap.height / 2 - 2, y + wrap.height / 2 + 2)
    axis = (room.radius + PAD) * sin(angle)
    x = max(axis, reach + PAD - 1)
    if x + wrap.width > room.width:
        x = room.width - wrap.width
        if x < max(reach + _CLEAR, 0):
            return None
    align: Align = "left" if side == 1 else "right"
    moved = abs(y - beside) > 9
    return PlacedLabel(wrap.lines, side * x, y, wrap.width, wrap.height, align, moved)


def _apart(items: Sequence[tuple[float, float]], low: float, high: float) -> list[float] | None:
    """Heights as near to the wished ones as can be, from top to bottom without overlap.

    ``items`` are (wished middle, height). Least squares by pooling neighbours that would touch;
    ``None`` when they do not fit between the limits.
    """
    if sum(height for _, height in items) > high - low:
        return None
    offsets: list[float] = []
    used = 0.0
    for place, (_, height) in enumerate(items):
        used += height / 2 if place == 0 else (items[place - 1][1] + height) / 2
        offsets.append(used)
    # With u = y + offset the order becomes a plain "not rising", which pooling solves.
    pools: list[list[float]] = []
    for (wish, _), offset in zip(items, offsets, strict=True):
        pools.append([wish + offset, 1.0])
        while len(pools) > 1 and pools[-2][0] < pools[-1][0]:
            value, weight = pools.pop()
            total = pools[-1][1] + weight
            pools[-1] = [(pools[-1][0] * pools[-1][1] + value * weight) / total, total]
    rising = [value for value, weight in pools for _ in range(int(weight))]
    lowest = low + used + (items[-1][1] / 2 if items else 0)
    return [
        min(max(value, lowest), high) - offset
        for value, offset in zip(rising, offsets, strict=True)
    ]
