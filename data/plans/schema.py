"""Pydantic models of a planning problem in a JSON file.

The JSON Schema of the file is generated from these classes. ``null`` counts as left out.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)

from app.errors import InvalidInput
from app.model.scale import HIGHEST_LEVEL, LOWEST_LEVELS
from app.planning.problem import (
    DEFAULT_BENEFIT,
    DEFAULT_DURATION,
    DEFAULT_EFFORT,
    MOST_PERIODS,
)
from app.session.field_types.numbers import DEFAULT_WEIGHT, NO_COUNT
from app.session.field_types.objects import NO_OBJECT
from app.session.field_types.records import NO_LIST
from app.session.field_types.texts import NO_LINE
from app.session.names import MAX_NAME_LENGTH
from app.session.quarters import NO_QUARTER, Quarter
from app.words.characters import is_single_line
from app.words.texts import N_
from data.pydantic_faults import wrong

MOST_AREAS = 10_000
MOST_ENTRIES = 100_000
"""Most entries of any other list: one for each level of as many areas."""
_LOWEST_LEVEL = min(LOWEST_LEVELS)
_MOST_STEPS = 1_000_000
_LAST_YEAR = 9999

SENTENCES = {
    "missing": N_("“{key}” is missing."),
    "list_type": NO_LIST,
    "model_type": NO_OBJECT,
}
"""Sentences that differ from those for model files, by pydantic's error type."""


def _meaning(text: str) -> Any:
    return Field(description=text)


# ---- values ------------------------------------------------------------------------------------


def _number(value: Any) -> Fraction | None:
    """A JSON number as an exact fraction; ``None`` for any other value."""
    return value if isinstance(value, Fraction) else None


def _positive(value: Any) -> Fraction:
    number = _number(value)
    if number is None or number <= 0:
        raise wrong(N_("A number greater than 0 is needed here."))
    return number


def _amount(value: Any) -> Fraction:
    number = _number(value)
    if number is None or number < 0:
        raise wrong(N_("A number that is 0 or more is needed here."))
    return number


def _whole(least: int, most: int) -> PlainValidator:
    def check(value: Any) -> int:
        number = _number(value)
        if number is None or number.denominator != 1 or not least <= number <= most:
            raise wrong(NO_COUNT, least=least, most=most)
        return int(number)

    return PlainValidator(check)


def _in_schema(kind: str, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **more})


def _current_level(value: Any) -> Fraction | None:
    number = _number(value)
    if value is None:
        return None
    if number is None or (number * 2).denominator != 1 or not _is_level(number):
        raise wrong(
            N_("A level from {lowest} to {highest} in steps of one half, or null, is needed here."),
            lowest=_LOWEST_LEVEL,
            highest=HIGHEST_LEVEL,
        )
    return number


def _is_level(number: Fraction) -> bool:
    return _LOWEST_LEVEL <= number <= HIGHEST_LEVEL


def _name(value: Any) -> str:
    if (
        not isinstance(value, str)
        or not is_single_line(value)
        or not value.strip()
        or len(value) > MAX_NAME_LENGTH
    ):
        raise wrong(NO_LINE, most=MAX_NAME_LENGTH)
    return value


def _quarter(value: Any) -> Quarter:
    try:
        return Quarter.parse(value if isinstance(value, str) else "")
    except InvalidInput:
        raise wrong(NO_QUARTER) from None


def _list_of(value: Any) -> list[Any]:
    """The list itself, or one with a single figure for all periods."""
    return value if isinstance(value, list) else [value]


Positive = Annotated[Fraction, PlainValidator(_positive), _in_schema("number", exclusiveMinimum=0)]
Amount = Annotated[Fraction, PlainValidator(_amount), _in_schema("number", minimum=0)]
Level = Annotated[
    int,
    _whole(_LOWEST_LEVEL, HIGHEST_LEVEL),
    _in_schema("integer", minimum=_LOWEST_LEVEL, maximum=HIGHEST_LEVEL),
]
Current = Annotated[
    Fraction | None,
    PlainValidator(_current_level),
    WithJsonSchema(
        {"type": ["number", "null"], "minimum": _LOWEST_LEVEL, "maximum": HIGHEST_LEVEL}
    ),
]
Period = Annotated[
    int, _whole(1, MOST_PERIODS), _in_schema("integer", minimum=1, maximum=MOST_PERIODS)
]
Year = Annotated[int, _whole(1, _LAST_YEAR), _in_schema("integer", minimum=1, maximum=_LAST_YEAR)]
Name = Annotated[str, PlainValidator(_name), _in_schema("string", maxLength=MAX_NAME_LENGTH)]
Capacity = Annotated[
    list[Amount],
    Field(min_length=1),
    BeforeValidator(_list_of),
    WithJsonSchema({"type": ["array", "number"], "items": {"type": "number"}, "minimum": 0}),
]


