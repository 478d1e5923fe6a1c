"""The profile as a radar: for the window, for a picture file, and for the clipboard.

A radar starts at twelve o'clock and goes clockwise in the order of the model. Its rings are whole
levels; the innermost ring is the lowest level and the centre lies below it, so an area at the
lowest level never looks like one without a level. Fewer than three axes become bars.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from io import BytesIO
from math import ceil, cos, nan, sin
from pathlib import Path
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.text import Text

from app.errors import InvalidInput
from app.figures.earlier import EarlierFigures, earlier_figures
from app.figures.scoring import AreaFigures, GroupFigures, Profile, profile, weighted_mean
from app.model.comparability import normalised_text
from app.session.session import Session
from app.words.characters import visible_text
from app.words.numbers import MEAN_PLACES
from app.words.texts import N_, Translator
from exports.files import write_bytes_beside
from exports.palette import PAPER, Palette
from exports.radar.layout import (
    LINE_HEIGHT,
    PlacedLabel,
    RadarPlan,
    angle_of,
    plan_radar,
    shortened,
    wrapped,
)

By = Literal["area", "dimension"]
CHART_ENDINGS = (".png", ".svg", ".pdf")
FEWEST_AXES = 3
MAX_LABEL_LETTERS = 120
MAX_TITLE_LETTERS = 160
_PNG_SCALE = 2
_MARK_ROOM = 14.0
"""Points beyond the highest level in which marks of axes without a level stand."""
_RING_LETTERS = 11.0


class AxisState(StrEnum):
    """Whether an axis has a value, and if not, why."""

    SCORED = "scored"
    UNSCORED = "unscored"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Axis:
    """One area or dimension: its label and values; ``None`` where there is none to show.

    ``dimension`` is the place of its dimension in the model, from 0.
    """

    id: str
    label: str
    dimension: int
    state: AxisState
    current: Fraction | None
    target: Fraction | None
    earlier: Fraction | None


@dataclass(frozen=True, slots=True)
class Legend:
    """What the lines and marks mean, with their averages: ``Today 2.6``."""

    current: str
    target: str
    earlier: str
    unscored: str
    not_applicable: str


@dataclass(frozen=True, slots=True)
class RadarData:
    """All that is drawn: axes in model order, a scale of whole levels, and the words around.

    ``language`` is that of the labels.
    """

    by: By
    language: str
    axes: tuple[Axis, ...]
    lowest: int
    highest: int
    title: str
    subtitle: str
    legend: Legend

    @property
    def has_earlier(self) -> bool:
        """Whether an earlier session is shown on any axis."""
        return any(axis.earlier is not None for axis in self.axes)

    def states(self) -> frozenset[AxisState]:
        """The states that occur."""
        return frozenset(axis.state for axis in self.axes)

    def share(self, value: Fraction) -> float:
        """How far out a value lies, from 0 to 1; the lowest level is one ring from the centre."""
        return float((value - self.lowest + 1) / (self.highest - self.lowest + 1))


# ---- data ------------------------------------------------------------------------------------


def radar_data(
    session: Session,
    figures: Profile,
    by: By = "area",
    *,
    translator: Translator,
    earlier: Session | None = None,
    before: EarlierFigures | None = None,
    language: str = "",
) -> RadarData:
    """Collect what a radar shows.

    ``language`` is that of the model's texts, the session's own by default. Values of
    ``earlier`` appear only where the level texts are identical; ``before`` are its figures where
    they are known already.
    """
    language = language or session.language
    then = before
    if then is None and earlier is not None:
        then = earlier_figures(session.model, earlier)
    levels = {} if then is None else then.levels
    means = {} if then is None else then.means(figures)
    axes = (
        _area_axes(session, figures, levels, language)
        if by == "area"
        else _dimension_axes(session, figures, means, language)
    )
    return RadarData(
        by=by,
        language=language,
        axes=axes,
        lowest=session.model.lowest_level,
        highest=session.model.highest_level,
        title=_title(session),
        subtitle=_subtitle(session, by, translator, language),
        legend=_legend(
            figures, earlier, None if then is None else then.overall(figures), translator
        ),
    )


def _area_axes(session: Session, figures: Profile, earlier: Any, language: str) -> tuple[Axis, ...]:
    places = {d.id: place for place, d in enumerate(session.model.dimensions)}
    return tuple(
        Axis(
            id=area.id,
            label=chart_label(area.label.in_language(language) or area.name.in_language(language)),
            dimension=places[dimension.id],
            state=_state(found),
            current=found.level,
            target=Fraction(found.target) if found.is_applicable else None,
            earlier=earlier.get(area.id),
        )
        for (dimension, area), found in zip(session.model.entries(), figures.areas, strict=True)
    )


def _dimension_axes(
    session: Session, figures: Profile, earlier: Any, language: str
) -> tuple[Axis, ...]:
    targets: dict[str, list[tuple[Fraction, Fraction]]] = {}
    for area in figures.areas:
        if area.is_applicable:
            targets.setdefault(area.dimension_id, []).append((area.weight, Fraction(area.target)))
    return tuple(
        Axis(
            id=dimension.id,
            label=chart_label(dimension.name.in_language(language)),
            dimension=place,
            state=_state(found),
            current=found.mean,
            target=found.target_mean or weighted_mean(targets.get(dimension.id, ())),
            earlier=earlier.get(dimension.id),
        )
        for place, (dimension, found) in enumerate(
            zip(session.model.dimensions, figures.dimensions, strict=True)
        )
    )


def _state(figures: AreaFigures | GroupFigures) -> AxisState:
    if isinstance(figures, GroupFigures):
        applicable, scored = figures.applicable > 0, figures.scored > 0
    else:
        applicable, scored = figures.is_applicable, figures.counts
    if not applicable:
        return AxisState.NOT_APPLICABLE
    return AxisState.SCORED if scored else AxisState.UNSCORED


def _title(session: Session) -> str:
    parts = (session.organisation.name, session.unit.full_name if session.unit else "")
    return chart_label(" · ".join(part for part in parts if part), MAX_TITLE_LETTERS)


def _subtitle(session: Session, by: By, tr: Translator, language: str) -> str:
    kind = tr.gettext("Profile by area") if by == "area" else tr.gettext("Profile by dimension")
    model = f"{session.model.name.in_language(language)} {session.model.content_version}"
    parts = (kind, session.title, tr.long_date(session.date), model)
    return chart_label(" · ".join(part for part in parts if part), MAX_TITLE_LETTERS)


def _legend(
    figures: Profile, earlier: Session | None, mean_then: Fraction | None, tr: Translator
) -> Legend:
    overall = figures.overall
    return Legend(
        current=_with_mean(tr.gettext("Today"), overall.mean, tr),
        target=_with_mean(tr.gettext("Target"), overall.target_mean, tr),
        earlier="" if earlier is None else _with_mean(tr.month(earlier.date), mean_then, tr),
        unscored=tr.gettext("not scored"),
        not_applicable=tr.gettext("not applicable"),
    )


def _with_mean(word: str, mean: Fraction | None, tr: Translator) -> str:
    return word if mean is None else f"{word} {tr.number(mean, MEAN_PLACES)}"


@lru_cache(maxsize=2048)
def chart_label(text: str, most: int = MAX_LABEL_LETTERS) -> str:
    """A model's text fit for a chart: one line, no marks, no invisible characters, not endless.

    Longer texts than ``most`` letters end in …; drawing 20,000 letters would take seconds.
    """
    line = " ".join(visible_text(normalised_text(text[: most * 8])).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


# ---- letters ---------------------------------------------------------------------------------

_FALLBACKS = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "Microsoft YaHei", "Yu Gothic",
    "Malgun Gothic", "PingFang SC", "Hiragino Sans", "Segoe UI", "Segoe UI Symbol",
    "Arial Unicode MS", "Noto Sans", "Noto Sans Symbols", "FreeSans", "Symbola",
)  # fmt: skip
_OWN_FONT = "DejaVu Sans"
"""Ships with matplotlib: the same picture on every system."""


@lru_cache(maxsize=4096)
def _has_letter(family: str, letter: str) -> bool:
    path = findfont(FontProperties(family=family), fallback_to_default=False)
    return bool(get_font(path).get_char_index(ord(letter)))


@lru_cache(maxsize=1)
def _fallbacks() -> tuple[str, ...]:
    there = {entry.name for entry in fontManager.ttflist}
    return tuple(family for family in _FALLBACKS if family in there)


@lru_cache(maxsize=2048)
def _drawable(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with □ for what no font can show, and the families that are needed."""
    families = [_OWN_FONT]
    letters = []
    for letter in text:
        family = _family_with(letter)
        if family is not None and family not in families:
            families.append(family)
        letters.append(letter if family is not None else "\N{WHITE SQUARE}")
    return "".join(letters), tuple(families)


