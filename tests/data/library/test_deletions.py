"""Deleting for good: what goes, what stays, what the log remembers, and what failures leave."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.deletions import Choices, Kind, Target
from app.errors import InvalidInput, NotFound, StorageUnavailable
from app.model.maturity_model import MaturityModel
from app.session.session import NewSession, Session
from app.workshop.workshop import Workshop
from data.library import check, copying, deletions, traces
from data.library.backups import list_backups, restore_backup
from data.library.emergency import read_unsaved, write_unsaved
from data.library.folders import data_folder
from data.library.library import SqliteLibrary, open_library

NewSessions = Callable[..., NewSession]


def target_of(session: Session) -> Target:
    return Target(Kind.SESSION, session.id)


def delete(library: SqliteLibrary, session: Session, **choices: bool) -> None:
    library.deletions.delete(target_of(session), "Ana", Choices(**choices))


def attach(library: SqliteLibrary, session: Session, folder: Path, content: bytes) -> str:
    """Attach a file to an area of the session; returns its digest."""
    proof = folder / "proof.txt"
    proof.write_bytes(content)
    workshop = Workshop(library.load_session(session.id), library)
    workshop.add_file("people.0", proof)
    return workshop.session.rating("people.0").evidence[-1].digest


def titles(library: SqliteLibrary) -> list[str]:
    return sorted(summary.title for summary in library.session_summaries())


def notes() -> list[Path]:
    return list((data_folder() / "deletions").glob("*"))


# ---- what goes, and what stays ----------------------------------------------------------------


def test_a_session_goes_and_its_client_stays(
    library: SqliteLibrary, session: Session, a_session: NewSessions
) -> None:
    other = library.create_session(a_session(title="Second"))
    workshop = Workshop(other, library)
    workshop.set_level("people.0", 4)
    delete(library, session)
    with pytest.raises(NotFound):
        library.load_session(session.id)
    assert titles(library) == ["Second"]
    assert [each.name for each in library.organisations()] == ["Acme"]
    assert library.check() == ()
    workshop.undo()
    assert library.load_session(other.id).rating("people.0").level is None


def test_with_a_unit_go_the_units_below_it_and_their_sessions(
    library: SqliteLibrary, session: Session, a_session: NewSessions
) -> None:
    assert session
    parent = library.create_session(a_session(title="IT", unit="IT"))
    library.create_session(a_session(title="Team", unit="IT/Team"))
    library.create_session(a_session(title="Sales", unit="Sales"))
    assert parent.unit is not None
    plan = library.deletions.plan(Target(Kind.UNIT, parent.unit.id))
    assert (plan.name, plan.units, sorted(plan.sessions)) == ("IT", 2, ["IT", "Team"])
    library.deletions.delete(plan.target, "Ana")
    assert titles(library) == ["Sales", "Workshop"]
    units = library.units(library.organisations()[0].id)
    assert [unit.name for unit in units] == ["Sales"]
    assert library.check() == ()


def test_with_a_client_go_its_units_and_sessions_archived_ones_too(
    library: SqliteLibrary, session: Session, a_session: NewSessions
) -> None:
    library.create_session(a_session(title="Team", unit="IT/Team"))
    library.create_session(a_session(title="Other", organisation="Other", unit="IT"))
    library.archive_session(session.id)
    library.deletions.delete(Target(Kind.CLIENT, session.organisation.id), "Ana")
    assert titles(library) == ["Other"]
    assert [each.name for each in library.organisations()] == ["Other"]
    assert library.archived_sessions() == ()
    assert library.check() == ()


def test_a_client_without_sessions_goes(library: SqliteLibrary) -> None:
    client = library.add_organisation("Acme")
    library.deletions.delete(Target(Kind.CLIENT, client.id), "Ana")
    assert library.organisations() == ()
    assert library.check() == ()


@pytest.mark.parametrize("kind", list(Kind))
def test_what_is_not_there_cannot_be_deleted(library: SqliteLibrary, kind: Kind) -> None:
    for ask in (library.deletions.plan, lambda target: library.deletions.delete(target, "Ana")):
        with pytest.raises(NotFound):
            ask(Target(kind, "nobody"))
    assert library.deletions.records() == ()


def test_a_client_of_the_same_name_can_be_added_again(
    library: SqliteLibrary, session: Session, a_session: NewSessions
) -> None:
    library.deletions.delete(Target(Kind.CLIENT, session.organisation.id), "Ana")
    again = library.create_session(a_session())
    assert again.organisation.id != session.organisation.id
    delete(library, again)
    assert library.check() == ()
    library.close()
    open_library(library.path).close()


def test_a_file_goes_with_the_last_session_that_ever_referred_to_it(
    library: SqliteLibrary, session: Session, a_session: NewSessions, tmp_path: Path
) -> None:
    other = library.create_session(a_session(title="Second"))
    own = attach(library, session, tmp_path, b"only here")
    shared = attach(library, session, tmp_path, b"in both")
    assert attach(library, other, tmp_path, b"in both") == shared
    workshop = Workshop(library.load_session(other.id), library)
    workshop.undo()
    delete(library, session)
    with pytest.raises(NotFound):
        library.file_content(own)
    workshop.redo()
    assert library.file_content(shared) == b"in both"
    delete(library, other)
    with pytest.raises(NotFound):
        library.file_content(shared)
    assert library.check() == ()


def test_a_file_that_was_never_attached_goes_too(
    library: SqliteLibrary, session: Session, tmp_path: Path
) -> None:
    proof = tmp_path / "proof.txt"
    proof.write_bytes(b"never attached")
    digest = library.add_file(proof).digest
    delete(library, session)
    with pytest.raises(NotFound):
        library.file_content(digest)


def test_a_file_stays_for_a_change_of_another_session_that_waits_to_be_saved(
    failing_library: tuple[SqliteLibrary, Any], a_session: NewSessions, tmp_path: Path
) -> None:
    library, connection = failing_library
    session, other = (library.create_session(a_session(title=each)) for each in ("A", "B"))
    proof = tmp_path / "proof.txt"
    proof.write_bytes(b"waits")
    workshop = Workshop(other, library)
    connection.refuse = "INSERT OR REPLACE INTO rating"
    workshop.add_file("people.0", proof)
    connection.refuse = ""
    write_unsaved(library.path, other.id, workshop.unsaved)
    delete(library, session)
    assert workshop.retry()
    assert library.file_content(workshop.session.rating("people.0").evidence[0].digest) == b"waits"


# ---- models -----------------------------------------------------------------------------------


def stored_models(library: SqliteLibrary) -> list[str]:
    rows = library._connection.execute("SELECT document FROM model ORDER BY imported")
    return [json.loads(text)["content_version"] for (text,) in rows]


def test_a_model_that_no_other_session_uses_goes(
    library: SqliteLibrary, a_session: NewSessions, new_model: Callable[..., MaturityModel]
) -> None:
    session = library.create_session(a_session(model=new_model(version="1")))
    library.create_session(a_session(model=new_model(version="2")))
    delete(library, session)
    assert stored_models(library) == ["2"]
    assert library.check() == ()


def test_an_imported_model_goes_unless_it_is_to_stay(
    library: SqliteLibrary, a_session: NewSessions, new_model: Callable[..., MaturityModel]
) -> None:
    library.add_model(new_model(version="1"))
    first = library.create_session(a_session(model=library.models()[0]))
    library.add_model(new_model(version="2"))
    second = library.create_session(a_session(model=library.models()[0]))
    assert library.deletions.plan(target_of(first)).models == ()
    delete(library, first)  # its model cannot be chosen any more
    assert stored_models(library) == ["2"]
    assert library.deletions.plan(target_of(second)).models == ("Small (de)",)
    delete(library, second, models=False)
    assert stored_models(library) == ["2"]
    third = library.create_session(a_session(model=library.models()[0]))
    delete(library, third)
    assert library.models() == ()
    assert library.check() == ()


def test_earlier_versions_of_an_imported_model_do_not_come_back(
    library: SqliteLibrary, a_session: NewSessions, new_model: Callable[..., MaturityModel]
) -> None:
    for version in ("1", "2"):
        library.add_model(new_model(version=version))
    session = library.create_session(a_session(model=library.models()[0]))
    delete(library, session, models=True)
    assert library.models() == ()
    assert library.check() == ()


def test_a_model_that_another_session_uses_stays(
    library: SqliteLibrary, a_session: NewSessions, new_model: Callable[..., MaturityModel]
) -> None:
    library.add_model(new_model())
    session, other = (library.create_session(a_session(title=each)) for each in ("A", "B"))
    delete(library, session, models=True)
    assert library.load_session(other.id).model == new_model()
    assert library.models() == (new_model(),)


# ---- what the log remembers -------------------------------------------------------------------


def test_the_log_tells_what_was_deleted_when_and_by_whom_but_no_name(
    library: SqliteLibrary, session: Session, a_session: NewSessions
) -> None:
    library.create_session(a_session(title="Team", unit="IT/Team"))
    library.deletions.delete(Target(Kind.CLIENT, session.organisation.id), "Ana Köhler")
    (record,) = library.deletions.records()
    assert (record.kind, record.sessions, record.units) == (Kind.CLIENT, 2, 2)
    assert record.by == "Ana Köhler"
    assert record.at.tzinfo is not None
    content = library.path.read_bytes()
    for text in ("Acme", session.id, session.organisation.id, "Team"):
        assert text.encode() not in content


def test_the_entries_of_others_stay_as_they_were(
    library: SqliteLibrary, session: Session, a_session: NewSessions
) -> None:
    other = library.create_session(a_session(title="Second", organisation="Other"))
    Workshop(other, library).set_note("people.0", "kept")
    sql = "SELECT * FROM change_log WHERE session_id = ? OR content LIKE '%Other%'"
    before = library._connection.execute(sql, (other.id,)).fetchall()
    delete(library, session)
    assert library._connection.execute(sql, (other.id,)).fetchall() == before


# ---- backups ----------------------------------------------------------------------------------


def test_backups_that_hold_it_stay_unless_they_are_to_go(
    library: SqliteLibrary, session: Session, a_session: NewSessions
) -> None:
    earlier = library.create_session(a_session(title="Second"))
    before = library.back_up()
    plan = library.deletions.plan(target_of(session))
    assert [backup.path for backup in plan.backups] == [before.path]
    deleted = library.deletions.delete(plan.target, "Ana")
    assert (deleted.backups, deleted.kept_backups) == (0, 1)
    assert library.deletions.plan(target_of(earlier)).backups == library.backups()
    newest = library.backups()[0]
    assert newest.reason == "deletion"
    deleted = library.deletions.delete(target_of(earlier), "Ana", Choices(backups=True))
    assert (deleted.backups, deleted.kept_backups) == (2, 0)
    assert [backup.reason for backup in library.backups()] == ["deletion"]


def test_a_backup_made_after_a_deletion_can_be_restored(
    library: SqliteLibrary, session: Session, a_session: NewSessions, tmp_path: Path
) -> None:
    library.create_session(a_session(title="Second"))
    library.deletions.delete(target_of(session), "Ana", Choices(backups=True))
    library.close()
    restore_backup(list_backups(library.path)[0].path, tmp_path / "restored.stufenplan")
    restored = open_library(tmp_path / "restored.stufenplan")
    assert titles(restored) == ["Second"]
    assert restored.check() == ()
    restored.close()


def test_backups_of_other_libraries_stay(
    library: SqliteLibrary, session: Session, tmp_path: Path
) -> None:
    other = open_library(tmp_path / "other.stufenplan", create=True)
    library.back_up()
    library.close()
    other.merge(library.path)
    other.back_up()
    kept = other.backups()
    other.close()
    again = open_library(library.path)
    again.deletions.delete(target_of(session), "Ana", Choices(backups=True))
    again.close()
    assert list_backups(other.path) == kept


def test_the_check_knows_a_library_whose_backups_are_older_than_a_deletion(
    library: SqliteLibrary, session: Session
) -> None:
    library.back_up()
    delete(library, session)
    library.close()
    again = open_library(library.path)
    assert again.notices == ()
    assert again.check() == ()
    again.close()


# ---- failures ---------------------------------------------------------------------------------


def test_without_room_for_compacting_nothing_is_deleted(
    library: SqliteLibrary, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = library.path.read_bytes()
    monkeypatch.setattr(deletions.shutil, "disk_usage", lambda _: SimpleNamespace(free=5000))
    with pytest.raises(StorageUnavailable, match=r"Nothing was deleted: .* needs 1 MB of room"):
        delete(library, session)
    assert library.path.read_bytes() == content
    assert notes() == []
    monkeypatch.undo()
    delete(library, session)
    assert titles(library) == []


@pytest.mark.parametrize("statement", ["DELETE", "INSERT", "COMMIT"])
def test_a_failure_while_rows_are_deleted_leaves_everything(
    failing_library: tuple[SqliteLibrary, Any], a_session: NewSessions, statement: str
) -> None:
    library, connection = failing_library
    session = library.create_session(a_session())
    library.back_up()
    connection.refuse = statement
    with pytest.raises(StorageUnavailable):
        delete(library, session, backups=True)
    connection.refuse = ""
    assert library.load_session(session.id) == session
    assert len(library.backups()) == 1
    assert notes() == []
    assert library.check() == ()


def test_a_commit_that_failed_although_it_reached_the_file_is_made_durable(
    failing_library: tuple[SqliteLibrary, Any], a_session: NewSessions
) -> None:
    library, connection = failing_library
    session = library.create_session(a_session())
    connection.refuse, connection.after, connection.once = "COMMIT", True, True
    delete(library, session)
    assert titles(library) == []
    assert len(library.deletions.records()) == 1
    assert notes() == []


def test_what_cannot_be_compacted_now_is_compacted_at_the_next_opening(
    failing_library: tuple[SqliteLibrary, Any], a_session: NewSessions
) -> None:
    library, connection = failing_library
    session = library.create_session(a_session())
    connection.refuse = "VACUUM"
    deleted = library.deletions.delete(target_of(session), "Ana")
    assert "could not be compacted" in str(deleted.remaining[0])
    assert len(notes()) == 1
    connection.refuse = ""
    library.close()
    again = open_library(library.path)
    assert again.notices == ()
    assert notes() == []
    assert again._connection.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert len(again.deletions.records()) == 1
    again.close()


def test_what_cannot_be_removed_is_named_and_removed_at_the_next_opening(
    library: SqliteLibrary, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.back_up()
    (copy,) = (library.backups()[0].path.parent / "sessions").iterdir()
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path == copy:
            raise PermissionError(13, "Permission denied")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    deleted = library.deletions.delete(target_of(session), "Ana")
    (remaining,) = deleted.remaining
    assert f"“{copy}” could not be deleted (Permission denied)" in str(remaining)
    library.close()
    again = open_library(library.path)
    assert [str(notice) for notice in again.notices] == [str(remaining)]
    again.close()
    monkeypatch.undo()
    open_library(library.path, check=False).close()
    assert not copy.exists()
    assert notes() == []


class Killed(BaseException):
    """Stands for the end of the process."""


def interrupted(
    library: SqliteLibrary, session: Session, patch: pytest.MonkeyPatch, at: str
) -> None:
    """Delete up to a step after the transaction, and leave the library as a kill does."""

    def kill(*_: object) -> None:
        raise Killed

    with patch.context() as within:
        within.setattr(deletions.SqliteDeletions, at, kill)
        within.setattr(traces, "drop_note", lambda _: None)
        with pytest.raises(Killed):
            delete(library, session, backups=True)
    library._is_closed = True
    library._file.close()


@pytest.mark.parametrize("check", [True, False])
def test_a_deletion_that_was_killed_after_its_transaction_is_finished_at_the_next_opening(
    library: SqliteLibrary, session: Session, monkeypatch: pytest.MonkeyPatch, check: bool
) -> None:
    library.back_up()
    interrupted(library, session, monkeypatch, "_finish")
    assert len(notes()) == 1
    moved = library.path.with_name("moved.stufenplan")
    library.path.rename(moved)
    again = open_library(moved, check=check)
    assert again.notices == ()
    assert [backup.reason for backup in again.backups()] == ["deletion"]
    assert list_backups(library.path) == ()
    assert notes() == []
    again.close()
    left = [path for path in data_folder().rglob("*") if path.is_file()]
    assert not any(session.id.encode() in path.read_bytes() for path in left)


def test_plain_copies_from_before_a_move_go_even_if_the_backups_beside_them_went_first(
    library: SqliteLibrary, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.back_up()
    first = library.backups()[0].path
    library.close()
    moved = library.path.with_name("moved.stufenplan")
    library.path.rename(moved)
    interrupted(open_library(moved), session, monkeypatch, "_finish")
    first.unlink()
    (copy,) = (first.parent / "sessions").iterdir()
    open_library(moved).close()
    assert not copy.exists()
    assert notes() == []


def test_a_deletion_that_was_killed_before_its_transaction_never_was(
    library: SqliteLibrary, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.back_up()
    interrupted(library, session, monkeypatch, "_delete_rows")
    assert len(notes()) == 1
    again = open_library(library.path)
    assert again.load_session(session.id) == session
    assert again.deletions.records() == ()
    assert len(again.backups()) == 1
    assert notes() == []
    again.close()


def test_notes_of_other_libraries_and_foreign_files_stay(
    library: SqliteLibrary,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    interrupted(library, session, monkeypatch, "_finish")
    foreign = data_folder() / "deletions" / "foreign.json"
    foreign.write_text('{"record": 7}', encoding="ascii")
    open_library(tmp_path / "other.stufenplan", create=True).close()
    assert len(notes()) == 2
    open_library(library.path).close()
    assert notes() == [foreign]


def test_a_large_library_is_compacted_without_keeping_it_in_memory(
    library: SqliteLibrary,
    session: Session,
    a_session: NewSessions,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = library.create_session(a_session(title="Second"))
    attach(library, kept, tmp_path, b"kept")
    attach(library, session, tmp_path, bytes(3_000_000))
    monkeypatch.setattr(deletions, "LARGEST_AT_ONCE", 1000)
    size = library.path.stat().st_size
    delete(library, session)
    assert library.path.stat().st_size < size - 2_900_000
    assert library._connection.execute("PRAGMA temp_store").fetchone() == (2,)
    assert library.check() == ()


def test_unsaved_changes_of_others_stay(
    failing_library: tuple[SqliteLibrary, Any], a_session: NewSessions
) -> None:
    library, connection = failing_library
    sessions = [library.create_session(a_session(title=each)) for each in ("A", "B")]
    connection.refuse = "INSERT OR REPLACE INTO rating"
    for session in sessions:
        workshop = Workshop(session, library)
        workshop.set_note("people.0", session.title)
        write_unsaved(library.path, session.id, workshop.unsaved)
    connection.refuse = ""
    delete(library, sessions[0])
    assert read_unsaved(library.path, sessions[0].id) == ()
    assert read_unsaved(library.path, sessions[1].id) == ({("people.0", "note"): "B"},)
    shutil.rmtree(data_folder() / "unsaved")


def test_a_file_that_another_program_holds_open_is_deleted_from_all_the_same(
    library: SqliteLibrary, session: Session
) -> None:
    reader = sqlite3.connect(f"file:{library.path}?mode=ro", uri=True, timeout=0)
    delete(library, session)
    reader.close()
    assert titles(library) == []


def test_a_backup_under_way_does_not_keep_what_is_deleted(
    library: SqliteLibrary, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "LARGEST_AT_ONCE", 0)
    monkeypatch.setattr(check, "SLICE_SECONDS", 0)
    for _ in range(3):
        assert library.backup_schedule.next_slice_if_due()
    delete(library, session)
    while library.backup_schedule.next_slice_if_due():
        pass
    library.close()
    kept = [path for path in data_folder().rglob("*") if path.is_file()]
    assert kept
    assert not any(session.id.encode() in path.read_bytes() for path in kept)


def test_a_session_that_was_moved_away_from_a_deleted_client_stays_without_its_name(
    library: SqliteLibrary, a_session: NewSessions, tmp_path: Path
) -> None:
    session = library.create_session(a_session(organisation="Nordwerk", unit="Taubenteam"))
    workshop = Workshop(session, library)
    workshop.set_level("people.0", 3)
    workshop.correct({"affiliation": workshop.affiliation("Other", "")})
    workshop.set_level("people.0", 4)
    library.back_up()
    library.deletions.delete(
        Target(Kind.CLIENT, session.organisation.id), "Ana", Choices(backups=True)
    )
    assert library.check() == ()
    kept = [library.path, *(path for path in data_folder().rglob("*") if path.is_file())]
    for path in kept:
        assert not any(text in path.read_bytes() for text in (b"Nordwerk", b"Taubenteam")), path
    again = Workshop(library.load_session(session.id), library)
    again.undo()
    assert again.session.rating("people.0").level == 3
    with pytest.raises(InvalidInput):  # there is no way back to the client
        again.undo()
    assert again.session.organisation.name == "Other"
    library.close()
    other = open_library(tmp_path / "other.stufenplan", create=True)
    assert other.merge(library.path).added == ("Workshop",)
    assert other.check() == ()
    other.close()


def test_a_backup_that_cannot_be_read_counts_as_one_that_holds_it(
    library: SqliteLibrary, session: Session
) -> None:
    damaged = library.back_up().path
    damaged.write_bytes(b"SQLite format 3\0" + bytes(5000))
    assert [each.path for each in library.deletions.plan(target_of(session)).backups] == [damaged]
    delete(library, session, backups=True)
    assert not damaged.exists()
