"""Sentences about plans, on the vectors of our method and small problems."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from app.planning.by_priority import plan_by_priority
from app.planning.plan import Clash, Plan, PlanStatus, Reason, Unscheduled, Wish
from app.planning.problem import Limits
from app.planning.projection import lower_bound
from app.planning.why import Slip, WhyNotEarlier
from app.session.quarters import Quarter
from app.words.plan_words import (
    clash_in_words,
    implied_in_words,
    inherited_in_words,
    lower_bound_in_words,
    moves_in_words,
    not_earlier_in_words,
    own_priority_in_words,
    place_in_words,
    reason_in_words,
    status_explained,
    status_in_words,
    status_sentence,
    unlocks_in_words,
)
from app.words.texts import translator_for
from tests.app.planning.samples import a_problem, key, limits_of, name, r1

EN, DE = translator_for("en"), translator_for("de")
START = Quarter(2027, 1)


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Vector R1 by priority, from the first quarter of 2027."""
    return plan_by_priority(r1(limits_of(40, start=START)))


def reasoned(reason: Reason) -> str:
    """The words of a reason for leaving the step B2 (20 person-days, team ops) for later."""
    problem = a_problem(
        {"A": (1, 1, 2), "B": (1, 1, 2)},
        {"B2": (1, 20, 2)},
        limits=limits_of(5, periods=2),
        more={"B2": {"team": "ops"}},
    )
    plan = plan_by_priority(problem)
    return reason_in_words(replace(plan, reasons={key("B2"): reason}), key("B2"), name, EN)


# ---- how good the plan is ---------------------------------------------------------------------


def test_best_is_said_only_with_a_proof(plan: Plan) -> None:
    said = {
        status: status_in_words(replace(plan, status=status, best_bound=plan.value), EN)
        for status in PlanStatus
    }
    assert said == {
        PlanStatus.PROVEN: "proven best plan",
        PlanStatus.WITHIN: "within 1% of the best possible",
        PlanStatus.PRIORITY: "by priority",
        PlanStatus.INFEASIBLE: "not everything can hold",
    }


def test_the_status_and_what_it_means_are_one_sentence(plan: Plan) -> None:
    proven = replace(plan, status=PlanStatus.PROVEN, best_bound=plan.value)
    assert status_sentence(proven, DE) == (
        "Nachweislich der beste Plan: Kein anderer Plan in diesem Rahmen bringt früher mehr Reife."
    )
    assert status_sentence(plan, EN) == (
        "By priority: The steps are placed in order of priority, each as early as it fits."
    )


def test_a_distance_from_the_best_is_rounded_up(plan: Plan) -> None:
    bound = plan.value * Fraction(100, 97) + Fraction(1, 1000)
    within = replace(plan, status=PlanStatus.WITHIN, best_bound=bound)
    assert status_in_words(within, EN) == "within 4% of the best possible"
    assert status_in_words(within, DE) == "höchstens 4\N{NO-BREAK SPACE}% unter dem Bestmöglichen"


def test_a_best_plan_that_was_not_found_says_so(plan: Plan) -> None:
    assert "No best plan was found" in status_explained(replace(plan, by_best=True), EN)
    assert "No best plan was found" not in status_explained(plan, EN)


@pytest.mark.parametrize(
    ("capacity", "said"),
    [
        (40, "all 7 need 4 quarters or more"),
        (0, "the capacity never suffices for all 7 steps"),
    ],
)
def test_the_least_number_of_quarters_is_named(capacity: int, said: str) -> None:
    problem = r1(limits_of(capacity))
    assert lower_bound_in_words(len(problem.steps), lower_bound(problem), EN) == said


