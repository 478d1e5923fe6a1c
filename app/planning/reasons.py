"""Reasons why steps of a plan are left for later."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import accumulate

from app.planning.feasibility import Starts, last_period
from app.planning.ledger import BindingLimits
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
        self._binding = BindingLimits(problem, starts)
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
        limit = self._binding.limit(step, earliest)
        if limit is None:
            return Reason(Unscheduled.NOT_WORTH)
        return Reason(Unscheduled.NO_ROOM, self._most_left_from(earliest, step.team), limit)

    def _most_left_from(self, earliest: int, team: str) -> Fraction:
        """The most person-days that are left in a period from ``earliest`` on."""
        if team not in self._most_left:
            backwards = accumulate(reversed(self._binding.ledger.left_for(team)), max)
            self._most_left[team] = list(backwards)[::-1]
        return self._most_left[team][earliest - 1]
