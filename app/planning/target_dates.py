"""Targets that a plan reaches later than agreed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.planning.plan import Plan
from app.planning.session_problem import last_period_before, plan_start
from app.session.rating import Rating
from app.session.session import Session


@dataclass(frozen=True, slots=True)
class LateTarget:
    """A level with a date that the plan does not keep.

    ``period`` is the one by whose end the level is reached, ``None`` for *Later*.
    """

    area_id: str
    level: int
    by: date
    period: int | None


def late_targets(session: Session, plan: Plan) -> tuple[LateTarget, ...]:
    """Targets, and levels on the way to them, that ``plan`` of the session reaches too late.

    Dates of targets do not bind a plan, as those of steps do; so what is missed has to be said.
    """
    return tuple(
        late
        for area in plan.problem.areas
        for level, by in _dated_levels(session.rating(area.id), session.target_of(area.id))
        if level > area.current and (late := _late(session, plan, (area.id, level), by))
    )


def _dated_levels(rating: Rating, target: int) -> Iterator[tuple[int, date]]:
    for step in rating.target_path:
        if step.level < target:
            yield step.level, step.by
    if rating.target_date is not None:
        yield target, rating.target_date


def _late(session: Session, plan: Plan, key: tuple[str, int], by: date) -> LateTarget | None:
    last = plan.last_period(key) if plan.problem.has_step(key) else None
    if last is not None and last <= last_period_before(plan_start(session), by):
        return None
    return LateTarget(*key, by, last)
