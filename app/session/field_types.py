"""Types of fields: which values are legal, and their form in JSON and in a column.

Every type has the same operations:

``typed``
    The value as it is stored; raises ``InvalidInput`` for a value of another type.
``legal``
    ``typed``, and within what the session allows (scale, half levels). For what a user enters.
``of_edit``
    ``typed``, but a text stays as it is in the log.
``read``
    The value in a foreign JSON document; raises ``InvalidInput`` with the sentence that says what
    is needed in its place.
``to_json``, ``from_json``
    For documents of our own.
``to_sql``, ``from_sql``
    For a column of type ``sql_type``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Any, NoReturn, Protocol

from app.errors import InvalidInput
from app.model.maturity_model import MaturityModel
from app.model.scale import HIGHEST_LEVEL, LOWEST_LEVELS
from app.session.checkpoints import MAX_CHECKPOINTS, TOO_MANY_CHECKPOINTS, Checkpoint
from app.session.evidence import MAX_EVIDENCE_BYTES, Evidence, EvidenceKind
from app.session.names import DIGEST_PATTERN, ID_PATTERN, MAX_NAME_LENGTH, matches
from app.words.characters import has_half, is_single_line, single_line
from app.words.language_tags import is_language_tag
from app.words.numbers import exact, plain
from app.words.texts import N_

MAX_WEIGHT = Fraction(10)
MAX_NOTE_LENGTH = 20_000

NOTE_TOO_LONG = N_("A reason can have at most {most} characters. Attach longer texts as a file.")
NAME_TOO_LONG = N_("A name can have at most {most} characters.")
NO_LIST = N_("A list is needed here.")
NO_TEXT = N_("A text of at most {most} characters is needed here.")
NO_LINE = N_("A text of one line and at most {most} characters is needed here.")
NO_ID = N_("An id is needed here: letters, digits, dots, hyphens and underscores.")
NO_MOMENT = N_("A moment such as 2026-11-23T14:07:32+01:00 is needed here.")
NO_SIZE = N_("A size in bytes of at most {most} is needed here.")
TWICE = N_("“{key}” appears twice.")
NO_CHOICE = N_("One of these is needed here: {choices}.")
_LARGEST_SHOWN = 1_000_000
"""A larger number is not repeated in a message; beyond all limits it could not even be written."""
_NO_LEVEL = N_("A level from {lowest} to {highest} in steps of one half, or null, is needed here.")
_NO_TARGET = N_("A whole level from {lowest} to {highest}, or null, is needed here.")
_NO_WEIGHT = N_("A weight greater than 0 and at most {most} is needed here.")
_HALF_A_CHARACTER = N_("The text holds half a character, which cannot be stored. Please retype it.")


class Rules(Protocol):
    """The properties of a session that validation depends on."""

    @property
    def model(self) -> MaturityModel:
        """The model with its scale."""

    @property
    def half_levels(self) -> bool:
        """True if levels between two whole ones are allowed."""


class FieldType:
    """Base of all types: values whose JSON form is the value itself."""

    json_type: Any = str
    """The annotation of the JSON form, for schemas."""
    sql_type = "TEXT"
    """Empty where the value is no column but has a table of its own."""

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        raise NotImplementedError

    def typed(self, value: Any, model: MaturityModel | None = None) -> Any:
        """The value as it is stored."""
        raise NotImplementedError

    def legal(self, value: Any, rules: Rules) -> Any:
        """The value as it is stored, provided the session allows it."""
        return self.typed(value, rules.model)

    def of_edit(self, value: Any, model: MaturityModel | None = None) -> Any:
        """The value an edit sets; raises ``InvalidInput`` for a value of another type."""
        return self.typed(value, model)

    def read(self, value: Any, model: MaturityModel | None = None) -> Any:
        """The value in a foreign document; ``model`` is needed for levels only."""
        raise NotImplementedError

    def to_json(self, value: Any) -> Any:
        """The value in a document."""
        return value

    def from_json(self, value: Any) -> Any:
        """The inverse of :meth:`to_json`."""
        return value

    def to_sql(self, value: Any) -> Any:
        """The value in a column."""
        return self.to_json(value)

    def from_sql(self, value: Any) -> Any:
        """The inverse of :meth:`to_sql`."""
        return self.from_json(value)

    def refuse(self, model: MaturityModel | None) -> NoReturn:
        """Raise the error that describes the allowed values."""
        raise self.needed(model)


# ---- numbers ----------------------------------------------------------------------------------


class Level(FieldType):
    """A level on the model's scale in steps of one half, or ``None``."""

    json_type = float | None
    sql_type = "REAL"

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return _off_scale(_NO_LEVEL, model)

    def typed(self, value: Any, model: MaturityModel | None = None) -> Fraction | None:
        """The level as a fraction."""
        level = self._on_scale(value, model)
        is_half_step = level is None or (level * 2).denominator == 1
        return level if is_half_step else self.refuse(model)

    def legal(self, value: Any, rules: Rules) -> Fraction | None:
        """A level on the scale, whole unless the session allows halves."""
        level = self._on_scale(value, rules.model)
        if level is not None and level.denominator != 1 and not rules.half_levels:
            raise InvalidInput(
                N_("This session allows whole levels only. Please enter a whole number.")
            )
        return self.typed(level, rules.model)

    def _on_scale(self, value: Any, model: MaturityModel | None) -> Fraction | None:
        if value is None:
            return None
        if type(value) is not Fraction and type(value) is not int:
            self.refuse(model)
        check_scale(value, model)
        return Fraction(value)

    def read(self, value: Any, model: MaturityModel | None = None) -> Fraction | None:
        """A number on the scale in steps of one half."""
        fits = value is None or (
            _is_number(value)
            and _is_on_scale(value, model)
            and (type(value) is int or (value * 2).is_integer())
        )
        return self.from_json(value) if fits else self.refuse(model)

    def to_json(self, value: Fraction | None) -> int | float | None:
        """A whole number where the level is one."""
        return None if value is None else plain(value)

    def from_json(self, value: Any) -> Fraction | None:
        """The exact level."""
        return None if value is None else exact(value)

    def to_sql(self, value: Fraction | None) -> float | None:
        """Always ``float``, as SQLite returns it."""
        return None if value is None else float(value)

    def from_sql(self, value: Any) -> Fraction | None:
        """The exact level."""
        return None if value is None else fraction(value)


