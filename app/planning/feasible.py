"""Find any plan that keeps all wishes and limits, or prove that there is none."""

from __future__ import annotations

from dataclasses import dataclass

from app.planning.by_priority import plan_by_priority
from app.planning.feasibility import Starts, holds
from app.planning.problem import Problem
from app.planning.solver import Deadline, Ending
from app.planning.time_indexed import TimeIndexed, is_searchable


@dataclass(frozen=True)
class Attempt:
    """Starts of a plan, or a proof that there is none; neither if that could not be decided."""

    starts: Starts | None = None
    is_impossible: bool = False


def find_plan(problem: Problem, deadline: Deadline) -> Attempt:
    """A plan that keeps everything; by priority if that is one, else searched by the solver."""
    by_priority = plan_by_priority(problem)
    if not by_priority.clash:
        return Attempt(by_priority.starts)
    if not is_searchable(problem):
        return Attempt()
    model = TimeIndexed(problem)
    if model.is_impossible:
        return Attempt(is_impossible=True)
    answer = model.search({}, deadline)
    if answer is None:
        return Attempt()
    if answer.chosen is None:
        return Attempt(is_impossible=answer.ending is Ending.INFEASIBLE)
    starts = model.starts(answer.chosen)
    return Attempt(starts if holds(problem, starts) else None)
