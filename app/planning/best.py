"""The best plan: the largest area under the maturity curve, and how far that is proven.

Among plans of that value it is the one with the least Σ (n − rank) · start, where n is the number
of steps and *Later* begins one period after the horizon.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from app.planning.by_priority import plan_by_priority
from app.planning.clashes import clashing_wishes
from app.planning.feasibility import Starts, holds, value_of
from app.planning.plan import Plan, PlanStatus
from app.planning.problem import Problem
from app.planning.reasons import reasons_for_later
from app.planning.shifting import shifted_left
from app.planning.solver import SEED, Answer, Cancelled, Deadline, Ending, Row, load
from app.planning.time_indexed import TimeIndexed, is_searchable, scaled

DEFAULT_TIME_LIMIT = 2.0
"""Seconds for the whole search."""

MAX_COMBINED = 10**9
"""Largest objective that decides on value and starts at once.

Larger than the usual limit, because the last unit decides on starts only, never on a value.
"""

_SHARE_OF_BOTH = 0.6

_MARGIN = 0.05
"""Added to the solver's bound, in units of the objective, against its rounding.

Below one minus the absolute gap at which the solver stops, so that a proof still is one.
"""

_MARGIN_OF_BOTH = 10
"""Distance between the smallest difference in value and the largest one in starts."""


def best_plan(
    problem: Problem,
    *,
    time_limit: float = DEFAULT_TIME_LIMIT,
    cancelled: Cancelled | None = None,
    seed: int = SEED,
) -> Plan:
    """The best plan that is found within ``time_limit`` seconds, rechecked in exact fractions.

    Never worse than the plan by priority where that keeps all wishes. Without a working solver
    it is that plan, as it is if the wishes contradict each other: then ``clash`` names an
    irreducible set of them, found within as many seconds again.
    """
    fallback = replace(plan_by_priority(problem), by_best=True)
    if not is_searchable(problem):
        return fallback
    load()
    search = _Search(fallback, Deadline(time_limit, cancelled), seed)
    found = _Found(is_impossible=True) if search.model.is_impossible else search.found()
    if found is None:
        return fallback
    if not found.is_impossible:
        return _checked(fallback, found)
    if not fallback.clash:  # the solver erred
        return fallback
    return _impossible(fallback, Deadline(time_limit, cancelled))


@dataclass(frozen=True)
class _Found:
    """Plans that were found, best first, and the value that no plan exceeds if one is known.

    ``is_settled`` if the search ended by itself.
    """

    plans: tuple[Starts, ...] = ()
    bound: Fraction | None = None
    is_settled: bool = False
    is_impossible: bool = False

    def joined(self, other: _Found) -> _Found:
        """Findings of two searches together."""
        bounds = [each for each in (self.bound, other.bound) if each is not None]
        return replace(self, plans=self.plans + other.plans, bound=min(bounds, default=None))


def _impossible(fallback: Plan, deadline: Deadline) -> Plan:
    clash = clashing_wishes(fallback.problem, deadline)
    return replace(
        fallback, status=PlanStatus.INFEASIBLE, clash=clash.wishes, undecided=clash.undecided
    )


def _checked(fallback: Plan, found: _Found) -> Plan:
    """The best plan that was found and keeps everything, with what is proven about it."""
    problem = fallback.problem
    candidates = [starts for starts in found.plans if holds(problem, starts)]
    if not fallback.clash:
        candidates.append(fallback.starts)
    if found.bound is None or not candidates:
        return fallback
    best = max(candidates, key=lambda each: value_of(problem, each))
    starts = shifted_left(problem, best, fallback.priorities)  # the search may have been stopped
    value = value_of(problem, starts)
    if value > found.bound:  # the solver erred
        return fallback
    return replace(
        fallback,
        starts={step.key: starts[step.key] for step in problem.steps},
        status=PlanStatus.PROVEN if value == found.bound else PlanStatus.WITHIN,
        value=value,
        best_bound=found.bound,
        clash=(),
        reasons=reasons_for_later(problem, starts),
    )


class _Search:
    """Searches for the best plan of one problem."""

    def __init__(self, fallback: Plan, deadline: Deadline, seed: int) -> None:
        self._deadline = deadline
        self._seed = seed
        self.model = TimeIndexed(fallback.problem)
        self._start = frozenset() if fallback.clash else self.model.chosen(fallback.starts)
        values = self.model.values
        self._most = Fraction(self.model.most(values))
        self._worths = scaled(values, self._most, up=True)
        ranked = fallback.priorities
        self._earliness = self.model.earliness(
            {key: len(ranked) - priority.rank for key, priority in ranked.items()}
        )

    def found(self) -> _Found | None:
        """Findings of the search; ``None`` without a working solver.

        Value and starts in one objective take less time than one after the other, where numbers
        are small enough. If the time does not suffice for that, the rest is spent on the value
        alone: a search that ends gives the same plan each time.
        """
        factor = self.model.most(self._earliness) + _MARGIN_OF_BOTH
        together = factor * self.model.most(self._worths.coefficients) <= MAX_COMBINED
        first = self._both(factor) if together else _Found()
        if first is None or first.is_settled:
            return first
        second = self._value()
        if second is None:
            return first if together else None
        if second.is_settled and not together:
            return self._with_early_starts(second)
        return second.joined(first)

    def _both(self, factor: int) -> _Found | None:
        """Search with one unit of value counting more than all starts together."""
        worths = self._worths.coefficients
        both = {i: factor * worth + self._earliness[i] for i, worth in worths.items()}
        return self._found(both, self._deadline.part(_SHARE_OF_BOTH), factor)

    def _value(self) -> _Found | None:
        return self._found(self._worths.coefficients, self._deadline)

    def _with_early_starts(self, found: _Found) -> _Found:
        """Search among the plans of the best value; without result it stays as it is."""
        if not found.plans or not self._worths.is_exact:
            return found
        worths = self._worths.coefficients
        chosen = self.model.chosen(found.plans[0])
        as_good = Row(worths, lower=sum(worths[i] for i in chosen))
        answer = self.model.search(
            self._earliness, self._deadline, start=chosen, also=[as_good], seed=self._seed
        )
        if answer is None or answer.ending is not Ending.FINISHED or answer.chosen is None:
            return found
        return replace(found, plans=(self.model.starts(answer.chosen), *found.plans))

    def _found(
        self, objective: Mapping[int, int], deadline: Deadline, factor: int = 1
    ) -> _Found | None:
        answer = self.model.search(objective, deadline, start=self._start, seed=self._seed)
        if answer is None:
            return None
        return _Found(
            plans=() if answer.chosen is None else (self.model.starts(answer.chosen),),
            bound=self._value_bound(answer, factor),
            is_settled=answer.ending is not Ending.STOPPED,
            is_impossible=answer.ending is Ending.INFEASIBLE,
        )

    def _value_bound(self, answer: Answer, factor: int) -> Fraction | None:
        """A value that no plan exceeds, from the solver's bound, rounded outwards."""
        if answer.bound is None:
            return None if answer.chosen is None else self._most
        margin = _MARGIN if factor == 1 else _MARGIN_OF_BOTH / 2
        units = (Fraction(answer.bound) + Fraction(margin)) / factor
        if self._worths.is_exact:
            units = Fraction(floor(units))  # values are whole multiples of the unit
        return min(units * self._worths.unit, self._most)
