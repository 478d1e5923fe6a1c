"""Build a planning problem from areas, prerequisites, attributes of steps, and limits.

Source of the rules: our method, section 8.1.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from math import floor

from app.errors import InvalidInput
from app.model.circles import CIRCLE
from app.planning.problem import (
    DEFAULT_BENEFIT,
    DEFAULT_DURATION,
    DEFAULT_EFFORT,
    ImpliedTarget,
    Limits,
    PlannedArea,
    PlannedStep,
    Problem,
    StepKey,
)
from app.words.texts import N_

Requires = Mapping[StepKey, Sequence[StepKey]]
"""Step to the steps that have to end before it begins."""


@dataclass(frozen=True, slots=True)
class Need:
    """A prerequisite: ``step`` can begin only after its area ``requires[0]`` is at a level."""

    step: StepKey
    requires: StepKey


@dataclass(frozen=True, slots=True)
class StepAttributes:
    """Attributes of a step; effort in person-days, duration in periods."""

    benefit: Fraction = DEFAULT_BENEFIT
    effort: Fraction = DEFAULT_EFFORT
    duration: int = DEFAULT_DURATION
    cost: Fraction = Fraction(0)
    team: str = ""


class StepCircle(InvalidInput):
    """Steps that wait for each other; ``path`` ends with the step that it begins with.

    Each step of the path needs the next one.
    """

    def __init__(
        self,
        path: Sequence[StepKey],
        name_of: Callable[[StepKey], str] = lambda key: f"{key[0]} {key[1]}",
    ) -> None:
        super().__init__(CIRCLE, steps=" → ".join(map(name_of, path)))
        self.path = tuple(path)


def problem_of(
    areas: Sequence[PlannedArea],
    needs: Iterable[Need],
    attributes: Mapping[StepKey, StepAttributes],
    limits: Limits,
) -> Problem:
    """The steps from current to target levels with all they need.

    ``areas`` are the scored ones that apply, in model order; a prerequisite on any other area
    does not block. Targets are raised to what planned steps require of other areas. Attributes,
    pins and fixed dates of levels that are not planned are left out. Raises ``StepCircle``.
    """
    raised, implied, requires = _closure(areas, needs)
    refuse_circles(requires)
    steps = tuple(_steps(raised, attributes))
    planned = {step.key for step in steps}
    return Problem(
        areas=raised,
        steps=steps,
        requires={step.key: requires[step.key] for step in steps},
        limits=replace(
            limits,
            pins={key: period for key, period in limits.pins.items() if key in planned},
            due={key: period for key, period in limits.due.items() if key in planned},
        ),
        implied=implied,
    )


TOO_MANY_FIGURES = N_("There are {count} figures for {periods} periods.")


def periodic(figures: Sequence[Fraction], periods: int) -> tuple[Fraction, ...]:
    """One figure per period; the last one given goes on to the end."""
    known = figures[:periods]
    return (*known, *(figures[-1],) * (periods - len(known)))


def with_blocks(capacity: Sequence[Fraction], blocked: frozenset[int]) -> tuple[Fraction, ...]:
    """The capacity per period, 0 in blocked periods (counted from 1)."""
    return tuple(
        Fraction(0) if period in blocked else figure for period, figure in enumerate(capacity, 1)
    )


def refuse_circles(requires: Requires) -> None:
    """Raise ``StepCircle`` if steps wait for each other."""
    try:
        TopologicalSorter(requires).prepare()
    except CycleError as error:
        raise StepCircle(error.args[1][::-1]) from None


def _closure(
    areas: Sequence[PlannedArea], needs: Iterable[Need]
) -> tuple[tuple[PlannedArea, ...], tuple[ImpliedTarget, ...], dict[StepKey, tuple[StepKey, ...]]]:
    """Areas with the targets that planned steps imply, those targets, and what each step needs."""
    needed: dict[StepKey, list[StepKey]] = {}
    for need in needs:
        needed.setdefault(need.step, []).append(need.requires)
    levels = {area.id: area.current for area in areas}
    planned_to = {area.id: max(area.target, floor(area.current)) for area in areas}
    implied: dict[str, ImpliedTarget] = {}
    requires: dict[StepKey, tuple[StepKey, ...]] = {}
    pending = deque(
        (area.id, level)
        for area in areas
        for level in range(floor(area.current) + 1, planned_to[area.id] + 1)
    )
    while pending:
        step = pending.popleft()
        area_id, level = step
        before = [(area_id, level - 1)] if level - 1 > levels[area_id] else []
        for other, required in needed.get(step, ()):
            if other not in levels or levels[other] >= required:
                continue
            before.append((other, required))
            if required > planned_to[other]:
                pending.extend((other, more) for more in range(planned_to[other] + 1, required + 1))
                planned_to[other] = required
                implied[other] = ImpliedTarget(other, required, step)
        requires[step] = tuple(dict.fromkeys(before))
    return (
        tuple(
            replace(area, target=planned_to[area.id]) if area.id in implied else area
            for area in areas
        ),
        tuple(implied[area.id] for area in areas if area.id in implied),
        requires,
    )


def _steps(
    areas: Iterable[PlannedArea], attributes: Mapping[StepKey, StepAttributes]
) -> Iterator[PlannedStep]:
    """Steps in model order; the first one of an area may begin at a half level."""
    usual = StepAttributes()
    for area in areas:
        begin = area.current
        for level in range(floor(area.current) + 1, area.target + 1):
            own = attributes.get((area.id, level), usual)
            yield PlannedStep(
                key=(area.id, level),
                from_level=begin,
                weight=area.weight,
                gap=area.target - level + 1,
                benefit=own.benefit,
                effort=own.effort,
                duration=own.duration,
                cost=own.cost,
                team=own.team,
            )
            begin = Fraction(level)
