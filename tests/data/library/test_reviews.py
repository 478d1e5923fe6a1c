"""Reviews in the library: stored, replaced, withdrawn, logged, moved and deleted."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.comparison.mappings import ModelMapping, ModelVersion
from app.comparison.reviews import NewReview, Review, Subject, Verdict
from app.deletions import Kind, Target
from app.errors import InvalidInput, NotFound, ReadOnlyLibrary, StorageUnavailable
from app.model.maturity_model import LevelDescription, LocalText, MaturityModel
from app.session.session import NewSession, Session
from app.session.units import affiliation_named
from app.workshop.workshop import Workshop
from data.library.library import SqliteLibrary, open_library

NewSessions = Callable[..., NewSession]


def edited(model: MaturityModel, *area_ids: str) -> MaturityModel:
    """The next version of a model, in which some areas say something else."""
    levels = (LevelDescription(1, LocalText.of(de="Anders", en="Otherwise")),)
    dimensions = tuple(
        replace(
            dimension,
            areas=tuple(
                replace(area, levels=levels) if area.id in area_ids else area
                for area in dimension.areas
            ),
        )
        for dimension in model.dimensions
    )
    return replace(model, content_version="2", dimensions=dimensions)


@pytest.fixture
def two(library: SqliteLibrary, a_session: NewSessions) -> tuple[Session, Session]:
    """Two sessions of one client; an area was edited, and one more takes the place of another."""
    new = a_session(title="First", scope="Shop", date=date(2025, 11, 1))
    first = library.create_session(new)
    model = edited(first.model, "people.0", "process.0")
    second = library.create_session(a_session(title="Second", scope="All shops", model=model))
    return first, second


def decision(two: tuple[Session, Session], **values: object) -> NewReview:
    given = {
        "subject": Subject.AREA,
        "verdict": Verdict.EQUAL,
        "area_then": "people.0",
        "area_now": "people.0",
        "by": "Ana",
        **values,
    }
    return NewReview(two[0].id, two[1].id, **given)  # type: ignore[arg-type]


def people(verdict: Verdict) -> dict[str, object]:
    return {"subject": Subject.PEOPLE, "verdict": verdict, "area_then": "", "area_now": ""}


def log_of(library: SqliteLibrary) -> list[dict[str, object]]:
    rows = library._connection.execute(
        "SELECT content, reverses FROM change_log WHERE origin = 'review' ORDER BY seq"
    )
    return [{**json.loads(content), "reverses": reverses} for content, reverses in rows]


def rows_of(library: SqliteLibrary) -> list[str]:
    return [row[0] for row in library._connection.execute("SELECT id FROM review")]


def details(library: SqliteLibrary) -> list[object]:
    return [fault.values["detail"] for fault in library.check()]


# ---- deciding ---------------------------------------------------------------------------------


def test_a_decision_is_stored_with_who_and_when(
    library: SqliteLibrary, two: tuple[Session, Session]
) -> None:
    client = two[0].organisation.id
    review = library.reviews.decide(decision(two))
    assert review.by == "Ana"
    assert library.reviews.of(client) == (review,)
    (entry,) = log_of(library)
    assert (entry["id"], entry["decided_by"], entry["withdrawn_at"]) == (review.id, "Ana", None)
    path = library.path
    assert library.check() == ()
    library.close()
    again = open_library(path)
    assert again.reviews.of(client) == (review,)
    assert again.reviews.of("nobody") == ()
    again.close()


def test_a_newer_decision_replaces_the_older_one(
    library: SqliteLibrary, two: tuple[Session, Session]
) -> None:
    first = library.reviews.decide(decision(two))
    other = library.reviews.decide(decision(two, **people(Verdict.EQUAL)))
    second = library.reviews.decide(decision(two, verdict=Verdict.DIFFERENT, by="Ben"))
    assert library.reviews.of(two[0].organisation.id) == (other, second)
    *_, replaced = log_of(library)
    assert (replaced["id"], replaced["reverses"]) == (first.id, first.id)
    assert replaced["withdrawn_by"] == "Ben"
    assert replaced["withdrawn_at"] == second.at.isoformat(timespec="milliseconds")
    assert library.check() == ()


def test_what_is_withdrawn_is_not_in_force_and_can_be_decided_again(
    library: SqliteLibrary, two: tuple[Session, Session]
) -> None:
    client = two[0].organisation.id
    review = library.reviews.decide(decision(two))
    library.reviews.withdraw(review.id, " Ben ")
    assert library.reviews.of(client) == ()
    assert log_of(library)[-1]["withdrawn_by"] == "Ben"
    with pytest.raises(NotFound, match="withdrawn already"):
        library.reviews.withdraw(review.id)
    with pytest.raises(NotFound, match="no review"):
        library.reviews.withdraw("unknown")
    again = library.reviews.decide(decision(two))
    assert library.reviews.of(client) == (again,)
    assert library.check() == ()


def test_what_cannot_be_decided_leaves_nothing_behind(
    library: SqliteLibrary, two: tuple[Session, Session], a_session: NewSessions
) -> None:
    library.reviews.decide(decision(two))
    other = library.create_session(a_session(organisation="Other"))
    for wrong in (
        decision(two, area_then="process.0"),
        decision(two, area_now="nowhere"),
        decision((two[0], other)),
        decision((two[0], two[0])),
        decision(two, by="x" * 201),
        replace(decision(two), later_id="unknown"),
    ):
        with pytest.raises(InvalidInput):
            library.reviews.decide(wrong)
    assert len(rows_of(library)) == len(log_of(library)) == 1
    assert library.check() == ()


def test_no_session_shows_a_review_in_its_history(
    library: SqliteLibrary, two: tuple[Session, Session]
) -> None:
    workshop = Workshop(two[1], library)
    workshop.set_level("people.0", 2)
    library.reviews.decide(decision(two))
    workshop.undo()
    assert len(library.reviews.of(two[0].organisation.id)) == 1
    assert all(change.edits for change in library.changes(two[1].id))


@pytest.mark.parametrize("statement", ["INSERT INTO review", "INSERT INTO change_log", "COMMIT"])
def test_a_disk_that_fails_leaves_all_or_nothing(
    failing_library: tuple[SqliteLibrary, Any], a_session: NewSessions, statement: str
) -> None:
    library, connection = failing_library
    first = library.create_session(a_session(date=date(2025, 1, 1)))
    model = edited(first.model, "people.0")
    pair = first, library.create_session(a_session(model=model))
    client = first.organisation.id
    kept = library.reviews.decide(decision(pair))
    connection.refuse = statement
    with pytest.raises(StorageUnavailable):
        library.reviews.decide(decision(pair, verdict=Verdict.DIFFERENT))
    connection.refuse = ""
    assert library.reviews.of(client) == (kept,)
    library.reviews.decide(decision(pair, verdict=Verdict.DIFFERENT))
    assert library.check() == ()


def test_a_commit_that_fails_after_it_reached_the_file_is_done_once(
    failing_library: tuple[SqliteLibrary, Any], a_session: NewSessions
) -> None:
    library, connection = failing_library
    first = library.create_session(a_session(date=date(2025, 1, 1)))
    pair = first, library.create_session(a_session(model=edited(first.model, "people.0")))
    mapping = ModelMapping(ModelVersion("m", "1"), ModelVersion("m", "2"), ())

    def fail_once() -> None:
        connection.refuse, connection.after, connection.once = "COMMIT", True, True

    fail_once()
    review = library.reviews.decide(decision(pair))
    assert library.reviews.of(first.organisation.id) == (review,)
    fail_once()
    library.reviews.withdraw(review.id, "Ben")
    assert library.reviews.of(first.organisation.id) == ()
    fail_once()
    library.mappings.add(mapping)
    assert library.mappings.all() == (mapping,)
    fail_once()
    library.mappings.withdraw(mapping.digest)
    assert library.mappings.all() == ()
    assert len(log_of(library)) == 2
    assert library.check() == ()


def test_a_library_that_can_only_be_viewed_shows_reviews_and_takes_none(
    library: SqliteLibrary,
    two: tuple[Session, Session],
    write_protected: Callable[[Path], None],
    tmp_path: Path,
) -> None:
    review = library.reviews.decide(decision(two))
    library.close()
    folder = tmp_path / "stick"
    folder.mkdir()
    copy = shutil.copyfile(library.path, folder / "client.stufenplan")
    write_protected(folder)
    viewed = open_library(copy)
    assert viewed.reviews.of(two[0].organisation.id) == (review,)
    mapping = ModelMapping(ModelVersion("m", "1"), ModelVersion("m", "2"), ())
    for change in (
        lambda: viewed.reviews.decide(decision(two)),
        lambda: viewed.reviews.withdraw(review.id),
        lambda: viewed.mappings.add(mapping),
        lambda: viewed.mappings.withdraw(mapping.digest),
    ):
        with pytest.raises(ReadOnlyLibrary):
            change()
    viewed.close()


DECIDE = """
import pathlib, sys
from app.comparison.reviews import NewReview, Subject, Verdict
from data.library.library import open_library
library = open_library(pathlib.Path(sys.argv[1]))
verdicts = (Verdict.EQUAL, Verdict.DIFFERENT)
for number in range(10**6):
    new = NewReview(*sys.argv[2:4], Subject.PEOPLE, verdicts[number % 2])
    print(library.reviews.decide(new).id, flush=True)
