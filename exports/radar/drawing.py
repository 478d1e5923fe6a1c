"""Draws the profile on a matplotlib figure: a radar, or bars for one or two axes.

The window caches the background as an image and redraws only the artists that show values.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from app.figures.scoring import ScoringState
from exports.palette import Palette
from exports.radar.artists import (
    RING_LETTERS,
    Chart,
    Drawing,
    Frame,
    axis_mark,
    page_axes,
    profile_lines,
    whole_frame,
)
from exports.radar.bars import Bars
from exports.radar.data import RadarData
from exports.radar.geometry import FEWEST_AXES, Point, RadarGeometry
from exports.radar.layout import plan_radar
from exports.radar.lettering import text_width, write_text
from exports.radar.lines import LINE_HEIGHT
from exports.radar.plan import PlacedLabel, RadarPlan
from exports.radar.plotting import Axes, Figure, Line2D, Outline, PathPatch

_MARK_ROOM = 14.0
"""Points beyond the highest level in which marks of axes without a level stand."""
_MARK_BEYOND = 5.5


def draw_radar(
    figure: Figure,
    data: RadarData,
    colours: Palette,
    *,
    frame: Frame | None = None,
    compact: bool = False,
    animated: bool = False,
) -> Drawing:
    """Draw a profile on an empty figure, filling ``frame`` or all of it.

    ``compact`` leaves the numbers of the rings out. ``animated`` artists are left to the caller
    to draw after the background (blitting).
    """
    axes = page_axes(figure, colours)
    frame = frame or whole_frame(figure)
    drawing: Drawing
    if not data.axes or min(frame.width, frame.height) < 24:
        return Drawing()
    if len(data.axes) < FEWEST_AXES:
        drawing = Bars(axes, data, colours, frame)
    else:
        drawing = _Radar(axes, data, colours, frame, compact=compact)
    drawing.show(data)
    for artist in drawing.moving:
        artist.set_animated(animated)
    return drawing


class _Radar(Drawing):
    """Three or more axes: rings and labels as background, lines and markers over it."""

    def __init__(
        self, axes: Axes, data: RadarData, colours: Palette, frame: Frame, *, compact: bool
    ) -> None:
        super().__init__()
        self._axes, self._colours, self._frame = axes, colours, frame
        self.plan = plan_radar(
            [axis.label for axis in data.axes], frame.width, frame.height, text_width,
            11.0 if compact else 0.0, data.language,
        )  # fmt: skip
        self._place = RadarGeometry(
            frame.left + self.plan.x, frame.bottom + self.plan.y, self.plan.radius, len(data.axes)
        )
        self._draw_rings(data, compact=compact)
        self._draw_labels(data, self.plan)
        self.charts = (Chart(data.axes, frame, self.plan),)
        self._make_moving(dot=4.0 if compact or len(data.axes) > 30 else 5.0)
        around = self.plan.radius + _MARK_ROOM
        self.reach = Frame(self._place.x - around, self._place.y - around, 2 * around, 2 * around)

    def _draw_rings(self, data: RadarData, *, compact: bool) -> None:
        step = self._place.radius / (data.highest - data.lowest + 1)
        every = max(1, ceil(RING_LETTERS * LINE_HEIGHT / step))
        for level in range(data.lowest, data.highest + 1):
            corners = self._place.ring(data.share(Fraction(level)))
            self._line([*corners, corners[0]], self._colours.line, 0.8)
            if not compact and not (data.highest - level) % every:
                x, y = corners[0]
                write_text(
                    self._axes, x + 3, y - 2, str(level), RING_LETTERS, self._colours.secondary,
                    ha="left", va="top",
                )  # fmt: skip

    def _draw_labels(self, data: RadarData, plan: RadarPlan) -> None:
        for place, (axis, label) in enumerate(zip(data.axes, plan.labels, strict=True)):
            if label is not None:
                colour = self._colours.dimension_text(axis.dimension)
                self._draw_label(place, label, plan.size, colour)

    def _draw_label(self, place: int, label: PlacedLabel, size: float, colour: str) -> None:
        x, y = self._frame.left + label.x, self._frame.bottom + label.y
        if label.is_moved:
            near = y - label.height / 2 if y < self._place.y else y + label.height / 2
            near = y if abs(x - self._place.x) > self._place.radius * 0.4 else near
            gap = -2 if label.align == "left" else 2
            self._line([self._place.point(place, 1, 9), (x + gap, near)], self._colours.line, 0.8)
        write_text(
            self._axes, x, y, "\n".join(label.lines), size, colour, ha=label.align,
            va="center_baseline" if len(label.lines) == 1 else "center",
            multialignment=label.align, linespacing=LINE_HEIGHT - 0.05,
        ).set_gid(f"label-{place}")  # fmt: skip

    def _line(self, points: Sequence[Point], colour: str, width: float) -> None:
        xs, ys = zip(*points, strict=True)
        self._axes.add_line(Line2D(xs, ys, color=colour, linewidth=width))

    def _make_moving(self, *, dot: float) -> None:
        colours, looks = self._colours, profile_lines(self._colours)
        self._spokes = Line2D([], [], color=colours.line, linewidth=0.8)
        self._dotted = Line2D([], [], color=colours.secondary, linewidth=0.9, linestyle=(0, (1, 3)))
        self._earlier = Line2D([], [], **looks["earlier"])
        self._fill = PathPatch(
            Outline([(0.0, 0.0)]), facecolor=colours.current, alpha=colours.fill_alpha, linewidth=0
        )
        self._target = Line2D([], [], **looks["target"])
        self._projected = Line2D([], [], solid_joinstyle="round", **looks["projected"])
        self._projected.set_markersize(dot + 3)
        self._current = Line2D([], [], solid_joinstyle="round", **looks["current"])
        self._current.set_markersize(dot)
        self._unscored = axis_mark("o", colours.secondary)
        self._not_applicable = axis_mark("x", colours.secondary)
        for line in (
            self._spokes, self._dotted, self._earlier, self._target, self._projected,
            self._current, self._unscored, self._not_applicable,
        ):  # fmt: skip
            self._axes.add_line(line)
        self._axes.add_patch(self._fill)
        self.moving = (
            self._spokes, self._dotted, self._earlier, self._fill, self._target, self._projected,
            self._current, self._unscored, self._not_applicable,
        )  # fmt: skip
        self.lasting = 3
        for order, artist in enumerate(self.moving):
            artist.set_zorder(3 + order)

    def show(self, data: RadarData) -> None:
        """Move lines, filling and marks to the values of ``data``."""
        place, axes = self._place, data.axes
        states = [axis.state for axis in axes]
        current = _shares(data, [axis.current for axis in axes])
        self._move(self._spokes, place.spokes([s is ScoringState.SCORED for s in states]))
        self._move(self._dotted, place.spokes([s is not ScoringState.SCORED for s in states]))
        self._move(self._earlier, place.line(_shares(data, [axis.earlier for axis in axes])))
        self._move(self._target, place.line(_shares(data, [axis.target for axis in axes])))
        self._move(self._projected, place.line(_shares(data, [axis.projected for axis in axes])))
        self._move(self._current, place.line(current))
        self._fill.set_path(self._outline(current))
        self._move(self._unscored, self._ends(states, ScoringState.UNSCORED))
        self._move(self._not_applicable, self._ends(states, ScoringState.NOT_APPLICABLE))

    def _outline(self, shares: Sequence[float | None]) -> Outline:
        """The filled polygons as one path."""
        points: list[Point] = []
        codes: list[int] = []
        for polygon in self._place.fillings(shares):
            points += [*polygon, polygon[0]]
            codes += [int(Outline.MOVETO), *[int(Outline.LINETO)] * (len(polygon) - 1)]
            codes.append(int(Outline.CLOSEPOLY))
        centre = self._place.x, self._place.y
        return Outline(points or [centre], codes or [int(Outline.MOVETO)])

    def _ends(self, states: Sequence[ScoringState], wanted: ScoringState) -> list[Point]:
        """Places of the marks of axes in this state."""
        return [
            self._place.point(number, 1, _MARK_BEYOND)
            for number, state in enumerate(states)
            if state is wanted
        ]


def _shares(data: RadarData, values: Sequence[Fraction | None]) -> list[float | None]:
    return [None if value is None else data.share(value) for value in values]
