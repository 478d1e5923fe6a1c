"""Log entries of what was deleted for good can be blanked.

The log stays append-only but for this: while its last entry says that something was deleted,
entries of what is not there any more may lose session, texts and state. Position, id, time, kind
and hashes stay, so the chain still holds. An entry about a deletion is never blanked.
"""

from __future__ import annotations

import sqlite3


def upgrade(db: sqlite3.Connection) -> None:
    """Replace the trigger."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
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
)
BEGIN SELECT RAISE(ABORT, 'the change log is only added to'); END""",
    "PRAGMA user_version = 4",
)
