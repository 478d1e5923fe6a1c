"""Plans by priority: the vectors of our method, limits, pins, and properties of all plans."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given

from app.planning.by_priority import plan_by_priority
from app.planning.feasibility import keeps_order, violations
from app.planning.plan import Clash, Plan, PlanStatus, Reason, Unscheduled, Wish
from app.planning.priorities import by_rank
from app.planning.problem import Problem, StepKey
from app.planning.projection import levels_after, lower_bound, projected_means
from app.session.quarters import Quarter
from tests.app.planning.samples import (
    R1_AREAS,
    a_problem,
    assert_begins_as_early_as_possible,
    broken_limits,
    key,
    limits_of,
    name,
    problems,
    r1,
    starts_of,
)


def reason(plan: Plan, step: str) -> Reason:
    return plan.reasons[key(step)]


def order_of(plan: Plan) -> list[str]:
    """Steps as the serial scheme takes them."""
    ranked = by_rank(plan.problem.requires, lambda each: plan.priorities[each].rank)
    return [name(each) for each in ranked]


def test_vector_r1_has_the_published_priorities_order_and_quarters() -> None:
    plan = plan_by_priority(r1())
    assert {name(step): each.own for step, each in plan.priorities.items()} == {
        "A3": Fraction(3, 2),
        "B2": Fraction(6, 5),
        "D3": Fraction(3, 5),
        "B3": Fraction(1, 2),
        "A4": Fraction(3, 10),
        "C4": Fraction(4, 15),
        "C5": Fraction(1, 25),
    }
    assert order_of(plan) == ["A3", "B2", "D3", "B3", "A4", "C4", "C5"]
    starts = {"A3": 1, "B2": 1, "D3": 2, "B3": 2, "A4": 4, "C4": 3, "C5": 5}
    assert starts_of(plan) == {
        name(step.key): starts[name(step.key)] for step in plan.problem.steps
    }
    assert plan.used == (30, 40, 35, 30, 25, 0, 0, 0)
    assert lower_bound(plan.problem) == 4
    assert plan.status is PlanStatus.PRIORITY
    assert plan.best_bound is None
    assert plan.clash == ()


def test_vector_r1_with_three_quarters_leaves_what_does_not_fit_for_later() -> None:
    plan = plan_by_priority(r1(limits_of(40, 3)))
    assert [name(step) for step in plan.later] == ["A4", "C5"]
    assert plan.used == (30, 40, 35)
    assert reason(plan, "A4") == Reason(Unscheduled.TOO_LATE, step=("D", 3))
    assert reason(plan, "C5") == Reason(Unscheduled.WAITS, step=("A", 4))


def test_vector_r2_with_all_defaults_takes_the_largest_gap_first() -> None:
    areas = {"P": (1, 1, 4), "Q": (1, 2, 4), "R": (1, 1, 2), "S": (2, 3, 4)}
    plan = plan_by_priority(a_problem(areas, limits=limits_of(2)))
    assert order_of(plan) == ["P2", "P3", "Q3", "S4", "R2", "P4", "Q4"]
    assert starts_of(plan) == {"P2": 1, "Q3": 1, "P3": 2, "S4": 2, "R2": 3, "P4": 3, "Q4": 4}
    assert lower_bound(plan.problem) == 4


def test_vector_r4_a_prerequisite_inherits_the_priority_of_what_waits_for_it() -> None:
    areas = {"X": (5, 2, 3), "Y": (1, 1, 2), "Z": (2, 1, 2)}
    steps = {"X3": (8, 5, 1), "Y2": (1, 10, 1), "Z2": (3, 10, 1)}
    plan = plan_by_priority(a_problem(areas, steps, ["X3 Y2"], limits_of(10)))
    assert [plan.priorities[key(step)].own for step in steps] == [
        8,
        Fraction(1, 10),
        Fraction(3, 5),
    ]
    inherited = plan.priorities["Y", 2]
    assert (inherited.inherited, inherited.cause, inherited.unlocks) == (8, ("X", 3), 1)
    assert starts_of(plan) == {"Y2": 1, "X3": 2, "Z2": 3}
    assert lower_bound(plan.problem) == 3


def test_vector_r5_a_step_larger_than_any_quarter_says_so_or_takes_two() -> None:
    plan = plan_by_priority(a_problem({"A": (1, 1, 2)}, {"A2": (1, 50, 1)}))
    assert starts_of(plan) == {"A2": None}
    assert reason(plan, "A2") == Reason(Unscheduled.TOO_LARGE, Fraction(40))
    longer = plan_by_priority(a_problem({"A": (1, 1, 2)}, {"A2": (1, 50, 2)}))
    assert starts_of(longer) == {"A2": 1}
    assert longer.used[:2] == (25, 25)


def test_equal_priorities_go_to_the_step_that_unlocks_more_then_the_lower_level() -> None:
    areas = {"A": (1, 3, 4), "B": (1, 1, 2), "C": (1, 1, 2), "D": (1, 2, 2)}
    plan = plan_by_priority(a_problem(areas, None, ["B2 C2"], limits_of(1)))
    assert [name(step) for step in plan.priorities] == ["C2", "B2", "A4"]


def test_a_step_does_not_span_a_blocked_period() -> None:
    limits = limits_of(40, blocked=[2])
    plan = plan_by_priority(a_problem({"A": (1, 1, 2)}, {"A2": (1, 10, 2)}, limits=limits))
    assert starts_of(plan) == {"A2": 3}


def test_a_step_that_only_blocks_keep_out_says_so() -> None:
    limits = limits_of(40, 4, blocked=[2, 4])
    plan = plan_by_priority(a_problem({"A": (1, 1, 2)}, {"A2": (1, 10, 2)}, limits=limits))
    assert reason(plan, "A2") == Reason(Unscheduled.NO_ROOM, Fraction(40), Wish.BLOCKED)


def test_a_team_with_a_capacity_of_its_own_uses_both_capacities() -> None:
    teams = {"ops": (Fraction(10),) * 8}
    areas = {"A": (4, 1, 2), "B": (3, 1, 2), "C": (2, 1, 2), "D": (1, 1, 2)}
    steps = {f"{area}2": (1, 10, 1) for area in areas}
    more = {"A2": {"team": "ops"}, "B2": {"team": "ops"}, "C2": {"team": "dev"}}
    plan = plan_by_priority(a_problem(areas, steps, (), limits_of(20, teams=teams), more))
    assert starts_of(plan) == {"A2": 1, "B2": 2, "C2": 1, "D2": 2}


def test_a_budget_holds_per_calendar_year_over_the_periods_of_a_step() -> None:
    limits = limits_of(40, start=Quarter(2026, 4), budgets={2026: Fraction(20), 2027: Fraction(90)})
    more = {"A2": {"cost": Fraction(60)}}
    plan = plan_by_priority(a_problem({"A": (1, 1, 2)}, {"A2": (1, 10, 2)}, (), limits, more))
    assert starts_of(plan) == {"A2": 2}


def test_steps_in_parallel_are_limited_by_number() -> None:
    areas = {"A": (1, 1, 2), "B": (1, 1, 2), "C": (1, 1, 2)}
    plan = plan_by_priority(a_problem(areas, limits=limits_of(40, 1, parallel=2)))
    assert starts_of(plan) == {"A2": 1, "B2": 1, "C2": None}
    assert reason(plan, "C2") == Reason(Unscheduled.NO_ROOM, Fraction(38), Wish.PARALLEL)


def test_a_pinned_step_stays_where_it_is_and_what_it_needs_comes_in_time() -> None:
    plan = plan_by_priority(r1(limits_of(40, pins={("B", 3): 6, ("C", 5): 5, ("C", 4): 1})))
    starts = starts_of(plan)
    assert (starts["B3"], starts["C4"], starts["C5"]) == (6, 1, 5)
    assert (starts["B2"], starts["D3"], starts["A4"]) == (2, 2, 4)
    assert plan.clash == ()


def test_a_pin_before_its_prerequisite_is_named_and_leaves_its_step_for_later() -> None:
    plan = plan_by_priority(r1(limits_of(40, pins={("A", 4): 2})))
    assert plan.clash == (Clash(Wish.PIN, ("A", 4), 2),)
    assert starts_of(plan)["A4"] is None
    assert reason(plan, "A4") == Reason(Unscheduled.PIN)
    assert reason(plan, "C5") == Reason(Unscheduled.WAITS, step=("A", 4))
    assert starts_of(plan)["B2"] == 1


def test_of_pins_that_do_not_fit_together_the_one_of_lower_rank_gives_way() -> None:
    pins = {("B", 2): 1, ("A", 3): 1, ("C", 4): 1}
    plan = plan_by_priority(r1(limits_of(40, pins=pins)))
    assert plan.clash == (Clash(Wish.PIN, ("C", 4), 1),)


def test_a_pin_that_comes_too_early_for_the_capacity_before_it_is_named() -> None:
    areas = {"A": (1, 1, 2), "B": (1, 1, 2), "C": (1, 1, 2)}
    steps = dict.fromkeys(("A2", "B2", "C2"), (1, 10, 1))
    limits = limits_of(10, pins={("C", 2): 2})
    plan = plan_by_priority(a_problem(areas, steps, ["C2 A2", "C2 B2"], limits))
    assert starts_of(plan) == {"A2": 1, "B2": 2, "C2": None}
    assert plan.clash == (Clash(Wish.PIN, ("C", 2), 2),)


def test_pins_outside_the_horizon_cannot_be_held() -> None:
    limits = limits_of(40, 4, pins={("A", 2): 0, ("B", 2): 5})
    plan = plan_by_priority(a_problem({"A": (1, 1, 2), "B": (1, 1, 2)}, limits=limits))
    assert [clash.step for clash in plan.clash] == [("A", 2), ("B", 2)]


def test_missed_dates_and_a_missed_first_period_are_named_and_move_nothing() -> None:
    limits = limits_of(40, due={("A", 4): 3, ("C", 5): 9, ("B", 3): 2}, first_period_at_least=3)
    plan = plan_by_priority(r1(limits))
    assert plan.starts == plan_by_priority(r1()).starts
    assert plan.clash == (Clash(Wish.DUE, ("A", 4), 3), Clash(Wish.FIRST_PERIOD, number=3))


def test_value_is_the_area_under_the_maturity_curve() -> None:
    plan = plan_by_priority(r1(limits_of(40, 5)))
    by_hand = 15 * 5 + 6 * 5 + 24 * 3 + 10 * 4 + 9 * 2 + 2 * 3 + 1 * 1
    assert plan.value == by_hand


def test_levels_and_average_rise_with_every_step_that_ends() -> None:
    plan = plan_by_priority(r1())
    assert levels_after(plan, 0) == {"A": 2, "B": 1, "C": 3, "D": 2}
    assert levels_after(plan, 2) == {"A": 3, "B": 3, "C": 3, "D": 2}
    now = sum(weight * current for weight, current, _ in R1_AREAS.values())
    assert projected_means(plan)[1] == Fraction(now + 3 + 4, 9)
    assert projected_means(plan)[-1] == Fraction(3 * 4 + 2 * 3 + 5 + 3 * 3, 9)


@pytest.mark.parametrize(
    ("capacity", "bound"),
    [([40] * 8, 4), ([100, 60], 4), ([10, 20], 9), ([10, 0], None), ([200, 0], 4)],
)
def test_the_lower_bound_goes_on_with_the_last_capacity(
    capacity: list[int], bound: int | None
) -> None:
    assert lower_bound(r1(limits_of(capacity))) == bound


def test_a_problem_without_steps_has_a_plan_without_steps() -> None:
    plan = plan_by_priority(a_problem({}))
    assert (plan.starts, plan.value, projected_means(plan)) == ({}, 0, ())
    assert lower_bound(plan.problem) == 0


@given(problems())
def test_prerequisites_and_limits_always_hold_and_nothing_could_begin_earlier(
    problem: Problem,
) -> None:
    plan = plan_by_priority(problem)
    assert plan_by_priority(problem) == plan
    assert keeps_order(problem, plan.starts)
    assert plan.clash == violations(problem, plan.starts)
    assert not broken_limits(problem, plan.starts)
    for step, pin in problem.limits.pins.items():
        assert plan.starts[step] in (pin, None)
    for step in problem.steps:
        if step.key not in problem.limits.pins:
            assert_begins_as_early_as_possible(plan, step)
    assert set(plan.reasons) == set(plan.later)
    for later, why in plan.reasons.items():
        assert_is_true(plan, later, why)


def assert_is_true(plan: Plan, later: StepKey, why: Reason) -> None:
    assert why.kind is not Unscheduled.NOT_WORTH
    if why.step is not None:
        assert why.step in plan.problem.requires[later]
        assert (plan.starts[why.step] is None) is (why.kind is Unscheduled.WAITS)
    if why.kind is Unscheduled.TOO_LARGE:
        assert plan.problem.step(later).demand > why.free
    if why.kind is Unscheduled.PIN:
        assert later in plan.problem.limits.pins
