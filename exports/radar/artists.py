"""Shared by radar and bars: frame, animated artists, markers, and axes in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

from exports.palette import Palette
from exports.radar.data import Axis, RadarData
from exports.radar.geometry import Point
from exports.radar.plan import RadarPlan
from exports.radar.plotting import Artist, Axes, Figure, Line2D

RING_LETTERS = 11.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Position of the profile on the figure, in points from the lower left."""

    left: float
    bottom: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A radar on a drawing: its axes, where it is, and what stands where in there."""

    axes: tuple[Axis, ...]
    frame: Frame
    plan: RadarPlan


class Drawing:
    """A profile on a figure: a static background, and ``moving`` artists for the values.

    The moving artists are in drawing order; :meth:`show` gives them new values without a word
    or an axis changing. The first ``lasting`` of them rarely change with a level;
    ``lasting_state`` is another object whenever they did. Nothing moves outside ``reach``, where
    that is known. ``charts`` are the radars on it; bars are none.
    """

    moving: tuple[Artist, ...] = ()
    reach: Frame | None = None
    lasting = 0
    plan: RadarPlan | None = None
    charts: tuple[Chart, ...] = ()

    def __init__(self) -> None:
        self.lasting_state = object()
        self._shown: dict[Artist, object] = {}

    def show(self, data: RadarData) -> None:
        """Show the values of ``data``, which must have the axes of the drawing."""

    def _move(self, line: Line2D, points: Sequence[Point]) -> None:
        """Give a line its points; one without any is not drawn at all."""
        if self._shown.get(line) == points:
            return
        self._shown[line] = points
        line.set_data([x for x, _ in points], [y for _, y in points])
        line.set_visible(any(not isnan(x) for x, _ in points))
        if line in self.moving[: self.lasting]:
            self.lasting_state = object()


def whole_frame(figure: Figure) -> Frame:
    """The whole of a figure."""
    width, height = (float(inches) * 72 for inches in figure.get_size_inches())
    return Frame(0, 0, width, height)


def page_axes(figure: Figure, colours: Palette) -> Axes:
    """Axes over the whole figure in which one unit is one point."""
    frame = whole_frame(figure)
    figure.set_facecolor(colours.surface)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_axis_off()
    axes.set_xlim(0, max(frame.width, 1))
    axes.set_ylim(0, max(frame.height, 1))
    axes.set_autoscale_on(False)
    return axes


def profile_lines(colours: Palette) -> dict[str, dict[str, Any]]:
    """Looks of the lines of a radar and its legend, by the name of the value they show."""
    return {
        "current": {"color": colours.current, "linewidth": 1.8, "marker": "o", "markersize": 5},
        "target": {"color": colours.target, "linewidth": 1.2, "linestyle": (0, (4, 2.5))},
        "projected": {
            "color": colours.current, "linewidth": 1.4, "marker": "o", "markersize": 7,
            "markerfacecolor": colours.surface,
        },
        "earlier": {"color": colours.earlier, "linewidth": 1.1, "marker": ".", "markersize": 3},
    }  # fmt: skip


def axis_mark(marker: str, colour: str, face: str = "none") -> Line2D:
    """Marks without a line between them, such as those of axes without a level."""
    return Line2D(
        [], [], linestyle="none", marker=marker, markersize=5, markeredgecolor=colour,
        markerfacecolor=face, markeredgewidth=1.1,
    )  # fmt: skip
