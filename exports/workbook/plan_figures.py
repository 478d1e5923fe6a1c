"""Figures of the plan as formulas that follow every edit, with the values computed by the app."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from app.words.numbers import rounded
from exports.workbook.area_lists import AreaLists
from exports.workbook.book import DASH
from exports.workbook.figures import Figure, group_figures, spans_of
from exports.workbook.lists_sheet import Lists
from exports.workbook.planned import StepRow
from exports.workbook.profile_table import AreaTable
from exports.workbook.quarter_plan import QuarterPlan
from exports.workbook.report import Report
from exports.workbook.risks_sheet import RiskTable
from exports.workbook.step_columns import Col, StepTable
from exports.workbook.step_lists import StepLists

DAY_PLACES = 1
"""Decimals of person-days by quarter."""


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """Averages now, after every quarter and as targeted; counts of steps with and without one.

    ``used`` and ``cost`` are person-days and cost by quarter, rounded as sheets show them.
    """

    now: Figure
    target: Figure
    means: tuple[Figure, ...]
    planned: Figure
    later: Figure
    used: tuple[Fraction, ...]
    cost: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class PlanSources:
    """Ranges that page 1 and the quarter plan read."""

    table: AreaTable
    areas: AreaLists
    steps: StepTable
    step_lists: StepLists
    quarters: QuarterPlan
    risks: RiskTable
    lists: Lists
    figures: PlanFigures


def plan_figures(
    report: Report, table: AreaTable, steps: StepTable, lists: StepLists
) -> PlanFigures:
    """The figures of a report."""
    group = group_figures(report, table, None)
    spans = spans_of(table)
    weights = f"SUMPRODUCT({spans.has_level},{spans.weights})"
    total = sum((a.weight for a in report.figures.areas if a.level is not None), Fraction(0))
    now = group["mean"]
    means = []
    for period in range(1, len(report.periods) + 1):
        risen = f"{lists.gain_until(str(period))}/{weights}"
        value = None
        if now.value is not None:
            value = now.value + _gain_until(report, period) / total
        means.append(Figure(spans.if_scored(f"{now.formula}+{risen}"), value))
    return PlanFigures(
        now=now,
        target=group["target_mean"],
        means=tuple(means),
        planned=Figure(f"COUNT({steps.span(Col.START)})", len(report.planned_steps)),
        later=Figure(f"SUMPRODUCT({steps.later})", len(report.later_steps)),
        used=tuple(rounded(amount, DAY_PLACES) for amount in _by_quarter(report, _demand)),
        cost=tuple(_by_quarter(report, _cost)),
    )


def if_stated(report: Report, steps: StepTable, cost: Figure) -> Figure:
    """A cost, or a dash while no step states any."""
    is_stated = any(step.details.cost is not None for step in report.steps)
    formula = f"IF(COUNT({steps.span(Col.COST)})=0,{DASH},{cost.formula})"
    return Figure(formula, cost.value if is_stated else None)


def _demand(step: StepRow) -> Fraction:
    return step.step.demand


def _cost(step: StepRow) -> Fraction:
    return step.step.cost / step.step.duration


def _by_quarter(report: Report, share: Callable[[StepRow], Fraction]) -> Iterator[Fraction]:
    """Sum over the steps that run in each quarter."""
    for period in range(1, len(report.periods) + 1):
        running = (step for step in report.steps if step.runs_in(period))
        yield sum(map(share, running), Fraction(0))


def _gain_until(report: Report, period: int) -> Fraction:
    """Weighted levels gained by the end of a quarter."""
    gains = (
        step.step.weight * (step.to_level - step.from_level)
        for step in report.steps
        if (reached := report.reached[step.key]) is not None and reached <= period
    )
    return sum(gains, Fraction(0))
