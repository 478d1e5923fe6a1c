"""Reasons why steps of a plan are left for later."""

from __future__ import annotations

from collections.abc import Mapping

from app.planning.feasibility import Starts, last_period
from app.planning.ledger import Ledger
from app.planning.plan import Reason, Unscheduled, Wish
from app.planning.problem import PlannedStep, Problem, StepKey


def reasons_for_later(problem: Problem, starts: Starts) -> Mapping[StepKey, Reason]:
    """The reason of every step without a start, in model order."""
    ledger = Ledger(problem)
    for step in problem.steps:
        start = starts[step.key]
        if start is not None:
            ledger.book(step, start)
    return {
        step.key: _too_big(problem, step)
        or _held_back(problem, starts, step)
        or _no_room(problem, starts, step, ledger)
        for step in problem.steps
        if starts[step.key] is None
    }


def _too_big(problem: Problem, step: PlannedStep) -> Reason | None:
    """The reason if the step could not even be placed alone."""
    limits = problem.limits
    if step.duration > limits.periods:
        return Reason(Unscheduled.TOO_LONG)
    largest = max(limits.capacity)
    if step.demand > largest:
        return Reason(Unscheduled.TOO_LARGE, largest)
    if step.team in limits.teams and step.demand > (of_team := max(limits.teams[step.team])):
        return Reason(Unscheduled.TOO_LARGE, of_team, Wish.TEAM)
    return None


def _held_back(problem: Problem, starts: Starts, step: PlannedStep) -> Reason | None:
    """The reason if the step waits for one left for later, or is pinned."""
    for needed in problem.requires[step.key]:
        if starts[needed] is None:
            return Reason(Unscheduled.WAITS, step=needed)
    if step.key in problem.limits.pins:
        return Reason(Unscheduled.PIN)
    return None


def _no_room(problem: Problem, starts: Starts, step: PlannedStep, ledger: Ledger) -> Reason:
    """The reason if all that the step needs is placed."""
    ends = {
        needed: last_period(problem.step(needed), start)
        for needed in problem.requires[step.key]
        if (start := starts[needed]) is not None
    }
    earliest = max(ends.values(), default=0) + 1
    if earliest + step.duration - 1 > problem.limits.periods:
        return Reason(Unscheduled.TOO_LATE, step=max(ends, key=ends.__getitem__))
    if ledger.first_start(step, earliest) is not None:
        return Reason(Unscheduled.NOT_WORTH)
    free = max(ledger.left_for(step, period) for period in range(earliest, ledger.periods + 1))
    return Reason(Unscheduled.NO_ROOM, free, _binding(step, earliest, ledger))


def _binding(step: PlannedStep, earliest: int, ledger: Ledger) -> Wish:
    """The kind of limit without which the step would fit; capacity where more than one binds."""
    for wish in (Wish.CAPACITY, Wish.TEAM, Wish.PARALLEL, Wish.BUDGET):
        if ledger.first_start(step, earliest, without=wish) is not None:
            return wish
    return Wish.CAPACITY
