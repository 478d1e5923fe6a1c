"""Quarter plan sheet: used and free capacity, projected average, and a grid of steps by quarter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from math import ceil

from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from app.words.numbers import plain, rounded
from exports.workbook.book import Sheet, counted, fixed, here, live, mark, shown
from exports.workbook.figures import Figure
from exports.workbook.name_columns import names_of_step, with_room_for_names
from exports.workbook.plan_figures import DAY_PLACES, PlanSources, if_stated
from exports.workbook.planned import StepRow
from exports.workbook.quarter_plan import BLOCK_ROW, FIRST_QUARTER, Col, QuarterPlan
from exports.workbook.report import Report
from exports.workbook.step_columns import Col as StepCol
from exports.workbook.step_lists import or_nothing
from exports.workbook.stored_values import Result
from exports.workbook.styles import (
    ACCENT,
    GROUND,
    HEADER,
    HEADER_NUMBER,
    LEAD,
    LEVEL_SHADES,
    NOTICE,
    ONE_PLACE,
    QUIET,
    ROW,
    ROW_BOLD,
    ROW_LEVEL,
    ROW_NUMBER,
    SECONDARY,
    TEXT,
    WHITE,
    Style,
    hatched,
)
from exports.workbook.table_header import write_header, write_title

TABLE_NAME = "QuarterPlan"
_WIDTHS = {
    Col.NUMBER: 6,
    Col.ROW: 6,
    Col.START: 6,
    Col.END: 6,
    Col.DEMAND: 8,
    Col.DIMENSION: 18,
    Col.AREA: 27,
    Col.LEVELS: 9,
    Col.TITLE: 24,
    Col.OWNER: 21,
    Col.DAYS: 14,
}
_QUARTER_WIDTH, _REASON_WIDTH = 10.0, 38.0
_HIDDEN = (Col.ROW, Col.START, Col.END, Col.DEMAND)
_LEAST_HEIGHT = 16.0
_MOST_QUARTERS = 12
"""Quarters that fit the width of a page."""
_MOST_FROZEN = 14
_FIGURE = replace(ROW_NUMBER, indent=0)
_FIGURE_BOLD = replace(_FIGURE, bold=True)
_INPUT = replace(_FIGURE, fill=GROUND)
_CELL = replace(ROW_LEVEL, vertical="center")


def write_quarters(report: Report, sources: PlanSources, step_done: Callable[[], None]) -> None:
    """Fill the sheet."""
    plan, tr = sources.quarters, report.tr
    sheet = plan.sheet
    widths = with_room_for_names(_WIDTHS, report, Col.DIMENSION, Col.AREA)
    sheet.widths(*widths.values(), *[_QUARTER_WIDTH] * plan.quarters, _REASON_WIDTH)
    sheet.hide_columns(*_HIDDEN, *_unused(report, plan))
    title = tr.gettext("Quarter plan")
    write_title(sheet, report, title)
    if plan.quarters > _MOST_QUARTERS:
        sheet.spread_over_pages(ceil(plan.quarters / _MOST_QUARTERS), Col.LEVELS)
    sheet.height(2, 20)
    if not report.steps:
        sheet.write_label(2, Col.NUMBER, report.no_step, LEAD)
        return
    _write_lead(sheet, report, sources)
    _write_block(plan, report, sources)
    _write_header(plan, report)
    for row, step in enumerate(report.steps, plan.header + 1):
        _write_step(plan, report, sources, row, step)
        step_done()
    sheet.add_table(TABLE_NAME, plan.header, Col.NUMBER, plan.last, plan.reason)
    _add_marks(plan)


def _unused(report: Report, plan: QuarterPlan) -> list[int]:
    """Columns that no step has anything for."""
    hidden: list[int] = []
    if not any(step.details.title for step in report.steps):
        hidden.append(Col.TITLE)
    if all(step.start is not None for step in report.steps):
        hidden.append(plan.reason)
    return hidden


def _write_lead(sheet: Sheet, report: Report, sources: PlanSources) -> None:
    tr, figures = report.tr, sources.figures

    def planned(n: int, said: object) -> str:
        return tr.ngettext("{n} step has a quarter", "{n} steps have a quarter", n, n=said)

    later = tr.gettext(" · {n} later", n=mark(0))
    count, left = figures.planned.value, figures.later.value
    formula = (
        f"{counted(planned, figures.planned.formula)}"
        f'&IF({figures.later.formula}=0,"",{live(later, figures.later.formula)})'
    )
    assert isinstance(count, int)
    result = planned(count, count) + (tr.gettext(" · {n} later", n=left) if left else "")
    sheet.formula(2, Col.NUMBER, formula, result, LEAD)
    note = tr.gettext(
        "Choose another quarter, effort or number of quarters on the sheet “{sheet}”, or another "
        "capacity here: used and free days and the average follow.",
        sheet=sources.steps.sheet.raw.title,
    )
    sheet.write_label(3, Col.NUMBER, note, replace(QUIET, wrap=False))


# ---- figures by quarter -----------------------------------------------------------------------


def _write_block(plan: QuarterPlan, report: Report, sources: PlanSources) -> None:
    sheet, tr, limits = plan.sheet, report.tr, report.plan.problem.limits
    _write_heads(plan, report)
    figures = sources.figures
    capacity, used, free = plan.capacity, plan.used, plan.free
    _label(plan, capacity, tr.gettext("Capacity in person-days"), ROW_BOLD)
    _label(plan, used, tr.gettext("Used"), ROW)
    _label(plan, free, tr.gettext("Free"), ROW)
    for period in range(1, plan.quarters + 1):
        column, index = plan.column(period), period - 1
        sheet.number(capacity, column, limits.capacity[index], _INPUT)
        days = f"ROUND({sources.steps.in_period(StepCol.DEMAND, str(period))},{DAY_PLACES})"
        sheet.formula(used, column, days, shown(figures.used[index]), _FIGURE_BOLD)
        left = f"N({here(capacity, column)})-{here(used, column)}"
        rest = limits.capacity[index] - figures.used[index]
        sheet.formula(free, column, left, shown(rest), _FIGURE)
    for row, total in ((capacity, sum(limits.capacity)), (used, sum(figures.used))):
        sheet.formula(
            row, Col.DAYS, f"SUM({plan.own_span(row)})", shown(Fraction(total)), _FIGURE_BOLD
        )
    for index, team in enumerate(plan.teams):
        _write_team(plan, report, sources, index, team)
    _write_running(plan, report, sources)
    _write_cost(plan, report, sources, figures.cost)
    _write_average(plan, report, sources)


def _write_heads(plan: QuarterPlan, report: Report) -> None:
    sheet, tr = plan.sheet, report.tr
    sheet.apply_style(BLOCK_ROW, Col.NUMBER, Col.OWNER, HEADER)
    sheet.write_label(BLOCK_ROW, Col.NUMBER, tr.gettext("By quarter"), replace(HEADER, wrap=False))
    sheet.write_label(BLOCK_ROW, Col.DAYS, tr.gettext("In total"), HEADER_NUMBER)
    for column, name in enumerate(report.periods, FIRST_QUARTER):
        sheet.write_label(BLOCK_ROW, column, name, replace(HEADER_NUMBER, indent=0))
    sheet.height(BLOCK_ROW, 20)


def _label(plan: QuarterPlan, row: int, text: str, style: Style) -> None:
    sheet = plan.sheet
    sheet.apply_style(row, Col.NUMBER, Col.DAYS, style)
    sheet.write_user_text(row, Col.NUMBER, text, replace(style, wrap=False))
    sheet.height(row, _LEAST_HEIGHT)


def _write_team(
    plan: QuarterPlan, report: Report, sources: PlanSources, index: int, team: str
) -> None:
    """Capacity of a team, and what is left of it."""
    sheet, tr, row = plan.sheet, report.tr, plan.team(index)
    _label(plan, row, tr.gettext("Capacity of {team}", team=team), ROW)
    _label(plan, row + 1, tr.gettext("Free in {team}", team=team), ROW)
    sheet.write_entry(row, Col.DEMAND, team, ROW)  # hidden: what the formulas look for
    steps = sources.steps
    mine = f"--({steps.span(StepCol.TEAM)}={fixed(row, Col.DEMAND)})"
    for period in range(1, plan.quarters + 1):
        column = plan.column(period)
        amount = report.plan.problem.limits.teams[team][period - 1]
        sheet.number(row, column, amount, _INPUT)
        used = (
            f"SUMPRODUCT({mine},--({steps.span(StepCol.START)}<={period}),"
            f"--({steps.span(StepCol.END)}>={period}),{steps.span(StepCol.DEMAND)})"
        )
        days = sum(
            (s.step.demand for s in report.steps if s.step.team == team and s.runs_in(period)),
            Fraction(0),
        )
        rest = amount - rounded(days, DAY_PLACES)
        left = f"N({here(row, column)})-ROUND({used},{DAY_PLACES})"
        sheet.formula(row + 1, column, left, shown(rest), _FIGURE)


def _write_running(plan: QuarterPlan, report: Report, sources: PlanSources) -> None:
    sheet, tr, row = plan.sheet, report.tr, plan.running
    most = report.plan.problem.limits.parallel
    text = tr.gettext("Steps at once")
    if most is not None:
        text = tr.ngettext("Steps at once, at most {n}", "Steps at once, at most {n}", most)
    _label(plan, row, text, ROW)
    for period in range(1, plan.quarters + 1):
        count = (
            f'COUNTIFS({sources.steps.span(StepCol.START)},"<={period}",'
            f'{sources.steps.span(StepCol.END)},">={period}")'
        )
        running = sum(step.runs_in(period) for step in report.steps)
        sheet.formula(row, plan.column(period), count, running, _FIGURE)


def _write_cost(
    plan: QuarterPlan, report: Report, sources: PlanSources, cost: tuple[Fraction, ...]
) -> None:
    """Cost by quarter, and what is left of each year's budget after it."""
    sheet, tr, row = plan.sheet, report.tr, plan.cost
    limits = report.plan.problem.limits
    _label(plan, row, tr.gettext("Cost"), ROW)

    def amount(column: int, formula: str, value: Fraction, style: Style) -> None:
        figure = if_stated(report, sources.steps, Figure(formula, value))
        sheet.figure(row, column, figure.formula, figure.value, style)

    for period in range(1, plan.quarters + 1):
        formula = sources.steps.in_period(StepCol.COST_DEMAND, str(period))
        amount(plan.column(period), formula, cost[period - 1], _AMOUNT)
    total = sum(cost, Fraction(0))
    amount(Col.DAYS, f"SUM({plan.own_span(row)})", total, replace(_AMOUNT, bold=True))
    for index, year in enumerate(plan.years):
        line = plan.budget(index)
        _label(plan, line, tr.gettext("Left of the budget of {year}", year=year), ROW)
        sheet.number(line, Col.DAYS, limits.budgets[year], replace(_AMOUNT, fill=GROUND))
        inside = [n for n in range(1, plan.quarters + 1) if limits.year_of(n) == year]
        for period in range(1, plan.quarters + 1):
            column = plan.column(period)
            if period not in inside:
                sheet.apply_style(line, column, column, _AMOUNT)
                continue
            spent = f"{fixed(row, plan.column(inside[0]))}:{fixed(row, column)}"
            left = limits.budgets[year] - sum(cost[inside[0] - 1 : period], Fraction(0))
            formula = f"N({fixed(line, Col.DAYS)})-SUM({spent})"
            sheet.formula(line, column, formula, shown(left), _AMOUNT)