class WholeLevel(FieldType):
    """A whole level on the model's scale, or ``None``."""

    json_type = int | None
    sql_type = "INTEGER"

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return _off_scale(_NO_TARGET, model)

    def typed(self, value: Any, model: MaturityModel | None = None) -> int | None:
        """The level as ``int``."""
        if value is None:
            return None
        if type(value) is not int:
            self.refuse(model)
        check_scale(value, model)
        return value

    def read(self, value: Any, model: MaturityModel | None = None) -> int | None:
        """A whole number on the scale."""
        if value is None or (type(value) is int and _is_on_scale(value, model)):
            level: int | None = value
            return level
        raise self.needed(model)


class Weight(FieldType):
    """A number greater than 0 and at most ``MAX_WEIGHT``."""

    json_type = float
    sql_type = "REAL"

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(_NO_WEIGHT, most=MAX_WEIGHT)

    def typed(self, value: Any, model: MaturityModel | None = None) -> Fraction:
        """The weight as files hold it: one third becomes the nearest decimal."""
        if type(value) is not Fraction and type(value) is not int:
            self.refuse(model)
        weight = Fraction(value)
        if 0 < weight <= MAX_WEIGHT:
            weight = exact(plain(weight))  # zero for one too small for any file
        if not 0 < weight <= MAX_WEIGHT:
            raise InvalidInput(
                N_("A weight is greater than 0 and at most {most}."), most=MAX_WEIGHT
            )
        return weight

    def read(self, value: Any, model: MaturityModel | None = None) -> Fraction:
        """A positive number up to the maximum."""
        return exact(value) if _is_number(value) and 0 < value <= MAX_WEIGHT else self.refuse(model)

    def to_json(self, value: Fraction) -> int | float:
        """A whole number where the weight is one."""
        return plain(value)

    def from_json(self, value: Any) -> Fraction:
        """The exact weight; very old logs hold ``null`` for the default."""
        return Fraction(1) if value is None else exact(value)

    def to_sql(self, value: Fraction) -> float:
        """Always ``float``, as SQLite returns it."""
        return float(value)

    def from_sql(self, value: Any) -> Fraction:
        """The exact weight."""
        return fraction(value)


@lru_cache(maxsize=1024)
def fraction(value: float) -> Fraction:
    """The exact value that was typed, from a REAL column."""
    return exact(value)


