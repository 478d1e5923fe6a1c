"""The planning problem of a session, and what it leaves out.

Source of the rules: our method, section 8.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import floor

from app.figures.scoring import AreaFigures, profile
from app.model.maturity_model import Prerequisite
from app.planning.deriving import (
    Need,
    StepCircle,
    periodic,
    problem_of,
    with_blocks,
)
from app.planning.efforts import step_efforts
from app.planning.problem import (
    DEFAULT_BENEFIT,
    DEFAULT_DURATION,
    Limits,
    PlannedArea,
    PlannedStep,
    Problem,
    StepKey,
)
from app.session.plan_settings import (
    DEFAULT_CAPACITY,
    AddedPrerequisite,
    Overruled,
    PlanSettings,
)
from app.session.quarters import Quarter
from app.session.session import Session
from app.session.step_details import StepDetails, StepStatus


@dataclass(frozen=True)
class PlannedSession:
    """The planning problem of a session.

    ``done`` are steps that count as reached, although no workshop has confirmed it. ``left_out``
    are steps below a target that are not planned: those that were dropped, and those that need one
    of them.
    """

    problem: Problem
    done: tuple[StepKey, ...]
    left_out: tuple[StepKey, ...]


def session_problem(session: Session) -> Problem:
    """The planning problem of a session; raises ``StepCircle``."""
    return planned_session(session).problem


def planned_session(session: Session) -> PlannedSession:
    """The planning problem of a session with what is done and left out; raises ``StepCircle``.

    Planned are scored areas that apply. Pins and fixed dates become periods, which may lie outside
    the horizon.
    """
    areas = [each for each in profile(session).areas if each.counts]
    done = {each.area_id: session.rating(each.area_id).levels_done for each in areas}
    reached = {each.area_id: _reached(each, done[each.area_id]) for each in areas}
    problem = _with_details(session, _without_dropped(session, areas, reached))
    planned_to = {area.id: area.target for area in problem.areas}
    return PlannedSession(
        problem,
        done=tuple((area_id, level) for area_id, levels in done.items() for level in levels),
        left_out=tuple(
            (each.area_id, level)
            for each in areas
            for level in range(
                max(planned_to[each.area_id], floor(reached[each.area_id])) + 1, each.target + 1
            )
        ),
    )


def plan_start(session: Session) -> Quarter:
    """The first quarter of the plan: as agreed, else the one after the session."""
    return session.plan.start or usual_start(session)


def usual_start(session: Session) -> Quarter:
    """The first quarter of a plan without an agreed one: the quarter after the session."""
    return Quarter.of(session.date).plus(1)


def period_of(start: Quarter, quarter: Quarter) -> int:
    """The period of a quarter, 1 for ``start``; less for earlier ones."""
    return start.until(quarter) + 1


def last_period_before(start: Quarter, day: date) -> int:
    """The last period that ends on or before a day; less than 1 if none does."""
    quarter = Quarter.of(day)
    return period_of(start, quarter) - (day != quarter.last_day)


# ---- steps -------------------------------------------------------------------------------------


def _reached(area: AreaFigures, done: Sequence[int]) -> Fraction:
    """The level of an area with the steps that are done."""
    return Fraction(done[-1]) if done else area.level or Fraction(0)


def _without_dropped(
    session: Session, areas: Sequence[AreaFigures], reached: Mapping[str, Fraction]
) -> Problem:
    """The problem without dropped steps and all that needs one of them, as it was derived.

    Repeated because a step that goes may have implied the target of another area.
    """
    most = {
        each.area_id: level - 1
        for each in areas
        if (level := _first_dropped(session, each, reached[each.area_id])) is not None
    }
    needs, limits = needs_of(session), _limits(session)
    while True:
        planned = [
            PlannedArea(
                each.area_id,
                each.weight,
                reached[each.area_id],
                min(each.target, most.get(each.area_id, each.target)),
                min(each.target, most.get(each.area_id, each.target)),
            )
            for each in areas
        ]
        gone = [need for need in needs if _is_above(need.requires, most)]
        kept = [need for need in needs if not _is_above(need.requires, most)]
        try:
            problem = problem_of(planned, kept, {}, limits)
        except StepCircle as circle:
            raise StepCircle(circle.path, lambda key: _named(session, key)) from None
        stopped = [need.step for need in gone if problem.has_step(need.step)]
        if not stopped:
            return problem
        for area_id, level in stopped:
            most[area_id] = min(level - 1, most.get(area_id, level - 1))


def _is_above(step: StepKey, most: Mapping[str, int]) -> bool:
    area_id, level = step
    return level > most.get(area_id, level)


def _first_dropped(session: Session, area: AreaFigures, reached: Fraction) -> int | None:
    steps = session.rating(area.area_id).steps
    dropped = (each.level for each in steps if each.status is StepStatus.DROPPED)
    return next((level for level in dropped if level > reached), None)


def _with_details(session: Session, problem: Problem) -> Problem:
    """The problem with what was entered for its steps, of which the first pays for an action."""
    efforts = step_efforts(session, [step.key for step in problem.steps])
    return replace(
        problem,
        steps=tuple(
            _detailed(
                step,
                session.step(*step.key),
                efforts[step.key].likely,
                session.plan,
            )
            for step in problem.steps
        ),
    )


def _named(session: Session, key: StepKey) -> str:
    """Label of the area and the level."""
    return f"{session.label_of(key[0])} {key[1]}"


def _detailed(
    step: PlannedStep, details: StepDetails, effort: Fraction, plan: PlanSettings
) -> PlannedStep:
    return replace(
        step,
        benefit=details.benefit or DEFAULT_BENEFIT,
        effort=effort,
        duration=details.duration or DEFAULT_DURATION,
        cost=details.cost or Fraction(0),
        team=_team(details.team, plan),
    )


def _team(name: str, plan: PlanSettings) -> str:
    """The name as capacities give it; upper and lower case do not matter."""
    typed = name.strip().casefold()
    return next((each.name for each in plan.teams if each.name.strip().casefold() == typed), name)


# ---- prerequisites and limits ------------------------------------------------------------------

_Listed = Prerequisite | AddedPrerequisite | Overruled


def needs_of(session: Session) -> list[Need]:
    """Prerequisites of the model and those added in the room, without overruled ones."""
    waived = {need_of(each) for each in session.plan.overruled}
    listed: Iterable[_Listed] = (*session.model.prerequisites, *session.plan.prerequisites)
    return [need for each in listed if (need := need_of(each)) not in waived]


def need_of(each: _Listed) -> Need:
    """Step and requirement of a prerequisite."""
    return Need((each.area_id, each.level), (each.required_area_id, each.required_level))


def _limits(session: Session) -> Limits:
    plan, start = session.plan, plan_start(session)
    unblocked = periodic(plan.capacity or (DEFAULT_CAPACITY,), plan.periods)
    periods = (period_of(start, quarter) for quarter in plan.blocked)
    blocked = frozenset(period for period in periods if 1 <= period <= plan.periods)
    return Limits(
        capacity=with_blocks(unblocked, blocked),
        blocked=blocked,
        teams={each.name: periodic(each.capacity, plan.periods) for each in plan.teams},
        parallel=plan.parallel,
        budgets={each.year: each.amount for each in plan.budgets},
        start=start,
        pins={
            (rating.area_id, step.level): period_of(start, step.pin)
            for rating in session.all_ratings()
            for step in rating.steps
            if step.pin is not None
        },
        due={
            (rating.area_id, step.level): last_period_before(start, step.due)
            for rating in session.all_ratings()
            for step in rating.steps
            if step.due is not None
        },
        first_period_at_least=plan.first_period_at_least,
        unblocked_capacity=unblocked,
    )
