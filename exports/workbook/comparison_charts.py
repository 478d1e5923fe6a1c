"""Charts of the comparison: dimensions laid over one another, the trend, and the waterfall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.axis import DateAxis
from openpyxl.chart.data_source import AxDataSource
from openpyxl.chart.series import Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.utils import get_column_letter

from app.comparison.causes import Cause, Movement
from app.comparison.comparison import MeanOverTime
from app.words.comparison import CAUSE_NAMES, PART_PLACES, signed
from app.words.numbers import MEAN_PLACES, plain
from app.words.texts import Translator
from exports.workbook.book import DAY_ZERO, Sheet, fixed, here, point
from exports.workbook.chart_parts import (
    Column,
    dot,
    hair_line,
    letters,
    line,
    numbers_at,
    series_of,
    set_up_chart,
    show_values,
    texts_at,
    unpainted,
)
from exports.workbook.charts import FEWEST_FOR_RADAR, ProfileData, add_profile_chart
from exports.workbook.compared import Compared
from exports.workbook.comparison_lists import ListCol
from exports.workbook.label_room import Ring
from exports.workbook.lists_sheet import FIRST
from exports.workbook.stored_values import Result
from exports.workbook.styles import (
    ACCENT,
    BODY,
    DAY_FORMATS,
    NOTICE,
    NOTICE_GROUND,
    ONE_PLACE,
    QUIET_MARK,
    SECONDARY,
    TEXT,
    Style,
    dimension_text,
)
from exports.workbook.summary_grid import width_cm

CHART_POINTS = 215.0
_MOST_LINES = 3
_MOST_TRENDS = 8
"""Lines of dimensions that can still be told apart."""
_TEXT_SIZE = 9.0
_MEAN = Style(number_format=ONE_PLACE)
_UP, _DOWN, _FLAT = ACCENT, NOTICE_GROUND, QUIET_MARK
_DAYS_PER_MONTH = 30
_MOST_DATES = 6
"""Dates on the axis of the trend that stand side by side."""
_MARGIN, _STROKE = Fraction(193, 1000), Fraction(1, 40)
"""Room below the least average, odd so that none lies on the edge; share of the height."""


@dataclass(frozen=True, slots=True)
class Averages:
    """Place of the averages: rows of dimensions, row of all areas, a column per session."""

    rows: Mapping[str, int]
    all_areas: int
    columns: Sequence[int]


@dataclass(frozen=True, slots=True)
class Place:
    """Upper left cell of a chart, the columns it covers and its height in points."""

    row: int
    column: int
    columns: int = 11
    points: float = CHART_POINTS

    @property
    def corner(self) -> str:
        """The cell."""
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def width_cm(self) -> float:
        """The width in centimetres."""
        return width_cm(self.columns)

    @property
    def height_cm(self) -> float:
        """The height in centimetres, with room below."""
        return (self.points - 8) * 2.54 / 72

    @property
    def size_cm(self) -> tuple[float, float]:
        """Width and height."""
        return self.width_cm, self.height_cm


# ---- dimensions laid over one another -----------------------------------------------------------


def overlay_count(compared: Compared) -> int:
    """Number of radars: none for fewer than three axes, at most three lines in each."""
    if len(compared.comparison.dimensions) < FEWEST_FOR_RADAR:
        return 0
    return ceil(len(compared.comparison.sessions) / _MOST_LINES)


def add_overlays(
    sheet: Sheet, compared: Compared, lists: Sheet, averages: Averages, places: Sequence[Place]
) -> None:
    """Radars of the dimensions that all share, the latest sessions first, one at each place."""
    groups = compared.comparison.dimensions
    _write_axes(sheet, compared, lists, averages, places[0].height_cm)
    sessions = range(len(compared.comparison.sessions))
    last = FIRST + len(groups) - 1
    model = compared.comparison.latest.model
    for index, place in enumerate(places):
        end = len(sessions) - index * _MOST_LINES
        shown = list(sessions[max(0, end - _MOST_LINES) : end])[::-1]
        columns = [_overlay_column(lists, compared, groups, number) for number in shown]
        title = compared.tr.gettext("Averages by dimension, areas that all share")
        if len(places) > 1:
            ends = dict.fromkeys((compared.heads[shown[-1]], compared.heads[shown[0]]))
            title = f"{title}: {' – '.join(ends)}"
        data = ProfileData(
            title=title,
            description=_described(compared, groups, shown),
            labels_at=lists.span(ListCol.AXIS, FIRST, last),
            labels=_axes(compared, place.height_cm),
            current=columns[0],
            target=None,
            earlier=columns[1] if len(columns) > 1 else None,
            lowest=model.lowest_level,
            highest=model.highest_level,
            text_size=_TEXT_SIZE,
            oldest=columns[2] if len(columns) == _MOST_LINES else None,
        )
        add_profile_chart(sheet, data, place.corner, place.width_cm, place.height_cm)


def _axes(compared: Compared, height_cm: float) -> list[str]:
    groups = compared.comparison.dimensions
    ring = Ring(len(groups), height_cm, _TEXT_SIZE)
    names = (compared.dimension_names[group.id] for group in groups)
    language = compared.report.language
    return [ring.label(name, index, language) for index, name in enumerate(names)]


def _write_axes(
    sheet: Sheet, compared: Compared, lists: Sheet, averages: Averages, height_cm: float
) -> None:
    for number, head in enumerate(compared.heads):
        lists.write_user_text(1, ListCol.AXIS_MEANS + number, head)
    groups, axes = compared.comparison.dimensions, _axes(compared, height_cm)
    for row, (group, axis) in enumerate(zip(groups, axes, strict=True), FIRST):
        lists.write_user_text(row, ListCol.AXIS, axis)
        for number, column in enumerate(averages.columns):
            _write_point(
                sheet,
                lists,
                (averages.rows[group.id], column),
                group.means[number],
                (row, ListCol.AXIS_MEANS + number),
            )


def _write_point(
    sheet: Sheet,
    lists: Sheet,
    source: tuple[int, int],
    mean: Fraction,
    target: tuple[int, int],
    look: Style = BODY,
) -> None:
    """Value that a chart reads: an average, or nothing where there is none."""
    place = sheet.at(*source)
    lists.formula(*target, f"IF(ISNUMBER({place}),{place},NA())", point(mean), look)


def _overlay_column(
    lists: Sheet, compared: Compared, groups: Sequence[MeanOverTime], number: int
) -> Column:
    column = ListCol.AXIS_MEANS + number
    return Column(
        compared.heads[number],
        lists.at(1, column),
        lists.span(column, FIRST, FIRST + len(groups) - 1),
        [point(group.means[number]) for group in groups],
    )


def _described(compared: Compared, groups: Sequence[MeanOverTime], sessions: Sequence[int]) -> str:
    """The averages in words, for readers who do not see the chart."""
    tr = compared.tr
    parts = [tr.gettext("Averages of the areas that all share, at the export:")]
    for group in groups:
        means = ", ".join(
            f"{compared.heads[number]} {tr.number(group.means[number], MEAN_PLACES)}"
            for number in sessions[::-1]
        )
        name = compared.dimension_names.get(group.id) or tr.gettext("All areas")
        parts.append(f"{name}: {means}.")
    return " ".join(parts)


# ---- trend --------------------------------------------------------------------------------------


def add_trend(
    sheet: Sheet, compared: Compared, lists: Sheet, averages: Averages, place: Place
) -> None:
    """Lines of all areas and of the dimensions over dates; grade A only."""
    comparison, tr = compared.comparison, compared.tr
    assert comparison.overall is not None
    groups = comparison.dimensions if len(comparison.dimensions) <= _MOST_TRENDS else ()
    day_format = DAY_FORMATS[tr.language]
    for number, session in enumerate(comparison.sessions):
        lists.day(FIRST + number, ListCol.DATE, session.date, Style(number_format=day_format))
    last = FIRST + len(comparison.sessions) - 1
    chart: Any = LineChart()
    title = tr.gettext("Averages over time, areas that all share")
    set_up_chart(chart, title, place.size_cm, _TEXT_SIZE)
    dates = numbers_at(
        lists.span(ListCol.DATE, FIRST, last),
        [(session.date - DAY_ZERO).days for session in comparison.sessions],
        day_format,
    )
    days = AxDataSource(numRef=dates)
    lines = [(tr.gettext("All areas"), averages.all_areas, comparison.overall)]
    lines += [
        (compared.dimension_names[group.id], averages.rows[group.id], group) for group in groups
    ]
    for offset, (name, row, group) in enumerate(lines):
        column = ListCol.TREND + offset
        lists.write_user_text(1, column, name)
        for number, mean in enumerate(group.means):
            source, target = (row, averages.columns[number]), (FIRST + number, column)
            _write_point(sheet, lists, source, mean, target, _MEAN)
        means = [point(mean) for mean in group.means]
        line_of = Column(name, lists.at(1, column), lists.span(column, FIRST, last), means)
        series = series_of(line_of, offset, days, ONE_PLACE)
        _trend_look(series, compared, group, is_all=offset == 0)
        chart.series.append(series)
    _trend_axes(chart, compared, day_format)
    chart.legend.position = "r"
    chart.legend.txPr = letters(_TEXT_SIZE, TEXT)
    described = _described(
        compared, [group for _, _, group in lines], range(len(comparison.sessions))[::-1]
    )
    sheet.add_chart(chart, place.corner, title, described)


def _trend_look(series: Series, compared: Compared, group: MeanOverTime, *, is_all: bool) -> None:
    series.smooth = False
    if is_all:
        series.graphicalProperties, series.marker = line(TEXT, 2.5), dot(TEXT, 7)
        show_values(series, "t", _TEXT_SIZE)
        return
    colour = dimension_text(compared.dimension_numbers[group.id] - 1)
    series.graphicalProperties, series.marker = line(colour, 1.25), dot(colour, 4)


def _trend_axes(chart: Any, compared: Compared, day_format: str) -> None:
    model = compared.comparison.latest.model
    chart.x_axis = DateAxis(axId=500, crossAx=100)
    days, levels = chart.x_axis, chart.y_axis
    days.delete = levels.delete = False
    days.number_format, days.baseTimeUnit, days.axPos = day_format, "days", "b"
    sessions = compared.comparison.sessions
    months = (sessions[-1].date - sessions[0].date).days / _DAYS_PER_MONTH
    if months >= 1:
        days.majorUnit, days.majorTimeUnit = ceil(months / _MOST_DATES), "months"
    days.majorTickMark = levels.majorTickMark = "none"
    days.crosses, days.tickLblPos, levels.tickLblPos = "min", "low", "nextTo"
    levels.crossAx = 500
    levels.scaling.min, levels.scaling.max = model.lowest_level, model.highest_level
    levels.majorUnit, levels.number_format = 1, "0"
    levels.majorGridlines.spPr = hair_line()
    days.spPr, levels.spPr = hair_line(), hair_line()
    days.txPr = levels.txPr = letters(_TEXT_SIZE - 1, SECONDARY)


# ---- waterfall ----------------------------------------------------------------------------------


def has_waterfall(moved: Movement) -> bool:
    """True if there is a figure before and after every part."""
    return moved.before is not None and all(part.mean is not None for part in moved.parts)


def add_waterfall(
    sheet: Sheet, compared: Compared, lists: Sheet, moved: Movement, place: Place
) -> None:
    """The way of the average from the session before to the latest, as stacked columns.

    An invisible column carries each visible one. All begin at a lower edge that follows the
    figures, because parts are small beside levels; the averages themselves are strokes.
    """
    tr = compared.tr
    rows = _write_waterfall(compared, lists, moved)
    last = FIRST + len(rows) - 1
    chart: Any = BarChart()
    title = tr.gettext("Why the average moved")
    if compared.has_several_units:
        title = tr.gettext("Why the averages differ")
    set_up_chart(chart, title, place.size_cm, _TEXT_SIZE)
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "col", "stacked", 100, 35
    looks = (
        (ListCol.PART_BASE, unpainted()),
        (ListCol.PART_TOTAL, _filled(TEXT, TEXT)),
        (ListCol.PART_UP, _filled(_UP, ACCENT)),
        (ListCol.PART_DOWN, _filled(_DOWN, NOTICE)),
        (ListCol.PART_FLAT, _filled(_FLAT, _FLAT)),
    )
    heads = (
        tr.gettext("Lower edge"),
        tr.gettext("Average"),
        tr.gettext("Rise"),
        tr.gettext("Fall"),
        tr.gettext("No change"),
    )
    labels = [row[0] for row in rows]
    parts = AxDataSource(strRef=texts_at(lists.span(ListCol.PART, FIRST, last), labels))
    for index, ((column, look), head) in enumerate(zip(looks, heads, strict=True)):
        lists.write_label(1, column, head)
        values = [row[1][index] for row in rows]
        source = Column(head, lists.at(1, column), lists.span(column, FIRST, last), values)
        series = series_of(source, index, parts)
        series.graphicalProperties = look
        chart.series.append(series)
    chart.legend = None
    words, levels = chart.x_axis, chart.y_axis
    words.delete, levels.delete = False, True
    levels.majorGridlines, levels.scaling.min = None, 0
    words.majorTickMark, words.tickLblPos = "none", "low"
    words.txPr, words.spPr = letters(_TEXT_SIZE, TEXT), hair_line()
    described = "; ".join(" ".join(label.split("\n")) for label in labels) + "."
    sheet.add_chart(chart, place.corner, title, described)


def _filled(colour: str, frame: str) -> GraphicalProperties:
    return GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill=frame, w=9_525))


def _write_waterfall(
    compared: Compared, lists: Sheet, moved: Movement
) -> list[tuple[str, tuple[Result, ...]]]:
    """The data of the columns beside the stages of all areas; labels and values for the cache."""
    tr = compared.tr
    averages = [moved.before, *(part.mean for part in moved.parts)]
    stages = [fixed(FIRST, ListCol.STAGE + number) for number in range(len(averages))]
    edge, stroke = _write_edge(lists, stages, [mean for mean in averages if mean is not None])
    names = (
        compared.heads[-2],
        *(tr.gettext(CAUSE_NAMES[cause]) for cause in Cause),
        compared.heads[-1],
    )
    columns = [
        _stroke(tr, stages[0], averages[0]),
        *(
            _part(tr, stages[number : number + 2], averages[number : number + 2])
            for number in range(len(Cause))
        ),
        _stroke(tr, stages[-1], averages[-1]),
    ]
    rows: list[tuple[str, tuple[Result, ...]]] = []
    for row, (name, column) in enumerate(zip(names, columns, strict=True), FIRST):
        lists.write_user_text(row, ListCol.PART_NAME, name)
        label = f"{here(row, ListCol.PART_NAME)}&CHAR(10)&{column.figure}"
        lists.formula(row, ListCol.PART, f'IFERROR({label},"")', f"{name}\n{column.said}", BODY)
        values = column.values(edge, stroke)
        for target, (formula, value) in zip(_PART_COLUMNS, values, strict=True):
            lists.formula(row, target, f"IFERROR({formula},0)", value, BODY)
        rows.append((f"{name}\n{column.said}", tuple(value for _, value in values)))
    return rows


_PART_COLUMNS = (
    ListCol.PART_BASE,
    ListCol.PART_TOTAL,
    ListCol.PART_UP,
    ListCol.PART_DOWN,
    ListCol.PART_FLAT,
)
Known = tuple[str, Fraction]
"""The place of a number, and the number."""


def _write_edge(
    lists: Sheet, stages: Sequence[str], means: Sequence[Fraction]
) -> tuple[Known, Known]:
    """The lower edge of the columns, a half or whole level below the least, and a stroke."""
    span = f"{stages[0]}:{stages[-1]}"
    low = Fraction(floor(min(means) * 2 - _MARGIN), 2)
    thin = (max(means) - low) * _STROKE
    edge, stroke = (fixed(FIRST + number, ListCol.PART_EDGE) for number in range(2))
    formula = f"INT(MIN({span})*2-{float(_MARGIN)})/2"
    lists.formula(FIRST, ListCol.PART_EDGE, formula, plain(low), BODY)
    width = f"(MAX({span})-{edge})*{float(_STROKE)}"
    lists.formula(FIRST + 1, ListCol.PART_EDGE, width, plain(thin), BODY)
    return (edge, low), (stroke, thin)


@dataclass(frozen=True, slots=True)
class _Stack:
    """One column: its lower end, how much it rises or falls, and its figure in words.

    Expressions with their values; ``by`` is missing for an average, which is a stroke.
    """

    low: Known
    by: Known | None
    figure: str
    said: str

    def values(self, edge: Known, stroke: Known) -> tuple[tuple[str, int | float], ...]:
        """Base, average, rise, fall and no change, as expressions with their values."""
        none = ("0", 0)
        above, height = f"{self.low[0]}-{edge[0]}", self.low[1] - edge[1]
        half = f"{above}-{stroke[0]}/2", plain(height - stroke[1] / 2)
        if self.by is None:
            return half, (stroke[0], plain(stroke[1])), none, none, none
        by, known = self.by
        flat = f"IF(ABS({by})<0.000000001,{stroke[0]}/2,0)"
        thin = stroke[1] / 2 if known == 0 else Fraction(0)
        return (
            (f"{above}-{flat}/2", plain(height - thin / 2)),
            none,
            (f"MAX(0,{by})", plain(max(Fraction(0), known))),
            (f"MAX(0,-{by})", plain(max(Fraction(0), -known))),
            (flat, plain(thin)),
        )


def _stroke(tr: Translator, place: str, mean: Fraction | None) -> _Stack:
    figure = f"FIXED({place},{PART_PLACES})"
    return _Stack((place, mean or Fraction(0)), None, figure, tr.number(mean, PART_PLACES))


def _part(tr: Translator, places: Sequence[str], means: Sequence[Fraction | None]) -> _Stack:
    before, after = (mean or Fraction(0) for mean in means)
    by = f"({places[1]}-{places[0]})"
    sign = f'IF(ROUND({by},{PART_PLACES})=0,"±",IF({by}>0,"+","−"))'
    figure = f"{sign}&FIXED(ABS({by}),{PART_PLACES})"
    low = f"MIN({places[0]},{places[1]})", min(before, after)
    return _Stack(low, (by, after - before), figure, signed(after - before, tr, PART_PLACES))
