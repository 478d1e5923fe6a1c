"""Between rows of the library and what they mean: one function each way, and their digests."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

from app.figures.scoring import weighted_mean
from app.model.maturity_model import LocalText, MaturityModel
from app.session.checkpoints import Checkpoint
from app.session.documents import edit_from_document, edit_to_document
from app.session.field_types import compact_json
from app.session.rating import RATING, Rating
from app.session.session import SESSION, Session
from app.session.units import Organisation, Unit
from app.workshop.history import Change, Origin
from data.library.hash_chain import row_digest

_RATING_FIELDS = ("level", "target", "weight", "confidence", "not_applicable", "evidence", "note")
RATING_COLUMNS = ", ".join(("session_id", "area_id", *_RATING_FIELDS))
SESSION_COLUMNS = (
    "id, organisation_id, unit_id, model_digest, date, language, half_levels, archived, title,"
    " search_key, scope"
)
CHECKPOINT_COLUMNS = "session_id, place, id, name, at"
MODEL_COLUMNS = "digest, id, name, lowest_level, highest_level, imported, outline"
ORGANISATION_COLUMNS = "id, name, name_key"
UNIT_COLUMNS = "id, organisation_id, parent_id, name, name_key, kind"
LOG_COLUMNS = (
    "seq, id, session_id, at, utc_offset, origin, reverses, merge_key, content, state,"
    " previous, hash"
)

DIGESTED_TABLES: Mapping[str, str] = {
    "organisation": ORGANISATION_COLUMNS,
    "unit": UNIT_COLUMNS,
    "model": MODEL_COLUMNS,
    "session": SESSION_COLUMNS,
    "rating": RATING_COLUMNS,
    "milestone": CHECKPOINT_COLUMNS,
}
"""Tables whose ``row_digest`` covers these columns."""

Values = tuple[Any, ...]
Score = tuple[Fraction, Fraction]
"""Weight and level of a scored area."""


def search_key(*texts: str) -> str:
    """Texts in a form that compares without regard to case and writing variants.

    SQLite itself knows the case of ASCII letters only.
    """
    return "\n".join(unicodedata.normalize("NFKC", text).casefold() for text in texts)


def name_key(name: str) -> str:
    """What makes two names the same: case, writing variants and spaces play no part."""
    return search_key(" ".join(name.split()))


# ---- organisations and units ------------------------------------------------------------------


def organisation_row(organisation: Organisation) -> Values:
    """Values in the order of ``ORGANISATION_COLUMNS``."""
    return organisation.id, organisation.name, name_key(organisation.name)


def unit_row(unit: Unit) -> Values:
    """Values in the order of ``UNIT_COLUMNS``."""
    key = name_key(unit.name)
    return unit.id, unit.organisation_id, unit.parent_id, unit.name, key, unit.kind


# ---- ratings ----------------------------------------------------------------------------------


def rating_row(session_id: str, rating: Rating) -> Values:
    """Values in the order of ``RATING_COLUMNS``."""
    fields = (RATING[name] for name in _RATING_FIELDS)
    values = (field.type.to_sql(getattr(rating, field.name)) for field in fields)
    return session_id, rating.area_id, *values


def rating_from_row(row: Sequence[Any]) -> Rating:
    """The inverse of :func:`rating_row`."""
    _, area_id, *values = row
    pairs = zip(_RATING_FIELDS, values, strict=True)
    return RATING.holder(area_id, **{name: RATING[name].type.from_sql(v) for name, v in pairs})


# ---- sessions ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session's row without its ratings."""

    id: str
    organisation_id: str
    unit_id: str | None
    model_digest: str
    date: str
    language: str
    half_levels: int
    archived: int
    title: str
    search_key: str
    scope: str


def session_row(session: Session, digest: str, archived: bool) -> Values:
    """Values in the order of ``SESSION_COLUMNS``."""
    unit = session.unit
    path = "" if unit is None else "/".join((*unit.above, unit.name))
    return (
        session.id,
        session.organisation.id,
        None if unit is None else unit.id,
        digest,
        session.date.isoformat(),
        session.language,
        int(session.half_levels),
        int(archived),
        session.title,
        search_key(session.organisation.name, path, session.title),
        session.scope,
    )


