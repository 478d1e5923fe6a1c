"""Growth of the plan by priority, from 250 areas to 4,000."""

from __future__ import annotations

import random
import statistics
from fractions import Fraction

from app.planning.by_priority import plan_by_priority
from app.planning.deriving import Need, StepAttributes, problem_of
from app.planning.problem import Limits, PlannedArea, Problem
from benchmarks.measure import ROUNDS, Row, exponent, in_turns, milliseconds

SIZES = (250, 1_000, 4_000)
STEPS_PER_AREA = 3
NEEDS_PER_AREA = 2
PERIODS_PER_AREA = Fraction(1, 5)
"""The horizon grows with the areas, so that the share of steps that is placed stays the same."""

LIMIT = 2.3
"""Per area, from 250 areas to 4,000: 16 to the power of 0.3, for an exponent of 1.3."""


def measure() -> list[Row]:
    """Plan problems of three sizes, of which the middle one is in the note."""
    problems = {size: problem_of_size(size) for size in SIZES}

    def per_area(size: int) -> float:
        return milliseconds(lambda: plan_by_priority(problems[size])) / size

    few, middle, many = SIZES
    ours, bare = in_turns(lambda: per_area(many), lambda: per_area(few))
    of_middle = statistics.median(per_area(middle) for _ in range(ROUNDS))
    took = [size * cost for size, cost in zip(SIZES, (bare, of_middle, ours), strict=True)]
    problem = problems[middle]
    note = (
        f"{middle:,} areas with {len(problem.steps):,} steps and"
        f" {NEEDS_PER_AREA * middle:,} prerequisites {took[1]:.0f} ms;"
        f" exponent {exponent(SIZES, took):.2f}"
    )
    name = f"plan by priority, one of {many:,} areas against one of {few}"
    return [Row(name, ours, bare, "ms", LIMIT, note)]


def problem_of_size(count: int) -> Problem:
    """So many areas with three steps each; prerequisites lead to areas before."""
    draw = random.Random(count)
    areas = [
        PlannedArea(f"a{i}", Fraction(draw.randint(1, 5)), Fraction(1), 4, 4) for i in range(count)
    ]
    needs = []
    for _ in range(NEEDS_PER_AREA * count):
        index = draw.randrange(1, count)
        other = draw.randrange(index)
        needs.append(Need((f"a{index}", draw.randint(2, 4)), (f"a{other}", draw.randint(2, 4))))
    attributes = {
        (area.id, level): StepAttributes(
            benefit=Fraction(draw.choice((1, 2, 3, 5, 8))),
            effort=Fraction(draw.choice((2, 5, 15, 40))),
            duration=draw.choice((1, 1, 2)),
        )
        for area in areas
        for level in range(2, 2 + STEPS_PER_AREA)
    }
    periods = int(count * PERIODS_PER_AREA)
    return problem_of(areas, needs, attributes, Limits(capacity=(Fraction(40),) * periods))
