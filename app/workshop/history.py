"""Changes and the way back: what was altered, from what to what, and two stacks to undo it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from app.errors import InvalidInput, NotFound
from app.session.session import Checkpoint, Rating, Session
from app.words.texts import N_

RATING_FIELDS = (
    "level", "target", "weight", "confidence", "note", "not_applicable", "evidence",
)  # fmt: skip
DETAIL_FIELDS = ("title", "date", "language", "scope", "half_levels", "milestones")


class Origin(StrEnum):
    """Whether somebody made a change, took one back, or made it again."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Edit:
    """One field that goes from one value to another.

    ``area_id`` is ``None`` for a field of the session itself (``DETAIL_FIELDS``), otherwise
    ``field`` is one of ``RATING_FIELDS``. The values have the type of the field in
    :class:`Rating` or :class:`Session`.
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

    ``id`` makes a retry harmless: a change is stored once. ``reverses`` names the change that
    an undo or redo refers to. Changes that share a ``merge_key`` (new for each time somebody
    starts typing) and follow one another are one step for the person who undoes them. ``at`` is
    when a change that was read back from a log was made; comparing changes leaves it out.
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
    """A change somebody makes now."""
    return Change(uuid4().hex, session_id, tuple(edits), merge_key=merge_key)


def apply_change(session: Session, change: Change) -> Session:
    """The session as it is after the change.

    Raises ``InvalidInput`` where the session is not as the change expects it (somebody altered
    it in between), so that nothing is overwritten unseen.
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


def _apply_edit(session: Session, edit: Edit) -> Session:
    if edit.area_id is None:
        _expect(getattr(session, edit.field), edit)
        # dataclasses.replace cannot be typed for a field name known only at run time.
        return replace(session, **{edit.field: edit.after})  # type: ignore[arg-type]
    rating: Rating = session.rating(edit.area_id)
    _expect(getattr(rating, edit.field), edit)
    return session.with_rating(replace(rating, **{edit.field: edit.after}))  # type: ignore[arg-type]


def _expect(current: object, edit: Edit) -> None:
    if current != edit.before:
        raise InvalidInput(N_("This was changed elsewhere in the meantime. Please look again."))


class History:
    """The steps that can be undone and redone; pure bookkeeping, rebuilt from the change log."""

    def __init__(self, changes: Iterable[Change] = ()) -> None:
        self._done: list[Change] = []
        self._undone: list[Change] = []
        for change in changes:
            self.record(change)

    @property
    def undoable(self) -> Change | None:
        """The step that undo takes back."""
        return self._done[-1] if self._done else None

    @property
    def redoable(self) -> Change | None:
        """The step that redo makes again."""
        return self._undone[-1] if self._undone else None

    def record(self, change: Change) -> None:
        """Take note of a change that has been stored."""
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
    """Both as one step: the first values before, the last values after, no edit that stays put."""
    edits: dict[tuple[str | None, str], Edit] = {}
    for edit in (*first.edits, *second.edits):
        key = (edit.area_id, edit.field)
        known = edits.get(key)
        edits[key] = replace(known, after=edit.after) if known else edit
    moved = tuple(edit for edit in edits.values() if edit.before != edit.after)
    return replace(first, edits=moved)