# ---- objects -----------------------------------------------------------------------------------


class Entry(BaseModel):
    """Base of all objects: unknown keys are refused, so that no misspelt one is overlooked."""

    model_config = ConfigDict(extra="forbid", strict=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _null_is_left_out(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {k: each for k, each in value.items() if each is not None or k == "current"}


class AreaEntry(Entry):
    """An area."""

    id: Annotated[Name, _meaning("Id of the area.")]
    weight: Annotated[Positive, _meaning("How much it counts; 1 unless given.")] = DEFAULT_WEIGHT
    current: Annotated[Current, _meaning("Current level, a half too; null while not scored.")]
    target: Annotated[Level, _meaning("Target level.")]


class LevelOfArea(Entry):
    """An area and a level of it."""

    area: Annotated[Name, _meaning("Id of the area.")]
    level: Annotated[Level, _meaning("Level.")]


class StepEntry(LevelOfArea):
    """Attributes of the step that leads to a level."""

    benefit: Annotated[Amount, _meaning("Benefit; 1 unless given.")] = DEFAULT_BENEFIT
    effort: Annotated[Positive, _meaning("Person-days; 1 unless given.")] = DEFAULT_EFFORT
    duration: Annotated[Period, _meaning("Periods it takes; 1 unless given.")] = DEFAULT_DURATION
    cost: Annotated[Amount, _meaning("Cost, spread evenly over its periods.")] = Fraction(0)
    team: Annotated[Name, _meaning("Id of its team.")] = ""


class PrerequisiteEntry(LevelOfArea):
    """A prerequisite of the step that leads to a level."""

    requires: Annotated[LevelOfArea, _meaning("Level that another area has to reach before.")]


class PinEntry(LevelOfArea):
    """A step with a fixed first period."""

    start: Annotated[Period, _meaning("Its first period, from 1.")]


class DueEntry(LevelOfArea):
    """A step with a fixed date."""

    by: Annotated[
        Period, _meaning("Done by the end of this period; one after the last binds nothing.")
    ]


class TeamEntry(Entry):
    """A team with a capacity of its own."""

    id: Annotated[Name, _meaning("Id of the team.")]
    capacity: Annotated[Capacity, _meaning("Like `capacity`, of this team; both limits hold.")]


class BudgetEntry(Entry):
    """A budget."""

    year: Annotated[Year, _meaning("Calendar year.")]
    amount: Annotated[Amount, _meaning("What the steps of this year may cost.")]


class InstanceEntry(Entry):
    """A whole planning problem."""

    areas: Annotated[
        list[AreaEntry], Field(max_length=MOST_AREAS), _meaning("Areas in model order.")
    ]
    steps: Annotated[
        list[StepEntry],
        Field(max_length=MOST_ENTRIES),
        _meaning("Attributes of steps; those of levels that are not planned are ignored."),
    ] = []
    prerequisites: Annotated[
        list[PrerequisiteEntry],
        Field(max_length=MOST_ENTRIES),
        _meaning("Prerequisites; those of levels that are not planned are ignored."),
    ] = []
    capacity: Annotated[
        Capacity, _meaning("Person-days per period, or a list whose last figure goes on.")
    ]
    periods: Annotated[Period, _meaning("Number of periods.")]
    pins: Annotated[
        list[PinEntry],
        Field(max_length=MOST_ENTRIES),
        _meaning("Steps with a fixed first period; ignored for reached levels."),
    ] = []
    due: Annotated[
        list[DueEntry],
        Field(max_length=MOST_ENTRIES),
        _meaning("Steps with a fixed date; ignored for reached levels."),
    ] = []
    teams: Annotated[
        list[TeamEntry],
        Field(max_length=MOST_ENTRIES),
        _meaning("Teams with a capacity of their own."),
    ] = []
    parallel: Annotated[
        int | None,
        _whole(1, _MOST_STEPS),
        _in_schema("integer", minimum=1, maximum=_MOST_STEPS),
        _meaning("How many steps may run in a period."),
    ] = None
    blocked: Annotated[
        list[Period], Field(max_length=MOST_ENTRIES), _meaning("Periods in which no step may run.")
    ] = []
    budget: Annotated[
        list[BudgetEntry],
        Field(max_length=MOST_ENTRIES),
        _meaning("Budgets by calendar year; need `start`."),
    ] = []
    start: Annotated[
        Quarter | None,
        PlainValidator(_quarter),
        _in_schema("string", pattern=r"^\d{4}-Q[1-4]$"),
        _meaning("The quarter of period 1, such as `2027-Q1`."),
    ] = None
    first_period_at_least: Annotated[
        int,
        _whole(0, _MOST_STEPS),
        _in_schema("integer", minimum=0, maximum=_MOST_STEPS),
        _meaning("How many steps are to be done in period 1."),
    ] = 0
