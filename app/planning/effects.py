"""Effects of targets: steps, person-days, averages, and the earliest quarter in which all is done.

Computed for the targets as they are, with the implied ones agreed, and with other defaults.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from app.figures.scoring import profile
from app.planning.efforts import effort_range
from app.planning.problem import Problem
from app.planning.projection import lower_bound
from app.planning.session_problem import session_problem
from app.planning.target_state import not_discussed
from app.session.quarters import Quarter
from app.session.session import Session


@dataclass(frozen=True, slots=True)
class Effect:
    """Steps and person-days to targets, the average now and then, and the earliest end.

    ``low`` and ``high`` differ from ``days`` only where steps have such figures. The averages are
    ``None`` while nothing is scored, ``end`` where the capacity never suffices or there is nothing
    to do.
    """

    steps: int
    days: Fraction
    low: Fraction
    high: Fraction
    mean_now: Fraction | None
    mean_then: Fraction | None
    end: Quarter | None

    @property
    def is_range(self) -> bool:
        """True if there is a low or a high figure besides the likely one."""
        return self.low != self.days or self.high != self.days


def effect_of(session: Session, problem: Problem, *, with_implied: bool) -> Effect:
    """The effect of the targets of a session, with or without what they imply."""
    if with_implied:
        session = with_targets(session, implied_levels(problem))
    else:
        problem = without_implied(problem)
    overall = profile(session).overall
    efforts = [effort_range(session.step(*step.key), step.effort) for step in problem.steps]
    return Effect(
        len(problem.steps),
        sum((step.effort for step in problem.steps), Fraction(0)),
        sum((low for low, _ in efforts), Fraction(0)),
        sum((high for _, high in efforts), Fraction(0)),
        overall.mean,
        overall.target_mean,
        _earliest_end(problem),
    )


def effect_with_defaults(session: Session, level: int) -> Effect:
    """The effect with this level for all targets that were not discussed.

    Raises ``InvalidInput`` for prerequisites that form a circle.
    """
    changed = with_targets(session, defaults_at(session, level))
    return effect_of(changed, session_problem(changed), with_implied=True)


def defaults_at(session: Session, level: int) -> dict[str, int]:
    """Targets for areas whose target was not discussed: this level, or the reached one above it."""
    return {
        area_id: max(level, floor(session.rating(area_id).level or 0))
        for area_id in not_discussed(session)
    }


def implied_levels(problem: Problem) -> dict[str, int]:
    """By area the level that other steps require above its target."""
    return {implied.area_id: implied.level for implied in problem.implied}


def steps_to_the_top(session: Session) -> int:
    """Number of steps if every scored area that applies were to reach the highest level."""
    highest = session.model.highest_level
    return sum(
        highest - floor(rating.level)
        for rating in session.all_ratings()
        if rating.is_applicable and rating.level is not None
    )


def with_targets(session: Session, targets: Mapping[str, int]) -> Session:
    """The session with these targets, by area."""
    return session.with_values({(area_id, "target"): level for area_id, level in targets.items()})


def without_implied(problem: Problem) -> Problem:
    """The steps to agreed targets alone."""
    agreed = {area.id: area.agreed_target for area in problem.areas}
    kept = tuple(step for step in problem.steps if step.key[1] <= agreed[step.key[0]])
    keys = {step.key for step in kept}
    requires = {
        key: tuple(needed for needed in problem.requires.get(key, ()) if needed in keys)
        for key in keys
    }
    return replace(problem, steps=kept, requires=requires, implied=())


def _earliest_end(problem: Problem) -> Quarter | None:
    period = lower_bound(problem)
    return problem.limits.quarter_of(period) if period else None
