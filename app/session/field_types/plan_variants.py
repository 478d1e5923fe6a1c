"""The types of scenarios and of frozen versions of a plan."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

from app.errors import InvalidInput
from app.model.maturity_model import MaturityModel
from app.session.field_types.base import FieldType
from app.session.field_types.numbers import Count, Quantity, Weight, WholeLevel
from app.session.field_types.objects import Absent, ListOf, Record
from app.session.field_types.plans import (
    AMOUNT,
    DAYS,
    LINE,
    LONG,
    PLAN,
    STEP_LEVEL,
    AreaId,
    Filled,
    QuarterField,
)
from app.session.field_types.records import NO_MOMENT, moment
from app.session.plan_settings import MAX_PERIODS
from app.session.plan_versions import MAX_VERSIONS, FrozenStep, PlanVersion
from app.session.scenarios import MAX_SCENARIOS, Pin, Scenario, ScenarioArea
from app.words.texts import N_

MAX_AREAS = 10_000
MAX_STEPS = 100_000
_HIGHEST_MEAN = Fraction(10)
_NO_NAME = N_("Please give the scenario a name.")
_NO_MEAN = N_("An average from 0 to {most} is needed here.")
_NO_NUMBER = N_("A number from {least} to {most} is needed here.")


class Moment(FieldType):
    """Local time with its offset, in whole seconds."""

    json_type = datetime

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(NO_MOMENT)

    def typed(self, value: Any, model: MaturityModel | None = None) -> datetime:
        """The moment without parts of a second."""
        if type(value) is not datetime:
            self.refuse(model)
        return self.read(value.isoformat(), model)

    def read(self, value: Any, model: MaturityModel | None = None) -> datetime:
        """A moment with its offset, ISO 8601."""
        try:
            at = moment(value) if type(value) is str else None
        except (ValueError, OverflowError):
            at = None
        return self.refuse(model) if at is None else at.replace(microsecond=0)

    def to_json(self, value: datetime) -> str:
        """ISO 8601."""
        return value.isoformat(timespec="seconds")

    def from_json(self, value: Any) -> datetime:
        """The inverse of :meth:`to_json`."""
        return datetime.fromisoformat(value).replace(microsecond=0)


_DURATION = Count(_NO_NUMBER, 1, MAX_PERIODS)
_MEAN = Quantity(_NO_MEAN, _HIGHEST_MEAN)

SCENARIOS = ListOf(
    Record(
        Scenario,
        name=(Filled(LINE, _NO_NAME), "Name, different from those of the other scenarios."),
        plan=(PLAN, "Settings, like those of the plan; milestones are ignored."),
        areas=(
            ListOf(
                Record(
                    ScenarioArea,
                    area_id=(AreaId(), "Id of the area."),
                    target=(WholeLevel(), "Target; null for the highest level."),
                    weight=(Weight(), "Weight."),
                    pins=(
                        ListOf(
                            Record(
                                Pin,
                                level=(STEP_LEVEL, "Level that the step leads to."),
                                quarter=(QuarterField(), "Its first quarter, such as `2027-Q1`."),
                            ),
                            MAX_PERIODS,
                            told_by=lambda pin: str(pin.level),
                            ordered_by=lambda pin: pin.level,
                        ),
                        "Fixed first quarters of steps.",
                    ),
                ),
                MAX_AREAS,
                told_by=lambda area: str(area.area_id),
            ),
            "Areas with a target, weight or pins of their own; others have none.",
        ),
    ),
    MAX_SCENARIOS,
    told_by=lambda scenario: str(scenario.name.casefold()),
)
VERSIONS = ListOf(
    Record(
        PlanVersion,
        number=(Count(_NO_NUMBER, 1, MAX_VERSIONS), "Number, counted from 1."),
        at=(Moment(), "When it was frozen, local time with its offset."),
        by=(LINE, "Who froze it; empty when not stated."),
        remark=(LONG, "What it is for; empty when not stated."),
        start=(QuarterField(), "First quarter, such as `2027-Q1`."),
        means=(
            ListOf(_MEAN, MAX_PERIODS + 1),
            "Average before the first quarter and at the end of each.",
        ),
        steps=(
            ListOf(
                Record(
                    FrozenStep,
                    area_id=(AreaId(), "Id of the area."),
                    level=(STEP_LEVEL, "Level that the step leads to."),
                    start=(Absent(QuarterField()), "First quarter; null for later."),
                    duration=(_DURATION, "Quarters it runs."),
                    effort=(DAYS, "Person-days."),
                    cost=(AMOUNT, "Cost."),
                    owner=(LINE, "Who answers for it."),
                ),
                MAX_STEPS,
                told_by=lambda step: f"{step.area_id} {step.level}",
            ),
            "Steps as they were planned.",
        ),
    ),
    MAX_VERSIONS,
    told_by=lambda version: str(version.number),
    ordered_by=lambda version: version.number,
)
