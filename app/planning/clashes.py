"""Irreducible sets of wishes and limits that cannot hold together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from app.planning.deriving import with_blocks
from app.planning.feasible import find_plan
from app.planning.plan import Clash, Wish
from app.planning.problem import Limits, Problem
from app.planning.solver import Deadline


@dataclass(frozen=True, slots=True)
class ClashSet:
    """Wishes and limits that cannot all hold with the prerequisites.

    Each one is proven to be needed for that: dropping any of them resolves the contradiction. Only
    on ``undecided`` of them the time did not suffice to decide.
    """

    wishes: tuple[Clash, ...]
    undecided: int = 0


def clashing_wishes(problem: Problem, deadline: Deadline) -> ClashSet:
    """An irreducible set of what cannot hold together in a problem without any plan.

    A deletion filter: groups, then single wishes and limits are dropped for good if the others
    contradict each other without them. Limits are tried first, so that the set names as few as
    possible. What cannot be decided in time is kept.
    """
    return _Filter(problem, deadline).clash_set()


class _Filter:
    """Drops what is not needed for the contradiction."""

    def __init__(self, problem: Problem, deadline: Deadline) -> None:
        self._problem = problem
        self._deadline = deadline
        self._kept = list(everything_asked(problem.limits))
        self._undecided = 0

    def clash_set(self) -> ClashSet:
        """The rest after all were tried."""
        for _, group in groupby(tuple(self._kept), key=lambda each: _STAGES[each.wish]):
            self._drop(tuple(group))
        return ClashSet(tuple(self._kept), self._undecided)

    def _drop(self, group: Sequence[Clash]) -> None:
        others = [each for each in self._kept if each not in group]
        attempt = find_plan(only(self._problem, others), self._deadline)
        if attempt.is_impossible:
            self._kept = others
        elif len(group) > 1:
            middle = len(group) // 2
            self._drop(group[:middle])
            self._drop(group[middle:])
        elif attempt.starts is None:
            self._undecided += 1


_STAGES = {wish: wish in (Wish.DUE, Wish.PIN, Wish.FIRST_PERIOD) for wish in Wish}
"""Limits are dropped before wishes."""


def everything_asked(limits: Limits) -> Iterator[Clash]:
    """All that a plan has to keep besides prerequisites, in the order in which it is dropped."""
    yield Clash(Wish.CAPACITY)
    for team in limits.teams:
        yield Clash(Wish.TEAM, team=team)
    if limits.parallel is not None:
        yield Clash(Wish.PARALLEL, number=limits.parallel)
    for period in sorted(limits.blocked):
        yield Clash(Wish.BLOCKED, number=period)
    for year in limits.budgets:
        yield Clash(Wish.BUDGET, number=year)
    for key, due in limits.due.items():
        yield Clash(Wish.DUE, key, due)
    for key, period in limits.pins.items():
        yield Clash(Wish.PIN, key, period)
    if limits.first_period_at_least:
        yield Clash(Wish.FIRST_PERIOD, number=limits.first_period_at_least)


def only(problem: Problem, kept: Collection[Clash]) -> Problem:
    """The problem with these wishes and limits only."""
    limits = problem.limits
    kinds = {each.wish for each in kept}
    steps = {(each.wish, each.step) for each in kept}
    numbers = {(each.wish, each.number) for each in kept}
    teams = {each.team for each in kept if each.wish is Wish.TEAM}
    blocked = frozenset(each for each in limits.blocked if (Wish.BLOCKED, each) in numbers)
    unblocked = limits.unblocked_capacity or limits.capacity
    if Wish.CAPACITY not in kinds:
        everything = sum((step.effort for step in problem.steps), Fraction(0))
        unblocked = (everything,) * limits.periods
    return replace(
        problem,
        limits=replace(
            limits,
            capacity=with_blocks(unblocked, blocked),
            unblocked_capacity=unblocked,
            blocked=blocked,
            teams={team: amounts for team, amounts in limits.teams.items() if team in teams},
            parallel=limits.parallel if Wish.PARALLEL in kinds else None,
            budgets={
                year: amount
                for year, amount in limits.budgets.items()
                if (Wish.BUDGET, year) in numbers
            },
            due={key: due for key, due in limits.due.items() if (Wish.DUE, key) in steps},
            pins={key: pin for key, pin in limits.pins.items() if (Wish.PIN, key) in steps},
            first_period_at_least=(
                limits.first_period_at_least if Wish.FIRST_PERIOD in kinds else 0
            ),
        ),
    )
