"""Hidden lists of the steps: when each is really done, and what it adds to the average.

Row by row in the order of the numbers, whatever the table of steps is sorted by.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from app.session.step_details import StepStatus
from exports.workbook.area_lists import AreaLists, ListCol
from exports.workbook.book import Sheet, here, literal, shown
from exports.workbook.lists_sheet import FIRST, Lists
from exports.workbook.plan_report import status_word
from exports.workbook.planned import StepRow
from exports.workbook.report import Report
from exports.workbook.step_columns import Col, StepTable
from exports.workbook.stored_values import Result
from exports.workbook.styles import BODY


class StepCol(IntEnum):
    """The columns of the lists of steps."""

    NUMBER = 100
    ROW = 101
    START = 102
    REACHED = 103
    GAIN = 104
    EXPORTED = 105
    REASON = 106


@dataclass(frozen=True, slots=True)
class StepLists:
    """Columns of the lists, looked up by the number of a step."""

    sheet: Sheet
    count: int

    def span(self, column: StepCol) -> str:
        """All cells of a column; one empty cell where there is no step."""
        return self.sheet.span(column, FIRST, FIRST + max(1, self.count) - 1)

    def look_up(self, column: StepCol, number: int) -> str:
        """Expression: the entry of a step."""
        return self.sheet.at(FIRST + number - 1, column)

    def reason(self, number: str) -> str:
        """Expression: the reason why the step whose number is in a cell was left for later."""
        return f"INDEX({self.span(StepCol.REASON)},{number})"

    def gain_until(self, period: str) -> str:
        """Expression: weighted levels gained by the end of a quarter."""
        reached = self.span(StepCol.REACHED)
        return f'SUMIFS({self.span(StepCol.GAIN)},{reached},"<="&{period})'


def write_step_lists(
    lists: Lists, report: Report, areas: AreaLists, table: StepTable, found: StepLists
) -> None:
    """Fill the columns, one row per step."""
    sheet = lists.sheet
    _write_heads(sheet, report)
    rows = {step.key: FIRST + step.number - 1 for step in report.steps}
    done = literal(status_word(StepStatus.DONE, report.tr))
    for step in report.steps:
        row = rows[step.key]
        above = rows.get((step.area_id, step.to_level - 1))
        sheet.number(row, StepCol.NUMBER, step.number, BODY)
        key = here(row, StepCol.NUMBER)
        sheet.formula(row, StepCol.ROW, table.row_of(key), step.number, BODY)
        _write_start(sheet, table, row, step)
        formula = _reached(areas, table, row, above, done)
        sheet.formula(row, StepCol.REACHED, formula, or_nothing(report.reached[step.key]), BODY)
        _write_gain(sheet, report, areas, row, step, is_first=above is None)
        sheet.write_user_text(row, StepCol.REASON, report.why_later(step))


def _write_heads(sheet: Sheet, report: Report) -> None:
    tr = report.tr
    heads = {
        StepCol.NUMBER: tr.gettext("Step no."),
        StepCol.ROW: tr.gettext("Row of the step"),
        StepCol.START: tr.gettext("First quarter no."),
        StepCol.REACHED: tr.gettext("Level reached in quarter no."),
        StepCol.GAIN: tr.gettext("Weighted levels gained"),
        StepCol.EXPORTED: tr.gettext("First quarter no. at the export"),
        StepCol.REASON: tr.gettext("Why later"),
    }
    for column, head in heads.items():
        sheet.write_label(1, column, head)


def or_nothing(number: int | None) -> Result:
    """A number, or an empty text for none."""
    return "" if number is None else number


def _write_start(sheet: Sheet, table: StepTable, row: int, step: StepRow) -> None:
    """The first quarter, now and at the export; empty for *Later*."""
    cell = table.cell(Col.START, here(row, StepCol.ROW))
    sheet.formula(row, StepCol.START, f'IFERROR({cell},"")', or_nothing(step.start), BODY)
    sheet.number(row, StepCol.EXPORTED, step.start, BODY)


def _reached(areas: AreaLists, table: StepTable, row: int, above: int | None, done: str) -> str:
    """Expression: the quarter by whose end the level is reached, with all levels below it.

    0 where it is reached now or done, empty where the step or one below it has no quarter, and
    where the current level is lower than at the export. ``above`` is the row of the step to the
    level below.
    """
    at = here(row, StepCol.ROW)
    number, to, end, status = (
        table.cell(column, at) for column in (Col.AREA_NUMBER, Col.TO, Col.END, Col.STATUS)
    )
    level = areas.look_up(ListCol.LEVEL, number)
    if above is None:
        below = f'IF(INT({level})<INT({table.cell(Col.FROM, at)}),"",0)'
    else:
        below = here(above, StepCol.REACHED)
    own = f"IF({status}={done},0,{end})"
    return (
        f"IFERROR(IF({level}>={to},0,IF(AND(ISNUMBER({own}),ISNUMBER({below})),"
        f'MAX({own},{below}),"")),"")'
    )


def _write_gain(
    sheet: Sheet, report: Report, areas: AreaLists, row: int, step: StepRow, *, is_first: bool
) -> None:
    """Contribution of the step to the weighted sum of levels, given the current level."""
    number = str(report.numbers[step.area_id])
    level = areas.look_up(ListCol.LEVEL, number)
    weight = areas.look_up(ListCol.WEIGHT, number)
    begin = level if is_first else f"MAX({int(step.from_level)},{level})"
    formula = f"IFERROR({weight}*MAX(0,{step.to_level}-{begin}),0)"
    gain = step.step.weight * (step.to_level - step.from_level)
    sheet.formula(row, StepCol.GAIN, formula, shown(gain), BODY)
