"""Gaps and roadmap sheet: one row per step, with columns for the client to fill in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from app.figures.scoring import AreaFigures
from app.planning.priorities import own_priority
from app.words.plan_words import implied_in_words
from exports.workbook.actions_sheet import ActionTable
from exports.workbook.area_lists import AreaLists, ListCol
from exports.workbook.book import DASH, Sheet, counted, here, literal, live, mark, shown
from exports.workbook.entry_rules import add_choice, add_day_rule, add_number_rule
from exports.workbook.lists_sheet import Lists
from exports.workbook.name_columns import with_room_for_names
from exports.workbook.plan_report import closing_words, status_word
from exports.workbook.planned import CLOSED, StepRow
from exports.workbook.profile_sheet import shade_levels
from exports.workbook.report import Report
from exports.workbook.step_columns import FIRST, HEADER_ROW, TABLE_NAME, Col, StepTable
from exports.workbook.step_lists import StepLists, or_nothing
from exports.workbook.stored_values import Result
from exports.workbook.styles import (
    DAY_FORMATS,
    LEAD,
    QUIET,
    ROW,
    ROW_BOLD,
    ROW_LEVEL,
    ROW_LEVEL_BOLD,
    ROW_NUMBER,
    ROW_QUIET,
    ROW_TO_FILL,
    SECONDARY,
    TWO_PLACES,
    dimension_row,
    hatched,
)
from exports.workbook.table_header import write_header, write_title

_WIDTHS = {
    Col.ORDER: 6,
    Col.STEP_ID: 10,
    Col.AREA_NUMBER: 6,
    Col.OPEN: 6,
    Col.DIMENSION: 18,
    Col.AREA: 22,
    Col.FROM: 8,
    Col.TO: 8,
    Col.TITLE: 24,
    Col.PERIOD: 11,
    Col.QUARTERS: 10,
    Col.START: 6,
    Col.END: 6,
    Col.DEMAND: 8,
    Col.EFFORT: 13,
    Col.LOW: 12,
    Col.HIGH: 12,
    Col.COST: 11,
    Col.COST_DEMAND: 8,
    Col.TEAM: 18,
    Col.OWNER: 19,
    Col.APPROVAL: 16,
    Col.STATUS: 12,
    Col.DUE: 12,
    Col.WHY_LATER: 24,
    Col.GAP: 8,
    Col.BENEFIT: 9,
    Col.PRIORITY: 10,
    Col.THEN_TRUE: 30,
    Col.OUTCOME: 26,
    Col.KPI: 24,
    Col.ACTIONS: 40,
    Col.NEEDS: 24,
    Col.STILL_NEEDED: 16,
    Col.PLACE: 8,
    Col.COMMENT: 20,
}
_HIDDEN = (
    Col.STEP_ID, Col.AREA_NUMBER, Col.OPEN, Col.START, Col.END, Col.DEMAND, Col.COST_DEMAND,
    Col.PLACE,
)  # fmt: skip
_NUMBERS = (
    Col.ORDER, Col.QUARTERS, Col.EFFORT, Col.LOW, Col.HIGH, Col.COST, Col.GAP, Col.BENEFIT,
    Col.PRIORITY,
)  # fmt: skip
_LEVELS = (Col.FROM, Col.TO)
_LEAST_HEIGHT = 16.0
_WIDEST_PAGE = 380.0
"""Width in characters that can still be read on one page."""
_DOT = " · "
_AMOUNT = replace(ROW_TO_FILL, horizontal="right")
_PRIORITY = replace(ROW_NUMBER, number_format=TWO_PLACES)
MANY_STEPS = 100_000
"""More than a workbook can have: what a quarter counts in the key of steps by quarter."""


def step_id(step: StepRow) -> str:
    """The stable id of a step: area and level it leads to, such as ``process.ci-cd>3``."""
    return f"{step.area_id}>{step.to_level}"


@dataclass(frozen=True, slots=True)
class StepSources:
    """Ranges that the formulas of the table read."""

    areas: AreaLists
    lists: Lists
    steps: StepLists
    actions: ActionTable | None


def write_steps(
    table: StepTable, report: Report, sources: StepSources, step_done: Callable[[], None]
) -> None:
    """Fill the sheet: every step in its order, then the areas that need none."""
    sheet = table.sheet
    sheet.widths(*with_room_for_names(_WIDTHS, report, Col.DIMENSION, Col.AREA).values())
    sheet.hide_columns(*_HIDDEN, *_unused(report))
    _write_head(sheet, report, table)
    for step in report.steps:
        _write_step(sheet, report, sources, step)
        step_done()
    for row, figures in enumerate(_areas_without_steps(report), FIRST + len(report.steps)):
        _write_resting_area(sheet, report, sources.areas, row, figures)
    sheet.add_table(TABLE_NAME, HEADER_ROW, Col.ORDER, table.last, Col.COMMENT)
    _add_choices(sheet, report, sources.lists, table)
    _add_marks(sheet, report, table)


def step_place(sheet: Sheet, report: Report) -> StepTable:
    """Place of the table of steps."""
    resting = sum(1 for _ in _areas_without_steps(report))
    return StepTable(sheet, HEADER_ROW + len(report.steps) + resting)


def _unused(report: Report) -> Iterator[Col]:
    """Columns that no step has anything for."""
    used = {
        Col.TITLE: any(step.details.title for step in report.steps),
        Col.LOW: any(step.has_range for step in report.steps),
        Col.HIGH: any(step.has_range for step in report.steps),
        Col.TEAM: any(step.step.team for step in report.steps),
        Col.WHY_LATER: any(step.start is None for step in report.steps),
        Col.BENEFIT: any(step.step.benefit != 1 for step in report.steps),
        Col.OUTCOME: any(step.details.outcome for step in report.steps),
        Col.KPI: any(_kpi(report, step) for step in report.steps),
    }
    return (column for column, is_used in used.items() if not is_used)


def _kpi(report: Report, step: StepRow) -> str:
    """The key figure of a step, with its values before and after."""
    details = step.details
    values = " → ".join(v for v in (details.kpi_baseline, details.kpi_target) if v)
    return ": ".join(part for part in (details.kpi, values) if part)


def _areas_without_steps(report: Report) -> Iterator[AreaFigures]:
    with_steps = {step.area_id for step in report.steps}
    return (area for area in report.figures.areas if area.area_id not in with_steps)


def _write_head(sheet: Sheet, report: Report, table: StepTable) -> None:
    tr = report.tr
    title = tr.gettext("Gaps and roadmap")
    write_title(sheet, report, title)
    if sheet.width_of(Col.ORDER, Col.COMMENT) > _WIDEST_PAGE:
        sheet.spread_over_pages(2, Col.AREA)
    _write_counts(sheet, report, table)
    sheet.height(2, 20)
    explanation = tr.gettext(
        "By quarter, then by priority; every step comes after the steps it needs. Shaded columns "
        "are to be filled in: another quarter, effort or cost changes the quarter plan and page 1. "
        "Struck through: done, dropped, or no longer needed. Areas without a step stand at the end."
    )
    sheet.write_label(3, Col.ORDER, explanation, replace(QUIET, wrap=False))
    write_header(sheet, HEADER_ROW, _heads(report), numbers=_NUMBERS, centred=_LEVELS)
    sheet.raw.freeze_panes = f"{get_column_letter(Col.FROM)}{FIRST}"


def _write_counts(sheet: Sheet, report: Report, table: StepTable) -> None:
    """Number of steps that are open, done, dropped and without an owner; follows the status."""
    tr = report.tr

    def steps(n: int, said: object) -> str:
        return tr.ngettext(
            "{n} open step of one level", "{n} open steps of one level each", n, n=said
        )

    def orphans(n: int, said: object) -> str:
        return tr.ngettext("{n} without an owner", "{n} without an owner", n, n=said)

    pieces = [counted(steps, table.open_count)]
    is_open = [step for step in report.steps if step.is_open]
    said = [steps(len(is_open), len(is_open))]
    for status in CLOSED:
        word = status_word(status, tr)
        number = table.with_status(word)
        template = tr.gettext("{n} {status}", n=mark(0), status=word)
        pieces.append(f'IF({number}=0,"",{literal(_DOT)}&{live(template, number)})')
        count = sum(step.details.status is status for step in report.steps)
        said += [tr.gettext("{n} {status}", n=count, status=word)] if count else []
    pieces.append(f"{literal(_DOT)}&{counted(orphans, table.without_owner)}")
    alone = sum(not step.details.owner for step in is_open)
    said.append(orphans(alone, alone))
    result = _DOT.join(said)
    sheet.formula(2, Col.ORDER, "&".join(pieces), result, LEAD)


def _heads(report: Report) -> dict[Col, str]:
    tr = report.tr
    return {
        Col.ORDER: tr.gettext("No."),
        Col.STEP_ID: tr.gettext("Step id"),
        Col.AREA_NUMBER: tr.gettext("Area no."),
        Col.OPEN: tr.gettext("Open"),
        Col.DIMENSION: tr.gettext("Dimension"),
        Col.AREA: tr.gettext("Area"),
        Col.FROM: tr.gettext("From level"),
        Col.TO: tr.gettext("To level"),
        Col.TITLE: tr.gettext("Title"),
        Col.PERIOD: tr.gettext("Quarter"),
        Col.QUARTERS: tr.gettext("Number of quarters"),
        Col.START: tr.gettext("First quarter no."),
        Col.END: tr.gettext("Last quarter no."),
        Col.DEMAND: tr.gettext("Person-days per quarter"),
        Col.EFFORT: tr.gettext("Person-days"),
        Col.LOW: tr.gettext("At least"),
        Col.HIGH: tr.gettext("At most"),
        Col.COST: tr.gettext("Cost"),
        Col.COST_DEMAND: tr.gettext("Cost per quarter"),
        Col.TEAM: tr.gettext("Team"),
        Col.OWNER: tr.gettext("Owner"),
        Col.APPROVAL: tr.gettext("Approval"),
        Col.STATUS: tr.gettext("Status"),
        Col.DUE: tr.gettext("Target date"),
        Col.WHY_LATER: tr.gettext("Why later"),
        Col.GAP: tr.gettext("Gap"),
        Col.BENEFIT: tr.gettext("Benefit"),
        Col.PRIORITY: tr.gettext("Priority"),
        Col.THEN_TRUE: tr.gettext("Target state"),
        Col.OUTCOME: tr.gettext("Outcome"),
        Col.KPI: tr.gettext("Key figure"),
        Col.ACTIONS: tr.gettext("Proposed actions [effort · role]"),
        Col.NEEDS: tr.gettext("Prerequisites"),
        Col.STILL_NEEDED: tr.gettext("Still needed"),
        Col.PLACE: tr.gettext("Place in the plan"),
        Col.COMMENT: tr.gettext("Comment"),
    }


def _write_step(sheet: Sheet, report: Report, sources: StepSources, step: StepRow) -> None:
    row = HEADER_ROW + step.number
    figures = report.figures.area(step.area_id)
    _write_place(sheet, report, sources.areas, row, figures)
    sheet.number(row, Col.ORDER, step.number, ROW_NUMBER)
    sheet.write_user_text(row, Col.STEP_ID, step_id(step), ROW)
    sheet.number(row, Col.FROM, step.from_level, ROW_LEVEL)
    sheet.number(row, Col.TO, step.to_level, ROW_LEVEL_BOLD)
    texts = _write_texts(sheet, report, row, step)
    _write_priority(sheet, report, sources.areas, row, step)
    _write_plan(sheet, report, sources, row, step)
    _write_filled_in(sheet, report, sources, row, step)
    why = report.why_later(step)
    unplanned = (
        f'IF(ISNUMBER({here(row, Col.START)}),"",{sources.steps.reason(here(row, Col.ORDER))}&"")'
    )
    sheet.formula(row, Col.WHY_LATER, unplanned, why, ROW)
    sheet.fit_cells(
        row,
        {
            Col.DIMENSION: (report.dimension_names[figures.dimension_id], ROW),
            Col.AREA: (report.area_names[step.area_id], ROW_BOLD),
            Col.OWNER: (step.details.owner, ROW_TO_FILL),
            Col.WHY_LATER: (why, ROW),
            **{column: (text, ROW) for column, text in texts.items()},
        },
        _LEAST_HEIGHT,
    )


def _write_texts(sheet: Sheet, report: Report, row: int, step: StepRow) -> dict[Col, str]:
    texts = {
        Col.TITLE: step.details.title,
        Col.THEN_TRUE: report.description(step.area_id, step.to_level),
        Col.OUTCOME: step.details.outcome,
        Col.KPI: _kpi(report, step),
        Col.ACTIONS: "\n".join(f"• {a}" for a in report.actions(step)),
        Col.NEEDS: "\n".join(_reasons(report, step)),
    }
    for column, text in texts.items():
        sheet.write_user_text(row, column, text, ROW)
    return texts


def _write_filled_in(
    sheet: Sheet, report: Report, sources: StepSources, row: int, step: StepRow
) -> None:
    """Write the details of the step into cells that are meant to be changed."""
    details, tr = step.details, report.tr
    sheet.write_entry(row, Col.PERIOD, report.quarter_of(step), ROW_TO_FILL)
    sheet.number(row, Col.QUARTERS, step.step.duration, _AMOUNT)
    _write_effort(sheet, report, sources, row, step)
    known = details.effort
    for column, days in (
        (Col.LOW, None if known is None else known.low),
        (Col.HIGH, None if known is None else known.high),
        (Col.COST, details.cost),
    ):
        sheet.number(row, column, days, _AMOUNT)
    for column, text in (
        (Col.TEAM, step.step.team),
        (Col.OWNER, details.owner),
        (Col.APPROVAL, report.approval(step)),
        (Col.STATUS, status_word(details.status, tr)),
    ):
        sheet.write_entry(row, column, text, ROW_TO_FILL)
    day = replace(ROW_TO_FILL, number_format=DAY_FORMATS[tr.language])
    sheet.day(row, Col.DUE, details.due, day)
    sheet.leave_open(row, Col.COMMENT, ROW_TO_FILL)


def _write_effort(
    sheet: Sheet, report: Report, sources: StepSources, row: int, step: StepRow
) -> None:
    """Person-days: as entered, of the class entered, or the sum of those of the actions."""
    details, actions = step.details, sources.actions
    if details.effort is not None or actions is None:
        sheet.number(row, Col.EFFORT, step.step.effort, _AMOUNT)
    elif details.effort_class:
        days = actions.days_of(details.effort_class)
        sheet.formula(row, Col.EFFORT, f"N({days})", shown(step.step.effort), _AMOUNT)
    else:
        days = actions.days_of_step(here(row, Col.ORDER))
        formula = f"IF({days}>0,{days},1)"
        sheet.formula(row, Col.EFFORT, formula, shown(step.step.effort), _AMOUNT)


def _write_plan(
    sheet: Sheet, report: Report, sources: StepSources, row: int, step: StepRow
) -> None:
    """Quarters by number and what each of them costs; nothing where the step is not open."""
    period, quarters, effort, cost, order, start, is_open = (
        here(row, column)
        for column in (
            Col.PERIOD, Col.QUARTERS, Col.EFFORT, Col.COST, Col.ORDER, Col.START, Col.OPEN,
        )
    )  # fmt: skip
    place = f"MATCH({period},{sources.lists.periods},0)"
    planned = step.start
    duration = f"MAX(1,N({quarters}))"
    formulas: dict[Col, tuple[str, Result]] = {
        Col.START: (f'IFERROR(IF(ISNUMBER({is_open}),{place},""),"")', or_nothing(planned))
    }

    def if_planned(formula: str, result: Result) -> tuple[str, Result]:
        return f'IF(ISNUMBER({start}),{formula},"")', "" if planned is None else result

    own = step.step
    formulas[Col.END] = if_planned(f"{start}+{duration}-1", or_nothing(step.last))
    formulas[Col.DEMAND] = if_planned(f"N({effort})/{duration}", shown(own.demand))
    formulas[Col.COST_DEMAND] = if_planned(f"N({cost})/{duration}", shown(own.cost / own.duration))
    key = (planned or 0) * MANY_STEPS + step.number
    formulas[Col.PLACE] = if_planned(f"{start}*{MANY_STEPS}+{order}", key)
    for column, (formula, result) in formulas.items():
        sheet.formula(row, column, formula, result, ROW_NUMBER)


def _is_missing(report: Report, areas: AreaLists, row: int, step: StepRow) -> str:
    """Expression: true if the level is neither reached nor beyond the target."""
    to, number = here(row, Col.TO), here(row, Col.AREA_NUMBER)
    level = areas.look_up(ListCol.LEVEL, number)
    return f"{level}<{to},{to}<={_target(report, areas, row, step.area_id)}"


def _target(report: Report, areas: AreaLists, row: int, area_id: str) -> str:
    """Expression: the target, or the level that planned steps require of the area if higher."""
    target = areas.look_up(ListCol.TARGET, here(row, Col.AREA_NUMBER))
    implied = report.implied.get(area_id)
    return target if implied is None else f"MAX({target},{implied.level})"


def _planned_target(report: Report, areas: AreaLists, row: int, area_id: str) -> str:
    """Expression: the target that the plan leads to; a dropped step lowers it."""
    target = _target(report, areas, row, area_id)
    planned, agreed = report.planned_targets[area_id], report.figures.area(area_id).target
    return f"MIN({target},{planned})" if planned < agreed else target


def _write_priority(
    sheet: Sheet, report: Report, areas: AreaLists, row: int, step: StepRow
) -> None:
    """Priority, and whether the step is open; both follow the profile and the status."""
    number, to, own_order, status = (
        here(row, column) for column in (Col.AREA_NUMBER, Col.TO, Col.ORDER, Col.STATUS)
    )
    sheet.number(row, Col.BENEFIT, step.step.benefit, _AMOUNT)
    weight = areas.look_up(ListCol.WEIGHT, number)
    target = _planned_target(report, areas, row, step.area_id)
    benefit, effort = here(row, Col.BENEFIT), here(row, Col.EFFORT)
    priority = f"IFERROR({weight}*MAX(0,{target}-{to}+1)*{benefit}/{effort},{DASH})"
    sheet.formula(row, Col.PRIORITY, priority, shown(own_priority(step.step)), _PRIORITY)
    closed = [f"{status}={literal(word)}" for word in closing_words(report.tr)]
    missing = _is_missing(report, areas, row, step)
    is_open = f"IFERROR(IF(AND({missing}),NOT(OR({','.join(closed)}))),FALSE)"
    result: Result = step.number if step.is_open else ""
    sheet.formula(row, Col.OPEN, f'IF({is_open},{own_order},"")', result, ROW_NUMBER)
    needed = _still_needed(report, areas, row, step)
    sheet.formula(row, Col.STILL_NEEDED, needed, _yes(report), ROW)


def _yes(report: Report) -> str:
    return report.tr.pgettext("still needed", "yes")


def _still_needed(report: Report, areas: AreaLists, row: int, step: StepRow) -> str:
    """Expression: whether the levels of now still ask for the step, and why not."""
    tr = report.tr
    number, to = here(row, Col.AREA_NUMBER), here(row, Col.TO)
    level, missing, state = (
        areas.look_up(column, number) for column in (ListCol.LEVEL, ListCol.MISSING, ListCol.STATE)
    )
    target = _target(report, areas, row, step.area_id)
    reached = literal(tr.gettext("no: level reached"))
    lowered = literal(tr.gettext("no: beyond the target"))
    because = live(tr.gettext("no: {state}", state=mark(0)), state)
    again = literal(tr.gettext("yes; a new export adds the missing steps"))
    return (
        f"IF(NOT(ISNUMBER({level})),{because},IF({level}>={to},{reached},"
        f"IF({to}>{target},{lowered},IF({missing}=1,{again},{literal(_yes(report))}))))"
    )


def _reasons(report: Report, step: StepRow) -> Iterator[str]:
    for need in report.needs(step):
        yield f"• {need}"
    implied = implied_in_words(report.plan.problem, step.key, report.step_name, report.tr)
    if implied:
        yield implied
    if step.priority is not None and step.priority.inherited > step.priority.own:
        yield report.tr.gettext("Moved up because more urgent steps depend on it.")


def _write_resting_area(
    sheet: Sheet, report: Report, areas: AreaLists, row: int, figures: AreaFigures
) -> None:
    """An area that has no step, and why: reached, not scored, or not applicable."""
    tr = report.tr
    _write_place(sheet, report, areas, row, figures)
    sheet.write_user_text(row, Col.STEP_ID, figures.area_id, ROW)
    number = here(row, Col.AREA_NUMBER)
    level, missing, state, reason = (
        areas.look_up(column, number)
        for column in (ListCol.LEVEL, ListCol.MISSING, ListCol.STATE, ListCol.REASON)
    )
    now = f'IF(ISNUMBER({level}),{level},"")'
    sheet.formula(
        row, Col.FROM, now, "" if figures.level is None else shown(figures.level), ROW_LEVEL
    )
    unscored = tr.gettext("Not scored yet, so no step is known.")
    reached = tr.gettext("The target is reached.")
    again = tr.gettext("A new export adds the missing steps.")
    out = literal(report.unscored_state(applicable=False))
    formula = (
        f"IF({missing}=1,{literal(again)},IF(ISNUMBER({level}),{literal(reached)},"
        f"IF({state}={out},{reason},{literal(unscored)})))"
    )
    if not figures.is_applicable:
        grounds = report.session.rating(figures.area_id).not_applicable or ""
        why = tr.gettext("Not applicable: {reason}", reason=grounds)
    else:
        why = unscored if figures.level is None else reached
    for column in (Col.ORDER, Col.OPEN, Col.TO, *range(Col.TITLE, Col.GAP), Col.PRIORITY):
        sheet.apply_style(row, column, column, ROW_NUMBER)
    sheet.formula(row, Col.THEN_TRUE, formula, why, ROW_QUIET)
    needed = literal(tr.gettext("yes; a new export adds the missing steps"))
    no = tr.pgettext("still needed", "no")
    sheet.formula(row, Col.STILL_NEEDED, f"IF({missing}=1,{needed},{literal(no)})", no, ROW_QUIET)
    for first, last in (
        (Col.BENEFIT, Col.BENEFIT), (Col.OUTCOME, Col.NEEDS), (Col.PLACE, Col.COMMENT),
    ):  # fmt: skip
        sheet.apply_style(row, first, last, ROW)
    texts = {
        Col.DIMENSION: (report.dimension_names[figures.dimension_id], ROW),
        Col.AREA: (report.area_names[figures.area_id], ROW_BOLD),
        Col.THEN_TRUE: (why, ROW_QUIET),
    }
    sheet.fit_cells(row, texts, _LEAST_HEIGHT)


def _write_place(
    sheet: Sheet, report: Report, areas: AreaLists, row: int, figures: AreaFigures
) -> None:
    """Write dimension, area and gap; the gap is looked up in the profile."""
    named = dimension_row(report.dimension_numbers[figures.dimension_id])
    sheet.number(row, Col.AREA_NUMBER, report.numbers[figures.area_id], ROW_NUMBER)
    sheet.write_user_text(row, Col.DIMENSION, report.dimension_names[figures.dimension_id], named)
    sheet.write_user_text(row, Col.AREA, report.area_names[figures.area_id], ROW_BOLD)
    gap = areas.look_up(ListCol.GAP, here(row, Col.AREA_NUMBER))
    sheet.figure(row, Col.GAP, gap, figures.gap, ROW_NUMBER)


def _add_choices(sheet: Sheet, report: Report, lists: Lists, table: StepTable) -> None:
    tr, rows = report.tr, (FIRST, table.last)
    add_choice(sheet, report, Col.PERIOD, rows, lists.quarters)
    add_choice(sheet, report, Col.APPROVAL, rows, lists.approvals)
    add_choice(sheet, report, Col.STATUS, rows, lists.status)
    add_day_rule(sheet, report, Col.DUE, rows)
    whole = tr.gettext("Please enter a number of quarters from 1.")
    add_number_rule(sheet, Col.QUARTERS, rows, "whole", 1, whole)
    days = tr.gettext("Please enter a number of person-days.")
    add_number_rule(sheet, Col.EFFORT, rows, "decimal", 0, days)
    add_number_rule(sheet, Col.COST, rows, "decimal", 0, tr.gettext("Please enter an amount."))


def _add_marks(sheet: Sheet, report: Report, table: StepTable) -> None:
    """Marks that a grey print keeps: hatching, italics and strike-through, not colour alone."""
    shade_levels(sheet, report.model, (Col.FROM, Col.TO), FIRST, table.last)
    to, owner, is_open = (
        f"${get_column_letter(column)}{FIRST}" for column in (Col.TO, Col.OWNER, Col.OPEN)
    )
    sheet.mark_where(
        _range(Col.OWNER, table),
        f'AND(ISNUMBER({is_open}),{owner}="")',
        fill=hatched(),
    )
    spans = ((Col.DIMENSION, Col.TITLE), (Col.WHY_LATER, Col.NEEDS))
    sheet.mark_where(
        " ".join(f"{get_column_letter(a)}{FIRST}:{_end(b, table)}" for a, b in spans),
        f"AND(ISNUMBER({to}),NOT(ISNUMBER({is_open})))",
        font=Font(strike=True, color=SECONDARY),
    )


def _range(column: Col, table: StepTable) -> str:
    return f"{get_column_letter(column)}{FIRST}:{_end(column, table)}"


def _end(column: Col, table: StepTable) -> str:
    return f"{get_column_letter(column)}{table.last}"