def check_scale(level: Fraction | int, model: MaturityModel | None) -> None:
    """Raise ``InvalidInput`` for a level that the model does not have."""
    if _is_on_scale(level, model):
        return
    if abs(Fraction(level)) > _LARGEST_SHOWN:
        raise _off_scale(_NO_LEVEL, model)
    lowest, highest = _scale_of(model)
    raise InvalidInput(
        N_("Level {level} is not on the scale from {lowest} to {highest}."),
        level=plain(Fraction(level)),
        lowest=lowest,
        highest=highest,
    )


def _is_on_scale(level: Any, model: MaturityModel | None) -> bool:
    lowest, highest = _scale_of(model)
    return bool(lowest <= level <= highest)


def _scale_of(model: MaturityModel | None) -> tuple[int, int]:
    """The lowest and highest level; without a model those of any scale."""
    if model is None:
        return min(LOWEST_LEVELS), HIGHEST_LEVEL
    return model.lowest_level, model.highest_level


def _off_scale(template: str, model: MaturityModel | None) -> InvalidInput:
    lowest, highest = _scale_of(model)
    return InvalidInput(template, lowest=lowest, highest=highest)


def _is_number(value: Any) -> bool:
    # A whole number may be too large to be compared as a float; it is finite anyhow.
    return type(value) is int or (type(value) is float and math.isfinite(value))


# ---- texts, choices, dates --------------------------------------------------------------------


class Text(FieldType):
    """A text of limited length; ``too_long`` is the sentence for a longer one."""

    def __init__(self, too_long: str, most: int = MAX_NOTE_LENGTH) -> None:
        self._too_long = too_long
        self._most = most

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(NO_TEXT, most=self._most)

    def typed(self, value: Any, model: MaturityModel | None = None) -> str:
        """The text unchanged."""
        return self._checked(value) if type(value) is str else self.refuse(model)

    def of_edit(self, value: Any, model: MaturityModel | None = None) -> Any:
        """The text as it is in the edit: normalised, it would no longer match its log."""
        self.typed(value, model)
        return value

    def read(self, value: Any, model: MaturityModel | None = None) -> Any:
        """A text that is not too long."""
        return value if is_text(value, self._most) else self.refuse(model)

    def _checked(self, text: str) -> str:
        refuse_surrogates(text)
        if len(text) > self._most:
            raise InvalidInput(self._too_long, most=self._most)
        return text


class Line(Text):
    """A text of one line, such as a name or title; ``empty`` is the sentence if it is required."""

    def __init__(self, too_long: str, most: int = MAX_NAME_LENGTH, empty: str = "") -> None:
        super().__init__(too_long, most)
        self._empty = empty

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(NO_LINE, most=self._most)

    def typed(self, value: Any, model: MaturityModel | None = None) -> str:
        """The text on one line, normalised."""
        if type(value) is not str:
            self.refuse(model)
        refuse_surrogates(value)
        return self._checked(single_line(value))

    def legal(self, value: Any, rules: Rules) -> str:
        """A line that is not empty where one is required."""
        line = self.typed(value, rules.model)
        if not line and self._empty:
            raise InvalidInput(self._empty)
        return line

    def read(self, value: Any, model: MaturityModel | None = None) -> Any:
        """A text of one line that is not too long."""
        fits = is_text(value, self._most) and is_single_line(value)
        return value if fits else self.refuse(model)


class Reason(Text):
    """A text that is not blank, or ``None``; ``empty`` is the sentence for a blank one."""

    json_type = str | None

    def __init__(self, too_long: str, empty: str) -> None:
        super().__init__(too_long)
        self._empty = empty

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(N_("A reason, or null, is needed here."))

    def typed(self, value: Any, model: MaturityModel | None = None) -> str | None:  # type: ignore[override]
        """The reason without blanks around it."""
        if value is None:
            return None
        reason = super().typed(value, model).strip()
        if not reason:
            raise InvalidInput(self._empty)
        return reason

    def read(self, value: Any, model: MaturityModel | None = None) -> Any:
        """A text that is not blank, or ``None``."""
        fits = value is None or (is_text(value, self._most) and value.strip())
        return value if fits else self.refuse(model)


class LanguageCode(Text):
    """A language code such as ``de``."""

    def __init__(self) -> None:
        super().__init__(NO_TEXT, MAX_NAME_LENGTH)

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(N_("A language code such as de or en is needed here."))

    def typed(self, value: Any, model: MaturityModel | None = None) -> str:
        """The code unchanged."""
        code: str = self.read(value, model)
        return code

    def read(self, value: Any, model: MaturityModel | None = None) -> Any:
        """A language code."""
        fits = is_text(value, self._most) and is_language_tag(value)
        return value if fits else self.refuse(model)


