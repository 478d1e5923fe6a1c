"""Room for the labels around a radar, so that they do not overlap."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

from exports.workbook.label_lines import broken_label

_LINE = 1.25
_CHARACTER = 0.52
"""Height of a line and mean width of a character, in ems."""
_CM_PER_POINT = 2.54 / 72
_WIDEST = 30
_NARROWEST = 8
_MOST_LINES = 2
_FEWEST_FOR_RADAR = 3
PLOT_HEIGHT = 0.64
"""Share of a chart's height that the rings take."""


@dataclass(frozen=True, slots=True)
class Ring:
    """A radar with ``count`` axes in a chart of this height, with labels of this size."""

    count: int
    height_cm: float
    text_size: float

    def label(self, name: str, index: int, language: str) -> str:
        """A name for the axis of an index from 0, on as many lines as fit there."""
        width, lines = self._room(index)
        return broken_label(name, width, lines, language)

    def joint(self, index: int, label: str) -> str:
        """Separator of a label and its state: a line break where there is room for one more."""
        lines = label.count("\n") + 2
        return "\n" if self._is_at_pole(index) or lines <= self._most_lines(index) else " "

    def _is_at_pole(self, index: int) -> bool:
        return abs(sin(2 * pi * index / self.count)) * self._radius < self._em

    @property
    def _radius(self) -> float:
        return self.height_cm * PLOT_HEIGHT / 2

    @property
    def _em(self) -> float:
        return self.text_size * _CM_PER_POINT

    def _room(self, index: int) -> tuple[int, int]:
        """Characters and lines; labels at top and bottom are crowded, those at the sides not."""
        if self.count < _FEWEST_FOR_RADAR:
            return _WIDEST, _MOST_LINES
        if self._is_at_pole(index):
            step = abs(sin(2 * pi / self.count)) * self._radius
            width = int(2 * step / (_CHARACTER * self._em))
            return max(_NARROWEST, min(width, _WIDEST)), _MOST_LINES
        # Neighbours right and left of a pole stand at one height and extend away from each other.
        return _WIDEST, max(1, min(self._most_lines(index), _MOST_LINES))

    def _most_lines(self, index: int) -> int:
        """Lines between the heights of an axis and its nearer neighbour."""
        height = [cos(2 * pi * i / self.count) * self._radius for i in range(index - 1, index + 2)]
        apart = min(abs(height[0] - height[1]), abs(height[2] - height[1]))
        return int(apart / (_LINE * self._em))