def _family_with(letter: str) -> str | None:
    if letter.isspace():
        return _OWN_FONT
    return next((f for f in (_OWN_FONT, *_fallbacks()) if _has_letter(f, letter)), None)


@lru_cache(maxsize=1)
def _ruler() -> Any:
    renderer: Any = RendererAgg  # no annotations of its own
    return renderer(1, 1, 288)


@lru_cache(maxsize=8192)
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Width of one line in points, measured with the letters it is drawn with."""
    shown, families = _drawable(text)
    font = FontProperties(family=list(families), size=size, weight=weight)
    width, _, _ = _ruler().get_text_width_height_descent(shown, font, ismath=False)
    return float(width) / 4 * 1.02 + 0.5  # drawn at screen size, letters snap to whole pixels


def _write(
    axes: Axes, x: float, y: float, text: str, size: float, colour: str, **more: Any
) -> Text:
    shown, families = _drawable(text)
    return axes.text(
        x, y, shown, fontsize=size, color=colour, fontfamily=list(families), parse_math=False,
        **more,
    )  # fmt: skip


# ---- drawing ---------------------------------------------------------------------------------


class Drawing:
    """A profile on a figure: a ground that stays, and ``moving`` artists that follow the values.

    The moving artists are in drawing order; :meth:`show` gives them new values without a word
    or an axis changing. The first ``lasting`` of them rarely change with a level;
    ``lasting_state`` is another object whenever they did. Nothing moves outside ``reach``, where
    that is known.
    """

    moving: tuple[Artist, ...] = ()
    reach: Frame | None = None
    lasting = 0
    plan: RadarPlan | None = None

    def __init__(self) -> None:
        self.lasting_state = object()
        self._shown: dict[Artist, object] = {}

    def show(self, data: RadarData) -> None:
        """Take the values of ``data``, whose axes are those the drawing was made for."""

    def _move(self, line: Line2D, points: tuple[list[float], list[float]]) -> None:
        """Give a line its points; one without any is not drawn at all."""
        if self._shown.get(line) == points:
            return
        self._shown[line] = points
        line.set_data(*points)
        line.set_visible(any(x == x for x in points[0]))  # noqa: PLR0124 (nan differs from itself)
        if line in self.moving[: self.lasting]:
            self.lasting_state = object()


@dataclass(frozen=True, slots=True)
class Frame:
    """Where on the figure the profile stands, in points from the lower left."""

    left: float
    bottom: float
    width: float
    height: float


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
    to draw after the ground (blitting).
    """
    axes = page_axes(figure, colours)
    if frame is None:
        width, height = (float(inches) * 72 for inches in figure.get_size_inches())
        frame = Frame(0, 0, width, height)
    drawing: Drawing
    if not data.axes or min(frame.width, frame.height) < 24:
        return Drawing()
    if len(data.axes) < FEWEST_AXES:
        drawing = _Bars(axes, data, colours, frame)
    else:
        drawing = _Radar(axes, data, colours, frame, compact=compact)
    drawing.show(data)
    for artist in drawing.moving:
        artist.set_animated(animated)
    return drawing


