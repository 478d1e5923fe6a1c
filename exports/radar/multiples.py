"""Small multiples: a profile with very many axes as one small radar for each dimension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from exports.palette import Palette
from exports.radar.artists import Drawing, Frame, whole_frame
from exports.radar.data import RadarData
from exports.radar.drawing import draw_radar
from exports.radar.geometry import FEWEST_AXES
from exports.radar.layout import plan_radar
from exports.radar.lettering import text_width, write_text
from exports.radar.lines import shortened
from exports.radar.pieces import MOST_AXES, pieces
from exports.radar.plotting import Figure

_PICTURE_WIDTH, _LEAST_WIDTH, _HEAD, _GAP = 1236.0, 400.0, 26.0, 14.0
_BETWEEN = 20.0
_HEIGHT_OF_BAR = 56.0
_KEY_SIZE, _KEY_LINE = 10.0, 14.0


@dataclass(frozen=True, slots=True)
class _Part:
    """A small radar; ``width`` is its own, without the room to the next one."""

    heading: str
    data: RadarData
    width: float

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
        plan = plan_radar(labels, self.width, self.body, text_width, language=language)
        if not plan.is_numbered:
            return []
        named = (shortened(label, self.width - 30, _KEY_SIZE, text_width) for label in labels)
        return [(str(number), name) for number, name in enumerate(named, 1)]

    @property
    def height(self) -> float:
        return _HEAD + self.body + _KEY_LINE * len(self.key)


def is_divided(data: RadarData) -> bool:
    """True if the profile is drawn as small multiples."""
    return len(data.axes) > MOST_AXES


def height_of_multiples(data: RadarData, width: float = _PICTURE_WIDTH) -> float:
    """Height of all small radars in a frame of this width, by default that of a picture."""
    heights = [_height(row) for row in _rows(data, width)]
    return sum(heights) + _GAP * (len(heights) - 1)


def size_of_multiples(data: RadarData) -> tuple[float, float]:
    """Width of the frame of a picture, and height of all small radars in it."""
    return _PICTURE_WIDTH, height_of_multiples(data)


class Multiples(Drawing):
    """Small drawings row by row, each under the name of its dimension."""

    def __init__(
        self, figure: Figure, data: RadarData, colours: Palette, frame: Frame, *, animated: bool
    ) -> None:
        super().__init__()
        self._width = frame.width
        self._drawings: list[Drawing] = []
        top = frame.bottom + frame.height
        for row in _rows(data, frame.width):
            stride = frame.width / _columns(frame.width)
            for column, part in enumerate(row):
                left = frame.left + column * stride
                self._draw(figure, part, colours, left, top, animated=animated)
            top -= _height(row) + _GAP
        self.moving = tuple(artist for each in self._drawings for artist in each.moving)
        self.charts = tuple(chart for each in self._drawings for chart in each.charts)

    def show(self, data: RadarData) -> None:
        """Show the values in every small drawing."""
        parts = (part for row in _rows(data, self._width) for part in row)
        for part, drawing in zip(parts, self._drawings, strict=True):
            drawing.show(part.data)

    def _draw(
        self,
        figure: Figure,
        part: _Part,
        colours: Palette,
        left: float,
        top: float,
        *,
        animated: bool,
    ) -> None:
        bottom = top - _HEAD - part.body
        place = Frame(left, bottom, part.width, part.body)
        drawing = draw_radar(figure, part.data, colours, frame=place, animated=animated)
        self._drawings.append(drawing)
        axes = figure.axes[0]
        colour = colours.dimension_text(part.data.axes[0].dimension)
        heading = shortened(part.heading, part.width / 1.12, 12, text_width)
        write_text(axes, left + 12, top - 4, heading, 12, colour, va="top", fontweight="bold")
        for line, (number, name) in enumerate(part.key):
            y = bottom - _KEY_LINE * line
            secondary = colours.secondary
            write_text(axes, left + 24, y, number, _KEY_SIZE, secondary, va="top", ha="right")
            write_text(axes, left + 30, y, name, _KEY_SIZE, colours.text, va="top")


def draw_profile(
    figure: Figure,
    data: RadarData,
    colours: Palette,
    *,
    frame: Frame | None = None,
    compact: bool = False,
    animated: bool = False,
) -> Drawing:
    """Draw a profile on an empty figure: as one radar, or as small ones where it has many axes."""
    if is_divided(data):
        place = frame or whole_frame(figure)
        return Multiples(figure, data, colours, place, animated=animated)
    return draw_radar(figure, data, colours, frame=frame, compact=compact, animated=animated)


def _columns(width: float) -> int:
    return max(1, int(width // _LEAST_WIDTH))


def _rows(data: RadarData, width: float) -> list[list[_Part]]:
    columns = _columns(width)
    parts = _parts(data, width / columns - _BETWEEN)
    return [parts[start : start + columns] for start in range(0, len(parts), columns)]


def _height(row: Sequence[_Part]) -> float:
    return max(part.height for part in row)


def _parts(data: RadarData, width: float = _LEAST_WIDTH) -> list[_Part]:
    """The axes by dimension; large dimensions are divided evenly."""
    by_area = data.by == "area"
    parts = []
    for axes, mark in pieces(data.axes, lambda axis: axis.dimension if by_area else -1):
        name = data.dimensions[axes[0].dimension] if by_area else ""
        parts.append(_Part(f"{name} {mark}".strip(), replace(data, axes=axes), width))
    return parts
