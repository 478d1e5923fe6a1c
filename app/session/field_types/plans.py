"""The types of what a plan is made of: intermediate targets, details of steps, settings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.errors import InvalidInput
from app.model.circles import CIRCLE, Edge, Step, circles
from app.model.maturity_model import MaturityModel, Prerequisite
from app.session.field_types.base import FieldType
from app.session.field_types.choices import Choice, Day, Flag, OneOf, OptionalDay
from app.session.field_types.numbers import NO_COUNT, Count, Quantity, scale_of
from app.session.field_types.objects import Absent, ListOf, Pair, Record
from app.session.field_types.records import check_pattern
from app.session.field_types.texts import NO_LINE, NO_TEXT, Line, Text
from app.session.names import ID_PATTERN, MAX_NAME_LENGTH
from app.session.plan_settings import (
    MAX_PERIODS,
    AddedPrerequisite,
    Budget,
    IntermediateTarget,
    Milestone,
    Overruled,
    PlanOrder,
    PlanSettings,
    TeamCapacity,
)
from app.session.quarters import NO_QUARTER, Quarter
from app.session.step_details import (
    MAX_SHORT_TITLE,
    Approval,
    Certainty,
    Effort,
    PlannedAction,
    StepDetails,
    StepStatus,
)
from app.words.texts import N_, Translator

MAX_EFFORT = Fraction(10_000)
MAX_CAPACITY = Fraction(100_000)
MAX_AMOUNT = Fraction(10**12)
MAX_BENEFIT = Fraction(100)
MAX_STEPS_AT_ONCE = 10_000
MAX_TEAMS = 100
MAX_ACTIONS = 100
MAX_MILESTONES = 200
MAX_PREREQUISITES = 5_000
MAX_QUARTERS = 400
_SCALE = 11
"""The most levels a scale can have, and one."""

_NO_ACTION_TEXT = N_("Please describe the action.")
_NO_EFFORT_CLASS = N_("Please name the effort class.")
_NO_TEAM = N_("Please name the team.")
_NO_MILESTONE = N_("Please name the milestone.")
_NO_REASON = N_("Please give a reason why the prerequisite is overruled.")
_NO_LEVEL = N_("A whole level from {lowest} to {highest} is needed here.")
_NO_CAPACITY = N_("Person-days from 0 to {most} are needed here.")
_NO_CAPACITIES = N_("At least one figure is needed here.")
_NO_EFFORT = N_("Person-days greater than 0 and at most {most} are needed here.")
_NO_BENEFIT = N_("A benefit greater than 0 and at most {most} is needed here.")
_NO_AMOUNT = N_("An amount from 0 to {most} is needed here.")
_NO_DURATION = N_("A number of quarters from {least} to {most} is needed here.")
_NO_YEAR = N_("A year from {least} to {most} is needed here.")
_EFFORTS_OUT_OF_ORDER = N_(
    "The low effort must not exceed the likely one, and the likely one not the high one."
)
_DATES_OUT_OF_ORDER = N_(
    "A higher level on the way to the target needs a later date than a lower one."
)
_ON_ITSELF = N_("An area cannot be a prerequisite of itself.")
_TOO_MANY_CAPACITIES = N_(
    "There are more figures ({count}) than quarters ({periods}). Remove some, or plan more"
    " quarters."
)
_NO_ID_OF_AREA = N_("The model has no area “{area}”.")


class Identifier(Text):
    """An id."""

    def __init__(self) -> None:
        super().__init__(NO_TEXT, MAX_NAME_LENGTH)

    def typed(self, value: Any, model: MaturityModel | None = None) -> str:
        """The id unchanged."""
        check_pattern(ID_PATTERN, value)
        return str(value)

    def read(self, value: Any, model: MaturityModel | None = None) -> str:
        """An id."""
        return self.typed(value, model)


class AreaId(Text):
    """The id of an area of the model."""

    def __init__(self) -> None:
        super().__init__(NO_TEXT, MAX_NAME_LENGTH)

    def typed(self, value: Any, model: MaturityModel | None = None) -> str:
        """The id unchanged."""
        area_id: str = super().read(value, model)
        if model is not None and not model.has_area(area_id):
            raise InvalidInput(_NO_ID_OF_AREA, area=area_id)
        return area_id

    def read(self, value: Any, model: MaturityModel | None = None) -> str:
        """The id of an area."""
        return self.typed(value, model)


class Filled(FieldType):
    """A text of the type ``inner`` that is not blank; ``empty`` is the sentence for a blank one."""

    def __init__(self, inner: Text, empty: str) -> None:
        self._inner = inner
        self._empty = empty

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return self._inner.needed(model)

    def typed(self, value: Any, model: MaturityModel | None = None) -> str:
        """The text as it is stored."""
        return self._filled(self._inner.typed(value, model))

    def read(self, value: Any, model: MaturityModel | None = None) -> str:
        """The text in a document."""
        return self._filled(self._inner.read(value, model))

    def _filled(self, text: str) -> str:
        if not text.strip():
            raise InvalidInput(self._empty)
        return text


class LevelNumber(FieldType):
    """A whole level on the model's scale; without the lowest one if a step has to lead there."""

    json_type = int

    def __init__(self, *, of_step: bool = False) -> None:
        self._of_step = of_step

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        lowest, highest = scale_of(model)
        return InvalidInput(_NO_LEVEL, lowest=lowest + self._of_step, highest=highest)

    def typed(self, value: Any, model: MaturityModel | None = None) -> int:
        """The level unchanged."""
        return self.read(value, model)

    def read(self, value: Any, model: MaturityModel | None = None) -> int:
        """A whole number on the scale."""
        lowest, highest = scale_of(model)
        if type(value) is int and lowest + self._of_step <= value <= highest:
            return value
        raise self.needed(model)


