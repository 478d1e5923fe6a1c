"""Effects of targets: steps, person-days, averages, earliest end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from app.planning.effects import (
    Effect,
    defaults_at,
    effect_of,
    effect_with_defaults,
    implied_levels,
    steps_to_the_top,
)
from app.planning.session_problem import session_problem
from app.session.plan_settings import PlanSettings
from app.session.quarters import Quarter
from app.session.session import Session
from app.session.step_details import Effort, StepDetails
from tests.app.samples import Score, session_of

NEED = (("A", 4, "B", 3),)
CAPACITY = PlanSettings(capacity=(Fraction(10),), start=Quarter(2027, 1))


def a_session(areas: Mapping[str, tuple[Score, int | None]], *, needs: bool = False) -> Session:
    """Areas by name with level and target, ten person-days a quarter."""
    session = session_of(
        {area: [level] for area, (level, _) in areas.items()},
        {area: [target] for area, (_, target) in areas.items()},
        prerequisites=NEED if needs else (),
    )
    return replace(session, plan=CAPACITY)


def effect(session: Session, *, with_implied: bool = False) -> Effect:
    return effect_of(session, session_problem(session), with_implied=with_implied)


def with_effort(session: Session, area_id: str, level: int, effort: Effort) -> Session:
    rating = session.rating(area_id)
    steps = (*rating.steps, StepDetails(level, effort=effort))
    return session.with_rating(replace(rating, steps=steps))


def test_steps_and_averages_are_those_of_scored_areas_that_apply() -> None:
    session = a_session({"A": (2, 4), "B": (3, None), "C": (None, 4), "D": ("n/a", 4)})
    found = effect(session)
    assert (found.steps, found.mean_now, found.mean_then) == (4, Fraction(5, 2), Fraction(9, 2))


def test_what_is_implied_counts_only_where_it_is_asked_for() -> None:
    session = a_session({"A": (3, 4), "B": (1, 2)}, needs=True)
    without, with_it = effect(session), effect(session, with_implied=True)
    assert (without.steps, with_it.steps) == (2, 3)
    assert (without.mean_then, with_it.mean_then) == (3, Fraction(7, 2))
    assert implied_levels(session_problem(session)) == {"B": 3}


def test_low_and_high_are_those_of_the_steps_that_have_them() -> None:
    session = a_session({"A": (2, 4)})
    session = with_effort(session, "A", 3, Effort(Fraction(10), Fraction(8), Fraction(15)))
    session = with_effort(session, "A", 4, Effort(Fraction(5)))
    found = effect(session)
    assert (found.low, found.days, found.high) == (13, 15, 20)
    assert found.is_range


def test_the_earliest_end_follows_from_effort_and_capacity() -> None:
    session = with_effort(a_session({"A": (3, 4)}), "A", 4, Effort(Fraction(25)))
    assert effect(session).end == Quarter(2027, 3)


def test_without_capacity_or_steps_there_is_no_end() -> None:
    session = a_session({"A": (3, 4)})
    none = replace(session, plan=replace(CAPACITY, capacity=(Fraction(0),)))
    assert effect(none).end is None
    assert effect(a_session({"A": (3, 3)})).end is None


def test_nothing_scored_has_no_average() -> None:
    found = effect(a_session({"A": (None, 4)}))
    assert (found.steps, found.mean_now, found.end) == (0, None, None)


def test_defaults_never_lie_below_what_is_reached() -> None:
    session = a_session({"A": (5, None), "B": (2, None), "C": (2, 3), "D": ("n/a", None)})
    assert defaults_at(session, 4) == {"A": 5, "B": 4}


def test_other_defaults_change_only_what_nobody_has_discussed() -> None:
    session = a_session({"A": (2, 3), "B": (2, None)})
    found = effect_with_defaults(session, 4)
    assert (found.steps, found.mean_then) == (3, Fraction(7, 2))


def test_the_way_to_the_top_is_counted_over_all_scored_areas() -> None:
    assert steps_to_the_top(a_session({"A": (2, 3), "B": (Fraction(9, 2), None)})) == 4
