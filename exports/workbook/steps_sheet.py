"""Gaps and roadmap sheet: one row per step, with columns for the client to fill in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo

from app.figures.scoring import AreaFigures
from app.roadmap.steps import Step
from exports.workbook.book import Sheet, counted, fixed, literal, shown
from exports.workbook.lists_sheet import Lists
from exports.workbook.profile_sheet import AreaTable, add_choice, shade_levels
from exports.workbook.profile_sheet import Col as AreaCol
from exports.workbook.report import Report, status_words
from exports.workbook.styles import (
    DAY_FORMATS,
    HEADER,
    HEADER_LEVEL,
    HEADER_NUMBER,
    LEAD,
    NOTICE_GROUND,
    NOTICE_MARK,
    QUIET,
    ROW,
    ROW_BOLD,
    ROW_LEVEL,
    ROW_LEVEL_BOLD,
    ROW_NUMBER,
    ROW_QUIET,
    ROW_TO_FILL,
    SECONDARY,
    TITLE,
    dimension_row,
)

TABLE_NAME = "GapsAndRoadmap"
HEADER_ROW = 4
FIRST = HEADER_ROW + 1


class Col(IntEnum):
    """The columns of the table of steps."""

    STEP_ID = 1
    AREA_NUMBER = 2
    ORDER = 3
    DIMENSION = 4
    AREA = 5
    FROM = 6
    TO = 7
    GAP = 8
    PRIORITY = 9
    THEN_TRUE = 10
    ACTIONS = 11
    NEEDS = 12
    STATUS = 13
    OWNER = 14
    DUE = 15
    COMMENT = 16


_WIDTHS = (10, 6, 5, 18, 21, 7, 7, 7, 9, 30, 44, 27, 12, 16, 12, 20)
_NUMBERS = (Col.ORDER, Col.GAP, Col.PRIORITY)
_LEVELS = (Col.FROM, Col.TO)
_LEAST_HEIGHT = 16.0


@dataclass(frozen=True, slots=True)
class StepTable:
    """Location of the table of steps."""

    sheet: Sheet
    last: int

    def span(self, column: Col) -> str:
        """All cells of a column, as seen from other sheets."""
        return self.sheet.span(column, FIRST, self.last)

    @property
    def count(self) -> str:
        """Expression: how many steps there are."""
        return f"COUNT({self.span(Col.TO)})"

    @property
    def without_owner(self) -> str:
        """Expression: number of steps without an owner."""
        # SUMPRODUCT, because COUNTIFS with an empty text does not count alike everywhere.
        to, owner = self.span(Col.TO), self.span(Col.OWNER)
        return f'SUMPRODUCT(ISNUMBER({to})*({owner}=""))'


def step_id(step: Step) -> str:
    """The stable id of a step: area and level it leads to, such as ``process.ci-cd>3``."""
    return f"{step.area_id}>{step.to_level}"


def write_steps(
    sheet: Sheet, report: Report, areas: AreaTable, lists: Lists, step_done: Callable[[], None]
) -> StepTable:
    """Fill the sheet: every step in its order, then the areas that need none."""
    resting = list(_areas_without_steps(report))
    table = StepTable(sheet, HEADER_ROW + len(report.steps) + len(resting))
    sheet.widths(*_WIDTHS)
    sheet.hide_columns(Col.STEP_ID, Col.AREA_NUMBER)
    _write_head(sheet, report, table)
    for order, step in enumerate(report.steps, 1):
        _write_step(sheet, report, areas, order, step)
        step_done()
    for row, figures in enumerate(resting, FIRST + len(report.steps)):
        _write_resting_area(sheet, report, areas, row, figures)
    _add_table(sheet, table)
    _add_choices(sheet, report, lists, table)
    _add_marks(sheet, report, table)
    return table


def _areas_without_steps(report: Report) -> Iterator[AreaFigures]:
    with_steps = {step.area_id for step in report.steps}
    return (area for area in report.figures.areas if area.area_id not in with_steps)


def _write_head(sheet: Sheet, report: Report, table: StepTable) -> None:
    tr = report.tr
    title = tr.gettext("Gaps and roadmap")
    sheet.print_setup(report, title)
    sheet.write_label(1, Col.ORDER, title, TITLE)
    sheet.height(1, 32)

    def steps(n: int, said: object) -> str:
        return tr.ngettext("{n} step of one level", "{n} steps of one level each", n, n=said)

    def orphans(n: int, said: object) -> str:
        return tr.ngettext("{n} without an owner", "{n} without an owner", n, n=said)

    count = len(report.steps)
    sheet.formula(
        2,
        Col.ORDER,
        f'{counted(steps, table.count)}&" · "&{counted(orphans, table.without_owner)}',
        f"{steps(count, count)} · {orphans(count, count)}",
        LEAD,
    )
    sheet.height(2, 20)
    explanation = tr.gettext(
        "Most urgent first; every step comes after the steps it needs. Please fill in status, "
        "owner, target date and comment. Areas without a step stand at the end."
    )
    sheet.write_label(3, Col.ORDER, explanation, replace(QUIET, wrap=False))
    for column, head in _heads(report).items():
        style = HEADER_NUMBER if column in _NUMBERS else HEADER
        sheet.write_label(HEADER_ROW, column, head, HEADER_LEVEL if column in _LEVELS else style)
    sheet.height(HEADER_ROW, 28)
    sheet.raw.freeze_panes = f"{get_column_letter(Col.FROM)}{FIRST}"
    sheet.raw.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def _heads(report: Report) -> dict[Col, str]:
    tr = report.tr
    return {
        Col.STEP_ID: tr.gettext("Step id"),
        Col.AREA_NUMBER: tr.gettext("Area no."),
        Col.ORDER: tr.gettext("No."),
        Col.DIMENSION: tr.gettext("Dimension"),
        Col.AREA: tr.gettext("Area"),
        Col.FROM: tr.gettext("From level"),
        Col.TO: tr.gettext("To level"),
        Col.GAP: tr.gettext("Gap"),
        Col.PRIORITY: tr.gettext("Priority"),
        Col.THEN_TRUE: tr.gettext("Target state"),
        Col.ACTIONS: tr.gettext("Proposed actions [effort · role]"),
        Col.NEEDS: tr.gettext("Prerequisites"),
        Col.STATUS: tr.gettext("Status"),
        Col.OWNER: tr.gettext("Owner"),
        Col.DUE: tr.gettext("Target date"),
        Col.COMMENT: tr.gettext("Comment"),
    }


def _write_step(sheet: Sheet, report: Report, areas: AreaTable, order: int, step: Step) -> None:
    row = HEADER_ROW + order
    figures = report.figures.area(step.area_id)
    _write_place(sheet, report, areas, row, figures)
    sheet.write_user_text(row, Col.STEP_ID, step_id(step), ROW)
    sheet.number(row, Col.ORDER, order, ROW_NUMBER)
    sheet.number(row, Col.FROM, step.from_level, ROW_LEVEL)
    sheet.number(row, Col.TO, step.to_level, ROW_LEVEL_BOLD)
    number, to = fixed(row, Col.AREA_NUMBER), fixed(row, Col.TO)
    weight = areas.look_up(AreaCol.WEIGHT, number)
    target = areas.look_up(AreaCol.TARGET, number)
    sheet.formula(
        row, Col.PRIORITY, f"{weight}*({target}-{to}+1)", shown(step.priority), ROW_NUMBER
    )
    texts = {
        Col.AREA: report.area_names[step.area_id],
        Col.THEN_TRUE: report.description(step.area_id, step.to_level),
        Col.ACTIONS: "\n".join(f"• {a}" for a in report.actions(step)),
        Col.NEEDS: "\n".join(_reasons(report, step)),
    }
    for column in (Col.THEN_TRUE, Col.ACTIONS, Col.NEEDS):
        sheet.write_user_text(row, column, texts[column], ROW)
    pieces = [(text, _WIDTHS[column - 1] - 1, ROW) for column, text in texts.items()]
    sheet.fit_height(row, *pieces, least=_LEAST_HEIGHT, keep=False)
    sheet.write_label(row, Col.STATUS, status_words(report.tr)[0], ROW_TO_FILL)
    sheet.leave_open(row, Col.OWNER, ROW_TO_FILL)
    sheet.leave_open(
        row, Col.DUE, replace(ROW_TO_FILL, number_format=DAY_FORMATS[report.tr.language])
    )
    sheet.leave_open(row, Col.COMMENT, ROW_TO_FILL)


def _reasons(report: Report, step: Step) -> Iterator[str]:
    for requirement in step.requirements:
        yield f"• {report.needs(requirement)}"
    if step.inherited_priority > step.priority:
        yield report.tr.gettext("Moved up because more urgent steps depend on it.")


def _write_resting_area(
    sheet: Sheet, report: Report, areas: AreaTable, row: int, figures: AreaFigures
) -> None:
    """An area that has no step, and why: reached, not scored, or not applicable."""
    tr = report.tr
    _write_place(sheet, report, areas, row, figures)
    sheet.write_user_text(row, Col.STEP_ID, figures.area_id, ROW)
    sheet.number(row, Col.FROM, figures.level, ROW_LEVEL)
    if not figures.is_applicable:
        reason = report.session.rating(figures.area_id).not_applicable or ""
        why = tr.gettext("Not applicable: {reason}", reason=reason)
    elif figures.level is None:
        why = tr.gettext("Not scored yet, so no step is known.")
    else:
        why = tr.gettext("The target is reached.")
    for column in (Col.ORDER, Col.TO, Col.PRIORITY):
        sheet.apply_style(row, column, column, ROW_NUMBER)
    sheet.write_user_text(row, Col.THEN_TRUE, why, ROW_QUIET)
    sheet.apply_style(row, Col.ACTIONS, Col.COMMENT, ROW)
    width = _WIDTHS[Col.THEN_TRUE - 1] - 1.5
    sheet.fit_height(row, (why, width, ROW_QUIET), least=_LEAST_HEIGHT, keep=False)


def _write_place(
    sheet: Sheet, report: Report, areas: AreaTable, row: int, figures: AreaFigures
) -> None:
    """Write dimension, area and gap; the gap is looked up in the profile."""
    named = dimension_row(report.dimension_numbers[figures.dimension_id])
    sheet.number(row, Col.AREA_NUMBER, report.numbers[figures.area_id], ROW_NUMBER)
    sheet.write_user_text(row, Col.DIMENSION, report.dimension_names[figures.dimension_id], named)
    sheet.write_user_text(row, Col.AREA, report.area_names[figures.area_id], ROW_BOLD)
    gap = areas.look_up(AreaCol.GAP, fixed(row, Col.AREA_NUMBER))
    sheet.figure(row, Col.GAP, gap, figures.gap, ROW_NUMBER)


def _add_table(sheet: Sheet, table: StepTable) -> None:
    """Add a table for its filters; cell styles work in LibreOffice as well."""
    place = f"A{HEADER_ROW}:{get_column_letter(Col.COMMENT)}{table.last}"
    filtered = Table(displayName=TABLE_NAME, ref=place)
    filtered.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.raw.add_table(filtered)


def _add_choices(sheet: Sheet, report: Report, lists: Lists, table: StepTable) -> None:
    tr = report.tr
    complaint = tr.gettext("Please choose an entry of the list.")
    add_choice(sheet, Col.STATUS, FIRST, table.last, (lists.status, complaint))
    day = DataValidation(
        type="date",
        operator="greaterThan",
        formula1="36526",
        allow_blank=True,
        showErrorMessage=True,
    )
    day.error = tr.gettext("Please enter a date.")
    day.add(_range(Col.DUE, table))
    sheet.raw.add_data_validation(day)


def _add_marks(sheet: Sheet, report: Report, table: StepTable) -> None:
    """Marks that a grey print keeps: hatching, italics and strike-through, not colour alone."""
    shade_levels(sheet, report, (Col.FROM, Col.TO), FIRST, table.last)
    to, owner, status = (
        f"${get_column_letter(column)}{FIRST}" for column in (Col.TO, Col.OWNER, Col.STATUS)
    )
    sheet.mark_where(
        _range(Col.OWNER, table),
        f'AND(ISNUMBER({to}),{owner}="")',
        fill=PatternFill("lightUp", fgColor=NOTICE_MARK, bgColor=NOTICE_GROUND),
    )
    words = status_words(report.tr)
    for word in (words[2], words[4]):
        sheet.mark_where(
            f"{get_column_letter(Col.AREA)}{FIRST}:{_end(Col.ACTIONS, table)}",
            f"{status}={literal(word)}",
            font=Font(strike=True, color=SECONDARY),
        )


def _range(column: Col, table: StepTable) -> str:
    return f"{get_column_letter(column)}{FIRST}:{_end(column, table)}"


def _end(column: Col, table: StepTable) -> str:
    return f"{get_column_letter(column)}{table.last}"
