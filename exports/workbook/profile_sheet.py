"""Profile sheet: radar by area, and the table all figures are computed from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise
from math import ceil

from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from app.figures.scoring import AreaFigures
from app.model.maturity_model import Area, Dimension
from app.session.evidence import Evidence
from app.session.field_types import MAX_WEIGHT
from app.session.rating import Rating
from exports.workbook.book import (
    DASH,
    PIXELS_PER_WIDTH,
    Sheet,
    fixed,
    literal,
    page_height_for,
    point,
)
from exports.workbook.cell_text import line_text
from exports.workbook.charts import MOST_IN_ONE_CHART, Column, ProfileData, add_profile_chart
from exports.workbook.lists_sheet import AREA_LABEL, AREA_NAME, FIRST, Lists
from exports.workbook.report import Report
from exports.workbook.stored_values import Result
from exports.workbook.styles import (
    HEADER,
    HEADER_LEVEL,
    HEADER_NUMBER,
    QUIET,
    QUIET_MARK,
    ROW,
    ROW_BOLD,
    ROW_LEVEL,
    ROW_LEVEL_BOLD,
    ROW_NUMBER,
    SECONDARY,
    TITLE,
    WHITE,
    dimension_row,
    level_shade,
    text_on,
)


class Col(IntEnum):
    """The columns of the area table."""

    ID = 1
    NUMBER = 2
    DIMENSION = 3
    AREA = 4
    EARLIER = 5
    LEVEL = 6
    TARGET = 7
    GAP = 8
    WEIGHT = 9
    WEIGHTED_GAP = 10
    STATE = 11
    TARGET_STATE = 12
    CONFIDENCE = 13
    NOTE = 14
    EVIDENCE = 15


_WIDTHS = (10, 5, 20, 30, 9, 9, 9, 9, 9, 10, 17, 17, 18, 35, 20)
_NUMBERS = (Col.NUMBER, Col.GAP, Col.WEIGHT, Col.WEIGHTED_GAP)
_LEVELS = (Col.EARLIER, Col.LEVEL, Col.TARGET)
_CHART_TOP = 4
_HEAD_CM = 2.4
_ROW_POINTS = 15.0
_CM_PER_POINT = 2.54 / 72
_CM_PER_PIXEL = 2.54 / 96
_CHART_TEXT = 12
_LONGEST_IN_CHART = 32


@dataclass(frozen=True, slots=True)
class AreaTable:
    """Location of the table of areas, the source of every figure in the workbook."""

    sheet: Sheet
    first: int
    last: int
    rows_by_dimension: dict[str, tuple[int, int]]

    def span(self, column: Col) -> str:
        """All cells of a column, as seen from other sheets."""
        return self.sheet.span(column, self.first, self.last)

    def dimension_span(self, column: Col, dimension_id: str) -> str:
        """The cells of one dimension in a column."""
        return self.sheet.span(column, *self.rows_by_dimension[dimension_id])

    def look_up(self, column: Col, number: str) -> str:
        """The cell of the area whose number ``number`` refers to; unaffected by sorting."""
        return f"INDEX({self.span(column)},MATCH({number},{self.span(Col.NUMBER)},0))"


def write_profile(
    sheet: Sheet, report: Report, lists: Lists, step: Callable[[], None]
) -> AreaTable:
    """Fill the sheet; ``step`` is called once per area."""
    tr = report.tr
    title = tr.gettext("Profile by area")
    sheet.widths(*_WIDTHS)
    sheet.hide_columns(Col.ID, *([] if report.earlier_levels else [Col.EARLIER]))
    sheet.print_setup(report, title)
    sheet.write_label(1, Col.NUMBER, title, TITLE)
    sheet.height(1, 32)
    explanation = tr.gettext(
        "Solid line: current level. Dashed line: target. Areas that are not scored or not "
        "applicable are left out of the lines; they never count as the lowest level."
    )
    sheet.write_label(2, Col.NUMBER, explanation, replace(QUIET, wrap=False))
    charts = _chart_groups(report)
    chart_rows = ceil(_chart_size(sheet)[1] / (_ROW_POINTS * _CM_PER_POINT)) + 1
    header = _CHART_TOP + chart_rows * len(charts) + 1
    table = _table_place(sheet, report, header + 1)
    _write_header(sheet, report, header)
    for number, dimension, area, figures, rating in report.rows():
        _write_row(sheet, report, header + number, (number, dimension, area, figures, rating))
        _write_label(lists.sheet, report, table, number, figures)
        step()
    _add_rules(sheet, report, lists, table)
    for index, (start, end) in enumerate(charts):
        top = _CHART_TOP + chart_rows * index
        _add_chart(sheet, report, lists, table, (start, end, top))
        sheet.new_page(header if end == len(report.numbers) else top + chart_rows)
    return table


def _table_place(sheet: Sheet, report: Report, first: int) -> AreaTable:
    rows: dict[str, tuple[int, int]] = {}
    row = first
    for dimension in report.model.dimensions:
        if dimension.areas:
            rows[dimension.id] = (row, row + len(dimension.areas) - 1)
            row += len(dimension.areas)
    return AreaTable(sheet, first, row - 1, rows)


def _write_header(sheet: Sheet, report: Report, row: int) -> None:
    tr = report.tr
    earlier = report.earlier
    heads = {
        Col.ID: tr.gettext("Area id"),
        Col.NUMBER: tr.gettext("No."),
        Col.DIMENSION: tr.gettext("Dimension"),
        Col.AREA: tr.gettext("Area"),
        Col.EARLIER: tr.gettext("Earlier") if earlier is None else tr.month(earlier.date),
        Col.LEVEL: tr.gettext("Current"),
        Col.TARGET: tr.gettext("Target"),
        Col.GAP: tr.gettext("Gap"),
        Col.WEIGHT: tr.gettext("Weight"),
        Col.WEIGHTED_GAP: tr.gettext("Weighted gap"),
        Col.STATE: tr.gettext("State"),
        Col.TARGET_STATE: tr.gettext("Target is"),
        Col.CONFIDENCE: tr.gettext("Confidence"),
        Col.NOTE: tr.gettext("Reason"),
        Col.EVIDENCE: tr.gettext("Evidence"),
    }
    for column, head in heads.items():
        style = HEADER_NUMBER if column in _NUMBERS else HEADER
        sheet.write_label(row, column, head, HEADER_LEVEL if column in _LEVELS else style)
    sheet.height(row, 26)


def _write_row(
    sheet: Sheet,
    report: Report,
    row: int,
    entry: tuple[int, Dimension, Area, AreaFigures, Rating],
) -> None:
    number, dimension, area, figures, rating = entry
    tr = report.tr
    level, target, weight = (fixed(row, c) for c in (Col.LEVEL, Col.TARGET, Col.WEIGHT))
    gap = fixed(row, Col.GAP)
    look = dimension_row(report.dimension_numbers[dimension.id])
    sheet.write_user_text(row, Col.ID, area.id, ROW)
    sheet.number(row, Col.NUMBER, number, ROW_NUMBER)
    sheet.write_user_text(row, Col.DIMENSION, report.dimension_names[dimension.id], look)
    sheet.write_user_text(row, Col.AREA, report.area_names[area.id], ROW_BOLD)
    sheet.number(row, Col.EARLIER, report.earlier_levels.get(area.id), ROW_LEVEL)
    sheet.number(row, Col.LEVEL, figures.level, ROW_LEVEL_BOLD)
    sheet.number(row, Col.TARGET, figures.target if figures.is_applicable else None, ROW_LEVEL)
    sheet.figure(
        row,
        Col.GAP,
        f"IF(ISNUMBER({level}),MAX(0,{target}-{level}),{DASH})",
        figures.gap,
        ROW_NUMBER,
    )
    sheet.number(row, Col.WEIGHT, figures.weight, ROW_NUMBER)
    sheet.figure(
        row,
        Col.WEIGHTED_GAP,
        f"IF(ISNUMBER({gap}),{gap}*{weight},{DASH})",
        figures.weighted_gap,
        ROW_NUMBER,
    )
    scored = literal(tr.gettext("scored"))
    otherwise = literal(report.unscored_state(figures.is_applicable))
    sheet.formula(
        row,
        Col.STATE,
        f"IF(ISNUMBER({level}),{scored},{otherwise})",
        report.state(figures),
        ROW,
    )
    sheet.write_label(row, Col.TARGET_STATE, _target_state(report, figures), ROW)
    sheet.write_label(row, Col.CONFIDENCE, report.confidence(rating.confidence), ROW)
    texts = {
        Col.DIMENSION: report.dimension_names[dimension.id],
        Col.AREA: report.area_names[area.id],
        Col.NOTE: _note(report, rating),
        Col.EVIDENCE: "\n".join(map(_evidence, rating.evidence)),
    }
    sheet.write_user_text(row, Col.NOTE, texts[Col.NOTE], ROW)
    sheet.write_user_text(row, Col.EVIDENCE, texts[Col.EVIDENCE], ROW)
    pieces = [(text, _WIDTHS[column - 1] - 1, ROW) for column, text in texts.items()]
    sheet.fit_height(row, *pieces, least=_ROW_POINTS, keep=False)


def _target_state(report: Report, figures: AreaFigures) -> str:
    if not figures.is_applicable:
        return ""
    if figures.target_agreed:
        return report.tr.gettext("agreed")
    return report.tr.gettext("not agreed")


def _note(report: Report, rating: Rating) -> str:
    parts = [rating.note]
    if rating.not_applicable is not None:
        parts.insert(0, report.tr.gettext("Not applicable: {reason}", reason=rating.not_applicable))
    return "\n".join(part for part in parts if part)


def _evidence(evidence: Evidence) -> str:
    if evidence.title in ("", evidence.address):
        return evidence.address
    return f"{evidence.title} ({evidence.address})"


def _write_label(
    lists: Sheet, report: Report, table: AreaTable, number: int, figures: AreaFigures
) -> None:
    """The area's name for the chart, with its state where it is not scored."""
    row, place = table.first + number - 1, FIRST + number - 1
    lists.write_user_text(place, AREA_NAME, _chart_name(report, figures))
    name, state = fixed(place, AREA_NAME), table.sheet.at(row, Col.STATE)
    level = table.sheet.at(row, Col.LEVEL)
    lists.formula(
        place,
        AREA_LABEL,
        f'IF(ISNUMBER({level}),{name},{name}&" ("&{state}&")")',
        _label(report, figures),
        ROW,
    )


