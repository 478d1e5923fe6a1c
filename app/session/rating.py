"""A rating: everything decided about one area of a session."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import count, takewhile
from math import floor

from app.session.change_words import step_words
from app.session.evidence import Evidence
from app.session.field_types.choices import Choice, OptionalDay
from app.session.field_types.numbers import DEFAULT_WEIGHT, Level, Weight, WholeLevel
from app.session.field_types.plans import StepList, TargetPath
from app.session.field_types.records import EvidenceList
from app.session.field_types.texts import NAME_TOO_LONG, NOTE_TOO_LONG, Line, Reason, Text
from app.session.fields import FieldTable, declared
from app.session.plan_settings import IntermediateTarget
from app.session.step_details import StepDetails, StepStatus
from app.words.texts import N_


class Confidence(StrEnum):
    """Support of a level."""

    GUESS = "guess"
    EXAMPLE = "example"
    EVIDENCE = "evidence"


CONFIDENCE_WORDS = {
    Confidence.GUESS: N_("guess"),
    Confidence.EXAMPLE: N_("example shown"),
    Confidence.EVIDENCE: N_("evidence filed"),
}
"""The words users read, as they stand within a line."""


@dataclass(frozen=True, slots=True)
class Rating:
    """All that is decided about one area.

    ``level`` is ``None`` while unscored (never the lowest level), halves are legal where the
    session allows them. ``target`` is ``None`` until one is agreed: then the highest level
    counts. ``weight`` is greater than 0 and at most 10. ``not_applicable`` holds the reason, or
    ``None`` for an applicable area; a level set earlier is kept but not counted. ``steps`` are by
    level, those only for which something was entered.
    """

    area_id: str
    level: Fraction | None = field(
        default=None,
        metadata=declared(
            Level(),
            words=N_("Set {area} to {value}"),
            cleared=N_("Clear level of {area}"),
            csv_column="level",
            required=True,
            meaning="Stored level, also of an area that does not apply.",
        ),
    )
    target: int | None = field(
        default=None,
        metadata=declared(
            WholeLevel(),
            words=N_("Set target of {area} to {value}"),
            cleared=N_("Clear target of {area}"),
            csv_column="target",
            required=True,
            meaning="Agreed target; null while none was.",
        ),
    )
    weight: Fraction = field(
        default=DEFAULT_WEIGHT,
        metadata=declared(
            Weight(),
            words=N_("Set weight of {area} to {value}"),
            csv_column="weight",
            required=True,
            meaning="Weight.",
        ),
    )
    confidence: Confidence | None = field(
        default=None,
        metadata=declared(
            Choice(Confidence),
            words=N_("Set confidence of {area}"),
            csv_column="confidence",
            required=True,
            meaning="How well the level is supported.",
        ),
    )
    note: str = field(
        default="",
        metadata=declared(
            Text(NOTE_TOO_LONG),
            words=N_("Edit reason for {area}"),
            csv_column="note",
            required=True,
            meaning="Reason or comment.",
        ),
    )
    not_applicable: str | None = field(
        default=None,
        metadata=declared(
            Reason(NOTE_TOO_LONG, N_("Please give a reason why the area does not apply.")),
            words=N_("Mark {area} not applicable"),
            cleared=N_("Mark {area} applicable"),
            csv_column="not_applicable_reason",
            required=True,
            meaning="Why the area does not apply.",
        ),
    )
    evidence: tuple[Evidence, ...] = field(
        default=(),
        metadata=declared(
            EvidenceList(),
            words=N_("Change evidence for {area}"),
            required=True,
            meaning="What supports the level.",
        ),
    )
    target_date: date | None = field(
        default=None,
        metadata=declared(
            OptionalDay(),
            words=N_("Set target date of {area}"),
            cleared=N_("Clear target date of {area}"),
            csv_column="target_date",
            meaning="Day by which the target is to be reached; null when not stated.",
        ),
    )
    target_reason: str = field(
        default="",
        metadata=declared(
            Text(NOTE_TOO_LONG),
            words=N_("Edit reason for the target of {area}"),
            csv_column="target_reason",
            meaning="Why this target; empty when not stated.",
        ),
    )
    target_sponsor: str = field(
        default="",
        metadata=declared(
            Line(NAME_TOO_LONG),
            words=N_("Set sponsor of the target of {area}"),
            csv_column="target_sponsor",
            meaning="Who stands for the target; empty when not stated.",
        ),
    )
    target_path: tuple[IntermediateTarget, ...] = field(
        default=(),
        metadata=declared(
            TargetPath(),
            words=N_("Change levels on the way to the target of {area}"),
            meaning="Levels on the way to the target, in ascending order.",
        ),
    )
    steps: tuple[StepDetails, ...] = field(
        default=(),
        metadata=declared(
            StepList(),
            words=step_words,
            meaning="What was entered for steps of the area, by level; keys that have their"
            " default are left out.",
        ),
    )

    @property
    def is_applicable(self) -> bool:
        """True if the area counts for this organisation."""
        return self.not_applicable is None

    @property
    def is_scored(self) -> bool:
        """True if the area is applicable and has a level."""
        return self.is_applicable and self.level is not None

    @property
    def levels_done(self) -> tuple[int, ...]:
        """Levels above the present one whose steps are done one after the other, lowest first."""
        level = floor(self.level or 0) + 1
        done = takewhile(lambda each: self.step(each).status is StepStatus.DONE, count(level))
        return tuple(done)

    def step(self, level: int) -> StepDetails:
        """Details entered for the step to a level; empty ones if there are none."""
        return next((step for step in self.steps if step.level == level), StepDetails(level))


RATING = FieldTable(Rating)
