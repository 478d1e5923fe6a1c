"""Seeded planning problems of any size, as workshops leave them."""

from __future__ import annotations

import random
from fractions import Fraction

from app.planning.deriving import Need, StepAttributes, problem_of
from app.planning.problem import Limits, PlannedArea, Problem

EFFORTS = (2, 5, 5, 15, 15, 40, 80)
"""Person-days of the usual classes."""
BENEFITS = (1, 1, 2, 3, 5, 8)
WEIGHTS = (1, 1, 1, 2, 3, 5, Fraction(3, 2), Fraction(1, 3))
CAPACITIES = (40, 50, 60, 80)
"""Person-days per period for 22 areas; more areas have more."""
HIGHEST = 5


def random_problem(seed: int, areas: int = 22, periods: int = 8) -> Problem:
    """About 1.6 steps per area, and a prerequisite in another area for every other one.

    Large steps take two periods. Prerequisites lead to earlier areas only, so that there are no
    circles.
    """
    draw = random.Random(seed)
    planned = []
    for number in range(areas):
        current = draw.randint(1, 3)
        target = min(HIGHEST, current + draw.choice((0, 1, 1, 2, 2, 2, 3)))
        weight = Fraction(draw.choice(WEIGHTS))
        planned.append(PlannedArea(f"a{number}", weight, Fraction(current), target, target))
    attributes = {
        (area.id, level): _attributes(draw)
        for area in planned
        for level in range(int(area.current) + 1, HIGHEST + 1)
    }
    needs = []
    for _ in range(areas // 2):
        needed, step = sorted(draw.sample(range(areas), 2))
        level = draw.randint(2, HIGHEST)
        needs.append(Need((f"a{step}", level), (f"a{needed}", draw.randint(2, level))))
    capacity = Fraction(round(draw.choice(CAPACITIES) * areas / 22))
    return problem_of(planned, needs, attributes, Limits(capacity=(capacity,) * periods))


def _attributes(draw: random.Random) -> StepAttributes:
    effort = draw.choice(EFFORTS)
    return StepAttributes(
        benefit=Fraction(draw.choice(BENEFITS)),
        effort=Fraction(effort),
        duration=2 if effort >= 40 or draw.random() < 0.1 else 1,
    )