def _chart_name(report: Report, figures: AreaFigures) -> str:
    """Short enough for a place round a radar."""
    return line_text(report.area_names[figures.area_id], _LONGEST_IN_CHART)


def _label(report: Report, figures: AreaFigures) -> str:
    name = _chart_name(report, figures)
    return name if figures.level is not None else f"{name} ({report.state(figures)})"


def _add_rules(sheet: Sheet, report: Report, lists: Lists, table: AreaTable) -> None:
    tr = report.tr
    first, last = table.first, table.last
    complaint = tr.gettext("Please choose a level of the scale, or leave the cell empty.")
    for columns, source in (((Col.LEVEL,), lists.levels), ((Col.TARGET,), lists.targets)):
        for column in columns:
            add_choice(sheet, column, first, last, (source, complaint))
    add_choice(
        sheet,
        Col.CONFIDENCE,
        first,
        last,
        (lists.confidence, tr.gettext("Please choose an entry of the list.")),
    )
    weight = DataValidation(
        type="decimal",
        operator="between",
        formula1="0.001",
        formula2=str(MAX_WEIGHT),
        showErrorMessage=True,
    )
    weight.error = tr.gettext(
        "A weight is greater than 0 and at most {most}.", most=tr.number(MAX_WEIGHT)
    )
    weight.add(_range(Col.WEIGHT, first, last))
    sheet.raw.add_data_validation(weight)
    shade_levels(sheet, report, (Col.LEVEL, Col.LEVEL), first, last)
    sheet.mark_where(
        _range(Col.STATE, first, last),
        f"NOT(ISNUMBER(${get_column_letter(Col.LEVEL)}{first}))",
        font=Font(italic=True, color=SECONDARY),
        fill=PatternFill("lightUp", fgColor=QUIET_MARK, bgColor=WHITE),
    )
    sheet.raw.print_title_rows = f"{first - 1}:{first - 1}"


