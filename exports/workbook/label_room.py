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

    def joint(self, index: int) -> str:
        """Separator of name and state: a line break where there is room for one."""
        has_room = self._is_at_pole(index) or self._room(index)[1] > 1
        return "\n" if has_room else " "

    def _is_at_pole(self, index: int) -> bool:
        radius = self.height_cm * PLOT_HEIGHT / 2
        return abs(sin(2 * pi * index / self.count)) * radius < self._em

    @property
    def _em(self) -> float:
        return self.text_size * _CM_PER_POINT

    def _room(self, index: int) -> tuple[int, int]:
        """Characters and lines; labels at top and bottom are crowded, those at the sides not."""
        if self.count < _FEWEST_FOR_RADAR:
            return _WIDEST, _MOST_LINES
        em = self._em
        radius = self.height_cm * PLOT_HEIGHT / 2
        height = [radius * cos(2 * pi * i / self.count) for i in (index - 1, index, index + 1)]
        step = abs(sin(2 * pi / self.count)) * radius
        apart = min(abs(height[0] - height[1]), abs(height[2] - height[1]))
        if self._is_at_pole(index):
            width = int(2 * step / (_CHARACTER * em))
            return max(_NARROWEST, min(width, _WIDEST)), _MOST_LINES
        lines = int(apart / (_LINE * em))
        # Neighbours right and left of a pole stand at one height and extend away from each other.
        return _WIDEST, max(1, min(lines, _MOST_LINES))
