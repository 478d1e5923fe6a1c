"""Sliced check of a library: same result as a full one, and no write before it is done."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import AppError, StorageUnavailable
from app.session.session import NewSession, Session
from app.workshop.history import Edit, new_change
from data.library import check, open_places
from data.library.backups import list_backups, restore_backup
from data.library.library import SqliteLibrary, open_library

NewSessions = Callable[..., NewSession]
ALTERED = "UPDATE rating SET level = 1 WHERE session_id = ?"


@pytest.fixture
def sessions(library: SqliteLibrary, a_session: NewSessions) -> list[Session]:
    """Three scored sessions in a library that is closed again."""
    made = [library.create_session(a_session(title=f"Workshop {n}")) for n in range(3)]
    for session in made:
        edits = [Edit(area.id, "level", None, 4) for area in session.model.areas]
        library.record(new_change(session.id, edits))
    library.close()
    return made


@pytest.fixture
def unchecked(
    library: SqliteLibrary, sessions: list[Session], monkeypatch: pytest.MonkeyPatch
) -> SqliteLibrary:
    """The library as the window opens it, checked in the smallest slices there are."""
    assert sessions
    monkeypatch.setattr(check, "SLICE_SECONDS", 0)
    return open_library(library.path, check=False)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every library counts as one whose whole check would be felt."""
    monkeypatch.setattr(open_places, "QUICKLY_CHECKED_BYTES", 0)


def alter(path: Path, session: Session) -> None:
    """Change scores behind the back of the program."""
    connection = sqlite3.connect(path)
    connection.execute(ALTERED, (session.id,))
    connection.commit()
    connection.close()


def verdict_of(library: SqliteLibrary) -> tuple[tuple[AppError, ...], int]:
    """What the slices find, and how many there were."""
    slices = 1
    while (faults := library.sliced_check.next_slice()) is None:
        slices += 1
    return faults, slices


def test_a_sound_library_is_checked_in_many_slices(unchecked: SqliteLibrary) -> None:
    faults, slices = verdict_of(unchecked)
    assert faults == ()
    assert slices > 20
    unchecked.close()


def test_slices_find_what_the_whole_check_finds(
    unchecked: SqliteLibrary, sessions: list[Session]
) -> None:
    unchecked._connection.execute(ALTERED, (sessions[1].id,))
    in_slices, _ = verdict_of(unchecked)
    assert {fault.values["detail"] for fault in in_slices} == {f"rating {sessions[1].id}"}
    assert list(map(str, unchecked.check())) == list(map(str, in_slices))
    unchecked.close()


def test_a_write_in_the_middle_waits_for_the_rest_of_the_check(
    unchecked: SqliteLibrary, sessions: list[Session]
) -> None:
    assert unchecked.sliced_check.next_slice() is None
    saved = unchecked.record(new_change(sessions[0].id, [Edit("people.0", "level", 4, 2)]))
    assert unchecked.sliced_check.next_slice() == ()
    assert saved.seq == unchecked._store.log.head()[0]
    assert unchecked.check() == ()
    unchecked.close()


def test_a_write_in_the_middle_is_refused_when_the_rest_is_damaged(
    unchecked: SqliteLibrary, sessions: list[Session]
) -> None:
    unchecked._connection.execute(ALTERED, (sessions[2].id,))
    assert unchecked.sliced_check.next_slice() is None
    before = unchecked._store.log.head()
    with pytest.raises(StorageUnavailable, match="damaged"):
        unchecked.record(new_change(sessions[0].id, [Edit("people.0", "level", 4, 2)]))
    assert unchecked._store.log.head() == before
    assert unchecked.sliced_check.next_slice()
    unchecked.close()


def test_a_write_during_a_second_check_is_no_fault(
    unchecked: SqliteLibrary, sessions: list[Session]
) -> None:
    assert unchecked.check() == ()
    unchecked.sliced_check.begin()
    for _ in range(15):
        assert unchecked.sliced_check.next_slice() is None
    unchecked.record(new_change(sessions[0].id, [Edit("people.0", "level", 4, 2)]))
    assert verdict_of(unchecked)[0] == ()
    unchecked.close()


