"""The roadmap: steps of one level, in the order of section 8.2 of the method paper."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from app.maturity_model import Action, LocalText, Prerequisite
from app.roadmap import Step, roadmap
from app.scoring import profile
from app.session import Session
from tests.app.samples import session_of, sessions


def steps_of(session: Session) -> tuple[Step, ...]:
    return roadmap(session, profile(session))


def names(session: Session) -> list[str]:
    return [f"{step.area_id}{step.to_level}" for step in steps_of(session)]


def paper_r2() -> Session:
    """Vector R2: P(1,1,4) Q(1,2,4) R(1,1,2) S(2,3,4) as (weight, level, target)."""
    return session_of(
        {"P": [1], "Q": [2], "R": [1], "S": [3]},
        {"P": [4], "Q": [4], "R": [2], "S": [4]},
        {"P": [1], "Q": [1], "R": [1], "S": [2]},
    )


def test_vector_r2_gives_the_priorities_of_the_method_paper() -> None:
    found = {f"{step.area_id}{step.to_level}": step.priority for step in steps_of(paper_r2())}
    assert found == {"P2": 3, "P3": 2, "P4": 1, "Q3": 2, "Q4": 1, "R2": 1, "S4": 2}


def test_vector_r2_gives_the_order_of_the_method_paper() -> None:
    assert names(paper_r2()) == ["P2", "P3", "Q3", "S4", "R2", "P4", "Q4"]


def test_a_cheap_looking_step_inherits_the_priority_of_what_waits_for_it() -> None:
    session = session_of(
        {"X": [2], "Y": [1], "Z": [1]},
        {"X": [3], "Y": [2], "Z": [2]},
        {"X": [5], "Y": [1], "Z": [2]},
        prerequisites=[("X", 3, "Y", 2)],
    )
    assert names(session) == ["Y2", "X3", "Z2"]
    first = steps_of(session)[0]
    assert (first.priority, first.inherited_priority, first.unlocks) == (1, 5, 1)


def test_without_a_prerequisite_the_heavier_area_goes_first() -> None:
    session = session_of(
        {"X": [2], "Y": [1], "Z": [1]},
        {"X": [3], "Y": [2], "Z": [2]},
        {"X": [5], "Y": [1], "Z": [2]},
    )
    assert names(session) == ["X3", "Z2", "Y2"]


def test_a_prerequisite_that_is_reached_already_is_met_and_holds_nothing_back() -> None:
    session = session_of(
        {"X": [2], "Y": [3]}, {"X": [3], "Y": [3]}, prerequisites=[("X", 3, "Y", 2)]
    )
    (step,) = steps_of(session)
    assert [r.is_met for r in step.requirements] == [True]


def test_a_prerequisite_on_an_area_that_is_not_applicable_counts_as_met_and_is_mentioned() -> None:
    session = session_of({"X": [4], "Y": ["n/a"]}, prerequisites=[("X", 5, "Y", 2)])
    (step,) = steps_of(session)
    (requirement,) = step.requirements
    assert requirement.is_met
    assert requirement.not_applicable


def test_a_prerequisite_on_an_unscored_area_needs_scoring_and_does_not_block() -> None:
    session = session_of({"X": [4], "Y": [None]}, prerequisites=[("X", 5, "Y", 2)])
    (step,) = steps_of(session)
    (requirement,) = step.requirements
    assert requirement.needs_scoring
    assert not requirement.is_met


def test_from_a_half_level_the_next_step_leads_to_the_next_whole_one() -> None:
    session = session_of({"A": [Fraction(5, 2)]}, {"A": [4]})
    assert [(step.from_level, step.to_level) for step in steps_of(session)] == [
        (Fraction(5, 2), 3),
        (3, 4),
    ]


def test_areas_that_are_unscored_taken_out_or_there_already_have_no_steps() -> None:
    session = session_of({"A": [None, "n/a", 5, 4]}, {"A": [5, 5, 4, 4]})
    assert steps_of(session) == ()


def test_a_step_carries_the_actions_that_lead_to_its_level() -> None:
    session = session_of({"A": [3], "B": [5]})
    actions = (
        Action("a.4", 3, 4, LocalText.of(en="Automate")),
        Action("a.5", 4, 5, LocalText.of(en="Improve")),
    )
    first, second = session.model.dimensions
    with_actions = replace(first, areas=(replace(first.areas[0], actions=actions),))
    model = replace(session.model, dimensions=(with_actions, second))
    found = steps_of(replace(session, model=model))
    assert [[action.id for action in step.actions] for step in found] == [["a.4"], ["a.5"]]


# ---- what holds for every session ------------------------------------------------------------


@st.composite
def chained_sessions(draw: st.DrawFn) -> Session:
    """Random sessions whose prerequisites point from later to earlier areas, so without cycles."""
    session = draw(sessions(at_least_scored=3))
    model = session.model
    ids = [area.id for area in model.areas]
    levels = st.integers(model.lowest_level, model.highest_level)
    prerequisites = []
    for number in range(draw(st.integers(0, 6))):
        later = draw(st.integers(0, len(ids) - 1))
        if later:
            earlier = draw(st.integers(0, later - 1))
            wanted, needed = draw(levels), draw(levels)
            chosen = Prerequisite(f"p{number}", ids[later], wanted, ids[earlier], needed)
            prerequisites.append(chosen)
    return replace(session, model=replace(model, prerequisites=tuple(prerequisites)))


@given(chained_sessions())
def test_every_missing_level_is_one_step(session: Session) -> None:
    steps = steps_of(session)
    missing = sum(ceil(area.gap) for area in profile(session).areas if area.gap is not None)
    assert len(steps) == len({step.key for step in steps}) == missing


@given(chained_sessions())
def test_no_step_comes_before_what_it_waits_for(session: Session) -> None:
    place = {step.key: number for number, step in enumerate(steps_of(session))}
    for (area_id, level), number in place.items():
        if (area_id, level - 1) in place:
            assert place[area_id, level - 1] < number
    for prerequisite in session.model.prerequisites:
        needed = (prerequisite.required_area_id, prerequisite.required_level)
        waiting = (prerequisite.area_id, prerequisite.level)
        if needed in place and waiting in place:
            assert place[needed] < place[waiting]


@given(chained_sessions())
def test_the_order_is_the_same_every_time(session: Session) -> None:
    assert steps_of(session) == steps_of(session)


@given(sessions(whole=True))
def test_without_prerequisites_the_order_follows_priority(session: Session) -> None:
    inherited = [step.inherited_priority for step in steps_of(session)]
    assert inherited == sorted(inherited, reverse=True)


@given(chained_sessions())
def test_a_step_is_at_least_as_urgent_as_all_that_wait_for_it(session: Session) -> None:
    steps = steps_of(session)
    by_key = {step.key: step for step in steps}
    for step in steps:
        assert step.inherited_priority >= step.priority > 0
        following = by_key.get((step.area_id, step.to_level + 1))
        if following is not None:
            assert step.inherited_priority >= following.inherited_priority