# ---- later ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason(Unscheduled.NO_ROOM, Fraction(5, 2)), "10 d: at most 2.5 d free in any quarter"),
        (
            Reason(Unscheduled.NO_ROOM, Fraction(40)),
            "no 2 quarters in a row have room within all limits",
        ),
        (
            Reason(Unscheduled.NO_ROOM, Fraction(3), Wish.TEAM),
            "10 d: ops has at most 3 d free in any quarter",
        ),
        (
            Reason(Unscheduled.NO_ROOM, limit=Wish.PARALLEL),
            "no quarter may take another step",
        ),
        (Reason(Unscheduled.NO_ROOM, limit=Wish.BLOCKED), "needs 2 quarters without a block"),
        (Reason(Unscheduled.NO_ROOM, limit=Wish.BUDGET), "the budget of no year covers it"),
        (
            Reason(Unscheduled.TOO_LARGE, Fraction(5)),
            "10 d: more than one quarter (5 d). Split it or give it more quarters.",
        ),
        (
            Reason(Unscheduled.TOO_LARGE, Fraction(5), Wish.TEAM),
            "10 d: more than ops has in a quarter (5 d). Split it or give it more quarters.",
        ),
        (Reason(Unscheduled.TOO_LONG), "takes 2 quarters, more than are planned"),
        (Reason(Unscheduled.WAITS, step=key("A2")), "waits for A2, which comes later"),
        (Reason(Unscheduled.PIN), "its pin cannot hold"),
        (Reason(Unscheduled.NOT_WORTH), "there is room, but other steps bring more with it"),
    ],
)
def test_every_reason_for_later_is_a_sentence(reason: Reason, said: str) -> None:
    assert reasoned(reason) == said


# ---- clashes ----------------------------------------------------------------------------------


def test_what_clashes_is_named_with_the_way_out(plan: Plan) -> None:
    clash = (
        Clash(Wish.PIN, key("A4"), 1),
        Clash(Wish.DUE, key("B3"), 2),
        Clash(Wish.FIRST_PERIOD, number=3),
        Clash(Wish.CAPACITY),
    )
    impossible = replace(plan, clash=clash, status=PlanStatus.INFEASIBLE)
    these = (
        "These cannot all hold: A4 begins in Q1 2027; B3 is done by the end of Q2 2027;"
        " at least 3 steps are done in Q1 2027; the capacity."
    )
    said = clash_in_words(impossible, name, EN)
    assert said == f"{these} Dropping any one of them resolves it."
    assert clash_in_words(replace(impossible, undecided=2), name, EN) == (
        f"{these} The time did not suffice to find out which of them are enough for that."
    )


def test_other_limits_are_named_too(plan: Plan) -> None:
    clash = (
        Clash(Wish.TEAM, team="ops"),
        Clash(Wish.PARALLEL, number=1),
        Clash(Wish.BLOCKED, number=2),
        Clash(Wish.BUDGET, number=2028),
    )
    assert clash_in_words(replace(plan, clash=clash), name, EN) == (
        "By priority, this does not hold: the capacity of ops; at most 1 step at once;"
        " Q2 2027 is blocked; the budget of 2028."
    )


def test_a_single_wish_that_cannot_hold_contradicts_only_itself(plan: Plan) -> None:
    clash = (Clash(Wish.PIN, key("A4"), 1),)
    impossible = replace(plan, clash=clash, status=PlanStatus.INFEASIBLE)
    assert clash_in_words(impossible, name, EN) == "This cannot hold: A4 begins in Q1 2027."
    assert clash_in_words(plan, name, EN) == ""


# ---- why here ---------------------------------------------------------------------------------


def test_own_priority_is_given_with_the_inputs_of_its_formula(plan: Plan) -> None:
    said = own_priority_in_words(plan, key("A3"), EN)
    assert said == "Own priority 1.50: weight 3 × gap 2 × benefit 5 ÷ 20 d."
    assert own_priority_in_words(plan, key("A3"), DE).startswith("Eigene Priorität 1,50: Gewicht 3")


def test_inherited_priority_is_given_with_its_cause() -> None:
    problem = a_problem(
        {"X": (5, 2, 3), "Y": (1, 1, 2)}, {"X3": (8, 5, 1), "Y2": (1, 10, 1)}, ["X3 Y2"]
    )
    plan = plan_by_priority(problem)
    assert inherited_in_words(plan, key("Y2"), name, EN) == (
        "Counts as 8.00, because X3 needs it: weight 5 × gap 1 × benefit 8 ÷ 5 d."
    )
    assert inherited_in_words(plan, key("X3"), name, EN) == ""
    assert unlocks_in_words(plan, key("Y2"), EN) == "1 step waits for it."


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("A3", "Nothing to wait for: it begins in the first quarter."),
        ("A4", "Q4 2027 is the first quarter after D3 is done."),
        (
            "C4",
            "Nothing to wait for, so Q1 2027 was possible. At its turn (6 of 7), Q3 2027 was the"
            " first quarter with room for its 15 d.",
        ),
    ],
)
def test_the_place_of_a_step_is_explained(plan: Plan, step: str, said: str) -> None:
    assert place_in_words(plan, key(step), name, EN) == said