def page_axes(figure: Figure, colours: Palette) -> Axes:
    """Axes over the whole figure in which one unit is one point."""
    width, height = (float(inches) * 72 for inches in figure.get_size_inches())
    figure.set_facecolor(colours.surface)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_axis_off()
    axes.set_xlim(0, max(width, 1))
    axes.set_ylim(0, max(height, 1))
    axes.set_autoscale_on(False)
    return axes


class _Radar(Drawing):
    def __init__(
        self, axes: Axes, data: RadarData, colours: Palette, frame: Frame, *, compact: bool
    ) -> None:
        super().__init__()
        self._axes, self._colours, self._frame = axes, colours, frame
        self._count = len(data.axes)
        self.plan = plan_radar(
            [axis.label for axis in data.axes], frame.width, frame.height, text_width,
            11.0 if compact else 0.0, data.language,
        )  # fmt: skip
        self._centre = (frame.left + self.plan.x, frame.bottom + self.plan.y)
        self._radius = self.plan.radius
        self._draw_rings(data, compact=compact)
        self._draw_labels(data)
        self._make_moving(compact=compact)
        around = self._radius + _MARK_ROOM
        self.reach = Frame(
            self._centre[0] - around, self._centre[1] - around, 2 * around, 2 * around
        )

    # ---- the ground

    def _draw_rings(self, data: RadarData, *, compact: bool) -> None:
        step = self._radius / (data.highest - data.lowest + 1)
        every = max(1, ceil(_RING_LETTERS * LINE_HEIGHT / step))
        for level in range(data.lowest, data.highest + 1):
            share = data.share(Fraction(level))
            corners = [self._point(place, share) for place in range(self._count)]
            self._line([*corners, corners[0]], self._colours.line, 0.8)
            if not compact and not (data.highest - level) % every:
                x, y = corners[0]
                _write(
                    self._axes, x + 3, y - 2, str(level), _RING_LETTERS, self._colours.secondary,
                    ha="left", va="top",
                )  # fmt: skip

    @property
    def plan_size(self) -> float:
        """Size of the letters round the radar."""
        return 11.0 if self.plan is None else self.plan.size

    def _draw_labels(self, data: RadarData) -> None:
        if self.plan is None:
            return
        for place, (axis, label) in enumerate(zip(data.axes, self.plan.labels, strict=True)):
            if label is not None:
                self._draw_label(place, label, self._colours.dimension_text(axis.dimension))

    def _draw_label(self, place: int, label: PlacedLabel, colour: str) -> None:
        x, y = self._frame.left + label.x, self._frame.bottom + label.y
        if label.is_moved:
            near = y - label.height / 2 if y < self._centre[1] else y + label.height / 2
            near = y if abs(x - self._centre[0]) > self._radius * 0.4 else near
            gap = -2 if label.align == "left" else 2
            self._line([self._point(place, 1, 9), (x + gap, near)], self._colours.line, 0.8)
        _write(
            self._axes, x, y, "\n".join(label.lines), self.plan_size, colour, ha=label.align,
            va="center_baseline" if len(label.lines) == 1 else "center",
            multialignment=label.align, linespacing=LINE_HEIGHT - 0.05,
        ).set_gid(f"label-{place}")  # fmt: skip

    def _line(self, points: Sequence[tuple[float, float]], colour: str, width: float) -> None:
        xs, ys = zip(*points, strict=True)
        self._axes.add_line(Line2D(xs, ys, color=colour, linewidth=width))

    # ---- what follows the values

    def _make_moving(self, *, compact: bool) -> None:
        colours = self._colours
        dot = 4.0 if compact or self._count > 30 else 5.0
        self._spokes = Line2D([], [], color=colours.line, linewidth=0.8)
        self._dotted = Line2D([], [], color=colours.secondary, linewidth=0.9, linestyle=(0, (1, 3)))
        self._earlier = Line2D(
            [], [], color=colours.earlier, linewidth=1.1, marker=".", markersize=3
        )
        self._fill = PathPatch(
            Outline([(0.0, 0.0)]), facecolor=colours.current, alpha=colours.fill_alpha, linewidth=0
        )
        self._target = Line2D([], [], color=colours.target, linewidth=1.2, linestyle=(0, (4, 2.5)))
        self._current = Line2D(
            [], [], color=colours.current, linewidth=1.8, marker="o", markersize=dot,
            solid_joinstyle="round",
        )  # fmt: skip
        self._unscored = _marks("o", colours.secondary, "none")
        self._not_applicable = _marks("x", colours.secondary, "none")
        for line in (
            self._spokes, self._dotted, self._earlier, self._target, self._current,
            self._unscored, self._not_applicable,
        ):  # fmt: skip
            self._axes.add_line(line)
        self._axes.add_patch(self._fill)
        self.moving = (
            self._spokes, self._dotted, self._earlier, self._fill, self._target, self._current,
            self._unscored, self._not_applicable,
        )  # fmt: skip
        self.lasting = 3
        for order, artist in enumerate(self.moving):
            artist.set_zorder(3 + order)

    def show(self, data: RadarData) -> None:
        states = [axis.state for axis in data.axes]
        self._move(self._spokes, self._spoke_lines([s is AxisState.SCORED for s in states]))
        self._move(self._dotted, self._spoke_lines([s is not AxisState.SCORED for s in states]))
        self._move(self._earlier, self._broken_ring(data, [axis.earlier for axis in data.axes]))
        self._move(self._target, self._broken_ring(data, [axis.target for axis in data.axes]))
        self._move(self._current, self._broken_ring(data, [axis.current for axis in data.axes]))
        self._fill.set_path(self._filled(data))
        self._move(self._unscored, self._ends(states, AxisState.UNSCORED))
        self._move(self._not_applicable, self._ends(states, AxisState.NOT_APPLICABLE))

    def _point(self, place: int, share: float, beyond: float = 0) -> tuple[float, float]:
        angle = angle_of(place, self._count)
        out = self._radius * share + beyond
        return self._centre[0] + out * sin(angle), self._centre[1] + out * cos(angle)

    def _spoke_lines(self, wanted: Sequence[bool]) -> tuple[list[float], list[float]]:
        xs: list[float] = []
        ys: list[float] = []
        for place, is_wanted in enumerate(wanted):
            if is_wanted:
                x, y = self._point(place, 1)
                xs += [self._centre[0], x, nan]
                ys += [self._centre[1], y, nan]
        return xs, ys

    def _broken_ring(
        self, data: RadarData, values: Sequence[Fraction | None]
    ) -> tuple[list[float], list[float]]:
        """Corner by corner and back to the first; a missing value breaks the line."""
        corners = [
            (nan, nan) if value is None else self._point(place, data.share(value))
            for place, value in enumerate(values)
        ]
        closed = [*corners, corners[0]]
        return [x for x, _ in closed], [y for _, y in closed]

    def _filled(self, data: RadarData) -> Outline:
        """The area inside the current line; where it breaks the filling runs to the centre."""
        values = [axis.current for axis in data.axes]
        points: list[tuple[float, float]] = []
        codes: list[int] = []
        for run in runs_of(values):
            corners = [self._corner(data, place, values[place]) for place in run]
            if len(run) < self._count:
                corners.append(self._centre)
            points += [*corners, corners[0]]
            codes += [int(Outline.MOVETO), *[int(Outline.LINETO)] * (len(corners) - 1)]
            codes.append(int(Outline.CLOSEPOLY))
        return Outline(points or [self._centre], codes or [int(Outline.MOVETO)])

    def _corner(self, data: RadarData, place: int, value: Fraction | None) -> tuple[float, float]:
        return self._centre if value is None else self._point(place, data.share(value))

    def _ends(
        self, states: Sequence[AxisState], wanted: AxisState
    ) -> tuple[list[float], list[float]]:
        points = [self._point(p, 1, 5.5) for p, state in enumerate(states) if state is wanted]
        return [x for x, _ in points], [y for _, y in points]


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


