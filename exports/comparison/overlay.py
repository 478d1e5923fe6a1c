"""Profiles of several sessions over one another, on the axes that all of them share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

from app.comparison.comparison import AreaOverTime, Comparison
from app.comparison.relations import Relation
from app.words.comparison import area_name, session_name
from app.words.numbers import MEAN_PLACES
from app.words.texts import Translator
from exports.comparison.scene import Box, Dot, Measure, Scene, Shape, Sketch
from exports.palette import Palette
from exports.radar.data import By, chart_label
from exports.radar.geometry import FEWEST_AXES, Point, RadarGeometry, ring_share
from exports.radar.layout import plan_radar
from exports.radar.lines import ELLIPSIS, LINE_HEIGHT
from exports.radar.lines import Measure as PlainMeasure
from exports.radar.pieces import MOST_AXES, pieces
from exports.radar.plan import MARGIN, Align, PlacedLabel, RadarPlan

Look = Literal["before", "previous", "latest"]
"""Dotted grey, solid grey, and filled in the accent colour."""

MOST_LINES = 3
"""Sessions in one radar; more stand side by side, each over the latest."""

_SIZE, _LINE, _RING = 11.0, 15.0, 11.0
_SAMPLE = 24.0
_HEAD = 20.0
_GAP = 12.0
_KEY_SIZE, _KEY_LINE, _KEY_COLUMN = 11.0, 15.0, 200.0
_FEW_AXES = 8
_BAR_ROW, _BAR_EDGE, _BAR_WIDEST = 58.0, 8.0, 520.0
_NEAR, _SMALLEST_RADIUS, _END_GAP, _STRAIGHT = 0.8, 46.0, 9.0, 0.01


@dataclass(frozen=True, slots=True)
class OverlayAxis:
    """An area or dimension with its value in every session, oldest first.

    ``dimension`` is the place of its dimension in the latest model.
    """

    id: str
    label: str
    dimension: int
    values: tuple[Fraction, ...]
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OverlaySession:
    """A session: its name, its average on the areas in common where one may be shown, its look."""

    name: str
    mean: str
    look: Look


@dataclass(frozen=True, slots=True)
class OverlayData:
    """All that an overlay shows; ``areas`` are those that the sessions have in common.

    ``legend`` has an entry for each line of a radar: how it is drawn, and what it is.
    """

    by: By
    language: str
    axes: tuple[OverlayAxis, ...]
    sessions: tuple[OverlaySession, ...]
    lowest: int
    highest: int
    dimensions: tuple[str, ...]
    areas: int
    legend: tuple[tuple[Look, str], ...]

    @property
    def is_divided(self) -> bool:
        """True if sessions stand side by side, each over the latest."""
        return len(self.sessions) > MOST_LINES

    def said(self, axis: OverlayAxis) -> str:
        """An axis with its values: ``CI/CD: 12 Nov 2026 3, 5 May 2027 4``."""
        found = zip(self.sessions, axis.written, strict=True)
        return f"{axis.label}: " + ", ".join(f"{each.name} {value}" for each, value in found)


def looks(count: int) -> tuple[Look, ...]:
    """The style of each of so many sessions, oldest first."""
    before: Look = "before"
    return (*[before] * (count - 2), "previous", "latest")


def overlay_data(
    comparison: Comparison, by: By, *, translator: Translator, language: str = ""
) -> OverlayData | None:
    """The profiles by area or dimension; ``None`` where there is nothing to lay over another.

    By dimension are the averages of the areas in common, so never with grade C; by area are the
    areas in common, with grade C only those whose texts are the same each time.
    """
    language = language or comparison.latest.language
    make = _dimension_axes if by == "dimension" else _area_axes
    axes = tuple(make(comparison, language, translator))
    if not axes:
        return None
    model, overall = comparison.latest.model, comparison.overall
    means = [""] * len(comparison.sessions)
    if overall is not None:
        means = [translator.number(mean, MEAN_PLACES) for mean in overall.means]
    sessions = tuple(
        OverlaySession(
            chart_label(session_name(session, comparison.sessions, translator)), mean, look
        )
        for session, mean, look in zip(
            comparison.sessions, means, looks(len(comparison.sessions)), strict=True
        )
    )
    return OverlayData(
        by=by,
        language=language,
        axes=axes,
        sessions=sessions,
        legend=_legend(sessions, translator),
        lowest=model.lowest_level,
        highest=model.highest_level,
        dimensions=tuple(
            chart_label(dimension.name.line_in(language)) or dimension.id
            for dimension in model.dimensions
        ),
        areas=len(axes) if by == "area" else sum(each.areas for each in comparison.dimensions),
    )


def _legend(sessions: Sequence[OverlaySession], tr: Translator) -> tuple[tuple[Look, str], ...]:
    if len(sessions) <= MOST_LINES:
        return tuple((session.look, _named(session)) for session in sessions)
    behind = tr.gettext("{session}, behind each of them", session=_named(sessions[-1]))
    return (("latest", behind),)


def _dimension_axes(comparison: Comparison, language: str, tr: Translator) -> Iterable[OverlayAxis]:
    known = {each.id: each for each in comparison.dimensions}
    for place, dimension in enumerate(comparison.latest.model.dimensions):
        if dimension.id in known:
            means = known[dimension.id].means
            yield OverlayAxis(
                dimension.id,
                chart_label(dimension.name.line_in(language)) or dimension.id,
                place,
                means,
                tuple(tr.number(mean, MEAN_PLACES) for mean in means),
            )


def _area_axes(comparison: Comparison, language: str, tr: Translator) -> Iterable[OverlayAxis]:
    places = {d.id: place for place, d in enumerate(comparison.latest.model.dimensions)}
    common = set(comparison.common_ids)
    for area in comparison.areas:
        if area.ratings[-1] is None:  # gone, though its id may be that of an area of today
            continue
        if area.area_id in common and (comparison.allows_differences or _is_same(area)):
            levels = tuple(
                rating.level for rating in area.ratings if rating and rating.level is not None
            )
            yield OverlayAxis(
                area.area_id,
                chart_label(area_name(area.area_id, comparison.sessions, language)),
                places[area.dimension_id],
                levels,
                tuple(tr.number(level) for level in levels),
            )


def _is_same(area: AreaOverTime) -> bool:
    return all(relation is Relation.SAME for relation in area.relations)


def spoken_overlay(data: OverlayData, tr: Translator) -> str:
    """Every axis with its values, and the averages where they may be shown."""
    means = ", ".join(f"{each.name} {each.mean}" for each in data.sessions if each.mean)
    said = [data.said(axis) for axis in data.axes]
    if means:
        name = tr.gettext("Average of all areas in common")
        said.insert(0, tr.gettext("{area}: {value}", area=name, value=means))
    return "; ".join(said) + "."


# ---- layout ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Cell:
    """A small radar: its axes, and the sessions on it by number, the latest last."""

    heading: str
    dimension: int | None
    axes: tuple[OverlayAxis, ...]
    shown: tuple[int, ...]


def overlay_scene(
    data: OverlayData,
    width: float,
    height: float,
    colours: Palette,
    measure: Measure,
    *,
    legend: bool = True,
) -> Scene:
    """Place the radars in a frame of this size; it is higher where they need that.

    ``legend`` can be left out where the sessions are named beside the chart.
    """
    return _Overlay(data, width, colours, measure, legend=legend).scene(height)


def _cells(data: OverlayData) -> list[_Cell]:
    everything = tuple(range(len(data.sessions)))
    if len(everything) > MOST_LINES:
        latest = everything[-1]
        return [
            _Cell(_named(data.sessions[number]), None, data.axes, (number, latest))
            for number in everything[:-1]
        ]
    if data.by == "area" and len(data.axes) > MOST_AXES:
        return [
            _Cell(
                f"{data.dimensions[axes[0].dimension]} {mark}".strip(),
                axes[0].dimension,
                axes,
                everything,
            )
            for axes, mark in pieces(data.axes, lambda axis: axis.dimension)
        ]
    return [_Cell("", None, data.axes, everything)]


def _named(session: OverlaySession) -> str:
    return f"{session.name} · {session.mean}" if session.mean else session.name


class _Overlay:
    """Radars in a grid, with a key to their numbers where names do not fit, and the legend."""

    def __init__(
        self, data: OverlayData, width: float, colours: Palette, measure: Measure, *, legend: bool
    ) -> None:
        self._data, self._width, self._colours = data, width, colours
        self._measure = measure
        self._plans: dict[tuple[tuple[str, ...], float, float], tuple[RadarPlan, bool]] = {}
        self._has_numbers = False
        self._cells = _cells(data)
        self._is_divided = data.is_divided
        self._has_key_each = not self._is_divided and len(self._cells) > 1
        self._legend = self._legend_rows() if legend else []

    def scene(self, height: float) -> Scene:
        """Draw everything; the grid takes what legend and key leave."""
        foot = _LINE * len(self._legend) + (6 if self._legend else 0)
        columns, body = self._grid(height - foot)
        stride = (self._width + _GAP) / columns
        drawn = [self._cell(cell, stride - _GAP, body) for cell in self._cells]
        is_numbered = any(each.is_numbered for each in drawn)
        key = self._key(self._data.axes, self._width) if is_numbered else None
        if key is not None and not self._has_key_each:
            self._has_numbers = True  # also where names would fit now
            columns, body = self._grid(height - foot - key.height)
            stride = (self._width + _GAP) / columns
            drawn = [self._cell(cell, stride - _GAP, body) for cell in self._cells]
            foot += key.height
        rows = [drawn[start : start + columns] for start in range(0, len(drawn), columns)]
        heights = [max(each.height for each in row) for row in rows]
        total = max(height, foot + sum(heights) + _GAP * (len(rows) - 1))
        sketch = Sketch(self._measure)
        top = total
        for row, tall in zip(rows, heights, strict=True):
            for column, each in enumerate(row):
                sketch.place(each, column * stride, top - each.height)
            top -= tall + _GAP
        if key is not None and not self._has_key_each:
            sketch.place(key, 0, foot - key.height)
        self._draw_legend(sketch)
        return sketch.scene(self._width, total, is_numbered=is_numbered)

    def _grid(self, height: float) -> tuple[int, float]:
        """Columns, and height of a cell, so that the radars become as large as possible."""
        count, axes = len(self._cells), max(len(cell.axes) for cell in self._cells)
        narrow, low = (150.0, 180.0) if axes <= _FEW_AXES else (230.0, 220.0)
        if axes < FEWEST_AXES:
            low = _BAR_ROW * axes
        low += _HEAD if count > 1 else 0
        best, found = 0.0, (1, max(height, low))
        for columns in range(1, count + 1):
            width = (self._width + _GAP) / columns - _GAP
            rows = ceil(count / columns)
            tall = max((height + _GAP) / rows - _GAP, low)
            worth = min(width, tall * 1.15) - 0.3 * max(0.0, rows * (tall + _GAP) - height)
            if (columns == 1 or width >= narrow) and worth > best:
                best, found = worth, (columns, tall)
        return found

    # ---- one radar ---------------------------------------------------------------------------

    def _cell(self, cell: _Cell, width: float, height: float) -> Scene:
        sketch = Sketch(self._measure)
        head = _HEAD if cell.heading else 0.0
        body = height - head
        key = None
        if len(cell.axes) < FEWEST_AXES:
            inner = self._bars(cell, width, max(body, _BAR_ROW * len(cell.axes)))
        else:
            inner = self._radar(cell, width, body)
            if inner.is_numbered and self._has_key_each:
                key = self._key(cell.axes, width)
        below = key.height if key else 0.0
        whole = inner.height + head + below
        if cell.heading:
            colours = self._colours
            colour = (
                colours.text if cell.dimension is None else colours.dimension_text(cell.dimension)
            )
            sketch.words(
                width / 2, whole - 8, cell.heading, _SIZE + 1, colour, "center", bold=True,
                room=width,
            )  # fmt: skip
        sketch.place(inner, 0, below)
        if key:
            sketch.place(key, 0, 0)
        return sketch.scene(width, whole, is_numbered=inner.is_numbered)

    def _radar(self, cell: _Cell, width: float, height: float) -> Scene:
        sketch = Sketch(self._measure)
        labels = tuple(axis.label for axis in cell.axes)
        plan, is_numbered = self._plan(labels, width, height)
        place = RadarGeometry(plan.x, plan.y, plan.radius, len(labels))
        self._draw_rings(sketch, place)
        for number, session in enumerate(cell.shown):
            shares = [self._share(axis.values[session]) for axis in cell.axes]
            points = [place.point(axis, share) for axis, share in enumerate(shares)]
            self._draw_profile(sketch, points, self._look(cell, number))
        for number, (axis, label) in enumerate(zip(cell.axes, plan.labels, strict=True)):
            self._draw_label(sketch, place, plan, number, axis, label)
            self._add_spots(sketch, cell, place, number, axis)
        return sketch.scene(width, height, is_numbered=is_numbered)

    def _plan(self, labels: tuple[str, ...], width: float, height: float) -> tuple[RadarPlan, bool]:
        """The plan of a radar, the same for all that are alike; True if it carries numbers."""
        key = labels, width, height
        if key not in self._plans:
            self._plans[key] = self._new_plan(labels, width, height)
        return self._plans[key]

    def _new_plan(
        self, labels: tuple[str, ...], width: float, height: float
    ) -> tuple[RadarPlan, bool]:
        """Names at the ends of few axes where that costs little, else as on the profile.

        Radars side by side carry numbers rather than names that are cut or far off.
        """
        if not self._has_numbers:
            near = names_at_ends(labels, width, height, self._plain)
            plan = plan_radar(labels, width, height, self._plain, language=self._data.language)
            if near is not None and (self._is_divided or near.radius >= _NEAR * plan.radius):
                return near, False
            if plan.is_numbered:
                return plan, True
            if not self._is_divided or not any(map(_is_hard_to_read, plan.labels)):
                return plan, False
        numbers = tuple(str(number) for number in range(1, len(labels) + 1))
        plain = names_at_ends(numbers, width, height, self._plain)
        return plain or plan_radar(numbers, width, height, self._plain), True

    def _plain(self, text: str, size: float) -> float:
        return self._measure(text, size)

    def _share(self, value: Fraction | int) -> float:
        return ring_share(value, self._data.lowest, self._data.highest)

    def _look(self, cell: _Cell, number: int) -> Look:
        if number == len(cell.shown) - 1:
            return "latest"
        return "previous" if self._is_divided else self._data.sessions[cell.shown[number]].look

    def _draw_rings(self, sketch: Sketch, place: RadarGeometry) -> None:
        colours, data = self._colours, self._data
        step = place.radius / (data.highest - data.lowest + 1)
        every = max(1, ceil(_RING * LINE_HEIGHT / step))
        for number in range(place.count):
            sketch.line(((place.x, place.y), place.point(number)), colours.line, 0.8)
        for level in range(data.lowest, data.highest + 1):
            corners = place.ring(self._share(level))
            sketch.line((*corners, corners[0]), colours.line, 0.8)
            if not (data.highest - level) % every and not self._is_divided:
                x, y = corners[0]
                sketch.words(x + 3, y - 7, str(level), _RING, colours.secondary)

    def _draw_profile(self, sketch: Sketch, points: Sequence[Point], look: Look) -> None:
        closed, colours = (*points, points[0]), self._colours
        if look == "latest":
            sketch.add(Shape(tuple(points), colours.current_fill, colours.fill_alpha))
            sketch.line(closed, colours.current, 1.0 if self._is_divided else 1.9)
            if not self._is_divided:
                sketch.add(*(Dot(x, y, 2.6, colours.current) for x, y in points))
        elif look == "previous":
            colour = colours.text if self._is_divided else colours.earlier
            sketch.line(closed, colour, 1.6)
        else:
            sketch.line(closed, colours.earlier, 1.6, (1.2, 1.8))

    def _draw_label(
        self,
        sketch: Sketch,
        place: RadarGeometry,
        plan: RadarPlan,
        number: int,
        axis: OverlayAxis,
        label: PlacedLabel | None,
    ) -> None:
        if label is None:
            return
        if label.is_moved:
            near = label.y - label.height / 2 if label.y < place.y else label.y + label.height / 2
            near = label.y if abs(label.x - place.x) > place.radius * 0.4 else near
            gap = -2 if label.align == "left" else 2
            ends = (place.point(number, 1, 9), (label.x + gap, near))
            sketch.line(ends, self._colours.line, 0.8)
        step = plan.size * LINE_HEIGHT
        first = label.y + step * (len(label.lines) - 1) / 2
        colour = self._colours.dimension_text(axis.dimension)
        for row, line in enumerate(label.lines):
            sketch.words(label.x, first - row * step, line, plan.size, colour, label.align)
        half = label.height / 2
        box = Box(label.left, label.y - half, label.left + label.width, label.y + half)
        sketch.spot(box, self._data.said(axis))

    def _add_spots(
        self, sketch: Sketch, cell: _Cell, place: RadarGeometry, number: int, axis: OverlayAxis
    ) -> None:
        for session in cell.shown:
            x, y = place.point(number, self._share(axis.values[session]))
            sketch.spot(Box(x - 7, y - 7, x + 7, y + 7), self._data.said(axis))

    # ---- bars for one or two axes ------------------------------------------------------------

    def _bars(self, cell: _Cell, width: float, height: float) -> Scene:
        """A scale for each axis with a mark for each session."""
        sketch, colours, data = Sketch(self._measure), self._colours, self._data
        step = min(height / len(cell.axes), _BAR_ROW * 1.4)
        top = (height + step * len(cell.axes)) / 2
        left, right = _BAR_EDGE, min(width - _BAR_EDGE, _BAR_WIDEST)
        for number, axis in enumerate(cell.axes):
            y = top - step * number - 32
            colour = colours.dimension_text(axis.dimension)
            sketch.words(left, y + 20, axis.label, 12, colour, room=right - left)
            sketch.line(((left, y), (right, y)), colours.frame)
            for level in range(data.lowest, data.highest + 1):
                x = left + (right - left) * self._bar_share(level)
                sketch.line(((x, y - 4), (x, y + 4)), colours.frame)
                sketch.words(x, y - 14, str(level), _RING, colours.secondary, "center")
            for shown, session in enumerate(cell.shown):
                x = left + (right - left) * self._bar_share(axis.values[session])
                sketch.add(_bar_mark(self._look(cell, shown), x, y, colours))
            sketch.spot(Box(left, y - 20, right, y + 28), data.said(axis))
        return sketch.scene(width, height)

    def _bar_share(self, value: Fraction | int) -> float:
        data = self._data
        return float(Fraction(value - data.lowest) / (data.highest - data.lowest))

    # ---- key and legend ----------------------------------------------------------------------

    def _key(self, axes: Sequence[OverlayAxis], width: float) -> Scene:
        """Number and name of every axis, in columns."""
        sketch, colours = Sketch(self._measure), self._colours
        columns = max(1, int(width // _KEY_COLUMN))
        lines = ceil(len(axes) / columns)
        height = _KEY_LINE * lines + 10
        for number, axis in enumerate(axes):
            x = number // lines * width / columns
            y = height - 10 - _KEY_LINE * (number % lines + 0.5)
            sketch.words(x + 20, y, str(number + 1), _KEY_SIZE, colours.secondary, "right")
            room = width / columns - 30
            sketch.words(x + 26, y, axis.label, _KEY_SIZE, colours.text, room=room)
        return sketch.scene(width, height)

    def _legend_rows(self) -> list[list[tuple[Look, str]]]:
        rows: list[list[tuple[Look, str]]] = [[]]
        used = 0.0
        for look, text in self._data.legend:
            room = _SAMPLE + self._measure(text, _SIZE) + 18
            if rows[-1] and used + room - 18 > self._width:
                rows.append([])
                used = 0.0
            rows[-1].append((look, text))
            used += room
        return rows

    def _draw_legend(self, sketch: Sketch) -> None:
        colours = self._colours
        has_bars = len(self._data.axes) < FEWEST_AXES
        for number, row in enumerate(self._legend):
            x, y = 0.0, _LINE * (len(self._legend) - number - 0.5)
            for look, text in row:
                if has_bars:
                    sketch.add(_bar_mark(look, x + 9, y, colours))
                else:
                    self._draw_sample(sketch, look, x, y)
                room = self._width - x - _SAMPLE
                words = sketch.words(x + _SAMPLE, y, text, _SIZE, colours.text, room=room)
                x += _SAMPLE + words.width + 18

    def _draw_sample(self, sketch: Sketch, look: Look, x: float, y: float) -> None:
        colours = self._colours
        if look == "latest":
            box = Box(x, y - 4, x + 18, y + 4)
            sketch.add(Shape(box.corners, colours.current_fill, colours.fill_alpha))
            sketch.line(((x, y), (x + 18, y)), colours.current, 1.9)
        elif look == "previous":
            sketch.line(((x, y), (x + 18, y)), colours.earlier, 1.6)
        else:
            sketch.line(((x, y), (x + 18, y)), colours.earlier, 1.6, (1.2, 1.8))


def names_at_ends(
    labels: Sequence[str], width: float, height: float, measure: PlainMeasure
) -> RadarPlan | None:
    """A radar of few axes with each name on one line at the end of its axis.

    ``None`` where there are more axes or the names leave too small a radar.
    """
    count = len(labels)
    if not FEWEST_AXES <= count <= _FEW_AXES:
        return None
    line = _SIZE * LINE_HEIGHT
    radius = height / 2 - line - _END_GAP - MARGIN
    widths = [measure(label, _SIZE) for label in labels]
    ends = RadarGeometry(0, 0, 1, count)
    for number, wide in enumerate(widths):
        aside = abs(ends.point(number)[0])
        if aside > _STRAIGHT:
            radius = min(radius, (width / 2 - MARGIN - wide) / aside - _END_GAP)
        elif wide > width - 2 * MARGIN:
            return None
    if radius < _SMALLEST_RADIUS:
        return None
    placed = []
    for label, wide, (x, y) in zip(labels, widths, ends.ring(), strict=True):
        out = radius + _END_GAP + (line / 2 if abs(x) <= _STRAIGHT else 0)
        align: Align = "center" if abs(x) <= _STRAIGHT else "left" if x > 0 else "right"
        place = width / 2 + out * x, height / 2 + out * y
        placed.append(PlacedLabel((label,), *place, wide, line, align))
    return RadarPlan(width / 2, height / 2, radius, _SIZE, tuple(placed))


def _is_hard_to_read(label: PlacedLabel | None) -> bool:
    """True if a name is cut, or so far from its axis that a line leads there."""
    return label is not None and (
        label.is_moved or any(line.endswith(ELLIPSIS) for line in label.lines)
    )


def _bar_mark(look: Look, x: float, y: float, colours: Palette) -> Dot:
    """The mark of a session on a scale: a ring, a small dot and a large one."""
    if look == "latest":
        return Dot(x, y, 5.0, colours.current)
    if look == "previous":
        return Dot(x, y, 3.2, colours.earlier)
    return Dot(x, y, 4.6, colours.earlier, inside=colours.surface)
