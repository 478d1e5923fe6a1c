"""Rules for cells to fill in: drop-downs, numbers and days; anything else is refused in words."""

from __future__ import annotations

from typing import Literal

from openpyxl.worksheet.datavalidation import DataValidation

from exports.workbook.book import Sheet, here
from exports.workbook.report import Report

Rows = tuple[int, int]
"""First and last row."""


def add_choice(
    sheet: Sheet, report: Report, column: int, rows: Rows, source: str, complaint: str = ""
) -> None:
    """A drop-down of the entries of a range, with a complaint of its own where one is given.

    A range, because a list inside the rule may hold 255 characters only.
    """
    choice = DataValidation(type="list", formula1=source, allow_blank=True)
    general = report.tr.gettext("Please choose an entry of the list.")
    add_rule(sheet, column, rows, choice, complaint or general)


def add_day_rule(sheet: Sheet, report: Report, column: int, rows: Rows) -> None:
    """Dates only."""
    day = DataValidation(type="date", operator="greaterThan", formula1="36526", allow_blank=True)
    add_rule(sheet, column, rows, day, report.tr.gettext("Please enter a date."))


def add_number_rule(
    sheet: Sheet,
    column: int,
    rows: Rows,
    kind: Literal["whole", "decimal"],
    least: int,
    complaint: str,
) -> None:
    """Numbers from a least one only."""
    number = DataValidation(
        type=kind, operator="greaterThanOrEqual", formula1=str(least), allow_blank=True
    )
    add_rule(sheet, column, rows, number, complaint)


def add_rule(sheet: Sheet, column: int, rows: Rows, rule: DataValidation, complaint: str) -> None:
    """Check what is typed into the cells of a column; the complaint answers anything else."""
    rule.showErrorMessage, rule.error = True, complaint
    first, last = rows
    rule.add(f"{here(first, column)}:{here(last, column)}")
    sheet.raw.add_data_validation(rule)