class QuarterField(FieldType):
    """A quarter such as ``2027-Q1``."""

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(NO_QUARTER)

    def typed(self, value: Any, model: MaturityModel | None = None) -> Quarter:
        """The quarter unchanged, provided that the calendar has it."""
        if type(value) is not Quarter or not (type(value.year) is type(value.number) is int):
            self.refuse(model)
        fits = 1 <= value.year <= 9999 and 1 <= value.number <= 4
        return value if fits else self.refuse(model)

    def read(self, value: Any, model: MaturityModel | None = None) -> Quarter:
        """A quarter in a document."""
        return Quarter.parse(value) if type(value) is str else self.refuse(model)

    def to_json(self, value: Quarter) -> str:
        """``2027-Q1``."""
        return str(value)

    def from_json(self, value: Any) -> Quarter:
        """The inverse of :meth:`to_json`."""
        return Quarter.parse(value)


# ---- targets and steps ---------------------------------------------------------------------------

LONG = Text(NO_TEXT)
LINE = Line(NO_LINE)
DAYS = Quantity(_NO_EFFORT, MAX_EFFORT, positive=True)
CAPACITY = Quantity(_NO_CAPACITY, MAX_CAPACITY)
AMOUNT = Quantity(_NO_AMOUNT, MAX_AMOUNT)
STEP_LEVEL = LevelNumber(of_step=True)
LEVEL = LevelNumber()
YEAR = Count(_NO_YEAR, 1, 9999)


class TargetPath(ListOf):
    """Levels on the way to a target, each with its date, in ascending order."""

    def __init__(self) -> None:
        step = Record(
            IntermediateTarget,
            level=(STEP_LEVEL, "Level on the way to the target."),
            by=(Day(), "Day by which it is to be reached."),
        )
        super().__init__(
            step, _SCALE, told_by=lambda each: str(each.level), ordered_by=lambda each: each.level
        )

    def typed(self, value: Any, model: MaturityModel | None = None) -> tuple[Any, ...]:
        """The levels in order; their dates have to be in the same order."""
        path: tuple[IntermediateTarget, ...] = super().typed(value, model)
        if [each.by for each in path] != sorted({each.by for each in path}):
            raise InvalidInput(_DATES_OUT_OF_ORDER)
        return path


def _check_effort(effort: Effort, _model: MaturityModel | None) -> None:
    figures = [each for each in (effort.low, effort.likely, effort.high) if each is not None]
    if figures != sorted(figures):
        raise InvalidInput(_EFFORTS_OUT_OF_ORDER)


