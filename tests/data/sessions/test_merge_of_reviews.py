"""Reviews come along with merged libraries and imported sessions, and stay as they are."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.comparison.reviews import NewReview, Review, Subject, Verdict
from app.errors import InvalidFile
from app.session.session import NewSession, Session
from app.workshop.workshop import Workshop
from data.library.library import SqliteLibrary, open_library
from data.library.reviews import ReviewRows
from data.sessions.document import read_session_document
from exports.session_json import json_text, session_to_document

NewSessions = Callable[..., NewSession]


@pytest.fixture
def two(library: SqliteLibrary, a_session: NewSessions) -> tuple[Session, Session]:
    first = library.create_session(a_session(title="First", scope="A", date=date(2025, 1, 1)))
    return first, library.create_session(a_session(title="Second", scope="B"))


@pytest.fixture
def other(
    library: SqliteLibrary, two: tuple[Session, Session], tmp_path: Path
) -> Iterator[SqliteLibrary]:
    """A copy of the library that goes its own way."""
    assert two
    copy = tmp_path / "other.stufenplan"
    library.save_copy(copy)
    opened = open_library(copy)
    yield opened
    opened.close()


def decide(
    library: SqliteLibrary,
    two: tuple[Session, Session],
    verdict: Verdict = Verdict.EQUAL,
    subject: Subject = Subject.PEOPLE,
) -> Review:
    return library.reviews.decide(NewReview(two[0].id, two[1].id, subject, verdict, by="Ana"))


def merge(into: SqliteLibrary, source: SqliteLibrary, tmp_path: Path) -> int:
    """Merge a copy, so that both may stay open; returns how many reviews were news."""
    copy = tmp_path / "copy-to-merge.stufenplan"
    source.save_copy(copy)
    count = into.merge(copy).reviews
    copy.unlink()
    assert into.check() == ()
    return count


def all_of(library: SqliteLibrary) -> tuple[Review, ...]:
    with library._access.reading() as store:
        return store.reviews.all()


def test_reviews_come_along_and_only_once(
    library: SqliteLibrary,
    other: SqliteLibrary,
    two: tuple[Session, Session],
    tmp_path: Path,
) -> None:
    people, scope = decide(other, two), decide(other, two, subject=Subject.SCOPE)
    assert merge(library, other, tmp_path) == 2
    assert library.reviews.of(two[0].organisation.id) == (people, scope)
    assert merge(library, other, tmp_path) == 0
    assert merge(other, library, tmp_path) == 0


def test_a_withdrawal_wins(
    library: SqliteLibrary,
    two: tuple[Session, Session],
    tmp_path: Path,
) -> None:
    review = decide(library, two)
    copy = tmp_path / "with-review.stufenplan"
    library.save_copy(copy)
    other = open_library(copy)
    library.reviews.withdraw(review.id, "Ben")
    assert merge(library, other, tmp_path) == 0
    assert merge(other, library, tmp_path) == 1
    assert all_of(other) == all_of(library)
    assert other.reviews.of(two[0].organisation.id) == ()
    other.close()


def test_of_decisions_in_both_libraries_the_newest_is_in_force_in_both(
    library: SqliteLibrary,
    other: SqliteLibrary,
    two: tuple[Session, Session],
    tmp_path: Path,
) -> None:
    decide(library, two)
    newest = decide(other, two, Verdict.DIFFERENT)
    for _ in range(2):
        merge(library, other, tmp_path)
        merge(other, library, tmp_path)
    assert all_of(library) == all_of(other)
    assert library.reviews.of(two[0].organisation.id) == (newest,)
    assert merge(library, other, tmp_path) == merge(other, library, tmp_path) == 0


def test_both_withdrew_the_same_and_agree_on_the_first_time(
    library: SqliteLibrary, two: tuple[Session, Session], tmp_path: Path
) -> None:
    review = decide(library, two)
    copy = tmp_path / "with-review.stufenplan"
    library.save_copy(copy)
    other = open_library(copy)
    other.reviews.withdraw(review.id, "Ben")
    library.reviews.withdraw(review.id, "Ana")
    assert merge(library, other, tmp_path) == 1
    assert merge(other, library, tmp_path) == 0
    assert all_of(library) == all_of(other)
    assert all_of(library)[0].withdrawn_by == "Ben"
    other.close()


def test_reviews_of_a_client_of_the_same_name_become_those_of_the_client_here(
    library: SqliteLibrary, a_session: NewSessions, tmp_path: Path
) -> None:
    here = library.create_session(a_session(title="Here"))
    elsewhere = open_library(tmp_path / "elsewhere.stufenplan", create=True)
    pair = tuple(elsewhere.create_session(a_session(title=each)) for each in ("One", "Two"))
    review = decide(elsewhere, pair)  # type: ignore[arg-type]
    assert merge(library, elsewhere, tmp_path) == 1
    client = here.organisation.id
    assert library.reviews.of(client) == (replace(review, organisation_id=client),)
    elsewhere.close()


def test_sessions_that_went_on_in_both_libraries_keep_their_reviews(
    library: SqliteLibrary,
    other: SqliteLibrary,
    two: tuple[Session, Session],
    tmp_path: Path,
) -> None:
    review = decide(other, two)
    Workshop(library.load_session(two[1].id), library).set_level("people.0", 2)
    Workshop(other.load_session(two[1].id), other).set_level("people.0", 3)
    for _ in range(2):
        merge(library, other, tmp_path)
        merge(other, library, tmp_path)
    assert library.reviews.of(two[0].organisation.id) == (review,)
    assert all_of(library) == all_of(other)


# ---- JSON -------------------------------------------------------------------------------------


def document_of(library: SqliteLibrary, session: Session) -> Any:
    whole = library.whole_session(session.id)
    return json.loads(json_text(session_to_document(whole, exported_with="1")))


def test_a_session_file_carries_reviews_there_and_back(
    library: SqliteLibrary, two: tuple[Session, Session], tmp_path: Path
) -> None:
    people, scope = decide(library, two), decide(library, two, subject=Subject.SCOPE)
    library.reviews.withdraw(people.id, "Ben")
    document = document_of(library, two[1])
    target = open_library(tmp_path / "new.stufenplan", create=True)
    whole = read_session_document(document)
    assert whole.reviews == library.whole_session(two[1].id).reviews
    taken = target.import_session(whole)
    assert target.reviews.of(taken.session.organisation.id) == (scope,)
    assert document_of(target, two[1])["reviews"] == document["reviews"]
    target.import_session(read_session_document(document_of(library, two[0])))
    assert all_of(target) == all_of(library)
    assert target.check() == ()
    target.close()


def test_a_withdrawal_comes_along_with_a_session_file(
    library: SqliteLibrary, two: tuple[Session, Session], tmp_path: Path
) -> None:
    review = decide(library, two)
    copy = tmp_path / "with-review.stufenplan"
    library.save_copy(copy)
    library.reviews.withdraw(review.id)
    other = open_library(copy)
    other.import_session(read_session_document(document_of(library, two[0])))
    assert other.reviews.of(two[0].organisation.id) == ()
    other.close()


def test_ids_of_reviews_in_foreign_files_do_not_reach_the_log(
    library: SqliteLibrary, two: tuple[Session, Session], tmp_path: Path
) -> None:
    decide(library, two)
    documents = [document_of(library, session) for session in two]
    target = open_library(tmp_path / "new.stufenplan", create=True)
    for document in documents:
        document["reviews"][0]["id"] = "About.Nordwerk"
        target.import_session(read_session_document(document))
    assert len(all_of(target)) == 1  # both files give it the same id
    assert b"About.Nordwerk" not in target.path.read_bytes()
    target.close()


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"verdict": "covers"}, "Scope and people are either the same or not"),
        ({"verdict": "maybe"}, "One of these is needed here"),
        ({"subject": "area"}, "id"),
        ({"said_then": "0" * 64}, "id"),
        ({"later_id": "x", "earlier_id": "y"}, "not of this session"),
        ({"later_id": "x", "earlier_id": "x"}, "of two sessions"),
        ({"at": "2026-11-23T10:00:00"}, "moment"),
        ({"by": "one\ntwo"}, "one line"),
        ({"earlier_id": None}, "text"),
    ],
)
def test_a_file_with_a_review_that_cannot_be_is_refused(
    library: SqliteLibrary,
    two: tuple[Session, Session],
    values: dict[str, object],
    told: str,
) -> None:
    decide(library, two)
    document = document_of(library, two[1])
    document["reviews"][0] |= values
    with pytest.raises(InvalidFile) as refused:
        read_session_document(document)
    assert any(told in str(fault.template) for fault in refused.value.faults)
    assert all(fault.path.startswith("reviews") for fault in refused.value.faults)


def test_a_review_is_given_once(library: SqliteLibrary, two: tuple[Session, Session]) -> None:
    decide(library, two)
    document = document_of(library, two[1])
    document["reviews"] *= 2
    with pytest.raises(InvalidFile):
        read_session_document(document)


def test_times_of_any_zone_come_back_as_they_were(
    library: SqliteLibrary, two: tuple[Session, Session], tmp_path: Path
) -> None:
    decide(library, two)
    document = document_of(library, two[1])
    document["reviews"][0]["at"] = "2026-11-23T10:00:00.123456+05:45"
    target = open_library(tmp_path / "new.stufenplan", create=True)
    target.import_session(read_session_document(document))
    (review,) = all_of(target)
    assert review.at == datetime.fromisoformat("2026-11-23T10:00:00.123+05:45")
    target.close()


def test_a_copy_made_by_hand_agrees(
    library: SqliteLibrary, two: tuple[Session, Session], tmp_path: Path
) -> None:
    decide(library, two)
    path = library.path
    library.close()
    copy = tmp_path / "by-hand.stufenplan"
    shutil.copyfile(path, copy)
    again = open_library(path)
    assert again.merge(copy).reviews == 0
    again.close()


def test_a_decision_of_now_counts_after_one_from_a_clock_ahead(
    library: SqliteLibrary, two: tuple[Session, Session], tmp_path: Path
) -> None:
    decide(library, two)
    document = document_of(library, two[1])
    document["reviews"][0]["at"] = "2999-01-01T00:00:00.000+00:00"
    target = open_library(tmp_path / "new.stufenplan", create=True)
    for file in (document_of(library, two[0]) | {"reviews": []}, document):
        target.import_session(read_session_document(file))
    review = decide(target, two, Verdict.DIFFERENT)
    assert target.reviews.of(two[0].organisation.id) == (review,)
    assert target.check() == ()
    target.close()


def test_thousands_of_reviews_in_a_file_are_gone_through_once(
    library: SqliteLibrary,
    two: tuple[Session, Session],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decide(library, two)
    document = document_of(library, two[1])
    (entry,) = document["reviews"]
    document["reviews"] = [
        entry | {"id": f"{n:032x}", "at": f"2026-11-23T10:00:00.{n:03}+00:00"} for n in range(300)
    ]
    read: list[str] = []
    found = ReviewRows.of

    def of(rows: ReviewRows, organisation_id: str) -> tuple[Review, ...]:
        read.append(organisation_id)
        return found(rows, organisation_id)

    monkeypatch.setattr(ReviewRows, "of", of)
    target = open_library(tmp_path / "new.stufenplan", create=True)
    target.import_session(read_session_document(document))
    assert len(read) == 1
    (in_force,) = [each for each in all_of(target) if each.is_in_force]
    assert in_force.id == f"{299:032x}"
    target.close()
