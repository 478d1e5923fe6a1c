"""Detects what is missing from a library, or was added past the log.

Digests tell what was altered. What was deleted has none, so the log, which records everything that
ever came in, is compared with the tables in both directions.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from data.library import columns

Remarks = Iterator[str | None]

DELETED = "deleted"
"""Origin of the entry about a deletion for good."""

_LOGGED = {
    "organisation": ("id", "name"),
    "unit": ("id", "name", "organisation_id", "parent_id"),
    "model": ("digest", "id"),
    "file": ("digest", "size"),
    "review": tuple(columns.REVIEW),
    "mapping": tuple(name for name in columns.MAPPING if name != "document"),
}
"""Log entries without a session: the table, its key, and values that are logged too.

The first value is in every entry. An entry says what is true from then on; one with ``into`` says
that the row became part of another one.
"""


def missing(connection: sqlite3.Connection) -> Remarks:
    """A short remark per row that is missing or that the log does not know."""
    yield from _missing_information(connection)
    yield from _missing_entries(connection)
    yield from _missing_rows(connection)
    yield from _missing_sessions(connection)


def _missing_information(connection: sqlite3.Connection) -> Remarks:
    (count,) = connection.execute("SELECT count(*) FROM library_info").fetchone()
    yield None if count == 1 else "library_info"


def _missing_entries(connection: sqlite3.Connection) -> Remarks:
    """Entries without content are exactly those that the log says were deleted for good."""
    entries = "FROM change_log WHERE session_id IS NULL"
    blank = {seq for (seq,) in connection.execute(f"SELECT seq {entries} AND content = ''")}
    sql = f"SELECT seq, content {entries} AND origin = ? ORDER BY seq"
    for seq, content in connection.execute(sql, (DELETED,)).fetchall():
        named = _named_entries(content)
        is_sound = named is not None and all(1 <= a <= b < seq for a, b in named)
        for first, last in named if named and is_sound else ():
            # Bounded, because in a file that was tampered with a range may be of any length.
            numbers = set(range(first, min(last, first + len(blank)) + 1))
            is_sound = is_sound and numbers <= blank
            blank -= numbers
        yield None if is_sound else f"change_log {seq}"
    yield from (f"change_log {seq}" for seq in sorted(blank))


def _named_entries(content: str) -> list[tuple[int, int]] | None:
    """The ranges of entries that an entry about a deletion names; ``None`` if it is none."""
    entry = json.loads(content)
    ranges = entry.get("entries") if isinstance(entry, dict) else None
    if not isinstance(ranges, list):
        return None
    numbers = [tuple(each) for each in ranges if isinstance(each, list) and len(each) == 2]
    is_sound = len(numbers) == len(ranges) and all(type(n) is int for each in numbers for n in each)
    return [(first, last) for first, last in numbers] if is_sound else None


def _missing_rows(connection: sqlite3.Connection) -> Remarks:
    logged: dict[str, dict[str, dict[str, object]]] = {table: {} for table in _LOGGED}
    sql = "SELECT seq, origin, content FROM change_log WHERE session_id IS NULL ORDER BY seq"
    for seq, origin, content in connection.execute(sql):
        is_sound = origin not in _LOGGED or not content or _note(origin, content, logged[origin])
        yield None if is_sound else f"change_log {seq}"
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    for table, (key, *values) in _LOGGED.items():
        if table not in tables:  # a library of an earlier schema, before its upgrade
            continue
        sql = f"SELECT {key}, {', '.join(values)} FROM {table}"
        stored = {
            row[0]: dict(zip(values, row[1:], strict=True)) for row in connection.execute(sql)
        }
        for name in stored.keys() | logged[table].keys():
            row, facts = stored.get(name), logged[table].get(name)
            fits = row is not None and facts is not None and row == row | facts
            yield None if fits else f"{table} {name}"


def _note(table: str, content: str, logged: dict[str, dict[str, object]]) -> bool:
    """Note what an entry says about a row; False if it says nothing that can be noted."""
    key, *values = _LOGGED[table]
    entry = json.loads(content)
    name = entry.get(key) if isinstance(entry, dict) else None
    if not isinstance(name, str):
        return False
    if "into" in entry:
        return isinstance(entry["into"], str) and logged.pop(name, None) is not None
    known = logged.setdefault(name, {values[0]: None})
    known.update({value: entry[value] for value in values if value in entry})
    return True


def _missing_sessions(connection: sqlite3.Connection) -> Remarks:
    """Every session has its row, its place in the list, and one entry with its first state."""
    stored = {row[0] for row in connection.execute("SELECT id FROM session")}
    listed = {row[0] for row in connection.execute("SELECT session_id FROM position")}
    sql = (
        "SELECT session_id, sum(origin = 'create') FROM change_log WHERE session_id IS NOT NULL"
        " GROUP BY session_id"
    )
    created = dict(connection.execute(sql).fetchall())
    for session_id in stored | listed | created.keys():
        is_whole = session_id in stored and session_id in listed
        yield None if is_whole and created.get(session_id) == 1 else f"session {session_id}"
