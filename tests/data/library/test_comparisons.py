"""Sessions of a library are compared by what was decided there, whatever became of the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from app.comparison.comparison import Comparison
from app.comparison.grade import Grade, Reason
from app.comparison.questions import questions
from app.comparison.relations import Relation
from app.comparison.reviews import NewReview, Subject, Verdict
from app.comparison.stored import compare_in_library
from app.deletions import Kind, Target
from app.errors import InvalidInput, NotFound
from app.model.maturity_model import MaturityModel
from app.session.rating import Rating
from app.session.session import NewSession, Session
from data.library.library import SqliteLibrary
from tests.data.library.test_reviews import edited

NewSessions = Callable[..., NewSession]


def scored(model: MaturityModel, level: int) -> tuple[Rating, ...]:
    return tuple(Rating(area.id, level=Fraction(level)) for area in model.areas)


@pytest.fixture
def three(library: SqliteLibrary, new_model: Callable[..., MaturityModel]) -> tuple[Session, ...]:
    """Three sessions of a unit; in the model of the last one an area is edited."""
    old = new_model()
    given = ((2024, old), (2025, old), (2026, edited(old, "people.0")))
    return tuple(
        library.create_session(
            NewSession(
                "Nordwerk", model, f"W{year}", "IT/Team", date(year, 1, 1), "de",
                ratings=scored(model, 1 + year % 3),
            )
        )
        for year, model in given
    )  # fmt: skip


def compared(library: SqliteLibrary, *sessions: Session) -> Comparison:
    return compare_in_library(library, [each.id for each in sessions])


def relation(found: Comparison) -> Relation:
    return found.areas[0].relations[0]


def test_a_review_counts_until_it_is_withdrawn(
    library: SqliteLibrary, three: tuple[Session, ...]
) -> None:
    first, second, last = three
    assert relation(compared(library, first, last)) is Relation.EDITED
    new = NewReview(second.id, last.id, Subject.AREA, Verdict.EQUAL, "people.0", "people.0", "Jo")
    review = library.reviews.decide(new)
    assert relation(compared(library, first, last)) is Relation.EQUIVALENT
    library.reviews.withdraw(review.id)
    assert relation(compared(library, first, last)) is Relation.EDITED


def test_people_and_scope_count_too(library: SqliteLibrary, three: tuple[Session, ...]) -> None:
    for earlier, later in (three[:2], three[1:]):
        library.reviews.decide(NewReview(earlier.id, later.id, Subject.PEOPLE, Verdict.EQUAL))
    assert compared(library, *three).pair(three[0], three[2]).same_people is True
    said = compare_in_library(library, [each.id for each in three], same_people=False)
    assert Reason.OTHER_PEOPLE in said.graded.reasons


def test_a_review_with_a_deleted_session_goes_with_it(
    library: SqliteLibrary, three: tuple[Session, ...]
) -> None:
    first, second, last = three
    new = NewReview(second.id, last.id, Subject.AREA, Verdict.EQUAL, "people.0", "people.0")
    library.reviews.decide(new)
    library.deletions.delete(Target(Kind.SESSION, second.id), "Jo")
    assert relation(compared(library, first, last)) is Relation.EDITED
    with pytest.raises(NotFound):
        compared(library, first, second)


def test_a_unit_that_was_moved_or_merged_is_compared_as_before(
    library: SqliteLibrary, three: tuple[Session, ...]
) -> None:
    expected = compared(library, *three)
    client = three[0].organisation
    team = three[0].unit
    other = library.add_unit(client.id, "Other team")
    assert team is not None
    library.naming.merge_units(team.id, other.id)
    found = compared(library, *three)
    assert found.graded == expected.graded
    assert found.areas == expected.areas
    assert {each.unit and each.unit.name for each in found.sessions} == {"Other team"}


def test_the_same_session_twice_and_an_unknown_one_are_refused(
    library: SqliteLibrary, three: tuple[Session, ...]
) -> None:
    with pytest.raises(InvalidInput, match="named twice"):
        compared(library, three[0], three[0])
    with pytest.raises(NotFound):
        compare_in_library(library, [three[0].id, "nobody"])
    with pytest.raises(InvalidInput, match="Two to six"):
        compare_in_library(library, [])


def test_scales_of_other_length_stand_side_by_side_without_a_difference(
    library: SqliteLibrary, three: tuple[Session, ...]
) -> None:
    model = three[0].model
    longer = replace(model, levels=(*model.levels, replace(model.levels[-1], number=6)))
    last = library.create_session(
        NewSession(
            "Nordwerk", longer, "Long", "IT/Team", date(2027, 1, 1), ratings=scored(model, 3)
        )
    )
    found = compared(library, three[0], last)
    assert found.graded.grade is Grade.C
    assert found.graded.reasons[0] is Reason.SCALE
    assert found.overall is None
    assert found.common_ids == ()
    assert {area.difference for area in found.areas} == {None}
    assert [[each and each.level for each in area.ratings] for area in found.areas] == [
        [3, 3] for _ in model.areas
    ]
    assert {each.subject for each in questions(found)} == {Subject.PEOPLE}


def test_models_with_nothing_in_common_and_nothing_scored_in_common_are_no_error(
    library: SqliteLibrary, three: tuple[Session, ...], new_model: Callable[..., MaturityModel]
) -> None:
    model = three[0].model
    dimensions = tuple(
        replace(each, areas=tuple(replace(area, id=f"other.{area.id}") for area in each.areas))
        for each in model.dimensions
    )
    other = replace(model, id="other", dimensions=dimensions)
    foreign, unscored = (
        library.create_session(
            NewSession("Nordwerk", each, "", "IT/Team", date(2028, 1, 1), ratings=ratings)
        )
        for each, ratings in ((other, scored(other, 2)), (model, ()))
    )
    found = compared(library, three[0], foreign)
    assert (found.graded.grade, found.common_ids, found.overall) == (Grade.C, (), None)
    found = compared(library, three[0], unscored)
    assert (found.graded.grade, found.common_ids, found.overall) == (Grade.B, (), None)
    assert len(found.newly_open) == len(model.areas)