class Flag(FieldType):
    """Yes or no."""

    json_type = bool
    sql_type = "INTEGER"

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(N_("true or false is needed here."))

    def typed(self, value: Any, model: MaturityModel | None = None) -> bool:
        """The flag unchanged."""
        return self.read(value, model)

    def read(self, value: Any, model: MaturityModel | None = None) -> bool:
        """A JSON boolean."""
        return value if isinstance(value, bool) else self.refuse(model)

    def to_sql(self, value: bool) -> int:
        """0 or 1."""
        return int(value)

    def from_sql(self, value: Any) -> bool:
        """The inverse of :meth:`to_sql`."""
        return bool(value)


class Day(FieldType):
    """A calendar date, ISO 8601 in documents and columns."""

    json_type = date

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(N_("A date such as 2026-11-24 is needed here."))

    def typed(self, value: Any, model: MaturityModel | None = None) -> date:
        """The date unchanged; a ``datetime`` is rejected."""
        return value if type(value) is date else self.refuse(model)

    def read(self, value: Any, model: MaturityModel | None = None) -> date:
        """An ISO 8601 date in its extended form."""
        try:
            day = date.fromisoformat(value)
        except (TypeError, ValueError):
            self.refuse(model)
        return day if day.isoformat() == value else self.refuse(model)

    def to_json(self, value: date) -> str:
        """ISO 8601."""
        return value.isoformat()

    def from_json(self, value: Any) -> date:
        """The inverse of :meth:`to_json`."""
        return date.fromisoformat(value)


class Choice(FieldType):
    """One of an enumeration's members, or ``None``."""

    def __init__(self, choices: type[StrEnum]) -> None:
        self.choices = choices
        self.json_type = choices | None

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(NO_CHOICE, choices=", ".join(["null", *self.choices]))

    def typed(self, value: Any, model: MaturityModel | None = None) -> StrEnum | None:
        """The member unchanged."""
        if value is None or isinstance(value, self.choices):
            return value
        raise self.needed(model)

    def read(self, value: Any, model: MaturityModel | None = None) -> StrEnum | None:
        """A member's value, or ``None``."""
        if value is None:
            return None
        return self.choices(value) if value in list(self.choices) else self.refuse(model)

    def to_json(self, value: StrEnum | None) -> str | None:
        """The member's value."""
        return None if value is None else value.value

    def from_json(self, value: Any) -> StrEnum | None:
        """The inverse of :meth:`to_json`."""
        return None if value is None else self.choices(value)


# ---- records ----------------------------------------------------------------------------------


class Records(FieldType):
    """A tuple of records, a list of objects in documents.

    ``record`` is their class, ``check`` validates one, ``write`` and ``parse`` turn it into an
    object and back. Foreign documents are read by ``data.sessions.schema``, which knows the keys
    of an object.
    """

    record: type
    json_type = list[dict[str, Any]]

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(NO_LIST)

    def typed(self, value: Any, model: MaturityModel | None = None) -> tuple[Any, ...]:
        """The records as they are."""
        if type(value) is not tuple or not all(type(record) is self.record for record in value):
            self.refuse(model)
        for record in value:
            self.check(record)
        return value

    def check(self, record: Any) -> None:
        """Raise ``InvalidInput`` for a record with a value that no document may hold."""
        raise NotImplementedError

    def write(self, record: Any) -> dict[str, Any]:
        """One record as an object."""
        raise NotImplementedError

    def parse(self, document: Mapping[str, Any]) -> Any:
        """The inverse of :meth:`write`."""
        raise NotImplementedError

    def to_json(self, value: tuple[Any, ...]) -> list[dict[str, Any]]:
        """One object per record."""
        return [self.write(record) for record in value]

    def from_json(self, value: Any) -> tuple[Any, ...]:
        """The inverse of :meth:`to_json`; ``null`` is ``None``."""
        return tuple(map(self.parse, value or ()))

    def to_sql(self, value: tuple[Any, ...]) -> str:
        """The list as compact JSON."""
        return compact_json(self.to_json(value)) if value else "[]"

    def from_sql(self, value: Any) -> tuple[Any, ...]:
        """The inverse of :meth:`to_sql`."""
        return () if value == "[]" else self.from_json(json.loads(value))


