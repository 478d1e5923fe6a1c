"""Dates of targets: what a plan reaches too late is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.planning.by_priority import plan_by_priority
from app.planning.session_problem import session_problem
from app.planning.target_dates import LateTarget, late_targets
from app.session.plan_settings import IntermediateTarget
from app.session.session import Session
from tests.app.samples import session_of


def dated(session: Session, **values: object) -> Session:
    """The session with these values of area A."""
    rating = replace(session.rating("A"), **values)  # type: ignore[arg-type]
    return replace(session, ratings={**session.ratings, "A": rating})


def late(session: Session) -> tuple[LateTarget, ...]:
    return late_targets(session, plan_by_priority(session_problem(session)))


def test_a_target_is_late_when_its_level_is_reached_after_its_day() -> None:
    session = session_of({"A": [1]}, {"A": [3]})  # the plan begins in the first quarter of 2027
    assert late(dated(session, target_date=date(2027, 6, 30))) == ()
    day = date(2027, 6, 29)
    assert late(dated(session, target_date=day)) == (LateTarget("A", 3, day, 2),)


def test_levels_on_the_way_have_their_own_day_unless_they_are_reached() -> None:
    session = session_of({"A": [2]}, {"A": [4]})
    path = (IntermediateTarget(2, date(2026, 1, 1)), IntermediateTarget(3, date(2027, 1, 1)))
    assert late(dated(session, target_path=path)) == (LateTarget("A", 3, date(2027, 1, 1), 1),)


def test_a_target_that_is_left_for_later_has_no_period() -> None:
    session = session_of({"A": [1]}, {"A": [3]})
    session = replace(session, plan=replace(session.plan, periods=1))
    day = date(2030, 1, 1)
    assert late(dated(session, target_date=day)) == (LateTarget("A", 3, day, None),)
