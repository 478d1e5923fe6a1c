"""Named moments of a session."""

from __future__ import annotations

import sqlite3


def upgrade(db: sqlite3.Connection) -> None:
    """Create the tables."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
    """CREATE TABLE milestone (
  session_id TEXT NOT NULL REFERENCES session (id),
  place INTEGER NOT NULL CHECK (place >= 0),
  id TEXT NOT NULL CHECK (id <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  at TEXT NOT NULL CHECK (length(at) >= 25),
  row_digest TEXT NOT NULL,
  PRIMARY KEY (session_id, place),
  UNIQUE (session_id, id)
) STRICT, WITHOUT ROWID""",
    "PRAGMA user_version = 2",
)