class EvidenceList(Records):
    """Links and files."""

    record = Evidence

    def check(self, record: Evidence) -> None:
        """Id, kind and texts; size and digest belong to files only."""
        check_pattern(ID_PATTERN, record.id)
        if type(record.kind) is not EvidenceKind:
            raise InvalidInput(NO_CHOICE, choices=", ".join(EvidenceKind))
        for text in (record.title, record.address):
            check_text(text, MAX_NOTE_LENGTH)
        is_file = record.kind is EvidenceKind.FILE
        check_pattern(DIGEST_PATTERN if is_file else "", record.digest)
        most = MAX_EVIDENCE_BYTES if is_file else 0
        if type(record.size) is not int or not 0 <= record.size <= most:
            raise InvalidInput(NO_SIZE, most=most)

    def write(self, record: Evidence) -> dict[str, Any]:
        """One piece of evidence as an object."""
        document: dict[str, Any] = {
            "id": record.id,
            "kind": record.kind.value,
            "title": record.title,
            "address": record.address,
        }
        if record.kind is EvidenceKind.FILE:
            document |= {"size": record.size, "digest": record.digest}
        return document

    def parse(self, document: Mapping[str, Any]) -> Evidence:
        """The inverse of :meth:`write`."""
        kind = EvidenceKind(document["kind"])
        content = (document["size"], document["digest"]) if kind is EvidenceKind.FILE else ()
        return Evidence(document["id"], kind, document["title"], document["address"], *content)


class Checkpoints(Records):
    """Named moments, each id once; in the library a table of their own."""

    record = Checkpoint
    sql_type = ""

    def typed(self, value: Any, model: MaturityModel | None = None) -> tuple[Any, ...]:
        """The checkpoints in whole seconds, no more than a session can have."""
        checkpoints = super().typed(value, model)
        if len(checkpoints) > MAX_CHECKPOINTS:
            raise InvalidInput(TOO_MANY_CHECKPOINTS, most=MAX_CHECKPOINTS)
        seen: set[str] = set()
        for checkpoint in checkpoints:
            if checkpoint.id in seen:
                raise InvalidInput(TWICE, key=checkpoint.id)
            seen.add(checkpoint.id)
        return tuple(replace(each, at=each.at.replace(microsecond=0)) for each in checkpoints)

    def check(self, record: Checkpoint) -> None:
        """Id, name, and a moment with an offset."""
        check_pattern(ID_PATTERN, record.id)
        check_text(record.name, MAX_NAME_LENGTH, NO_LINE)
        if not is_single_line(record.name) or not record.name.strip():
            raise InvalidInput(NO_LINE, most=MAX_NAME_LENGTH)
        try:
            at = moment(record.at.isoformat()) if type(record.at) is datetime else None
        except (ValueError, OverflowError):
            at = None
        if at is None:
            raise InvalidInput(NO_MOMENT)

    def write(self, record: Checkpoint) -> dict[str, Any]:
        """One checkpoint as an object."""
        at = record.at.isoformat(timespec="seconds")
        return {"id": record.id, "name": record.name, "at": at}

    def parse(self, document: Mapping[str, Any]) -> Checkpoint:
        """The inverse of :meth:`write`; sub-second precision is dropped."""
        at = datetime.fromisoformat(document["at"]).replace(microsecond=0)
        return Checkpoint(document["id"], document["name"], at)


# ---- helpers -----------------------------------------------------------------------------------


def moment(value: str) -> datetime | None:
    """The moment in a text, ``None`` without an offset; raises ``ValueError``, ``OverflowError``.

    The moment can be expressed in UTC, too.
    """
    at = datetime.fromisoformat(value)
    if at.utcoffset() is None:
        return None
    at.astimezone(UTC)  # raises where the calendar ends
    return at


def check_pattern(pattern: str, value: Any) -> None:
    """Raise ``InvalidInput`` for anything but a text of this pattern."""
    if not matches(pattern, value):
        raise InvalidInput(NO_ID)


def check_text(value: Any, most: int, needed: str = NO_TEXT) -> None:
    """Raise ``InvalidInput`` for anything but a text of this length that UTF-8 can hold."""
    if type(value) is str:
        refuse_surrogates(value)
    if not is_text(value, most):
        raise InvalidInput(needed, most=most)


def is_text(value: Any, most: int) -> bool:
    """True for a text of this length that UTF-8 can hold."""
    return type(value) is str and len(value) <= most and not has_half(value)


def refuse_surrogates(text: str) -> None:
    """Raise ``InvalidInput`` for a lone surrogate: no file takes it."""
    if has_half(text):
        raise InvalidInput(_HALF_A_CHARACTER)


def compact_json(value: object) -> str:
    """JSON without blanks, other alphabets kept readable."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
