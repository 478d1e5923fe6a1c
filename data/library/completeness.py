"""Detects what is missing from a library, or was added past the log.

Digests tell what was altered. What was deleted has none, so the log, which records everything that
ever came in, is compared with the tables in both directions.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

Remarks = Iterator[str | None]

DELETED = "deleted"
"""Origin of the entry about a deletion for good."""

_LOGGED = {
    "organisation": ("id", "name"),
    "unit": ("id", "name"),
    "model": ("digest", "id"),
    "file": ("digest", "size"),
}
"""Log entries without a session: the table, its key, and a value that is logged too."""


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
    logged: dict[str, dict[str, object]] = {table: {} for table in _LOGGED}
    sql = "SELECT seq, origin, content FROM change_log WHERE session_id IS NULL ORDER BY seq"
    for seq, origin, content in connection.execute(sql):
        if origin in _LOGGED and content:
            key, value = _LOGGED[origin]
            entry = json.loads(content)
            if not isinstance(entry, dict) or not isinstance(entry.get(key), str):
                yield f"change_log {seq}"
                continue
            logged[origin][entry[key]] = entry.get(value)
        yield None
    for table, (key, value) in _LOGGED.items():
        stored = dict(connection.execute(f"SELECT {key}, {value} FROM {table}"))
        for name in stored.keys() | logged[table].keys():
            fits = name in stored and name in logged[table]
            yield None if fits and stored[name] == logged[table][name] else f"{table} {name}"


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
