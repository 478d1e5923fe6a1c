"""Reasons for the quarters of steps, and the cost of having them earlier."""

from __future__ import annotations

from dataclasses import replace

from app.planning.best import best_plan
from app.planning.by_priority import plan_by_priority
from app.planning.feasibility import value_of
from app.planning.plan import Clash, Plan, PlanStatus, Wish
from app.planning.problem import Limits, Problem
from app.planning.why import Slip, WhyNotEarlier, why_here, why_not_earlier
from tests.app.planning.samples import a_problem, key, limits_of, r1

PATIENCE = 60.0


def best(limits: Limits | None = None) -> Plan:
    return best_plan(r1(limits), time_limit=PATIENCE)


def not_earlier(plan: Plan, step: str) -> WhyNotEarlier:
    return why_not_earlier(plan, key(step), time_limit=PATIENCE)


def test_a_step_is_explained_by_its_priority_and_by_what_it_needs_and_unlocks() -> None:
    plan = plan_by_priority(r1())
    why = why_here(plan, key("A4"))
    assert why.priority == plan.priorities[key("A4")]
    assert why.waits_for == (key("D3"), key("A3"), key("B2"))
    assert why.unlocks == (key("C5"),)
    assert why.full == {}
    assert not why.pinned


def test_the_limit_that_was_full_is_named_for_each_period_before() -> None:
    plan = plan_by_priority(r1())
    assert why_here(plan, key("D3")).full == {1: Wish.CAPACITY}
    assert why_here(plan, key("C4")).full == {1: Wish.CAPACITY, 2: Wish.CAPACITY}
    in_line = plan_by_priority(r1(limits_of(400, 8, parallel=1, blocked=[2])))
    assert why_here(in_line, key("B2")).full == {1: Wish.PARALLEL, 2: Wish.BLOCKED}


def test_a_step_left_for_later_is_explained_up_to_the_horizon() -> None:
    plan = plan_by_priority(r1(limits_of(40, 1)))
    assert why_here(plan, key("C4")).full == {1: Wish.CAPACITY}
    assert why_here(plan, key("A4")).full == {}


def test_a_pinned_step_says_so() -> None:
    assert why_here(best(limits_of(40, 8, pins={key("C4"): 4})), key("C4")).pinned


def test_having_a_step_earlier_costs_value_and_makes_others_slip() -> None:
    plan = best()
    why = not_earlier(plan, "B3")
    assert why.by == 2
    assert why.plan is not None
    assert why.is_proven
    assert why.loss == plan.value - why.plan.value > 0
    assert why.plan.last_period(key("B3")) == 2
    assert why.slips == (Slip(key("D3"), 1, 2),)
    assert why.offer is None


def test_a_step_left_for_later_is_asked_to_fit_in_at_all() -> None:
    plan = best(limits_of(40, 3))
    assert plan.later == (key("A4"), key("C5"))
    why = not_earlier(plan, "A4")
    assert why.by == 3
    assert why.plan is not None
    assert why.plan.starts[key("A4")] == 3


def test_a_step_in_the_first_period_could_not_begin_earlier() -> None:
    assert not_earlier(best(), "A3") == WhyNotEarlier(None)


def test_a_chain_of_prerequisites_that_is_too_long_is_named() -> None:
    plan = best(limits_of(400))
    why = not_earlier(plan, "A4")
    assert why.by == 2
    assert why.waits_for == (key("D3"),)
    assert why.plan is None


def test_a_step_longer_than_all_periods_says_so() -> None:
    plan = best_plan(a_problem({"A": (1, 1, 2)}, {"A2": (1, 9, 3)}, limits=limits_of(40, 2)))
    assert not_earlier(plan, "A2") == WhyNotEarlier(2, takes=3)


def test_wishes_and_limits_that_forbid_it_are_named() -> None:
    plan = best(limits_of(40, 8, pins={key("A3"): 1, key("D3"): 1}))
    assert plan.starts[key("B2")] == 2
    why = not_earlier(plan, "B2")
    assert why.by == 1
    assert why.clash == (
        Clash(Wish.CAPACITY),
        Clash(Wish.PIN, key("A3"), 1),
        Clash(Wish.PIN, key("D3"), 1),
    )
    assert why.plan is None


def test_a_pinned_step_is_asked_about_without_its_pin() -> None:
    pinned = best(limits_of(40, 8, pins={key("A3"): 3}))
    why = not_earlier(pinned, "A3")
    assert why.plan is not None
    assert why.plan.starts[key("A3")] in (1, 2)
    assert why.loss < 0
    assert why.offer is None


def test_a_better_plan_than_an_unproven_one_is_offered() -> None:
    problem: Problem = a_problem({"A": (1, 1, 2), "B": (1, 1, 2)}, limits=limits_of(1, 3))
    proven = best_plan(problem, time_limit=PATIENCE)
    late = {key("A2"): 1, key("B2"): 3}
    unproven = replace(
        proven,
        starts=late,
        value=value_of(problem, late),
        status=PlanStatus.WITHIN,
        best_bound=proven.value + 1,
    )
    why = not_earlier(unproven, "B2")
    assert why.offer is not None
    assert why.offer.problem == problem
    assert why.offer.value == proven.value
    assert why.offer.status is PlanStatus.WITHIN
    assert why.offer.best_bound == proven.value + 1
