"""The planning problem: steps, what they need, and the limits that a plan has to respect.

A resource-constrained project scheduling problem with optional activities: every step raises one
area by one level; periods are counted from 1. Source: our method, section 8.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from app.session.quarters import Quarter

StepKey = tuple[str, int]
"""Id of an area and the level that its step leads to."""

DEFAULT_BENEFIT = Fraction(1)
DEFAULT_EFFORT = Fraction(1)
DEFAULT_DURATION = 1

MOST_PERIODS = 10_000
"""The longest horizon, and the longest step, of a problem in a file."""


@dataclass(frozen=True, slots=True)
class PlannedArea:
    """An area that is scored and applies, with the target that is planned for.

    ``target`` includes what is implied by prerequisites of other areas; ``agreed_target`` is the
    target without it. ``current`` may be a half level.
    """

    id: str
    weight: Fraction
    current: Fraction
    target: int
    agreed_target: int


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """Raise an area from ``from_level`` to the level of the ``key``.

    ``gap`` is target minus level plus 1; ``effort`` in person-days, greater than 0, spread evenly
    over ``duration`` periods, as is ``cost``. ``team`` is the id of a team with a capacity of its
    own, or empty.
    """

    key: StepKey
    from_level: Fraction
    weight: Fraction
    gap: int
    benefit: Fraction = DEFAULT_BENEFIT
    effort: Fraction = DEFAULT_EFFORT
    duration: int = DEFAULT_DURATION
    cost: Fraction = Fraction(0)
    team: str = ""

    @property
    def worth(self) -> Fraction:
        """Contribution to the area under the maturity curve for each period it is in effect."""
        return self.weight * self.benefit

    @property
    def demand(self) -> Fraction:
        """Person-days in each of its periods."""
        return self.effort / self.duration


@dataclass(frozen=True, slots=True)
class OfStep:
    """Base of what holds a step together with more that is known about it."""

    step: PlannedStep

    @property
    def key(self) -> StepKey:
        """Area and level the step leads to."""
        return self.step.key

    @property
    def area_id(self) -> str:
        """The area that is raised."""
        return self.step.key[0]

    @property
    def from_level(self) -> Fraction:
        """The level the step starts from."""
        return self.step.from_level

    @property
    def to_level(self) -> int:
        """The level the step leads to."""
        return self.step.key[1]


@dataclass(frozen=True, slots=True)
class ImpliedTarget:
    """A target that was not agreed: the level that the step ``needed_by`` requires."""

    area_id: str
    level: int
    needed_by: StepKey


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits and wishes that a plan has to respect besides prerequisites.

    ``capacity`` has one figure in person-days per period, 0 in ``blocked`` periods, which no step
    may span; ``unblocked_capacity`` is the capacity without blocks. ``teams`` are further
    capacities of the same form by id of team; a step of a team uses both. At most ``parallel``
    steps run in a period. ``budgets`` are amounts by calendar year. ``pins`` fix the first period
    of steps (one outside the horizon cannot be held), ``due`` the latest period by whose end they
    are done (one beyond the horizon does not bind), and ``first_period_at_least`` how many steps
    end in period 1: these three are wishes that may turn out not to be possible.
    """

    capacity: tuple[Fraction, ...]
    blocked: frozenset[int] = frozenset()
    teams: Mapping[str, tuple[Fraction, ...]] = field(default_factory=dict)
    parallel: int | None = None
    budgets: Mapping[int, Fraction] = field(default_factory=dict)
    start: Quarter | None = None
    pins: Mapping[StepKey, int] = field(default_factory=dict)
    due: Mapping[StepKey, int] = field(default_factory=dict)
    first_period_at_least: int = 0
    unblocked_capacity: tuple[Fraction, ...] = ()

    @property
    def periods(self) -> int:
        """Number of periods, the horizon."""
        return len(self.capacity)

    def year_of(self, period: int) -> int | None:
        """The calendar year of a period; ``None`` where no start is known."""
        quarter = self.quarter_of(period)
        return None if quarter is None else quarter.year

    def quarter_of(self, period: int) -> Quarter | None:
        """The quarter of a period; ``None`` where no start is known."""
        return None if self.start is None else self.start.plus(period - 1)

    def binding_due(self, key: StepKey) -> int | None:
        """The period of a step's fixed date; ``None`` without one or where it does not bind."""
        due = self.due.get(key)
        return None if due is None or due > self.periods else due


@dataclass(frozen=True)
class Problem:
    """Steps in model order (levels of an area ascending), and limits.

    ``requires`` names for each step the planned steps that have to end before it begins, the one
    before it in its own area included; free of circles. ``areas`` are in model order.
    """

    areas: tuple[PlannedArea, ...]
    steps: tuple[PlannedStep, ...]
    requires: Mapping[StepKey, tuple[StepKey, ...]]
    limits: Limits
    implied: tuple[ImpliedTarget, ...] = ()

    @cached_property
    def _by_key(self) -> Mapping[StepKey, PlannedStep]:
        return {step.key: step for step in self.steps}

    def step(self, key: StepKey) -> PlannedStep:
        """The step of this key; raises ``KeyError``."""
        return self._by_key[key]

    def has_step(self, key: StepKey) -> bool:
        """True if the step is part of the problem."""
        return key in self._by_key

    @cached_property
    def _beyond(self) -> Mapping[str, tuple[int, StepKey]]:
        """Agreed target of each area with an implied one, and the step that needs more."""
        agreed = {area.id: area.agreed_target for area in self.areas}
        return {each.area_id: (agreed[each.area_id], each.needed_by) for each in self.implied}

    def needed_by(self, key: StepKey) -> StepKey | None:
        """The step that needs this one, if this one leads beyond the agreed target."""
        area_id, level = key
        if area_id not in self._beyond:
            return None
        agreed, needed_by = self._beyond[area_id]
        return needed_by if level > agreed else None
