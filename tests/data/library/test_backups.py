"""Backups: verified, numbered, pruned by a rule, restored to new files only."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidInput, StorageUnavailable, UnusableLibrary
from app.ports import Backup
from app.session.session import Session
from app.workshop.workshop import Workshop
from data.library import backup_schedule, backups
from data.library.backups import Copy, kept_by_rule, list_backups, restore_backup, thin_out
from data.library.library import SqliteLibrary, open_library
from data.user_folder import data_folder

START = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_backup_opens_as_the_library_it_was(
    library: SqliteLibrary, session: Session, tmp_path: Path
) -> None:
    workshop = Workshop(session, library)
    workshop.set_level("people.0", 4)
    backup = library.back_up()
    before = workshop.session
    workshop.set_level("people.0", 1)
    restore_backup(backup.path, tmp_path / "restored.stufenplan")
    copy = open_library(tmp_path / "restored.stufenplan")
    assert copy.load_session(session.id) == before
    copy.close()
    assert (backup.reason, backup.size) == ("manual", backup.path.stat().st_size)
    assert backup in library.backups() or library.backups()[-1].path == backup.path


@pytest.mark.parametrize("bit", [0x01, 0x80])  # another text; none at all any more
def test_a_damaged_backup_is_named_and_nothing_is_written(
    library: SqliteLibrary, session: Session, tmp_path: Path, bit: int
) -> None:
    backup = library.back_up().path
    content = bytearray(backup.read_bytes())
    content[content.index(session.title.encode())] ^= bit
    backup.write_bytes(content)
    with pytest.raises(UnusableLibrary, match=f"The backup “{backup.name}” is damaged"):
        restore_backup(backup, tmp_path / "restored.stufenplan")
    assert list(tmp_path.glob("restored*")) == []


def test_a_backup_with_foreign_rules_is_refused_instead_of_written_and_useless(
    library: SqliteLibrary, session: Session, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.stufenplan"
    shutil.copy(library.back_up().path, copy)
    with closing(sqlite3.connect(copy)) as altered:
        altered.execute("CREATE TRIGGER t AFTER INSERT ON session BEGIN DELETE FROM rating; END")
    with pytest.raises(UnusableLibrary, match="not from Stufenplan"):
        restore_backup(copy, tmp_path / "new" / "restored.stufenplan")
    assert not (tmp_path / "new").exists()


def test_a_backup_is_never_worked_in(library: SqliteLibrary, session: Session) -> None:
    assert session
    backup = library.back_up()
    before = backup.path.read_bytes()
    with pytest.raises(UnusableLibrary, match="restore it under a new name"):
        open_library(backup.path)
    assert backup.path.read_bytes() == before


def test_closing_backs_up_what_has_changed_and_nothing_else(
    library: SqliteLibrary, session: Session
) -> None:
    library.close()
    assert [backup.reason for backup in list_backups(library.path)] == ["close"]
    open_library(library.path).close()
    again = open_library(library.path)
    again.remember_position(session.id, "people.0")
    again.close()
    assert len(list_backups(library.path)) == 1
    again = open_library(library.path)
    Workshop(session, again).set_level("people.0", 2)
    again.close()
    assert len(list_backups(library.path)) == 2


def test_a_library_that_is_as_long_as_its_backup_but_another_one_is_backed_up(
    library: SqliteLibrary, session: Session
) -> None:
    workshop = Workshop(session, library)
    old = library.back_up()
    workshop.set_level("people.0", 4)
    library.back_up()
    library.close()
    library.path.unlink()
    restore_backup(old.path, library.path)
    again = open_library(library.path)
    workshop = Workshop(again.load_session(session.id), again)
    workshop.set_level("people.1", 2)
    assert again.backup_schedule.has_changed()
    again.close()
    newest = list_backups(library.path)[0]
    assert newest.reason == "close"
    with closing(sqlite3.connect(newest.path)) as copy:
        assert copy.execute("SELECT area_id, level FROM rating").fetchall() == [("people.1", 2.0)]
    (plain,) = (newest.path.parent / "sessions").iterdir()
    ratings = json.loads(plain.read_text(encoding="utf-8"))["ratings"]
    assert {entry["area_id"]: entry["level"] for entry in ratings}["people.1"] == 2


def test_a_backup_of_an_earlier_version_of_ours_is_followed_by_one_of_this_one(
    library: SqliteLibrary, session: Session
) -> None:
    assert session
    backup = library.back_up().path
    number, stamp, head, reason = backup.name.split("_")
    backup.rename(backup.with_name(f"{number}_{stamp}_{head.split('-')[0]}_{reason}"))
    library.close()
    open_library(library.path).close()
    open_library(library.path).close()
    assert [found.reason for found in list_backups(library.path)] == ["close", "manual"]


def test_the_timer_backs_up_every_ten_minutes_while_there_are_changes(
    library: SqliteLibrary, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    monkeypatch.setattr(backup_schedule, "monotonic", lambda: clock[0])
    workshop = Workshop(session, library)
    made = []
    for minute in range(31):
        clock[0] = minute * 60.0
        if minute < 15:
            workshop.set_level("people.0", minute % 5 + 1)
        before = len(library.backups())
        assert not library.backup_schedule.next_slice_if_due()
        made.append(len(library.backups()) > before)
    assert [minute for minute, was_made in enumerate(made) if was_made] == [0, 10, 20]


def test_backups_come_newest_first_even_when_the_clock_is_set_back(
    library_path: Path, tmp_path: Path
) -> None:
    days = iter(range(1000))
    library = open_library(
        library_path, create=True, now=lambda: START - timedelta(days=next(days))
    )
    made = []
    for number in range(5):
        library.add_organisation(f"Client {number}")
        made.append(library.back_up().path)
    assert [backup.path for backup in library.backups()] == made[::-1]
    library.close()
    assert list_backups(tmp_path / "other.stufenplan") == ()


@pytest.mark.parametrize("year", [1970, 1979, 2108, 9998])
def test_a_wrong_clock_stops_no_backup(library_path: Path, tmp_path: Path, year: int) -> None:
    now = datetime(year, 6, 1, tzinfo=UTC)
    library = open_library(library_path, create=True, now=lambda: now)
    library.add_organisation("Client")
    made = library.back_up()
    assert [backup.at for backup in library.backups()] == [now]
    library.close()
    restore_backup(made.path, tmp_path / "restored.stufenplan")
    restored = open_library(tmp_path / "restored.stufenplan")
    assert [organisation.name for organisation in restored.organisations()] == ["Client"]
    restored.close()


def test_backups_are_found_when_the_library_is_gone(closed_library: Path) -> None:
    closed_library.unlink()
    assert len(list_backups(closed_library)) == 1


def test_a_backup_is_restored_under_a_new_name_only(
    closed_library: Path, session: Session, tmp_path: Path
) -> None:
    (backup,) = list_backups(closed_library)
    before = closed_library.read_bytes()
    with pytest.raises(InvalidInput, match="nothing was overwritten"):
        restore_backup(backup.path, closed_library)
    assert closed_library.read_bytes() == before
    target = tmp_path / "sub" / "restored.stufenplan"
    restore_backup(backup.path, target)
    restored = open_library(target)
    assert restored.load_session(session.id) == session
    restored.close()
    assert backup.path.exists()


def test_a_journal_beside_the_new_name_does_not_spoil_what_is_restored(
    closed_library: Path, session: Session, tmp_path: Path
) -> None:
    target = tmp_path / "restored.stufenplan"
    for suffix in ("-journal", "-wal"):
        target.with_name(target.name + suffix).write_bytes(b"of another life" * 100)
    (backup,) = list_backups(closed_library)
    restore_backup(backup.path, target)
    restored = open_library(target)
    assert restored.load_session(session.id) == session
    restored.close()
    assert len(list(tmp_path.glob("*.orphan-*"))) == 2


def test_a_damaged_backup_is_not_restored(closed_library: Path, tmp_path: Path) -> None:
    (backup,) = list_backups(closed_library)
    connection = sqlite3.connect(backup.path)
    connection.execute("UPDATE session SET title = 'forged'")
    connection.commit()
    connection.close()
    with pytest.raises(UnusableLibrary, match="damaged"):
        restore_backup(backup.path, tmp_path / "restored.stufenplan")
    assert not (tmp_path / "restored.stufenplan").exists()


def test_something_else_than_a_backup_is_not_restored(tmp_path: Path) -> None:
    (tmp_path / "letter.stufenplan").write_text("Dear reader, " * 50, encoding="utf-8")
    with pytest.raises(UnusableLibrary, match="is not a library"):
        restore_backup(tmp_path / "letter.stufenplan", tmp_path / "restored.stufenplan")


def test_a_damaged_library_makes_no_backup_that_pushes_out_a_good_one(
    library: SqliteLibrary, session: Session
) -> None:
    good = library.back_up()
    Workshop(session, library).set_level("people.0", 3)
    library._connection.execute("UPDATE session SET title = 'forged'")
    with pytest.raises(UnusableLibrary, match="damaged"):
        library.back_up()
    library.close()
    assert [backup.path for backup in list_backups(library.path)] == [good.path]


def test_a_backup_that_fails_keeps_nothing_from_closing_and_is_told(
    library: SqliteLibrary, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "publish", fail)
    with pytest.raises(StorageUnavailable, match="is full"):
        library.back_up()
    library.close()
    assert [str(notice) for notice in library.notices if "full" in str(notice)]
    again = open_library(library.path)
    assert again.load_session(session.id) == session
    again.close()
    assert not list(data_folder().rglob("*.new"))


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EIO, "cannot be reached at the moment"),
        (errno.ENOSPC, "is full"),
        (errno.EACCES, "nothing can be written in"),
    ],
)
def test_a_backup_that_fails_says_why(
    library: SqliteLibrary,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    sentence: str,
) -> None:
    assert session

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(backups, "publish", refuse)
    with pytest.raises(StorageUnavailable, match=rf"No backup of .*{sentence}") as caught:
        library.back_up()
    assert str(data_folder() / "backups") in str(caught.value)
    monkeypatch.undo()


def test_a_backup_counts_although_its_plain_copies_cannot_be_written(
    library: SqliteLibrary, session: Session, tmp_path: Path
) -> None:
    folder = library.back_up().path.parent
    shutil.rmtree(folder / "sessions")
    (folder / "sessions").write_bytes(b"in the way")
    Workshop(session, library).set_level("people.0", 4)
    backup = library.back_up()
    assert backup.path in [found.path for found in library.backups()]
    assert not library.backup_schedule.next_slice_if_due()
    assert library.backups()[0].path == backup.path
    restore_backup(backup.path, tmp_path / "restored.stufenplan")
    assert (tmp_path / "restored.stufenplan").exists()


def test_a_file_with_an_impossible_date_in_its_name_is_no_backup(
    library: SqliteLibrary, session: Session
) -> None:
    assert session.id
    backup = library.back_up()
    backup.path.with_name("000009_20261399T999999Z_1_close.stufenplan").write_bytes(b"")
    assert [found.path for found in library.backups()] == [backup.path]


def test_plain_copies_of_changed_sessions_lie_beside_the_backups(
    library: SqliteLibrary, session: Session
) -> None:
    Workshop(session, library).set_note("people.0", "Größe")
    folder = library.back_up().path.parent
    (copy,) = (folder / "sessions").iterdir()
    document = json.loads(copy.read_text(encoding="utf-8"))
    assert document["organisation"] == "Acme"
    assert document["ratings"][0]["note"] == "Größe"
    model = json.loads((folder / document["model"]).read_text(encoding="utf-8"))
    assert model["id"] == "small"
    copy.unlink()
    library.back_up()
    assert not copy.exists()  # nothing has changed since, so nothing is written


# ---- the rule ---------------------------------------------------------------------------------


def copies_at(*times: datetime, reason: str = "timer", size: int = 1) -> list[Copy]:
    """Copies numbered in the order given, newest first as the rule wants them."""
    made = [
        Copy(number, number, Backup(Path(f"{number}"), at, reason, size))
        for number, at in enumerate(times)
    ]
    return made[::-1]


def test_a_week_of_ten_minute_backups_keeps_twenty_then_hours_then_days() -> None:
    times = [START + timedelta(minutes=10 * n) for n in range(6 * 24 * 7)]
    kept = sorted(kept_by_rule(copies_at(*times)))
    assert kept[-20:] == list(range(988, 1008))
    hours = [number for number in kept if number >= 1008 - 6 * 48]
    assert len(hours) == 20 + 44  # four of the 48 hours end among the twenty
    assert all(number % 6 == 5 for number in hours[:-20])
    assert [number for number in kept if number < 1008 - 6 * 48] == [143, 287, 431, 575, 719]


def test_years_of_daily_backups_keep_a_month_of_days_and_a_year_of_months() -> None:
    times = [START + timedelta(days=n) for n in range(800)]
    kept = kept_by_rule(copies_at(*times))
    assert frozenset(range(752, 800)) <= kept
    older = [times[number] for number in sorted(kept) if number < 752]
    assert [at.strftime("%Y-%m") for at in older] == [
        "2027-04", "2027-05", "2027-06", "2027-07", "2027-08", "2027-09", "2027-10", "2027-11",
        "2027-12",
    ]  # fmt: skip


@pytest.mark.parametrize("reason", ["migration", "merge", "import"])
def test_what_was_backed_up_before_a_large_step_is_kept(reason: str) -> None:
    old = copies_at(START, reason=reason)
    many = copies_at(*[START + timedelta(seconds=n) for n in range(200)])
    newer = [Copy(copy.number + 1, copy.seq, copy.backup) for copy in many]
    assert 0 in kept_by_rule([*newer, *old])


@given(st.lists(st.datetimes(timezones=st.just(UTC)), max_size=120))
def test_no_clock_can_delete_one_of_the_twenty_newest(times: list[datetime]) -> None:
    copies = copies_at(*times)
    kept = kept_by_rule(copies)
    assert {copy.number for copy in copies[:20]} <= kept
    assert len(kept) <= 20 + 48 + 30 + 12


def test_many_imports_do_not_pile_up_backups_without_end() -> None:
    copies = copies_at(*[START] * 300, reason="import")
    assert len(kept_by_rule(copies)) == 20
    assert len(kept_by_rule(copies_at(*[START] * 300, reason="migration"))) == 300


def test_very_large_libraries_do_not_fill_the_disk_with_backups(tmp_path: Path) -> None:
    copies = [
        Copy(n, n, Backup(tmp_path / f"{n}", START, "timer", backups.MOST_BYTES // 8))
        for n in range(20)
    ][::-1]
    for copy in copies:
        copy.backup.path.touch()
    thin_out(copies)
    assert sorted(int(path.name) for path in tmp_path.iterdir()) == list(range(12, 20))
