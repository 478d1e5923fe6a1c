CREATE TABLE change_log (
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
) STRICT;
CREATE INDEX change_log_by_session ON change_log (session_id, seq);
CREATE TRIGGER change_log_has_no_holes BEFORE INSERT ON change_log
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM change_log)
BEGIN SELECT RAISE(ABORT, 'the change log is only added to at its end'); END;
CREATE TRIGGER change_log_is_never_altered BEFORE UPDATE ON change_log
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
BEGIN SELECT RAISE(ABORT, 'the change log is only added to'); END;
CREATE TRIGGER change_log_is_never_shortened BEFORE DELETE ON change_log
BEGIN SELECT RAISE(ABORT, 'the change log is only added to'); END;
CREATE TABLE file (
  digest TEXT PRIMARY KEY NOT NULL CHECK (length(digest) = 64),
  size INTEGER NOT NULL CHECK (size BETWEEN 0 AND 10485760),
  content BLOB NOT NULL CHECK (length(content) = size)
) STRICT;
CREATE TABLE library_info (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  library_id TEXT NOT NULL,
  app_version TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE TABLE mapping (
  digest TEXT PRIMARY KEY NOT NULL CHECK (length(digest) = 64),
  document TEXT NOT NULL CHECK (document <> ''),
  added_at TEXT NOT NULL CHECK (length(added_at) >= 25),
  added_by TEXT NOT NULL,
  withdrawn_at TEXT CHECK (length(withdrawn_at) >= 25),
  withdrawn_by TEXT NOT NULL,
  row_digest TEXT NOT NULL
) STRICT;
CREATE TABLE milestone (
  session_id TEXT NOT NULL REFERENCES session (id),
  place INTEGER NOT NULL CHECK (place >= 0),
  id TEXT NOT NULL CHECK (id <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  at TEXT NOT NULL CHECK (length(at) >= 25),
  row_digest TEXT NOT NULL,
  PRIMARY KEY (session_id, place),
  UNIQUE (session_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE model (
  digest TEXT PRIMARY KEY NOT NULL CHECK (length(digest) = 64),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  lowest_level INTEGER NOT NULL CHECK (lowest_level IN (0, 1)),
  highest_level INTEGER NOT NULL CHECK (highest_level BETWEEN lowest_level + 1 AND 10),
  imported INTEGER NOT NULL CHECK (imported >= 0),
  outline TEXT NOT NULL,
  row_digest TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;
CREATE TABLE organisation (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL UNIQUE,
  row_digest TEXT NOT NULL
) STRICT;
CREATE TABLE position (
  session_id TEXT PRIMARY KEY NOT NULL REFERENCES session (id),
  area_id TEXT,
  opened INTEGER NOT NULL UNIQUE CHECK (opened > 0),
  opened_at TEXT NOT NULL
) STRICT;
CREATE TABLE rating (
  session_id TEXT NOT NULL REFERENCES session (id),
  area_id TEXT NOT NULL CHECK (area_id <> ''),
  level REAL CHECK (level BETWEEN 0 AND 10 AND level * 2 = CAST(level * 2 AS INTEGER)),
  target INTEGER CHECK (target BETWEEN 0 AND 10),
  weight REAL NOT NULL CHECK (weight > 0 AND weight <= 10),
  confidence TEXT CHECK (confidence IN ('guess', 'example', 'evidence')),
  not_applicable TEXT CHECK (not_applicable <> ''),
  evidence TEXT NOT NULL,
  row_digest TEXT NOT NULL,
  note TEXT NOT NULL, target_date TEXT CHECK (length(target_date) = 10), target_reason TEXT NOT NULL DEFAULT '', target_sponsor TEXT NOT NULL DEFAULT '', target_path TEXT NOT NULL DEFAULT '[]', steps TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY (session_id, area_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE review (
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
) STRICT;
CREATE INDEX review_by_earlier ON review (earlier_id);
CREATE INDEX review_by_later ON review (later_id);
CREATE INDEX review_by_organisation ON review (organisation_id);
CREATE TABLE session (
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
, facilitator TEXT NOT NULL DEFAULT '', next_date TEXT CHECK (length(next_date) = 10), tags TEXT NOT NULL DEFAULT '[]', hide_earlier INTEGER NOT NULL DEFAULT 0 CHECK (hide_earlier IN (0, 1)), plan TEXT NOT NULL DEFAULT '{}', scenarios TEXT NOT NULL DEFAULT '[]', plan_versions TEXT NOT NULL DEFAULT '[]') STRICT;
CREATE INDEX session_by_model ON session (model_digest);
CREATE INDEX session_by_organisation ON session (organisation_id, unit_id, date);
CREATE INDEX session_shown ON session (archived);
CREATE TABLE unit (
  id TEXT PRIMARY KEY NOT NULL,
  organisation_id TEXT NOT NULL REFERENCES organisation (id),
  parent_id TEXT REFERENCES unit (id) CHECK (parent_id <> id),
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  row_digest TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX unit_by_name ON unit (organisation_id, coalesce(parent_id, ''), name_key);
