"""Schema migrations of the library: one module per step, never edited after its release.

A step imports nothing of ours and calls no function of ours, so that its behaviour never changes
after its release. Every step sets ``user_version`` to its own number within its
transaction.

sqlite-utils runs the steps that an older library lacks. It is imported only there: numpy, which it
imports for its types, takes longer than the window until its list is filled.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from data.library.migrations import (
    m0001_tables,
    m0002_milestones,
    m0003_digests_and_log,
    m0004_blanking,
    m0005_reviews,
    m0006_plans,
)

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

Step = Callable[[sqlite3.Connection], None]

STEPS: tuple[tuple[str, Step], ...] = (
    ("m0001_sessions_ratings_and_their_log", m0001_tables.upgrade),
    ("m0002_milestones", m0002_milestones.upgrade),
    ("m0003_digests_and_log", m0003_digests_and_log.upgrade),
    ("m0004_blanking", m0004_blanking.upgrade),
    ("m0005_reviews", m0005_reviews.upgrade),
    ("m0006_plans", m0006_plans.upgrade),
)
_SET = "stufenplan"
_RECORD = (
    "CREATE TABLE _sqlite_migrations ("
    " id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT)",
    "CREATE UNIQUE INDEX idx__sqlite_migrations_migration_set_name"
    " ON _sqlite_migrations (migration_set, name)",
)
"""Table in which sqlite-utils records the applied migrations."""


def create_tables(connection: sqlite3.Connection) -> None:
    """Run all steps on an empty file, inside a transaction of the caller, and note them."""
    for statement in _RECORD:
        connection.execute(statement)
    for name, step in STEPS:
        step(connection)
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)",
            (_SET, name, str(datetime.now(UTC))),
        )


def run_pending(connection: sqlite3.Connection) -> None:
    """Run the steps that have not run yet; inside a transaction each is a savepoint."""
    from sqlite_utils import Database

    steps().apply(Database(connection, execute_plugins=False))


def steps() -> Migrations:
    """The steps as sqlite-utils runs them."""
    from sqlite_utils import Migrations

    found = Migrations(_SET)
    for name, step in STEPS:
        found(name=name)(_on_database(step))
    return found


def _on_database(step: Step) -> Callable[[Database], None]:
    def run(database: Database) -> None:
        step(database.conn)

    return run
