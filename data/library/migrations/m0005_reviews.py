"""Reviews of sessions, mappings of models, and the fields of a session for what comes next.

Reviews and mappings belong to the library, so entries about them have no session. They are never
deleted but for good, together with a session or client; until then their entries stay as they are.
"""

from __future__ import annotations

import sqlite3


def upgrade(db: sqlite3.Connection) -> None:
    """Add tables and columns, and replace the trigger."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
    "ALTER TABLE session ADD COLUMN next_date TEXT CHECK (length(next_date) = 10)",
    "ALTER TABLE session ADD COLUMN tags TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE session ADD COLUMN hide_earlier INTEGER NOT NULL DEFAULT 0"
    " CHECK (hide_earlier IN (0, 1))",
    # The two sessions may be gone from here, or were never here: a session can come alone.
    """CREATE TABLE review (
  id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
  organisation_id TEXT NOT NULL REFERENCES organisation (id),
  earlier_id TEXT NOT NULL CHECK (earlier_id <> ''),
  later_id TEXT NOT NULL CHECK (later_id <> earlier_id),
  subject TEXT NOT NULL CHECK (subject IN ('area', 'scope', 'people')),
  verdict TEXT NOT NULL CHECK (verdict IN
    ('equal', 'part_of', 'covers', 'overlaps', 'different')),
  area_then TEXT NOT NULL,
  area_now TEXT NOT NULL,
  said_then TEXT NOT NULL,
  said_now TEXT NOT NULL,
  decided_at TEXT NOT NULL CHECK (length(decided_at) >= 25),
  decided_by TEXT NOT NULL,
  withdrawn_at TEXT CHECK (length(withdrawn_at) >= 25),
  withdrawn_by TEXT NOT NULL,
  row_digest TEXT NOT NULL
) STRICT""",
    "CREATE INDEX review_by_organisation ON review (organisation_id)",
    "CREATE INDEX review_by_earlier ON review (earlier_id)",
    "CREATE INDEX review_by_later ON review (later_id)",
    """CREATE TABLE mapping (
  digest TEXT PRIMARY KEY NOT NULL CHECK (length(digest) = 64),
  document TEXT NOT NULL CHECK (document <> ''),
  added_at TEXT NOT NULL CHECK (length(added_at) >= 25),
  added_by TEXT NOT NULL,
  withdrawn_at TEXT CHECK (length(withdrawn_at) >= 25),
  withdrawn_by TEXT NOT NULL,
  row_digest TEXT NOT NULL
) STRICT""",
    "DROP TRIGGER change_log_is_never_altered",
    """CREATE TRIGGER change_log_is_never_altered BEFORE UPDATE ON change_log
WHEN NOT (
  NEW.seq IS OLD.seq AND NEW.id IS OLD.id AND NEW.at IS OLD.at
  AND NEW.utc_offset IS OLD.utc_offset AND NEW.origin IS OLD.origin
  AND NEW.content_hash IS OLD.content_hash AND NEW.previous IS OLD.previous
  AND NEW.hash IS OLD.hash
  AND NEW.session_id IS NULL AND NEW.reverses = '' AND NEW.merge_key = ''
  AND NEW.state = '' AND NEW.content = ''
  AND OLD.origin <> 'deleted'
  AND (SELECT origin FROM change_log ORDER BY seq DESC LIMIT 1) = 'deleted'
  AND NOT EXISTS (SELECT 1 FROM session WHERE id = OLD.session_id)
  AND NOT (OLD.origin = 'organisation' AND EXISTS (
    SELECT 1 FROM organisation WHERE instr(OLD.content, '"id":"' || id || '"')))
  AND NOT (OLD.origin = 'unit' AND EXISTS (
    SELECT 1 FROM unit WHERE instr(OLD.content, '"id":"' || id || '"')))
  AND NOT (OLD.origin = 'model' AND EXISTS (
    SELECT 1 FROM model WHERE instr(OLD.content, '"digest":"' || digest || '"')))
  AND NOT (OLD.origin = 'file' AND EXISTS (
    SELECT 1 FROM file WHERE instr(OLD.content, '"digest":"' || digest || '"')))
  AND NOT (OLD.origin = 'review' AND EXISTS (
    SELECT 1 FROM review WHERE instr(OLD.content, '"id":"' || id || '"')))
  AND NOT (OLD.origin = 'mapping' AND EXISTS (
    SELECT 1 FROM mapping WHERE instr(OLD.content, '"digest":"' || digest || '"')))
)
BEGIN SELECT RAISE(ABORT, 'the change log is only added to'); END""",
    "PRAGMA user_version = 5",
)
