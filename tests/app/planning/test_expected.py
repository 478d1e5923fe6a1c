"""Levels to expect because steps of an earlier session were done."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from app.planning.expected import ExpectedLevel, expected_levels
from app.session.session import Session
from app.session.step_details import StepDetails, StepStatus
from tests.app.samples import Score, session_of


def with_steps(level: Score, **steps: str) -> Session:
    """One area at a level; ``s3="done"`` is the status of its step to 3."""
    session = session_of({"A": [level]})
    details = tuple(StepDetails(int(name[1:]), status=StepStatus(s)) for name, s in steps.items())
    return replace(session, ratings={"A": replace(session.rating("A"), steps=details)})


def test_a_done_step_raises_the_earlier_level() -> None:
    assert expected_levels(with_steps(2, s3="done")) == {"A": ExpectedLevel(3, (3,))}


def test_done_steps_count_one_after_the_other() -> None:
    found = expected_levels(with_steps(2, s3="done", s4="done", s5="in_progress"))
    assert found == {"A": ExpectedLevel(4, (3, 4))}


def test_a_done_step_above_one_that_is_not_done_does_not_count() -> None:
    assert expected_levels(with_steps(2, s3="blocked", s4="done")) == {}


def test_the_step_after_a_half_level_leads_to_the_next_whole_one() -> None:
    found = expected_levels(with_steps(Fraction(5, 2), s3="done"))
    assert found == {"A": ExpectedLevel(3, (3,))}


def test_nothing_is_expected_of_areas_without_a_level() -> None:
    assert expected_levels(with_steps(None, s2="done")) == {}
    assert expected_levels(with_steps("n/a", s2="done")) == {}


def test_a_step_that_was_reached_before_raises_nothing() -> None:
    assert expected_levels(with_steps(4, s3="done", s4="done")) == {}
