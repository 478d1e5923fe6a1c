"""A session: one organisation, one model, one day, and what the group decided area by area."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from app.errors import InvalidInput
from app.model.maturity_model import MaturityModel
from app.words.characters import single_line
from app.words.texts import N_

DEFAULT_WEIGHT = Fraction(1)
MAX_WEIGHT = Fraction(10)
MAX_EVIDENCE_BYTES = 10 * 1024 * 1024
MAX_NAME_LENGTH = 200
MAX_NOTE_LENGTH = 20_000
_SLASH_BETWEEN_NAMES = re.compile(r"(?<!\\)/")
MAX_CHECKPOINTS = 100
"""How many checkpoints a session holds."""
MAX_UNIT_LEVELS = 20
"""How deep the units of an organisation may be nested."""


class Confidence(StrEnum):
    """How well a level is supported."""

    GUESS = "guess"
    EXAMPLE = "example"
    EVIDENCE = "evidence"


class EvidenceKind(StrEnum):
    """A link elsewhere, or a file kept inside the library."""

    LINK = "link"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What supports a level: a link, or a file inside the library.

    ``address`` is the link's address or the file's name; ``size`` (bytes) and ``digest``
    (SHA-256, hexadecimal) belong to files only.
    """

    id: str
    kind: EvidenceKind
    title: str
    address: str
    size: int = 0
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A client: the company or authority that is assessed."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of an organisation, for example a department or a team; units form a tree.

    ``above`` holds the names of the units above it from the top down. It follows from
    ``parent_id`` and is there to be read, so it plays no part when units are compared.
    """

    id: str
    organisation_id: str
    name: str
    kind: str = "team"
    parent_id: str | None = None
    above: tuple[str, ...] = field(default=(), compare=False)

    @property
    def full_name(self) -> str:
        """The name with those of all units above it, for example ``IT / Platform team``."""
        return " / ".join((*self.above, self.name))

    @property
    def path(self) -> str:
        r"""The same in the form that :func:`unit_names` reads, such as ``IT/CI\/CD team``."""
        return "/".join(name.replace("/", "\\/") for name in (*self.above, self.name))


def unit_names(path: str) -> tuple[str, ...]:
    """The names in a path of units such as ``IT/Platform team``, from the top down.

    A slash that belongs to a name has a backslash before it. Empty for an empty path. Raises
    ``InvalidInput`` for an empty name between slashes, a name that is too long and too many of
    them.
    """
    if not path.strip():
        return ()
    parts = _SLASH_BETWEEN_NAMES.split(path)
    names = tuple(single_line(part.replace("\\/", "/")) for part in parts)
    if not all(names):
        raise InvalidInput(
            N_("A name is missing in the unit “{path}”. A slash leads from one name to the next."),
            path=single_line(path),
        )
    if len(names) > MAX_UNIT_LEVELS:
        raise InvalidInput(N_("Units are nested at most {most} deep."), most=MAX_UNIT_LEVELS)
    if max(map(len, names)) > MAX_NAME_LENGTH:
        raise InvalidInput(N_("A name holds at most {most} characters."), most=MAX_NAME_LENGTH)
    return names


def checked_name(name: str, complaint: str) -> str:
    """A name on one line; raises ``InvalidInput``: one too long, or the complaint for none."""
    name = single_line(name)
    if not name:
        raise InvalidInput(complaint)
    if len(name) > MAX_NAME_LENGTH:
        raise InvalidInput(N_("A name holds at most {most} characters."), most=MAX_NAME_LENGTH)
    return name


def checked_title(title: str) -> str:
    """A session's title on one line, maybe empty; raises ``InvalidInput`` for one too long."""
    title = single_line(title)
    if len(title) > MAX_NAME_LENGTH:
        raise InvalidInput(N_("A title holds at most {most} characters."), most=MAX_NAME_LENGTH)
    return title


@dataclass(frozen=True, slots=True)
class Rating:
    """All that is decided about one area.

    ``level`` is ``None`` while unscored (never the lowest level), halves are legal where the
    session allows them. ``target`` is ``None`` until one is agreed: then the highest level
    counts. ``weight`` is greater than 0 and at most 10. ``not_applicable`` holds the reason, or
    ``None`` for an applicable area; a level set earlier is kept but not counted.
    """

    area_id: str
    level: Fraction | None = None
    target: int | None = None
    weight: Fraction = DEFAULT_WEIGHT
    confidence: Confidence | None = None
    note: str = ""
    not_applicable: str | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def is_applicable(self) -> bool:
        """Whether the area counts for this organisation."""
        return self.not_applicable is None

    @property
    def is_scored(self) -> bool:
        """Whether the area is applicable and has a level."""
        return self.is_applicable and self.level is not None


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A moment of a session that somebody gave a name, to see it again or to go back to it.

    What the session looked like then follows from its change log
    (:func:`app.workshop.history.state_at`). ``at`` is local time with its offset, to the second.
    """

    id: str
    name: str
    at: datetime


@dataclass(frozen=True)
class Session:
    """One assessment with a frozen copy of its model, so that it stays readable for ever.

    ``language`` is the language the model's texts are shown in. ``ratings`` holds the areas
    that were touched; :meth:`rating` gives an empty rating for the others. ``milestones`` are the
    checkpoints in the order in which they were set, under the name they have in stored files.
    """

    id: str
    organisation: Organisation
    title: str
    date: date
    language: str
    model: MaturityModel
    unit: Unit | None = None
    scope: str = ""
    half_levels: bool = False
    ratings: Mapping[str, Rating] = field(default_factory=dict)
    milestones: tuple[Checkpoint, ...] = ()

    def __post_init__(self) -> None:
        """Drop ratings that say nothing, so that equal sessions compare equal."""
        # A level says something by itself; comparing whole ratings takes longer.
        touched = {
            key: r for key, r in self.ratings.items() if r.level is not None or r != Rating(key)
        }
        object.__setattr__(self, "ratings", MappingProxyType(touched))

    def rating(self, area_id: str) -> Rating:
        """The rating of an area; an untouched one where nothing was decided."""
        return self.ratings.get(area_id) or Rating(area_id)

    def all_ratings(self) -> tuple[Rating, ...]:
        """One rating per area of the model, in model order."""
        return tuple(self.rating(area.id) for area in self.model.areas)

    def target_of(self, area_id: str) -> int:
        """The agreed target level, or the model's highest level."""
        target = self.rating(area_id).target
        return self.model.highest_level if target is None else target

    def with_rating(self, rating: Rating) -> Session:
        """A copy in which one area is rated anew."""
        return replace(self, ratings={**self.ratings, rating.area_id: rating})


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """What the library page shows of a session without reading its model.

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


@dataclass(frozen=True, slots=True)
class NewSession:
    """What is asked for when a session is created.

    ``unit`` is a name, or a path of names such as ``IT/Platform team``.
    """

    organisation: str
    model: MaturityModel
    title: str = ""
    unit: str = ""
    date: date | None = None
    language: str = "en"
    scope: str = ""
    half_levels: bool = False
