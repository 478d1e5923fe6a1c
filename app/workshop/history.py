"""Changes to a session: edits, how they are applied, and the undo history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from app.errors import InvalidInput, NotFound
from app.model.maturity_model import MaturityModel
from app.session.checkpoints import Checkpoint
from app.session.session import Session, field_of
from app.words.texts import N_


class Origin(StrEnum):
    """How a change came about: made, undone or redone."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Edit:
    """One field that goes from one value to another.

    ``area_id`` is ``None`` for a field of the session itself. ``field`` and its values are those
    of the declaration in :class:`Rating` or :class:`Session`.
    """

    area_id: str | None
    field: str
    before: object
    after: object

    def inverse(self) -> Edit:
        """The edit that leads back."""
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True)
class Change:
    """One step of work: edits that are stored, undone and redone together.

    ``id`` makes a retry idempotent: a change is stored once. ``reverses`` names the change that
    an undo or redo refers to. Consecutive changes with the same ``merge_key`` (a new one per
    burst of typing) are one step for undo. ``at`` is the time of a change that was read from a
    log; it does not take part in comparisons.
    """

    id: str
    session_id: str
    edits: tuple[Edit, ...]
    origin: Origin = Origin.DO
    merge_key: str = ""
    reverses: str = ""
    at: datetime | None = field(default=None, compare=False)

    @property
    def area_ids(self) -> frozenset[str]:
        """The areas that look different afterwards; empty for a change of details only."""
        return frozenset(edit.area_id for edit in self.edits if edit.area_id is not None)


def new_change(session_id: str, edits: Iterable[Edit], merge_key: str = "") -> Change:
    """A change that is made now."""
    return Change(uuid4().hex, session_id, tuple(edits), merge_key=merge_key)


def apply_change(session: Session, change: Change) -> Session:
    """The session after the change: the only place where edits are applied.

    Raises ``InvalidInput`` for an unknown area or field, a value of another type, and where the
    session is not in the state that the change expects, so that nothing is overwritten unseen.
    """
    for edit in change.edits:
        session = _apply_edit(session, edit)
    return session


def taken_back(session: Session, changes: Iterable[Change]) -> Session:
    """The session as it was before these changes, which led to it in this order.

    Raises ``InvalidInput`` where they did not.
    """
    for change in reversed(tuple(changes)):
        edits = tuple(edit.inverse() for edit in reversed(change.edits))
        session = apply_change(session, replace(change, edits=edits))
    return session


def state_at(session: Session, changes: Sequence[Change], checkpoint: Checkpoint) -> Session:
    """The session as it was when a checkpoint was set; ``changes`` is its whole log.

    Raises ``NotFound`` for a checkpoint that the log does not set.
    """
    # The first time counts: undoing a removal sets it, too, but at another moment.
    for number, change in enumerate(changes, start=1):
        if any(checkpoint in checkpoints_set_by(edit) for edit in change.edits):
            return taken_back(session, changes[number:])
    raise NotFound(N_("There is no checkpoint “{name}”."), name=checkpoint.name)


def checkpoints_set_by(edit: Edit) -> tuple[Checkpoint, ...]:
    """The checkpoints that are there after an edit and were not before; mostly none or one."""
    if edit.field != "milestones" or not isinstance(edit.after, tuple):
        return ()
    before = edit.before if isinstance(edit.before, tuple) else ()
    return tuple(checkpoint for checkpoint in edit.after if checkpoint not in before)


def typed_edit(edit: Edit, model: MaturityModel) -> Edit:
    """The edit with both values as they are stored.

    Raises ``InvalidInput`` for an unknown area or field and a value of another type.
    """
    if edit.area_id is not None:
        check_area(model, edit.area_id)
    of_edit = field_of(edit.area_id, edit.field).type.of_edit
    return replace(edit, before=of_edit(edit.before, model), after=of_edit(edit.after, model))


def _apply_edit(session: Session, edit: Edit) -> Session:
    edit = typed_edit(edit, session.model)
    if session.value(edit.area_id, edit.field) != edit.before:
        raise InvalidInput(N_("This was changed elsewhere in the meantime. Please look again."))
    values: dict[str, Any] = {edit.field: edit.after}
    if edit.area_id is None:
        return replace(session, **values)
    return session.with_rating(replace(session.rating(edit.area_id), **values))


def check_area(model: MaturityModel, area_id: str) -> None:
    """Raise ``InvalidInput`` for an area that the model does not have."""
    if not model.has_area(area_id):
        raise InvalidInput(N_("The model has no area “{area}”."), area=area_id)


class History:
    """Undo and redo stacks; pure bookkeeping, rebuilt from the change log."""

    def __init__(self, changes: Iterable[Change] = ()) -> None:
        self._done: list[Change] = []
        self._undone: list[Change] = []
        for change in changes:
            self.record(change)

    @property
    def depth(self) -> int:
        """Number of steps that undo can take back."""
        return len(self._done)

    @property
    def undoable(self) -> Change | None:
        """The step that undo takes back."""
        return self._done[-1] if self._done else None

    @property
    def redoable(self) -> Change | None:
        """The step that redo makes again."""
        return self._undone[-1] if self._undone else None

    def record(self, change: Change) -> None:
        """Push a change that has been stored."""
        if change.origin is Origin.UNDO:
            self._undone.append(self._done.pop())
        elif change.origin is Origin.REDO:
            self._done.append(self._undone.pop())
        elif self._joins(change):
            step = _joined(self._done.pop(), change)
            # Typing that ends where it began leaves nothing to undo.
            if step.edits:
                self._done.append(step)
            self._undone.clear()
        else:
            self._done.append(change)
            self._undone.clear()

    def undo_change(self) -> Change | None:
        """The change that undo would store; ``None`` when there is nothing to undo."""
        step = self.undoable
        if step is None:
            return None
        edits = tuple(edit.inverse() for edit in reversed(step.edits))
        return Change(uuid4().hex, step.session_id, edits, Origin.UNDO, reverses=step.id)

    def redo_change(self) -> Change | None:
        """The change that redo would store; ``None`` when there is nothing to redo."""
        step = self.redoable
        if step is None:
            return None
        return replace(
            step, id=uuid4().hex, origin=Origin.REDO, reverses=step.id, merge_key="", at=None
        )

    def _joins(self, change: Change) -> bool:
        return bool(
            change.merge_key and self._done and self._done[-1].merge_key == change.merge_key
        )


def _joined(first: Change, second: Change) -> Change:
    """Both as one step: the first values before, the last values after, without no-op edits."""
    edits: dict[tuple[str | None, str], Edit] = {}
    for edit in (*first.edits, *second.edits):
        key = (edit.area_id, edit.field)
        known = edits.get(key)
        edits[key] = replace(known, after=edit.after) if known else edit
    moved = tuple(edit for edit in edits.values() if edit.before != edit.after)
    return replace(first, edits=moved)
