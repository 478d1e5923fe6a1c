"""Bar chart for one or two axes, for which a radar would have no area."""

from __future__ import annotations

from fractions import Fraction
from math import nan

from app.figures.scoring import ScoringState
from exports.palette import Palette
from exports.radar.artists import RING_LETTERS, Drawing, Frame, axis_mark
from exports.radar.data import Axis, RadarData
from exports.radar.geometry import Point
from exports.radar.lettering import text_width, write_text
from exports.radar.lines import shortened
from exports.radar.plotting import Axes, Line2D


class Bars(Drawing):
    """One or two axes, where a radar would be no area: a bar on a scale for each."""

    _HEIGHT = 14.0

    def __init__(self, axes: Axes, data: RadarData, colours: Palette, frame: Frame) -> None:
        super().__init__()
        self._axes, self._colours = axes, colours
        self._left = frame.left + 16
        self._width = max(frame.width - 48, 8)
        step = min(96.0, frame.height / len(data.axes))
        top = frame.bottom + (frame.height + step * len(data.axes)) / 2
        self._rows = [top - step * (place + 0.62) for place in range(len(data.axes))]
        for axis, y in zip(data.axes, self._rows, strict=True):
            self._draw_scale(data, axis, y)
        self._make_moving()

    def _draw_scale(self, data: RadarData, axis: Axis, y: float) -> None:
        colour = self._colours.dimension_text(axis.dimension)
        label = shortened(axis.label, self._width, 12, text_width)
        write_text(self._axes, self._left, y + self._HEIGHT + 4, label, 12, colour, va="bottom")
        right = self._left + self._width
        self._axes.add_line(
            Line2D([self._left, right], [y, y], color=self._colours.line, linewidth=1)
        )
        for level in range(data.lowest, data.highest + 1):
            x = self._x(data, Fraction(level))
            self._axes.add_line(
                Line2D([x, x], [y - 5, y + 5], color=self._colours.line, linewidth=1)
            )
            write_text(
                self._axes, x, y - self._HEIGHT, str(level), RING_LETTERS, self._colours.secondary,
                ha="center", va="top",
            )  # fmt: skip

    def _make_moving(self) -> None:
        colours = self._colours
        self._bars = Line2D(
            [], [], color=colours.current, linewidth=self._HEIGHT, solid_capstyle="butt",
            alpha=0.85,
        )  # fmt: skip
        self._targets = Line2D([], [], color=colours.target, linewidth=1.4, linestyle=(0, (3, 2)))
        self._earlier = axis_mark("o", colours.earlier, colours.surface)
        self._projected = axis_mark("o", colours.current, colours.surface)
        self._projected.set_markersize(8)
        self._unscored = axis_mark("o", colours.secondary)
        self._not_applicable = axis_mark("x", colours.secondary)
        self.moving = (
            self._bars, self._targets, self._earlier, self._projected, self._unscored,
            self._not_applicable,
        )  # fmt: skip
        for order, artist in enumerate(self.moving):
            artist.set_zorder(3 + order)
            self._axes.add_artist(artist)

    def _x(self, data: RadarData, value: Fraction) -> float:
        return self._left + self._width * data.share(value)

    def show(self, data: RadarData) -> None:
        """Move bars and marks to the values of ``data``."""
        bars: list[Point] = []
        targets: list[Point] = []
        earlier: list[Point] = []
        projected: list[Point] = []
        marks: dict[ScoringState, list[Point]] = {state: [] for state in ScoringState}
        for axis, y in zip(data.axes, self._rows, strict=True):
            if axis.current is not None:
                bars += [(self._left, y), (self._x(data, axis.current), y), (nan, nan)]
            if axis.target is not None:
                x = self._x(data, axis.target)
                targets += [(x, y - self._HEIGHT + 2), (x, y + self._HEIGHT - 2), (nan, nan)]
            if axis.earlier is not None:
                earlier.append((self._x(data, axis.earlier), y))
            if axis.projected is not None:
                projected.append((self._x(data, axis.projected), y))
            marks[axis.state].append((self._left, y))
        for line, points in (
            (self._bars, bars),
            (self._targets, targets),
            (self._earlier, earlier),
            (self._projected, projected),
            (self._unscored, marks[ScoringState.UNSCORED]),
            (self._not_applicable, marks[ScoringState.NOT_APPLICABLE]),
        ):
            self._move(line, points)
