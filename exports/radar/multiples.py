"""Small multiples: a profile with very many axes as one small radar for each dimension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from exports.palette import Palette
from exports.radar.artists import Frame
from exports.radar.data import Axis, RadarData
from exports.radar.drawing import draw_radar
from exports.radar.geometry import FEWEST_AXES
from exports.radar.layout import plan_radar
from exports.radar.lettering import text_width, write_text
from exports.radar.lines import shortened
from exports.radar.plotting import Figure

MOST_AXES = 60
"""Profiles with more axes are divided."""

_MOST_IN_ONE = 15
_COLUMNS, _WIDTH, _HEAD, _GAP = 3, 420.0, 26.0, 14.0
_HEIGHT_OF_BAR = 56.0
_KEY_SIZE, _KEY_LINE = 10.0, 14.0


@dataclass(frozen=True, slots=True)
class _Part:
    heading: str
    data: RadarData

    @property
    def body(self) -> float:
        """Height of the radar or its bars."""
        count = len(self.data.axes)
        bars = 24 + _HEIGHT_OF_BAR * count
        return bars if count < FEWEST_AXES else max(270.0, 24.0 * count)

    @property
    def key(self) -> list[tuple[str, str]]:
        """Number and name of each axis where the names do not fit around the radar."""
        labels = [axis.label for axis in self.data.axes]
        if len(labels) < FEWEST_AXES:
            return []
        language = self.data.language
        plan = plan_radar(labels, _WIDTH - 2 * _GAP, self.body, text_width, language=language)
        if not plan.is_numbered:
            return []
        room = _WIDTH - 30 - 2 * _GAP
        named = (shortened(label, room, _KEY_SIZE, text_width) for label in labels)
        return [(str(number), name) for number, name in enumerate(named, 1)]

    @property
    def height(self) -> float:
        return _HEAD + self.body + _KEY_LINE * len(self.key)


def is_divided(data: RadarData) -> bool:
    """True if the profile is drawn as small multiples."""
    return len(data.axes) > MOST_AXES


def size_of_multiples(data: RadarData) -> tuple[float, float]:
    """Width of the picture and height of all small radars in it."""
    heights = [_height(row) for row in _rows(data)]
    return _COLUMNS * _WIDTH, sum(heights) + _GAP * (len(heights) - 1)


def draw_multiples(figure: Figure, data: RadarData, colours: Palette, frame: Frame) -> None:
    """Draw the small radars row by row into the frame, each under the name of its dimension."""
    top = frame.bottom + frame.height
    width = frame.width / _COLUMNS
    for row in _rows(data):
        for column, part in enumerate(row):
            _draw_part(figure, part, colours, frame.left + column * width, top)
        top -= _height(row) + _GAP


def _draw_part(figure: Figure, part: _Part, colours: Palette, left: float, top: float) -> None:
    bottom = top - _HEAD - part.body
    place = Frame(left, bottom, _WIDTH - 2 * _GAP, part.body)
    draw_radar(figure, part.data, colours, frame=place)
    axes = figure.axes[0]
    colour = colours.dimension_text(part.data.axes[0].dimension)
    heading = shortened(part.heading, (_WIDTH - 2 * _GAP) / 1.12, 12, text_width)
    write_text(axes, left + 6, top - 4, heading, 12, colour, va="top", fontweight="bold")
    for line, (number, name) in enumerate(part.key):
        y = bottom - _KEY_LINE * line
        secondary = colours.secondary
        write_text(axes, left + 24, y, number, _KEY_SIZE, secondary, va="top", ha="right")
        write_text(axes, left + 30, y, name, _KEY_SIZE, colours.text, va="top")


def _rows(data: RadarData) -> list[list[_Part]]:
    parts = _parts(data)
    return [parts[start : start + _COLUMNS] for start in range(0, len(parts), _COLUMNS)]


def _height(row: Sequence[_Part]) -> float:
    return max(part.height for part in row)


def _parts(data: RadarData) -> list[_Part]:
    """The axes by dimension; large dimensions are divided evenly."""
    parts = []
    by_area = data.by == "area"
    for dimension, group in groupby(data.axes, lambda axis: axis.dimension if by_area else -1):
        axes = tuple(group)
        name = data.dimensions[dimension] if by_area else ""
        pieces = _evenly(axes, -(-len(axes) // _MOST_IN_ONE))
        for number, piece in enumerate(pieces, 1):
            heading = f"{name} ({number}/{len(pieces)})".lstrip() if len(pieces) > 1 else name
            parts.append(_Part(heading, replace(data, axes=piece)))
    return parts


def _evenly(axes: tuple[Axis, ...], count: int) -> list[tuple[Axis, ...]]:
    edges = [len(axes) * place // count for place in range(count + 1)]
    return [axes[start:end] for start, end in pairwise(edges)]