def test_a_session_is_checked_before_it_is_opened(
    library: SqliteLibrary, sessions: list[Session]
) -> None:
    alter(library.path, sessions[1])
    unchecked = open_library(library.path, check=False)
    unchecked.load_session(sessions[0].id)
    assert unchecked._check.verdict is None
    unchecked.load_session(sessions[1].id)
    assert len(unchecked._check.verdict or ()) == len(sessions[1].model.areas)
    unchecked.close()


def test_a_lost_score_of_a_session_is_noticed_when_it_is_opened(
    unchecked: SqliteLibrary, sessions: list[Session]
) -> None:
    unchecked._connection.execute("DELETE FROM rating WHERE area_id = 'people.1'")
    unchecked.load_session(sessions[0].id)
    assert [fault.values["detail"] for fault in unchecked._check.verdict or ()] == [
        f"session {session.id}" for session in sessions
    ]
    unchecked.close()


def test_closing_in_the_middle_leaves_the_file_free_and_sound(
    unchecked: SqliteLibrary, sessions: list[Session]
) -> None:
    for _ in range(12):
        assert unchecked.sliced_check.next_slice() is None
    unchecked.close()
    again = open_library(unchecked.path)
    assert again.session_count() == len(sessions)
    again.close()


def test_a_place_in_a_small_library_is_on_the_disk_at_once(
    unchecked: SqliteLibrary, sessions: list[Session]
) -> None:
    unchecked.remember_position(sessions[0].id, "people.1")
    assert unchecked._store.positions.last() == (sessions[0].id, "people.1")
    unchecked.close()


def test_a_place_in_a_small_damaged_library_is_refused(
    library: SqliteLibrary, sessions: list[Session]
) -> None:
    alter(library.path, sessions[1])
    content = library.path.read_bytes()
    unchecked = open_library(library.path, check=False)
    with pytest.raises(StorageUnavailable, match="damaged"):
        unchecked.remember_position(sessions[0].id, "people.1")
    unchecked.close()
    assert library.path.read_bytes() == content


@pytest.mark.usefixtures("large")
def test_a_place_is_kept_without_waiting_for_the_check(
    unchecked: SqliteLibrary, sessions: list[Session]
) -> None:
    unchecked.remember_position(sessions[0].id, "people.1")
    assert unchecked._check.verdict is None
    assert unchecked.last_position() == (sessions[0].id, "people.1")
    assert unchecked.position_in(sessions[0].id) == "people.1"
    assert verdict_of(unchecked)[0] == ()
    sql = "SELECT area_id FROM position WHERE session_id = ?"
    assert unchecked._connection.execute(sql, (sessions[0].id,)).fetchone() == ("people.1",)
    unchecked.close()


@pytest.mark.usefixtures("large")
def test_a_place_is_on_the_disk_before_the_first_score(
    unchecked: SqliteLibrary, sessions: list[Session]
) -> None:
    unchecked.remember_position(sessions[0].id, "process.1")
    unchecked.record(new_change(sessions[0].id, [Edit("process.1", "level", 4, 2)]))
    assert unchecked._store.positions.last() == (sessions[0].id, "process.1")
    unchecked.close()


@pytest.mark.usefixtures("large")
def test_a_place_survives_closing_in_the_middle(
    unchecked: SqliteLibrary, sessions: list[Session]
) -> None:
    unchecked.remember_position(sessions[0].id, "people.1")
    assert unchecked.sliced_check.next_slice() is None
    unchecked.close()
    again = open_library(unchecked.path)
    assert again.last_position() == (sessions[0].id, "people.1")
    again.close()


@pytest.mark.usefixtures("large")
def test_no_place_is_written_into_a_damaged_library(
    library: SqliteLibrary, sessions: list[Session]
) -> None:
    alter(library.path, sessions[1])
    content = library.path.read_bytes()
    unchecked = open_library(library.path, check=False)
    unchecked.remember_position(sessions[0].id, "people.1")
    unchecked.close()
    assert library.path.read_bytes() == content


