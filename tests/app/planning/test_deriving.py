"""Problems: which steps are planned, what they need, and implied targets."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.planning.by_priority import plan_by_priority
from app.planning.deriving import StepCircle
from app.planning.problem import ImpliedTarget, Problem
from tests.app.planning.samples import a_problem, key, limits_of, name, starts_of


def needs(problem: Problem, step: str) -> list[str]:
    return [name(each) for each in problem.requires[key(step)]]


def test_steps_lead_from_the_current_level_to_the_target_one_by_one() -> None:
    problem = a_problem({"A": (3, "5/2", 5), "B": (1, 3, 3), "C": (1, 4, 2)})
    assert [(name(step.key), step.from_level, step.gap) for step in problem.steps] == [
        ("A3", Fraction(5, 2), 3),
        ("A4", 3, 2),
        ("A5", 4, 1),
    ]
    assert needs(problem, "A4") == ["A3"]


def test_vector_r3_a_prerequisite_above_the_target_implies_a_target() -> None:
    problem = a_problem({"X": (1, 2, 3), "Y": (1, 1, 2)}, None, ["X3 Y3"], limits_of(1))
    assert problem.implied == (ImpliedTarget("Y", 3, ("X", 3)),)
    assert [(area.agreed_target, area.target) for area in problem.areas] == [(3, 3), (2, 3)]
    assert starts_of(plan_by_priority(problem)) == {"X3": 3, "Y2": 1, "Y3": 2}


def test_implied_targets_imply_further_ones() -> None:
    areas = {"X": (1, 2, 3), "Y": (1, 2, 2), "Z": (1, 1, 1)}
    problem = a_problem(areas, None, ["X3 Y3", "Y3 Z2", "Y4 Z5"])
    assert [(each.area_id, each.level) for each in problem.implied] == [("Y", 3), ("Z", 2)]
    assert needs(problem, "Y3") == ["Z2"]


def test_vector_r3_steps_that_need_each_other_are_refused_with_their_path() -> None:
    with pytest.raises(StepCircle, match="X 2 → Y 2 → X 2") as caught:
        a_problem({"X": (1, 1, 2), "Y": (1, 1, 2)}, None, ["X2 Y2", "Y2 X2"])
    assert caught.value.path == (("X", 2), ("Y", 2), ("X", 2))


def test_a_circle_of_levels_that_are_not_planned_does_not_matter() -> None:
    problem = a_problem({"X": (1, 1, 2), "Y": (1, 1, 2)}, None, ["X3 Y3", "Y3 X3"])
    assert needs(problem, "X2") == []


def test_met_prerequisites_and_those_on_unknown_areas_hold_nothing_back() -> None:
    problem = a_problem({"X": (1, 2, 3), "Y": (1, 2, 3)}, None, ["X3 Y2", "X3 Q5"])
    assert needs(problem, "X3") == []
    assert problem.implied == ()


def test_pins_and_dates_of_levels_that_are_reached_are_void() -> None:
    limits = limits_of(40, pins={("X", 2): 1, ("X", 3): 4}, due={("X", 1): 2})
    problem = a_problem({"X": (1, 2, 3)}, limits=limits)
    assert problem.limits.pins == {("X", 3): 4}
    assert problem.limits.due == {}