_AMOUNT = replace(_FIGURE, number_format="#,##0")


def _write_average(plan: QuarterPlan, report: Report, sources: PlanSources) -> None:
    """Projected average at the end of each quarter, and the average target."""
    sheet, tr, figures = plan.sheet, report.tr, sources.figures
    mean = replace(_FIGURE_BOLD, number_format=ONE_PLACE)
    _label(plan, plan.average, tr.gettext("Average at the end of the quarter"), ROW_BOLD)
    _label(plan, plan.average + 1, tr.gettext("Average target"), ROW)
    target = replace(_FIGURE, number_format=ONE_PLACE)
    for period in range(1, plan.quarters + 1):
        column, figure = plan.column(period), figures.means[period - 1]
        sheet.figure(plan.average, column, figure.formula, figure.value, mean)
        sheet.figure(plan.average + 1, column, figures.target.formula, figures.target.value, target)


# ---- grid -------------------------------------------------------------------------------------


def _write_header(plan: QuarterPlan, report: Report) -> None:
    sheet, tr, row = plan.sheet, report.tr, plan.header
    heads: Mapping[int, str] = {
        Col.NUMBER: tr.gettext("No."),
        Col.ROW: tr.gettext("Row of the step"),
        Col.START: tr.gettext("First quarter no."),
        Col.END: tr.gettext("Last quarter no."),
        Col.DEMAND: tr.gettext("Person-days per quarter"),
        Col.DIMENSION: tr.gettext("Dimension"),
        Col.AREA: tr.gettext("Area"),
        Col.LEVELS: tr.gettext("Step"),
        Col.TITLE: tr.gettext("Title"),
        Col.OWNER: tr.gettext("Owner"),
        Col.DAYS: tr.gettext("Person-days"),
        **dict(enumerate(report.periods, FIRST_QUARTER)),
        plan.reason: tr.gettext("Why later"),
    }
    centred = (Col.LEVELS, *range(FIRST_QUARTER, plan.reason))
    write_header(sheet, row, heads, numbers=(Col.NUMBER, Col.DAYS), centred=centred)
    if row <= _MOST_FROZEN:
        sheet.raw.freeze_panes = f"{get_column_letter(Col.LEVELS)}{row + 1}"


