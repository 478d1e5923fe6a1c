"""A session: one organisation, one model, one date, and a rating per area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from app.model.maturity_model import MaturityModel
from app.session.change_words import plan_words, scenario_words, version_words
from app.session.checkpoints import Checkpoint
from app.session.field_types.affiliations import AffiliationType
from app.session.field_types.choices import Day, Flag, OptionalDay
from app.session.field_types.plan_variants import SCENARIOS, VERSIONS
from app.session.field_types.plans import PLAN
from app.session.field_types.records import Checkpoints
from app.session.field_types.texts import NAME_TOO_LONG, LanguageCode, Line, Tags, Text
from app.session.fields import Field, FieldTable, declared
from app.session.plan_settings import DEFAULT_PLAN, PlanSettings
from app.session.plan_versions import PlanVersion
from app.session.rating import RATING, Rating
from app.session.scenarios import Scenario
from app.session.step_details import StepDetails
from app.session.units import Affiliation, Organisation, Unit
from app.words.texts import N_

TITLE = Line(N_("A title can have at most {most} characters."), empty=N_("Please enter a title."))
SCOPE = Text(N_("The scope can have at most {most} characters."))

OptionalDate = date | None
"""``date`` is a field of the classes below, and there no type."""

FACILITATOR = Line(NAME_TOO_LONG)
TAGS = Tags()


def _affiliation_words(before: Affiliation, after: Affiliation) -> tuple[str, Mapping[str, object]]:
    if before.organisation.id != after.organisation.id:
        return N_("Change organisation"), {}
    return N_("Change unit"), {}


def _checkpoint_words(
    before: tuple[Checkpoint, ...], after: tuple[Checkpoint, ...]
) -> tuple[str, Mapping[str, object]]:
    for checkpoint in after:
        if checkpoint not in before:
            return N_("Save checkpoint “{name}”"), {"name": checkpoint.name}
    gone = next((checkpoint.name for checkpoint in before if checkpoint not in after), "")
    return N_("Remove checkpoint “{name}”"), {"name": gone}


@dataclass(frozen=True)
class Session:
    """One assessment with a frozen copy of its model, so that it stays readable forever.

    ``language`` is the language the model's texts are shown in. ``ratings`` holds the areas
    that were touched; :meth:`rating` gives an empty rating for the others. ``milestones`` are in
    the order in which they were set.
    """

    id: str
    affiliation: Affiliation = field(
        metadata=declared(
            AffiliationType(),
            words=_affiliation_words,
            required=True,
            meaning="Organisation and unit.",
        )
    )
    title: str = field(
        metadata=declared(
            TITLE, words=N_("Change title"), required=True, meaning="Title of the session."
        )
    )
    date: date = field(
        metadata=declared(
            Day(),
            words=N_("Change date"),
            required=True,
            meaning="Day of the session, `2026-11-23`.",
        )
    )
    language: str = field(
        metadata=declared(
            LanguageCode(),
            words=N_("Change model language"),
            required=True,
            meaning="Language the model's texts are shown in, such as `de`.",
        )
    )
    model: MaturityModel
    scope: str = field(
        default="",
        metadata=declared(
            SCOPE,
            words=N_("Change scope"),
            required=True,
            meaning="What was looked at; empty when not stated.",
        ),
    )
    half_levels: bool = field(
        default=False,
        metadata=declared(
            Flag(),
            words=N_("Change half levels"),
            required=True,
            meaning="True if levels may end in .5.",
        ),
    )
    ratings: Mapping[str, Rating] = field(default_factory=dict)
    milestones: tuple[Checkpoint, ...] = field(
        default=(),
        metadata=declared(
            Checkpoints(),
            words=_checkpoint_words,
            meaning="Checkpoints, in the order in which they were saved.",
        ),
    )
    facilitator: str = field(
        default="",
        metadata=declared(
            FACILITATOR,
            words=N_("Change facilitator"),
            meaning="Name of the person who runs the session; empty when not stated.",
        ),
    )
    next_date: OptionalDate = field(
        default=None,
        metadata=declared(
            OptionalDay(),
            words=N_("Change next workshop"),
            meaning="Day of the next session, as agreed; null when not stated.",
        ),
    )
    tags: tuple[str, ...] = field(
        default=(),
        metadata=declared(
            TAGS, words=N_("Change tags"), meaning="Short texts to find sessions by, sorted."
        ),
    )
    hide_earlier: bool = field(
        default=False,
        metadata=declared(
            Flag(),
            words=N_("Change when earlier levels appear"),
            meaning="True if an earlier level is shown in scoring only once its area is decided.",
        ),
    )
    plan: PlanSettings = field(
        default=DEFAULT_PLAN,
        metadata=declared(
            PLAN,
            words=plan_words,
            meaning="What the plan depends on besides targets, weights and steps; keys that have"
            " their default are left out.",
        ),
    )
    scenarios: tuple[Scenario, ...] = field(
        default=(),
        metadata=declared(
            SCENARIOS,
            words=scenario_words,
            meaning="Named alternatives to the plan; keys that have their default are left out.",
        ),
    )
    plan_versions: tuple[PlanVersion, ...] = field(
        default=(),
        metadata=declared(
            VERSIONS,
            words=version_words,
            meaning="Frozen versions of the plan; keys that have their default are left out.",
        ),
    )

    def __post_init__(self) -> None:
        """Drop empty ratings, so that equal sessions compare equal."""
        empty = RATING.holder
        # A level is enough to be kept; comparing whole ratings takes longer.
        touched = {
            key: r for key, r in self.ratings.items() if r.level is not None or r != empty(key)
        }
        object.__setattr__(self, "ratings", MappingProxyType(touched))

    @property
    def is_scored(self) -> bool:
        """True if an area that applies has a level."""
        return any(rating.is_scored for rating in self.ratings.values())

    @property
    def organisation(self) -> Organisation:
        """The client."""
        return self.affiliation.organisation

    @property
    def unit(self) -> Unit | None:
        """The unit that was assessed; ``None`` for the organisation as a whole."""
        return self.affiliation.unit

    def rating(self, area_id: str) -> Rating:
        """The rating of an area; an empty one if nothing was decided."""
        return self.ratings.get(area_id) or RATING.holder(area_id)

    def step(self, area_id: str, level: int) -> StepDetails:
        """Details entered for the step to a level of an area; empty ones if there are none."""
        return self.rating(area_id).step(level)

    def label_of(self, area_id: str) -> str:
        """The label of an area in the language of the session."""
        return self.model.area(area_id).label.line_in(self.language)

    def all_ratings(self) -> tuple[Rating, ...]:
        """One rating per area of the model, in model order."""
        return tuple(self.rating(area.id) for area in self.model.areas)

    def target_of(self, area_id: str) -> int:
        """The agreed target level, or the model's highest level."""
        target = self.rating(area_id).target
        return self.model.highest_level if target is None else target

    def value(self, area_id: str | None, name: str) -> Any:
        """The value of a field of an area, or of the session itself for ``None``.

        Raises ``InvalidInput`` for an unknown field.
        """
        field_of(area_id, name)
        return getattr(self if area_id is None else self.rating(area_id), name)

    def with_rating(self, rating: Rating) -> Session:
        """A copy in which one area has this rating."""
        return replace(self, ratings={**self.ratings, rating.area_id: rating})

    def with_values(self, values: Mapping[tuple[str | None, str], Any]) -> Session:
        """A copy with these values of fields by area, ``None`` for the session itself, and name."""
        by_area: dict[str | None, dict[str, Any]] = {}
        for (area_id, name), value in values.items():
            by_area.setdefault(area_id, {})[name] = value
        own = by_area.pop(None, {})
        changed = {
            area_id: replace(self.rating(area_id), **of_area)
            for area_id, of_area in by_area.items()
            if area_id is not None
        }
        return replace(self, ratings={**self.ratings, **changed}, **own)


