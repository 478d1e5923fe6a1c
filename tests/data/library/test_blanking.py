"""The log's rules: entries of what was deleted for good can be blanked, and nothing else."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.session.session import NewSession, Session
from app.workshop.workshop import Workshop
from data.library.library import SqliteLibrary

BLANK = "session_id = NULL, reverses = '', merge_key = '', state = '', content = ''"


@pytest.fixture
def gone(
    library: SqliteLibrary, session: Session, a_session: Callable[..., NewSession]
) -> list[int]:
    """The log entries of a session whose rows were deleted; a second session is still there."""
    workshop = Workshop(session, library)
    workshop.set_note("people.0", "a secret")
    workshop.undo()
    library.create_session(a_session(title="Second"))
    connection = library._connection
    for table, key in (("position", "session_id"), ("rating", "session_id"), ("session", "id")):
        connection.execute(f"DELETE FROM {table} WHERE {key} = ?", (session.id,))
    sql = "SELECT seq FROM change_log WHERE session_id = ? ORDER BY seq"
    return [seq for (seq,) in connection.execute(sql, (session.id,))]


def say_deleted(library: SqliteLibrary, *entries: Any) -> None:
    library._store.log.append("deleted", {"entries": list(entries)}, library._now())


def blank(library: SqliteLibrary, entries: list[int], assignment: str = BLANK) -> None:
    marks = ", ".join("?" * len(entries))
    library._connection.execute(
        f"UPDATE change_log SET {assignment} WHERE seq IN ({marks})", entries
    )


def details(library: SqliteLibrary) -> list[object]:
    return [fault.values["detail"] for fault in library.check()]


def test_entries_of_a_deleted_session_are_blanked_and_the_chain_holds(
    library: SqliteLibrary, gone: list[int]
) -> None:
    say_deleted(library, [gone[0], gone[-1]])
    blank(library, gone)
    assert library.check() == ()
    rows = library._connection.execute("SELECT content FROM change_log").fetchall()
    assert "a secret" not in json.dumps(rows)


def test_nothing_is_blanked_unless_the_last_entry_says_so(
    library: SqliteLibrary, gone: list[int]
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        blank(library, gone)
    say_deleted(library, [gone[0], gone[-1]])
    library._store.log.append("seen", {}, library._now())
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        blank(library, gone)


def test_an_entry_of_a_session_that_is_there_is_not_blanked(
    library: SqliteLibrary, gone: list[int]
) -> None:
    say_deleted(library, [1, gone[-1] + 1])
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        blank(library, [gone[-1] + 1])


def test_an_entry_about_what_is_there_is_not_blanked(
    library: SqliteLibrary, session: Session, a_session: Callable[..., NewSession], tmp_path: Path
) -> None:
    library.create_session(a_session(unit="IT"))
    proof = tmp_path / "proof.txt"
    proof.write_bytes(b"seen")
    library.add_file(proof)
    say_deleted(library)
    sql = "SELECT seq, origin FROM change_log WHERE session_id IS NULL AND origin <> 'deleted'"
    entries = library._connection.execute(sql).fetchall()
    assert {origin for _, origin in entries} == {"organisation", "unit", "model", "file"}
    for seq, _ in entries:
        with pytest.raises(sqlite3.IntegrityError, match="only added to"):
            blank(library, [seq])


@pytest.mark.parametrize(
    "assignment",
    [
        "content = ''",
        "session_id = NULL, reverses = '', merge_key = '', state = ''",
        BLANK.replace("content = ''", "content = '{}'"),
        f"{BLANK}, origin = 'do'",
        f"{BLANK}, at = ''",
        f"{BLANK}, utc_offset = 7",
        f"{BLANK}, id = id || 'x'",
        f"{BLANK}, seq = seq + 100",
        f"{BLANK}, content_hash = previous",
        f"{BLANK}, previous = ''",
        f"{BLANK}, hash = content_hash",
    ],
)
def test_an_entry_is_blanked_as_a_whole_and_keeps_all_else(
    library: SqliteLibrary, gone: list[int], assignment: str
) -> None:
    say_deleted(library, [gone[0], gone[-1]])
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        blank(library, gone[:1], assignment)


def test_an_entry_about_a_deletion_stays(library: SqliteLibrary, gone: list[int]) -> None:
    say_deleted(library, [gone[0], gone[-1]])
    (first,) = library._connection.execute("SELECT max(seq) FROM change_log").fetchone()
    say_deleted(library, [first, first])
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        blank(library, [first])


def test_an_entry_that_is_blank_without_being_named_is_found(
    library: SqliteLibrary, gone: list[int]
) -> None:
    say_deleted(library, [gone[0], gone[-1]])
    blank(library, gone)
    library._connection.execute("DROP TRIGGER change_log_is_never_altered")
    blank(library, [gone[-1] + 1])
    assert f"change_log {gone[-1] + 1}" in details(library)


def test_an_entry_that_is_named_but_not_blank_is_found(
    library: SqliteLibrary, gone: list[int]
) -> None:
    say_deleted(library, [gone[0], gone[-1]])
    blank(library, gone[1:])
    (last,) = library._connection.execute("SELECT max(seq) FROM change_log").fetchone()
    assert f"change_log {last}" in details(library)


@pytest.mark.parametrize("entries", ["all", [7], [["1", 2]], [[0, 1]], [[1, 10**15]], [[3, 2]]])
def test_an_entry_about_a_deletion_that_names_no_entries_is_found(
    library: SqliteLibrary, session: Session, entries: Any
) -> None:
    assert session
    with library._access.writing() as store:
        store.log.append("deleted", {"entries": entries}, library._now())
    assert details(library) == ["change_log 4"]


@pytest.mark.parametrize("column", ["content_hash", "previous", "hash", "at", "origin", "id"])
def test_what_is_left_of_a_blanked_entry_is_covered_by_the_chain(
    library: SqliteLibrary, gone: list[int], column: str
) -> None:
    say_deleted(library, [gone[0], gone[-1]])
    blank(library, gone)
    library._connection.execute("DROP TRIGGER change_log_is_never_altered")
    other = "0" * 64 if column.endswith("hash") else "7"
    library._connection.execute(
        f"UPDATE change_log SET {column} = ? WHERE seq = ?", (other, gone[0])
    )
    assert f"change_log {gone[0]}" in details(library)
