"""Free capacity of every limit while steps are placed one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from math import lcm

from app.planning.plan import Wish
from app.planning.problem import PlannedStep, Problem, StepKey


class _Account:
    """Rest of one limit per period, in whole multiples of a common unit.

    Kept as a tree of maxima, so that the next period with enough left is found in logarithmic
    time: long plans would take quadratic time otherwise.
    """

    def __init__(
        self, wish: Wish, amounts: tuple[Fraction, ...], uses: Mapping[StepKey, Fraction]
    ) -> None:
        self.wish = wish
        self._unit = lcm(*(each.denominator for each in (*amounts, *uses.values())))
        self._uses = {key: int(use * self._unit) for key, use in uses.items()}
        self._leaves = 1 << (len(amounts) - 1).bit_length()
        self._tree = [-1] * (2 * self._leaves)  # node i is above 2i and 2i + 1
        for index, amount in enumerate(amounts, self._leaves):
            self._tree[index] = int(amount * self._unit)
        for node in range(self._leaves - 1, 0, -1):
            self._tree[node] = max(self._tree[2 * node : 2 * node + 2])

    def next_start(self, step: PlannedStep, start: int, last: int) -> int | None:
        """The first start from ``start`` to ``last`` with enough left in all its periods."""
        use = self._uses[step.key]
        while start <= last:
            found = self._first_with(use, start)
            if found is None or found > last:
                return None
            end = found + step.duration
            gap = next((each for each in range(found + 1, end) if self._amount(each) < use), None)
            if gap is None:
                return found
            start = gap + 1
        return None

    def book(self, step: PlannedStep, start: int, times: int) -> None:
        """Take what the step needs, or give it back for -1."""
        tree = self._tree
        for period in range(start, start + step.duration):
            node = self._leaves + period - 1
            tree[node] -= self._uses[step.key] * times
            while node > 1:
                node >>= 1
                tree[node] = max(tree[2 * node], tree[2 * node + 1])

    def left(self, period: int) -> Fraction:
        """The amount that is free in a period."""
        return Fraction(self._amount(period), self._unit)

    def _amount(self, period: int) -> int:
        return self._tree[self._leaves + period - 1]

    def _first_with(self, use: int, start: int) -> int | None:
        """The first period from ``start`` on with so much left."""
        tree = self._tree
        node = self._leaves + start - 1
        while tree[node] < use:
            while node & 1:  # a right child: what follows lies to the right of an ancestor
                node >>= 1
            if not node:
                return None
            node += 1
        while node < self._leaves:
            node *= 2
            if tree[node] < use:
                node += 1
        return node - self._leaves + 1


class _Budgets:
    """Rest of the budget of each calendar year."""

    wish = Wish.BUDGET

    def __init__(self, problem: Problem) -> None:
        limits = problem.limits
        self._free = dict(limits.budgets)
        self._years = [limits.year_of(period) for period in range(1, limits.periods + 1)]

    def next_start(self, step: PlannedStep, start: int, last: int) -> int | None:
        """The first start from ``start`` to ``last`` with enough left in all its years."""
        for each in range(start, last + 1):
            if all(self._free[year] >= use for year, use in self._uses(step, each)):
                return each
        return None

    def book(self, step: PlannedStep, start: int, times: int) -> None:
        """Take what the step costs, or give it back for -1."""
        for year, use in self._uses(step, start):
            self._free[year] -= use * times

    def _uses(self, step: PlannedStep, start: int) -> Iterator[tuple[int, Fraction]]:
        """Cost per year that has a budget; spread evenly over the step's periods."""
        if not step.cost:
            return
        periods = Counter(self._years[start - 1 : start + step.duration - 1])
        for year, count in periods.items():
            if year in self._free:
                yield year, step.cost / step.duration * count


class Ledger:
    """Free capacity of every limit; steps are booked and released."""

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
            begin = start
            for account in accounts:
                following = account.next_start(step, start, last)
                if following is None:
                    return None
                start = following
            if start == begin:
                return start
        return None

    def fits(self, step: PlannedStep, start: int) -> bool:
        """True if the step may begin in a period, as far as the limits go."""
        return start >= 1 and self.first_start(step, start, start + step.duration - 1) == start

    def book(self, step: PlannedStep, start: int) -> None:
        """Place the step."""
        for account in self._accounts(step):
            account.book(step, start, 1)

    def release(self, step: PlannedStep, start: int) -> None:
        """Take the step out again."""
        for account in self._accounts(step):
            account.book(step, start, -1)

    def _accounts(self, step: PlannedStep) -> Iterator[_Account | _Budgets]:
        yield from self._shared
        if step.team in self._teams:
            yield self._teams[step.team]

    def left_for(self, team: str) -> tuple[Fraction, ...]:
        """Person-days per period that a step of the team could use; empty for no team."""
        accounts = [self._capacity, *([self._teams[team]] if team in self._teams else [])]
        return tuple(
            min(account.left(period) for account in accounts)
            for period in range(1, self.periods + 1)
        )


def booked(problem: Problem, starts: Mapping[StepKey, int | None]) -> Ledger:
    """The ledger with all steps of a plan."""
    ledger = Ledger(problem)
    for step in problem.steps:
        start = starts[step.key]
        if start is not None:
            ledger.book(step, start)
    return ledger


class BindingLimits:
    """The limits that keep further steps out of a plan."""

    def __init__(self, problem: Problem, starts: Mapping[StepKey, int | None]) -> None:
        self.ledger = booked(problem, starts)
        limits = problem.limits
        self._without_blocks = (
            booked(replace(problem, limits=replace(limits, capacity=unblocked)), starts)
            if limits.blocked and (unblocked := limits.unblocked_capacity)
            else None
        )

    def limit(self, step: PlannedStep, earliest: int, end: int | None = None) -> Wish | None:
        """The kind of limit without which a step would fit from ``earliest`` up to ``end``.

        ``None`` if it fits, capacity where several kinds bind.
        """
        if self.ledger.first_start(step, earliest, end) is not None:
            return None
        unblocked = self._without_blocks
        if unblocked and unblocked.first_start(step, earliest, end) is not None:
            return Wish.BLOCKED
        for wish in (Wish.CAPACITY, Wish.TEAM, Wish.PARALLEL, Wish.BUDGET):
            if self.ledger.first_start(step, earliest, end, without=wish) is not None:
                return wish
        return Wish.CAPACITY
