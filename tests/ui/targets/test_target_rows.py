"""Rows of the table of targets, without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from target_models import NOVEMBER, two_dimensions

from app.figures.scoring import profile
from app.planning.target_state import TargetState
from app.session.rating import Rating
from app.session.session import Session
from app.session.units import affiliation_named
from app.words.texts import translator_for
from ui.targets.target_rows import DimensionRow, Row, TargetRow, discussed, target_rows


def session_of(*ratings: Rating) -> Session:
    return Session(
        id="s",
        affiliation=affiliation_named("Nordwerk AG", "Team"),
        title="Workshop",
        date=NOVEMBER,
        language="en",
        model=two_dimensions(),
        ratings={rating.area_id: rating for rating in ratings},
    )


def rows_of(
    *ratings: Rating, implied: dict[str, int] | None = None, language: str = "en"
) -> list[Row]:
    session = session_of(*ratings)
    tr = translator_for(language)
    return list(target_rows(session, profile(session), implied or {}, tr))


def row_of(*ratings: Rating, implied: dict[str, int] | None = None) -> TargetRow:
    """The row of the first area."""
    row = rows_of(*ratings, implied=implied)[1]
    assert isinstance(row, TargetRow)
    return row


def test_every_dimension_stands_above_its_areas() -> None:
    labels = [row.label for row in rows_of()]
    assert labels == [
        "People",
        "Area 1",
        "Area 2",
        "Area 3",
        "Policy",
        "Area 4",
        "Area 5",
        "Area 6",
    ]


def test_a_target_nobody_has_decided_is_the_highest_level_and_not_discussed() -> None:
    row = row_of(Rating("d1.a", Fraction(3)))
    assert (row.way, row.default) == ("3 → 5", "level 5 by default")
    assert (row.state, row.state_words) == (TargetState.NOT_DISCUSSED, "not discussed")
    assert row.is_open
    assert "not discussed" in row.sentence


def test_everything_decided_is_in_the_row_and_in_its_sentence() -> None:
    rating = Rating(
        "d1.a", Fraction(3), 4, target_date=date(2027, 6, 30), target_reason="Enough\nfor now",
        target_sponsor="CISO",
    )  # fmt: skip
    row = row_of(rating)
    assert (row.by, row.reason, row.sponsor) == ("Q2 2027", "Enough for now", "CISO")
    assert row.sentence == (
        "Area 1 (People): level 3, target 4, discussed, by Q2 2027, sponsor: CISO,"
        " reason: Enough for now"
    )


def test_a_target_at_the_reached_level_is_decided_against() -> None:
    row = row_of(Rating("d1.a", Fraction(7, 2), 3))
    assert (row.state_words, row.way) == ("decided against", "3.5 → 3")
    assert not row.wants_a_look


def test_a_target_below_the_level_is_named_as_such() -> None:
    assert "above the target" in row_of(Rating("d1.a", Fraction(4), 3)).sentence


def test_an_implied_target_wants_a_look_in_words() -> None:
    row = row_of(Rating("d1.a", Fraction(2), 3), implied={"d1.a": 4})
    assert (row.state_words, row.wants_a_look, row.is_open) == ("4 implied", True, False)
    assert "level 4 implied by other targets" in row.sentence


def test_an_area_without_a_level_needs_scoring() -> None:
    row = row_of(Rating("d1.a", None, 4))
    assert (row.remark, row.way, row.state_words) == ("needs scoring", "– → 4", "discussed")


def test_an_area_that_does_not_apply_shows_why_and_cannot_be_decided_on() -> None:
    row = row_of(Rating("d1.a", not_applicable="Own workshop"))
    assert (row.state, row.remark) == (None, "not applicable: Own workshop")
    assert row.sentence == "Area 1 (People): not applicable: Own workshop"


def test_a_dimension_shows_means_and_how_many_wait() -> None:
    people = rows_of(Rating("d1.a", Fraction(2), 4), Rating("d2.a", Fraction(3)))[0]
    assert isinstance(people, DimensionRow)
    assert (people.mean, people.remark) == ("2.5 → 4.5", "2 not discussed")
    assert people.sentence == "People, mean 2.5, target 4.5, 2 not discussed"


def test_a_dimension_without_levels_shows_no_mean() -> None:
    people = rows_of()[0]
    assert isinstance(people, DimensionRow)
    assert people.mean == ""


def test_areas_that_do_not_apply_are_not_counted() -> None:
    out = Rating("d2.a", not_applicable="Not ours")
    found = discussed(session_of(Rating("d1.a", None, 4), out))
    assert (found.done, found.applicable, found.waiting) == (1, 5, 4)


def test_the_rows_are_german_where_the_window_is() -> None:
    session = replace(session_of(Rating("d1.a", Fraction(5, 2))), language="de")
    row = target_rows(session, profile(session), {}, translator_for("de"))[1]
    assert isinstance(row, TargetRow)
    assert (row.label, row.way, row.state_words) == ("Bereich 1", "2,5 → 5", "nicht vereinbart")


@pytest.mark.parametrize("n", [0, 1])
def test_a_session_without_dimensions_has_no_rows(n: int) -> None:
    model = replace(two_dimensions(), dimensions=two_dimensions().dimensions[:n])
    session = replace(session_of(), model=model)
    assert len(target_rows(session, profile(session), {}, translator_for("en"))) == 4 * n
