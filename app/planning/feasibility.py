"""Check plans against their problem, in exact fractions and independent of how they were made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from app.planning.plan import Clash, Wish
from app.planning.problem import PlannedStep, Problem, StepKey

Starts = Mapping[StepKey, int | None]


def last_period(step: PlannedStep, start: int) -> int:
    """The period by whose end a step is done."""
    return start + step.duration - 1


def earliest_by_prerequisites(problem: Problem, starts: Starts, key: StepKey) -> int | None:
    """First period after all that a step needs; ``None`` if one of them is left for later."""
    earliest = 1
    for needed in problem.requires[key]:
        start = starts[needed]
        if start is None:
            return None
        earliest = max(earliest, last_period(problem.step(needed), start) + 1)
    return earliest


def value_of(problem: Problem, starts: Starts) -> Fraction:
    """Area under the maturity curve: worth times periods in effect, over the placed steps.

    A step is in effect from its last period on.
    """
    after = problem.limits.periods + 1
    return sum(
        (
            step.worth * (after - last_period(step, start))
            for step, start in _placed(problem, starts)
        ),
        Fraction(0),
    )


def keeps_order(problem: Problem, starts: Starts) -> bool:
    """True if every placed step lies within the horizon and after all that it needs."""
    for step, start in _placed(problem, starts):
        if start < 1 or last_period(step, start) > problem.limits.periods:
            return False
        for needed in problem.requires[step.key]:
            before = starts[needed]
            if before is None or last_period(problem.step(needed), before) >= start:
                return False
    return True


def holds(problem: Problem, starts: Starts) -> bool:
    """True for a plan that keeps everything."""
    return keeps_order(problem, starts) and not violations(problem, starts)


def violations(problem: Problem, starts: Starts) -> tuple[Clash, ...]:
    """Pins, fixed dates, the count of the first period and limits that a plan does not keep."""
    return tuple(
        clash
        for kind in (_pins, _due, _first_period, _capacity, _teams, _parallel, _blocked, _budgets)
        for clash in kind(problem, starts)
    )


def _placed(problem: Problem, starts: Starts) -> Iterator[tuple[PlannedStep, int]]:
    for step in problem.steps:
        start = starts[step.key]
        if start is not None:
            yield step, start


def _pins(problem: Problem, starts: Starts) -> Iterator[Clash]:
    for step in problem.steps:
        pin = problem.limits.pins.get(step.key)
        if pin is not None and starts[step.key] != pin:
            yield Clash(Wish.PIN, step.key, pin)


def _due(problem: Problem, starts: Starts) -> Iterator[Clash]:
    for step in problem.steps:
        due, start = problem.limits.binding_due(step.key), starts[step.key]
        if due is not None and (start is None or last_period(step, start) > due):
            yield Clash(Wish.DUE, step.key, due)


def _first_period(problem: Problem, starts: Starts) -> Iterator[Clash]:
    wanted = problem.limits.first_period_at_least
    done = sum(last_period(step, start) == 1 for step, start in _placed(problem, starts))
    if done < wanted:
        yield Clash(Wish.FIRST_PERIOD, number=wanted)


def used_days(problem: Problem, starts: Starts) -> Mapping[int, Fraction]:
    """Person-days in each period in which a step runs."""
    return _uses(problem, starts, lambda step: step.demand)


def _uses(
    problem: Problem, starts: Starts, amount: Callable[[PlannedStep], Fraction | int]
) -> Mapping[int, Fraction]:
    """Sum of an amount over the steps that run in each period."""
    used: dict[int, Fraction] = {}
    for step, start in _placed(problem, starts):
        for period in range(start, start + step.duration):
            used[period] = used.get(period, Fraction(0)) + amount(step)
    return used


def _exceeds(used: Mapping[int, Fraction], limit: tuple[Fraction, ...]) -> bool:
    return any(
        amount > (limit[period - 1] if 1 <= period <= len(limit) else 0)
        for period, amount in used.items()
    )


def _capacity(problem: Problem, starts: Starts) -> Iterator[Clash]:
    if _exceeds(used_days(problem, starts), problem.limits.capacity):
        yield Clash(Wish.CAPACITY)


def _teams(problem: Problem, starts: Starts) -> Iterator[Clash]:
    def demand_of(team: str) -> Callable[[PlannedStep], Fraction]:
        return lambda step: step.demand * (step.team == team)

    for team, limit in problem.limits.teams.items():
        used = _uses(problem, starts, demand_of(team))
        if _exceeds(used, limit):
            yield Clash(Wish.TEAM, team=team)


def _parallel(problem: Problem, starts: Starts) -> Iterator[Clash]:
    most = problem.limits.parallel
    if most is not None and max(_uses(problem, starts, lambda _: 1).values(), default=0) > most:
        yield Clash(Wish.PARALLEL, number=most)


def _blocked(problem: Problem, starts: Starts) -> Iterator[Clash]:
    used = _uses(problem, starts, lambda _: 1)
    for period in sorted(problem.limits.blocked):
        if period in used:
            yield Clash(Wish.BLOCKED, number=period)


def _budgets(problem: Problem, starts: Starts) -> Iterator[Clash]:
    limits = problem.limits
    spent: dict[int | None, Fraction] = {}
    for period, cost in _uses(problem, starts, lambda step: step.cost / step.duration).items():
        year = limits.year_of(period)
        spent[year] = spent.get(year, Fraction(0)) + cost
    for year, amount in limits.budgets.items():
        if spent.get(year, 0) > amount:
            yield Clash(Wish.BUDGET, number=year)
