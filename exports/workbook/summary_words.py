"""Summary sheet: the widest gaps and the first open steps, as they stand after every change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.figures.scoring import AreaFigures
from exports.workbook.area_lists import ListCol, area_heading
from exports.workbook.book import Sheet, literal, live, mark, text_height
from exports.workbook.figures import spans_of
from exports.workbook.lists_sheet import FIRST, NEXT_GAP, NEXT_STEP
from exports.workbook.plan_figures import PlanSources
from exports.workbook.report import FIRST_STEPS, WIDEST_GAPS, Report
from exports.workbook.step_columns import Col as StepCol
from exports.workbook.styles import BODY, QUIET, SECONDARY, SECTION, Style
from exports.workbook.summary_grid import ENTRY, ENTRY_LEVELS, LEFT, MIDDLE, RIGHT, write_section

_LEVELS_WIDTH = 2
_NOTE = Style(size=8, italic=True, colour=SECONDARY, wrap=True)
_ENTRIES = max(WIDEST_GAPS, FIRST_STEPS)


@dataclass(frozen=True, slots=True)
class _Words:
    """A heading, its levels at the right and the text below, as formulas with their results."""

    heading: tuple[str, str]
    levels: tuple[str, str]
    text: tuple[str, str]


def write_gaps_and_steps(sheet: Sheet, report: Report, sources: PlanSources, row: int) -> int:
    """The widest gaps and the first open steps side by side; the next free row."""
    tr = report.tr
    _write_gap_title(sheet, report, sources, row)
    write_section(sheet, row, MIDDLE, RIGHT, tr.gettext("Next steps"))
    sheet.height(row, 22)
    row += 1
    for index in range(_ENTRIES):
        left = _gap_words(report, sources, index)
        right = _step_words(report, sources, index)
        heights = [
            _write_entry(sheet, row, LEFT, MIDDLE - 2, left),
            _write_entry(sheet, row, MIDDLE, RIGHT, right),
        ]
        sheet.height(row, max(height for height, _ in heights))
        sheet.height(row + 1, max(height for _, height in heights))
        row += 2
    return _write_notes(sheet, report, sources, row)


def _write_entry(
    sheet: Sheet, row: int, first: int, last: int, words: _Words
) -> tuple[float, float]:
    """Write heading, levels and text; the heights that the two rows need."""
    end = last - _LEVELS_WIDTH
    sheet.formula(row, first, *words.heading, ENTRY)
    sheet.merge(row, first, end)
    sheet.formula(row, end + 1, *words.levels, ENTRY_LEVELS)
    sheet.merge(row, end + 1, last)
    sheet.formula(row + 1, first, *words.text, QUIET)
    sheet.merge(row + 1, first, last)
    # A step or gap that moves up later finds room for two lines.
    least = text_height("\n", sheet.width_of(first, last), QUIET)
    return (
        max(16.0, text_height(words.heading[1], sheet.width_of(first, end), ENTRY)),
        max(least, text_height(words.text[1], sheet.width_of(first, last), QUIET)),
    )


def _write_notes(sheet: Sheet, report: Report, sources: PlanSources, row: int) -> int:
    """The tie rule, and which parts of this page follow a change."""
    tr = report.tr
    note = tr.gettext(
        "This page follows every change on the sheets “{profile}” and “{roadmap}”. The steps and "
        "their order are those of {date}; a new export adds steps.",
        profile=sources.table.sheet.raw.title,
        roadmap=sources.steps.sheet.raw.title,
        date=tr.long_date(report.today),
    )
    weighted = tr.gettext(
        "Order of the gaps: weight × gap, then the wider gap, then the order of the model."
    )
    plain = tr.gettext("Order of equal gaps: that of the model.")
    condition = spans_of(sources.table).is_weighted
    rule = weighted if report.figures.is_weighted else plain
    sheet.formula(row, LEFT, f"IF({condition},{literal(weighted)},{literal(plain)})", rule, _NOTE)
    sheet.merge(row, LEFT, MIDDLE - 2)
    sheet.write_label(row, MIDDLE, note, _NOTE)
    sheet.merge(row, MIDDLE, RIGHT)
    width = sheet.width_of(MIDDLE, RIGHT)
    sheet.fit_height(row, (weighted, width, _NOTE), (note, width, _NOTE))
    return row + 1


# ---- gaps -----------------------------------------------------------------------------------


def _write_gap_title(sheet: Sheet, report: Report, sources: PlanSources, row: int) -> None:
    tr = report.tr
    plain, weighted = tr.gettext("Widest gaps"), tr.gettext("Widest gaps by weight")
    write_section(sheet, row, LEFT, MIDDLE - 2, "")
    condition = spans_of(sources.table).is_weighted
    result = weighted if report.figures.is_weighted else plain
    sheet.formula(
        row, LEFT, f"IF({condition},{literal(weighted)},{literal(plain)})", result, SECTION
    )


def _gap_words(report: Report, sources: PlanSources, index: int) -> _Words:
    tr, areas, lists = report.tr, sources.areas, sources.lists
    gaps = report.figures.widest_gaps()
    place = FIRST + index
    number = lists.sheet.at(place, NEXT_GAP)
    result = report.numbers[gaps[index].area_id] if index < len(gaps) else 0
    rank = f"IFERROR(MATCH({index + 1},{areas.span(ListCol.RANK)},0),0)"
    lists.sheet.formula(place, NEXT_GAP, rank, result, BODY)
    heading = f"{literal(f'{index + 1}  ')}&{areas.look_up(ListCol.HEADING, number)}"
    nothing, why = ('""', "") if index else _no_gap(report, sources)
    level, target = (areas.look_up(c, number) for c in (ListCol.LEVEL, ListCol.TARGET))
    now = live(tr.gettext("Current: level {level}.", level=mark(0)), lists.level_in_words(level))
    goal = live(tr.gettext("Target: level {level}.", level=mark(0)), lists.level_in_words(target))
    parts = [now, areas.text(number, level), goal, areas.text(number, target)]
    text = '&" "&'.join(parts)
    return _Words(
        (f"IF({number}=0,{nothing},{heading})", _gap_heading(report, gaps, index) or why),
        (f'IF({number}=0,"",{level}&" → "&{target})', _gap_levels(report, gaps, index)),
        (f'IF({number}=0,"",IFERROR(TRIM({text}),""))', _gap_text(report, gaps, index)),
    )


def _no_gap(report: Report, sources: PlanSources) -> tuple[str, str]:
    """The sentence for no gaps at all, as an expression and its result."""
    tr, figures = report.tr, report.figures
    spans = spans_of(sources.table)
    none = tr.gettext("No area is applicable.")
    unscored = tr.gettext("Nothing is scored yet.")
    reached = tr.gettext("All targets reached: no gap is left in the scored areas.")
    applicable = spans.applicable(report.unscored_state(applicable=False))
    formula = (
        f"IF({spans.scored}>0,{literal(reached)},"
        f"IF({applicable}=0,{literal(none)},{literal(unscored)}))"
    )
    if figures.overall.scored:
        return formula, reached
    return formula, unscored if figures.overall.applicable else none


def _gap_heading(report: Report, gaps: Sequence[AreaFigures], index: int) -> str:
    return f"{index + 1}  {area_heading(report, gaps[index])}" if index < len(gaps) else ""


def _gap_levels(report: Report, gaps: Sequence[AreaFigures], index: int) -> str:
    if index >= len(gaps):
        return ""
    area = gaps[index]
    return f"{report.tr.number(area.level)} → {report.tr.number(area.target)}"


def _gap_text(report: Report, gaps: Sequence[AreaFigures], index: int) -> str:
    if index >= len(gaps) or gaps[index].level is None:
        return ""
    tr, area = report.tr, gaps[index]
    assert area.level is not None
    now = tr.gettext("Current: level {level}.", level=report.level_in_words(area.level))
    today = report.description(area.area_id, int(area.level))
    goal = tr.gettext("Target: level {level}.", level=report.level_in_words(area.target))
    then = report.description(area.area_id, area.target)
    return _trimmed(" ".join((now, today, goal, then)))


def _trimmed(text: str) -> str:
    """As the function TRIM does: single blanks inside, none at the ends."""
    return " ".join(part for part in text.split(" ") if part)


# ---- steps ----------------------------------------------------------------------------------


def _step_words(report: Report, sources: PlanSources, index: int) -> _Words:
    """The next open step: the one with the lowest number that is neither closed nor reached."""
    tr, steps, lists = report.tr, sources.steps, sources.lists
    place = FIRST + index
    row = lists.sheet.at(place, NEXT_STEP)
    order = steps.span(StepCol.OPEN)
    found = f"IFERROR(MATCH(SMALL({order},{index + 1}),{order},0),0)"
    open_steps = [step for step in report.steps if step.is_open]
    step = open_steps[index] if index < len(open_steps) else None
    lists.sheet.formula(place, NEXT_STEP, found, 0 if step is None else step.number, BODY)

    none = tr.gettext("No step is open.")
    nothing, why = ('""', "") if index else (literal(none), none)
    heading = f"{literal(f'{index + 1}  ')}&{steps.cell(StepCol.AREA, row)}"
    named = from_to = text = ""
    if step is not None:
        named = f"{index + 1}  {report.area_names[step.area_id]}"
        from_to, text = report.levels_of(step), report.first_action(step)
    return _Words(
        (f"IF({row}=0,{nothing},{heading})", named or why),
        (f'IF({row}=0,"",{steps.levels(row)})', from_to),
        (f'IF({row}=0,"",{steps.first_action(row)})', text),
    )
