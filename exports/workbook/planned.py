"""The plan as the sheets read it: one row per step, in the order of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.figures.scoring import AreaFigures, profile
from app.planning.efforts import effort_range, step_efforts
from app.planning.feasibility import last_period
from app.planning.plan import Plan, Priority
from app.planning.priorities import by_start
from app.planning.problem import (
    DEFAULT_BENEFIT,
    DEFAULT_DURATION,
    OfStep,
    PlannedStep,
    StepKey,
)
from app.planning.session_problem import PlannedSession
from app.session.session import Session
from app.session.step_details import StepDetails, StepStatus

CLOSED = (StepStatus.DONE, StepStatus.DROPPED)
"""What takes a step off the list."""


@dataclass(frozen=True, slots=True)
class StepRow(OfStep):
    """A step with its place in the plan and what was entered for it; ``number`` from 1.

    ``priority`` is ``None`` for steps that are not planned: done, dropped, or in need of a dropped
    one.
    """

    number: int
    details: StepDetails
    priority: Priority | None
    start: int | None

    @property
    def is_open(self) -> bool:
        """True if it is neither done nor dropped."""
        return self.details.status not in CLOSED

    @property
    def has_range(self) -> bool:
        """True if a lowest or highest effort was entered."""
        effort = self.details.effort
        return effort is not None and (effort.low is not None or effort.high is not None)

    def bound(self, *, lowest: bool) -> Fraction:
        """The lowest or highest effort in person-days; the likely one where there is none."""
        low, high = effort_range(self.details, self.step.effort)
        return low if lowest else high

    @property
    def last(self) -> int | None:
        """The period by whose end it is done; ``None`` for *Later*."""
        return None if self.start is None else last_period(self.step, self.start)

    def runs_in(self, period: int) -> bool:
        """True if it takes place in a period."""
        return self.start is not None and self.start <= period <= (self.last or 0)


def step_rows(session: Session, planned: PlannedSession, plan: Plan) -> Iterator[StepRow]:
    """Every step by its first period, then by rank, each after all that it needs.

    Steps that are not planned stand at the end: those left out, then those that are done.
    """
    order = by_start(plan.problem, plan.starts, plan.priorities)
    for number, key in enumerate(order, 1):
        yield StepRow(
            number=number,
            step=plan.problem.step(key),
            details=session.step(*key),
            priority=plan.priorities[key],
            start=plan.starts[key],
        )
    for number, step in enumerate(
        _not_planned(session, planned, plan), len(plan.problem.steps) + 1
    ):
        yield StepRow(step, number, session.step(*step.key), priority=None, start=None)


def _not_planned(session: Session, planned: PlannedSession, plan: Plan) -> Iterator[PlannedStep]:
    """Steps that are left out or done, with what was entered for them."""
    figures = {area.area_id: area for area in profile(session).areas}
    keys = (*planned.left_out, *planned.done)
    efforts = step_efforts(session, (*(step.key for step in plan.problem.steps), *keys))
    targets = {area.id: area.target for area in plan.problem.areas}
    for key in keys:
        area, details = figures[key[0]], session.step(*key)
        yield PlannedStep(
            key=key,
            from_level=_begin(area, key[1]),
            weight=area.weight,
            gap=max(0, targets[key[0]] - key[1] + 1),
            benefit=details.benefit or DEFAULT_BENEFIT,
            effort=efforts[key].likely,
            duration=details.duration or DEFAULT_DURATION,
            cost=details.cost or Fraction(0),
            team=details.team,
        )


def _begin(area: AreaFigures, level: int) -> Fraction:
    """The level that a step starts from: the current one for the first step of an area."""
    return max(area.level or Fraction(0), Fraction(level - 1))


def periods_reached(steps: Iterable[StepRow]) -> Mapping[StepKey, int | None]:
    """The period by whose end the level of each step is reached, all levels below it included.

    0 for a step that is done, ``None`` for never.
    """
    reached: dict[StepKey, int | None] = {}
    for step in sorted(steps, key=lambda each: each.key):
        below = reached.get((step.area_id, step.to_level - 1), 0)
        last = 0 if step.details.status is StepStatus.DONE else step.last
        reached[step.key] = None if last is None or below is None else max(last, below)
    return reached
