"""Priorities of steps and their order. Source: our method, section 8.2."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from graphlib import TopologicalSorter
from heapq import heapify, heappop, heappush
from typing import TypeVar

from app.planning.deriving import Requires
from app.planning.plan import Priority
from app.planning.problem import PlannedStep, Problem, StepKey

Rank = TypeVar("Rank", int, tuple[int, int])


def own_priority(step: PlannedStep) -> Fraction:
    """π = weight · gap · benefit / effort."""
    return step.weight * step.gap * step.benefit / step.effort


def priorities(steps: Sequence[PlannedStep], requires: Requires) -> Mapping[StepKey, Priority]:
    """Priority of each step, in order of rank.

    Sort key: inherited priority, own priority, number of steps that wait for it directly or
    through others (all descending), lower level, model order: a total order. A step may rank
    before one that it needs. ``requires`` is free of circles.
    """
    keys = [step.key for step in steps]
    place = {key: index for index, key in enumerate(keys)}
    own = [own_priority(step) for step in steps]
    size = {value: index for index, value in enumerate(sorted(set(own)))}
    sizes = [size[value] for value in own]  # whole numbers compare faster than fractions
    causes = list(range(len(keys)))
    waiting = [0] * len(keys)  # sets of steps as bits
    for key in reversed(list(TopologicalSorter(requires).static_order())):
        index = place[key]
        for needed in map(place.__getitem__, requires[key]):
            waiting[needed] |= waiting[index] | 1 << index
            causes[needed] = max(
                causes[needed], causes[index], key=lambda each: (sizes[each], each == needed, -each)
            )
    unlocks = [bits.bit_count() for bits in waiting]
    order = sorted(
        range(len(keys)),
        key=lambda i: (-sizes[causes[i]], -sizes[i], -unlocks[i], keys[i][1], i),
    )
    return {
        keys[i]: Priority(own[i], own[causes[i]], keys[causes[i]], unlocks[i], rank)
        for rank, i in enumerate(order)
    }


def successors(requires: Requires) -> dict[StepKey, list[StepKey]]:
    """Step to the steps that directly wait for it, those outside of ``requires`` included."""
    waiting: dict[StepKey, list[StepKey]] = {key: [] for key in requires}
    for key, needed in requires.items():
        for each in needed:
            waiting.setdefault(each, []).append(key)
    return waiting


def by_start(
    problem: Problem, starts: Mapping[StepKey, int | None], ranked: Mapping[StepKey, Priority]
) -> Iterator[StepKey]:
    """Steps by first period, those for later last, then by rank; each after all that it needs."""
    later = problem.limits.periods + 1
    return by_rank(problem.requires, lambda key: (starts[key] or later, ranked[key].rank))


def by_rank(requires: Requires, rank: Callable[[StepKey], Rank]) -> Iterator[StepKey]:
    """Steps by rank, each after all that it needs: again and again the first that waits for none.

    ``rank`` differs from step to step. What steps outside of ``requires`` hold back is ignored.
    """
    waits_for = {
        key: sum(needed in requires for needed in all_needed)
        for key, all_needed in requires.items()
    }
    waiting = successors(requires)
    ready = [(rank(key), key) for key, count in waits_for.items() if not count]
    heapify(ready)
    while ready:
        _, key = heappop(ready)
        yield key
        for each in waiting[key]:
            waits_for[each] -= 1
            if not waits_for[each]:
                heappush(ready, (rank(each), each))