@pytest.mark.parametrize(
    ("broken", "table"),
    [
        ("UPDATE file SET size = 7", "file"),
        ("UPDATE position SET opened = -opened", "position"),
    ],
)
def test_rules_of_rows_without_a_digest_are_checked(
    library: SqliteLibrary, session: Session, tmp_path: Path, broken: str, table: str
) -> None:
    (tmp_path / "seen.txt").write_text("seen", encoding="utf-8")
    library.add_file(tmp_path / "seen.txt")
    library.remember_position(session.id, "people.1")
    library._connection.execute("PRAGMA ignore_check_constraints = ON")
    library._connection.execute(broken)
    library._connection.execute("PRAGMA ignore_check_constraints = OFF")
    (fault,) = library.check()
    assert fault.values["detail"] == f"CHECK constraint failed in {table}"
    library.close()


def test_the_rules_of_the_tables_hold_while_a_check_rests(
    unchecked: SqliteLibrary, sessions: list[Session]
) -> None:
    for _ in range(25):
        assert unchecked.sliced_check.next_slice() is None
        (ignored,) = unchecked._connection.execute("PRAGMA ignore_check_constraints").fetchone()
        assert not ignored
    unchecked.close()


def test_a_backup_in_slices_counts_only_once_it_is_verified(
    unchecked: SqliteLibrary, sessions: list[Session]
) -> None:
    unchecked.record(new_change(sessions[0].id, [Edit("people.0", "level", 4, 2)]))
    before = unchecked.backups()
    slices = 0
    while unchecked.backup_schedule.next_slice_if_due() and unchecked.backups() == before:
        slices += 1
    (new,) = set(unchecked.backups()) - set(before)
    copy = sqlite3.connect(new.path)
    assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy.close()
    assert slices > 20
    unchecked.close()


def test_what_is_written_while_a_backup_is_verified_is_for_the_next_one(
    unchecked: SqliteLibrary, sessions: list[Session], tmp_path: Path
) -> None:
    session = sessions[0]
    unchecked.record(new_change(session.id, [Edit("people.0", "level", 4, 2)]))
    assert unchecked.backup_schedule.next_slice_if_due()
    unchecked.record(new_change(session.id, [Edit("people.0", "level", 2, 3)]))
    while unchecked.backup_schedule.next_slice_if_due():
        pass
    restore_backup(unchecked.backups()[0].path, tmp_path / "restored.stufenplan")
    restored = open_library(tmp_path / "restored.stufenplan")
    assert restored.load_session(session.id).rating("people.0").level == 2
    restored.close()
    count = len(unchecked.backups())
    unchecked.close()
    assert len(list_backups(unchecked.path)) == count + 1


def test_a_backup_by_hand_in_slices_is_the_one_that_is_returned(
    unchecked: SqliteLibrary, sessions: list[Session]
) -> None:
    unchecked.record(new_change(sessions[0].id, [Edit("people.0", "level", 4, 2)]))
    schedule, before = unchecked.backup_schedule, len(unchecked.backups())
    schedule.begin("manual")
    assert schedule.next_slice() is None
    assert len(unchecked.backups()) == before
    while (made := schedule.next_slice()) is None:
        assert schedule.is_under_way
    assert not schedule.is_under_way
    assert schedule.next_slice() is None
    assert (made.path, made.reason) == (unchecked.backups()[0].path, "manual")
    assert not schedule.has_changed()


def test_closing_in_the_middle_of_a_backup_leaves_no_half_of_it(
    unchecked: SqliteLibrary, sessions: list[Session]
) -> None:
    unchecked.record(new_change(sessions[0].id, [Edit("people.0", "level", 4, 2)]))
    folder = unchecked.backups()[0].path.parent
    before = {path.name for path in folder.iterdir()}
    assert unchecked.backup_schedule.next_slice_if_due()
    unchecked.close()
    (new,) = {path.name for path in folder.iterdir()} - before
    assert new.endswith("_close.stufenplan")
