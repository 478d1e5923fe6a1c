"""Digests by column name, a log linked over hashes of its contents, and who facilitated a session.

Row digests now cover names and values that differ from the column's default, so that a column that
is added later leaves them as they are. The log's link covers a hash of each entry's content, so
that the chain still holds once the content of a deleted session is blanked; ``origin`` is free
text, and the log does not refer to rows of ``session``. All digests and links are computed again.

The ``state`` of a session's last log row is that of its new digests; earlier ones stay as they
were written. Only the last one is ever compared with the rows.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from typing import Any

_REQUIRED = object()
"""The default of a column whose value is always part of the digest."""

_TABLES: dict[str, dict[str, Any]] = {
    "organisation": dict.fromkeys(("id", "name", "name_key"), _REQUIRED),
    "unit": dict.fromkeys(
        ("id", "organisation_id", "parent_id", "name", "name_key", "kind"), _REQUIRED
    ),
    "model": dict.fromkeys(
        ("digest", "id", "name", "lowest_level", "highest_level", "imported", "outline"), _REQUIRED
    ),
    "session": {
        **dict.fromkeys(
            ("id", "organisation_id", "unit_id", "model_digest", "archived", "search_key"),
            _REQUIRED,
        ),
        **dict.fromkeys(("title", "date", "language"), _REQUIRED),
        "scope": "",
        "half_levels": 0,
        "facilitator": "",
    },
    "rating": {
        "session_id": _REQUIRED,
        "area_id": _REQUIRED,
        "level": None,
        "target": None,
        "weight": 1.0,
        "confidence": None,
        "note": "",
        "not_applicable": None,
        "evidence": "[]",
    },
    "milestone": dict.fromkeys(("session_id", "place", "id", "name", "at"), _REQUIRED),
}


def upgrade(db: sqlite3.Connection) -> None:
    """Add the column, compute the digests, and write the log again."""
    db.execute("ALTER TABLE session ADD COLUMN facilitator TEXT NOT NULL DEFAULT ''")
    for table in _TABLES:
        _compute_digests(db, table)
    db.execute("ALTER TABLE change_log RENAME TO change_log_before")
    db.execute(_CHANGE_LOG)
    _relink(db)
    db.execute("DROP TABLE change_log_before")
    for statement in _AROUND_THE_LOG:
        db.execute(statement)
    db.execute("PRAGMA user_version = 3")


def _compute_digests(db: sqlite3.Connection, table: str) -> None:
    defaults = _TABLES[table]
    names = tuple(defaults)

    def digest(*values: Any) -> str:
        pairs = zip(names, values, strict=True)
        return _hash({name: value for name, value in pairs if value != defaults[name]})[:32]

    function = f"digest_of_{table}"
    db.create_function(function, len(names), digest)
    db.execute(f"UPDATE {table} SET row_digest = {function}({', '.join(names)})")
    db.create_function(function, len(names), None)


def _relink(db: sqlite3.Connection) -> None:
    states = _states(db)
    last = dict(
        db.execute(
            "SELECT max(seq), session_id FROM change_log_before WHERE session_id IS NOT NULL"
            " GROUP BY session_id"
        ).fetchall()
    )
    previous = ""
    rows = db.execute(
        "SELECT seq, id, session_id, at, utc_offset, origin, reverses, merge_key, state, content"
        " FROM change_log_before ORDER BY seq"
    )
    for seq, row_id, session_id, at, offset, origin, reverses, merge_key, state, content in rows:
        now = states.get(session_id, state) if seq in last else state
        content_hash = _hash([session_id, reverses, merge_key, content, now])
        link = _hash([previous, seq, row_id, at, offset, origin, content_hash])
        db.execute(
            "INSERT INTO change_log (seq, id, session_id, at, utc_offset, origin, reverses,"
            " merge_key, state, content_hash, previous, hash, content)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                seq, row_id, session_id, at, offset, origin, reverses,
                merge_key, now, content_hash, previous, link, content,
            ),
        )  # fmt: skip
        previous = link


def _states(db: sqlite3.Connection) -> dict[str, str]:
    """Session to the digest over the digests of its rows, in any order."""
    states: dict[str, int] = {}
    for table, key in (("session", "id"), ("rating", "session_id"), ("milestone", "session_id")):
        for session_id, digest in db.execute(f"SELECT {key}, row_digest FROM {table}"):
            states[session_id] = states.get(session_id, 0) ^ int(digest, 16)
    return {session_id: f"{state:032x}" for session_id, state in states.items()}


def _hash(values: list[Any] | Mapping[str, Any]) -> str:
    text = json.dumps(values, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


_CHANGE_LOG = """CREATE TABLE change_log (
  seq INTEGER PRIMARY KEY CHECK (seq > 0),
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  session_id TEXT,
  at TEXT NOT NULL,
  utc_offset INTEGER NOT NULL,
  origin TEXT NOT NULL CHECK (origin <> ''),
  reverses TEXT NOT NULL,
  merge_key TEXT NOT NULL,
  state TEXT NOT NULL,
  content_hash TEXT NOT NULL CHECK (length(content_hash) = 64),
  previous TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  content TEXT NOT NULL
) STRICT"""

_AROUND_THE_LOG = (
    "CREATE INDEX change_log_by_session ON change_log (session_id, seq)",
    """CREATE TRIGGER change_log_is_never_altered BEFORE UPDATE ON change_log
BEGIN SELECT RAISE(ABORT, 'the change log is only added to'); END""",
    """CREATE TRIGGER change_log_is_never_shortened BEFORE DELETE ON change_log
BEGIN SELECT RAISE(ABORT, 'the change log is only added to'); END""",
    """CREATE TRIGGER change_log_has_no_holes BEFORE INSERT ON change_log
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM change_log)
BEGIN SELECT RAISE(ABORT, 'the change log is only added to at its end'); END""",
)
