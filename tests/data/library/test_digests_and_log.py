"""Digests and log of schema 3: what they cover, and the upgrade of older libraries."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from app.errors import UnusableLibrary
from app.session.session import Session
from app.workshop.workshop import Workshop
from data.library import columns
from data.library.backups import list_backups, restore_backup
from data.library.hash_chain import FIRST_LINK, content_hash, link
from data.library.library import SqliteLibrary, open_library

LIBRARIES = Path(__file__).resolve().parents[2] / "files" / "libraries"


def log_of(library: SqliteLibrary) -> list[dict[str, object]]:
    names = columns.LOG.split(", ")
    rows = library._connection.execute(f"SELECT {columns.LOG} FROM change_log ORDER BY seq")
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_the_chain_holds_over_the_hashes_of_contents_alone(
    library: SqliteLibrary, session: Session
) -> None:
    """So the content of a deleted session can be blanked one day, and the chain still holds."""
    Workshop(session, library).set_note("people.0", "a secret")
    previous = FIRST_LINK
    for row in log_of(library):
        values = (row[name] for name in ("session_id", "reverses", "merge_key", "content", "state"))
        assert row["content_hash"] == content_hash(*values)  # type: ignore[arg-type]
        about = [row[name] for name in ("seq", "id", "at", "utc_offset", "origin", "content_hash")]
        assert row["hash"] == link(previous, *about)  # type: ignore[arg-type]
        previous = str(row["hash"])


@pytest.mark.parametrize(
    "column", ["id", "session_id", "at", "utc_offset", "origin", "reverses", "merge_key", "content",
               "state", "content_hash", "previous", "hash"],
)  # fmt: skip
def test_every_column_of_the_log_is_covered(
    library: SqliteLibrary, session: Session, column: str
) -> None:
    Workshop(session, library).set_level("people.0", 3)
    library._connection.execute("DROP TRIGGER change_log_is_never_altered")
    other = "0" * 64 if column in {"hash", "content_hash"} else "7"
    library._connection.execute(f"UPDATE change_log SET {column} = ? WHERE seq = 3", (other,))
    assert any(fault.values["detail"] == "change_log 3" for fault in library.check())


def test_a_value_that_becomes_the_default_is_noticed(
    library: SqliteLibrary, session: Session
) -> None:
    workshop = Workshop(session, library)
    workshop.set_note("people.0", "typed")
    workshop.set_level("people.0", 3)
    library._connection.execute("UPDATE rating SET note = ''")
    assert library.check()


def test_the_log_takes_any_origin_and_needs_no_session(library: SqliteLibrary) -> None:
    with library._access.writing() as store:
        store.log.append("seen", {"by": "Ana"}, library._now())
    assert library.check() == ()


@pytest.mark.parametrize("version", [1, 2])
def test_an_older_library_is_linked_again_after_a_verified_backup(
    tmp_path: Path, version: int
) -> None:
    path = tmp_path / "old.stufenplan"
    shutil.copyfile(LIBRARIES / f"schema-{version}.stufenplan", path)
    before = sqlite3.connect(path)
    ids = before.execute("SELECT seq, id, at, origin, content FROM change_log").fetchall()
    before.close()
    library = open_library(path)
    after = library._connection.execute("SELECT seq, id, at, origin, content FROM change_log")
    assert after.fetchall() == ids
    assert library._connection.execute("PRAGMA foreign_key_list(change_log)").fetchall() == []
    assert library.check() == ()
    workshop = Workshop(library.load_session(library.session_summaries()[0].id), library)
    workshop.set_detail("facilitator", "Ana Köhler")
    assert library.check() == ()
    (backup,) = [copy for copy in list_backups(path) if copy.reason == "migration"]
    restored = tmp_path / "restored.stufenplan"
    restore_backup(backup.path, restored)
    library.close()
    again = open_library(restored)
    assert [summary.title for summary in again.session_summaries()]
    again.close()


@pytest.mark.parametrize("version", [1, 2])
def test_an_older_library_is_merged(library: SqliteLibrary, version: int) -> None:
    source = LIBRARIES / f"schema-{version}.stufenplan"
    content = source.read_bytes()
    report = library.merge(source)
    assert len(report.added) >= 1
    assert library.merge(source).identical == report.added
    assert library.check() == ()
    assert source.read_bytes() == content


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rating SET level = 1",
        "UPDATE session SET title = 'x'",
        "DELETE FROM rating",
    ],
)
def test_damage_in_an_older_library_is_noticed_before_it_is_upgraded(
    tmp_path: Path, statement: str
) -> None:
    path = tmp_path / "old.stufenplan"
    shutil.copyfile(LIBRARIES / "schema-2.stufenplan", path)
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()
    content = path.read_bytes()
    with pytest.raises(UnusableLibrary, match="damaged"):
        open_library(path)
    assert path.read_bytes() == content
