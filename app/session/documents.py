"""Serialisation of ratings, sessions and changes, for the change log and for JSON files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.session.rating import RATING, Rating
from app.session.session import SESSION, Session, field_of
from app.workshop.history import Edit

FORMAT = "stufenplan-session"
FORMAT_VERSION = 1
"""Identification of session files; shared by the packages that read and write them."""


def rating_to_document(rating: Rating) -> dict[str, Any]:
    """A rating as JSON values under the names of its fields."""
    return {
        "area_id": rating.area_id,
        **{
            name: field.type.to_json(getattr(rating, name)) for name, field in RATING.fields.items()
        },
    }


def rating_to_log(rating: Rating) -> dict[str, Any]:
    """Like :func:`rating_to_document`, without later fields that have their default."""
    document = rating_to_document(rating)
    for name, field in RATING.fields.items():
        if not field.required and getattr(rating, name) == field.default:
            del document[name]
    return document


def rating_from_document(document: Mapping[str, Any]) -> Rating:
    """The inverse of both; absent fields have their defaults."""
    return RATING.holder(
        document["area_id"],
        **{
            name: field.type.from_json(document[name])
            for name, field in RATING.fields.items()
            if name in document
        },
    )


def details_to_document(session: Session) -> dict[str, Any]:
    """The fields of the session itself as JSON values under their names."""
    return {
        name: field.type.to_json(getattr(session, name)) for name, field in SESSION.keyed.items()
    }


def details_from_document(document: Mapping[str, Any]) -> dict[str, Any]:
    """The values of :func:`details_to_document`; those of absent fields are left out."""
    return {
        name: field.type.from_json(document[name])
        for name, field in SESSION.keyed.items()
        if name in document
    }


def edit_to_document(edit: Edit) -> dict[str, Any]:
    """An edit as JSON values."""
    return _edit_document(edit, field_of(edit.area_id, edit.field).type.to_json)


def edit_to_log(edit: Edit) -> dict[str, Any]:
    """An edit as JSON values in the form of a library's log."""
    return _edit_document(edit, field_of(edit.area_id, edit.field).type.to_log)


def edit_from_log(document: Mapping[str, Any]) -> Edit:
    """The inverse of :func:`edit_to_log`."""
    area_id, name = document["area_id"], document["field"]
    from_log = field_of(area_id, name).type.from_log
    return Edit(area_id, name, from_log(document["before"]), from_log(document["after"]))


def _edit_document(edit: Edit, written: Callable[[Any], Any]) -> dict[str, Any]:
    return {
        "area_id": edit.area_id,
        "field": edit.field,
        "before": written(edit.before),
        "after": written(edit.after),
    }
