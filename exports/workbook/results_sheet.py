"""Results sheet: profile by dimension, widest gaps, next steps, and what the levels mean."""

from __future__ import annotations

from dataclasses import replace

from exports.workbook.book import Sheet
from exports.workbook.plan_figures import PlanSources
from exports.workbook.report import Report
from exports.workbook.styles import LEAD, QUIET, TITLE, Style, level_shade, text_on
from exports.workbook.summary_dimensions import write_dimensions
from exports.workbook.summary_grid import GRID_WIDTH, LEFT, RIGHT, fit_page, write_section
from exports.workbook.summary_words import write_gaps_and_steps

_MOST_LEVELS_WITH_WORDS = 6


def write_results(sheet: Sheet, report: Report, sources: PlanSources) -> str:
    """Fill the sheet; the range of the averages by dimension."""
    title = report.tr.gettext("Results")
    sheet.widths(2, *[GRID_WIDTH] * (RIGHT - LEFT + 1), 2)
    sheet.write_label(1, LEFT, title, TITLE)
    sheet.height(1, 34)
    sheet.write_user_text(2, LEFT, report.subject, replace(LEAD, wrap=False))
    sheet.height(2, 20)
    row, means = write_dimensions(sheet, report, sources.table, sources.lists, 4)
    gaps = row + 1
    row = write_gaps_and_steps(sheet, report, sources, gaps)
    last = _write_levels(sheet, report, row + 1)
    fit_page(sheet, report, title, last, gaps)
    return means


# ---- levels -------------------------------------------------------------------------------------


def _write_levels(sheet: Sheet, report: Report, row: int) -> int:
    """The levels' meanings as a strip from pale to dark; the last row."""
    model = report.model
    write_section(sheet, row, LEFT, RIGHT, report.tr.gettext("What the levels mean"))
    sheet.height(row, 22)
    sheet.height(row + 1, 20)
    columns = RIGHT - LEFT + 1
    bounds = [LEFT + columns * i // len(model.levels) for i in range(len(model.levels) + 1)]
    pieces = []
    for index, level in enumerate(model.levels):
        first, last = bounds[index], bounds[index + 1] - 1
        ground = level_shade(level.number, model.lowest_level, model.highest_level)
        look = Style(
            size=10, bold=True, fill=ground, colour=text_on(ground), vertical="center", indent=1
        )
        name = report.level_name(level.number)
        sheet.write_user_text(
            row + 1, first, f"{level.number}  {name}" if name else str(level.number), look
        )
        sheet.apply_style(row + 1, first + 1, last, look)
        if len(model.levels) <= _MOST_LEVELS_WITH_WORDS:
            words, small = report.said(level.description), replace(QUIET, size=8, indent=1)
            sheet.write_user_text(row + 2, first, words, small)
            sheet.merge(row + 2, first, last)
            pieces.append((words, sheet.width_of(first, last) - 2, small))
    if pieces:
        sheet.fit_height(row + 2, *pieces)
    return row + 2
