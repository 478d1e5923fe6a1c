"""Plans of one session against the findings of the next one, step by step.

Planned is what the latest version of the plan held that was frozen by the later session, without
one what was entered for steps and agreed as targets. Achieved is a level that is comparable.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from app.comparison.comparison import Comparison
from app.comparison.relations import AreaPair, Relation
from app.planning.versions import is_due, version_at
from app.session.plan_versions import FrozenStep, PlanVersion
from app.session.quarters import Quarter
from app.session.rating import Rating
from app.session.session import Session
from app.session.step_details import StepDetails, StepStatus
from app.words.comparison import are_of_one_unit


class Outcome(StrEnum):
    """Outcome of a step, in the order in which it is told."""

    DONE_MOVED = "done_moved"
    """Done, and the level is reached."""

    DONE_NOT_MOVED = "done_not_moved"
    """Done, but the level is not reached."""

    DONE_NOT_COMPARABLE = "done_not_comparable"
    """Done, but the area asks something else now, or does not apply."""

    MOVED_WITHOUT_STEP = "moved_without_step"
    """The level is reached, though its step had no quarter, no details, or was dropped."""

    MOVED_EARLY = "moved_early"
    """The level is reached in a quarter before the one it was planned for."""

    MOVED_NOT_DONE = "moved_not_done"
    """The level is reached, but the step is not marked as done."""

    NOT_DONE = "not_done"
    """Due or begun, and neither done nor reached."""

    DROPPED = "dropped"
    """Dropped, and the level is not reached."""

    COMING = "coming"
    """Not due by then, and not begun."""


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """A step of the earlier session, or a level reached without one.

    ``quarter`` is the one by whose end a version planned it. ``is_due`` is true if it should have
    been done by the later session, by the version or else by its own date or that of a target.
    """

    level: int
    status: StepStatus
    is_due: bool
    outcome: Outcome
    quarter: Quarter | None = None


@dataclass(frozen=True, slots=True)
class AreaOutcome:
    """An area with its steps, lowest first.

    ``planned`` is the highest level that was due, without a version the agreed target; ``None``
    where there is neither. ``achieved`` is ``None`` where the levels are not comparable.
    """

    area_id: str
    relation: Relation
    before: Fraction
    planned: int | None
    achieved: Fraction | None
    steps: tuple[StepOutcome, ...]


@dataclass(frozen=True)
class PlannedAndAchieved:
    """The plan of ``earlier`` measured by the levels of ``later``."""

    earlier: Session
    later: Session
    version: PlanVersion | None
    areas: tuple[AreaOutcome, ...]

    @cached_property
    def due(self) -> int:
        """Number of steps that should have been done by the later session."""
        return sum(step.is_due for area in self.areas for step in area.steps)

    @cached_property
    def done(self) -> int:
        """Number of those that are marked as done."""
        steps = (step for area in self.areas for step in area.steps)
        return sum(step.is_due and step.status is StepStatus.DONE for step in steps)

    def having(self, outcome: Outcome) -> tuple[tuple[AreaOutcome, tuple[StepOutcome, ...]], ...]:
        """The areas that have steps with an outcome, each with these."""
        found = (
            (area, tuple(step for step in area.steps if step.outcome is outcome))
            for area in self.areas
        )
        return tuple((area, steps) for area, steps in found if steps)


def planned_and_achieved(compared: Comparison) -> PlannedAndAchieved | None:
    """The plan of the session before the latest, as far as the levels of the latest tell.

    ``None`` where the grade forbids differences, the two sessions are of several units, or the
    earlier one has neither a version, nor steps, nor targets with a date. Areas that the later
    session has not decided are left out: what is expected of them would anchor the group.
    """
    earlier, later = compared.sessions[-2:]
    if not compared.allows_differences or not are_of_one_unit((earlier, later)):
        return None
    version = version_at(earlier, later.date)
    if version is None and not any(map(_is_planned, earlier.all_ratings())):
        return None
    plan = _PlanThen(later.date, version)
    areas = (plan.outcome(pair) for pair in compared.pair(earlier, later).areas)
    return PlannedAndAchieved(
        earlier, later, version, tuple(area for area in areas if area is not None)
    )


def _is_planned(rating: Rating) -> bool:
    return bool(rating.steps or rating.target_date or rating.target_path)


class _PlanThen:
    """The plan of a session, and the part of it that was due on a day."""

    def __init__(self, day: date, version: PlanVersion | None) -> None:
        self._day, self._has_version = day, version is not None
        frozen = () if version is None else version.steps
        self._frozen: Mapping[tuple[str, int], FrozenStep] = {step.key: step for step in frozen}

    def outcome(self, pair: AreaPair) -> AreaOutcome | None:
        """Outcome of the steps of an area; ``None`` where there is nothing to tell."""
        then, now = pair.earlier, pair.later
        if then is None or not then.is_scored or then.level is None:
            return None
        achieved = now.level if now is not None and pair.is_common else None
        if achieved is None and now is not None and now.is_applicable and now.level is None:
            return None  # not decided yet
        steps = tuple(self._steps(then, achieved))
        if not steps:
            return None
        due = (step.level for step in steps if step.is_due)
        planned = max(due, default=None) if self._has_version else then.target
        return AreaOutcome(pair.area_id, pair.relation, then.level, planned, achieved, steps)

    def _steps(self, then: Rating, achieved: Fraction | None) -> Iterator[StepOutcome]:
        for level in sorted(self._levels(then, achieved)):
            frozen, entered = self._frozen.get((then.area_id, level)), then.step(level)
            if frozen is None:
                by, quarter = self._by(then, entered), None
                due = by is not None and by <= self._day
                is_early = by is not None and not due
            else:
                quarter = frozen.last_quarter
                due = is_due(frozen, self._day)
                is_early = quarter is None or quarter > Quarter.of(self._day)
            is_known = quarter is not None or entered in then.steps
            outcome = self._outcome(
                entered, achieved, due=due, is_early=is_early, is_known=is_known
            )
            if outcome is not None:
                yield StepOutcome(level, entered.status, due, outcome, quarter)

    def _levels(self, then: Rating, achieved: Fraction | None) -> set[int]:
        """Levels above that of then that were planned, entered or reached."""
        assert then.level is not None
        above = math.floor(then.level) + 1
        found = {level for area_id, level in self._frozen if area_id == then.area_id}
        found |= {step.level for step in then.steps}
        if not self._has_version and then.target is not None:
            found |= set(range(above, then.target + 1))
        if achieved is not None:
            found |= set(range(above, math.floor(achieved) + 1))
        return {level for level in found if level >= above}

    @staticmethod
    def _by(then: Rating, entered: StepDetails) -> date | None:
        """The day by which a level was to be reached: that of its step, else of a target."""
        if entered.due is not None:
            return entered.due
        days = [each.by for each in then.target_path if each.level >= entered.level]
        if then.target is not None and then.target >= entered.level and then.target_date:
            days.append(then.target_date)
        return min(days, default=None)

    @staticmethod
    def _outcome(
        entered: StepDetails,
        achieved: Fraction | None,
        *,
        due: bool,
        is_early: bool,
        is_known: bool,
    ) -> Outcome | None:
        status = entered.status
        if achieved is None:
            return Outcome.DONE_NOT_COMPARABLE if status is StepStatus.DONE else None
        reached = achieved >= entered.level
        if status is StepStatus.DONE:
            return Outcome.DONE_MOVED if reached else Outcome.DONE_NOT_MOVED
        if status is StepStatus.DROPPED:
            return Outcome.MOVED_WITHOUT_STEP if reached else Outcome.DROPPED
        if not reached:
            is_begun = status is not StepStatus.OPEN
            return Outcome.NOT_DONE if due or is_begun else Outcome.COMING
        if not is_known:
            return Outcome.MOVED_WITHOUT_STEP
        return Outcome.MOVED_EARLY if is_early else Outcome.MOVED_NOT_DONE
