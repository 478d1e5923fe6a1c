"""Backups of large libraries by the timer: copied row by row while work goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import UnusableLibrary
from app.sample import create_sample
from app.session.session import Session
from app.workshop.workshop import Workshop
from data.library import copying
from data.library.backups import copy_verified_in_steps, result_of
from data.library.library import SqliteLibrary, open_library
from data.library.schema import schema_text
from data.models.builtin import builtin_model


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "LARGEST_AT_ONCE", 0)
    monkeypatch.setattr(copying, "_OTHERS_AT_ONCE", 7)
    monkeypatch.setattr(copying, "_BYTES_PER_SYNC", 50_000)


@pytest.fixture
def filled(library: SqliteLibrary, session: Session, tmp_path: Path) -> SqliteLibrary:
    """A library with something in every table."""
    create_sample(library, builtin_model(), "en")
    workshop = Workshop(session, library)
    for number in range(3):
        file = tmp_path / f"{number}.bin"
        file.write_bytes(bytes([number]) * 60_000)
        workshop.add_file("people.0", file)
    workshop.add_checkpoint("Half-time")
    library.add_unit(session.organisation.id, "Line 7")
    library.remember_position(session.id, "people.0")
    return library


def _content(connection: sqlite3.Connection) -> dict[str, list[object]]:
    tables = connection.execute("SELECT name, wr FROM pragma_table_list WHERE schema = 'main'")
    return {
        name: connection.execute(
            f'SELECT {"*" if has_no_number else "rowid, *"} FROM "{name}" ORDER BY 1, 2'
        ).fetchall()
        for name, has_no_number in tables.fetchall()
        if not name.startswith("sqlite_")
    }


def _steps(library: SqliteLibrary, target: Path) -> Generator[None, None, None]:
    return copy_verified_in_steps(library._connection, target, in_small_steps=True)


def test_a_copy_in_steps_has_all_rows_rules_and_numbers(
    filled: SqliteLibrary, tmp_path: Path
) -> None:
    target = tmp_path / "copy.stufenplan"
    count = sum(1 for _ in _steps(filled, target))
    expected = _content(filled._connection)
    assert all(expected[name] for name in ("file", "milestone", "position", "rating", "unit"))
    with closing(sqlite3.connect(target)) as copy:
        assert _content(copy) == expected
        assert schema_text(copy) == schema_text(filled._connection)
        for pragma in ("application_id", "user_version", "page_size"):
            assert (
                copy.execute(f"PRAGMA {pragma}").fetchone()
                == filled._connection.execute(f"PRAGMA {pragma}").fetchone()
            )
    assert count > sum(len(rows) for rows in expected.values()) / 7
    opened = open_library(target)
    assert opened.check() == ()
    opened.close()


@pytest.mark.parametrize("every", [1, 9, 40])
def test_what_is_written_meanwhile_leaves_a_copy_of_one_moment(
    filled: SqliteLibrary, session: Session, tmp_path: Path, every: int
) -> None:
    workshop = Workshop(filled.load_session(session.id), filled)
    states = [workshop.session]
    target = tmp_path / "copy.stufenplan"
    for number, _ in enumerate(_steps(filled, target)):
        if number % every == 0 and number < 400:
            workshop.set_level("people.0", number // every % 5 + 1)
            states.append(workshop.session)
    opened = open_library(target)
    assert opened.load_session(session.id) in states
    opened.close()


def test_a_row_that_was_altered_is_found_in_the_copy(filled: SqliteLibrary, tmp_path: Path) -> None:
    filled._connection.execute("UPDATE session SET title = 'Altered'")
    target = tmp_path / "copy.stufenplan"
    with pytest.raises(UnusableLibrary):
        result_of(_steps(filled, target))
    assert list(tmp_path.glob("*copy*")) == []


def test_closing_in_the_middle_leaves_no_half_of_a_copy(
    filled: SqliteLibrary, tmp_path: Path
) -> None:
    target = tmp_path / "copy.stufenplan"
    total = sum(1 for _ in _steps(filled, tmp_path / "first.stufenplan"))
    for stop in (1, total // 2, total - 1):
        steps = _steps(filled, target)
        for _ in range(stop):
            next(steps, None)
        steps.close()
        assert list(tmp_path.glob("*copy*")) in ([], [target])
        target.unlink(missing_ok=True)


def test_the_timer_copies_a_large_library_in_steps(filled: SqliteLibrary) -> None:
    slices = 0
    while filled.backup_schedule.next_slice_if_due():
        slices += 1
    assert slices >= 1
    assert filled.backups()[0].reason == "timer"
