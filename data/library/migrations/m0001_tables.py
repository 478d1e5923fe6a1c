"""Organisations, units, models, sessions, ratings, files and the log that is only added to."""

from __future__ import annotations

import sqlite3


def upgrade(db: sqlite3.Connection) -> None:
    """Create the tables."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
    "PRAGMA application_id = 1400141158",
    """CREATE TABLE library_info (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  library_id TEXT NOT NULL,
  app_version TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT""",
    """CREATE TABLE organisation (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL UNIQUE,
  row_digest TEXT NOT NULL
) STRICT""",
    """CREATE TABLE unit (
  id TEXT PRIMARY KEY NOT NULL,
  organisation_id TEXT NOT NULL REFERENCES organisation (id),
  parent_id TEXT REFERENCES unit (id) CHECK (parent_id <> id),
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  row_digest TEXT NOT NULL
) STRICT""",
    "CREATE UNIQUE INDEX unit_by_name ON unit (organisation_id, coalesce(parent_id, ''), name_key)",
    # The document comes last: a list of sessions reads the columns before it and no more.
    """CREATE TABLE model (
  digest TEXT PRIMARY KEY NOT NULL CHECK (length(digest) = 64),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  lowest_level INTEGER NOT NULL CHECK (lowest_level IN (0, 1)),
  highest_level INTEGER NOT NULL CHECK (highest_level BETWEEN lowest_level + 1 AND 10),
  imported INTEGER NOT NULL CHECK (imported >= 0),
  outline TEXT NOT NULL,
  row_digest TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT""",
    """CREATE TABLE session (
  id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
  organisation_id TEXT NOT NULL REFERENCES organisation (id),
  unit_id TEXT REFERENCES unit (id),
  model_digest TEXT NOT NULL REFERENCES model (digest),
  date TEXT NOT NULL CHECK (length(date) = 10),
  language TEXT NOT NULL,
  half_levels INTEGER NOT NULL CHECK (half_levels IN (0, 1)),
  archived INTEGER NOT NULL CHECK (archived IN (0, 1)),
  title TEXT NOT NULL,
  search_key TEXT NOT NULL,
  row_digest TEXT NOT NULL,
  scope TEXT NOT NULL
) STRICT""",
    "CREATE INDEX session_by_organisation ON session (organisation_id, unit_id, date)",
    "CREATE INDEX session_by_model ON session (model_digest)",
    "CREATE INDEX session_shown ON session (archived)",
    # Where somebody is in a session is no content: it is neither logged nor part of a digest.
    # "opened" counts up, so that a clock set back reorders nothing.
    """CREATE TABLE position (
  session_id TEXT PRIMARY KEY NOT NULL REFERENCES session (id),
  area_id TEXT,
  opened INTEGER NOT NULL UNIQUE CHECK (opened > 0),
  opened_at TEXT NOT NULL
) STRICT""",
    """CREATE TABLE rating (
  session_id TEXT NOT NULL REFERENCES session (id),
  area_id TEXT NOT NULL CHECK (area_id <> ''),
  level REAL CHECK (level BETWEEN 0 AND 10 AND level * 2 = CAST(level * 2 AS INTEGER)),
  target INTEGER CHECK (target BETWEEN 0 AND 10),
  weight REAL NOT NULL CHECK (weight > 0 AND weight <= 10),
  confidence TEXT CHECK (confidence IN ('guess', 'example', 'evidence')),
  not_applicable TEXT CHECK (not_applicable <> ''),
  evidence TEXT NOT NULL,
  row_digest TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (session_id, area_id)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE file (
  digest TEXT PRIMARY KEY NOT NULL CHECK (length(digest) = 64),
  size INTEGER NOT NULL CHECK (size BETWEEN 0 AND 10485760),
  content BLOB NOT NULL CHECK (length(content) = size)
) STRICT""",
    """CREATE TABLE change_log (
  seq INTEGER PRIMARY KEY CHECK (seq > 0),
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  session_id TEXT REFERENCES session (id),
  at TEXT NOT NULL,
  utc_offset INTEGER NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('do', 'undo', 'redo', 'create', 'archive', 'unarchive',
    'organisation', 'unit', 'model', 'file')),
  reverses TEXT NOT NULL,
  merge_key TEXT NOT NULL,
  state TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  content TEXT NOT NULL
) STRICT""",
    "CREATE INDEX change_log_by_session ON change_log (session_id, seq)",
    """CREATE TRIGGER change_log_is_never_altered BEFORE UPDATE ON change_log
BEGIN SELECT RAISE(ABORT, 'the change log is only added to'); END""",
    """CREATE TRIGGER change_log_is_never_shortened BEFORE DELETE ON change_log
BEGIN SELECT RAISE(ABORT, 'the change log is only added to'); END""",
    """CREATE TRIGGER change_log_has_no_holes BEFORE INSERT ON change_log
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM change_log)
BEGIN SELECT RAISE(ABORT, 'the change log is only added to at its end'); END""",
    "PRAGMA user_version = 1",
)
