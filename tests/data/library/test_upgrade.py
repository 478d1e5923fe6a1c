"""Upgrade of an older library: a verified backup first, then all steps or none."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.errors import NewerFile, StorageUnavailable, UnusableLibrary
from app.session.session import Session
from app.workshop.workshop import Workshop
from data.library import backups, migrations, opening, schema
from data.library.backups import list_backups
from data.library.folders import data_folder, library_key
from data.library.library import SqliteLibrary, open_library

NEXT = schema.SCHEMA_VERSION + 1


class NextRelease:
    """A release with one more migration, which fails on request."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.is_failing = False
        patch.setattr(migrations, "STEPS", (*migrations.STEPS, ("mood", self._step)))
        patch.setattr(schema, "SCHEMA_VERSION", NEXT)
        patch.setattr(schema, "APP_VERSION", "0.2.0")
        patch.setitem(schema.FINGERPRINTS, NEXT, self._fingerprint())

    def _step(self, db: Any) -> None:
        db.execute("ALTER TABLE rating ADD COLUMN mood TEXT")
        db.execute(f"PRAGMA user_version = {NEXT}")
        if self.is_failing:
            raise sqlite3.OperationalError("as a disk says it")

    def _fingerprint(self) -> str:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        migrations.create_tables(connection)
        found = schema.schema_fingerprint(connection)
        connection.close()
        return found


@pytest.fixture
def scored(library: SqliteLibrary, session: Session) -> Session:
    """A session whose library was closed by this release; no backup is there yet."""
    workshop = Workshop(session, library)
    workshop.set_level("people.0", 4)
    library.close()
    for backup in list_backups(library.path):
        backup.path.unlink()
    return workshop.session


@pytest.fixture
def next_release(scored: Session) -> Iterator[NextRelease]:
    assert scored
    with pytest.MonkeyPatch.context() as patch:
        yield NextRelease(patch)


def test_an_older_library_is_backed_up_and_brought_up_to_date(
    scored: Session, next_release: NextRelease, library_path: Path
) -> None:
    assert not next_release.is_failing
    library = open_library(library_path)
    assert library.load_session(scored.id) == scored
    assert library._connection.execute("SELECT mood FROM rating").fetchall() == [(None,)]
    assert library._connection.execute("SELECT app_version FROM library_info").fetchone() == (
        "0.2.0",
    )
    assert library._connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    (backup,) = list_backups(library_path)
    assert backup.reason == "migration"
    assert opening.look_at(backup.path).schema_version == NEXT - 1
    Workshop(scored, library).set_level("people.0", 5)
    library.close()


def test_a_step_that_fails_leaves_the_library_as_it_was(
    scored: Session, next_release: NextRelease, library_path: Path
) -> None:
    next_release.is_failing = True
    with pytest.raises(sqlite3.OperationalError):
        open_library(library_path)
    assert opening.look_at(library_path).schema_version == NEXT - 1
    next_release.is_failing = False
    library = open_library(library_path)
    assert library.load_session(scored.id) == scored
    library.close()


def test_without_a_backup_nothing_is_brought_up_to_date(
    next_release: NextRelease, library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert next_release
    before = library_path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "publish", fail)
    with pytest.raises(StorageUnavailable, match="is full"):
        open_library(library_path)
    assert library_path.read_bytes() == before


def test_a_damaged_older_library_is_not_brought_up_to_date(
    next_release: NextRelease, library_path: Path
) -> None:
    assert next_release
    connection = sqlite3.connect(library_path)
    connection.execute("UPDATE rating SET level = 1")
    connection.commit()
    connection.close()
    with pytest.raises(UnusableLibrary, match="damaged"):
        open_library(library_path)
    assert opening.look_at(library_path).schema_version == NEXT - 1


def test_a_step_that_does_something_else_than_it_should_is_taken_back(
    next_release: NextRelease, library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert next_release
    monkeypatch.setitem(schema.FINGERPRINTS, NEXT, "something else")
    with pytest.raises(StorageUnavailable):
        open_library(library_path)
    assert opening.look_at(library_path).schema_version == NEXT - 1


def test_a_backup_made_by_an_older_release_can_be_restored_and_opened(
    scored: Session, next_release: NextRelease, library_path: Path, tmp_path: Path
) -> None:
    assert next_release
    open_library(library_path).close()
    oldest = list_backups(library_path)[-1]
    backups.restore_backup(oldest.path, tmp_path / "restored.stufenplan")
    restored = open_library(tmp_path / "restored.stufenplan")
    assert restored.load_session(scored.id) == scored
    restored.close()


def test_taking_in_an_older_library_leaves_no_backup_of_its_copy(
    scored: Session, library_path: Path, tmp_path: Path
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        NextRelease(patch)
        mine = open_library(tmp_path / "mine.stufenplan", create=True)
        folders = sorted((data_folder() / "backups").iterdir())
        assert mine.merge(library_path).added == (scored.title,)
        mine.close()
        mine_too = library_key(tmp_path / "mine.stufenplan")
        left = {path.name for path in (data_folder() / "backups").iterdir()}
        assert left <= {path.name for path in folders} | {mine_too}


def test_this_release_refuses_what_the_next_one_has_written(
    scored: Session, library_path: Path
) -> None:
    assert scored
    with pytest.MonkeyPatch.context() as patch:
        NextRelease(patch)
        open_library(library_path).close()
    with pytest.raises(NewerFile, match=r"0\.2\.0"):
        open_library(library_path)


def test_plain_copies_skip_no_session_because_of_an_upgrade(
    library: SqliteLibrary, session: Session, library_path: Path
) -> None:
    """Before an upgrade none are written, so the next backup writes what that one left out."""
    library.back_up()
    Workshop(session, library).set_level("people.0", 4)
    library.close()
    folder = list_backups(library_path)[0].path.parent
    for backup in list_backups(library_path)[:-1]:
        backup.path.unlink()
    (copy,) = (folder / "sessions").iterdir()
    copy.unlink()
    with pytest.MonkeyPatch.context() as patch:
        NextRelease(patch)
        upgraded = open_library(library_path)
        assert list_backups(library_path)[0].reason == "migration"
        assert not copy.exists()
        upgraded.back_up()
        assert copy.exists()
        upgraded.close()
