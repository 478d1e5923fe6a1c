"""200 seeded problems of 22 areas: proven, reproducible, the same value with other seeds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.planning.best import best_plan
from app.planning.by_priority import plan_by_priority
from app.planning.feasibility import keeps_order, value_of, violations
from app.planning.plan import Plan, PlanStatus
from benchmarks.plans import random_problem
from tests.app.planning.samples import assert_begins_as_early_as_possible

REPOSITORY = Path(__file__).parents[3]
PATIENCE = 60.0
EACH = 10
FRESH = """
from app.planning.best import best_plan
from benchmarks.plans import random_problem
for seed in range({first}, {last}):
    plan = best_plan(random_problem(seed), time_limit={patience})
    print(plan.value, *plan.starts.values())
"""


@pytest.fixture(scope="module", params=range(0, 200, EACH))
def seeds(request: pytest.FixtureRequest) -> range:
    return range(request.param, request.param + EACH)


@pytest.fixture(scope="module")
def plans(seeds: range) -> list[Plan]:
    return [best_plan(random_problem(seed), time_limit=PATIENCE) for seed in seeds]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_best_plans_are_proven_keep_everything_and_begin_early(plans: list[Plan]) -> None:
    for plan in plans:
        problem = plan.problem
        assert plan.status is PlanStatus.PROVEN
        assert plan.value == plan.best_bound == value_of(problem, plan.starts)
        assert plan.value >= plan_by_priority(problem).value
        assert keeps_order(problem, plan.starts)
        assert violations(problem, plan.starts) == ()
        for step in problem.steps:
            assert_begins_as_early_as_possible(plan, step)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_fresh_process_makes_the_same_plans(seeds: range, plans: list[Plan]) -> None:
    program = FRESH.format(first=seeds.start, last=seeds.stop, patience=PATIENCE)
    fresh = subprocess.run(
        [sys.executable, "-c", program],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONHASHSEED": "11"},
        capture_output=True,
        text=True,
        check=True,
    )
    ours = [" ".join(map(str, (plan.value, *plan.starts.values()))) for plan in plans]
    assert fresh.stdout.splitlines() == ours


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_another_seed_of_the_solver_finds_the_same_values(plans: list[Plan]) -> None:
    for plan in plans[::4]:
        other = best_plan(plan.problem, time_limit=PATIENCE, seed=7)
        assert other.value == plan.value
