"""Sessions are moved to another organisation or unit, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.deletions import Kind, Target
from app.errors import InvalidFile, InvalidInput, StorageUnavailable
from app.session.session import Session
from app.session.units import Affiliation, affiliation_named
from app.words.describe import describe_change
from app.words.texts import translator_for
from app.workshop.history import Edit, apply_change, new_change
from app.workshop.workshop import Workshop
from data.library.emergency import read_unsaved, write_unsaved
from data.library.library import SqliteLibrary, open_library
from data.sessions.document import read_session_document
from exports.session_json import json_text, session_to_document


@pytest.fixture
def other(tmp_path: Path) -> Iterator[SqliteLibrary]:
    opened = open_library(tmp_path / "other.stufenplan", create=True)
    yield opened
    opened.close()


def names_of(session: Session) -> tuple[str, str]:
    return session.organisation.name, "" if session.unit is None else session.unit.full_name


def move(library: SqliteLibrary, session: Session, client: str, unit: str = "") -> Workshop:
    workshop = Workshop(library.load_session(session.id), library)
    workshop.correct({"affiliation": affiliation_named(client, unit)})
    return workshop


def as_document(library: SqliteLibrary, session: Session) -> dict[str, Any]:
    document = session_to_document(library.whole_session(session.id), exported_with="test")
    read: dict[str, Any] = json.loads(json_text(document))
    return read


# ---- in one library ----------------------------------------------------------------------------


def test_a_session_belongs_to_the_new_client_after_a_restart(
    library: SqliteLibrary, session: Session
) -> None:
    moved = move(library, session, "Nordwerk AG", "IT/Platform team").session
    assert names_of(moved) == ("Nordwerk AG", "IT / Platform team")
    library.close()
    again = open_library(library.path)
    assert again.load_session(session.id) == moved
    (summary,) = again.session_summaries("nordwerk platform")
    assert (summary.organisation, summary.unit) == (moved.organisation, moved.unit)
    assert again.session_summaries("acme") == ()
    assert [unit.kind for unit in again.units(moved.organisation.id)] == ["department", "team"]
    assert again.check() == ()
    again.close()


def test_undo_leads_back_to_the_former_client_also_after_a_restart(
    library: SqliteLibrary, session: Session
) -> None:
    move(library, session, "Nordwerk AG", "IT")
    library.close()
    again = open_library(library.path)
    workshop = Workshop(again.load_session(session.id), again)
    workshop.undo()
    assert workshop.session == session == again.load_session(session.id)
    assert again.session_summaries("acme")[0].organisation == session.organisation
    workshop.redo()
    assert names_of(again.load_session(session.id)) == ("Nordwerk AG", "IT")
    assert again.check() == ()
    again.close()


def test_a_known_client_and_unit_are_found_whatever_their_case(
    library: SqliteLibrary, session: Session, a_session: Callable[..., Any]
) -> None:
    known = library.create_session(a_session(organisation="Nordwerk AG", unit="IT/Team A"))
    moved = move(library, session, "nordwerk ag", "it/TEAM a").session
    assert moved.affiliation == known.affiliation
    assert len(library.organisations()) == 2


def test_only_what_is_missing_is_added_and_every_addition_is_logged(
    library: SqliteLibrary, session: Session
) -> None:
    moved = move(library, session, "Acme", "IT/Team B").session
    assert moved.organisation == session.organisation
    rows = library._connection.execute("SELECT origin FROM change_log ORDER BY seq").fetchall()
    assert [origin for (origin,) in rows][-3:] == ["unit", "unit", "do"]


def test_the_log_names_clients_by_their_ids_alone(library: SqliteLibrary, session: Session) -> None:
    move(library, session, "Nordwerk AG", "IT").undo()
    contents = library._connection.execute(
        "SELECT content FROM change_log WHERE session_id IS NOT NULL"
    ).fetchall()
    assert not any("Nordwerk" in content or "Acme" in content for (content,) in contents)


def test_a_step_that_moves_a_session_says_so(library: SqliteLibrary, session: Session) -> None:
    def step(workshop: Workshop) -> str:
        assert workshop.undoable is not None
        return describe_change(workshop.undoable, session.model, "en", translator_for("en"))

    assert step(move(library, session, "Nordwerk AG", "IT")) == "Change organisation"
    workshop = move(library, session, "Nordwerk AG", "HR")
    assert step(workshop) == "Change unit"
    workshop.correct({"title": "Corrected", "date": date(2027, 1, 1)})
    assert step(workshop) == "Edit session"


def test_the_log_replays_to_the_session_that_was_moved(
    library: SqliteLibrary, session: Session
) -> None:
    workshop = move(library, session, "Nordwerk AG", "IT")
    workshop.undo()
    workshop.redo()
    workshop.correct({"affiliation": affiliation_named("Acme", "")})
    replayed = library._store.sessions.first_state(session.id)
    assert replayed == session
    for change in library.changes(session.id):
        replayed = apply_change(replayed, change)
    assert replayed == workshop.session


def test_a_client_without_a_name_is_refused_and_nothing_is_stored(
    library: SqliteLibrary, session: Session
) -> None:
    for client, unit in ((" ", ""), ("Acme", "IT//Team"), ("x" * 201, "")):
        with pytest.raises(InvalidInput):
            move(library, session, client, unit)
    assert library.load_session(session.id) == session
    assert len(library.organisations()) == 1


def test_a_unit_of_another_client_is_refused(
    library: SqliteLibrary, session: Session, a_session: Callable[..., Any]
) -> None:
    foreign = library.create_session(a_session(organisation="Nordwerk AG", unit="IT"))
    mixed = Affiliation(session.organisation, foreign.affiliation.units)
    change = new_change(session.id, [Edit(None, "affiliation", session.affiliation, mixed)])
    with pytest.raises(InvalidInput):
        library.record(change)
    assert library.load_session(session.id) == session


# ---- what could not be stored ------------------------------------------------------------------


def test_a_client_that_could_not_be_stored_is_stored_later(
    failing_library: tuple[SqliteLibrary, Any], a_session: Callable[..., Any]
) -> None:
    library, disk = failing_library
    session = library.create_session(a_session())
    disk.refuse = "INSERT INTO organisation"
    workshop = move(library, session, "Nordwerk AG", "IT")
    assert workshop.unsaved
    assert names_of(library.load_session(session.id)) == ("Acme", "")
    write_unsaved(library.path, session.id, workshop.unsaved)
    disk.refuse = ""
    known = library.add_organisation("nordwerk ag")  # meanwhile
    again = Workshop(library.load_session(session.id), library)
    again.enter_again(read_unsaved(library.path, session.id))
    assert again.session.organisation == known
    assert again.session == library.load_session(session.id)
    again.undo()
    again.redo()
    assert again.session == library.load_session(session.id)
    assert library.check() == ()


def test_a_change_of_client_that_reached_the_disk_unnoticed_is_found(
    failing_library: tuple[SqliteLibrary, Any], a_session: Callable[..., Any]
) -> None:
    library, disk = failing_library
    session = library.create_session(a_session())
    disk.refuse, disk.after = "COMMIT", True
    with pytest.raises(StorageUnavailable):
        raise move(library, session, "Nordwerk AG", "IT").unsaved[0].reason
    disk.refuse = ""
    assert names_of(library.load_session(session.id)) == ("Nordwerk AG", "IT")
    workshop = Workshop(library.load_session(session.id), library)
    workshop.undo()
    assert library.load_session(session.id) == session


# ---- in other libraries ------------------------------------------------------------------------


def test_a_moved_session_can_be_undone_in_another_library(
    library: SqliteLibrary, session: Session, other: SqliteLibrary
) -> None:
    move(library, session, "Nordwerk AG", "IT/Team")
    taken = other.import_session(read_session_document(as_document(library, session))).session
    assert names_of(taken) == ("Nordwerk AG", "IT / Team")
    assert other.check() == ()
    workshop = Workshop(taken, other)
    workshop.undo()
    assert names_of(other.load_session(taken.id)) == ("Acme", "")
    workshop.redo()
    assert names_of(other.load_session(taken.id)) == ("Nordwerk AG", "IT / Team")
    assert other.check() == ()


def test_clients_known_by_name_are_used_when_a_moved_session_is_merged(
    library: SqliteLibrary, session: Session, other: SqliteLibrary, a_session: Callable[..., Any]
) -> None:
    move(library, session, "Nordwerk AG", "IT")
    known = {
        name: other.create_session(a_session(organisation=name, unit="it")).affiliation
        for name in ("ACME", "nordwerk AG")
    }
    library.close()
    other.merge(library.path)
    workshop = Workshop(other.load_session(session.id), other)
    assert workshop.session.affiliation == known["nordwerk AG"]
    workshop.undo()
    assert workshop.session.organisation == known["ACME"].organisation
    assert len(other.organisations()) == 2
    assert other.check() == ()


def test_a_document_tells_where_a_session_was_before(
    library: SqliteLibrary, session: Session
) -> None:
    moved = move(library, session, "Nordwerk AG", "IT").session
    document = as_document(library, session)
    (edit,) = document["changes"][0]["edits"]
    assert edit["area_id"] is None
    assert edit["field"] == "affiliation"
    assert edit["before"] == {
        "organisation": {"id": session.organisation.id, "name": "Acme"},
        "units": [],
    }
    assert edit["after"] == {
        "organisation": document["session"]["organisation"],
        "units": document["session"]["units"],
    }
    assert (
        edit["after"]["units"][0]["id"]
        == document["session"]["unit"]
        == moved.affiliation.units[0].id
    )


ACME = {"id": "o", "name": "Acme"}
WRONG = (
    None, "Acme", {}, {"organisation": ACME}, {"organisation": [], "units": 1},
    {"organisation": ACME, "units": [{"id": "u"}]},
    {"organisation": ACME | {"name": "two\nlines"}, "units": []},
)  # fmt: skip


@pytest.mark.parametrize("value", WRONG)
def test_a_document_with_a_wrong_client_in_its_history_is_refused(
    library: SqliteLibrary, session: Session, value: object
) -> None:
    move(library, session, "Nordwerk AG", "IT")
    document = as_document(library, session)
    document["changes"][0]["edits"][0]["before"] = value
    with pytest.raises(InvalidFile) as caught:
        read_session_document(document)
    assert [fault.path for fault in caught.value.faults] == ["changes.0.edits.0.before"]


def test_nothing_leads_back_to_a_client_that_was_deleted_for_good(
    library: SqliteLibrary, session: Session, other: SqliteLibrary
) -> None:
    move(library, session, "Nordwerk AG")
    document = as_document(library, session)
    (edit,) = document["changes"][0]["edits"]
    edit["before"]["organisation"] = {"id": "deleted", "name": ""}  # what is left of it
    taken = other.import_session(read_session_document(document)).session
    assert [each.name for each in other.organisations()] == ["Nordwerk AG"]
    assert other.check() == ()
    workshop = Workshop(taken, other)
    with pytest.raises(InvalidInput, match="deleted for good"):
        workshop.undo()
    assert workshop.session == taken == other.load_session(taken.id)
    again = as_document(other, taken)
    assert again["changes"] == document["changes"]


def test_a_former_client_can_be_deleted_for_good(library: SqliteLibrary, session: Session) -> None:
    moved = move(library, session, "Nordwerk AG", "IT").session
    library.deletions.delete(Target(Kind.CLIENT, session.organisation.id), "Ana")
    assert [each.name for each in library.organisations()] == ["Nordwerk AG"]
    assert library.check() == ()
    library.close()
    assert b"Acme" not in library.path.read_bytes()
    again = open_library(library.path)
    assert again.check() == ()
    workshop = Workshop(again.load_session(session.id), again)
    assert workshop.session == moved
    with pytest.raises(InvalidInput, match="deleted for good"):
        workshop.undo()
    workshop.set_level("people.0", 3)
    assert again.load_session(session.id).rating("people.0").level == 3
    document = as_document(again, session)
    assert "Acme" not in json_text(document)
    again.close()


def test_a_step_that_is_still_in_memory_brings_nothing_back_that_was_deleted(
    library: SqliteLibrary, session: Session
) -> None:
    workshop = move(library, session, "Nordwerk AG", "IT")
    workshop.correct({"affiliation": affiliation_named("Nordwerk AG", "HR")})
    moved = workshop.session
    (it,) = [unit for unit in library.units(moved.organisation.id) if unit.name == "IT"]
    library.deletions.delete(Target(Kind.UNIT, it.id), "Ana")
    library.deletions.delete(Target(Kind.CLIENT, session.organisation.id), "Ana")
    with pytest.raises(InvalidInput, match="deleted for good"):
        workshop.undo()
    assert workshop.session == moved == library.load_session(session.id)
    assert [each.name for each in library.organisations()] == ["Nordwerk AG"]
    assert [each.name for each in library.units(moved.organisation.id)] == ["HR"]
    workshop.correct({"affiliation": affiliation_named("Acme", "")})  # a new one of that name
    assert names_of(library.load_session(session.id)) == ("Acme", "")
    assert library.check() == ()
