"""Roadmap steps: every gap is split into steps of one level, ordered by priority.

Source of the rule: our method, section 8.2, after CMMI and C2M2 (levels subsume lower ones) and
OWASP SAMM (weights and prerequisites). Scheduling into quarters is not part of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from graphlib import TopologicalSorter
from heapq import heappop, heappush
from math import floor

from app.figures.scoring import Profile
from app.model.maturity_model import Action, Prerequisite
from app.session.session import Session

DEFAULT_BENEFIT = Fraction(1)
DEFAULT_EFFORT = Fraction(1)

StepKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A prerequisite of a step in another area, and its state.

    ``is_met`` when that area is there already or not applicable; ``needs_scoring`` when nobody
    knows yet, which does not hold the step back.
    """

    prerequisite: Prerequisite
    is_met: bool
    needs_scoring: bool
    not_applicable: bool


@dataclass(frozen=True, slots=True)
class Step:
    """Raise one area to ``to_level``; ``from_level`` is the level it starts from.

    ``priority`` is π = weight · (target − to_level + 1) · benefit / effort;
    ``inherited_priority`` is the highest priority among the step and all that wait for it.
    """

    area_id: str
    from_level: Fraction
    to_level: int
    priority: Fraction
    inherited_priority: Fraction
    unlocks: int
    actions: tuple[Action, ...]
    requirements: tuple[Requirement, ...]

    @property
    def key(self) -> StepKey:
        """Area and level the step leads to."""
        return self.area_id, self.to_level


def roadmap(session: Session, figures: Profile) -> tuple[Step, ...]:
    """All steps from current to target levels, most urgent first.

    Again and again the first step by the sort key is taken from those that wait for no other
    step on the list. Sort key: inherited priority, own priority, number of steps that wait for
    it (all descending), lower level first, model order. That is a total order, so the result is
    the same every time.
    """
    open_levels = dict(_open_levels(session, figures))
    successors = _successors(session, open_levels)
    followers = {key: _reachable(key, successors) for key in open_levels}
    own = {key: _priority(key, figures) for key in open_levels}
    inherited = {key: max([own[key], *(own[s] for s in followers[key])]) for key in open_levels}
    rank = {
        key: (
            -inherited[key],
            -own[key],
            -len(followers[key]),
            key[1],
            session.model.position_of(key[0]),
        )
        for key in open_levels
    }
    asked = _prerequisites_by_step(session)
    return tuple(
        Step(
            area_id=key[0],
            from_level=open_levels[key],
            to_level=key[1],
            priority=own[key],
            inherited_priority=inherited[key],
            unlocks=len(followers[key]),
            actions=session.model.area(key[0]).actions_to(key[1]),
            requirements=tuple(_requirement(p, figures) for p in asked.get(key, ())),
        )
        for key in _in_order(successors, rank)
    )


def _prerequisites_by_step(session: Session) -> dict[StepKey, list[Prerequisite]]:
    asked: dict[StepKey, list[Prerequisite]] = {}
    for prerequisite in session.model.prerequisites:
        asked.setdefault((prerequisite.area_id, prerequisite.level), []).append(prerequisite)
    return asked


def _requirement(prerequisite: Prerequisite, figures: Profile) -> Requirement:
    area = figures.area(prerequisite.required_area_id)
    reached = area.level is not None and area.level >= prerequisite.required_level
    return Requirement(
        prerequisite,
        is_met=reached or not area.is_applicable,
        needs_scoring=area.is_applicable and area.level is None,
        not_applicable=not area.is_applicable,
    )


def _open_levels(session: Session, figures: Profile) -> Iterator[tuple[StepKey, Fraction]]:
    """Each step with the level it starts from; the first step may start from a half level."""
    for area in figures.areas:
        if area.level is None:
            continue
        start = area.level
        for level in range(floor(area.level) + 1, area.target + 1):
            yield (area.area_id, level), start
            start = Fraction(level)


def _priority(key: StepKey, figures: Profile) -> Fraction:
    area = figures.area(key[0])
    return area.weight * (area.target - key[1] + 1) * DEFAULT_BENEFIT / DEFAULT_EFFORT


def _successors(
    session: Session, open_levels: Mapping[StepKey, Fraction]
) -> dict[StepKey, tuple[StepKey, ...]]:
    """Step to the steps that directly wait for it."""
    waiting: dict[StepKey, list[StepKey]] = {key: [] for key in open_levels}
    for area_id, level in open_levels:
        if (area_id, level + 1) in open_levels:
            waiting[area_id, level].append((area_id, level + 1))
    for prerequisite in session.model.prerequisites:
        needed = (prerequisite.required_area_id, prerequisite.required_level)
        step = (prerequisite.area_id, prerequisite.level)
        if needed in open_levels and step in open_levels:
            waiting[needed].append(step)
    return {key: tuple(steps) for key, steps in waiting.items()}


def _reachable(key: StepKey, successors: Mapping[StepKey, tuple[StepKey, ...]]) -> set[StepKey]:
    """All steps that wait for this one, directly or through others."""
    found: set[StepKey] = set()
    pending = list(successors[key])
    while pending:
        step = pending.pop()
        if step not in found:
            found.add(step)
            pending.extend(successors[step])
    return found


def _in_order(
    successors: Mapping[StepKey, tuple[StepKey, ...]],
    rank: Mapping[StepKey, tuple[Fraction | int, ...]],
) -> Iterator[StepKey]:
    """Steps by rank, each after all it waits for (a topological order with priorities).

    Models are free of cycles (checked when they are read), so every step is reached.
    """
    sorter = TopologicalSorter(dict.fromkeys(successors, ()))
    for key, steps in successors.items():
        for step in steps:
            sorter.add(step, key)
    sorter.prepare()
    ready: list[tuple[tuple[Fraction | int, ...], StepKey]] = []
    while sorter.is_active():
        for key in sorter.get_ready():
            heappush(ready, (rank[key], key))
        _, key = heappop(ready)
        yield key
        sorter.done(key)
