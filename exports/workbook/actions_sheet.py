"""Actions sheet: one proposed action per row, to be filtered and summed, with the effort legend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from fractions import Fraction

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from app.words.texts import Translator
from exports.workbook.book import DAY_ZERO, Sheet, fixed, here, literal, live, mark, shown
from exports.workbook.entry_rules import add_choice, add_day_rule
from exports.workbook.lists_sheet import Lists
from exports.workbook.name_columns import names_of_step, with_room_for_names
from exports.workbook.plan_report import ActionWords, closing_words, status_word
from exports.workbook.planned import StepRow
from exports.workbook.report import Report
from exports.workbook.step_columns import Col as StepCol
from exports.workbook.step_columns import StepTable
from exports.workbook.styles import (
    DAY_FORMATS,
    HEADER,
    HEADER_NUMBER,
    LEAD,
    QUIET,
    ROW,
    ROW_BOLD,
    ROW_NUMBER,
    ROW_TO_FILL,
    SECONDARY,
)
from exports.workbook.table_header import write_header, write_title

TABLE_NAME = "Actions"


class Col(IntEnum):
    """The columns of the table of actions; hidden ones stand between visible ones."""

    NUMBER = 1
    STEP = 2
    STEP_ROW = 3
    OPEN = 4
    DIMENSION = 5
    AREA = 6
    LEVELS = 7
    ACTION = 8
    EFFORT = 9
    MEANING = 10
    ROLE = 11
    DAYS = 12
    OWNER = 13
    STATUS = 14
    DUE = 15


_WIDTHS = {
    Col.NUMBER: 6,
    Col.STEP: 8,
    Col.STEP_ROW: 6,
    Col.OPEN: 6,
    Col.DIMENSION: 18,
    Col.AREA: 24,
    Col.LEVELS: 10,
    Col.ACTION: 52,
    Col.EFFORT: 10,
    Col.MEANING: 36,
    Col.ROLE: 24,
    Col.DAYS: 13,
    Col.OWNER: 17,
    Col.STATUS: 13,
    Col.DUE: 13,
}
_HIDDEN = (Col.STEP_ROW, Col.OPEN)
_NUMBERS = (Col.NUMBER, Col.STEP, Col.DAYS)
_LEGEND_ROW = 4
_LEAST_HEIGHT = 16.0
_MOST_FROZEN = 6


@dataclass(frozen=True, slots=True)
class _Entry:
    """One action with its step."""

    step: StepRow
    words: ActionWords


@dataclass(frozen=True, slots=True)
class ActionTable:
    """The actions, and the location of their table and of the legend of efforts above it."""

    sheet: Sheet
    entries: tuple[_Entry, ...]
    classes: tuple[str, ...]
    header: int

    @property
    def last(self) -> int:
        """The last row of the table."""
        return self.header + len(self.entries)

    def days_of(self, effort: str) -> str:
        """Expression: person-days of an effort class by the legend, seen from other sheets."""
        return self.sheet.at(self.class_row(effort), Col.DAYS)

    def days_of_step(self, number: str) -> str:
        """Expression: person-days of all actions of a step, as seen from other sheets."""
        steps, days = (
            self.sheet.span(column, self.first, self.last) for column in (Col.STEP, Col.DAYS)
        )
        return f"SUMIFS({days},{steps},{number})"

    def class_row(self, effort: str) -> int:
        """The row of an effort class in the legend."""
        return _LEGEND_ROW + self.classes.index(effort) + 1

    @property
    def first(self) -> int:
        """The first row of the table."""
        return self.header + 1

    def span(self, column: Col) -> str:
        """All cells of a column, as seen from this sheet."""
        return f"{fixed(self.first, column)}:{fixed(self.last, column)}"

    def shown(self, column: Col, function: int) -> str:
        """Expression: ``SUBTOTAL`` of every row by itself, 0 for those a filter hides."""
        top = fixed(self.first, column)
        return f"SUBTOTAL({function},OFFSET({top},ROW({self.span(column)})-ROW({top}),0))"


_COUNT, _SUM = 103, 109
"""Functions of ``SUBTOTAL`` that leave hidden rows out."""


def action_place(sheet: Sheet, report: Report) -> ActionTable | None:
    """Place of the table; none where no step has an action."""
    entries = tuple(
        _Entry(step, words) for step in report.steps for words in report.action_words(step)
    )
    if not entries:
        return None
    classes = dict.fromkeys(entry.id for entry in report.model.efforts)
    classes.update(dict.fromkeys(e.words.effort for e in entries if e.words.effort))
    chosen = (step.details.effort_class for step in report.steps)
    classes.update(dict.fromkeys(effort for effort in chosen if effort))
    header = _LEGEND_ROW + len(classes) + 4
    return ActionTable(sheet, entries, tuple(classes), header)


def write_actions(
    sheet: Sheet, report: Report, steps: StepTable, lists: Lists, place: ActionTable | None
) -> None:
    """Fill the sheet."""
    tr = report.tr
    title = tr.gettext("Actions")
    sheet.widths(*with_room_for_names(_WIDTHS, report, Col.DIMENSION, Col.AREA).values())
    sheet.hide_columns(*_HIDDEN)
    write_title(sheet, report, title)
    sheet.height(2, 20)
    if place is None:
        sheet.write_label(2, Col.NUMBER, tr.gettext("No action is open."), LEAD)
        return
    _write_lead(sheet, report, place)
    _write_legend(sheet, report, place)
    _write_header(sheet, report, place.header)
    for row, entry in enumerate(place.entries, place.first):
        _write_entry(sheet, report, steps, place, row, entry)
    sheet.add_table(TABLE_NAME, place.header, Col.NUMBER, place.last, Col.DUE)
    _add_rules(sheet, report, lists, place)


def _shown(tr: Translator, shown: str, count: int) -> str:
    return tr.ngettext(
        "Shown: {shown} of {n} action", "Shown: {shown} of {n} actions", count, shown=shown
    )


def _write_lead(sheet: Sheet, report: Report, place: ActionTable) -> None:
    tr = report.tr
    count = len(place.entries)
    formula = live(_shown(tr, mark(0), count), f"SUBTOTAL({_COUNT},{place.span(Col.NUMBER)})")
    result = _shown(tr, str(count), count)
    sheet.formula(2, Col.NUMBER, formula, result, LEAD)
    note = tr.gettext(
        "Owner, status and target date are those of the step until others are typed here. "
        "Person-days per effort class are assumptions: change them, and the efforts of steps, the "
        "quarter plan and page 1 follow."
    )
    sheet.write_label(3, Col.NUMBER, note, replace(QUIET, wrap=False))


# ---- legend ---------------------------------------------------------------------------------


def _write_legend(sheet: Sheet, report: Report, place: ActionTable) -> None:
    """Effort classes with their meaning, and sums over the rows that a filter leaves."""
    tr = report.tr
    heads = {
        Col.EFFORT: tr.gettext("Effort"),
        Col.MEANING: tr.gettext("Meaning"),
        Col.ROLE: tr.gettext("Actions shown"),
        Col.DAYS: tr.gettext("Person-days each"),
        Col.OWNER: tr.gettext("Person-days in total"),
    }
    for column, head in heads.items():
        style = HEADER if column in (Col.EFFORT, Col.MEANING) else HEADER_NUMBER
        sheet.write_label(_LEGEND_ROW, column, head, style)
    sheet.height(_LEGEND_ROW, 28)
    meanings = {entry.id: report.said(entry.text) for entry in report.model.efforts}
    for row, effort in enumerate(place.classes, _LEGEND_ROW + 1):
        sheet.write_user_text(row, Col.EFFORT, effort, ROW_BOLD)
        meaning = meanings.get(effort, "")
        sheet.write_user_text(row, Col.MEANING, meaning, ROW)
        sheet.number(
            row,
            Col.DAYS,
            report.days_of(effort),
            replace(ROW_TO_FILL, horizontal="right", indent=0),
        )
        wanted = f"--({place.span(Col.EFFORT)}={here(row, Col.EFFORT)})"
        _write_sums(sheet, report, place, row, (effort, wanted))
        sheet.fit_height(row, (meaning, float(_WIDTHS[Col.MEANING]), ROW), least=_LEAST_HEIGHT)
    row = _LEGEND_ROW + len(place.classes) + 1
    sheet.apply_style(row, Col.EFFORT, Col.EFFORT, ROW)
    sheet.write_label(row, Col.MEANING, tr.gettext("without an effort class"), ROW)
    sheet.apply_style(row, Col.DAYS, Col.DAYS, ROW)
    _write_sums(sheet, report, place, row, ("", f'--({place.span(Col.EFFORT)}="")'))
    row += 1
    bold = replace(ROW_NUMBER, bold=True)
    sheet.apply_style(row, Col.EFFORT, Col.DAYS, ROW_BOLD)
    sheet.write_label(row, Col.MEANING, tr.gettext("All actions shown"), ROW_BOLD)
    count = f"SUBTOTAL({_COUNT},{place.span(Col.NUMBER)})"
    sheet.formula(row, Col.ROLE, count, len(place.entries), bold)
    total = shown(_days(report, place.entries))
    sheet.formula(row, Col.OWNER, f"SUBTOTAL({_SUM},{place.span(Col.DAYS)})", total, bold)


def _days(report: Report, entries: Iterable[_Entry]) -> Fraction:
    """Person-days of actions, those that other steps pay for left out."""
    efforts = (entry.words.effort for entry in entries if not entry.words.shared_with)
    return sum((report.days_of(effort) or Fraction(0) for effort in efforts), Fraction(0))


def _write_sums(
    sheet: Sheet, report: Report, place: ActionTable, row: int, wanted: tuple[str, str]
) -> None:
    """Number and person-days of the actions of a class that a filter leaves."""
    effort, factor = wanted
    chosen = [entry for entry in place.entries if entry.words.effort == effort]
    count = f"SUMPRODUCT({place.shown(Col.NUMBER, _COUNT)},{factor})"
    sheet.formula(row, Col.ROLE, count, len(chosen), ROW_NUMBER)
    days = f"SUMPRODUCT({place.shown(Col.DAYS, _SUM)},{factor})"
    sheet.formula(row, Col.OWNER, days, shown(_days(report, chosen)), ROW_NUMBER)


# ---- table ----------------------------------------------------------------------------------


def _write_header(sheet: Sheet, report: Report, row: int) -> None:
    tr = report.tr
    heads = {
        Col.NUMBER: tr.gettext("No."),
        Col.STEP: tr.gettext("Step no."),
        Col.STEP_ROW: tr.gettext("Row of the step"),
        Col.OPEN: tr.gettext("Open"),
        Col.DIMENSION: tr.gettext("Dimension"),
        Col.AREA: tr.gettext("Area"),
        Col.LEVELS: tr.gettext("Step"),
        Col.ACTION: tr.gettext("Action"),
        Col.EFFORT: tr.gettext("Effort"),
        Col.MEANING: tr.gettext("Meaning of the effort"),
        Col.ROLE: tr.gettext("Role"),
        Col.DAYS: tr.gettext("Person-days"),
        Col.OWNER: tr.gettext("Owner"),
        Col.STATUS: tr.gettext("Status"),
        Col.DUE: tr.gettext("Target date"),
    }
    write_header(sheet, row, heads, numbers=_NUMBERS, centred=(Col.LEVELS,))
    if row - _LEGEND_ROW <= _MOST_FROZEN + 4:
        sheet.raw.freeze_panes = f"{get_column_letter(Col.LEVELS)}{row + 1}"


def _write_entry(
    sheet: Sheet, report: Report, steps: StepTable, place: ActionTable, row: int, entry: _Entry
) -> None:
    step, words = entry.step, entry.words
    sheet.number(row, Col.NUMBER, row - place.header, ROW_NUMBER)
    sheet.number(row, Col.STEP, step.number, ROW_NUMBER)
    texts = {
        **names_of_step(report, step, Col.DIMENSION, Col.AREA, Col.LEVELS),
        Col.ACTION: (words.text, ROW),
        Col.EFFORT: (words.effort, ROW),
        Col.MEANING: (_meaning(report, words), ROW),
        Col.ROLE: (words.role, ROW),
    }
    for column, (text, style) in texts.items():
        sheet.write_user_text(row, column, text, style)
    _write_from_step(sheet, report, steps, place, row, entry)
    sheet.fit_cells(row, texts, _LEAST_HEIGHT)


def _meaning(report: Report, words: ActionWords) -> str:
    if words.shared_with:
        return report.tr.gettext("shared: step {n} pays for it", n=words.shared_with)
    return words.effort_meaning


def _write_from_step(
    sheet: Sheet, report: Report, steps: StepTable, place: ActionTable, row: int, entry: _Entry
) -> None:
    """Cells that follow the step and the legend until they are overwritten."""
    key, at = here(row, Col.STEP), here(row, Col.STEP_ROW)
    sheet.formula(row, Col.STEP_ROW, steps.row_of(key), entry.step.number, ROW_NUMBER)
    details = entry.step.details
    is_open = f"IF(ISNUMBER({steps.cell(StepCol.OPEN, at)}),1,0)"
    sheet.formula(row, Col.OPEN, is_open, int(entry.step.is_open), ROW_NUMBER)
    sheet.formula(row, Col.OWNER, steps.text(StepCol.OWNER, at), details.owner, ROW_TO_FILL)
    status = status_word(details.status, report.tr)
    sheet.formula(row, Col.STATUS, steps.text(StepCol.STATUS, at), status, ROW_TO_FILL)
    day = replace(ROW_TO_FILL, number_format=DAY_FORMATS[report.tr.language], horizontal="left")
    due = "" if details.due is None else (details.due - DAY_ZERO).days
    sheet.formula(row, Col.DUE, steps.text(StepCol.DUE, at), due, day)
    look = replace(ROW_TO_FILL, horizontal="right", indent=0)
    effort = entry.words.effort
    if not effort:
        sheet.leave_open(row, Col.DAYS, look)
    elif entry.words.shared_with:
        sheet.number(row, Col.DAYS, 0, look)
    else:
        cell = fixed(place.class_row(effort), Col.DAYS)
        known = report.days_of(effort)
        result = "" if known is None else shown(known)
        sheet.formula(row, Col.DAYS, f'IF(ISNUMBER({cell}),{cell},"")', result, look)


def _add_rules(sheet: Sheet, report: Report, lists: Lists, place: ActionTable) -> None:
    rows = place.first, place.last
    add_choice(sheet, report, Col.STATUS, rows, lists.status)
    add_day_rule(sheet, report, Col.DUE, rows)
    status, is_open = (
        f"${get_column_letter(column)}{place.first}" for column in (Col.STATUS, Col.OPEN)
    )
    closed = [f"{status}={literal(word)}" for word in closing_words(report.tr)]
    sheet.mark_where(
        f"{here(place.first, Col.DIMENSION)}:{here(place.last, Col.ROLE)}",
        f"OR({is_open}=0,{','.join(closed)})",
        font=Font(strike=True, color=SECONDARY),
    )
