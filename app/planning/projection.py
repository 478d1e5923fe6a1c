"""Levels and averages that a plan leads to, and the earliest end that any plan could have."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from graphlib import TopologicalSorter
from itertools import accumulate

from app.planning.feasibility import last_period
from app.planning.plan import Plan
from app.planning.problem import Problem, StepKey


def levels_after(plan: Plan, period: int) -> Mapping[str, Fraction]:
    """Level of every area of the problem at the end of a period; current levels for period 0."""
    levels = {area.id: area.current for area in plan.problem.areas}
    for step in plan.problem.steps:  # levels of an area ascending
        last = plan.last_period(step.key)
        if last is not None and last <= period:
            levels[step.key[0]] = Fraction(step.key[1])
    return levels


def projected_means(plan: Plan) -> tuple[Fraction, ...]:
    """Weighted mean level at the end of every period; empty without areas."""
    return means_from_now(plan)[1:]


def means_from_now(plan: Plan) -> tuple[Fraction, ...]:
    """Weighted mean level now, and at the end of every period; empty without areas."""
    total = sum((area.weight for area in plan.problem.areas), Fraction(0))
    if not total:
        return ()
    rises = [Fraction(0)] * plan.problem.limits.periods
    for step in plan.problem.steps:
        last = plan.last_period(step.key)
        if last is not None:
            rises[last - 1] += step.weight * (step.key[1] - step.from_level)
    now = sum((area.weight * area.current for area in plan.problem.areas), Fraction(0))
    return tuple(reached / total for reached in accumulate(rises, initial=now))


def target_mean(plan: Plan) -> Fraction | None:
    """Weighted mean of the targets, and of the levels above them; ``None`` without areas."""
    areas = plan.problem.areas
    total = sum((area.weight for area in areas), Fraction(0))
    if not total:
        return None
    aims = (area.weight * max(Fraction(area.target), area.current) for area in areas)
    return sum(aims, Fraction(0)) / total


def earliest_starts(problem: Problem) -> Mapping[StepKey, int]:
    """First period in which each step could begin if prerequisites were the only limit."""
    starts: dict[StepKey, int] = {}
    for key in TopologicalSorter(problem.requires).static_order():
        starts[key] = max(
            (starts[needed] + problem.step(needed).duration for needed in problem.requires[key]),
            default=1,
        )
    return starts


def lower_bound(problem: Problem) -> int | None:
    """The period before which no plan can end.

    The first by whose end the cumulative capacity covers the whole effort, capacity after the
    horizon going on as in the last period, or the longest chain of durations if that is later; 0
    without steps. ``None`` if the capacity never suffices.
    """
    left = sum((step.effort for step in problem.steps), Fraction(0))
    by_capacity = 0
    for amount in problem.limits.capacity:
        if left <= 0:
            break
        left -= amount
        by_capacity += 1
    if left > 0:
        last = problem.limits.capacity[-1]
        if not last:
            return None
        by_capacity += -(-left // last)
    starts = earliest_starts(problem)
    chain = max((last_period(step, starts[step.key]) for step in problem.steps), default=0)
    return max(by_capacity, chain)
