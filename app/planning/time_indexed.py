"""The planning problem as a binary program: a variable says that a step begins in a period.

Source of the formulation: Pritsker, Watters and Wolfe 1969, with disaggregated prerequisites
(Christofides, Alvarez-Valdes and Tamarit 1987), whose relaxation is tighter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from graphlib import TopologicalSorter
from math import ceil, floor, gcd, lcm
from typing import TypeVar

from app.planning.feasibility import Starts
from app.planning.ledger import Ledger
from app.planning.problem import PlannedStep, Problem, StepKey
from app.planning.solver import (
    MAX_MAGNITUDE,
    SEED,
    Answer,
    Deadline,
    Ending,
    Program,
    Row,
    solve,
)

MAX_SIZE = 1_000_000
"""Largest number of steps times periods squared that is searched: 3,000 steps in 18 periods.

What is larger takes longer to write down than anyone waits.
"""

Amount = TypeVar("Amount", int, Fraction)

Windows = Mapping[StepKey, Sequence[int]]
"""The periods in which each step could begin, ascending; empty where there is none."""


@dataclass(frozen=True)
class Scaled:
    """Amounts as whole multiples of ``unit``, the coefficients of a row or objective.

    ``is_exact`` unless they are too large for the solver: then they are rounded to multiples of
    a coarser unit.
    """

    coefficients: Mapping[int, int]
    unit: Fraction
    is_exact: bool


def common_unit(amounts: Collection[Fraction]) -> Fraction:
    """The largest amount that all of them are whole multiples of; 1 without amounts."""
    common = lcm(*(amount.denominator for amount in amounts))
    whole = (amount.numerator * (common // amount.denominator) for amount in amounts)
    return Fraction(gcd(*whole) or 1, common)


def scaled(amounts: Mapping[int, Fraction], most: Fraction, *, up: bool = False) -> Scaled:
    """Amounts, not negative, as whole multiples of their largest common unit.

    ``most`` is the largest total that matters. Where it exceeds ``MAX_MAGNITUDE`` units the
    amounts are rounded, ``up`` or down.
    """
    unit = common_unit(amounts.values())
    if most <= MAX_MAGNITUDE * unit:
        return Scaled({i: int(a / unit) for i, a in amounts.items()}, unit, is_exact=True)
    unit = most / MAX_MAGNITUDE
    rounded = ceil if up else floor
    return Scaled({i: rounded(a / unit) for i, a in amounts.items()}, unit, is_exact=False)


@dataclass(frozen=True)
class Knapsack:
    """Exact limit: the amounts of chosen variables add up to at most ``limit``."""

    amounts: Mapping[int, Fraction]
    limit: Fraction

    @property
    def row(self) -> Row:
        """The limit in whole numbers; where they are rounded it allows more, never less."""
        whole = scaled(self.amounts, self.limit)
        return Row(whole.coefficients, upper=floor(self.limit / whole.unit))

    def cover(self, chosen: Collection[int]) -> Row | None:
        """A row that excludes what is chosen if it exceeds the limit."""
        largest_first = sorted(
            (i for i in self.amounts if i in chosen), key=lambda i: (-self.amounts[i], i)
        )
        total = Fraction(0)
        for count, i in enumerate(largest_first):
            total += self.amounts[i]
            if total > self.limit:
                return Row(dict.fromkeys(largest_first[: count + 1], 1), upper=count)
        return None


def is_searchable(problem: Problem) -> bool:
    """True if the program of a problem can be written down in little time."""
    return len(problem.steps) * problem.limits.periods**2 <= MAX_SIZE


def required_steps(problem: Problem) -> frozenset[StepKey]:
    """Steps that have to be placed: pinned ones, those with a fixed date, and all they need."""
    limits = problem.limits
    pending = [*limits.pins, *(key for key in limits.due if limits.binding_due(key) is not None)]
    found: set[StepKey] = set()
    while pending:
        key = pending.pop()
        if key not in found:
            found.add(key)
            pending.extend(problem.requires[key])
    return frozenset(found)


def possible_starts(problem: Problem) -> Windows:
    """Periods in which each step could begin if it were limited by what it needs alone.

    By chains of prerequisites, by limits that it exceeds alone, by pins and fixed dates, also of
    the steps that wait for it.
    """
    ledger = Ledger(problem)
    windows: dict[StepKey, list[int]] = {}
    order = list(TopologicalSorter(problem.requires).static_order())
    for key in order:
        step = problem.step(key)
        pin = problem.limits.pins.get(key)
        due = problem.limits.binding_due(key)
        end = problem.limits.periods if due is None else due
        windows[key] = [
            start
            for start in range(_earliest(problem, windows, key), end - step.duration + 2)
            if (pin is None or start == pin) and ledger.fits(step, start)
        ]
    required = required_steps(problem)
    for key in reversed(order):
        if key in required and windows[key]:
            latest = windows[key][-1]
            for needed in problem.requires[key]:
                duration = problem.step(needed).duration
                windows[needed] = [each for each in windows[needed] if each + duration <= latest]
    return windows


def _earliest(problem: Problem, windows: Windows, key: StepKey) -> int:
    """First period after the earliest ends of what a step needs; beyond all if there is none."""
    return max(
        (
            windows[needed][0] + problem.step(needed).duration
            if windows[needed]
            else problem.limits.periods + 1
            for needed in problem.requires[key]
        ),
        default=1,
    )


class TimeIndexed:
    """Variables and rows of a problem.

    ``variables`` numbers the pairs of a step and its first period.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._windows = possible_starts(problem)
        self._required = required_steps(problem)
        pairs = [(step.key, start) for step in problem.steps for start in self._windows[step.key]]
        self.variables = {pair: number for number, pair in enumerate(pairs)}

    def search(
        self,
        objective: Mapping[int, int],
        deadline: Deadline,
        *,
        start: Collection[int] = (),
        also: Sequence[Row] = (),
        seed: int = SEED,
    ) -> Answer | None:
        """Search for a plan that keeps all limits exactly; ``None`` without a working solver."""
        rows = [*self.rows, *also]
        while True:
            answer = solve(Program(len(self.variables), objective, rows), deadline, start, seed)
            if answer is None or answer.chosen is None:
                return answer
            covers = [row for row in self.covers(answer.chosen) if row not in rows]
            if not covers:
                return answer
            if answer.ending is Ending.STOPPED:
                return replace(answer, chosen=None)
            rows += covers

    @property
    def is_impossible(self) -> bool:
        """True if a step that has to be placed could not begin in any period."""
        return any(not self._windows[key] for key in self._required)

    def chosen(self, starts: Starts) -> frozenset[int]:
        """The variables that are 1 in a plan."""
        return frozenset(
            number for (key, start), number in self.variables.items() if starts[key] == start
        )

    def starts(self, chosen: Collection[int]) -> dict[StepKey, int | None]:
        """The plan in which these variables are 1."""
        starts: dict[StepKey, int | None] = {step.key: None for step in self._problem.steps}
        for (key, start), number in self.variables.items():
            if number in chosen:
                starts[key] = start
        return starts

    @cached_property
    def values(self) -> Mapping[int, Fraction]:
        """Contribution of each variable to the area under the maturity curve."""
        after = self._problem.limits.periods + 1
        return {
            number: step.worth * (after - start - step.duration + 1)
            for number, step, start in self._each()
        }

    def most(self, amounts: Mapping[int, Amount]) -> Amount | int:
        """Sum over the steps of the largest amount that one of their variables has."""
        return sum(
            max(amounts[self.variables[key, start]] for start in window)
            for key, window in self._windows.items()
            if window
        )

    def earliness(self, weights: Mapping[StepKey, int]) -> Mapping[int, int]:
        """Weight · periods before *Later*, for each variable."""
        after = self._problem.limits.periods + 1
        return {
            number: weights[key] * (after - start)
            for (key, start), number in self.variables.items()
        }

    @cached_property
    def rows(self) -> list[Row]:
        """Everything that a plan has to respect."""
        return [
            *self._choices(),
            *self._prerequisites(),
            *self._first_period(),
            *(row for knapsack in self.knapsacks if (row := knapsack.row).terms),
        ]

    def covers(self, chosen: Collection[int]) -> list[Row]:
        """Rows that exclude a choice that rounded rows allow but exact limits do not."""
        return [row for knapsack in self.knapsacks if (row := knapsack.cover(chosen))]

    @cached_property
    def knapsacks(self) -> list[Knapsack]:
        """Limits per period or year, without those that can never bind."""
        limits = self._problem.limits
        running: list[dict[int, PlannedStep]] = [{} for _ in range(limits.periods)]
        for number, step, start in self._each():
            for period in range(start, start + step.duration):
                running[period - 1][number] = step
        found = []
        for index, steps in enumerate(running):
            demands = {number: step.demand for number, step in steps.items()}
            found.append(Knapsack(demands, limits.capacity[index]))
            for team, amounts in limits.teams.items():
                of_team = {
                    number: demands[number] for number in steps if steps[number].team == team
                }
                found.append(Knapsack(of_team, amounts[index]))
            if limits.parallel is not None:
                one_each = dict.fromkeys(steps, Fraction(1))
                found.append(Knapsack(one_each, Fraction(limits.parallel)))
        found.extend(Knapsack(self._costs(year), amount) for year, amount in limits.budgets.items())
        return [each for each in found if sum(each.amounts.values()) > each.limit]

    def _each(self) -> Iterator[tuple[int, PlannedStep, int]]:
        """Number, step and first period of each variable."""
        for (key, start), number in self.variables.items():
            yield number, self._problem.step(key), start

    def _costs(self, year: int) -> Mapping[int, Fraction]:
        """Cost of each variable in a year."""
        year_of = self._problem.limits.year_of
        costs = {}
        for number, step, start in self._each():
            periods = sum(year_of(each) == year for each in range(start, start + step.duration))
            if periods and step.cost:
                costs[number] = step.cost / step.duration * periods
        return costs

    def _choices(self) -> Iterator[Row]:
        """Each step begins once at most, or exactly once if it is required."""
        for step in self._problem.steps:
            terms = {self.variables[step.key, start]: 1 for start in self._windows[step.key]}
            if terms:
                yield Row(terms, 1 if step.key in self._required else None, 1)

    def _prerequisites(self) -> Iterator[Row]:
        """By each period, a step has begun only if what it needs has ended before."""
        for key, all_needed in self._problem.requires.items():
            for needed in all_needed:
                yield from self._after(key, needed)

    def _after(self, key: StepKey, needed: StepKey) -> Iterator[Row]:
        duration = self._problem.step(needed).duration
        ends: list[int] = []
        for start in reversed(self._windows[key]):
            earlier = [each for each in self._windows[needed] if each + duration <= start]
            if earlier == ends:
                continue  # implied by the row of a later period
            ends = earlier
            yield Row(
                {
                    **{
                        self.variables[key, each]: 1 for each in self._windows[key] if each <= start
                    },
                    **{self.variables[needed, each]: -1 for each in earlier},
                },
                upper=0,
            )

    def _first_period(self) -> Iterator[Row]:
        """Enough steps end in the first period."""
        wanted = self._problem.limits.first_period_at_least
        if wanted:
            yield Row(
                {number: 1 for number, step, start in self._each() if start == step.duration == 1},
                lower=wanted,
            )
