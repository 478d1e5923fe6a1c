"""Move the steps of a plan to the left until none could begin earlier."""

from __future__ import annotations

from collections.abc import Mapping

from app.planning.feasibility import Starts, earliest_by_prerequisites, last_period
from app.planning.ledger import Ledger, booked
from app.planning.plan import Priority
from app.planning.priorities import by_start
from app.planning.problem import Problem, StepKey


def shifted_left(
    problem: Problem, starts: Starts, ranked: Mapping[StepKey, Priority]
) -> dict[StepKey, int | None]:
    """The plan in which no step without a pin can begin earlier with the others fixed.

    No step begins later than before, so that a plan that keeps everything still does; steps left
    for later are placed where there is room.
    """
    shifted = dict(starts)
    ledger = booked(problem, starts)
    order = list(by_start(problem, starts, ranked))
    moved = True
    while moved:
        moved = False
        for key in order:
            start = _earlier(problem, ledger, shifted, key)
            if start is not None:
                _move(problem, ledger, shifted, key, start)
                moved = True
    return shifted


def _earlier(problem: Problem, ledger: Ledger, starts: Starts, key: StepKey) -> int | None:
    """The earliest period, before the present one, in which a step could begin."""
    earliest = earliest_by_prerequisites(problem, starts, key)
    if earliest is None or key in problem.limits.pins:
        return None
    step, start = problem.step(key), starts[key]
    if start is None:
        return ledger.first_start(step, earliest)
    if start == earliest:
        return None
    ledger.release(step, start)
    found = ledger.first_start(step, earliest, last_period(step, start) - 1)
    ledger.book(step, start)
    return found


def _move(
    problem: Problem, ledger: Ledger, starts: dict[StepKey, int | None], key: StepKey, to: int
) -> None:
    step, start = problem.step(key), starts[key]
    if start is not None:
        ledger.release(step, start)
    ledger.book(step, to)
    starts[key] = to
