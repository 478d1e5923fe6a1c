"""Figures of a session as a plan would have changed them by the end of a period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.errors import InvalidInput
from app.figures.scoring import Profile, profile
from app.planning.plan import Plan
from app.planning.problem import StepKey
from app.planning.projection import levels_after
from app.planning.session_problem import period_of, plan_start
from app.session.quarters import Quarter
from app.session.session import Session
from app.words.texts import N_


@dataclass(frozen=True, slots=True)
class Projected:
    """The figures of a session by the end of a period of its plan, with implied targets.

    ``period`` counts from 1; in period 0, the steps that are done count and no others.
    """

    figures: Profile
    period: int
    quarter: Quarter

    @property
    def is_now(self) -> bool:
        """True if no step is projected."""
        return not self.period


def projected(session: Session, plan: Plan, period: int) -> Projected:
    """The figures if every step is done by the end of its last period.

    Areas that are not planned keep their level, and no plan lowers one.
    """
    levels = levels_after(plan, period)
    values: dict[tuple[str | None, str], Any] = {}
    for area in plan.problem.areas:
        rating = session.rating(area.id)
        if rating.level is not None and rating.is_applicable:
            values[area.id, "level"] = max(levels[area.id], rating.level)
            values[area.id, "target"] = max(session.target_of(area.id), area.target)
    quarter = plan_start(session).plus(period - 1)
    return Projected(profile(session.with_values(values)), period, quarter)


def steps_ending_in(plan: Plan, period: int) -> tuple[StepKey, ...]:
    """The steps that are done by the end of a period, and not before, in model order."""
    keys = (step.key for step in plan.problem.steps)
    return tuple(key for key in keys if plan.last_period(key) == period)


def planned_period(session: Session, quarter: Quarter) -> int:
    """The period of a quarter; raises ``InvalidInput`` outside the plan of the session."""
    start = plan_start(session)
    period = period_of(start, quarter)
    if not 1 <= period <= session.plan.periods:
        raise InvalidInput(
            N_("The plan runs from {first} to {last}. Choose a quarter in between, not {quarter}."),
            first=start,
            last=start.plus(session.plan.periods - 1),
            quarter=quarter,
        )
    return period