def _write_step(
    plan: QuarterPlan, report: Report, sources: PlanSources, row: int, step: StepRow
) -> None:
    sheet, steps = plan.sheet, sources.steps
    sheet.number(row, Col.NUMBER, step.number, ROW_NUMBER)
    sheet.formula(row, Col.ROW, steps.row_of(here(row, Col.NUMBER)), step.number, ROW_NUMBER)
    texts = {
        **names_of_step(report, step, Col.DIMENSION, Col.AREA, Col.LEVELS),
        Col.TITLE: (step.details.title, ROW),
    }
    for column, (text, style) in texts.items():
        sheet.write_user_text(row, column, text, style)
    _write_from_steps(plan, report, sources, row, step)
    why = report.why_later(step)
    reason = sources.step_lists.reason(here(row, Col.NUMBER))
    formula = f'IF(ISNUMBER({here(row, Col.START)}),"",{reason}&"")'
    sheet.formula(row, plan.reason, formula, why, ROW)
    rest = {Col.OWNER: (step.details.owner, ROW), plan.reason: (why, ROW)}
    sheet.fit_cells(row, {**texts, **rest}, _LEAST_HEIGHT)


def _write_from_steps(
    plan: QuarterPlan, report: Report, sources: PlanSources, row: int, step: StepRow
) -> None:
    """Cells that follow the row of the step: owner, days, and the quarters it runs in."""
    sheet, at = plan.sheet, here(row, Col.ROW)
    start, last = step.start, step.last
    own: dict[Col, tuple[StepCol, Result, Style]] = {
        Col.START: (StepCol.START, or_nothing(start), ROW_NUMBER),
        Col.END: (StepCol.END, or_nothing(last), ROW_NUMBER),
        Col.DEMAND: (
            StepCol.DEMAND, "" if start is None else shown(step.step.demand), ROW_NUMBER,
        ),
        Col.OWNER: (StepCol.OWNER, step.details.owner, ROW),
        Col.DAYS: (StepCol.EFFORT, shown(step.step.effort), ROW_NUMBER),
    }  # fmt: skip
    for column, (source, result, style) in own.items():
        sheet.formula(row, column, sources.steps.text(source, at), result, style)
    begin, end, days = (here(row, column) for column in (Col.START, Col.END, Col.DEMAND))
    share = plain(rounded(step.step.demand, DAY_PLACES))
    for period in range(1, plan.quarters + 1):
        runs = f"AND(ISNUMBER({begin}),N({begin})<={period},N({end})>={period})"
        formula = f'IF({runs},ROUND({days},{DAY_PLACES}),"")'
        value: Result = share if step.runs_in(period) else ""
        sheet.formula(row, plan.column(period), formula, value, _CELL)


