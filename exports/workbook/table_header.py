"""The title of a sheet, and the header of its table, repeated on every printed page."""

from __future__ import annotations

from collections.abc import Container, Mapping

from exports.workbook.book import Column, Sheet
from exports.workbook.report import Report
from exports.workbook.styles import HEADER, HEADER_LEVEL, HEADER_NUMBER, TITLE


def write_title(sheet: Sheet, report: Report, title: str) -> None:
    """Write the title above a table and on every printed page."""
    sheet.print_setup(report, title)
    sheet.write_label(1, 1, title, TITLE)
    sheet.height(1, 32)


def write_header(
    sheet: Sheet,
    row: int,
    heads: Mapping[Column, str],
    *,
    numbers: Container[int],
    centred: Container[int] = (),
) -> None:
    """Write the heads: those over numbers at the right, those over levels and marks centred."""
    for column, head in heads.items():
        style = HEADER_NUMBER if column in numbers else HEADER
        sheet.write_label(row, column, head, HEADER_LEVEL if column in centred else style)
    sheet.height(row, 28)
    sheet.raw.print_title_rows = f"{row}:{row}"
