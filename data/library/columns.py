"""Columns covered by the digest of a row, and their defaults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING
from typing import Any

from app.session.rating import RATING
from app.session.session import SESSION
from data.library.hash_chain import row_digest

Row = dict[str, Any]
"""The values of a row by column."""
Columns = Mapping[str, Any]
"""Column to its default, ``dataclasses.MISSING`` where there is none."""

SESSION_TABLES = {"session": "id", "rating": "session_id", "milestone": "session_id"}
"""Tables with rows of a session, covered by a log row's ``state``, and the column of its id."""

ORGANISATION = dict.fromkeys(("id", "name", "name_key"), MISSING)
UNIT = dict.fromkeys(("id", "organisation_id", "parent_id", "name", "name_key", "kind"), MISSING)
MODEL = dict.fromkeys(
    ("digest", "id", "name", "lowest_level", "highest_level", "imported", "outline"), MISSING
)
MILESTONE = dict.fromkeys(("session_id", "place", "id", "name", "at"), MISSING)
REVIEW = dict.fromkeys(
    (
        "id", "organisation_id", "earlier_id", "later_id", "subject", "verdict", "area_then",
        "area_now", "said_then", "said_now", "decided_at", "decided_by", "withdrawn_at",
        "withdrawn_by",
    ),
    MISSING,
)  # fmt: skip
MAPPING = dict.fromkeys(
    ("digest", "document", "added_at", "added_by", "withdrawn_at", "withdrawn_by"), MISSING
)
_SESSION = dict.fromkeys(
    ("id", "organisation_id", "unit_id", "model_digest", "archived", "search_key"), MISSING
)
_RATING = dict.fromkeys(("session_id", "area_id"), MISSING)

LOG = (
    "seq, id, session_id, at, utc_offset, origin, reverses, merge_key, content, state,"
    " content_hash, previous, hash"
)


def session_columns() -> Columns:
    """The columns of ``session``; its fields as declared in :class:`Session`."""
    return _SESSION | {field.name: field.default_in_row for field in SESSION.columns}


def rating_columns() -> Columns:
    """The columns of ``rating``; its fields as declared in :class:`Rating`."""
    return _RATING | {field.name: field.default_in_row for field in RATING.columns}


def digested_tables() -> Mapping[str, Columns]:
    """Tables whose rows have a digest, and the columns it covers."""
    return {
        "organisation": ORGANISATION,
        "unit": UNIT,
        "model": MODEL,
        "session": session_columns(),
        "rating": rating_columns(),
        "milestone": MILESTONE,
        "review": REVIEW,
        "mapping": MAPPING,
    }


def digest_of(columns: Columns, row: Row) -> str:
    """The digest of a row: names and values that differ from the column's default."""
    return row_digest({name: value for name, value in row.items() if value != columns[name]})


def digest_in_order(columns: Columns, values: Iterable[Any]) -> str:
    """The digest of a row whose values come in the order of the columns; faster for many rows."""
    pairs = zip(columns.items(), values, strict=True)
    return row_digest({name: value for (name, default), value in pairs if value != default})


def with_digest(columns: Columns, row: Row) -> Row:
    """The row with its digest."""
    return {**row, "row_digest": digest_of(columns, row)}
