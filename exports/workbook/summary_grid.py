"""Summary sheet: grid of narrow columns that sections merge as needed."""

from __future__ import annotations

from dataclasses import replace

from exports.workbook.book import PIXELS_PER_WIDTH, Sheet, page_height_for
from exports.workbook.report import Report
from exports.workbook.styles import ACCENT, SECTION, Style

LEFT, RIGHT = 2, 25
"""First and last column of the page."""
GRID_WIDTH = 8.0
MIDDLE = LEFT + 12
"""First column of the right half."""
ENTRY = Style(bold=True, vertical="center", wrap=True)
"""The look of the head of an entry."""
ENTRY_LEVELS = replace(ENTRY, horizontal="right", colour=ACCENT, wrap=False)
"""The look of levels from and to beside it."""
_MOST_SHRUNK = 1.35
"""Height in pages up to which a sheet is shrunk to one page."""


def write_section(sheet: Sheet, row: int, first: int, last: int, text: str) -> None:
    """Write the heading of a section, ruled to column ``last``."""
    sheet.write_label(row, first, text, SECTION)
    sheet.apply_style(row, first + 1, last, SECTION)


def width_cm(columns: int) -> float:
    """Width of so many columns of the grid in centimetres."""
    return columns * GRID_WIDTH * PIXELS_PER_WIDTH * 2.54 / 96


def fit_page(sheet: Sheet, report: Report, title: str, last: int, begin_new: int = 0) -> None:
    """Print on one page, or begin a new one at a row where that would be too small."""
    width = sheet.width_of(1, RIGHT + 1) * PIXELS_PER_WIDTH * 2.54 / 96
    pages = sheet.points(1, last) * 2.54 / 72 / page_height_for(width)
    sheet.print_setup(report, title, one_page=not begin_new or pages <= _MOST_SHRUNK)
    if begin_new and pages > _MOST_SHRUNK:
        sheet.new_page(begin_new)
