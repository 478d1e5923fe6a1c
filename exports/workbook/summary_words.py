"""Summary sheet: sentences on the widest gaps and first steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.figures.scoring import AreaFigures
from app.roadmap.steps import Step
from exports.workbook.book import Sheet
from exports.workbook.profile_sheet import AreaTable
from exports.workbook.profile_sheet import Col as AreaCol
from exports.workbook.report import FIRST_STEPS, WIDEST_GAPS, Report
from exports.workbook.styles import ACCENT, QUIET, SECONDARY, Style
from exports.workbook.summary_grid import LEFT, RIGHT, write_section


def write_gaps_and_steps(sheet: Sheet, report: Report, areas: AreaTable, row: int) -> int:
    """The widest gaps and the first steps, in words, side by side."""
    tr = report.tr
    middle = LEFT + 12
    write_section(sheet, row, LEFT, middle - 2, tr.gettext("Widest gaps"))
    write_section(sheet, row, middle, RIGHT, tr.gettext("Next steps"))
    sheet.height(row, 22)
    gaps = report.figures.widest_gaps()[:WIDEST_GAPS]
    steps = _first_steps(report)
    row += 1
    for index in range(max(len(gaps), len(steps), 1)):
        left = _gap_words(report, gaps, index)
        right = _step_words(report, steps, index)
        _entry(sheet, row, LEFT, middle - 2, left)
        _entry(sheet, row, middle, RIGHT, right)
        if index < len(gaps):
            _live_levels(sheet, report, areas, row, middle - 2, gaps[index])
        width = sheet.width_of(LEFT, middle - 2)
        sheet.height(row, 16)
        sheet.fit_height(row + 1, (left[2], width, QUIET), (right[2], width, QUIET))
        row += 2
    note = tr.gettext(
        "Text as of {date}. The figures on this page update when you edit the sheet "
        "“{sheet}”; the text does not.",
        date=tr.long_date(report.today),
        sheet=areas.sheet.raw.title,
    )
    sheet.write_label(row, LEFT, note, Style(size=8, italic=True, colour=SECONDARY))
    return row + 1


def _entry(sheet: Sheet, row: int, first: int, last: int, words: tuple[str, str, str]) -> None:
    """A heading with its levels at the right, and a sentence or two below."""
    heading, levels, text = words
    bold = Style(bold=True, vertical="center")
    sheet.write_user_text(row, first, heading, bold)
    sheet.write_user_text(row, last, levels, replace(bold, horizontal="right", colour=ACCENT))
    sheet.write_user_text(row + 1, first, text, QUIET)
    sheet.merge(row + 1, first, last)


def _live_levels(
    sheet: Sheet, report: Report, areas: AreaTable, row: int, column: int, area: AreaFigures
) -> None:
    """Write current and target level of a gap, looked up in the profile."""
    number = str(report.numbers[area.area_id])
    level, target = (areas.look_up(c, number) for c in (AreaCol.LEVEL, AreaCol.TARGET))
    tr = report.tr
    style = Style(bold=True, vertical="center", horizontal="right", colour=ACCENT)
    result = f"{tr.number(area.level)} → {tr.number(area.target)}"
    sheet.formula(row, column, f'{level}&" → "&{target}', result, style)


def _gap_words(report: Report, gaps: Sequence[AreaFigures], index: int) -> tuple[str, str, str]:
    tr = report.tr
    if not gaps and index == 0:
        if report.figures.overall.scored:
            return tr.gettext("All targets reached: no gap is left in the scored areas."), "", ""
        if report.figures.overall.applicable == 0:
            return tr.gettext("No area is applicable."), "", ""
        return tr.gettext("Nothing is scored yet."), "", ""
    if index >= len(gaps) or gaps[index].level is None:
        return "", "", ""
    area = gaps[index]
    assert area.level is not None
    now = tr.gettext("Current: level {level}.", level=report.level_in_words(area.level))
    today = report.description(area.area_id, int(area.level))
    goal = tr.gettext("Target: level {level}.", level=report.level_in_words(area.target))
    then = report.description(area.area_id, area.target)
    dimension = report.dimension_names[area.dimension_id]
    name = report.area_names[area.area_id]
    heading = f"{index + 1}  {name}"
    if dimension.casefold() not in name.casefold():
        heading += f" · {dimension}"
    return heading, "", " ".join(part for part in (now, today, goal, then) if part)


def _first_steps(report: Report) -> Sequence[Step]:
    return report.steps[:FIRST_STEPS]


def _step_words(report: Report, steps: Sequence[Step], index: int) -> tuple[str, str, str]:
    tr = report.tr
    if not steps and index == 0:
        return tr.gettext("No step is open."), "", ""
    if index >= len(steps):
        return "", "", ""
    step = steps[index]
    levels = f"{tr.number(step.from_level)} → {step.to_level}"
    actions = report.actions(step)
    text = " ".join(actions[:1]) or report.description(step.area_id, step.to_level)
    return f"{index + 1}  {report.area_names[step.area_id]}", levels, text
