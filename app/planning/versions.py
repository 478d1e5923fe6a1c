"""Frozen versions of a plan, and how later status and levels stand against them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from app.figures.scoring import profile
from app.planning.plan import Plan
from app.planning.problem import StepKey
from app.planning.projection import means_from_now
from app.session.plan_versions import FrozenStep, PlanVersion
from app.session.quarters import Quarter
from app.session.session import Session
from app.session.step_details import StepStatus


class Standing(StrEnum):
    """State of a step of a version on a day."""

    DONE = "done"
    REACHED = "reached"
    DROPPED = "dropped"
    OVERDUE = "overdue"
    BLOCKED = "blocked"
    RUNNING = "running"
    COMING = "coming"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class StepStanding:
    """A step of a version: how it stands, and the quarter it is planned for now.

    ``now`` is ``None`` for *Later* and for steps that the plan no longer has.
    """

    step: FrozenStep
    standing: Standing
    now: Quarter | None

    @property
    def key(self) -> StepKey:
        """Area and level of the step."""
        return self.step.key

    @property
    def is_moved(self) -> bool:
        """True if the step is still to be done, but in another quarter or not at all."""
        return self.standing not in _OVER and self.now != self.step.start


@dataclass(frozen=True, slots=True)
class VersionProgress:
    """A version measured on a day.

    ``expected`` is the average that the version planned for the end of the last quarter that is
    over, ``None`` where it has none; ``actual`` is the average of the session that it is measured
    by. ``due`` steps should be done by then, ``done`` of them are (or their level is reached).
    """

    version: PlanVersion
    steps: tuple[StepStanding, ...]
    expected: Fraction | None
    actual: Fraction | None
    due: int
    done: int


def frozen(
    session: Session, plan: Plan, *, at: datetime, by: str = "", remark: str = ""
) -> PlanVersion:
    """The plan of a session as its next version.

    Raises ``ValueError`` for a plan without a first quarter.
    """
    start = plan.problem.limits.start
    if start is None:
        raise ValueError("a plan of a session has a first quarter")
    return PlanVersion(
        number=1 + max((version.number for version in session.plan_versions), default=0),
        at=at,
        by=by,
        remark=remark,
        start=start,
        means=means_from_now(plan),
        steps=tuple(_frozen_steps(session, plan, start)),
    )


def measured(version: PlanVersion, session: Session, plan: Plan, today: date) -> VersionProgress:
    """State of a version on a day, by the status of steps and the levels of ``session``.

    ``session`` may be the one of the version or a later one; ``plan`` is its plan.
    """
    first = plan.problem.limits.start or version.start
    figures = profile(session)
    levels = {area.area_id: area.level for area in figures.areas if area.counts}
    standings = []
    for step in version.steps:
        start = plan.starts.get(step.key)
        now = None if start is None else first.plus(start - 1)
        level = levels.get(step.area_id)
        reached = level is not None and level >= step.level
        standings.append(StepStanding(step, _standing(session, step, reached, today), now))
    due = [each for each in standings if is_due(each.step, today)]
    done = (Standing.DONE, Standing.REACHED)
    return VersionProgress(
        version,
        tuple(standings),
        expected=_expected(version, last_quarter_over(today)),
        actual=figures.overall.mean,
        due=len(due),
        done=sum(each.standing in done for each in due),
    )


def version_at(session: Session, day: date) -> PlanVersion | None:
    """The latest version of a session's plan that was frozen by a day."""
    versions = [version for version in session.plan_versions if version.at.date() <= day]
    return max(versions, key=lambda version: version.number, default=None)


def is_due(step: FrozenStep, today: date) -> bool:
    """True if the last quarter of a step is over on a day."""
    last = step.last_quarter
    return last is not None and last <= last_quarter_over(today)


def last_quarter_over(today: date) -> Quarter:
    """The last quarter that is over on a day."""
    return Quarter.of(today).plus(-1)


def _frozen_steps(session: Session, plan: Plan, first: Quarter) -> Iterator[FrozenStep]:
    for step in plan.problem.steps:
        start = plan.starts[step.key]
        yield FrozenStep(
            *step.key,
            None if start is None else first.plus(start - 1),
            step.duration,
            step.effort,
            step.cost,
            session.step(*step.key).owner,
        )


def _standing(session: Session, step: FrozenStep, reached: bool, today: date) -> Standing:
    if reached:
        return Standing.REACHED
    status = session.step(*step.key).status
    if status in _CLOSED:
        return _CLOSED[status]
    if is_due(step, today):
        return Standing.OVERDUE
    if status is StepStatus.BLOCKED:
        return Standing.BLOCKED
    if status is StepStatus.IN_PROGRESS:
        return Standing.RUNNING
    return _by_date(step, today)


_OVER = (Standing.DONE, Standing.REACHED, Standing.DROPPED)
_CLOSED = {StepStatus.DONE: Standing.DONE, StepStatus.DROPPED: Standing.DROPPED}


def _by_date(step: FrozenStep, today: date) -> Standing:
    if step.start is None:
        return Standing.LATER
    return Standing.RUNNING if step.start <= Quarter.of(today) else Standing.COMING


def _expected(version: PlanVersion, quarter: Quarter) -> Fraction | None:
    """The average planned for the end of a quarter; after the last one that of the last."""
    if not version.means:
        return None
    over = version.start.until(quarter) + 1
    return version.means[min(max(over, 0), len(version.means) - 1)]
