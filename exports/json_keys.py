"""Keys of the figures in JSON, with types and meanings.

The schemas and the tables of ``docs/json.md`` are generated from these classes, and the type
checker holds what is written to them. Imported for that only, so that no export loads pydantic.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypedDict


def meaning(text: str) -> Any:
    """Meaning of a key, for its schema and the documentation."""
    return Field(description=text)


Range = Annotated[list[float], Field(min_length=2, max_length=2)]


class RequirementKeys(TypedDict):
    """Requirement of a step in another area."""

    area: Annotated[str, meaning("Id of the other area.")]
    level: Annotated[int, meaning("Level it needs there.")]
    met: Annotated[bool, meaning("True if it is reached, or the other area does not apply.")]
    needs_scoring: Annotated[bool, meaning("True if the other area has no level yet.")]
    not_applicable: Annotated[bool, meaning("True if the other area does not apply.")]


StepBeginKeys = TypedDict(
    "StepBeginKeys",  # in this form because ``from`` is a keyword
    {
        "area": Annotated[str, meaning("Id of the area.")],
        "from": Annotated[float, meaning("Level the step starts from.")],
    },
)


class StepKeys(StepBeginKeys):
    """A step of the roadmap."""

    to: Annotated[int, meaning("Level the step leads to.")]
    priority: Annotated[float, meaning("Weight · (target - to + 1) · benefit / effort.")]
    inherited_priority: Annotated[
        float, meaning("Highest priority among the step and all that wait for it.")
    ]
    unlocks: Annotated[int, meaning("How many other steps wait for it, directly or not.")]
    implied: Annotated[
        bool, meaning("True if it leads beyond the agreed target because another step needs it.")
    ]
    actions: Annotated[
        list[str], meaning("Ids of its actions: the model's proposals unless they were changed.")
    ]
    requires: Annotated[list[RequirementKeys], meaning("What the step needs from other areas.")]


class AreaKeys(TypedDict):
    """Figures of an area."""

    id: Annotated[str, meaning("Id of the area, such as `process.ci-cd`.")]
    name: Annotated[str, meaning("Name of the area in the session's language.")]
    dimension: Annotated[str, meaning("Id of the dimension it belongs to.")]
    level: Annotated[
        float | None,
        meaning("Level that counts; null while not scored, and where the area does not apply."),
    ]
    target: Annotated[int, meaning("Target level: the agreed one, else the highest of the model.")]
    target_agreed: Annotated[bool, meaning("True if the target was agreed.")]
    weight: Annotated[float, meaning("How much the area counts: greater than 0, at most 10.")]
    not_applicable: Annotated[
        str | None, meaning("Why the area does not apply; null where it does.")
    ]
    gap: Annotated[
        float | None, meaning("Target minus level, never below 0; null without a level.")
    ]
    weighted_gap: Annotated[float | None, meaning("Gap times weight; null without a level.")]
    confidence: Annotated[
        Literal["guess", "example", "evidence"] | None, meaning("How well the level is supported.")
    ]
    note: Annotated[str, meaning("Reason or comment.")]
    evidence: Annotated[list[dict[str, Any]], meaning("What supports the level.")]


class GroupKeys(TypedDict):
    """Figures of several areas together."""

    floor: Annotated[
        float | None, meaning("Lowest level of the scored areas; null while none is scored.")
    ]
    range: Annotated[
        Range | None, meaning("Lowest and highest level, `[1, 4]`; null while none is scored.")
    ]
    target_mean: Annotated[
        float | None, meaning("Weighted mean of the targets of the same scored areas.")
    ]
    scored: Annotated[int, meaning("How many areas have a level.")]
    applicable: Annotated[int, meaning("How many areas apply.")]
    total: Annotated[int, meaning("How many areas there are, applicable or not.")]


class DimensionBeginKeys(TypedDict):
    """First keys of a dimension."""

    id: Annotated[str, meaning("Id of the dimension.")]
    name: Annotated[str, meaning("Name of the dimension in the session's language.")]
    mean: Annotated[
        float | None, meaning("Weighted mean of the scored areas; null while none is scored.")
    ]


class DimensionKeys(DimensionBeginKeys, GroupKeys):
    """Figures of a dimension."""


class OverallBeginKeys(TypedDict):
    """First keys of the overall figures."""

    mean_of_areas: Annotated[
        float | None, meaning("Headline: weighted mean of all scored, applicable areas.")
    ]
    mean_of_dimensions: Annotated[
        float | None, meaning("Mean of the dimension means, every dimension alike.")
    ]


class OverallKeys(OverallBeginKeys, GroupKeys):
    """Figures of all areas."""

    staged_level: Annotated[
        float | None,
        meaning("Lowest level of all applicable areas; null until all of them are scored."),
    ]
    total_gap: Annotated[float, meaning("Sum of the gaps.")]
    total_weighted_gap: Annotated[float, meaning("Sum of the weighted gaps.")]
    mean_gap: Annotated[float | None, meaning("Weighted mean of the gaps.")]
    progress_to_target: Annotated[
        float | None, meaning("From 0 (lowest level everywhere) to 1 (every target reached).")
    ]
    percent_to_target: Annotated[
        float | None, meaning("OWASP SAMM's figure: 1 minus sum of gaps over sum of targets.")
    ]


class FiguresKeys(TypedDict):
    """All figures of a session."""

    areas: Annotated[list[AreaKeys], meaning("One entry per area, in the order of the model.")]
    dimensions: Annotated[
        list[DimensionKeys], meaning("One entry per dimension, in the order of the model.")
    ]
    overall: Annotated[OverallKeys, meaning("Figures of the whole session.")]
    roadmap: Annotated[
        list[StepKeys], meaning("Every step from current to target levels, most urgent first.")
    ]


class ShownUnitKeys(TypedDict):
    """The unit of a session."""

    id: Annotated[str, meaning("Id of the unit.")]
    name: Annotated[str, meaning("Name of the unit.")]
    kind: Annotated[str, meaning("Kind, such as `team` or `department`.")]
    parent_id: Annotated[str | None, meaning("Id of the unit above.")]
    path: Annotated[list[str], meaning("Names from the top of the organisation down to this unit.")]


class ShownModelKeys(TypedDict):
    """The model of a session."""

    id: Annotated[str, meaning("Id of the model.")]
    content_version: Annotated[str, meaning("Version of its content.")]
    digest: Annotated[str, meaning("SHA-256 of its content.")]
    name: Annotated[str, meaning("Its name.")]
    lowest_level: Annotated[int, meaning("Lowest level of the scale.")]
    highest_level: Annotated[int, meaning("Highest level of the scale.")]


class ShownBeginKeys(TypedDict):
    """Unit and model of a session."""

    unit: Annotated[ShownUnitKeys | None, meaning("The part of the organisation.")]
    model: Annotated[ShownModelKeys, meaning("The frozen model of the session.")]


class ShownKeys(ShownBeginKeys, FiguresKeys):
    """Keys of `session show` besides the details of the session."""
