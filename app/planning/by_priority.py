"""Plan by priority: the serial schedule-generation scheme, pinned steps first.

Source: our method, section 8.3. A heuristic: nothing is proven about its plans.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.planning.feasibility import earliest_by_prerequisites, value_of, violations
from app.planning.ledger import Ledger
from app.planning.plan import Plan, PlanStatus, Priority
from app.planning.priorities import by_rank, priorities
from app.planning.problem import Problem, StepKey
from app.planning.reasons import reasons_for_later


def plan_by_priority(problem: Problem) -> Plan:
    """Place every step, by rank, in the first period that prerequisites and limits allow.

    A pin that cannot be held leaves its step for later. ``clash`` names such pins, missed dates
    and a missed count of the first period; prerequisites and limits always hold.
    """
    ranked = priorities(problem.steps, problem.requires)
    starts = _Placing(problem, ranked).starts()
    return Plan(
        problem=problem,
        starts={step.key: starts[step.key] for step in problem.steps},
        priorities=ranked,
        status=PlanStatus.PRIORITY,
        value=value_of(problem, starts),
        clash=violations(problem, starts),
        reasons=reasons_for_later(problem, starts),
    )


class _Placing:
    """Places the steps of one problem."""

    def __init__(self, problem: Problem, ranked: Mapping[StepKey, Priority]) -> None:
        self._problem = problem
        self._rank: Callable[[StepKey], int] = lambda key: ranked[key].rank
        self._order = list(by_rank(problem.requires, self._rank))
        self._ledger = Ledger(problem)
        self._starts: dict[StepKey, int | None] = {}

    def starts(self) -> Mapping[StepKey, int | None]:
        """First period of every step, ``None`` for later."""
        pins = dict(self._problem.limits.pins)
        while broken := self._place_pinned(pins):
            del pins[broken]
        for key in self._order:
            if key not in self._starts:
                self._starts[key] = self._free_start(key)
        return self._starts

    def _free_start(self, key: StepKey, end: int | None = None) -> int | None:
        """Book a step where it fits first after all that it needs, up to ``end``."""
        if key in self._problem.limits.pins:
            return None  # a pin that did not hold
        earliest = earliest_by_prerequisites(self._problem, self._starts, key)
        if earliest is None:
            return None
        step = self._problem.step(key)
        start = self._ledger.first_start(step, earliest, end)
        if start is not None:
            self._ledger.book(step, start)
        return start

    def _place_pinned(self, pins: Mapping[StepKey, int]) -> StepKey | None:
        """Place pinned steps and all that they need; returns a pin that turns out not to hold."""
        self._ledger = Ledger(self._problem)
        self._starts = self._held(pins)
        latest = self._latest_ends()
        needed = {key: self._problem.requires[key] for key in latest if key not in self._starts}
        for key in by_rank(needed, lambda key: (latest[key][0], self._rank(key))):
            end, pinned = latest[key]
            start = self._free_start(key, end)
            if start is None:
                return pinned
            self._starts[key] = start
        return None

    def _held(self, pins: Mapping[StepKey, int]) -> dict[StepKey, int | None]:
        """Book pinned steps as far as limits, prerequisites and other pins allow."""
        held: dict[StepKey, int | None] = {}
        earliest: dict[StepKey, int | None] = {}  # by prerequisites; None: not at all
        for key in self._order:
            earliest[key] = begin = earliest_by_prerequisites(self._problem, earliest, key)
            pin = pins.get(key)
            if pin is not None and begin is not None and begin <= pin:
                step = self._problem.step(key)
                if self._ledger.fits(step, pin):
                    self._ledger.book(step, pin)
                    held[key] = earliest[key] = pin
                    continue
            if key in self._problem.limits.pins:
                earliest[key] = None
        return held

    def _latest_ends(self) -> dict[StepKey, tuple[int, StepKey]]:
        """Latest end of every step that held pins need, and the pin that sets it.

        Of several pins with the same effect it is the one of the lowest priority.
        """
        latest: dict[StepKey, tuple[int, StepKey]] = {}
        for key in reversed(self._order):
            start = self._starts.get(key)
            if start is not None:
                limit = (start - 1, key)
            elif key in latest:
                end, pinned = latest[key]
                limit = (end - self._problem.step(key).duration, pinned)
            else:
                continue
            for needed in self._problem.requires[key]:
                known = latest.get(needed, limit)
                latest[needed] = min(known, limit, key=lambda each: (each[0], -self._rank(each[1])))
        return latest
