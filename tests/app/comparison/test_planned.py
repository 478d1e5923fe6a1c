"""Plans of one session against the findings of the next one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from app.comparison.comparison import Comparison, compare
from app.comparison.planned import Outcome, PlannedAndAchieved, planned_and_achieved
from app.session.plan_versions import FrozenStep, PlanVersion
from app.session.quarters import Quarter
from app.session.rating import Rating
from app.session.session import Session
from app.session.step_details import StepDetails, StepStatus
from app.session.units import Affiliation, Organisation, Unit
from app.words.planned_words import OUTCOME_WORDS, outcome_lines, planned_summary
from app.words.texts import translator_for
from tests.app.comparison.test_comparison import model_of, of_levels, session_of

MAY, FIRST, LAST = date(2027, 5, 5), Quarter(2027, 1), Quarter(2027, 3)
Steps = dict[str, str]
"""Status by area and level: ``{"a3": "done"}``."""


def then_of(base: Session, **changed: object) -> Session:
    return replace(base, id="then", date=date(2026, 11, 12), **changed)  # type: ignore[arg-type]


def now_of(base: Session, **levels: float | None) -> Session:
    ratings = {
        area_id: Rating(area_id, None if level is None else Fraction(level))
        for area_id, level in levels.items()
    }
    return replace(base, id="now", date=MAY, ratings=ratings)


def with_steps(session: Session, steps: Steps, **details: object) -> Session:
    ratings = dict(session.ratings)
    for key, status in sorted(steps.items()):
        rating = ratings[key[0]]
        step = StepDetails(int(key[1]), status=StepStatus(status), **details)  # type: ignore[arg-type]
        ratings[key[0]] = replace(rating, steps=(*rating.steps, step))
    return replace(session, ratings=ratings)


def version(number: int = 1, day: int = 20, **starts: Quarter | None) -> PlanVersion:
    steps = tuple(FrozenStep(key[0], int(key[1]), start) for key, start in starts.items())
    at = datetime(2026, 11, day, tzinfo=UTC)
    return PlanVersion(number, at, "", "", FIRST, steps=steps)


def found_in(earlier: Session, later: Session) -> PlannedAndAchieved:
    found = planned_and_achieved(compare([earlier, later]))
    assert found is not None
    return found


def outcomes(found: PlannedAndAchieved) -> dict[str, str]:
    return {
        f"{area.area_id}{step.level}": step.outcome.value
        for area in found.areas
        for step in area.steps
    }


@pytest.fixture
def base() -> Session:
    """Four areas, all at level 2."""
    return session_of(model_of("abcd"), of_levels(a=2, b=2, c=2, d=2))


def test_each_step_of_a_version_has_an_outcome(base: Session) -> None:
    plan = version(a3=FIRST, b3=FIRST, c3=FIRST, c4=LAST, d3=LAST)
    then = then_of(base, plan_versions=(plan,))
    then = with_steps(then, {"a3": "done", "b3": "done", "c3": "blocked"})
    found = found_in(then, now_of(base, a=3, b=2, c=2, d=3))
    assert outcomes(found) == {
        "a3": "done_moved",
        "b3": "done_not_moved",
        "c3": "not_done",
        "c4": "coming",
        "d3": "moved_early",
    }
    assert (found.due, found.done) == (3, 2)
    assert [area.planned for area in found.areas] == [3, 3, 3, None]


def test_a_level_reached_beyond_the_plan_moved_without_a_step(base: Session) -> None:
    then = then_of(base, plan_versions=(version(a3=FIRST),))
    then = with_steps(then, {"a3": "done", "b3": "dropped", "c3": "dropped"})
    found = found_in(then, now_of(base, a=4, b=3, c=2, d=3))
    assert outcomes(found) == {
        "a3": "done_moved",
        "a4": "moved_without_step",
        "b3": "moved_without_step",
        "c3": "dropped",
        "d3": "moved_without_step",
    }


def test_a_due_step_that_is_reached_but_not_marked_is_named(base: Session) -> None:
    then = then_of(base, plan_versions=(version(a3=FIRST),))
    assert outcomes(found_in(then, now_of(base, a=3, b=2))) == {"a3": "moved_not_done"}


def test_a_half_level_does_not_reach_the_step(base: Session) -> None:
    then = with_steps(then_of(base), {"a3": "done"})
    assert outcomes(found_in(then, now_of(base, a=2.5, b=2.5))) == {"a3": "done_not_moved"}


def test_the_latest_version_frozen_by_the_later_session_counts(base: Session) -> None:
    late = replace(version(3, b3=FIRST), at=datetime(2027, 6, 1, tzinfo=UTC))
    versions = (version(1, b3=FIRST), version(2, a3=FIRST), late)
    found = found_in(then_of(base, plan_versions=versions), now_of(base, a=2, b=2))
    assert found.version is not None
    assert found.version.number == 2
    assert outcomes(found) == {"a3": "not_done"}


def test_without_a_version_dates_of_steps_and_targets_tell_what_was_due(base: Session) -> None:
    then = with_steps(then_of(base), {"a3": "open"}, due=date(2027, 3, 31))
    ratings = {
        **then.ratings,
        "b": Rating("b", Fraction(2), target=3, target_date=date(2027, 4, 1)),
        "c": Rating("c", Fraction(2), target=4, target_date=date(2028, 4, 1)),
        "d": Rating("d", Fraction(2), target=3),
    }
    found = found_in(replace(then, ratings=ratings), now_of(base, a=2, b=2, c=3, d=2))
    assert outcomes(found) == {
        "a3": "not_done",
        "b3": "not_done",
        "c3": "moved_without_step",
        "c4": "coming",
        "d3": "coming",
    }
    assert [area.planned for area in found.areas] == [None, 3, 4, 3]


def test_nothing_is_told_of_areas_that_are_not_decided_yet(base: Session) -> None:
    then = with_steps(then_of(base), {"a3": "done", "b3": "done"})
    assert outcomes(found_in(then, now_of(base, b=3))) == {"b3": "done_moved"}


def test_a_done_step_of_an_area_out_of_scope_now_is_not_comparable(base: Session) -> None:
    then = with_steps(then_of(base), {"a3": "done", "b3": "open"})
    now = now_of(base, b=2, c=2, d=2)
    now = replace(now, ratings={**now.ratings, "a": Rating("a", not_applicable="gone")})
    found = found_in(then, now)
    assert outcomes(found) == {"a3": "done_not_comparable", "b3": "coming"}
    assert found.areas[0].achieved is None


def test_there_is_nothing_to_tell_without_a_plan(base: Session) -> None:
    assert planned_and_achieved(compare([then_of(base), now_of(base, a=3)])) is None


def test_grade_c_and_several_units_tell_nothing(base: Session) -> None:
    then = with_steps(then_of(base), {"a3": "done"})
    other_scope = replace(now_of(base, a=3), scope="something else")
    assert planned_and_achieved(compare([then, other_scope])) is None
    team = Affiliation(Organisation("o1", "Nordwerk AG"), (Unit("u1", "o1", "Team"),))
    other_team = replace(now_of(base, a=3), affiliation=team)
    assert planned_and_achieved(compare([then, other_team])) is None


def compared_in_words(compared: Comparison, language: str) -> list[str]:
    found = planned_and_achieved(compared)
    assert found is not None
    tr = translator_for(language)
    lines = outcome_lines(found, compared.sessions, language, tr)
    return [planned_summary(found, tr), *(line.sentence for line in lines)]


def test_the_uncomfortable_cases_are_named_in_words(base: Session) -> None:
    then = then_of(base, plan_versions=(version(a3=FIRST, b3=FIRST, c4=LAST),))
    then = with_steps(then, {"a3": "done", "b3": "done", "b4": "done", "c3": "in_progress"})
    compared = compare([then, now_of(base, a=3, b=2, c=2, d=3)])
    assert compared_in_words(compared, "en") == [
        "2 steps were due, 2 of them done. Measured by version 1 of 20 Nov 2026.",
        "Done and moved: 1 – a 3",
        "Done but not moved: 2 – b 3, 4 (is at 2)",
        "Moved without a step: 1 – d 3",
        "Not done: 1 – c 3 (in progress)",
    ]
    assert compared_in_words(compared, "de")[2] == (
        "Erledigt, aber Stufe nicht erreicht: 2 – b 3, 4 (steht bei 2)"
    )


def test_every_outcome_but_coming_has_words() -> None:
    assert [*OUTCOME_WORDS, Outcome.COMING] == list(Outcome)


def test_a_level_reached_in_the_quarter_it_was_planned_for_is_not_early(base: Session) -> None:
    running, later = Quarter.of(MAY), Quarter.of(MAY).plus(1)
    then = then_of(base, plan_versions=(version(a3=running, b3=later, c3=None),))
    found = found_in(then, now_of(base, a=3, b=3, c=3))
    assert outcomes(found) == {
        "a3": "moved_not_done",
        "b3": "moved_early",
        "c3": "moved_without_step",
    }
