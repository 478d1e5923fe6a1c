"""Chart of the projected average by quarter, with the average target."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import LineChart
from openpyxl.chart.data_source import AxDataSource
from openpyxl.chart.marker import Marker
from openpyxl.utils import get_column_letter

from app.words.numbers import MEAN_PLACES
from app.words.plan_words import period_in_words
from exports.workbook.book import Sheet, point
from exports.workbook.chart_parts import (
    Column,
    dot,
    hair_line,
    letters,
    line,
    series_of,
    set_up_chart,
    show_values,
    texts_at,
)
from exports.workbook.figures import Figure
from exports.workbook.lists_sheet import CURVE_AVERAGE, CURVE_QUARTER, CURVE_TARGET, FIRST
from exports.workbook.plan_figures import PlanSources
from exports.workbook.report import Report
from exports.workbook.styles import ACCENT, ONE_PLACE, SECONDARY, TEXT, Style
from exports.workbook.summary_grid import width_cm

_TEXT_SIZE = 9.0
_MEAN = Style(number_format=ONE_PLACE)
_ROOM_ABOVE = 0.5
"""Levels above the highest one, for the figure over its point."""
_NEAR = 0.8
"""Levels that a figure needs above or below its point."""
_MOST_LABELLED = 12
"""Points whose figures still stand side by side."""


def add_plan_chart(
    sheet: Sheet, report: Report, plan: PlanSources, at: tuple[int, int], size: tuple[int, float]
) -> None:
    """Draw the curve at a row and column, over so many columns and points of height."""
    tr, lists, figures = report.tr, plan.lists.sheet, plan.figures
    names = [tr.gettext("Current"), *(_name(report, n) for n in range(1, len(report.periods) + 1))]
    means = [figures.now, *figures.means]
    last = FIRST + len(names) - 1
    for row, (name, mean) in enumerate(zip(names, means, strict=True), FIRST):
        lists.write_label(row, CURVE_QUARTER, name)
        _write_point(lists, row, CURVE_AVERAGE, mean)
        _write_point(lists, row, CURVE_TARGET, figures.target)
    chart: Any = LineChart()
    columns, points = size
    title = tr.gettext("Projected average of all areas at the end of each quarter")
    set_up_chart(chart, title, (width_cm(columns), points * 2.54 / 72), _TEXT_SIZE)
    labels = AxDataSource(strRef=texts_at(lists.span(CURVE_QUARTER, FIRST, last), names))
    for index, (column, head, values) in enumerate(
        (
            (CURVE_AVERAGE, tr.gettext("Average"), means),
            (CURVE_TARGET, tr.gettext("Target"), [figures.target] * len(names)),
        )
    ):
        lists.write_label(1, column, head)
        known = [point(each.value) for each in values]
        source = Column(head, lists.at(1, column), lists.span(column, FIRST, last), known)
        series = series_of(source, index, labels, ONE_PLACE)
        series.smooth = False
        chart.series.append(series)
    _look(chart, len(names), _label_side(report, means, figures.target))
    _scale(chart, report)
    place = f"{get_column_letter(at[1])}{at[0]}"
    sheet.add_chart(chart, place, title, _described(report, names, means, figures.target))


def _name(report: Report, period: int) -> str:
    return period_in_words(report.plan.problem.limits, period, report.tr)


def _write_point(lists: Sheet, row: int, column: int, figure: Figure) -> None:
    """A value that the chart reads: left out where there is no figure."""
    formula = f"IF(ISNUMBER({figure.formula}),{figure.formula},NA())"
    lists.formula(row, column, formula, point(figure.value), _MEAN)


def _label_side(report: Report, means: list[Figure], target: Figure) -> str:
    """Side of the figures: below the points where they come near the target, else above."""
    reached = [mean.value for mean in means if mean.value is not None]
    if target.value is None or not reached:
        return "t"
    is_near_target = target.value - max(reached) < _NEAR
    is_near_axis = min(reached) - report.model.lowest_level < _NEAR
    return "b" if is_near_target and not is_near_axis else "t"


def _look(chart: Any, count: int, side: str) -> None:
    average, target = chart.series
    average.graphicalProperties, average.marker = line(ACCENT, 2.25), dot(ACCENT, 6)
    target.graphicalProperties = line(TEXT, 1.5, dash="dash")
    target.marker = Marker(symbol="none")
    if count <= _MOST_LABELLED:
        show_values(average, side, _TEXT_SIZE)
    chart.legend.position = "b"
    chart.legend.txPr = letters(_TEXT_SIZE, TEXT)


def _scale(chart: Any, report: Report) -> None:
    levels, words = chart.y_axis, chart.x_axis
    levels.delete = words.delete = False
    levels.scaling.min = report.model.lowest_level
    levels.scaling.max = report.model.highest_level + _ROOM_ABOVE
    levels.majorUnit, levels.number_format = 1, "0"
    levels.majorGridlines.spPr = hair_line()
    levels.majorTickMark = words.majorTickMark = "none"
    levels.tickLblPos, words.tickLblPos = "nextTo", "low"
    levels.spPr, words.spPr = hair_line(), hair_line()
    levels.txPr, words.txPr = letters(_TEXT_SIZE - 1, SECONDARY), letters(_TEXT_SIZE - 1, TEXT)


def _described(report: Report, names: list[str], means: list[Figure], target: Figure) -> str:
    """The curve in words, for readers who do not see it."""
    tr = report.tr
    said = ", ".join(
        f"{name} {tr.number(mean.value, MEAN_PLACES)}"
        for name, mean in zip(names, means, strict=True)
    )
    begin = tr.gettext("Projected average at the export:")
    end = tr.gettext("target {level}", level=tr.number(target.value, MEAN_PLACES))
    return f"{begin} {said}; {end}."
