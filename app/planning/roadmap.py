"""The steps of a session in the order of priority, each after all that it needs.

The order of every list without quarters: JSON, command line, results. When steps begin is up to
the plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.planning.deriving import Need
from app.planning.plan import Priority
from app.planning.priorities import by_rank, priorities
from app.planning.problem import OfStep, PlannedArea, StepKey
from app.planning.session_problem import needs_of, session_problem
from app.session.session import Session


@dataclass(frozen=True, slots=True)
class Requirement:
    """A level that a step needs in another area, and its state.

    ``is_met`` when that area is there already or not applicable; ``needs_scoring`` when it has
    no level yet, which does not hold the step back.
    """

    area_id: str
    level: int
    is_met: bool
    needs_scoring: bool
    not_applicable: bool


@dataclass(frozen=True, slots=True)
class RoadmapStep(OfStep):
    """A step with its priority and what it needs.

    ``needed_by`` is the step that needs it, if it leads beyond the agreed target.
    """

    priority: Priority
    needed_by: StepKey | None
    requirements: tuple[Requirement, ...]


def roadmap(session: Session) -> tuple[RoadmapStep, ...]:
    """All steps from current to target levels, most urgent first.

    Again and again the first by rank is taken from those that wait for no other step on the list.
    Raises ``StepCircle``.
    """
    problem = session_problem(session)
    ranked = priorities(problem.steps, problem.requires)
    required = requirements(session, {area.id: area for area in problem.areas})
    return tuple(
        RoadmapStep(
            step=problem.step(key),
            priority=ranked[key],
            needed_by=problem.needed_by(key),
            requirements=tuple(required.get(key, ())),
        )
        for key in by_rank(problem.requires, lambda key: ranked[key].rank)
    )


def requirements(
    session: Session, areas: Mapping[str, PlannedArea]
) -> Mapping[StepKey, list[Requirement]]:
    """Requirements of steps in other areas; ``areas`` are those of the planning problem, by id."""
    found: dict[StepKey, list[Requirement]] = {}
    for need in needs_of(session):
        found.setdefault(need.step, []).append(_requirement(session, need, areas))
    return found


def _requirement(session: Session, need: Need, areas: Mapping[str, PlannedArea]) -> Requirement:
    area_id, level = need.requires
    applies = session.rating(area_id).is_applicable
    reached = areas[area_id].current if area_id in areas else None
    return Requirement(
        area_id,
        level,
        is_met=not applies or (reached is not None and reached >= level),
        needs_scoring=applies and reached is None,
        not_applicable=not applies,
    )
