"""Questions to the plan: answers in words and figures."""

from __future__ import annotations

from fractions import Fraction

import pytest
from fakes import FakeLibrary

from app.planning.session_problem import session_problem
from app.session.session import Session
from app.words.texts import translator_for
from tests.ui.board.planned import FIRST, planned, with_step
from ui.variants.answers import ask_capacity, ask_effort, ask_end

EN = translator_for("en")


@pytest.fixture(scope="module")
def session() -> Session:
    """Steps of 15, 30 and 90 days, 40 a quarter, two quarters."""
    return planned(FakeLibrary())


def never() -> bool:
    return False


# ---- with the solver ---------------------------------------------------------------------------


def test_the_least_effort_names_steps_days_and_quarters(session: Session) -> None:
    costly = with_step(session, FIRST, cost=Fraction(5000))
    answer = ask_effort(costly, "d1", 5, 2, EN)(never)
    assert answer.sentence == (
        "Level 5 in all of Dimension 1 takes 1 step and 15 d; no less suffices. That fits by the"
        " end of Q2 2027. It costs 5000. Nothing but these steps is placed."
    )
    assert answer.steps == (("Area 1 5", "Q1 2027", "15 d"),)
    assert answer.capacity is None


def test_the_smallest_capacity_is_said_to_be_proven(session: Session) -> None:
    answer = ask_capacity(session, session_problem(session), 2, EN)(never)
    assert answer.sentence == (
        "All steps by the end of Q2 2027 need 90 d in each quarter; no less suffices."
    )
    assert answer.capacity == 90
    assert ("Area 3 5", "Q1 2027", "90 d") in answer.steps or (
        "Area 3 5", "Q2 2027", "90 d",
    ) in answer.steps  # fmt: skip


def test_the_earliest_end_needs_room_for_the_largest_step(session: Session) -> None:
    problem = session_problem(session)
    enough = ask_end(session, problem, Fraction(100), EN)(never)
    assert enough.sentence == ("All steps can be done by the end of Q2 2027, and no earlier.")
    assert enough.capacity == 100
    small = ask_end(session, problem, Fraction(40), EN)(never)
    assert small.sentence.endswith(
        "Area 3 5 takes 90 d in one quarter: split it or give it more quarters."
    )
    assert small.capacity is None
