"""Dependencies and risks sheet: what every step needs, what waits for it, and its risk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from app.planning.priorities import successors
from app.session.step_details import CERTAINTY_WORDS, StepStatus
from exports.workbook.book import Sheet, counted, here, literal
from exports.workbook.entry_rules import add_choice
from exports.workbook.lists_sheet import Lists
from exports.workbook.name_columns import names_of_step, with_room_for_names
from exports.workbook.plan_report import status_word
from exports.workbook.planned import StepRow
from exports.workbook.report import Report
from exports.workbook.step_columns import Col as StepCol
from exports.workbook.step_columns import StepTable
from exports.workbook.step_lists import StepCol as ListCol
from exports.workbook.step_lists import StepLists
from exports.workbook.styles import (
    LEAD,
    NOTICE,
    QUIET,
    ROW,
    ROW_NUMBER,
    ROW_TO_FILL,
    hatched,
)
from exports.workbook.table_header import write_header, write_title

TABLE_NAME = "Dependencies"
HEADER_ROW = 5
FIRST = HEADER_ROW + 1


class Col(IntEnum):
    """The columns of the table."""

    NUMBER = 1
    ROW = 2
    DIMENSION = 3
    AREA = 4
    LEVELS = 5
    QUARTER = 6
    NEEDS = 7
    NEEDED_BY = 8
    STATE = 9
    RISK = 10
    CONFIDENCE = 11


_WIDTHS = {
    Col.NUMBER: 9,
    Col.ROW: 6,
    Col.DIMENSION: 18,
    Col.AREA: 27,
    Col.LEVELS: 9,
    Col.QUARTER: 11,
    Col.NEEDS: 40,
    Col.NEEDED_BY: 30,
    Col.STATE: 26,
    Col.RISK: 36,
    Col.CONFIDENCE: 14,
}
_LEAST_HEIGHT = 16.0


@dataclass(frozen=True, slots=True)
class RiskTable:
    """Location of the table; ``problems`` are the words of states that call for a change."""

    sheet: Sheet
    last: int
    problems: tuple[str, ...]

    @property
    def broken(self) -> str:
        """Expression: how many steps do not stand in order."""
        states = self.sheet.span(Col.STATE, FIRST, max(FIRST, self.last))
        return "+".join(f"COUNTIF({states},{literal(word)})" for word in self.problems)

    def broken_at_export(self, report: Report) -> int:
        """The number of such steps at the export."""
        return sum(_state(report, step) in self.problems for step in report.steps)


def risk_place(sheet: Sheet, report: Report) -> RiskTable:
    """Place of the table."""
    return RiskTable(sheet, HEADER_ROW + len(report.steps), _problems(report))


def _problems(report: Report) -> tuple[str, str]:
    tr = report.tr
    return (
        tr.gettext("begins before what it needs is done"),
        tr.gettext("needs a step that has no quarter"),
    )


def write_risks(
    table: RiskTable, report: Report, steps: StepTable, step_lists: StepLists, lists: Lists
) -> None:
    """Fill the sheet."""
    sheet, tr = table.sheet, report.tr
    title = tr.gettext("Dependencies and risks")
    sheet.widths(*with_room_for_names(_WIDTHS, report, Col.DIMENSION, Col.AREA).values())
    sheet.hide_columns(Col.ROW)
    write_title(sheet, report, title)
    sheet.height(2, 20)
    if not report.steps:
        sheet.write_label(2, Col.NUMBER, report.no_step, LEAD)
        return
    _write_lead(table, report)
    _write_header(sheet, report)
    waiting = successors(report.plan.problem.requires)
    numbers = {step.key: step.number for step in report.steps}
    for row, step in enumerate(report.steps, FIRST):
        after = [key for key in waiting.get(step.key, ()) if key[0] != step.area_id]
        names = "\n".join(f"• {report.step_name(key)}" for key in after)
        _write_step(sheet, report, steps, row, (step, names))
        needed = [numbers[key] for key in report.plan.problem.requires.get(step.key, ())]
        _write_state(table, report, steps, step_lists, row, (step, needed))
    sheet.add_table(TABLE_NAME, HEADER_ROW, Col.NUMBER, table.last, Col.CONFIDENCE)
    _add_rules(table, report, lists)


def _write_lead(table: RiskTable, report: Report) -> None:
    sheet, tr = table.sheet, report.tr

    def broken(n: int, said: object) -> str:
        return tr.ngettext(
            "{n} step does not stand in order", "{n} steps do not stand in order", n, n=said
        )

    fine = tr.gettext("Every step follows what it needs.")
    count = f"({table.broken})"
    formula = f"IF({count}=0,{literal(fine)},{counted(broken, count)})"
    bad = table.broken_at_export(report)
    sheet.formula(2, Col.NUMBER, formula, broken(bad, bad) if bad else fine, LEAD)
    note = tr.gettext(
        "The state follows the quarters on the sheet “{sheet}”. What a step needs, and what waits "
        "for it, is as of the export.",
        sheet=tr.pgettext("sheet of the workbook", "Gaps and roadmap"),
    )
    sheet.write_label(3, Col.NUMBER, note, replace(QUIET, wrap=False))
    look = replace(QUIET, wrap=False, bold=True, colour=NOTICE)
    sheet.write_user_text(4, Col.NUMBER, report.clash, look)


def _write_header(sheet: Sheet, report: Report) -> None:
    tr = report.tr
    heads = {
        Col.NUMBER: tr.gettext("Step no."),
        Col.ROW: tr.gettext("Row of the step"),
        Col.DIMENSION: tr.gettext("Dimension"),
        Col.AREA: tr.gettext("Area"),
        Col.LEVELS: tr.gettext("Step"),
        Col.QUARTER: tr.gettext("Quarter"),
        Col.NEEDS: tr.gettext("Needs"),
        Col.NEEDED_BY: tr.gettext("Needed by"),
        Col.STATE: tr.pgettext("state of a step", "State"),
        Col.RISK: tr.gettext("Risk"),
        Col.CONFIDENCE: tr.gettext("Confidence"),
    }
    write_header(sheet, HEADER_ROW, heads, numbers=(Col.NUMBER,), centred=(Col.LEVELS,))
    sheet.raw.freeze_panes = f"{get_column_letter(Col.LEVELS)}{FIRST}"


def _write_step(
    sheet: Sheet, report: Report, steps: StepTable, row: int, entry: tuple[StepRow, str]
) -> None:
    step, after = entry
    sheet.number(row, Col.NUMBER, step.number, ROW_NUMBER)
    sheet.formula(row, Col.ROW, steps.row_of(here(row, Col.NUMBER)), step.number, ROW_NUMBER)
    texts = {
        **names_of_step(report, step, Col.DIMENSION, Col.AREA, Col.LEVELS),
        Col.NEEDS: ("\n".join(f"• {need}" for need in report.needs(step)), ROW),
        Col.NEEDED_BY: (after, ROW),
    }
    for column, (text, style) in texts.items():
        sheet.write_user_text(row, column, text, style)
    quarter = steps.cell(StepCol.PERIOD, here(row, Col.ROW))
    sheet.formula(row, Col.QUARTER, f'IFERROR({quarter}&"","")', report.quarter_of(step), ROW)
    sheet.write_entry(row, Col.RISK, step.details.risk, ROW_TO_FILL)
    sure = step.details.confidence
    words = "" if sure is None else report.tr.gettext(CERTAINTY_WORDS[sure])
    sheet.write_entry(row, Col.CONFIDENCE, words, ROW_TO_FILL)
    rest = {Col.RISK: (step.details.risk, ROW), Col.STATE: (_state(report, step), ROW)}
    sheet.fit_cells(row, {**texts, **rest}, _LEAST_HEIGHT)


def _write_state(
    table: RiskTable,
    report: Report,
    steps: StepTable,
    step_lists: StepLists,
    row: int,
    entry: tuple[StepRow, list[int]],
) -> None:
    """Write if the step stands after its prerequisites, as the quarters are now."""
    step, needed = entry
    early, unplanned = map(literal, table.problems)
    fine, later, out = map(literal, _calm(report))
    done = literal(status_word(StepStatus.DONE, report.tr))
    is_open, status = (
        steps.cell(column, here(row, Col.ROW)) for column in (StepCol.OPEN, StepCol.STATUS)
    )
    start = step_lists.look_up(ListCol.START, step.number)
    order = fine
    if needed:
        ends = ",".join(step_lists.look_up(ListCol.REACHED, number) for number in needed)
        order = (
            f"IF(COUNT({ends})<{len(needed)},{unplanned},IF(MAX({ends})>={start},{early},{fine}))"
        )
    without = f"IF(ISNUMBER({is_open}),{later},IF({status}={done},{done},{out}))"
    formula = f"IF(ISNUMBER({start}),{order},{without})"
    sheet = table.sheet
    sheet.formula(row, Col.STATE, f'IFERROR({formula},"")', _state(report, step), ROW)


def _calm(report: Report) -> tuple[str, str, str]:
    """Words of the states that call for nothing."""
    tr = report.tr
    return tr.gettext("in order"), report.later, tr.gettext("no longer needed")


def _state(report: Report, step: StepRow) -> str:
    early, unplanned = _problems(report)
    fine, later, out = _calm(report)
    if step.details.status is StepStatus.DONE:
        return status_word(StepStatus.DONE, report.tr)
    if step.start is None:
        return later if step.is_open else out
    ends = [report.reached[key] for key in report.plan.problem.requires.get(step.key, ())]
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return unplanned
    return early if max(known, default=0) >= step.start else fine


def _add_rules(table: RiskTable, report: Report, lists: Lists) -> None:
    sheet = table.sheet
    add_choice(sheet, report, Col.CONFIDENCE, (FIRST, table.last), lists.certainties)
    state = here(FIRST, Col.STATE)
    words = ",".join(f"{state}={literal(word)}" for word in table.problems)
    sheet.mark_where(
        f"{state}:{here(table.last, Col.STATE)}",
        f"OR({words})",
        font=Font(bold=True, color=NOTICE),
        fill=hatched(),
    )
