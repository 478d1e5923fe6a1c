"""Geometry of a radar: axes, rings, lines and filled areas.

Pure numbers, so that the charts of matplotlib and the painters of the window share them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import cos, nan, pi, sin

FEWEST_AXES = 3
"""With fewer axes a radar has no area; bars take its place."""

Point = tuple[float, float]


def angle_of(place: int, count: int) -> float:
    """Angle of an axis in radians: from twelve o'clock, clockwise."""
    return 2 * pi * place / count


def ring_share(value: Fraction | int, lowest: int, highest: int) -> float:
    """Distance of a value from the centre, 0 to 1; the lowest level is on the first ring.

    So an area at the lowest level never looks like one without a level.
    """
    return float(Fraction(value - lowest + 1) / (highest - lowest + 1))


@dataclass(frozen=True, slots=True)
class RadarGeometry:
    """A radar of ``count`` axes round a centre; ``up`` is -1 where y grows downwards.

    Values are given as shares of the radius, one per axis; ``None`` is an axis without a value.
    """

    x: float
    y: float
    radius: float
    count: int
    up: int = 1

    def point(self, place: int, share: float = 1, beyond: float = 0) -> Point:
        """The point on an axis at a share of the radius, or so many units ``beyond`` it."""
        angle = angle_of(place, self.count)
        out = self.radius * share + beyond
        return self.x + out * sin(angle), self.y + self.up * out * cos(angle)

    def ring(self, share: float = 1) -> list[Point]:
        """The corners of a ring, not closed."""
        return [self.point(place, share) for place in range(self.count)]

    def line(self, shares: Sequence[float | None]) -> list[Point]:
        """From corner to corner and back to the first; a missing value breaks it by nan."""
        corners = [
            (nan, nan) if share is None else self.point(place, share)
            for place, share in enumerate(shares)
        ]
        return [*corners, corners[0]]

    def fillings(self, shares: Sequence[float | None]) -> list[list[Point]]:
        """The polygons inside the line; where it breaks they run to the centre."""
        polygons = []
        for run in runs_of(shares):
            polygon = [self.point(p, share) for p in run if (share := shares[p]) is not None]
            polygons.append(polygon if len(run) == self.count else [*polygon, (self.x, self.y)])
        return polygons

    def spokes(self, wanted: Sequence[bool]) -> list[Point]:
        """Lines from the centre to the end of each selected axis, separated by nan."""
        points: list[Point] = []
        for place, is_wanted in enumerate(wanted):
            if is_wanted:
                points += [(self.x, self.y), self.point(place), (nan, nan)]
        return points


def runs_of(values: Sequence[object | None]) -> list[list[int]]:
    """Places of neighbours round the circle that all have a value: ``[[3, 4, 0], [2]]``."""
    count = len(values)
    if all(value is not None for value in values):
        return [list(range(count))] if count else []
    first_gap = next(place for place, value in enumerate(values) if value is None)
    runs: list[list[int]] = [[]]
    for offset in range(1, count + 1):
        place = (first_gap + offset) % count
        if values[place] is not None:
            runs[-1].append(place)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]
