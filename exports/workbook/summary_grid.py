"""Summary sheet: grid of narrow columns that sections merge as needed."""

from __future__ import annotations

from exports.workbook.book import Sheet
from exports.workbook.styles import SECTION

LEFT, RIGHT = 2, 25
"""First and last column of the page."""
GRID_WIDTH = 8.0


def write_section(sheet: Sheet, row: int, first: int, last: int, text: str) -> None:
    """Write the heading of a section, ruled to column ``last``."""
    sheet.write_label(row, first, text, SECTION)
    sheet.apply_style(row, first + 1, last, SECTION)