ACTIONS = ListOf(
    Record(
        PlannedAction,
        id=(
            Identifier(),
            "Id; an action with the same one in several steps is one action, paid by the first.",
        ),
        text=(Filled(LONG, _NO_ACTION_TEXT), "What is to be done."),
        effort=(LINE, "Effort class such as `S`; empty when not stated."),
        role=(LINE, "Role that typically does it; empty when not stated."),
        done=(Flag(), "True if it is done."),
    ),
    MAX_ACTIONS,
    told_by=lambda action: action.id,
)
EFFORT = Record(
    Effort,
    _check_effort,
    likely=(DAYS, "Person-days it is likely to take."),
    low=(Absent(DAYS), "Person-days if all goes well; null when not stated."),
    high=(Absent(DAYS), "Person-days if little goes well; null when not stated."),
)
STEP = Record(
    StepDetails,
    level=(STEP_LEVEL, "Level that the step leads to."),
    title=(Line(NO_LINE, MAX_SHORT_TITLE), "Short title for charts."),
    actions=(Absent(ACTIONS), "Actions; null while those of the model stand."),
    outcome=(LONG, "Outcome of the step."),
    kpi=(LINE, "Key figure that shows the outcome."),
    kpi_baseline=(LINE, "Its value before."),
    kpi_target=(LINE, "Its value to be reached."),
    owner=(LINE, "Who answers for the step."),
    team=(LINE, "Team that does it; its capacity binds if it has one."),
    benefit=(
        Absent(Quantity(_NO_BENEFIT, MAX_BENEFIT, positive=True)),
        "Benefit, usually 1, 2, 3, 5 or 8; null while the default counts.",
    ),
    effort=(Absent(EFFORT), "Person-days as entered; null while they come from the actions."),
    effort_class=(LINE, "Effort class as entered instead of person-days, such as `M`."),
    cost=(Absent(AMOUNT), "Cost; null when not stated."),
    duration=(Absent(Count(_NO_DURATION, 1, MAX_PERIODS)), "Quarters it runs; null for one."),
    risk=(LONG, "Risk."),
    confidence=(Choice(Certainty), "How sure the group is of the figures."),
    status=(OneOf(StepStatus), "How far it is."),
    due=(OptionalDay(), "Fixed date by which it has to be done; null for none."),
    pin=(Absent(QuarterField()), "Fixed first quarter, such as `2027-Q1`; null for none."),
    approval=(OneOf(Approval), "What leadership says to it."),
    approved_by=(LINE, "Who said so."),
    approved_on=(OptionalDay(), "The day it was said; null when not stated."),
)  # fmt: skip


class StepList(ListOf):
    """Details of steps, one per level, without those for which nothing was entered."""

    def __init__(self) -> None:
        super().__init__(
            STEP, _SCALE, told_by=lambda step: str(step.level), ordered_by=lambda step: step.level
        )

    def typed(self, value: Any, model: MaturityModel | None = None) -> tuple[Any, ...]:
        """The steps for which something was entered, in order."""
        steps = super().typed(value, model)
        return tuple(step for step in steps if step != StepDetails(step.level))


# ---- settings ------------------------------------------------------------------------------------


class Capacities(ListOf):
    """Person-days per quarter, the last figure going on to the end."""

    def __init__(self, *, filled: bool = False) -> None:
        super().__init__(CAPACITY, MAX_PERIODS)
        self._filled = filled

    def typed(self, value: Any, model: MaturityModel | None = None) -> tuple[Any, ...]:
        """The figures; at least one where that is needed."""
        figures = super().typed(value, model)
        if self._filled and not figures:
            raise InvalidInput(_NO_CAPACITIES)
        return figures


Needs = Prerequisite | AddedPrerequisite | Overruled


def _check_prerequisite(each: Needs, _model: MaturityModel | None) -> None:
    if each.area_id == each.required_area_id:
        raise InvalidInput(_ON_ITSELF)


def _told(each: Needs) -> str:
    return f"{each.area_id} {each.level} → {each.required_area_id} {each.required_level}"


def _check_settings(plan: PlanSettings, model: MaturityModel | None) -> None:
    for figures in (plan.capacity, *(team.capacity for team in plan.teams)):
        if len(figures) > plan.periods:
            raise InvalidInput(_TOO_MANY_CAPACITIES, count=len(figures), periods=plan.periods)
    if plan.prerequisites and model is not None:
        _refuse_circles(plan, model)


def _refuse_circles(plan: PlanSettings, model: MaturityModel) -> None:
    """Raise ``InvalidInput`` where added prerequisites and those of the model form a circle."""
    waived = {_told(each) for each in plan.overruled}
    listed: Iterable[Needs] = (*model.prerequisites, *plan.prerequisites)
    edges = [
        Edge((each.area_id, each.level), (each.required_area_id, each.required_level), (number,))
        for number, each in enumerate(listed)
        if _told(each) not in waived
    ]
    scale = frozenset(level.number for level in model.levels)
    for circle in circles(edges, scale):
        raise InvalidInput(CIRCLE, steps=_Path(circle.steps, model))


