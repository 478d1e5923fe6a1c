"""A planned radar: its centre and size, and a place for every label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "right", "center"]

MARGIN = 4.0
PAD = 14.0
"""From the end of a spoke to its label; marks for unscored areas stand in between."""


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label of one or more lines; ``x`` is its left, right or middle edge, ``y`` its middle.

    ``is_moved`` if it is so far from its axis that it needs a leader line.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    align: Align
    is_moved: bool = False

    @property
    def left(self) -> float:
        """Left edge of the text."""
        return self.x - {"left": 0.0, "center": 0.5, "right": 1.0}[self.align] * self.width

    def covers(self, x: float, y: float) -> bool:
        """True if a point lies on the label."""
        beside = self.left <= x <= self.left + self.width
        return beside and abs(y - self.y) <= self.height / 2

    def shares_height(self, other: PlacedLabel) -> bool:
        """True if both would touch were they in the same column."""
        return abs(self.y - other.y) < (self.height + other.height) / 2


@dataclass(frozen=True, slots=True)
class RadarPlan:
    """Centre, radius of the outermost ring, and one label per axis (``None``: not named).

    ``is_numbered`` when there was no room for names and the axes carry their numbers instead.
    """

    x: float
    y: float
    radius: float
    size: float
    labels: tuple[PlacedLabel | None, ...]
    is_numbered: bool = False
