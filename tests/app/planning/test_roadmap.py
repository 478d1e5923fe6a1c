"""Roadmap: steps of one level, by priority, each after its prerequisites."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.maturity_model import MaturityModel
from app.planning.roadmap import RoadmapStep, roadmap
from app.session.rating import Rating
from app.session.session import Session

Models = Callable[..., MaturityModel]
Sessions = Callable[..., Session]
Planned = Callable[..., tuple[RoadmapStep, ...]]


@pytest.fixture
def planned(a_model: Models, a_session: Sessions) -> Planned:
    """The roadmap of areas given by name as (weight, level, target); prerequisites as needed."""

    def make(
        areas: Mapping[str, tuple[int, int | str | None, int | None]],
        prerequisites: tuple[tuple[str, int, str, int], ...] = (),
        left_out: tuple[str, ...] = (),
    ) -> tuple[RoadmapStep, ...]:
        # One dimension per area, so that "A" is the area "A.0".
        needs = tuple((f"{a}.0", k, f"{b}.0", j) for a, k, b, j in prerequisites)
        model = a_model(dict.fromkeys(areas, 1), prerequisites=needs)
        ratings = [
            Rating(
                f"{name}.0",
                None if level is None else Fraction(level),
                target,
                Fraction(weight),
                not_applicable="outside" if name in left_out else None,
            )
            for name, (weight, level, target) in areas.items()
        ]
        session = a_session(model, *ratings, half_levels=True)
        return roadmap(session)

    return make


def names(steps: tuple[RoadmapStep, ...]) -> list[str]:
    return [f"{step.area_id[0]}{step.to_level}" for step in steps]


def test_defaults_give_the_priorities_and_the_order_of_our_method(planned: Planned) -> None:
    """Vector R2 of section 8.4; without capacity R2 stands before the second steps of P and Q."""
    steps = planned({"P": (1, 1, 4), "Q": (1, 2, 4), "R": (1, 1, 2), "S": (2, 3, 4)})
    priorities = {name: step.priority.own for name, step in zip(names(steps), steps, strict=True)}
    assert priorities == {"P2": 3, "P3": 2, "P4": 1, "Q3": 2, "Q4": 1, "R2": 1, "S4": 2}
    assert names(steps) == ["P2", "P3", "Q3", "S4", "R2", "P4", "Q4"]


def test_a_prerequisite_inherits_the_priority_of_what_waits_for_it(planned: Planned) -> None:
    """After vector R4: the light Y comes first, because the heavy X waits for it."""
    areas = {"X": (8, 2, 3), "Y": (1, 1, 2), "Z": (3, 1, 2)}
    steps = planned(areas, (("X", 3, "Y", 2),))
    assert names(steps) == ["Y2", "X3", "Z2"]
    assert steps[0].priority.own == 1
    assert steps[0].priority.inherited == 8
    assert steps[0].priority.unlocks == 1
    assert names(planned(areas)) == ["X3", "Z2", "Y2"]


def test_a_prerequisite_that_is_met_holds_nothing_back_and_says_so(planned: Planned) -> None:
    steps = planned({"X": (1, 2, 3), "Y": (1, 2, 3)}, (("X", 3, "Y", 2),))
    assert names(steps) == ["X3", "Y3"]
    (requirement,) = steps[0].requirements
    assert (requirement.is_met, requirement.needs_scoring) == (True, False)


def test_a_prerequisite_on_an_area_left_out_counts_as_met(planned: Planned) -> None:
    steps = planned({"X": (1, 2, 3), "Y": (1, 1, 3)}, (("X", 3, "Y", 2),), left_out=("Y",))
    assert names(steps) == ["X3"]
    (requirement,) = steps[0].requirements
    assert (requirement.is_met, requirement.not_applicable) == (True, True)


def test_a_prerequisite_on_an_unscored_area_needs_scoring_and_holds_nothing_back(
    planned: Planned,
) -> None:
    steps = planned({"X": (1, 2, 3), "Y": (1, None, 3)}, (("X", 3, "Y", 2),))
    assert names(steps) == ["X3"]
    (requirement,) = steps[0].requirements
    assert (requirement.is_met, requirement.needs_scoring) == (False, True)


def test_a_step_from_a_half_level_leads_to_the_next_whole_one(planned: Planned) -> None:
    steps = planned({"X": (1, "2.5", 4)})
    assert [(step.from_level, step.to_level) for step in steps] == [(Fraction(5, 2), 3), (3, 4)]


def test_a_half_level_short_of_a_prerequisite_does_not_meet_it(planned: Planned) -> None:
    steps = planned({"X": (1, 2, 3), "Y": (1, "1.5", 2)}, (("X", 3, "Y", 2),))
    assert names(steps) == ["Y2", "X3"]
    assert not steps[1].requirements[0].is_met


def test_unscored_reached_and_exceeded_areas_have_no_steps(planned: Planned) -> None:
    areas = {"A": (1, None, 5), "B": (1, 3, 3), "C": (1, 4, 2), "D": (1, 5, None)}
    assert planned(areas) == ()


def test_without_an_agreed_target_steps_lead_to_the_highest_level(planned: Planned) -> None:
    assert names(planned({"A": (1, 3, None)})) == ["A4", "A5"]


@given(data=st.data())
def test_every_gap_is_closed_step_by_step_after_all_it_waits_for(
    data: st.DataObject, a_model: Models, a_session: Sessions
) -> None:
    count = data.draw(st.integers(1, 8))
    # An area may need only areas before it, so that there are no circles.
    later = st.integers(1, max(1, count - 1)).flatmap(
        lambda a: st.tuples(st.just(a), st.integers(2, 5), st.integers(0, a - 1), st.integers(2, 5))
    )
    needs = data.draw(st.lists(later, max_size=10)) if count > 1 else []
    prerequisites = tuple((f"D.{a}", k, f"D.{b}", j) for a, k, b, j in needs)
    model = a_model({"D": count}, prerequisites=prerequisites)
    halves = st.none() | st.integers(2, 10).map(lambda half: Fraction(half, 2))
    targets = st.none() | st.integers(1, 5)
    weights = st.sampled_from([Fraction(1, 10), Fraction(1), Fraction(10)])
    session = a_session(
        model,
        *(
            Rating(area.id, data.draw(halves), data.draw(targets), data.draw(weights))
            for area in model.areas
        ),
    )
    steps = roadmap(session)
    for rating in session.all_ratings():
        reached = [step for step in steps if step.area_id == rating.area_id]
        levels = [step.to_level for step in reached]
        assert levels == list(range(levels[0], levels[-1] + 1)) if levels else True
        if rating.level is not None:
            target = session.target_of(rating.area_id)
            assert [step for step in reached if step.needed_by is None] == [
                step for step in reached if step.to_level <= target
            ]
            gap = max(Fraction(0), target - rating.level)
            agreed = [step for step in reached if step.needed_by is None]
            assert sum(step.to_level - step.from_level for step in agreed) == gap
    place = {step.key: number for number, step in enumerate(steps)}
    for area_id, level, required, required_level in prerequisites:
        if (area_id, level) in place and (required, required_level) in place:
            assert place[required, required_level] < place[area_id, level]
    assert roadmap(session) == steps


def test_a_level_that_is_needed_beyond_the_target_is_on_the_list_and_marked(
    planned: Planned,
) -> None:
    steps = planned({"X": (1, 2, 3), "Y": (1, 1, 1)}, (("X", 3, "Y", 2),))
    assert [(name, step.needed_by) for name, step in zip(names(steps), steps, strict=True)] == [
        ("Y2", ("X.0", 3)),
        ("X3", None),
    ]
