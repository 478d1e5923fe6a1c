"""Settings of a session's plan: horizon, capacities, limits, prerequisites added in the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from app.session.quarters import Quarter

DEFAULT_PERIODS = 8
DEFAULT_CAPACITY = Fraction(40)
MAX_PERIODS = 40


class PlanOrder(StrEnum):
    """The two ways to order a plan."""

    BEST = "best"
    PRIORITY = "priority"


@dataclass(frozen=True, slots=True)
class IntermediateTarget:
    """A level that an area is to reach on the way to its target, by a day."""

    level: int
    by: date


@dataclass(frozen=True, slots=True)
class TeamCapacity:
    """Person-days per quarter of one team, the last figure going on; steps name the team."""

    name: str
    capacity: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Budget:
    """Amount that the steps of a calendar year may cost."""

    year: int
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day with a name on the timeline."""

    day: date
    name: str


@dataclass(frozen=True, slots=True)
class AddedPrerequisite:
    """A prerequisite added in the room: an area reaches a level only after another has."""

    area_id: str
    level: int
    required_area_id: str
    required_level: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Overruled:
    """A prerequisite, of the model or added, that was waived for a reason."""

    area_id: str
    level: int
    required_area_id: str
    required_level: int
    reason: str


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """Everything a session's plan depends on besides targets, weights and steps.

    ``capacity`` holds person-days per quarter, the last figure going on to the end; empty until
    one is agreed: then :data:`DEFAULT_CAPACITY` is assumed. ``start`` is ``None`` for the
    quarter after the session. ``efforts`` are person-days by effort class where they differ from
    the usual ones.
    """

    start: Quarter | None = None
    periods: int = DEFAULT_PERIODS
    capacity: tuple[Fraction, ...] = ()
    teams: tuple[TeamCapacity, ...] = ()
    parallel: int | None = None
    blocked: tuple[Quarter, ...] = ()
    budgets: tuple[Budget, ...] = ()
    first_period_at_least: int = 0
    order: PlanOrder = PlanOrder.BEST
    efforts: tuple[tuple[str, Fraction], ...] = ()
    milestones: tuple[Milestone, ...] = ()
    prerequisites: tuple[AddedPrerequisite, ...] = ()
    overruled: tuple[Overruled, ...] = ()


DEFAULT_PLAN = PlanSettings()
"""The settings of a plan as a session begins with it."""
