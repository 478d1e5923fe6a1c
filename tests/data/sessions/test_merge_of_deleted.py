"""An old copy of what was deleted for good is reported, and taken in on request only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.comparison.reviews import NewReview, Subject, Verdict
from app.deletions import DeletedHere, Kind, Target
from app.session.session import NewSession, Session
from app.session.units import affiliation_named
from app.workshop.workshop import Workshop
from data.library.library import SqliteLibrary, open_library

NewSessions = Callable[..., NewSession]


@pytest.fixture
def old_copy(library: SqliteLibrary, session: Session, tmp_path: Path) -> Path:
    workshop = Workshop(session, library)
    workshop.set_level("people.0", 3)
    workshop.undo()
    workshop.set_level("people.0", 2)
    copy = tmp_path / "old-copy.stufenplan"
    library.save_copy(copy)
    return copy


def delete_session(library: SqliteLibrary, session_id: str) -> None:
    library.deletions.delete(Target(Kind.SESSION, session_id), "Ana")


def titles(library: SqliteLibrary) -> list[str]:
    return sorted(summary.title for summary in library.session_summaries())


def test_an_old_copy_is_reported_and_not_taken_in(
    library: SqliteLibrary, session: Session, old_copy: Path
) -> None:
    delete_session(library, session.id)
    report = library.merge(old_copy)
    assert [each.title for each in report.deleted_here] == ["Workshop"]
    assert report.deleted_here[0].day == datetime.now(UTC).astimezone().date()
    assert report.added == ()
    assert titles(library) == []
    assert b"Workshop" not in library.path.read_bytes()


def test_an_old_copy_is_taken_in_on_request(
    library: SqliteLibrary, session: Session, old_copy: Path
) -> None:
    delete_session(library, session.id)
    assert library.merge(old_copy, with_deleted=True).added == ("Workshop",)
    workshop = Workshop(library.load_session(session.id), library)
    workshop.undo()
    assert workshop.session.rating("people.0").level is None
    assert library.check() == ()
    again = library.merge(old_copy)  # it is here again, so nothing is reported
    assert (again.deleted_here, again.added, again.kept_both) == ((), (), ())
    delete_session(library, session.id)
    assert len(library.merge(old_copy).deleted_here) == 1
    assert library.check() == ()


def test_a_session_of_a_deleted_client_is_reported_even_if_it_was_never_here(
    library: SqliteLibrary, session: Session, old_copy: Path, a_session: NewSessions
) -> None:
    elsewhere = open_library(old_copy)
    elsewhere.create_session(a_session(title="Later", unit="IT"))
    elsewhere.create_session(a_session(title="Someone else's", organisation="Other"))
    elsewhere.close()
    library.deletions.delete(Target(Kind.CLIENT, session.organisation.id), "Ana")
    report = library.merge(old_copy)
    assert sorted(each.title for each in report.deleted_here) == ["Later", "Workshop"]
    assert report.added == ("Someone else's",)
    assert [each.name for each in library.organisations()] == ["Other"]


def test_a_session_of_a_deleted_unit_is_reported(
    library: SqliteLibrary, a_session: NewSessions, tmp_path: Path
) -> None:
    session = library.create_session(a_session(unit="IT/Team"))
    copy = tmp_path / "copy.stufenplan"
    library.save_copy(copy)
    unit = library.units(session.organisation.id)[0]
    library.deletions.delete(Target(Kind.UNIT, unit.id), "Ana")
    assert [each.title for each in library.merge(copy).deleted_here] == ["Workshop"]
    assert library.units(session.organisation.id) == ()


def test_a_deleted_second_version_is_reported_and_the_first_stays(
    library: SqliteLibrary, session: Session, old_copy: Path
) -> None:
    Workshop(library.load_session(session.id), library).set_level("people.1", 5)
    elsewhere = open_library(old_copy)
    Workshop(elsewhere.load_session(session.id), elsewhere).set_level("people.1", 1)
    elsewhere.close()
    assert len(library.merge(old_copy).kept_both) == 1
    (second,) = [each for each in library.session_summaries() if each.id != session.id]
    delete_session(library, second.id)
    report = library.merge(old_copy)
    assert [each.title for each in report.deleted_here] == ["Workshop"]
    assert titles(library) == ["Workshop"]
    assert len(library.merge(old_copy, with_deleted=True).kept_both) == 1


def test_other_versions_of_a_deleted_session_are_reported(
    library: SqliteLibrary, session: Session, old_copy: Path, tmp_path: Path
) -> None:
    elsewhere = open_library(old_copy)
    Workshop(elsewhere.load_session(session.id), elsewhere).set_level("people.1", 1)
    elsewhere.close()
    third = open_library(tmp_path / "third.stufenplan", create=True)
    Workshop(library.load_session(session.id), library).set_level("people.1", 5)
    library.save_copy(tmp_path / "second-copy.stufenplan")
    third.merge(old_copy)
    third.merge(tmp_path / "second-copy.stufenplan")
    third.close()
    delete_session(library, session.id)
    assert len(library.merge(third.path).deleted_here) == 2


def test_a_deletion_elsewhere_deletes_nothing_here(
    library: SqliteLibrary, session: Session, old_copy: Path
) -> None:
    elsewhere = open_library(old_copy)
    delete_session(elsewhere, session.id)
    elsewhere.close()
    library.merge(old_copy)
    assert titles(library) == ["Workshop"]
    assert library.deletions.records() == ()


def test_a_session_file_is_refused_by_name_and_date_and_taken_in_on_request(
    library: SqliteLibrary, session: Session
) -> None:
    whole = library.whole_session(session.id)
    delete_session(library, session.id)
    with pytest.raises(DeletedHere, match="“Workshop” was deleted here for good on"):
        library.import_session(whole)
    assert titles(library) == []
    assert library.import_session(whole, with_deleted=True).session.title == "Workshop"
    assert library.check() == ()


def test_libraries_do_not_show_that_they_deleted_the_same_session(
    library: SqliteLibrary, session: Session, tmp_path: Path
) -> None:
    other = open_library(tmp_path / "other.stufenplan", create=True)
    other.import_session(library.whole_session(session.id))
    marks = []
    for each in (library, other):
        delete_session(each, session.id)
        sql = "SELECT json_extract(content, '$.marks') FROM change_log WHERE origin = 'deleted'"
        marks.append(each._connection.execute(sql).fetchone())
    other.close()
    assert marks[0] != marks[1]


# ---- former clients and units of a session that stays ------------------------------------------


def move(library: SqliteLibrary, session: Session, client: str, unit: str = "") -> None:
    workshop = Workshop(library.load_session(session.id), library)
    workshop.correct({"affiliation": affiliation_named(client, unit)})


@pytest.fixture
def moved_copy(library: SqliteLibrary, session: Session, tmp_path: Path) -> Path:
    """A copy from before its unit and its first client are deleted here."""
    move(library, session, "Nordwerk AG", "IT/Operations")
    move(library, session, "Nordwerk AG", "HR")
    copy = tmp_path / "moved-copy.stufenplan"
    library.save_copy(copy)
    nordwerk = library.load_session(session.id).organisation
    top = next(unit for unit in library.units(nordwerk.id) if unit.name == "IT")
    library.deletions.delete(Target(Kind.UNIT, top.id), "Ana")
    library.deletions.delete(Target(Kind.CLIENT, session.organisation.id), "Ana")
    return copy


def places(library: SqliteLibrary) -> list[str]:
    clients = library.organisations()
    units = [unit.full_name for client in clients for unit in library.units(client.id)]
    return [*(client.name for client in clients), *units]


def test_the_history_of_a_second_version_brings_no_deleted_client_back(
    library: SqliteLibrary, session: Session, moved_copy: Path
) -> None:
    Workshop(library.load_session(session.id), library).set_level("people.0", 2)
    elsewhere = open_library(moved_copy)
    Workshop(elsewhere.load_session(session.id), elsewhere).set_level("people.0", 4)
    elsewhere.close()
    assert len(library.merge(moved_copy).kept_both) == 1
    assert places(library) == ["Nordwerk AG", "HR"]
    assert len(library.merge(moved_copy).identical) == 1
    assert library.check() == ()
    assert len(library.merge(moved_copy).identical) == 1


@pytest.mark.parametrize(("client", "unit"), [("Acme", ""), ("Nordwerk AG", "IT")])
def test_a_session_that_elsewhere_went_back_to_what_was_deleted_goes_on_where_it_is(
    library: SqliteLibrary, session: Session, moved_copy: Path, client: str, unit: str
) -> None:
    elsewhere = open_library(moved_copy)
    move(elsewhere, session, client, unit)
    Workshop(elsewhere.load_session(session.id), elsewhere).set_level("people.0", 4)
    elsewhere.close()
    assert len(library.merge(moved_copy).extended) == 1
    extended = library.load_session(session.id)
    assert extended.rating("people.0").level == 4
    assert (extended.organisation.name, places(library)) == ("Nordwerk AG", ["Nordwerk AG", "HR"])
    assert library.check() == ()
    assert len(library.merge(moved_copy).identical) == 1


def test_a_session_is_read_where_its_deleted_unit_is_here_again_with_another_client(
    library: SqliteLibrary, session: Session, tmp_path: Path, a_session: NewSessions
) -> None:
    move(library, session, "Acme", "IT")
    move(library, session, "Zeta", "HR")
    copy = tmp_path / "copy.stufenplan"
    library.save_copy(copy)
    elsewhere = open_library(copy)
    other = elsewhere.add_organisation("Other")
    elsewhere.naming.merge_organisations(session.organisation.id, other.id)
    elsewhere.create_session(a_session(organisation="Other", unit="IT", title="Later"))
    elsewhere.close()
    library.deletions.delete(Target(Kind.CLIENT, session.organisation.id), "Ana")
    assert library.merge(copy, with_deleted=True).added == ("Later",)
    assert library.check() == ()
    workshop = Workshop(library.load_session(session.id), library)
    workshop.undo()
    assert workshop.session == library.load_session(session.id)
    assert workshop.session.organisation.name == "Other"
    assert len(library.merge(copy, with_deleted=True).identical) == 1
    assert library.check() == ()


def test_reviews_of_a_deleted_session_come_back_with_it_alone(
    library: SqliteLibrary, session: Session, a_session: NewSessions, tmp_path: Path
) -> None:
    other = library.create_session(a_session(title="Other"))
    decide = library.reviews.decide
    review = decide(NewReview(session.id, other.id, Subject.PEOPLE, Verdict.EQUAL))
    copy = tmp_path / "old-copy.stufenplan"
    library.save_copy(copy)
    client = other.organisation.id
    delete_session(library, session.id)
    assert library.merge(copy).reviews == 0
    assert library.reviews.of(client) == ()
    assert library.merge(copy, with_deleted=True).reviews == 1
    assert library.reviews.of(client) == (review,)
    assert library.check() == ()
