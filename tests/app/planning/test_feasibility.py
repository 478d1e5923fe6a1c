"""Checks of plans: every limit and wish that is broken is named, and nothing else."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.planning.feasibility import keeps_order, value_of, violations
from app.planning.plan import Clash, Wish
from app.planning.problem import Limits, Problem
from app.session.quarters import Quarter
from tests.app.planning.samples import a_problem, key, limits_of

AREAS = {"A": (1, 1, 3), "B": (2, 1, 2)}
STEPS = {"A2": (1, 10, 1), "A3": (1, 10, 2), "B2": (3, 10, 1)}
MORE = {"A2": {"team": "ops", "cost": Fraction(6)}, "B2": {"team": "ops", "cost": Fraction(6)}}


def starting(problem: Problem, **starts: int | None) -> dict[tuple[str, int], int | None]:
    """Starts by name of the step; ``None`` for those not named."""
    return {step.key: None for step in problem.steps} | {
        key(name): start for name, start in starts.items()
    }


@pytest.mark.parametrize(
    ("limits", "clash"),
    [
        (limits_of(20), ()),
        (limits_of(19), (Clash(Wish.CAPACITY),)),
        (limits_of(20, teams={"ops": (Fraction(20),) * 8}), ()),
        (limits_of(20, teams={"ops": (Fraction(19),) * 8}), (Clash(Wish.TEAM, team="ops"),)),
        (limits_of(20, teams={"dev": (Fraction(0),) * 8}), ()),
        (limits_of(20, parallel=2), ()),
        (limits_of(20, parallel=1), (Clash(Wish.PARALLEL, number=1),)),
        (limits_of(20, blocked=[4]), ()),
        (limits_of(20, blocked=[3]), (Clash(Wish.CAPACITY), Clash(Wish.BLOCKED, number=3))),
        (limits_of(20, start=Quarter(2027, 1), budgets={2027: Fraction(12)}), ()),
        (
            limits_of(20, start=Quarter(2027, 1), budgets={2027: Fraction(11), 2028: Fraction(0)}),
            (Clash(Wish.BUDGET, number=2027),),
        ),
        (limits_of(20, pins={("B", 2): 1}, due={("A", 3): 3}, first_period_at_least=2), ()),
        (limits_of(20, pins={("B", 2): 2}), (Clash(Wish.PIN, ("B", 2), 2),)),
        (limits_of(20, due={("A", 3): 2}), (Clash(Wish.DUE, ("A", 3), 2),)),
        (limits_of(20, first_period_at_least=3), (Clash(Wish.FIRST_PERIOD, number=3),)),
    ],
)
def test_exactly_what_is_broken_is_named(limits: Limits, clash: tuple[Clash, ...]) -> None:
    problem = a_problem(AREAS, STEPS, (), limits, MORE)
    assert violations(problem, starting(problem, A2=1, B2=1, A3=2)) == clash


def test_a_date_within_the_horizon_is_missed_by_a_step_left_for_later() -> None:
    limits = limits_of(20, due={("A", 2): 8, ("B", 2): 9})
    problem = a_problem(AREAS, STEPS, (), limits)
    assert violations(problem, starting(problem)) == (Clash(Wish.DUE, ("A", 2), 8),)


@pytest.mark.parametrize(
    ("starts", "keeps"),
    [
        ({"A2": 1, "A3": 2, "B2": 1}, True),
        ({"A2": 2, "A3": 2}, False),
        ({"A3": 2}, False),
        ({"A2": 1, "A3": 7}, True),
        ({"A2": 1, "A3": 8}, False),
        ({"A2": 0}, False),
        ({}, True),
    ],
)
def test_steps_stand_within_the_horizon_and_after_what_they_need(
    starts: dict[str, int], keeps: bool
) -> None:
    problem = a_problem(AREAS, STEPS)
    assert keeps_order(problem, starting(problem, **starts)) is keeps


def test_a_step_counts_from_its_last_period_on() -> None:
    problem = a_problem(AREAS, STEPS)
    assert value_of(problem, starting(problem, A2=1, A3=2, B2=8)) == 8 + 6 + 6
