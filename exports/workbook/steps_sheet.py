"""Gaps and roadmap sheet: one row per step, with columns for the client to fill in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from app.figures.scoring import AreaFigures
from app.roadmap.steps import Step
from exports.workbook.area_lists import AreaLists, ListCol
from exports.workbook.book import DASH, Sheet, counted, here, literal, live, mark, shown
from exports.workbook.lists_sheet import Lists
from exports.workbook.name_columns import with_room_for_names
from exports.workbook.profile_sheet import add_choice, shade_levels
from exports.workbook.report import Report, closing_words, status_words
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
    """The columns of the table of steps; hidden ones stand between visible ones, for sorting."""

    ORDER = 1
    STEP_ID = 2
    AREA_NUMBER = 3
    OPEN = 4
    DIMENSION = 5
    AREA = 6
    FROM = 7
    TO = 8
    GAP = 9
    PRIORITY = 10
    THEN_TRUE = 11
    ACTIONS = 12
    NEEDS = 13
    STILL_NEEDED = 14
    STATUS = 15
    OWNER = 16
    DUE = 17
    COMMENT = 18


_WIDTHS = {
    Col.ORDER: 6,
    Col.STEP_ID: 10,
    Col.AREA_NUMBER: 6,
    Col.OPEN: 6,
    Col.DIMENSION: 18,
    Col.AREA: 22,
    Col.FROM: 8,
    Col.TO: 8,
    Col.GAP: 8,
    Col.PRIORITY: 10,
    Col.THEN_TRUE: 30,
    Col.ACTIONS: 44,
    Col.NEEDS: 26,
    Col.STILL_NEEDED: 18,
    Col.STATUS: 12,
    Col.OWNER: 16,
    Col.DUE: 12,
    Col.COMMENT: 20,
}
_HIDDEN = (Col.STEP_ID, Col.AREA_NUMBER, Col.OPEN)
_NUMBERS = (Col.ORDER, Col.GAP, Col.PRIORITY)
_LEVELS = (Col.FROM, Col.TO)
_LEAST_HEIGHT = 16.0
_DOT = " · "


@dataclass(frozen=True, slots=True)
class StepTable:
    """Location of the table of steps."""

    sheet: Sheet
    last: int

    def span(self, column: Col) -> str:
        """All cells of a column, as seen from other sheets."""
        return self.sheet.span(column, FIRST, self.last)

    @property
    def open_count(self) -> str:
        """Expression: how many steps are still to be done."""
        return f"COUNT({self.span(Col.OPEN)})"

    @property
    def without_owner(self) -> str:
        """Expression: number of open steps without an owner."""
        # SUMPRODUCT, because COUNTIFS with an empty text does not count alike everywhere.
        return f'SUMPRODUCT(ISNUMBER({self.span(Col.OPEN)})*({self.span(Col.OWNER)}=""))'

    def with_status(self, word: str) -> str:
        """Expression: number of steps with this status."""
        steps = f"--ISNUMBER({self.span(Col.TO)})"
        return f"SUMPRODUCT({steps},--({self.span(Col.STATUS)}={literal(word)}))"


def step_id(step: Step) -> str:
    """The stable id of a step: area and level it leads to, such as ``process.ci-cd>3``."""
    return f"{step.area_id}>{step.to_level}"


def write_steps(
    sheet: Sheet, report: Report, areas: AreaLists, lists: Lists, step_done: Callable[[], None]
) -> StepTable:
    """Fill the sheet: every step in its order, then the areas that need none."""
    resting = list(_areas_without_steps(report))
    table = StepTable(sheet, HEADER_ROW + len(report.steps) + len(resting))
    sheet.widths(*with_room_for_names(_WIDTHS, report, Col.DIMENSION, Col.AREA).values())
    sheet.hide_columns(*_HIDDEN)
    _write_head(sheet, report, table)
    for order, step in enumerate(report.steps, 1):
        _write_step(sheet, report, areas, order, step)
        step_done()
    for row, figures in enumerate(resting, FIRST + len(report.steps)):
        _write_resting_area(sheet, report, areas, row, figures)
    sheet.add_table(TABLE_NAME, HEADER_ROW, Col.ORDER, table.last, Col.COMMENT)
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
    _write_counts(sheet, report, table)
    sheet.height(2, 20)
    explanation = tr.gettext(
        "Most urgent first; every step comes after the steps it needs. Please fill in status, "
        "owner, target date and comment. Struck through: done, dropped, or no longer needed. Areas "
        "without a step stand at the end."
    )
    sheet.write_label(3, Col.ORDER, explanation, replace(QUIET, wrap=False))
    for column, head in _heads(report).items():
        style = HEADER_NUMBER if column in _NUMBERS else HEADER
        sheet.write_label(HEADER_ROW, column, head, HEADER_LEVEL if column in _LEVELS else style)
    sheet.height(HEADER_ROW, 28)
    sheet.raw.freeze_panes = f"{get_column_letter(Col.FROM)}{FIRST}"
    sheet.raw.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def _write_counts(sheet: Sheet, report: Report, table: StepTable) -> None:
    """Number of steps that are open, done, dropped and without an owner; follows the status."""
    tr = report.tr

    def steps(n: int, said: object) -> str:
        return tr.ngettext(
            "{n} open step of one level", "{n} open steps of one level each", n, n=said
        )

    def orphans(n: int, said: object) -> str:
        return tr.ngettext("{n} without an owner", "{n} without an owner", n, n=said)

    pieces = [counted(steps, table.open_count)]
    for word in closing_words(tr):
        number = table.with_status(word)
        template = tr.gettext("{n} {status}", n=mark(0), status=word)
        pieces.append(f'IF({number}=0,"",{literal(_DOT)}&{live(template, number)})')
    pieces.append(f"{literal(_DOT)}&{counted(orphans, table.without_owner)}")
    count = len(report.steps)
    result = f"{steps(count, count)}{_DOT}{orphans(count, count)}"
    sheet.formula(2, Col.ORDER, "&".join(pieces), result, LEAD)


def _heads(report: Report) -> dict[Col, str]:
    tr = report.tr
    return {
        Col.ORDER: tr.gettext("No."),
        Col.STEP_ID: tr.gettext("Step id"),
        Col.AREA_NUMBER: tr.gettext("Area no."),
        Col.OPEN: tr.gettext("Open"),
        Col.DIMENSION: tr.gettext("Dimension"),
        Col.AREA: tr.gettext("Area"),
        Col.FROM: tr.gettext("From level"),
        Col.TO: tr.gettext("To level"),
        Col.GAP: tr.gettext("Gap"),
        Col.PRIORITY: tr.gettext("Priority"),
        Col.THEN_TRUE: tr.gettext("Target state"),
        Col.ACTIONS: tr.gettext("Proposed actions [effort · role]"),
        Col.NEEDS: tr.gettext("Prerequisites"),
        Col.STILL_NEEDED: tr.gettext("Still needed"),
        Col.STATUS: tr.gettext("Status"),
        Col.OWNER: tr.gettext("Owner"),
        Col.DUE: tr.gettext("Target date"),
        Col.COMMENT: tr.gettext("Comment"),
    }


def _write_step(sheet: Sheet, report: Report, areas: AreaLists, order: int, step: Step) -> None:
    row = HEADER_ROW + order
    figures = report.figures.area(step.area_id)
    _write_place(sheet, report, areas, row, figures)
    sheet.number(row, Col.ORDER, order, ROW_NUMBER)
    sheet.write_user_text(row, Col.STEP_ID, step_id(step), ROW)
    sheet.number(row, Col.FROM, step.from_level, ROW_LEVEL)
    sheet.number(row, Col.TO, step.to_level, ROW_LEVEL_BOLD)
    _write_live(sheet, report, areas, order, step)
    texts = {
        Col.DIMENSION: (report.dimension_names[figures.dimension_id], ROW),
        Col.AREA: (report.area_names[step.area_id], ROW_BOLD),
        Col.THEN_TRUE: (report.description(step.area_id, step.to_level), ROW),
        Col.ACTIONS: ("\n".join(f"• {a}" for a in report.actions(step)), ROW),
        Col.NEEDS: ("\n".join(_reasons(report, step)), ROW),
    }
    for column in (Col.THEN_TRUE, Col.ACTIONS, Col.NEEDS):
        sheet.write_user_text(row, column, texts[column][0], ROW)
    sheet.fit_cells(row, texts, _LEAST_HEIGHT)
    sheet.write_label(row, Col.STATUS, status_words(report.tr)[0], ROW_TO_FILL)
    sheet.leave_open(row, Col.OWNER, ROW_TO_FILL)
    sheet.leave_open(
        row, Col.DUE, replace(ROW_TO_FILL, number_format=DAY_FORMATS[report.tr.language])
    )
    sheet.leave_open(row, Col.COMMENT, ROW_TO_FILL)


def _write_live(sheet: Sheet, report: Report, areas: AreaLists, order: int, step: Step) -> None:
    """Priority, and whether the step is open; both follow the profile and the status."""
    row = HEADER_ROW + order
    number, to, own_order, status = (
        here(row, column) for column in (Col.AREA_NUMBER, Col.TO, Col.ORDER, Col.STATUS)
    )
    weight, level, target = (
        areas.look_up(column, number) for column in (ListCol.WEIGHT, ListCol.LEVEL, ListCol.TARGET)
    )
    priority = f"IFERROR({weight}*MAX(0,{target}-{to}+1),{DASH})"
    sheet.formula(row, Col.PRIORITY, priority, shown(step.priority), ROW_NUMBER)
    closed = [f"{status}={literal(word)}" for word in closing_words(report.tr)]
    is_open = f"IFERROR(IF(AND({level}<{to},{to}<={target}),NOT(OR({','.join(closed)}))),FALSE)"
    sheet.formula(row, Col.OPEN, f'IF({is_open},{own_order},"")', order, ROW_NUMBER)
    sheet.formula(row, Col.STILL_NEEDED, _still_needed(report, areas, row), _yes(report), ROW)


def _yes(report: Report) -> str:
    return report.tr.pgettext("still needed", "yes")


def _still_needed(report: Report, areas: AreaLists, row: int) -> str:
    """Expression: whether the levels of now still ask for the step, and why not."""
    tr = report.tr
    number, to = here(row, Col.AREA_NUMBER), here(row, Col.TO)
    level, target, missing, state = (
        areas.look_up(column, number)
        for column in (ListCol.LEVEL, ListCol.TARGET, ListCol.MISSING, ListCol.STATE)
    )
    reached = literal(tr.gettext("no: level reached"))
    lowered = literal(tr.gettext("no: beyond the target"))
    because = live(tr.gettext("no: {state}", state=mark(0)), state)
    again = literal(tr.gettext("yes; a new export adds the missing steps"))
    return (
        f"IF(NOT(ISNUMBER({level})),{because},IF({level}>={to},{reached},"
        f"IF({to}>{target},{lowered},IF({missing}=1,{again},{literal(_yes(report))}))))"
    )


def _reasons(report: Report, step: Step) -> Iterator[str]:
    for requirement in step.requirements:
        yield f"• {report.needs(requirement)}"
    if step.inherited_priority > step.priority:
        yield report.tr.gettext("Moved up because more urgent steps depend on it.")


def _write_resting_area(
    sheet: Sheet, report: Report, areas: AreaLists, row: int, figures: AreaFigures
) -> None:
    """An area that has no step, and why: reached, not scored, or not applicable."""
    tr = report.tr
    _write_place(sheet, report, areas, row, figures)
    sheet.write_user_text(row, Col.STEP_ID, figures.area_id, ROW)
    number = here(row, Col.AREA_NUMBER)
    level, missing, state, reason = (
        areas.look_up(column, number)
        for column in (ListCol.LEVEL, ListCol.MISSING, ListCol.STATE, ListCol.REASON)
    )
    now = f'IF(ISNUMBER({level}),{level},"")'
    sheet.formula(
        row, Col.FROM, now, "" if figures.level is None else shown(figures.level), ROW_LEVEL
    )
    unscored = tr.gettext("Not scored yet, so no step is known.")
    reached = tr.gettext("The target is reached.")
    again = tr.gettext("A new export adds the missing steps.")
    out = literal(report.unscored_state(applicable=False))
    formula = (
        f"IF({missing}=1,{literal(again)},IF(ISNUMBER({level}),{literal(reached)},"
        f"IF({state}={out},{reason},{literal(unscored)})))"
    )
    if not figures.is_applicable:
        grounds = report.session.rating(figures.area_id).not_applicable or ""
        why = tr.gettext("Not applicable: {reason}", reason=grounds)
    else:
        why = unscored if figures.level is None else reached
    for column in (Col.ORDER, Col.OPEN, Col.TO, Col.PRIORITY):
        sheet.apply_style(row, column, column, ROW_NUMBER)
    sheet.formula(row, Col.THEN_TRUE, formula, why, ROW_QUIET)
    needed = literal(tr.gettext("yes; a new export adds the missing steps"))
    no = tr.pgettext("still needed", "no")
    sheet.formula(row, Col.STILL_NEEDED, f"IF({missing}=1,{needed},{literal(no)})", no, ROW_QUIET)
    for first, last in ((Col.ACTIONS, Col.NEEDS), (Col.STATUS, Col.COMMENT)):
        sheet.apply_style(row, first, last, ROW)
    texts = {
        Col.DIMENSION: (report.dimension_names[figures.dimension_id], ROW),
        Col.AREA: (report.area_names[figures.area_id], ROW_BOLD),
        Col.THEN_TRUE: (why, ROW_QUIET),
    }
    sheet.fit_cells(row, texts, _LEAST_HEIGHT)


def _write_place(
    sheet: Sheet, report: Report, areas: AreaLists, row: int, figures: AreaFigures
) -> None:
    """Write dimension, area and gap; the gap is looked up in the profile."""
    named = dimension_row(report.dimension_numbers[figures.dimension_id])
    sheet.number(row, Col.AREA_NUMBER, report.numbers[figures.area_id], ROW_NUMBER)
    sheet.write_user_text(row, Col.DIMENSION, report.dimension_names[figures.dimension_id], named)
    sheet.write_user_text(row, Col.AREA, report.area_names[figures.area_id], ROW_BOLD)
    gap = areas.look_up(ListCol.GAP, here(row, Col.AREA_NUMBER))
    sheet.figure(row, Col.GAP, gap, figures.gap, ROW_NUMBER)


def _add_choices(sheet: Sheet, report: Report, lists: Lists, table: StepTable) -> None:
    tr = report.tr
    complaint = tr.gettext("Please choose an entry of the list.")
    add_choice(sheet, Col.STATUS, FIRST, table.last, (lists.status, complaint))
    add_day_rule(sheet, report, Col.DUE, FIRST, table.last)


def add_day_rule(sheet: Sheet, report: Report, column: int, first: int, last: int) -> None:
    """Dates only."""
    day = DataValidation(
        type="date",
        operator="greaterThan",
        formula1="36526",
        allow_blank=True,
        showErrorMessage=True,
    )
    day.error = report.tr.gettext("Please enter a date.")
    day.add(f"{here(first, column)}:{here(last, column)}")
    sheet.raw.add_data_validation(day)


def _add_marks(sheet: Sheet, report: Report, table: StepTable) -> None:
    """Marks that a grey print keeps: hatching, italics and strike-through, not colour alone."""
    shade_levels(sheet, report.model, (Col.FROM, Col.TO), FIRST, table.last)
    to, owner, is_open = (
        f"${get_column_letter(column)}{FIRST}" for column in (Col.TO, Col.OWNER, Col.OPEN)
    )
    sheet.mark_where(
        _range(Col.OWNER, table),
        f'AND(ISNUMBER({is_open}),{owner}="")',
        fill=PatternFill("lightUp", fgColor=NOTICE_MARK, bgColor=NOTICE_GROUND),
    )
    sheet.mark_where(
        f"{get_column_letter(Col.DIMENSION)}{FIRST}:{_end(Col.NEEDS, table)}",
        f"AND(ISNUMBER({to}),NOT(ISNUMBER({is_open})))",
        font=Font(strike=True, color=SECONDARY),
    )


def _range(column: Col, table: StepTable) -> str:
    return f"{get_column_letter(column)}{FIRST}:{_end(column, table)}"


def _end(column: Col, table: StepTable) -> str:
    return f"{get_column_letter(column)}{table.last}"