@dataclass(frozen=True, slots=True)
class _Path:
    """Steps by the labels of their areas, in the reader's language."""

    steps: tuple[Step, ...]
    model: MaturityModel

    def say(self, translator: Translator) -> str:
        """The path in the translator's language."""
        return self._in(translator.language)

    def __str__(self) -> str:
        return self._in(self.model.languages[0])

    def _in(self, language: str) -> str:
        labels = {area_id: self.model.area(area_id).label for area_id, _ in self.steps}
        return " → ".join(f"{labels[area].line_in(language)} {level}" for area, level in self.steps)


_OF_PREREQUISITE = {
    "area_id": (AreaId(), "Id of the area."),
    "level": (STEP_LEVEL, "Level that needs something."),
    "required_area_id": (AreaId(), "Id of the area it needs."),
    "required_level": (STEP_LEVEL, "Level that this area must have reached."),
}
PLAN = Record(
    PlanSettings,
    _check_settings,
    start=(
        Absent(QuarterField()),
        "First quarter, such as `2027-Q1`; null for the one after the session.",
    ),
    periods=(Count(_NO_DURATION, 1, MAX_PERIODS), "Number of quarters."),
    capacity=(
        Capacities(),
        "Person-days per quarter, the last figure going on; empty while none was agreed.",
    ),
    teams=(
        ListOf(
            Record(
                TeamCapacity,
                name=(Filled(LINE, _NO_TEAM), "Name of the team, as steps give it."),
                capacity=(
                    Capacities(filled=True),
                    "Its person-days per quarter, the last figure going on.",
                ),
            ),
            MAX_TEAMS,
            told_by=lambda team: team.name.casefold(),
        ),
        "Capacities of teams, which bind beside the whole.",
    ),
    parallel=(
        Absent(Count(NO_COUNT, 1, MAX_STEPS_AT_ONCE)),
        "Most steps that run in one quarter; null for any number.",
    ),
    blocked=(
        ListOf(QuarterField(), MAX_QUARTERS, told_by=str, ordered_by=lambda quarter: quarter),
        "Quarters in which nothing runs.",
    ),
    budgets=(
        ListOf(
            Record(
                Budget,
                year=(YEAR, "Calendar year."),
                amount=(AMOUNT, "What its steps may cost."),
            ),
            MAX_PERIODS,
            told_by=lambda budget: str(budget.year),
            ordered_by=lambda budget: budget.year,
        ),
        "Budgets of calendar years; a year without one is free.",
    ),
    first_period_at_least=(
        Count(NO_COUNT, 0, MAX_STEPS_AT_ONCE),
        "Number of steps that have to be done in the first quarter.",
    ),
    order=(OneOf(PlanOrder), "How the plan is made."),
    efforts=(
        ListOf(
            Pair(
                effort=(Filled(LINE, _NO_EFFORT_CLASS), "Effort class such as `S`."),
                days=(DAYS, "Its person-days."),
            ),
            MAX_TEAMS,
            told_by=lambda pair: str(pair[0]).upper(),
        ),
        "Person-days of effort classes where they differ from the usual ones.",
    ),
    milestones=(
        ListOf(
            Record(
                Milestone,
                day=(Day(), "Day."),
                name=(Filled(LINE, _NO_MILESTONE), "Name."),
            ),
            MAX_MILESTONES,
            told_by=lambda milestone: f"{milestone.day} {milestone.name}",
            ordered_by=lambda milestone: (milestone.day, milestone.name),
        ),
        "Named days on the timeline.",
    ),
    prerequisites=(
        ListOf(
            Record(
                AddedPrerequisite,
                _check_prerequisite,
                **_OF_PREREQUISITE,
                reason=(LONG, "Why; empty when not stated."),
            ),
            MAX_PREREQUISITES,
            told_by=_told,
        ),
        "Prerequisites added in the room.",
    ),
    overruled=(
        ListOf(
            Record(
                Overruled,
                _check_prerequisite,
                **_OF_PREREQUISITE,
                reason=(Filled(LONG, _NO_REASON), "Why it is overruled."),
            ),
            MAX_PREREQUISITES,
            told_by=_told,
        ),
        "Prerequisites that were overruled.",
    ),
)
