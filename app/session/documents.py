"""Ratings and changes as plain documents, for the change log and for JSON files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from app.session.session import (
    DEFAULT_WEIGHT,
    Checkpoint,
    Confidence,
    Evidence,
    EvidenceKind,
    Rating,
)
from app.words.numbers import exact, plain
from app.workshop.history import Edit


def evidence_to_document(evidence: Evidence) -> dict[str, Any]:
    """Evidence as JSON values."""
    document: dict[str, Any] = {
        "id": evidence.id,
        "kind": evidence.kind.value,
        "title": evidence.title,
        "address": evidence.address,
    }
    if evidence.kind is EvidenceKind.FILE:
        document |= {"size": evidence.size, "digest": evidence.digest}
    return document


def evidence_from_document(document: Mapping[str, Any]) -> Evidence:
    """The inverse of :func:`evidence_to_document`."""
    return Evidence(
        document["id"],
        EvidenceKind(document["kind"]),
        document["title"],
        document["address"],
        document.get("size", 0),
        document.get("digest", ""),
    )


def checkpoint_to_document(checkpoint: Checkpoint) -> dict[str, Any]:
    """A checkpoint as JSON values."""
    at = checkpoint.at.isoformat(timespec="seconds")
    return {"id": checkpoint.id, "name": checkpoint.name, "at": at}


def checkpoint_from_document(document: Mapping[str, Any]) -> Checkpoint:
    """The inverse of :func:`checkpoint_to_document`; parts of a second are let go."""
    at = datetime.fromisoformat(document["at"]).replace(microsecond=0)
    return Checkpoint(document["id"], document["name"], at)


def rating_to_document(rating: Rating) -> dict[str, Any]:
    """A rating as JSON values under the names of its fields."""
    fields = ("level", "target", "weight", "confidence", "note", "not_applicable", "evidence")
    return {
        "area_id": rating.area_id,
        **{field: value_to_document(getattr(rating, field)) for field in fields},
    }


def rating_from_document(document: Mapping[str, Any]) -> Rating:
    """The inverse of :func:`rating_to_document`; absent fields have their defaults."""
    return Rating(
        document["area_id"],
        **{
            field: value_from_document(field, document[field])
            for field in document
            if field != "area_id"
        },
    )


def edit_to_document(edit: Edit) -> dict[str, Any]:
    """An edit as JSON values."""
    return {
        "area_id": edit.area_id,
        "field": edit.field,
        "before": value_to_document(edit.before),
        "after": value_to_document(edit.after),
    }


def edit_from_document(document: Mapping[str, Any]) -> Edit:
    """The inverse of :func:`edit_to_document`."""
    field = document["field"]
    return Edit(
        document["area_id"],
        field,
        value_from_document(field, document["before"]),
        value_from_document(field, document["after"]),
    )


def value_to_document(value: object) -> Any:
    """The value of any field of a rating or session as JSON."""
    writer = _WRITERS.get(type(value))
    return value if writer is None else writer(value)


def value_from_document(field: str, value: Any) -> Any:
    """The inverse of :func:`value_to_document` for the field of this name."""
    if value is None and field != "weight":
        return None
    reader = _READERS.get(field)
    return value if reader is None else reader(value)


_WRITERS: dict[type, Callable[[Any], Any]] = {
    Fraction: plain,
    Confidence: lambda value: value.value,
    date: date.isoformat,
    Evidence: evidence_to_document,
    Checkpoint: checkpoint_to_document,
    tuple: lambda value: [value_to_document(item) for item in value],
}
_READERS: dict[str, Callable[[Any], Any]] = {
    "level": exact,
    "weight": lambda value: DEFAULT_WEIGHT if value is None else exact(value),
    "confidence": Confidence,
    "date": date.fromisoformat,
    "evidence": lambda value: tuple(map(evidence_from_document, value)),
    "milestones": lambda value: tuple(map(checkpoint_from_document, value)),
}
