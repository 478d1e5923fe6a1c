"""Contents of the sheet with the projected profile for each quarter, below the window."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from fakes import FakeLibrary

from app.planning.by_priority import plan_by_priority
from app.planning.session_problem import session_problem
from app.session.rating import Rating
from app.session.session import Session
from app.session.step_details import StepStatus
from app.words.texts import translator_for
from tests.ui.board.planned import FIRST, planned, with_plan, with_step
from ui.projection.projection_model import Projection, projection_of

EN, DE = translator_for("en"), translator_for("de")


@pytest.fixture(scope="module")
def session() -> Session:
    """Steps of 15, 30 and 90 days, 40 a quarter, two quarters; the areas weigh 3, 2 and 1."""
    return planned(FakeLibrary())


def shown(session: Session, period: int) -> Projection:
    return projection_of(session, plan_by_priority(session_problem(session)), period, EN)


def cells(found: Projection) -> dict[str, tuple[str, ...]]:
    return {row.area_id: row.cells[:3] for row in found.rows if row.area_id}


def test_today_shows_the_levels_of_the_workshop(session: Session) -> None:
    now = shown(session, 0)
    assert (now.moment, now.headings[2]) == ("Now", "Now")
    assert now.averages == "average 4.0 → 4.0, target 5.0"
    assert now.reached == "The levels are those of the workshop."
    assert set(cells(now).values()) == {("4", "4", "5")}


def test_a_quarter_shows_levels_averages_and_what_is_reached_in_it(session: Session) -> None:
    first, second = shown(session, 1), shown(session, 2)
    assert cells(first) == {
        "d1.a": ("4", "5", "5"), "d2.a": ("4", "4", "5"), "d3.a": ("4", "4", "5"),
    }  # fmt: skip
    assert first.averages == "average 4.0 → 4.5, target 5.0"
    assert first.reached == "Reached in Q1 2027: Area 1 5"
    assert second.sentence == (
        "End of Q2 2027: average 4.0 → 4.8, target 5.0. Reached in Q2 2027: Area 2 5"
    )
    assert [row.label for row in second.rows if row.note] == ["Area 2"]


def test_dimensions_stand_before_their_areas_with_their_averages(session: Session) -> None:
    rows = shown(session, 1).rows
    assert [bool(row.area_id) for row in rows] == [False, True] * 3
    assert rows[0].cells[:3] == ("4.0", "5.0", "5.0")


def test_a_quarter_in_which_no_step_ends_says_so(session: Session) -> None:
    late = with_plan(session, 40, 3)
    assert shown(late, 3).reached == "No step ends in Q3 2027."


def test_steps_that_are_done_stand_beside_the_workshop(session: Session) -> None:
    done = with_step(session, FIRST, status=StepStatus.DONE)
    assert shown(done, 0).reached == "Done since the workshop: Area 1 5"
    assert cells(shown(done, 0))["d1.a"] == ("4", "5", "5")


def test_areas_without_a_level_have_none_later(session: Session) -> None:
    without = replace(
        session,
        ratings={
            **session.ratings,
            "d2.a": Rating("d2.a"),
            "d3.a": Rating("d3.a", not_applicable="Not ours"),
        },
    )
    found = cells(shown(without, 2))
    assert found["d2.a"] == ("–", "–", "5")
    assert found["d3.a"] == ("n/a", "", "")


def test_half_levels_and_the_language_are_those_of_the_session(session: Session) -> None:
    half = session.with_rating(replace(session.rating("d1.a"), level=Fraction(7, 2)))
    plan = plan_by_priority(session_problem(half))
    found = projection_of(half, plan, 1, DE)
    assert cells(found)["d1.a"][0] == "3,5"
    assert found.moment == "Ende Q1 2027"