def checkpoint_rows(session: Session) -> list[Values]:
    """One row per checkpoint, values in the order of ``CHECKPOINT_COLUMNS``."""
    documents = SESSION["milestones"].type.to_json(session.milestones)
    return [
        (session.id, place, document["id"], document["name"], document["at"])
        for place, document in enumerate(documents)
    ]


def checkpoint_from_row(row: Sequence[Any]) -> Checkpoint:
    """The checkpoint from values in the order of ``CHECKPOINT_COLUMNS``."""
    document = dict(zip(("id", "name", "at"), row[2:], strict=True))
    (checkpoint,) = SESSION["milestones"].type.from_json([document])
    return checkpoint  # type: ignore[no-any-return]


# ---- models -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ModelOutline:
    """What lists of sessions need of a model: its name, scale and which area belongs where."""

    id: str
    name: tuple[tuple[str, str], ...]
    lowest_level: int
    highest_level: int
    dimensions: tuple[tuple[str, frozenset[str]], ...]

    @property
    def area_count(self) -> int:
        """How many areas the model has."""
        return sum(len(areas) for _, areas in self.dimensions)

    def profile(self, scores: Mapping[str, Score]) -> tuple[tuple[str, Fraction | None], ...]:
        """Each dimension's id and the mean of its scored areas."""
        return tuple(
            (dimension_id, weighted_mean(scores[area] for area in areas if area in scores))
            for dimension_id, areas in self.dimensions
        )


def model_row(model: MaturityModel, digest: str, imported: int) -> Values:
    """Values in the order of ``MODEL_COLUMNS``."""
    outline = [[d.id, [area.id for area in d.areas]] for d in model.dimensions]
    return (
        digest,
        model.id,
        compact_json(_name_of(model.name)),
        model.lowest_level,
        model.highest_level,
        imported,
        compact_json(outline),
    )


def outline_from_row(row: Sequence[Any]) -> ModelOutline:
    """The outline from values in the order of ``MODEL_COLUMNS``."""
    _, model_id, name, lowest, highest, _, outline = row
    return ModelOutline(
        id=model_id,
        name=tuple((code, text) for code, text in json.loads(name)),
        lowest_level=lowest,
        highest_level=highest,
        dimensions=tuple((key, frozenset(areas)) for key, areas in json.loads(outline)),
    )


def _name_of(text: LocalText) -> list[list[str]]:
    return [[code, value] for code, value in text.by_language]


# ---- the change log ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as it is stored: UTC, and the offset of the local clock in minutes."""

    utc: str
    offset: int

    @classmethod
    def of(cls, at: datetime) -> Moment:
        """From a time that knows its offset."""
        offset = at.utcoffset() or timedelta()
        return cls(
            at.astimezone(UTC).isoformat(timespec="milliseconds"),
            int(offset.total_seconds() // 60),
        )

    def local(self) -> datetime:
        """The local time back then, with its offset."""
        zone = timezone(timedelta(minutes=self.offset))
        return datetime.fromisoformat(self.utc).astimezone(zone)


def change_content(change: Change) -> str:
    """A change's edits as they stand in the log."""
    return compact_json({"edits": [edit_to_document(edit) for edit in change.edits]})


def change_from_row(row: Sequence[Any]) -> Change:
    """The change of a log row in the order of ``LOG_COLUMNS``."""
    _, change_id, session_id, utc, offset, origin, reverses, merge_key, content, *_ = row
    edits = tuple(map(edit_from_document, json.loads(content)["edits"]))
    at = Moment(utc, offset).local()
    return Change(change_id, session_id, edits, Origin(origin), merge_key, reverses, at)


def with_digest(values: Values) -> Values:
    """The values of a row followed by their digest."""
    return (*values, row_digest(*values))