def _marks(marker: str, colour: str, face: str) -> Line2D:
    return Line2D(
        [], [], linestyle="none", marker=marker, markersize=5, markeredgecolor=colour,
        markerfacecolor=face, markeredgewidth=1.1,
    )  # fmt: skip


class _Bars(Drawing):
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
        _write(self._axes, self._left, y + self._HEIGHT + 4, label, 12, colour, va="bottom")
        right = self._left + self._width
        self._axes.add_line(
            Line2D([self._left, right], [y, y], color=self._colours.line, linewidth=1)
        )
        for level in range(data.lowest, data.highest + 1):
            x = self._x(data, Fraction(level))
            self._axes.add_line(
                Line2D([x, x], [y - 5, y + 5], color=self._colours.line, linewidth=1)
            )
            _write(
                self._axes, x, y - self._HEIGHT, str(level), _RING_LETTERS, self._colours.secondary,
                ha="center", va="top",
            )  # fmt: skip

    def _make_moving(self) -> None:
        colours = self._colours
        self._bars = Line2D(
            [], [], color=colours.current, linewidth=self._HEIGHT, solid_capstyle="butt",
            alpha=0.85,
        )  # fmt: skip
        self._targets = Line2D([], [], color=colours.target, linewidth=1.4, linestyle=(0, (3, 2)))
        self._earlier = _marks("o", colours.earlier, colours.surface)
        self._unscored = _marks("o", colours.secondary, "none")
        self._not_applicable = _marks("x", colours.secondary, "none")
        self.moving = (
            self._bars, self._targets, self._earlier, self._unscored, self._not_applicable,
        )  # fmt: skip
        for order, artist in enumerate(self.moving):
            artist.set_zorder(3 + order)
            self._axes.add_artist(artist)

    def _x(self, data: RadarData, value: Fraction) -> float:
        return self._left + self._width * data.share(value)

    def show(self, data: RadarData) -> None:
        bars: list[tuple[float, float]] = []
        targets: list[tuple[float, float]] = []
        earlier: list[tuple[float, float]] = []
        marks: dict[AxisState, list[tuple[float, float]]] = {state: [] for state in AxisState}
        for axis, y in zip(data.axes, self._rows, strict=True):
            if axis.current is not None:
                bars += [(self._left, y), (self._x(data, axis.current), y), (nan, nan)]
            if axis.target is not None:
                x = self._x(data, axis.target)
                targets += [(x, y - self._HEIGHT + 2), (x, y + self._HEIGHT - 2), (nan, nan)]
            if axis.earlier is not None:
                earlier.append((self._x(data, axis.earlier), y))
            marks[axis.state].append((self._left, y))
        for line, points in (
            (self._bars, bars),
            (self._targets, targets),
            (self._earlier, earlier),
            (self._unscored, marks[AxisState.UNSCORED]),
            (self._not_applicable, marks[AxisState.NOT_APPLICABLE]),
        ):
            self._move(line, ([x for x, _ in points], [y for _, y in points]))


