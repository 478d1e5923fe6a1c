"""Builds planning problems from short notes, and random ones for property tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import floor

from hypothesis import strategies as st

from app.planning.deriving import Need, StepAttributes, problem_of, with_blocks
from app.planning.feasibility import Starts, keeps_order, value_of, violations
from app.planning.plan import Plan, Wish
from app.planning.priorities import by_rank, priorities
from app.planning.problem import Limits, PlannedArea, PlannedStep, Problem, StepKey
from app.session.quarters import Quarter

Number = int | str | Fraction


def key(name: str) -> StepKey:
    """``A3`` is the step of area A to level 3."""
    return name[:-1], int(name[-1])


def name(step: StepKey) -> str:
    """``A3`` for the step of area A to level 3."""
    return f"{step[0]}{step[1]}"


def areas_of(areas: Mapping[str, tuple[Number, Number, int]]) -> list[PlannedArea]:
    """Areas from weight, current level and target."""
    return [
        PlannedArea(id_, Fraction(weight), Fraction(current), target, target)
        for id_, (weight, current, target) in areas.items()
    ]


def limits_of(
    capacity: Number | Sequence[Number],
    periods: int = 8,
    blocked: Sequence[int] = (),
    **more: object,
) -> Limits:
    """Limits with one capacity for all periods, or one for each."""
    figures = (
        [Fraction(each) for each in capacity]
        if isinstance(capacity, (list, tuple))
        else [Fraction(capacity)] * periods  # type: ignore[arg-type]
    )
    blocks = frozenset(blocked)
    return Limits(
        capacity=with_blocks(figures, blocks),
        blocked=blocks,
        unblocked_capacity=tuple(figures),
        **more,  # type: ignore[arg-type]
    )


def a_problem(
    areas: Mapping[str, tuple[Number, Number, int]],
    steps: Mapping[str, tuple[Number, Number, int]] | None = None,
    needs: Sequence[str] = (),
    limits: Limits | None = None,
    more: Mapping[str, Mapping[str, object]] | None = None,
) -> Problem:
    """A problem as the vectors of section 8.4 are written.

    ``areas`` are weight, current level and target; ``steps`` benefit, effort and duration by
    name such as A3; ``needs`` are prerequisites such as ``A4 B2``; ``more`` cost and team.
    """
    named = {
        each: dict(zip(("benefit", "effort", "duration"), values, strict=True))
        for each, values in (steps or {}).items()
    }
    attributes = {
        key(each): StepAttributes(
            benefit=Fraction(named.get(each, {}).get("benefit", 1)),
            effort=Fraction(named.get(each, {}).get("effort", 1)),
            duration=int(named.get(each, {}).get("duration", 1)),
            **(more or {}).get(each, {}),  # type: ignore[arg-type]
        )
        for each in {**named, **(more or {})}
    }
    pairs = [each.split() for each in needs]
    return problem_of(
        areas_of(areas),
        [Need(key(step), key(needed)) for step, needed in pairs],
        attributes,
        limits or limits_of(40),
    )


def starts_of(plan: Plan) -> dict[str, int | None]:
    """First period by name of the step."""
    return {name(step): start for step, start in plan.starts.items()}


#: Vector R1 of our method, section 8.4: areas, steps, prerequisites.
R1_AREAS = {"A": (3, 2, 4), "B": (2, 1, 3), "C": (1, 3, 5), "D": (3, 2, 3)}
R1_STEPS = {
    "A3": (5, 20, 1),
    "A4": (3, 30, 1),
    "B2": (3, 10, 1),
    "B3": (5, 20, 1),
    "C4": (2, 15, 1),
    "C5": (1, 25, 1),
    "D3": (8, 40, 2),
}
R1_NEEDS = ("A4 B2", "A4 D3", "C5 A4")


def r1(limits: Limits | None = None, **more: Mapping[str, Mapping[str, object]]) -> Problem:
    """Vector R1, with capacity 40 and 8 periods unless told otherwise."""
    return a_problem(R1_AREAS, R1_STEPS, R1_NEEDS, limits, **more)


_figures = st.sampled_from([Fraction(n, d) for n in (1, 2, 3, 5, 8, 15, 20, 40) for d in (1, 2)])


@st.composite
def problems(draw: st.DrawFn, most_areas: int = 5, wishes: bool = True) -> Problem:
    """Random problems with limits of every kind; prerequisites lead to earlier areas only."""
    count = draw(st.integers(1, most_areas))
    areas = []
    for index in range(count):
        current = draw(st.sampled_from([1, 2, 3, 4, Fraction(5, 2)]))
        target = draw(st.integers(1, 5))
        areas.append(PlannedArea(f"a{index}", draw(_figures), Fraction(current), target, target))
    needs = []
    for index in range(1, count):
        for _ in range(draw(st.integers(0, 2))):
            other = draw(st.integers(0, index - 1))
            step = (f"a{index}", draw(st.integers(2, 5)))
            needs.append(Need(step, (f"a{other}", draw(st.integers(1, 5)))))
    attributes = {
        (area.id, level): StepAttributes(
            benefit=Fraction(draw(st.sampled_from([1, 2, 3, 5, 8]))),
            effort=draw(_figures),
            duration=draw(st.sampled_from([1, 1, 1, 2, 3])),
            cost=Fraction(draw(st.sampled_from([0, 0, 10, 25]))),
            team=draw(st.sampled_from(["", "ops", "dev"])),
        )
        for area in areas
        for level in range(2, 6)
    }
    periods = draw(st.integers(1, 8))
    keys = [
        (area.id, level)
        for area in areas
        for level in range(floor(area.current) + 1, area.target + 1)
    ]
    wished = (
        st.dictionaries(st.sampled_from(keys), st.integers(1, periods), max_size=3)
        if keys and wishes
        else st.just({})
    )
    return problem_of(
        areas,
        needs,
        attributes,
        limits_of(
            draw(st.lists(_figures, min_size=periods, max_size=periods)),
            blocked=draw(st.lists(st.integers(1, periods), max_size=1)),
            teams=draw(st.sampled_from([{}, {"ops": (Fraction(15),) * periods}])),
            parallel=draw(st.sampled_from([None, None, 1, 3])),
            budgets=draw(st.sampled_from([{}, {2027: Fraction(30)}])),
            start=Quarter(2026, 4),
            pins=draw(wished),
            due=draw(wished),
            first_period_at_least=draw(st.integers(0, 2)) if wishes else 0,
        ),
    )


def best_by_trying(problem: Problem) -> dict[StepKey, int | None] | None:
    """The best plan of a tiny problem, found by trying all; ``None`` if there is none.

    Largest value first, then least Σ (n − rank) · start with *Later* after the last period.
    """
    ranked = priorities(problem.steps, problem.requires)
    order = list(by_rank(problem.requires, lambda each: ranked[each].rank))
    after = problem.limits.periods + 1

    def merit(starts: Starts) -> tuple[Fraction, int]:
        return value_of(problem, starts), -sum(
            (len(ranked) - ranked[each].rank) * (start or after) for each, start in starts.items()
        )

    def plans(starts: dict[StepKey, int | None]) -> Iterator[dict[StepKey, int | None]]:
        if len(starts) == len(order):
            if not violations(problem, starts):
                yield starts
            return
        step = order[len(starts)]
        for start in (None, *range(1, after)):
            longer = {**starts, step: start}
            known = {**dict.fromkeys(order), **longer}
            if keeps_order(problem, known):
                yield from plans(longer)

    return max(plans({}), key=merit, default=None)


def broken_limits(problem: Problem, starts: Starts) -> set[Wish]:
    return {clash.wish for clash in violations(problem, starts)} & {
        Wish.CAPACITY,
        Wish.TEAM,
        Wish.PARALLEL,
        Wish.BLOCKED,
        Wish.BUDGET,
    }


def assert_begins_as_early_as_possible(plan: Plan, step: PlannedStep) -> None:
    problem = plan.problem
    ends = [plan.last_period(needed) for needed in problem.requires[step.key]]
    if None in ends:
        assert plan.starts[step.key] is None
        return
    after_all = max((end + 1 for end in ends if end is not None), default=1)
    begin = plan.starts[step.key] or problem.limits.periods - step.duration + 2
    for earlier in range(after_all, begin):
        assert broken_limits(problem, {**plan.starts, step.key: earlier})
