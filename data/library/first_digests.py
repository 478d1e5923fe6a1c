"""Digests and log of schema 1 and 2, to check such a library before it is upgraded.

Their digests cover values by position, and the log's hash covers the row itself. The migration to
schema 3 writes both in their present form.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

LAST_SCHEMA_VERSION = 2
_TABLES = {
    "organisation": "id, name, name_key",
    "unit": "id, organisation_id, parent_id, name, name_key, kind",
    "model": "digest, id, name, lowest_level, highest_level, imported, outline",
    "session": "id, organisation_id, unit_id, model_digest, date, language, half_levels, archived,"
    " title, search_key, scope",
    "rating": "session_id, area_id, level, target, weight, confidence, not_applicable, evidence,"
    " note",
    "milestone": "session_id, place, id, name, at",
}
_LOG = (
    "seq, id, session_id, at, utc_offset, origin, reverses, merge_key, content, state, previous,"
    " hash"
)


def altered_rows(connection: sqlite3.Connection) -> Iterator[str | None]:
    """A short remark per altered row, ``None`` per intact one."""
    present = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    for table, names in _TABLES.items():
        if table not in present:
            continue
        for *values, stored in connection.execute(f"SELECT {names}, row_digest FROM {table}"):
            yield None if _hash(values)[:32] == stored else f"{table} {values[0]}"
    yield from _broken_links(connection.execute(f"SELECT {_LOG} FROM change_log ORDER BY seq"))


def _broken_links(rows: Iterable[Sequence[Any]]) -> Iterator[str | None]:
    expected_seq, expected_previous = 1, ""
    for row in rows:
        seq, *values, previous, stored = row
        fits = seq == expected_seq and previous == expected_previous
        fits = fits and stored == _hash((previous, seq, *values))
        yield None if fits else f"change_log {seq}"
        expected_seq, expected_previous = int(seq or 0) + 1, str(stored)


def _hash(values: Sequence[Any]) -> str:
    text = json.dumps(values, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