def _add_marks(plan: QuarterPlan) -> None:
    """Quarters in which a step runs are filled; quarters over capacity hatched, with a minus."""
    sheet = plan.sheet
    first, last = plan.column(1), plan.column(plan.quarters)
    top = here(plan.header + 1, first)
    sheet.mark_where(
        f"{top}:{here(plan.last, last)}",
        f"ISNUMBER({top})",
        font=Font(bold=True, color=TEXT),
        fill=PatternFill("solid", bgColor=LEVEL_SHADES[1], fgColor=LEVEL_SHADES[1]),
    )
    over = hatched()
    rows = [plan.free, *(plan.team(index) + 1 for index in range(len(plan.teams)))]
    rows += [plan.budget(index) for index in range(len(plan.years))]
    for row in rows:
        sheet.mark_where(
            plan.own_span(row),
            f"N({here(row, first)})<0",
            font=Font(bold=True, color=NOTICE),
            fill=over,
        )
    full = f"AND(N({here(plan.used, first)})>0,N({here(plan.free, first)})=0)"
    sheet.mark_where(
        plan.own_span(plan.used),
        full,
        font=Font(bold=True, color=WHITE),
        fill=PatternFill("solid", bgColor=ACCENT, fgColor=ACCENT),
    )
    unplanned = f"NOT(ISNUMBER(${get_column_letter(Col.START)}{plan.header + 1}))"
    sheet.mark_where(
        f"{here(plan.header + 1, Col.DIMENSION)}:{here(plan.last, Col.DAYS)}",
        unplanned,
        font=Font(italic=True, color=SECONDARY),
    )
