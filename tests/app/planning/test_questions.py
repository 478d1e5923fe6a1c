"""Questions to a plan: exact answers, equal to what trying all figures finds."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings

from app.planning.plan import Clash, Wish
from app.planning.problem import Problem
from app.planning.questions import (
    EarliestEnd,
    earliest_end,
    goal_of,
    least_effort,
    smallest_capacity,
)
from app.session.step_details import StepDetails, StepStatus
from tests.app.planning.samples import (
    a_problem,
    best_by_trying,
    key,
    limits_of,
    name,
    problems,
    r1,
)
from tests.app.samples import session_of

PATIENCE = 60.0
FILTERED = (HealthCheck.filter_too_much, HealthCheck.too_slow)  # only tiny ones can be tried out

tiny_problems = problems(most_areas=3, wishes=False).filter(
    lambda problem: (
        problem.limits.periods <= 4
        and len(problem.steps) >= 1
        and (problem.limits.periods + 1) ** len(problem.steps) <= 700
    )
)


def with_all_done(problem: Problem, by: int, capacity: Sequence[Fraction]) -> Problem:
    limits = limits_of(
        list(capacity[:by]),
        by,
        blocked=[each for each in problem.limits.blocked if each <= by],
        teams={team: amounts[:by] for team, amounts in problem.limits.teams.items()},
        parallel=problem.limits.parallel,
        budgets=problem.limits.budgets,
        start=problem.limits.start,
        due={step.key: by for step in problem.steps},
    )
    return replace(problem, limits=limits)


def test_the_least_effort_for_all_steps_comes_with_the_best_plan_of_them() -> None:
    answer = least_effort(r1(), 5, time_limit=PATIENCE)
    assert [name(step) for step in answer.steps] == ["A3", "A4", "B2", "B3", "C4", "C5", "D3"]
    assert answer.days == 160
    assert answer.cost == 0
    assert answer.plan is not None
    assert max(answer.plan.last_period(step) or 99 for step in answer.steps) <= 5
    assert answer.clash == ()


def test_steps_that_do_not_fit_in_time_name_what_forbids_it() -> None:
    answer = least_effort(r1(), 4, time_limit=PATIENCE)
    assert answer.plan is None
    assert answer.clash == (Clash(Wish.CAPACITY),)


def test_the_smallest_capacity_is_exact_and_proven() -> None:
    answer = smallest_capacity(r1(), 8, time_limit=PATIENCE)
    assert answer.is_proven
    assert answer.capacity == 30
    assert answer.starts is not None
    in_five = smallest_capacity(r1(), 5, time_limit=PATIENCE)
    assert in_five.is_proven
    assert in_five.capacity == 40


def test_no_capacity_suffices_where_chains_of_prerequisites_are_longer() -> None:
    answer = smallest_capacity(r1(), 3, time_limit=PATIENCE)
    assert answer.capacity is None
    assert not answer.is_proven
    assert answer.clash == ()
    pinned = r1(limits_of(40, 8, pins={key("A3"): 6}))
    answer = smallest_capacity(pinned, 6, time_limit=PATIENCE)
    assert answer.capacity is None
    assert answer.clash == (Clash(Wish.PIN, key("A3"), 6),)


def test_the_earliest_end_is_proven_and_may_lie_beyond_the_horizon() -> None:
    assert earliest_end(r1(limits_of(40, 3)), time_limit=PATIENCE).period == 5
    slow = earliest_end(r1(), Fraction(30), time_limit=PATIENCE)
    assert slow.is_proven
    assert slow.period == 7
    assert slow.starts is not None


def test_without_capacity_there_is_no_end() -> None:
    assert earliest_end(r1(), Fraction(0)) == EarliestEnd(None, None, is_impossible=True)
    too_small = earliest_end(r1(), Fraction(19), time_limit=PATIENCE)
    assert too_small.period is None
    assert too_small.clash == (Clash(Wish.CAPACITY),)


def test_without_steps_nothing_is_needed() -> None:
    nothing = a_problem({"A": (1, 3, 3)})
    assert earliest_end(nothing) == EarliestEnd(0, 0)
    assert smallest_capacity(nothing, 1).capacity == 0
    assert least_effort(nothing, 1, time_limit=PATIENCE).days == 0


def test_without_a_solver_an_answer_is_given_but_not_called_proven(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    answer = smallest_capacity(r1(), 5)
    assert answer.capacity is not None
    assert answer.at_least == 35
    assert not answer.is_proven


def test_a_goal_holds_the_steps_of_a_dimension_and_what_they_need_elsewhere() -> None:
    session = session_of(
        {"T": [1, 3, None, "n/a"], "P": [1, 1]},
        {"T": [None, 5, None, None], "P": [4, None]},
        prerequisites=[("T.0", 3, "P.0", 2), ("T.1", 5, "P.1", 2)],
    )
    goal = goal_of(session, "T", 3)
    assert [step.key for step in goal.problem.steps] == [("T.0", 2), ("T.0", 3), ("P.0", 2)]
    assert goal.unscored == ("T.2",)
    assert goal.out_of_reach == ()
    assert least_effort(goal.problem, 8, time_limit=PATIENCE).days == 3


def test_a_goal_that_needs_a_dropped_step_is_out_of_reach() -> None:
    session = session_of({"T": [1, 3]})
    dropped = replace(session.rating("T.0"), steps=(StepDetails(2, status=StepStatus.DROPPED),))
    session = replace(session, ratings={**session.ratings, "T.0": dropped})
    assert goal_of(session, "T", 3).out_of_reach == ("T.0",)


@pytest.mark.slow
@given(tiny_problems)
@settings(max_examples=150, suppress_health_check=FILTERED)
def test_the_smallest_capacity_is_the_one_found_by_trying_all(problem: Problem) -> None:
    by = problem.limits.periods
    answer = smallest_capacity(problem, by, time_limit=PATIENCE)
    if answer.capacity is None:
        endless = [Fraction(10**6)] * by
        assert best_by_trying(with_all_done(problem, by, endless)) is None
        return
    assert answer.is_proven
    enough = [answer.capacity] * by
    assert best_by_trying(with_all_done(problem, by, enough)) is not None
    less = [answer.capacity - Fraction(1, 1000)] * by
    assert best_by_trying(with_all_done(problem, by, less)) is None


@pytest.mark.slow
@given(tiny_problems)
@settings(max_examples=50, suppress_health_check=FILTERED)
def test_the_earliest_end_is_the_one_found_by_trying_all(problem: Problem) -> None:
    answer = earliest_end(problem, time_limit=PATIENCE)
    ends = [
        by
        for by in range(1, problem.limits.periods + 1)
        if best_by_trying(with_all_done(problem, by, problem.limits.unblocked_capacity))
    ]
    if not ends:
        assert answer.period is None or answer.period > problem.limits.periods
        return
    assert answer.is_proven
    assert answer.period == ends[0]