"""


def test_every_acknowledged_decision_survives_a_kill(
    library: SqliteLibrary,
    two: tuple[Session, Session],
    in_another_process: Callable[..., subprocess.Popen[str]],
) -> None:
    path, client = library.path, two[0].organisation.id
    library.close()
    child = in_another_process(DECIDE, path, two[0].id, two[1].id)
    assert child.stdout is not None
    acknowledged = [child.stdout.readline().strip() for _ in range(17)]
    child.kill()
    acknowledged += child.stdout.read().split()  # also lines that were read ahead
    child.communicate()
    again = open_library(path)
    with again._access.reading() as store:
        stored = [review.id for review in store.reviews.all()]
    known = [each for each in acknowledged if len(each) == 32]  # the last line may be cut off
    assert set(known) <= set(stored)
    assert len(stored) - len(known) <= 1
    assert len(again.reviews.of(client)) == 1
    assert again.check() == ()
    again.close()


# ---- the check --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE review SET verdict = 'covers'",
        "UPDATE review SET withdrawn_at = decided_at",
        "DELETE FROM review",
        "INSERT INTO review SELECT id || 'x', organisation_id, earlier_id, later_id, subject,"
        " verdict, area_then, area_now, said_then, said_now, decided_at, decided_by, withdrawn_at,"
        " withdrawn_by, row_digest FROM review",
    ],
)
def test_the_check_finds_reviews_past_the_log(
    library: SqliteLibrary, two: tuple[Session, Session], statement: str
) -> None:
    review = library.reviews.decide(decision(two))
    library._connection.execute(statement)
    assert any(str(each).startswith(f"review {review.id}") for each in details(library))


def test_the_log_of_a_review_that_is_here_is_not_blanked(
    library: SqliteLibrary, two: tuple[Session, Session]
) -> None:
    library.reviews.decide(decision(two))
    store = library._store
    store.log.append("deleted", {"entries": []}, library._now())
    (seq,) = store.log.row("SELECT seq FROM change_log WHERE origin = 'review'")
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        store.log.blank([seq])


# ---- clients and units ------------------------------------------------------------------------


def test_reviews_follow_a_client_that_is_merged(
    library: SqliteLibrary, two: tuple[Session, Session], a_session: NewSessions
) -> None:
    review = library.reviews.decide(decision(two))
    other = library.create_session(a_session(organisation="Other", title="Third"))
    into = other.organisation.id
    library.naming.merge_organisations(two[0].organisation.id, into)
    (moved,) = library.reviews.of(into)
    assert moved == replace(review, organisation_id=into)
    sessions = [library.load_session(session.id) for session in two]
    assert moved.applies_to(*sessions)
    assert library.check() == ()


def test_of_two_clients_that_are_one_the_newest_decision_counts(
    library: SqliteLibrary, two: tuple[Session, Session], a_session: NewSessions
) -> None:
    there = tuple(
        library.create_session(
            a_session(organisation="Other", model=session.model, date=session.date)
        )
        for session in two
    )
    older = library.reviews.decide(decision(two))
    newer = library.reviews.decide(decision(there, verdict=Verdict.DIFFERENT))  # type: ignore[arg-type]
    into = two[0].organisation.id
    library.naming.merge_organisations(there[0].organisation.id, into)
    (kept,) = library.reviews.of(into)
    assert kept.id == newer.id
    assert log_of(library)[-1]["id"] == older.id
    assert library.check() == ()


def test_units_that_are_renamed_and_merged_change_nothing(
    library: SqliteLibrary, a_session: NewSessions
) -> None:
    one = library.create_session(a_session(unit="A", date=date(2025, 1, 1)))
    two = library.create_session(a_session(unit="B", model=edited(one.model, "people.0")))
    review = library.reviews.decide(decision((one, two)))
    assert one.unit is not None
    assert two.unit is not None
    library.naming.rename_unit(one.unit.id, "C")
    library.naming.merge_units(one.unit.id, two.unit.id)
    assert library.reviews.of(one.organisation.id) == (review,)
    assert library.check() == ()


def test_a_session_that_moved_to_another_client_is_left_out(
    library: SqliteLibrary, two: tuple[Session, Session]
) -> None:
    client = two[0].organisation.id
    review = library.reviews.decide(decision(two, **people(Verdict.EQUAL)))
    workshop = Workshop(two[1], library)
    workshop.correct({"affiliation": affiliation_named("Other", "")})
    moved = workshop.session
    assert library.reviews.of(moved.organisation.id) == ()
    assert library.reviews.of(client) == (review,)
    assert not review.applies_to(two[0], moved)
    assert library.whole_session(moved.id).reviews == ()
    workshop.undo()
    assert review.applies_to(two[0], workshop.session)


# ---- deleting for good ------------------------------------------------------------------------


@pytest.mark.parametrize("number", [0, 1])
def test_reviews_go_with_either_session(
    library: SqliteLibrary, two: tuple[Session, Session], a_session: NewSessions, number: int
) -> None:
    model = edited(two[0].model, "people.0", "people.1")
    third = library.create_session(a_session(title="Third", model=model, date=date(2026, 12, 1)))
    gone = library.reviews.decide(decision(two))
    withdrawn = library.reviews.decide(decision(two, **people(Verdict.EQUAL)))
    library.reviews.withdraw(withdrawn.id)
    pair = (two[1 - number], third)
    stays = library.reviews.decide(decision(pair, area_then="people.1", area_now="people.1"))
    library.deletions.delete(Target(Kind.SESSION, two[number].id), "Ana")
    assert library.reviews.of(two[0].organisation.id) == (stays,)
    assert rows_of(library) == [stays.id]
    contents = [row[0] for row in library._connection.execute("SELECT content FROM change_log")]
    assert not any(gone.id in each or withdrawn.id in each for each in contents)
    assert library.check() == ()


def test_reviews_go_with_a_unit_and_with_a_client(
    library: SqliteLibrary, a_session: NewSessions
) -> None:
    one = library.create_session(a_session(unit="A", date=date(2025, 1, 1)))
    two = library.create_session(a_session(model=edited(one.model, "people.0")))
    library.reviews.decide(decision((one, two)))
    assert one.unit is not None
    library.deletions.delete(Target(Kind.UNIT, one.unit.id), "Ana")
    assert rows_of(library) == []
    three = library.create_session(a_session(date=date(2024, 1, 1)))
    library.reviews.decide(decision((three, two)))
    library.deletions.delete(Target(Kind.CLIENT, two.organisation.id), "Ana")
    assert rows_of(library) == []
    assert library.check() == ()


def test_reviews_of_a_former_client_go_with_it(
    library: SqliteLibrary, two: tuple[Session, Session]
) -> None:
    library.reviews.decide(decision(two, **people(Verdict.EQUAL)))
    for session in two:
        Workshop(session, library).correct({"affiliation": affiliation_named("Other", "")})
    library.deletions.delete(Target(Kind.CLIENT, two[0].organisation.id), "Ana")
    assert rows_of(library) == []
    assert library.check() == ()


def review_ids(reviews: tuple[Review, ...]) -> list[str]:
    return [review.id for review in reviews]


def test_a_session_carries_its_reviews_into_a_library_of_its_own(
    library: SqliteLibrary, two: tuple[Session, Session], tmp_path: Path
) -> None:
    review = library.reviews.decide(decision(two))
    withdrawn = library.reviews.decide(decision(two, **people(Verdict.EQUAL)))
    library.reviews.withdraw(withdrawn.id)
    target = tmp_path / "alone.stufenplan"
    library.export_session(two[1].id, target)
    alone = open_library(target)
    assert alone.reviews.of(two[0].organisation.id) == (review,)
    assert review_ids(alone.whole_session(two[1].id).reviews) == [review.id, withdrawn.id]
    assert alone.check() == ()
    alone.close()