# ---- pictures --------------------------------------------------------------------------------


def save_chart(
    session: Session,
    target: Path,
    by: By = "area",
    *,
    translator: Translator,
    earlier: Session | None = None,
    title: bool = True,
    language: str = "",
) -> None:
    """Write the profile as ``.png``, ``.svg`` or ``.pdf``, complete or not at all.

    Raises ``InvalidInput`` for another ending, ``StorageUnavailable`` when the file cannot be
    written; the old file is then untouched.
    """
    picture = chart_bytes(
        session, target.suffix.lower(), by, translator=translator, earlier=earlier, title=title,
        language=language,
    )  # fmt: skip
    write_bytes_beside(target, picture)


def chart_bytes(
    session: Session,
    ending: str,
    by: By = "area",
    *,
    translator: Translator,
    earlier: Session | None = None,
    title: bool = True,
    language: str = "",
) -> bytes:
    """The profile as the content of a picture file, the same bytes every time.

    White ground, with title, date, model and legend, so that it explains itself. Letters of an
    SVG are outlines: whoever opens it sees what we placed, whatever fonts are there.
    """
    if ending not in CHART_ENDINGS:
        raise InvalidInput(
            N_("A chart is written to a file that ends in one of {known}, not “{name}”."),
            known=" ".join(CHART_ENDINGS),
            name=ending,
        )
    data = radar_data(
        session, profile(session), by, translator=translator, earlier=earlier, language=language
    )
    with mpl.rc_context(_SETTINGS):
        figure = _picture(data, title=title)
        return _saved(figure, ending, data)


