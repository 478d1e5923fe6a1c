"""Targets with date, reason and sponsor, details of steps, and plans with their variants."""

from __future__ import annotations

import sqlite3


def upgrade(db: sqlite3.Connection) -> None:
    """Add the columns."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
    "ALTER TABLE rating ADD COLUMN target_date TEXT CHECK (length(target_date) = 10)",
    "ALTER TABLE rating ADD COLUMN target_reason TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE rating ADD COLUMN target_sponsor TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE rating ADD COLUMN target_path TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE rating ADD COLUMN steps TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE session ADD COLUMN plan TEXT NOT NULL DEFAULT '{}'",
    "ALTER TABLE session ADD COLUMN scenarios TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE session ADD COLUMN plan_versions TEXT NOT NULL DEFAULT '[]'",
    "PRAGMA user_version = 6",
)
