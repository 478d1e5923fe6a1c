"""Reasons why steps of a plan are left for later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate

from app.planning.feasibility import Starts, last_period
from app.planning.ledger import booked
from app.planning.plan import Reason, Unscheduled, Wish
from app.planning.problem import PlannedStep, Problem, StepKey


def reasons_for_later(problem: Problem, starts: Starts) -> Mapping[StepKey, Reason]:
    """The reason of every step without a start, in model order."""
    room = _Room(problem, starts)
    largest = max(problem.limits.capacity)
    of_teams = {team: max(amounts) for team, amounts in problem.limits.teams.items()}
    return {
        step.key: _too_big(step, problem.limits.periods, largest, of_teams)
        or _held_back(problem, starts, step)
        or room.reason_against(step)
        for step in problem.steps
        if starts[step.key] is None
    }


def _too_big(
    step: PlannedStep, periods: int, largest: Fraction, of_teams: Mapping[str, Fraction]
) -> Reason | None:
    """The reason if the step could not even be placed alone."""
    if step.duration > periods:
        return Reason(Unscheduled.TOO_LONG)
    if step.demand > largest:
        return Reason(Unscheduled.TOO_LARGE, largest)
    if step.team in of_teams and step.demand > of_teams[step.team]:
        return Reason(Unscheduled.TOO_LARGE, of_teams[step.team], Wish.TEAM)
    return None


def _held_back(problem: Problem, starts: Starts, step: PlannedStep) -> Reason | None:
    """The reason if the step waits for one left for later, or is pinned."""
    for needed in problem.requires[step.key]:
        if starts[needed] is None:
            return Reason(Unscheduled.WAITS, step=needed)
    if step.key in problem.limits.pins:
        return Reason(Unscheduled.PIN)
    return None


class _Room:
    """The room that a plan leaves for further steps."""

    def __init__(self, problem: Problem, starts: Starts) -> None:
        self._problem = problem
        self._starts = starts
        self._ledger = booked(problem, starts)
        limits = problem.limits
        self._without_blocks = (
            booked(replace(problem, limits=replace(limits, capacity=unblocked)), starts)
            if limits.blocked and (unblocked := limits.unblocked_capacity)
            else None
        )
        self._most_left: dict[str, list[Fraction]] = {}

    def reason_against(self, step: PlannedStep) -> Reason:
        """The reason against a step if all that it needs is placed."""
        ends = {
            needed: last_period(self._problem.step(needed), start)
            for needed in self._problem.requires[step.key]
            if (start := self._starts[needed]) is not None
        }
        earliest = max(ends.values(), default=0) + 1
        if earliest + step.duration - 1 > self._problem.limits.periods:
            return Reason(Unscheduled.TOO_LATE, step=max(ends, key=ends.__getitem__))
        if self._ledger.first_start(step, earliest) is not None:
            return Reason(Unscheduled.NOT_WORTH)
        free = self._most_left_from(earliest, step.team)
        return Reason(Unscheduled.NO_ROOM, free, self._binding(step, earliest))

    def _most_left_from(self, earliest: int, team: str) -> Fraction:
        """The most person-days that are left in a period from ``earliest`` on."""
        if team not in self._most_left:
            backwards = accumulate(reversed(self._ledger.left_for(team)), max)
            self._most_left[team] = list(backwards)[::-1]
        return self._most_left[team][earliest - 1]

    def _binding(self, step: PlannedStep, earliest: int) -> Wish:
        """The kind of limit without which the step would fit; capacity where several bind."""
        if self._without_blocks and self._without_blocks.first_start(step, earliest) is not None:
            return Wish.BLOCKED
        for wish in (Wish.CAPACITY, Wish.TEAM, Wish.PARALLEL, Wish.BUDGET):
            if self._ledger.first_start(step, earliest, without=wish) is not None:
                return wish
        return Wish.CAPACITY