def test_a_proven_plan_is_explained_by_what_is_full_and_not_by_turns(plan: Plan) -> None:
    best = replace(plan, status=PlanStatus.PROVEN)
    assert place_in_words(best, key("C4"), name, EN) == (
        "Nothing to wait for, so Q1 2027 was possible. Beside the other steps there is no room"
        " before Q3 2027 (capacity)."
    )


@pytest.mark.parametrize(
    ("limits", "limit"),
    [
        (limits_of(100, teams={"ops": (Fraction(10), Fraction(10))}, periods=2), "capacity of ops"),
        (limits_of(100, periods=2, parallel=1), "at most 1 step at once"),
        (
            limits_of(100, periods=2, budgets={2027: Fraction(5), 2028: Fraction(5)}),
            "budget",
        ),
    ],
)
def test_other_limits_that_leave_no_room_are_named(limits: Limits, limit: str) -> None:
    more = {"team": "ops", "cost": Fraction(5)}
    quarters = replace(limits, start=Quarter(2027, 4))
    problem = a_problem(
        {"A": (2, 1, 2), "B": (1, 1, 2)}, {"A2": (1, 10, 1), "B2": (1, 10, 1)},
        limits=quarters, more={"A2": more, "B2": more},
    )  # fmt: skip
    best = replace(plan_by_priority(problem), status=PlanStatus.PROVEN)
    assert place_in_words(best, key("B2"), name, EN).endswith(f"before Q1 2028 ({limit}).")


def test_a_pinned_step_says_that_it_is_pinned() -> None:
    plan = plan_by_priority(r1(limits_of(40, start=START, pins={key("C4"): 2})))
    assert place_in_words(plan, key("C4"), name, EN) == "Pinned to Q2 2027."


def test_a_step_beyond_the_agreed_target_names_what_needs_it() -> None:
    plan = plan_by_priority(a_problem({"X": (1, 2, 3), "Y": (1, 1, 2)}, needs=["X3 Y3"]))
    said = [implied_in_words(plan.problem, key(step), name, EN) for step in ("Y2", "Y3")]
    assert said == ["", "Beyond the agreed target: X3 needs it."]


def test_moves_name_the_first_steps_and_count_the_others(plan: Plan) -> None:
    after = {**plan.starts, key("A3"): 2, key("B2"): 3, key("C5"): None, key("D3"): 1}
    said = moves_in_words(
        plan.starts, after, plan.problem.limits, name, EN, but=[key("D3")], most=2
    )
    assert said == "A3 to Q2 2027, B2 to Q3 2027, 1 more step"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (WhyNotEarlier(None), "It begins in the first quarter already."),
        (
            WhyNotEarlier(2, takes=3),
            "It cannot be done by the end of Q2 2027: it takes 3 quarters.",
        ),
        (
            WhyNotEarlier(2, waits_for=(key("B2"), key("D3"))),
            "It cannot be done by the end of Q2 2027: it needs B2, D3 first.",
        ),
        (
            WhyNotEarlier(2, clash=(Clash(Wish.CAPACITY), Clash(Wish.PIN, key("A3"), 1))),
            "It cannot be done by the end of Q2 2027 because of: the capacity; A3 begins in Q1"
            " 2027.",
        ),
        (WhyNotEarlier(2), "No plan with it done by the end of Q2 2027 was found."),
    ],
)
def test_why_a_step_cannot_be_done_earlier_is_said(
    plan: Plan, answer: WhyNotEarlier, said: str
) -> None:
    assert not_earlier_in_words(plan, answer, name, EN) == said


def test_what_an_earlier_step_would_cost_is_said_with_what_slips(plan: Plan) -> None:
    slips = tuple(Slip(key(each), 1, to) for each, to in (("A3", 2), ("B2", None), ("B3", 3)))
    loss = plan.value / 200
    proven = WhyNotEarlier(2, plan, loss=loss, slips=slips, is_proven=True)
    assert not_earlier_in_words(plan, proven, name, EN) == (
        "Done by the end of Q2 2027, the plan would bring 0.5% less."
        " These would slip: A3 to Q2 2027, B2 to Later, B3 to Q3 2027."
    )
    said = [
        not_earlier_in_words(plan, replace(proven, slips=(), **other), name, EN)
        for other in ({"is_proven": False}, {"loss": Fraction(0)}, {"loss": Fraction(-1)})
    ]
    assert said == [
        "Done by the end of Q2 2027, the plan would bring up to 0.5% less.",
        "Done by the end of Q2 2027, the plan would bring the same.",
        "Done by the end of Q2 2027, the plan would even bring more: pin it earlier.",
    ]
