"""Summary sheet: what is asked for, the first two quarters, what the plan brings and costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial

from app.words.numbers import rounded
from app.words.plan_words import status_sentence
from exports.workbook.book import (
    Sheet,
    counted,
    literal,
    live,
    mark,
    shown,
    text_height,
)
from exports.workbook.figures import Figure
from exports.workbook.lists_sheet import FIRST, FIRST_QUARTER_STEP
from exports.workbook.plan_chart import add_plan_chart
from exports.workbook.plan_figures import DAY_PLACES, PlanSources, if_stated
from exports.workbook.planned import StepRow
from exports.workbook.report import Report
from exports.workbook.step_columns import Col
from exports.workbook.step_lists import StepCol
from exports.workbook.steps_sheet import MANY_STEPS
from exports.workbook.stored_values import Result
from exports.workbook.styles import (
    BODY,
    HEADER,
    HEADER_NUMBER,
    ONE_PLACE,
    QUIET,
    ROW,
    ROW_NUMBER,
    SECTION,
    WRAPPED,
    Style,
)
from exports.workbook.summary_asks import Said, quarter_name, shown_quarters, write_asks
from exports.workbook.summary_grid import ENTRY, ENTRY_LEVELS, LEFT, MIDDLE, RIGHT, write_section

STEPS_SHOWN = 6
_TABLE, _NOW, _WIDE = LEFT + 10, LEFT + 14, 2
_OWNER = Style(vertical="center", horizontal="left", indent=1)
_DAYS = Style(bold=True, vertical="center", horizontal="right")
_AMOUNT = "#,##0"
_OWNER_WIDTH = 4
_FIGURE = replace(ROW_NUMBER, vertical="center")


def write_plan(sheet: Sheet, report: Report, plan: PlanSources, row: int) -> int:
    """The plan in one look; the next free row."""
    if not report.steps:
        write_section(sheet, row, LEFT, RIGHT, report.tr.gettext("What we ask you to decide"))
        sheet.height(row, 22)
        sheet.write_label(row + 1, LEFT, report.no_step, BODY)
        return row + 2
    row = write_asks(sheet, report, plan, row)
    row = _write_quarters(sheet, report, plan, row + 1)
    return _write_outcome(sheet, report, plan, row + 1)


# ---- the first two quarters -------------------------------------------------------------------


def _write_quarters(sheet: Sheet, report: Report, plan: PlanSources, row: int) -> int:
    """The steps of the first two quarters side by side, with owner and effort."""
    tr = report.tr
    halves = ((LEFT, MIDDLE - 2), (MIDDLE, RIGHT))[: shown_quarters(report)]
    for period, (first, last) in enumerate(halves, 1):
        write_section(sheet, row, first, last, "")
        sheet.formula(row, first, *_quarter_title(report, plan, period), SECTION)
        head = replace(SECTION, size=9, horizontal="right")
        sheet.write_label(
            row, last - _OWNER_WIDTH, tr.gettext("Owner"), replace(head, horizontal=None, indent=1)
        )
        sheet.write_label(row, last, tr.gettext("Days"), head)
    sheet.height(row, 22)
    for index in range(_rows_of_steps(report)):
        line = row + 1 + 2 * index
        heights = [
            _write_step(sheet, report, plan, line, (first, last), (period, index))
            for period, (first, last) in enumerate(halves, 1)
        ]
        sheet.height(line, max(top for top, _ in heights))
        sheet.height(line + 1, max(below for _, below in heights))
    row += 1 + 2 * _rows_of_steps(report)
    for period, (first, last) in enumerate(halves, 1):
        sheet.formula(row, first, *_more(report, plan, period), QUIET)
        sheet.merge(row, first, last)
    sheet.height(row, 14)
    return row + 1


def _rows_of_steps(report: Report) -> int:
    """Rows for steps: those of the longer quarter and room for one more, within limits."""
    periods = range(1, shown_quarters(report) + 1)
    return min(STEPS_SHOWN, max(len(_begin_in(report, period)) for period in periods) + 1)


def _begin_in(report: Report, period: int) -> list[StepRow]:
    return [step for step in report.steps if step.start == period]


def _quarter_title(report: Report, plan: PlanSources, period: int) -> Said:
    tr, quarters = report.tr, plan.quarters
    used, capacity = (quarters.at(line, period) for line in (quarters.used, quarters.capacity))
    name = quarter_name(report, period)

    def title(days: object, room: object) -> str:
        return tr.gettext(
            "{quarter}: {used} of {capacity} person-days", quarter=name, used=days, capacity=room
        )

    limit = report.plan.problem.limits.capacity[period - 1]
    result = title(shown(plan.figures.used[period - 1]), shown(limit))
    return live(title(mark(0), mark(1)), used, f"N({capacity})"), result


def _write_step(
    sheet: Sheet,
    report: Report,
    plan: PlanSources,
    row: int,
    columns: tuple[int, int],
    place: tuple[int, int],
) -> tuple[float, float]:
    """Area, levels, owner, days and what is done; the heights that the two rows need."""
    first, last = columns
    period, index = place
    at = _pointer(report, plan, period, index)
    step = _step_at(report, period, index)
    steps = plan.steps

    def cell(column: Col) -> str:
        return steps.cell(column, at)

    def said(formula: str, result: Result, style: Style, begin: int, end: int, line: int) -> None:
        sheet.formula(line, begin, f'IF({at}=0,"",{formula})', result, style)
        sheet.merge(line, begin, end)

    owner, days = last - _OWNER_WIDTH, last
    levels = owner - 1
    heading = "" if step is None else report.area_names[step.area_id]
    said(cell(Col.AREA), heading, ENTRY, first, levels - 1, row)
    from_to = "" if step is None else report.levels_of(step)
    said(steps.levels(at), from_to, ENTRY_LEVELS, levels, levels, row)
    who = "" if step is None else step.details.owner
    said(f'{cell(Col.OWNER)}&""', who, _OWNER, owner, days - 1, row)
    effort: Result = "" if step is None else shown(step.step.effort)
    said(cell(Col.EFFORT), effort, _DAYS, days, days, row)
    title = cell(Col.TITLE)
    text = f'IF({title}<>"",{title},{steps.first_action(at)})'
    doing = "" if step is None else step.details.title or report.first_action(step)
    said(text, doing, QUIET, first, last, row + 1)
    return (
        max(16.0, text_height(heading, sheet.width_of(first, levels - 1), ENTRY)),
        max(13.0, text_height(doing, sheet.width_of(first, last), QUIET)),
    )


def _step_at(report: Report, period: int, index: int) -> StepRow | None:
    begin = _begin_in(report, period)
    return begin[index] if index < len(begin) else None


def _pointer(report: Report, plan: PlanSources, period: int, index: int) -> str:
    """Where the step stands in its table, kept on the hidden sheet; 0 for none."""
    lists, key = plan.lists.sheet, plan.steps.span(Col.PLACE)
    row, column = FIRST + index, FIRST_QUARTER_STEP + period - 1
    before, until = (f'COUNTIF({key},"<{MANY_STEPS * n}")' for n in (period, period + 1))
    found = f"MATCH(SMALL({key},{before}+{index + 1}),{key},0)"
    step = _step_at(report, period, index)
    lists.formula(
        row,
        column,
        f"IF({before}+{index}<{until},{found},0)",
        0 if step is None else step.number,
        BODY,
    )
    return lists.at(row, column)


def _more(report: Report, plan: PlanSources, period: int) -> Said:
    """How many steps of the quarter the page has no room for."""
    tr, rows = report.tr, _rows_of_steps(report)

    def more(n: int, said: object) -> str:
        return tr.ngettext(
            "and {n} more on the sheet “{sheet}”", "and {n} more on the sheet “{sheet}”", n,
            n=said, sheet=plan.quarters.sheet.raw.title,
        )  # fmt: skip

    count = f"(COUNTIF({plan.steps.span(Col.START)},{period})-{rows})"
    known = len(_begin_in(report, period)) - rows
    return f'IF({count}<=0,"",{counted(more, count)})', more(known, known) if known > 0 else ""


# ---- outcome ----------------------------------------------------------------------------------


def _write_outcome(sheet: Sheet, report: Report, plan: PlanSources, row: int) -> int:
    """Curve of the average, what the quarters bring and cost, and why this order."""
    tr = report.tr
    write_section(sheet, row, LEFT, _TABLE - 2, tr.gettext("What it brings"))
    write_section(sheet, row, _TABLE, RIGHT, tr.gettext("Effect and cost"))
    sheet.height(row, 22)
    first = row + 1
    row = _write_table(sheet, report, plan, first)
    row = _write_why(sheet, report, plan, row)
    height = sheet.points(first, row - 1)
    add_plan_chart(sheet, report, plan, (first, LEFT), (_TABLE - 1 - LEFT, height))
    return row


def _write_table(sheet: Sheet, report: Report, plan: PlanSources, row: int) -> int:
    tr, figures = report.tr, plan.figures
    first_quarters = range(1, shown_quarters(report) + 1)
    heads = [
        tr.gettext("Current"),
        *(quarter_name(report, period) for period in first_quarters),
        tr.gettext("Whole plan"),
        tr.gettext("Later"),
    ]
    sheet.apply_style(row, _TABLE, RIGHT, HEADER)
    for index, head in enumerate(heads):
        column = _NOW + _WIDE * index + _WIDE - 1
        sheet.write_label(row, column, head, replace(HEADER_NUMBER, wrap=False))
    sheet.height(row, 20)
    end = figures.means[-1]
    blank = Figure("", None)
    lines: list[tuple[str, Sequence[Figure], str]] = [
        (
            tr.gettext("Average at the end"),
            [figures.now, *(figures.means[n - 1] for n in first_quarters), end, blank],
            ONE_PLACE,
        ),
        (
            tr.gettext("Average target"),
            [*[blank] * (1 + len(first_quarters)), figures.target, blank],
            ONE_PLACE,
        ),
        (tr.gettext("Steps"), list(_counts(report, plan)), "General"),
        (tr.gettext("Person-days"), list(_days(report, plan)), "General"),
        *_ranges(report, plan),
        (tr.gettext("Cost"), list(_costs(report, plan)), _AMOUNT),
    ]
    for name, cells, number_format in lines:
        row += 1
        look = replace(_FIGURE, number_format=number_format)
        sheet.apply_style(row, _TABLE, RIGHT, look)
        sheet.write_label(row, _TABLE, name, replace(ROW, vertical="center", wrap=False, indent=0))
        for index, figure in enumerate(cells):
            if figure.formula:
                column = _NOW + _WIDE * index + _WIDE - 1
                sheet.figure(row, column, figure.formula, figure.value, look)
        sheet.height(row, 19)
    return row + 1


def _counts(report: Report, plan: PlanSources) -> Iterator[Figure]:
    """Steps that begin in the quarters, all with a quarter, and those without."""
    yield Figure("", None)
    for period in range(1, shown_quarters(report) + 1):
        count = f"COUNTIF({plan.steps.span(Col.START)},{period})"
        yield Figure(count, len(_begin_in(report, period)))
    yield plan.figures.planned
    yield plan.figures.later


def _days(report: Report, plan: PlanSources) -> Iterator[Figure]:
    yield Figure("", None)
    for period in range(1, shown_quarters(report) + 1):
        yield Figure(plan.quarters.at(plan.quarters.used, period), plan.figures.used[period - 1])
    yield from _sums(report, plan, Col.EFFORT, lambda step: step.step.effort)


def _ranges(report: Report, plan: PlanSources) -> Iterator[tuple[str, Sequence[Figure], str]]:
    """Sums of the lowest and highest efforts, where any step has one."""
    tr = report.tr
    if not any(step.has_range for step in report.steps):
        return
    for name, column in (
        (tr.gettext("Person-days at least"), Col.LOW),
        (tr.gettext("Person-days at most"), Col.HIGH),
    ):
        sums = list(_sums(report, plan, Col.EFFORT, partial(_bound, column), column))
        yield name, [*[Figure("", None)] * (1 + shown_quarters(report)), *sums], "General"


def _bound(column: Col, step: StepRow) -> Fraction:
    return step.bound(lowest=column is Col.LOW)


def _costs(report: Report, plan: PlanSources) -> Iterator[Figure]:
    """The same in money; dashes while no cost is stated."""
    if_known = partial(if_stated, report, plan.steps)
    yield Figure("", None)
    for period in range(1, shown_quarters(report) + 1):
        spent = plan.figures.cost[period - 1]
        yield if_known(Figure(plan.quarters.at(plan.quarters.cost, period), spent))
    for figure in _sums(report, plan, Col.COST, lambda step: step.step.cost):
        yield if_known(figure)


def _sums(
    report: Report,
    plan: PlanSources,
    column: Col,
    amount: Callable[[StepRow], Fraction],
    instead: Col | None = None,
) -> Iterator[Figure]:
    """Sums over the steps with a quarter, and over those left for later.

    Where a row has a figure in the column ``instead``, that one counts.
    """
    values = plan.steps.span(column)
    for chosen, steps in (
        (plan.steps.planned, report.planned_steps),
        (plan.steps.later, report.later_steps),
    ):
        total = f"SUMPRODUCT({chosen},{values})"
        if instead is not None:
            other = plan.steps.span(instead)
            total += f"+SUMPRODUCT({chosen},--ISNUMBER({other}),{other}-{values})"
        value = rounded(sum(map(amount, steps), Fraction(0)), DAY_PLACES)
        yield Figure(f"ROUND({total},{DAY_PLACES})", value)


def _write_why(sheet: Sheet, report: Report, plan: PlanSources, row: int) -> int:
    """One sentence on the order, as long as it is the one that was planned."""
    tr = report.tr
    write_section(sheet, row, _TABLE, RIGHT, tr.gettext("Why this order"))
    sheet.height(row, 24)
    why = status_sentence(report.plan, tr)
    changed = tr.gettext(
        "Quarters were changed in this workbook since the export, so this is no longer the order "
        "that Stufenplan planned."
    )
    now, then = (plan.step_lists.span(each) for each in (StepCol.START, StepCol.EXPORTED))
    formula = f"IF(SUMPRODUCT(--({now}<>{then}))=0,{literal(why)},{literal(changed)})"
    sheet.formula(row + 1, _TABLE, formula, why, WRAPPED)
    sheet.merge(row + 1, _TABLE, RIGHT)
    width = sheet.width_of(_TABLE, RIGHT)
    sheet.height(
        row + 1, max(28.0, *(text_height(text, width, WRAPPED) for text in (why, changed)))
    )
    return row + 2
