"""Circles among prerequisites, of a model or of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from app.words.texts import N_

CIRCLE = N_("These prerequisites form a circle, so none can be met: {steps}")

Step = tuple[str, int]
"""An area and one of its levels."""
Place = tuple[str | int, ...]
"""Place of a prerequisite: keys and list positions; circles are reported in this order."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A prerequisite: the step, what it needs, and its place."""

    step: Step
    needs: Step
    place: Place


@dataclass(frozen=True, slots=True)
class Circle:
    """Steps of which each needs the next, the first one repeated at the end."""

    steps: tuple[Step, ...]
    place: Place


def circles(edges: list[Edge], scale: Set[int]) -> Iterator[Circle]:
    """Circles of prerequisites, counting that every level needs the one below it.

    Each begins with the prerequisite that comes first. The last one of a circle is
    removed before searching for the next circle.
    """
    place_by_pair = {(edge.step, edge.needs): edge.place for edge in edges}
    while True:
        try:
            TopologicalSorter(_needs_by_step(place_by_pair, scale)).prepare()
        except CycleError as error:
            steps = error.args[1][:0:-1]  # from step to need; the first one is repeated there
        else:
            return
        pairs = [*pairwise(steps), (steps[-1], steps[0])]
        declared = sorted(place_by_pair.keys() & pairs, key=place_by_pair.__getitem__)
        start = pairs.index(declared[0])
        yield Circle((*steps[start:], *steps[:start], steps[start]), place_by_pair[declared[0]])
        del place_by_pair[declared[-1]]


def _needs_by_step(pairs: Iterable[tuple[Step, Step]], scale: Set[int]) -> dict[Step, list[Step]]:
    needs: dict[Step, list[Step]] = {}
    for step, need in pairs:
        needs.setdefault(step, []).append(need)
    for area, level in {each: None for pair in pairs for each in pair}:
        for upper in range(level, min(scale, default=level), -1):
            needs.setdefault((area, upper), []).append((area, upper - 1))
    return needs
