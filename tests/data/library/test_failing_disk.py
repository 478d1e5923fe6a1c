"""Failing disk: the error, and unchanged session, file and undo history."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from app.errors import LibraryInUse, StorageUnavailable
from app.session.evidence import Evidence, EvidenceKind
from app.session.rating import Confidence
from app.session.session import NewSession, Session
from app.session.units import affiliation_named
from app.workshop.history import Edit, apply_change, new_change
from app.workshop.recording import Unsaved
from app.workshop.validation import Wanted
from app.workshop.workshop import Workshop
from data.library.emergency import read_unsaved, unsaved_file, write_unsaved
from data.library.library import SqliteLibrary

Failing = tuple[SqliteLibrary, Any]
STATEMENTS = ("BEGIN", "INSERT OR REPLACE INTO rating", "INSERT INTO change_log", "COMMIT")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (sqlite3.SQLITE_FULL, "is full"),
        (sqlite3.SQLITE_IOERR_FSYNC, "still connected"),
        (sqlite3.SQLITE_IOERR_WRITE, "still connected"),
        (sqlite3.SQLITE_READONLY, "read-only or forbidden"),
        (sqlite3.SQLITE_CANTOPEN, "read-only or forbidden"),
        (sqlite3.SQLITE_CORRUPT, "is damaged"),
    ],
)
@pytest.mark.parametrize("statement", STATEMENTS)
def test_every_failure_has_its_sentence_and_leaves_everything_as_it_was(
    failing_library: Failing,
    a_session: Callable[..., NewSession],
    code: int,
    sentence: str,
    statement: str,
) -> None:
    library, disk = failing_library
    session = library.create_session(a_session())
    disk.refuse, disk.code = statement, code
    change = new_change(session.id, [Edit("people.0", "level", None, Fraction(3))])
    with pytest.raises(StorageUnavailable, match=sentence):
        library.record(change)
    disk.refuse = ""
    assert library.load_session(session.id) == session
    assert library.changes(session.id) == ()
    assert library.record(change).seq > 0
    assert library.load_session(session.id).rating("people.0").level == 3


def test_a_lock_by_somebody_else_has_its_own_kind(
    failing_library: Failing, a_session: Callable[..., NewSession]
) -> None:
    library, disk = failing_library
    disk.refuse, disk.code = "BEGIN", sqlite3.SQLITE_BUSY
    with pytest.raises(LibraryInUse):
        library.create_session(a_session())


def test_a_fault_of_our_own_is_not_blamed_on_the_disk(failing_library: Failing) -> None:
    library, disk = failing_library
    disk.refuse, disk.code = "INSERT INTO organisation", sqlite3.SQLITE_ERROR
    with pytest.raises(sqlite3.OperationalError):
        library.add_organisation("Acme")


def test_a_session_that_could_not_be_stored_leaves_no_half_organisation(
    failing_library: Failing, a_session: Callable[..., NewSession]
) -> None:
    library, disk = failing_library
    disk.refuse = "INSERT INTO position"
    with pytest.raises(StorageUnavailable):
        library.create_session(a_session(unit="Team"))
    disk.refuse = ""
    assert library.organisations() == ()
    session = library.create_session(a_session(unit="Team"))
    assert library.load_session(session.id) == session


def test_a_commit_that_fails_too_late_still_ends_in_an_acknowledgement(
    failing_library: Failing, a_session: Callable[..., NewSession]
) -> None:
    library, disk = failing_library
    session = library.create_session(a_session())
    change = new_change(session.id, [Edit("people.0", "level", None, Fraction(3))])
    disk.refuse, disk.after, disk.once = "COMMIT", True, True
    disk.code = sqlite3.SQLITE_IOERR_FSYNC
    saved = library.record(change)
    assert library.changes(session.id) == (change,)
    assert library.record(change) == saved


def test_a_change_that_got_through_without_an_answer_is_not_stored_twice(
    failing_library: Failing, a_session: Callable[..., NewSession]
) -> None:
    library, disk = failing_library
    workshop = Workshop(library.create_session(a_session()), library)
    disk.refuse, disk.after, disk.code = "COMMIT", True, sqlite3.SQLITE_IOERR_FSYNC
    workshop.set_level("people.0", 3)
    assert len(workshop.unsaved) == 1
    disk.refuse = ""
    assert workshop.retry()
    assert library.load_session(workshop.session.id) == workshop.session
    assert len(library.changes(workshop.session.id)) == 1
    workshop.undo()
    assert library.load_session(workshop.session.id).rating("people.0").level is None


def test_what_was_typed_back_is_typed_back_in_the_file_too(
    failing_library: Failing, a_session: Callable[..., NewSession]
) -> None:
    library, disk = failing_library
    workshop = Workshop(library.create_session(a_session()), library)
    disk.refuse, disk.after, disk.code = "COMMIT", True, sqlite3.SQLITE_IOERR_FSYNC
    workshop.set_note("people.0", "rash")  # in the file, although its commit failed
    workshop.set_note("people.0", "")
    disk.refuse = ""
    assert workshop.retry()
    assert library.load_session(workshop.session.id) == workshop.session
    assert workshop.session.rating("people.0").note == ""
    assert workshop.undoable is None


def test_a_failed_write_to_free_pages_is_not_taken_for_that_of_another_program(
    failing_library: Failing, a_session: Callable[..., NewSession], tmp_path: Path
) -> None:
    library, disk = failing_library
    library.create_session(a_session())
    with library._access.writing() as store:
        for statement in (
            "CREATE TABLE spare (content)",
            "INSERT INTO spare VALUES (zeroblob(40000))",
            "DROP TABLE spare",
        ):
            store.connection.execute(statement)
    assert disk.execute("PRAGMA freelist_count").fetchone()[0] > 0
    proof = tmp_path / "proof.txt"
    proof.write_bytes(b"x" * 8000)
    disk.refuse = "COMMIT"
    with pytest.raises(StorageUnavailable):
        library.add_file(proof)
    disk.refuse = ""
    library.add_file(proof)
    assert library.check() == ()


def test_unsaved_changes_are_kept_in_a_second_place_until_they_are_stored(
    failing_library: Failing, a_session: Callable[..., NewSession]
) -> None:
    library, disk = failing_library
    workshop = Workshop(library.create_session(a_session()), library)
    disk.refuse = "COMMIT"
    workshop.set_level("people.0", 3)
    workshop.set_note("people.1", "Größe")
    session_id = workshop.session.id
    kept = write_unsaved(library.path, session_id, workshop.unsaved)
    assert kept == unsaved_file(library.path, session_id)
    lines = kept.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    assert '"field": "level", "value": 3' in lines[0]
    assert '"value": "Größe"' in lines[1]
    disk.refuse = ""
    assert workshop.retry()
    assert write_unsaved(library.path, session_id, workshop.unsaved) is None
    assert not kept.exists()


def test_unsaved_changes_come_back_from_the_second_place_whatever_is_in_them(
    library_path: Path,
) -> None:
    evidence = (Evidence("e1", EvidenceKind.LINK, "Wiki", "https://wiki.example"),)
    rated: Wanted = {
        ("people.0", "level"): Fraction(7, 2),
        ("people.0", "weight"): Fraction(1, 10),
        ("people.0", "confidence"): Confidence.GUESS,
        ("people.0", "evidence"): evidence,
        ("people.1", "not_applicable"): None,
    }
    # Signs that end a line for Python, but not in JSON.
    noted: Wanted = {("people.1", "note"): "one\u2028two\x85three\nfour"}
    dated: Wanted = {(None, "date"): date(1999, 12, 31)}
    reason = StorageUnavailable("as a disk says it")
    waiting = [Unsaved(tuple(w.items()), "", reason) for w in (rated, noted, dated)]
    kept = write_unsaved(library_path, "s1", waiting)
    assert read_unsaved(library_path, "s1") == (rated, noted, dated)
    assert kept is not None
    with kept.open("a", encoding="utf-8") as file:
        file.write('{"wanted": [{"area_id": null, "field": "colour", "value": 1}]}\n')
        file.write('{"wanted": [{"fie')
    assert read_unsaved(library_path, "s1") == (rated, noted, dated)
    assert read_unsaved(library_path, "s2") == ()


def test_the_second_place_can_be_full_too(
    library_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "taken").touch()
    monkeypatch.setenv("STUFENPLAN_DATA_DIR", str(tmp_path / "taken"))
    workshop_unsaved: Any = [object()]
    with pytest.raises(StorageUnavailable):
        write_unsaved(library_path, "s1", workshop_unsaved)


def test_the_way_back_to_a_checkpoint_knows_an_undo_that_was_stored_too_late(
    failing_library: Failing, a_session: Callable[..., NewSession]
) -> None:
    library, disk = failing_library
    workshop = Workshop(library.create_session(a_session()), library)
    workshop.set_level("people.0", 2)
    checkpoint = workshop.add_checkpoint("Two")
    workshop.set_level("people.0", 4)
    disk.refuse, disk.after = "COMMIT", True
    with pytest.raises(StorageUnavailable):
        workshop.undo()
    disk.refuse = ""
    workshop.return_to(checkpoint)
    assert workshop.session == library.load_session(workshop.session.id)
    assert workshop.session.rating("people.0").level == 2
    assert library.check() == ()


def test_an_undo_that_was_stored_too_late_and_is_pressed_again_is_one_undo(
    failing_library: Failing, a_session: Callable[..., NewSession]
) -> None:
    library, disk = failing_library
    workshop = Workshop(library.create_session(a_session()), library)
    workshop.set_level("people.0", 2)
    workshop.set_level("people.0", 4)
    disk.refuse, disk.after = "COMMIT", True
    with pytest.raises(StorageUnavailable):
        workshop.undo()
    assert workshop.session.rating("people.0").level == 4
    disk.refuse = ""
    workshop.undo()
    assert workshop.session.rating("people.0").level == 2
    assert workshop.session == library.load_session(workshop.session.id)
    workshop.redo()
    assert workshop.session.rating("people.0").level == 4
    assert len(library.changes(workshop.session.id)) == 4


def test_a_change_after_an_undo_that_was_stored_too_late_goes_on_from_the_file(
    failing_library: Failing, a_session: Callable[..., NewSession]
) -> None:
    library, disk = failing_library
    workshop = Workshop(library.create_session(a_session()), library)
    workshop.set_level("people.0", 4)
    heard: list[frozenset[str]] = []
    workshop.subscribe(heard.append)
    disk.refuse, disk.after = "COMMIT", True
    with pytest.raises(StorageUnavailable):
        workshop.undo()
    disk.refuse = ""
    workshop.set_level("people.1", 3)
    assert workshop.session.rating("people.0").level is None
    assert workshop.session == library.load_session(workshop.session.id)
    assert "people.0" in heard[0], "listeners are notified of what was reloaded"
    assert library.check() == ()


# ---- random work ------------------------------------------------------------------------------

AREAS = ("people.0", "people.1", "process.0", "process.1")


def machine(failing: Failing, new: NewSession) -> type[RuleBasedStateMachine]:
    library, disk = failing

    class LibraryMachine(RuleBasedStateMachine):
        """A workshop on a real library whose disk fails at any statement, before or after it."""

        @initialize()
        def begin(self) -> None:
            disk.refuse = ""
            self.named = 0
            self.start: Session = library.create_session(new)
            self.workshop = Workshop(self.start, library)

        @rule(area=st.sampled_from(AREAS), level=st.none() | st.integers(1, 5))
        def set_level(self, area: str, level: int | None) -> None:
            self.workshop.set_level(area, level)

        @rule(area=st.sampled_from(AREAS), texts=st.lists(st.text(max_size=4), max_size=3))
        def type_a_note(self, area: str, texts: list[str]) -> None:
            for text in texts:
                self.workshop.set_note(area, text)

        @rule(area=st.sampled_from(AREAS), weight=st.sampled_from(("0.1", "2.25", "10")))
        def set_weight(self, area: str, weight: str) -> None:
            self.workshop.set_weight(area, Fraction(weight))

        @rule(title=st.sampled_from(("One", "Two")))
        def rename(self, title: str) -> None:
            self.workshop.set_detail("title", title)

        @rule(client=st.sampled_from(("Acme", "Nordwerk")), unit=st.sampled_from(("", "IT/Team")))
        def move(self, client: str, unit: str) -> None:
            self.workshop.correct({"affiliation": affiliation_named(client, unit)})

        @rule()
        def set_a_checkpoint(self) -> None:
            self.named += 1
            self.workshop.add_checkpoint(f"No. {self.named}")

        @rule(data=st.data())
        @precondition(lambda self: self.workshop.session.milestones)
        def return_to_a_checkpoint(self, data: st.DataObject) -> None:
            checkpoint = data.draw(st.sampled_from(self.workshop.session.milestones))
            self.workshop.return_to(checkpoint)

        @rule()
        def undo(self) -> None:
            if not disk.refuse:
                self.workshop.undo()

        @rule()
        def redo(self) -> None:
            if not disk.refuse:
                self.workshop.redo()

        @rule(statement=st.sampled_from(STATEMENTS), after=st.booleans())
        def the_disk_fails(self, statement: str, after: bool) -> None:
            disk.refuse, disk.after = statement, after and statement == "COMMIT"

        @rule()
        def there_is_room_again(self) -> None:
            disk.refuse = ""
            assert self.workshop.retry()

        @precondition(lambda self: not self.workshop.unsaved)
        @rule()
        def restart(self) -> None:
            undoable = self.workshop.undoable
            self.workshop = Workshop(library.load_session(self.start.id), library)
            if undoable is not None:
                assert self.workshop.undoable is not None
                assert self.workshop.undoable.edits == undoable.edits

        @invariant()
        def what_is_acknowledged_is_stored(self) -> None:
            # Not through the library's door: who loads a session takes it as it is.
            stored = library._store.sessions.session(self.start.id)
            if not self.workshop.unsaved:
                assert stored == self.workshop.session

        @invariant()
        def the_log_replays_to_what_is_stored(self) -> None:
            session = library._store.sessions.first_state(self.start.id)
            for change in library.changes(self.start.id):
                session = apply_change(session, change)
            assert session == library._store.sessions.session(self.start.id)

        def teardown(self) -> None:
            disk.refuse = ""
            assert self.workshop.retry()
            assert library.load_session(self.start.id) == self.workshop.session
            assert library.check() == ()

    return LibraryMachine


def test_random_work_on_a_failing_disk_never_shows_what_is_not_stored(
    failing_library: Failing, a_session: Callable[..., NewSession]
) -> None:
    test_case = machine(failing_library, a_session()).TestCase
    test_case.settings = settings(
        max_examples=min(25, settings.default.max_examples // 3),
        stateful_step_count=25,
        deadline=None,
    )
    test_case("runTest").runTest()
