"""Free capacity of every limit while steps are placed one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import lcm

from app.planning.plan import Wish
from app.planning.problem import PlannedStep, Problem, StepKey


class _Account:
    """What is left of one limit per period, in whole multiples of a common unit."""

    def __init__(
        self, wish: Wish, amounts: tuple[Fraction, ...], uses: Mapping[StepKey, Fraction]
    ) -> None:
        self.wish = wish
        self.unit = lcm(*(each.denominator for each in (*amounts, *uses.values())))
        self.uses = {key: int(use * self.unit) for key, use in uses.items()}
        self.free = [int(amount * self.unit) for amount in amounts]

    def refused(self, step: PlannedStep, start: int) -> int | None:
        """The last period of a step beginning at ``start`` that has not enough left."""
        use = self.uses[step.key]
        for period in range(start + step.duration - 1, start - 1, -1):
            if self.free[period - 1] < use:
                return period
        return None

    def book(self, step: PlannedStep, start: int) -> None:
        """Take what the step needs."""
        use = self.uses[step.key]
        for period in range(start, start + step.duration):
            self.free[period - 1] -= use

    def left(self, period: int) -> Fraction:
        """What is free in a period."""
        return Fraction(self.free[period - 1], self.unit)


class _Budgets:
    """What is left of the budget of each calendar year."""

    wish = Wish.BUDGET

    def __init__(self, problem: Problem) -> None:
        limits = problem.limits
        self.free = dict(limits.budgets)
        self.years = [limits.year_of(period) for period in range(1, limits.periods + 1)]

    def _uses(self, step: PlannedStep, start: int) -> Iterator[tuple[int, Fraction]]:
        periods = Counter(self.years[start - 1 : start + step.duration - 1])
        for year, count in periods.items():
            if year in self.free:
                yield year, step.cost / step.duration * count

    def refused(self, step: PlannedStep, start: int) -> int | None:
        """The first period of the step if a year has not enough left: one later may do."""
        short = step.cost and any(self.free[year] < use for year, use in self._uses(step, start))
        return start if short else None

    def book(self, step: PlannedStep, start: int) -> None:
        """Take what the step costs."""
        for year, use in self._uses(step, start):
            self.free[year] -= use


class Ledger:
    """Free capacity of every limit; steps are booked, never taken out again."""

    def __init__(self, problem: Problem) -> None:
        limits = problem.limits
        self.periods = limits.periods
        demands = {step.key: step.demand for step in problem.steps}
        self._capacity = _Account(Wish.CAPACITY, limits.capacity, demands)
        self._teams = {
            team: _Account(
                Wish.TEAM,
                amounts,
                {step.key: step.demand for step in problem.steps if step.team == team},
            )
            for team, amounts in limits.teams.items()
        }
        self._shared: list[_Account | _Budgets] = [self._capacity]
        if limits.parallel is not None:
            places = (Fraction(limits.parallel),) * limits.periods
            one_each = dict.fromkeys(demands, Fraction(1))
            self._shared.append(_Account(Wish.PARALLEL, places, one_each))
        if limits.budgets:
            self._shared.append(_Budgets(problem))

    def _accounts(self, step: PlannedStep) -> Iterator[_Account | _Budgets]:
        yield from self._shared
        if step.team in self._teams:
            yield self._teams[step.team]

    def first_start(
        self,
        step: PlannedStep,
        earliest: int,
        end: int | None = None,
        without: Wish | None = None,
    ) -> int | None:
        """The first start from ``earliest`` on that fits and ends by ``end`` (the horizon).

        ``without`` ignores limits of one kind.
        """
        last = (self.periods if end is None else min(end, self.periods)) - step.duration + 1
        accounts = [each for each in self._accounts(step) if each.wish is not without]
        start = earliest
        while start <= last:
            for account in accounts:
                refused = account.refused(step, start)
                if refused is not None:
                    start = refused + 1
                    break
            else:
                return start
        return None

    def fits(self, step: PlannedStep, start: int) -> bool:
        """True if the step may begin in a period, as far as the limits go."""
        return start >= 1 and self.first_start(step, start, start + step.duration - 1) == start

    def book(self, step: PlannedStep, start: int) -> None:
        """Place the step."""
        for account in self._accounts(step):
            account.book(step, start)

    def left_for(self, step: PlannedStep, period: int) -> Fraction:
        """Person-days that the step could use in a period, of its team and of all."""
        left = self._capacity.left(period)
        return min(left, self._teams[step.team].left(period)) if step.team in self._teams else left
