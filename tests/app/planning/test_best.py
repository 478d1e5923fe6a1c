"""Best plans: equal to what trying all plans finds, exact, proven, never more than is proven."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from app.planning import solver, time_indexed
from app.planning.best import best_plan
from app.planning.by_priority import plan_by_priority
from app.planning.clashes import everything_asked, only
from app.planning.feasibility import keeps_order, value_of, violations
from app.planning.plan import Clash, Plan, PlanStatus, Wish
from app.planning.problem import Problem
from app.planning.solver import Answer, Deadline, Ending
from tests.app.planning.samples import (
    a_problem,
    assert_begins_as_early_as_possible,
    best_by_trying,
    key,
    limits_of,
    problems,
    r1,
    starts_of,
)

PATIENCE = 60.0
"""Seconds; far more than the problems here take, so that a busy machine changes nothing."""

FILTERED = (HealthCheck.filter_too_much, HealthCheck.too_slow)  # only tiny ones can be tried out
REPOSITORY = Path(__file__).parents[3]

tiny_problems = problems(most_areas=3).filter(
    lambda problem: (problem.limits.periods + 1) ** len(problem.steps) <= 3000
)


def patient(problem: Problem, seed: int = 0) -> Plan:
    return best_plan(problem, time_limit=PATIENCE, seed=seed)


def a_rush(capacity: int = 10) -> Problem:
    """Four areas that compete for room; by priority misses the best value."""
    areas = {"A": (1, 1, 2), "B": (2, 1, 3), "C": (1, 1, 3), "D": (3, 1, 2)}
    steps = {
        "A2": (3, 4, 1),
        "B2": (2, 6, 1),
        "B3": (1, 3, 1),
        "C2": (5, 7, 1),
        "C3": (1, 2, 1),
        "D2": (2, 5, 1),
    }
    return a_problem(areas, steps, limits=limits_of(capacity, 3))


def ugly(problem: Problem, weight: Fraction, effort: Fraction) -> Problem:
    """The problem with weights, efforts and capacities that fit into no float."""
    capacity = tuple(each * effort for each in problem.limits.capacity)
    return replace(
        problem,
        steps=tuple(
            replace(
                step,
                weight=step.weight * weight + Fraction(index, 7 * 11 * 13),
                effort=step.effort * effort,
            )
            for index, step in enumerate(problem.steps)
        ),
        limits=replace(problem.limits, capacity=capacity, unblocked_capacity=capacity),
    )


def test_vector_r1_gets_the_best_value_proven() -> None:
    plan = patient(r1())
    assert plan.status is PlanStatus.PROVEN
    assert plan.value == plan.best_bound == value_of(plan.problem, plan.starts) == 451
    assert plan_by_priority(r1()).value == 443
    assert starts_of(plan) == {"A3": 1, "A4": 4, "B2": 2, "B3": 3, "C4": 3, "C5": 5, "D3": 1}
    assert plan.by_best
    assert plan.reasons == {}


@pytest.mark.slow
def test_the_same_problem_gives_the_same_plan_also_in_a_fresh_process() -> None:
    program = (
        "from tests.app.planning.samples import r1, starts_of\n"
        "from app.planning.best import best_plan\n"
        "print(starts_of(best_plan(r1(), time_limit=60)))"
    )
    fresh = subprocess.run(
        [sys.executable, "-c", program],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert fresh.stdout == f"{starts_of(patient(r1()))}\n"
    assert patient(r1()) == patient(r1())


def test_other_seeds_of_the_solver_find_the_same_value() -> None:
    assert {patient(a_rush(), seed).value for seed in range(4)} == {patient(a_rush()).value}


@pytest.mark.parametrize(
    ("weight", "effort"),
    [
        (Fraction(1, 3), Fraction(1, 10)),
        (Fraction(10**3, 17), Fraction(10**4, 3)),
    ],
)
def test_fractions_stay_exact(weight: Fraction, effort: Fraction) -> None:
    problem = ugly(a_rush(), weight, effort)
    plan = patient(problem)
    expected = best_by_trying(problem)
    assert expected is not None
    assert plan.value == plan.best_bound == value_of(problem, expected)
    assert plan.status is PlanStatus.PROVEN
    assert dict(plan.starts) == expected


def test_efforts_too_large_for_the_solver_are_rounded_and_still_hold_exactly() -> None:
    """Two steps exceed the capacity together by less than the rounding hides."""
    huge = 10**20
    areas = {"A": (1, 1, 2), "B": (1, 1, 2), "C": (1, 1, 2)}
    steps = {"A2": (3, huge, 1), "B2": (3, huge + 1, 1), "C2": (2, huge - 1, 1)}
    plan = patient(a_problem(areas, steps, limits=limits_of(2 * huge, 1)))
    assert starts_of(plan) == {"A2": 1, "B2": None, "C2": 1}
    assert plan.value == 5
    assert plan.status is PlanStatus.PROVEN


def test_weights_too_large_for_the_solver_are_never_called_proven() -> None:
    problem = ugly(a_rush(), Fraction(10**25, 17), Fraction(1))
    plan = patient(problem)
    best = best_by_trying(problem)
    assert best is not None
    assert plan.status is PlanStatus.WITHIN
    assert plan.best_bound is not None
    assert value_of(problem, best) < plan.best_bound < plan.value * Fraction(1_000_001, 1_000_000)


@pytest.mark.slow
@given(tiny_problems)
@settings(max_examples=400, suppress_health_check=FILTERED)
def test_of_all_plans_the_one_of_best_value_with_the_earliest_starts_by_rank_is_found(
    problem: Problem,
) -> None:
    expected = best_by_trying(problem)
    plan = patient(problem)
    if expected is None:
        assert plan.status is PlanStatus.INFEASIBLE
        return
    assert plan.status is PlanStatus.PROVEN
    assert plan.value == plan.best_bound == value_of(problem, expected)
    assert dict(plan.starts) == expected


@pytest.mark.slow
@given(problems())
@settings(max_examples=200, suppress_health_check=FILTERED)
def test_a_best_plan_keeps_all_wishes_and_is_never_below_the_plan_by_priority(
    problem: Problem,
) -> None:
    plan = patient(problem)
    by_priority = plan_by_priority(problem)
    if plan.status is PlanStatus.INFEASIBLE:
        assert plan.starts == by_priority.starts
        assert plan.best_bound is None
        return
    assert plan.status is PlanStatus.PROVEN
    assert plan.clash == violations(problem, plan.starts) == ()
    assert keeps_order(problem, plan.starts)
    if not by_priority.clash:
        assert plan.value >= by_priority.value
    for step in problem.steps:
        if step.key not in problem.limits.pins:
            assert_begins_as_early_as_possible(plan, step)
    assert patient(problem, seed=5).value == plan.value


@pytest.mark.slow
@given(tiny_problems)
@settings(max_examples=300, suppress_health_check=FILTERED)
def test_of_what_cannot_hold_together_dropping_any_one_resolves_it(problem: Problem) -> None:
    plan = patient(problem)
    if plan.status is PlanStatus.INFEASIBLE:
        assert plan.undecided == 0
        assert best_by_trying(only(problem, plan.clash)) is None
        for each in plan.clash:
            others = [other for other in plan.clash if other != each]
            assert best_by_trying(only(problem, others)) is not None


def test_what_cannot_hold_together_is_named_without_what_is_not_needed_for_it() -> None:
    limits = limits_of(
        35,
        4,
        blocked=[4],
        pins={key("A3"): 1, key("B3"): 3},
        due={key("D3"): 2, key("C4"): 4},
        parallel=5,
    )
    plan = patient(r1(limits))
    assert plan.status is PlanStatus.INFEASIBLE
    assert plan.clash == (
        Clash(Wish.CAPACITY),
        Clash(Wish.DUE, key("D3"), 2),
        Clash(Wish.PIN, key("A3"), 1),
    )
    assert plan.starts == plan_by_priority(r1(limits)).starts
    assert plan.best_bound is None


@pytest.mark.parametrize("due", [0, -1])
def test_a_date_before_the_end_of_the_first_period_cannot_hold(due: int) -> None:
    plan = patient(a_problem({"A": (1, 1, 2)}, limits=limits_of(40, due={key("A2"): due})))
    assert plan.status is PlanStatus.INFEASIBLE
    assert plan.clash == (Clash(Wish.DUE, key("A2"), due),)


def test_all_that_can_be_asked_is_listed_and_can_be_dropped() -> None:
    limits = limits_of(
        40,
        4,
        blocked=[4],
        pins={key("A3"): 1},
        due={key("D3"): 2},
        parallel=5,
        teams={"ops": (Fraction(1),) * 4},
        budgets={2027: Fraction(5)},
        first_period_at_least=2,
    )
    asked = list(everything_asked(limits))
    assert {each.wish for each in asked} == set(Wish)
    assert only(r1(limits), asked) == r1(limits)
    assert list(everything_asked(only(r1(limits), ()).limits)) == [Clash(Wish.CAPACITY)]


def raising(*_: object) -> Answer:
    raise RuntimeError("broken")


def test_without_a_solver_the_plan_is_the_one_by_priority(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    plan = best_plan(a_rush())
    assert plan == replace(plan_by_priority(a_rush()), by_best=True)
    assert plan.status is PlanStatus.PRIORITY
    assert plan.best_bound is None


def test_a_solver_that_raises_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "_solve", raising)
    assert best_plan(a_rush()).status is PlanStatus.PRIORITY


Answering = Callable[[Answer], None]


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Answering:
    """Makes the solver give one answer to everything."""

    def answer_with(answer: Answer) -> None:
        monkeypatch.setattr(time_indexed, "solve", lambda *_: answer)

    return answer_with


def test_a_solver_that_finds_nothing_in_time_leaves_the_plan_by_priority(
    answering: Answering,
) -> None:
    answering(Answer(Ending.STOPPED))
    assert best_plan(a_rush()) == replace(plan_by_priority(a_rush()), by_best=True)


def test_without_time_the_plan_is_the_one_by_priority() -> None:
    assert best_plan(a_rush(), time_limit=0).starts == plan_by_priority(a_rush()).starts
    cancelled = best_plan(a_rush(), time_limit=PATIENCE, cancelled=lambda: True)
    assert cancelled.starts == plan_by_priority(a_rush()).starts


@pytest.mark.parametrize(
    "nonsense",
    [
        Answer(Ending.FINISHED, frozenset(range(18)), 1e9),
        Answer(Ending.FINISHED, frozenset(), 1.0),
        Answer(Ending.INFEASIBLE),
    ],
)
def test_an_answer_that_cannot_be_true_is_not_used(answering: Answering, nonsense: Answer) -> None:
    answering(nonsense)
    plan = best_plan(a_rush())
    assert plan.starts == plan_by_priority(a_rush()).starts
    assert plan.status is not PlanStatus.PROVEN


def test_what_was_found_without_proof_begins_as_early_as_it_can(answering: Answering) -> None:
    """The solver knows the best choice for period 1 only; the rest fits to the left of it."""
    problem = a_rush()
    best = patient(problem)
    late = {each: start if start == 1 else None for each, start in best.starts.items()}
    model = time_indexed.TimeIndexed(problem)
    answering(Answer(Ending.STOPPED, model.chosen(late), 1e12))
    plan = best_plan(problem)
    assert plan.status is PlanStatus.WITHIN
    assert plan.best_bound is not None
    assert plan.best_bound > plan.value > value_of(problem, late)
    assert violations(problem, plan.starts) == ()
    for step in problem.steps:
        assert_begins_as_early_as_possible(plan, step)


def test_a_problem_too_large_to_write_down_keeps_the_plan_by_priority() -> None:
    problem = r1(limits_of(40, 10_000))
    assert best_plan(problem) == replace(plan_by_priority(problem), by_best=True)


def test_what_brings_nothing_begins_as_early_as_it_can_too(answering: Answering) -> None:
    """The value is proven without it; the search for early starts was stopped."""
    problem = a_problem({"A": (1, 1, 2)}, {"A2": (0, 1, 1)})
    late = {key("A2"): 3}
    answering(Answer(Ending.STOPPED, time_indexed.TimeIndexed(problem).chosen(late), 0.0))
    plan = best_plan(problem)
    assert plan.status is PlanStatus.PROVEN
    assert starts_of(plan) == {"A2": 1}


def test_a_deadline_has_no_time_left_once_it_is_cancelled() -> None:
    assert Deadline(PATIENCE).seconds > 0
    assert Deadline(PATIENCE, lambda: True).seconds == 0
    assert Deadline(0).seconds == 0
