"""The library's schema: tables, and constraints on their values."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

import stufenplan
from app.session.session import Session
from app.workshop.workshop import Workshop
from data.library import migrations, schema
from data.library.library import SqliteLibrary
from data.library.opening import new_file

GOLDEN = Path(schema.__file__).with_name("schema.sql")


@pytest.fixture
def empty() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrations.create_tables(connection)
    yield connection
    connection.close()


def test_the_tables_are_those_of_the_golden_file(empty: sqlite3.Connection) -> None:
    assert schema.schema_text(empty) == GOLDEN.read_text(encoding="utf-8")


def test_the_fingerprint_of_the_newest_version_is_known(empty: sqlite3.Connection) -> None:
    assert schema.FINGERPRINTS[schema.SCHEMA_VERSION] == schema.schema_fingerprint(empty)
    assert sorted(schema.FINGERPRINTS) == list(range(1, schema.SCHEMA_VERSION + 1))


def test_the_number_of_steps_is_the_schema_version(empty: sqlite3.Connection) -> None:
    assert len(migrations.STEPS) == schema.SCHEMA_VERSION
    assert empty.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA_VERSION,)
    assert empty.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)


def test_a_new_file_is_what_sqlite_utils_would_have_made_of_an_empty_one(
    empty: sqlite3.Connection,
) -> None:
    upgraded = sqlite3.connect(":memory:", isolation_level=None)
    migrations.run_pending(upgraded)
    columns = "SELECT name, type, pk FROM pragma_table_info('_sqlite_migrations')"
    indexes = "SELECT name, \"unique\" FROM pragma_index_list('_sqlite_migrations')"
    noted = "SELECT id, migration_set, name FROM _sqlite_migrations"
    for query in (columns, indexes, noted):
        assert empty.execute(query).fetchall() == upgraded.execute(query).fetchall()
    assert schema.schema_text(empty) == schema.schema_text(upgraded)
    upgraded.close()


def test_nothing_is_pending_in_a_new_file(empty: sqlite3.Connection) -> None:
    before = "\n".join(empty.iterdump())
    migrations.run_pending(empty)
    assert "\n".join(empty.iterdump()) == before


def test_the_release_in_new_libraries_is_this_release(tmp_path: Path) -> None:
    assert stufenplan.__version__ == schema.APP_VERSION
    with new_file(tmp_path / "new.stufenplan") as connection:
        (version,) = connection.execute("SELECT app_version FROM library_info").fetchone()
    assert version == stufenplan.__version__


def test_every_table_of_ours_is_strict(empty: sqlite3.Connection) -> None:
    tables = [
        sql
        for name, sql in empty.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        if not name.startswith(("sqlite_", "_sqlite_"))
    ]
    assert len(tables) == 12
    assert all("STRICT" in sql.rpartition(")")[2] for sql in tables)


@pytest.mark.parametrize(
    "assignment",
    [
        "level = 'high'", "level = 2.3", "level = 11", "level = -1", "target = 2.5", "target = 11",
        "weight = 0", "weight = 10.5", "weight = NULL", "confidence = 'sure'",
        "not_applicable = ''", "note = NULL", "session_id = 'nobody'",
    ],
)  # fmt: skip
def test_a_rating_that_makes_no_sense_is_refused_by_the_table(
    library: SqliteLibrary, session: Session, assignment: str
) -> None:
    Workshop(session, library).set_level("people.0", 3)
    with pytest.raises(sqlite3.IntegrityError):
        library._connection.execute(f"UPDATE rating SET {assignment}")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change_log SET content = '{}'",
        "DELETE FROM change_log",
        "INSERT OR REPLACE INTO change_log SELECT * FROM change_log",
        "INSERT INTO change_log SELECT seq + 2, id || 'x', session_id, at, utc_offset, origin,"
        " reverses, merge_key, state, content_hash, previous, hash, content FROM change_log"
        " WHERE seq = 1",
    ],
)
def test_the_log_is_only_added_to_at_its_end(
    library: SqliteLibrary, session: Session, statement: str
) -> None:
    assert session
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        library._connection.execute(statement)
    assert library.check() == ()