def add_choice(sheet: Sheet, column: int, first: int, last: int, source: tuple[str, str]) -> None:
    """A drop-down; ``source`` is a range and the complaint for anything else.

    A range, because a list inside the rule may hold 255 characters only.
    """
    choice = DataValidation(
        type="list", formula1=source[0], allow_blank=True, showErrorMessage=True
    )
    choice.error = source[1]
    choice.add(_range(column, first, last))
    sheet.raw.add_data_validation(choice)


def shade_levels(
    sheet: Sheet, report: Report, columns: tuple[int, int], first: int, last: int
) -> None:
    """Each level on its shade; the number in it stays readable in grey."""
    model = report.model
    left, right = (get_column_letter(column) for column in columns)
    place, cell = f"{left}{first}:{right}{last}", f"{left}{first}"
    for level in model.levels:
        ground = level_shade(level.number, model.lowest_level, model.highest_level)
        sheet.mark_where(
            place,
            f"AND(ISNUMBER({cell}),INT({cell})={level.number})",
            font=Font(color=text_on(ground)),
            fill=PatternFill("solid", bgColor=ground, fgColor=ground),
        )


def _chart_groups(report: Report) -> list[tuple[int, int]]:
    """Areas per chart as (first, last) numbers: whole dimensions, not too many areas together."""
    total = len(report.numbers)
    if total <= MOST_IN_ONE_CHART:
        return [(1, total)]
    groups: list[tuple[int, int]] = []
    start = end = 1
    for dimension in report.model.dimensions:
        if end - start + len(dimension.areas) > MOST_IN_ONE_CHART and end > start:
            groups.append((start, end - 1))
            start = end
        end += len(dimension.areas)
    groups.append((start, end - 1))
    return [piece for group in groups for piece in _halved(*group)]


