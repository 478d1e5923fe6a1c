"""Two plans side by side: figures, curves, and the steps that move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

import pytest
from fakes import FakeLibrary

from app.session.plan_settings import AddedPrerequisite
from app.session.quarters import Quarter
from app.session.session import Session
from app.words.texts import translator_for
from tests.ui.board.planned import FIRST, THIRD, planned, with_plan, with_step
from ui.variants.compared import (
    Side,
    curves_of,
    faults_in_words,
    figure_rows,
    move_rows,
    side_by_side,
)

EN = translator_for("en")


@pytest.fixture(scope="module")
def session() -> Session:
    """Steps of 15, 30 and 90 days, 40 a quarter, two quarters."""
    return planned(FakeLibrary())


def sides(*sessions: Session) -> tuple[Side, ...]:
    names = ("left", "right")
    question = side_by_side(tuple(zip(names, sessions, strict=True)), None)
    return question(lambda: False)


def rows(found: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, *values in found}


def test_figures_of_two_capacities_stand_side_by_side(session: Session) -> None:
    found = rows(figure_rows(sides(session, with_plan(session, 100, 3)), EN))
    assert found["Capacity a quarter"] == ("40 d", "100 d")
    assert found["Steps planned"] == ("2", "3")
    assert found["Steps in Later"] == ("1", "0")
    assert found["Person-days planned"] == ("45 d", "135 d")
    assert found["Everything done by"] == ("not within 2 quarters", "Q2 2027")
    assert found["How good the plan is"] == ("proven best plan", "proven best plan")
    assert found["Average Q4 2026"] == ("4.0", "4.0")
    assert found["Average Q2 2027"] == ("4.8", "5.0")
    assert found["Average Q3 2027"] == ("–", "5.0")  # the left plan does not go that far


def test_steps_that_move_are_named_with_both_quarters(session: Session) -> None:
    later = with_step(session, FIRST, pin=Quarter(2027, 2))
    without = later.with_rating(replace(later.rating("d3.a"), target=4))
    moved = move_rows(sides(session, without), EN)
    assert ("Area 1 5", "Q1 2027", "Q2 2027") in moved
    assert ("Area 3 5", "Later", "not planned") in moved
    assert ("Area 3 5", "not planned", "Later") in move_rows(sides(without, session), EN)


def test_a_plan_that_moves_nothing_says_so(session: Session) -> None:
    assert move_rows(sides(session, session), EN) == []


def test_curves_begin_with_the_quarter_before_both_plans(session: Session) -> None:
    data = curves_of(sides(session, with_plan(session, 100, 3)), EN)
    assert data is not None
    assert data.names == ("Q4 2026", "Q1 2027", "Q2 2027", "Q3 2027")
    left, right = data.lines
    assert (left.values[0], left.values[-1]) == (Fraction(4), None)
    assert right.latest == 5
    assert (data.lowest, data.highest) == (4, 5)


def test_what_a_side_cannot_hold_is_named(session: Session) -> None:
    pinned = with_step(session, THIRD, pin=Quarter(2027, 1))
    said = faults_in_words(sides(session, pinned), EN)
    assert said.startswith("right: ")
    assert "Area 3 5" in said


def test_a_side_without_a_plan_says_why(session: Session) -> None:
    circle = tuple(AddedPrerequisite(f"d{a}.a", 5, f"d{b}.a", 5, "") for a, b in ((1, 2), (2, 1)))
    broken = replace(session, plan=replace(session.plan, prerequisites=circle))
    both = sides(session, broken)
    assert faults_in_words(both, EN).startswith("right: ")
    assert rows(figure_rows(both, EN))["Steps planned"] == ("2", "–")
    assert curves_of(both, EN) is not None
    assert move_rows(both, EN) == []
