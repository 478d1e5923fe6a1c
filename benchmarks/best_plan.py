"""The best plan of 22 areas against bare HiGHS."""

from __future__ import annotations

import statistics
from fractions import Fraction
from functools import partial

from app.planning.best import best_plan
from app.planning.by_priority import plan_by_priority
from app.planning.plan import Plan, PlanStatus
from app.planning.problem import Problem
from app.planning.solver import Program, load, model_of, silent_solver
from app.planning.time_indexed import TimeIndexed, scaled
from benchmarks.measure import Row, milliseconds
from benchmarks.plans import random_problem

INSTANCES = 200
COMPARED = 15
"""Problems that bare HiGHS gets, too, which takes longer."""


def measure() -> list[Row]:
    """Search for the best plan of seeded problems."""
    problems = [random_problem(seed) for seed in range(INSTANCES)]
    load()
    bare: list[float] = []
    times: list[float] = []
    plans: list[Plan] = []
    for problem in problems:
        if len(bare) < COMPARED:
            bare.append(milliseconds(partial(_bare, problem)))
        times.append(milliseconds(lambda: plans.append(best_plan(problem))))  # noqa: B023
    return [
        Row(
            "best plan of 22 areas, ties decided and rechecked",
            statistics.median(times[:COMPARED]),
            statistics.median(bare),
            "ms",
            1,
            _note(plans, times),
        )
    ]


def _bare(problem: Problem) -> None:
    """The best value alone, with HiGHS as it comes but for one thread and no gap."""
    model = TimeIndexed(problem)
    most = Fraction(model.most(model.values))
    worths = scaled(model.values, most).coefficients
    highs = silent_solver()
    for option, value in {"threads": 1, "parallel": "off", "mip_rel_gap": 0.0}.items():
        highs.setOptionValue(option, value)
    highs.passModel(model_of(Program(len(model.variables), worths, model.rows)))
    highs.run()


def _note(plans: list[Plan], times: list[float]) -> str:
    proven = sum(plan.status is PlanStatus.PROVEN for plan in plans)
    shares = [plan_by_priority(plan.problem).value / plan.value for plan in plans if plan.value]
    steps = [len(plan.problem.steps) for plan in plans]
    ordered = sorted(times)
    return (
        f"{proven} of {len(plans)} proven best ({min(steps)} to {max(steps)} steps); median"
        f" {statistics.median(times):.0f} ms, 95 of 100 within"
        f" {ordered[len(ordered) * 95 // 100]:.0f} ms, longest {ordered[-1]:.0f} ms; by priority"
        f" {float(statistics.mean(shares)):.1%} of the best value, at worst"
        f" {float(min(shares)):.1%}"
    )