def _halved(start: int, end: int) -> list[tuple[int, int]]:
    """A group that is still too large, in equal pieces."""
    count = end - start + 1
    pieces = ceil(count / MOST_IN_ONE_CHART)
    bounds = [start + count * piece // pieces for piece in range(pieces + 1)]
    return [(low, high - 1) for low, high in pairwise(bounds)]


def _add_chart(
    sheet: Sheet, report: Report, lists: Lists, table: AreaTable, part: tuple[int, int, int]
) -> None:
    start, end, top = part
    first, last = table.first + start - 1, table.first + end - 1
    areas = report.figures.areas[start - 1 : end]
    tr = report.tr

    def column(col: Col, name: str, values: list[Result]) -> Column:
        return Column(name, sheet.at(table.first - 1, col), sheet.span(col, first, last), values)

    earlier = None
    if report.earlier is not None and report.earlier_levels:
        levels_then = [point(report.earlier_levels.get(a.area_id)) for a in areas]
        earlier = column(Col.EARLIER, tr.month(report.earlier.date), levels_then)
    targets = [point(a.target if a.is_applicable else None) for a in areas]
    data = ProfileData(
        labels_at=lists.sheet.span(AREA_LABEL, FIRST + start - 1, FIRST + end - 1),
        labels=[_label(report, a) for a in areas],
        current=column(Col.LEVEL, tr.gettext("Current"), [point(a.level) for a in areas]),
        target=column(Col.TARGET, tr.gettext("Target"), targets),
        earlier=earlier,
        lowest=report.model.lowest_level,
        highest=report.model.highest_level,
        text_size=_CHART_TEXT,
    )
    place = f"{get_column_letter(Col.NUMBER)}{top}"
    add_profile_chart(sheet, data, place, *_chart_size(sheet))


def _chart_size(sheet: Sheet) -> tuple[float, float]:
    """Width and height in centimetres: as wide as the table, and as high as a page leaves room."""
    width = sheet.width_of(Col.NUMBER, Col.EVIDENCE) * PIXELS_PER_WIDTH * _CM_PER_PIXEL
    return width, page_height_for(width) - _HEAD_CM


def _range(column: int, first: int, last: int) -> str:
    letter = get_column_letter(column)
    return f"{letter}{first}:{letter}{last}"