SESSION = FieldTable(Session)


def field_of(area_id: str | None, name: str) -> Field:
    """The field of a rating, or of a session for ``None``; raises ``InvalidInput``."""
    return SESSION[name] if area_id is None else RATING[name]


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """A session as the library page shows it, without its model.

    ``profile`` holds one pair per dimension in model order: its id and the mean of its scored
    areas, ``None`` while none is scored.
    """

    id: str
    organisation: Organisation
    unit: Unit | None
    title: str
    date: date
    model_id: str
    model_name: tuple[tuple[str, str], ...]
    scored: int
    applicable: int
    lowest_level: int
    highest_level: int
    profile: tuple[tuple[str, Fraction | None], ...] = ()
    opened_at: str = ""

    @property
    def is_scored(self) -> bool:
        """True if an area that applies has a level."""
        return self.scored > 0


@dataclass(frozen=True, slots=True)
class DatedSession:
    """Place and date of a session, and if an area that applies has a level."""

    id: str
    unit: Unit | None
    date: date
    is_scored: bool


@dataclass(frozen=True, slots=True)
class NewSession:
    """Input for a new session.

    ``unit`` is a name, or a path of names such as ``IT/Platform team``. ``ratings`` and ``plan``
    are there from the beginning, for example targets of an earlier session.
    """

    organisation: str
    model: MaturityModel
    title: str = ""
    unit: str = ""
    date: date | None = None
    language: str = "en"
    scope: str = ""
    half_levels: bool = False
    facilitator: str = ""
    next_date: OptionalDate = None
    tags: tuple[str, ...] = ()
    ratings: tuple[Rating, ...] = ()
    plan: PlanSettings = DEFAULT_PLAN
