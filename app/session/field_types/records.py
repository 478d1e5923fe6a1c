"""Types whose values are lists of records: evidence and checkpoints."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.errors import InvalidInput
from app.model.maturity_model import MaturityModel
from app.session.checkpoints import MAX_CHECKPOINTS, TOO_MANY_CHECKPOINTS, Checkpoint
from app.session.compact_json import compact_json
from app.session.evidence import MAX_EVIDENCE_BYTES, Evidence, EvidenceKind
from app.session.field_types.base import FieldType
from app.session.field_types.choices import NO_CHOICE
from app.session.field_types.texts import MAX_NOTE_LENGTH, NO_LINE, check_text
from app.session.names import DIGEST_PATTERN, ID_PATTERN, MAX_NAME_LENGTH, matches
from app.words.characters import is_single_line
from app.words.texts import N_

NO_LIST = N_("A list is needed here.")
NO_ID = N_("An id is needed here: letters, digits, dots, hyphens and underscores.")
NO_MOMENT = N_("A moment such as 2026-11-23T14:07:32+01:00 is needed here.")
NO_SIZE = N_("A size in bytes of at most {most} is needed here.")
TWICE = N_("“{key}” appears twice.")


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