_SETTINGS: Any = {
    "svg.fonttype": "path",
    "svg.hashsalt": "stufenplan",
    "pdf.fonttype": 42,
    "text.parse_math": False,
    "axes.unicode_minus": True,
}


def _saved(figure: Figure, ending: str, data: RadarData) -> bytes:
    nothing = {"png": {"Software": None}, "svg": {"Date": None, "Title": data.title}}
    pdf = {"CreationDate": None, "ModDate": None, "Producer": None, "Creator": None}
    metadata: dict[str, Any] = {**nothing, "pdf": {**pdf, "Title": data.title}}
    kind = ending.lstrip(".")
    file = BytesIO()
    figure.savefig(file, format=kind, dpi=72 * _PNG_SCALE, metadata=metadata[kind])
    return file.getvalue()


def _picture(data: RadarData, *, title: bool) -> Figure:
    """A figure with title, profile and legend; it grows with the number of axes."""
    width, body = _body_size(data)
    head = _head(data, width) if title else []
    top = 16.0 + sum(size * 1.5 for _, size, _ in head)
    key = _key(data, width - 24, body, width - 48)
    rows = _legend_rows(data, width - 48)
    foot = 20.0 + 20.0 * len(rows) + _KEY_LINE * len(key)
    height = top + body + foot
    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    FigureCanvasAgg(figure)
    colours = PAPER
    draw_radar(figure, data, colours, frame=Frame(12, foot, width - 24, body))
    axes = figure.axes[0]
    y = height - 14.0
    for text, size, weight in head:
        colour = colours.text if weight == "bold" else colours.secondary
        _write(axes, 24, y, text, size, colour, va="top", fontweight=weight)
        y -= size * 1.5
    y = foot - 14
    for row in rows:
        _draw_legend(axes, row, 24.0, y, colours)
        y -= 20
    for names in key:
        for column, (number, name) in enumerate(names):
            x = 24 + column * (width - 48) / _KEY_COLUMNS
            _write(axes, x + 18, y, number, 11, colours.secondary, va="center_baseline", ha="right")
            _write(axes, x + 24, y, name, 11, colours.text, va="center_baseline")
        y -= _KEY_LINE
    return figure


