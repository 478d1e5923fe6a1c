"""Figures of a session by the end of each quarter of its plan."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.errors import InvalidInput
from app.figures.scoring import Profile, ScoringState
from app.planning.by_priority import plan_by_priority
from app.planning.plan import Plan
from app.planning.projected_profile import Projected, planned_period, projected, steps_ending_in
from app.planning.projection import projected_means
from app.planning.session_problem import session_problem
from app.session.plan_settings import PlanSettings
from app.session.quarters import Quarter
from app.session.session import Session
from app.session.step_details import StepStatus
from tests.app.planning.test_session_problem import a_session, entered

TWO_QUARTERS = PlanSettings(start=Quarter(2027, 1), periods=2, capacity=(Fraction(1),))


@pytest.fixture(scope="module")
def session() -> Session:
    """Steps of one day each to A 3, A 4 and B 4 at one day a quarter; C and D have none."""
    return a_session(
        {"A": (2, 4), "B": (3, 4), "C": (None, 5), "D": ("n/a", None)}, plan=TWO_QUARTERS
    )


def plan_of(session: Session) -> Plan:
    return plan_by_priority(session_problem(session))


def levels(found: Projected) -> dict[str, Fraction | None]:
    return {area.area_id: area.level for area in found.figures.areas}


def means(found: Profile) -> Fraction | None:
    return found.overall.mean


def test_each_quarter_has_the_levels_of_the_steps_that_end_by_then(session: Session) -> None:
    plan = plan_of(session)
    assert levels(projected(session, plan, 0)) == {"A": 2, "B": 3, "C": None, "D": None}
    assert levels(projected(session, plan, 1)) == {"A": 3, "B": 3, "C": None, "D": None}
    assert steps_ending_in(plan, 1) == (("A", 3),)
    assert projected(session, plan, 2).quarter == Quarter(2027, 2)


def test_averages_are_those_of_the_curve(session: Session) -> None:
    plan = plan_of(session)
    found = [means(projected(session, plan, period).figures) for period in (1, 2)]
    assert tuple(found) == projected_means(plan)


def test_areas_that_are_not_planned_stay_as_they_are(session: Session) -> None:
    last = projected(session, plan_of(session), 2).figures
    assert last.area("C").state is ScoringState.UNSCORED
    assert last.area("D").state is ScoringState.NOT_APPLICABLE


def test_targets_are_those_that_are_planned_for() -> None:
    session = a_session({"A": (2, 4), "B": (2, 2)}, plan=TWO_QUARTERS, needs=(("A", 3, "B", 3),))
    assert session.target_of("B") == 2
    assert projected(session, plan_of(session), 1).figures.area("B").target == 3


def test_steps_that_are_done_count_from_the_beginning() -> None:
    done = {"A3": entered(status=StepStatus.DONE)}
    session = a_session({"A": (2, 4), "B": (3, 4)}, done, TWO_QUARTERS)
    now = projected(session, plan_of(session), 0)
    assert (levels(now), now.is_now) == ({"A": 3, "B": 3}, True)


def test_an_older_plan_lowers_no_level(session: Session) -> None:
    plan = plan_of(a_session({"A": (1, 4), "B": (1, 4)}, plan=TWO_QUARTERS))
    assert levels(projected(session, plan, 0)) == {"A": 2, "B": 3, "C": None, "D": None}


def test_only_quarters_of_the_plan_have_a_period(session: Session) -> None:
    assert planned_period(session, Quarter(2027, 2)) == 2
    for outside in (Quarter(2026, 4), Quarter(2027, 3)):
        with pytest.raises(InvalidInput, match="runs from"):
            planned_period(session, outside)
