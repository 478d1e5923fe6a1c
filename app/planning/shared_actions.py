"""Actions that serve several steps: one id, and the same text, effort and state everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from app.planning.efforts import step_actions
from app.planning.problem import StepKey
from app.session.session import Session
from app.session.step_details import PlannedAction


def shareable_actions(
    session: Session, key: StepKey, steps: Iterable[StepKey]
) -> Iterator[tuple[StepKey, PlannedAction]]:
    """Actions of other steps that a step could use as well, each with the first that has it."""
    seen = {action.id for action in step_actions(session, key)}
    for other in steps:
        for action in step_actions(session, other):
            if action.id not in seen:
                seen.add(action.id)
                yield other, action


def with_same_actions(
    session: Session, key: StepKey, actions: Iterable[PlannedAction]
) -> Mapping[StepKey, tuple[PlannedAction, ...]]:
    """Actions of the other steps that change with those of ``key``: the ones they share."""
    changed = {action.id: action for action in actions}
    found = {}
    for other in _steps_with(session, changed.keys()):
        before = step_actions(session, other)
        after = tuple(changed.get(action.id, action) for action in before)
        if other != key and after != before:
            found[other] = after
    return found


def _steps_with(session: Session, ids: Iterable[str]) -> Iterator[StepKey]:
    """Steps that have one of these actions, of their own or of the model."""
    wanted = frozenset(ids)
    for area in session.model.areas:
        own = {step.level: step.actions for step in session.rating(area.id).steps}
        proposed: dict[int, set[str]] = {}
        for action in area.actions:
            proposed.setdefault(action.to_level, set()).add(action.id)
        for level in sorted(own.keys() | proposed.keys()):
            actions = own.get(level)
            present = (
                proposed.get(level, set()) if actions is None else {each.id for each in actions}
            )
            if present & wanted:
                yield area.id, level