def _body_size(data: RadarData) -> tuple[float, float]:
    """Width of the picture and height of the profile in it."""
    count = len(data.axes)
    width, body = (880.0, 560.0) if data.by == "area" else (720.0, 480.0)
    if count < FEWEST_AXES:
        return width, 110.0 * max(count, 1)
    if count > 30:
        body = min(max(body, count / 2 * 11 * LINE_HEIGHT * 1.12 + 60), 900.0)
    return max(width, body + 280), body


_KEY_COLUMNS, _KEY_LINE = 2, 15.0


def _key(data: RadarData, width: float, height: float, room: float) -> list[list[tuple[str, str]]]:
    """Number and name of each axis in lines of two, for a radar that carries numbers."""
    labels = [axis.label for axis in data.axes]
    if len(labels) < FEWEST_AXES:
        return []
    if not plan_radar(labels, width, height, text_width, language=data.language).is_numbered:
        return []
    most = room / _KEY_COLUMNS - 36
    named = [(str(n), shortened(name, most, 11, text_width)) for n, name in enumerate(labels, 1)]
    lines = -(-len(named) // _KEY_COLUMNS)
    return [named[line::lines] for line in range(lines)]


def _head(data: RadarData, width: float) -> list[tuple[str, float, str]]:
    title = shortened(data.title, (width - 48) / 1.12, 16, text_width)
    lines: tuple[str, ...] = (data.subtitle,)
    if text_width(data.subtitle, 11) > width - 48:
        lines = tuple(wrapped(data.subtitle, 2, 11, text_width))
    below = [(shortened(line, width - 48, 11, text_width), 11.0, "normal") for line in lines]
    return [(title, 16.0, "bold"), *below] if title else below


_LegendEntry = tuple[str, str]
_SWATCH = 24.0


def _legend_rows(data: RadarData, width: float) -> list[list[_LegendEntry]]:
    """The entries that apply, in as many rows as they need."""
    states = data.states()
    legend = data.legend
    entries = [
        ("current", legend.current, True),
        ("target", legend.target, True),
        ("earlier", legend.earlier, data.has_earlier),
        ("unscored", legend.unscored, AxisState.UNSCORED in states),
        ("not_applicable", legend.not_applicable, AxisState.NOT_APPLICABLE in states),
    ]
    rows: list[list[_LegendEntry]] = [[]]
    used = 0.0
    for kind, text, applies in entries:
        if not applies:
            continue
        room = _SWATCH + text_width(text, 11) + 20
        if used + room > width and rows[-1]:
            rows.append([])
            used = 0.0
        rows[-1].append((kind, text))
        used += room
    return rows


def _draw_legend(
    axes: Axes, entries: Sequence[_LegendEntry], x: float, y: float, colours: Palette
) -> None:
    for kind, text in entries:
        axes.add_line(_swatch(kind, x, y, colours))
        _write(axes, x + _SWATCH, y, text, 11, colours.text, va="center_baseline")
        x += _SWATCH + text_width(text, 11) + 20


def _swatch(kind: str, x: float, y: float, colours: Palette) -> Line2D:
    looks: dict[str, dict[str, Any]] = {
        "current": {"color": colours.current, "linewidth": 1.8, "marker": "o", "markersize": 5},
        "target": {"color": colours.target, "linewidth": 1.2, "linestyle": (0, (4, 2.5))},
        "earlier": {"color": colours.earlier, "linewidth": 1.1, "marker": ".", "markersize": 3},
    }
    if kind in looks:
        return Line2D([x, x + 9, x + 18], [y, y, y], **looks[kind])
    mark = _marks("o" if kind == "unscored" else "x", colours.secondary, "none")
    mark.set_data([x + 9], [y])
    return mark
