"""A plan: when each step begins, how good that is, and what could not be held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from app.planning.problem import Problem, StepKey


class PlanStatus(StrEnum):
    """Knowledge about a plan; never more than is proven."""

    PROVEN = "proven"
    WITHIN = "within"
    PRIORITY = "priority"
    INFEASIBLE = "infeasible"


class Wish(StrEnum):
    """Kinds of requirements that may contradict each other."""

    PIN = "pin"
    DUE = "due"
    FIRST_PERIOD = "first_period"
    CAPACITY = "capacity"
    TEAM = "team"
    PARALLEL = "parallel"
    BLOCKED = "blocked"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Clash:
    """A requirement that cannot hold together with the others in the set.

    ``step`` belongs to pins and fixed dates; ``number`` is the period of a pin, date or block, the
    count of the first period, the limit on parallel steps or the year of a budget; ``team`` is
    the id of a team.
    """

    wish: Wish
    step: StepKey | None = None
    number: int | None = None
    team: str = ""


class Unscheduled(StrEnum):
    """Reasons why a step has no period."""

    NO_ROOM = "no_room"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    WAITS = "waits"
    TOO_LATE = "too_late"
    PIN = "pin"
    NOT_WORTH = "not_worth"


@dataclass(frozen=True, slots=True)
class Reason:
    """Reason why a step is left for later.

    ``NO_ROOM``: ``free`` is the largest number of person-days left in a period it could use, and
    ``limit`` the kind of limit that binds. ``TOO_LARGE``: its demand exceeds the largest capacity
    ``free``. ``TOO_LONG``: it needs more periods than there are. ``WAITS``: it needs ``step``,
    which is left for later itself. ``TOO_LATE``: it needs ``step``, which ends so late that too
    few periods are left. ``PIN``: its pin does not hold. ``NOT_WORTH``: there is room, but only a
    plan of less value uses it.
    """

    kind: Unscheduled
    free: Fraction = Fraction(0)
    limit: Wish = Wish.CAPACITY
    step: StepKey | None = None


@dataclass(frozen=True, slots=True)
class Priority:
    """Place of a step in the order of method 8.2.

    ``own`` is π = weight · gap · benefit / effort, ``inherited`` the largest own priority among
    the step and all that wait for it, ``cause`` the step it is inherited from (itself where none
    is larger), ``unlocks`` how many steps wait for it, ``rank`` its place from 0.
    """

    own: Fraction
    inherited: Fraction
    cause: StepKey
    unlocks: int
    rank: int


@dataclass(frozen=True)
class Plan:
    """First periods of all steps.

    ``starts`` maps every step of the problem to its first period, ``None`` for *Later*.
    ``priorities`` covers every step, in order of rank. ``value`` is the area under the maturity
    curve: the sum of weight · benefit · (periods − last period + 1) over placed steps.
    ``best_bound`` is what no plan can exceed, as far as it is proven; ``None`` by priority.
    ``clash`` holds what is missed (by priority) or cannot hold together (infeasible); the time did
    not suffice to decide on ``undecided`` of the latter, which may not be needed for that.
    ``by_best`` is True if the best plan was asked for, whatever the status.
    """

    problem: Problem
    starts: Mapping[StepKey, int | None]
    priorities: Mapping[StepKey, Priority]
    status: PlanStatus
    value: Fraction
    best_bound: Fraction | None = None
    clash: tuple[Clash, ...] = ()
    undecided: int = 0
    reasons: Mapping[StepKey, Reason] = field(default_factory=dict)
    by_best: bool = False

    def last_period(self, key: StepKey) -> int | None:
        """The period by whose end the step is done; ``None`` for *Later*."""
        start = self.starts[key]
        return None if start is None else start + self.problem.step(key).duration - 1

    def periods_of(self, key: StepKey) -> range:
        """The periods in which the step runs; empty for *Later*."""
        start = self.starts[key]
        return range(0) if start is None else range(start, start + self.problem.step(key).duration)

    @property
    def used(self) -> tuple[Fraction, ...]:
        """Person-days used in each period."""
        used = [Fraction(0)] * self.problem.limits.periods
        for step in self.problem.steps:
            for period in self.periods_of(step.key):
                used[period - 1] += step.demand
        return tuple(used)

    @property
    def later(self) -> tuple[StepKey, ...]:
        """Steps without a period, by rank."""
        return tuple(key for key in self.priorities if self.starts[key] is None)
