"""Records changes to a running session: store, then undo stacks, then listeners."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from app.errors import InvalidInput, StorageUnavailable, UnusableLibrary
from app.ports import SessionRepository
from app.session.session import Session
from app.session.units import Affiliation
from app.workshop.history import Change, Edit, Origin, apply_change, new_change
from app.workshop.logged_history import LoggedHistory
from app.workshop.validation import Wanted, legal_values, refuse_half_levels


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A change that is not stored: its edits and the error.

    After ``StorageUnavailable`` it waits to be stored, and later changes wait behind it. After
    ``InvalidInput`` it was refused: kept until it is discarded or its fields are set again.
    """

    wanted: tuple[tuple[tuple[str | None, str], object], ...]
    merge_key: str
    reason: StorageUnavailable | InvalidInput


Listener = Callable[[frozenset[str]], None]


class Recording:
    """A session whose changes are stored immediately.

    Order in every path: store, then session and stacks, then listeners. If the store raises,
    nothing else has changed; the change stays in :attr:`unsaved` and is stored by :meth:`retry`.
    If it is refused then, it stays there, too, but holds nothing back.
    Listeners get the ids of the areas that look different; an empty set means details of the
    session or the state of saving.

    A commit can fail although it reached the file. The change is then looked up by its id before
    anything else is stored: if it is there, session and history are reloaded with it.
    """

    def __init__(self, session: Session, repository: SessionRepository) -> None:
        self._session = session
        self._repository = repository
        self._history = _history_of(session, repository)
        self._listeners: list[Listener] = []
        self._waiting: list[Unsaved] = []
        self._refused: list[Unsaved] = []
        self._saved_at: datetime | None = None
        self._step = ""
        self._uncertain: Change | None = None

    @property
    def session(self) -> Session:
        """The session as stored."""
        return self._session

    @property
    def saved_at(self) -> datetime | None:
        """Time of the last acknowledged change; ``None`` before the first."""
        return self._saved_at

    @property
    def unsaved(self) -> tuple[Unsaved, ...]:
        """Changes that were refused and changes that wait to be stored, each oldest first."""
        return (*self._refused, *self._waiting)

    @property
    def refused(self) -> tuple[Unsaved, ...]:
        """Changes that cannot be stored as they are, oldest first."""
        return tuple(self._refused)

    @property
    def undoable(self) -> Change | None:
        """The step that undo takes back."""
        return self._history.undoable

    @property
    def redoable(self) -> Change | None:
        """The step that redo makes again."""
        return self._history.redoable

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Subscribe to changes. Returns an unsubscribe function."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def undo(self) -> None:
        """Undo the last step; no effect when there is none or something is unsaved.

        Raises ``StorageUnavailable`` when it cannot be stored; then nothing has moved.
        """
        self._reverse(Origin.UNDO)

    def redo(self) -> None:
        """Redo the last undone step; like :meth:`undo` otherwise."""
        self._reverse(Origin.REDO)

    def close_step(self) -> None:
        """Close the current undo group of typing."""
        self._step = ""

    def retry(self) -> bool:
        """Store what is unsaved, in order; True if nothing is left.

        A change that is refused is kept and holds nothing back.
        """
        self._waiting = [*self._refused, *self._waiting]
        self._refused = []
        return self._store_waiting() and not self._refused

    def enter_again(self, left: Iterable[Wanted]) -> None:
        """Store changes that an earlier run could not store; what is refused is kept."""
        for wanted in left:
            try:
                self._change(wanted)
            except InvalidInput as reason:
                self._refused.append(Unsaved(tuple(wanted.items()), "", reason))
                self._notify(frozenset())

    def discard_refused(self) -> None:
        """Give up the changes that were refused."""
        self._refused = []
        self._notify(frozenset())

    def _store_waiting(self) -> bool:
        """Store what waits, in order; True if nothing waits any more."""
        while self._waiting:
            first = self._waiting[0]
            wanted = dict(first.wanted)
            try:
                self._store(wanted, first.merge_key)
            except StorageUnavailable as reason:
                self._waiting[0] = replace(first, reason=reason)
                self._notify(frozenset())
                return False
            except InvalidInput as reason:
                self._refused.append(replace(first, reason=reason))
                del self._waiting[0]
                self._notify(frozenset())
            else:
                del self._waiting[0]
                self._notify(frozenset(a for a, _ in wanted if a is not None))
        return True

    def move_to(self, repository: SessionRepository) -> None:
        """Continue in another library that holds a copy of this session."""
        self._load(repository)

    def _load(self, repository: SessionRepository) -> None:
        """Reload session and log from this repository and keep using it."""
        session = repository.load_session(self._session.id)
        self._history = _history_of(session, repository)
        self._session, self._repository = session, repository
        self._uncertain = None
        self._notify(frozenset(area.id for area in session.model.areas))

    def _resolve_uncertain(self) -> Change | None:
        """The change whose commit failed if it is stored after all, with session and history.

        Recording a known id again stores nothing; its commit puts the first one on the disk.
        """
        change = self._uncertain
        if change is None or not self._repository.is_recorded(change.id):
            self._uncertain = None
            return None
        self._saved_at = self._repository.record(change).at
        try:
            self._load(self._repository)
        except UnusableLibrary as error:  # what is wanted now is kept like after any failure
            raise StorageUnavailable(error.template, **error.values) from error
        return change

    def _change(self, wanted: Wanted, merge_key: str = "") -> None:
        half_levels = self._latest(None, "half_levels") is True
        legal = legal_values(wanted, self._session.model, half_levels=half_levels)
        if half_levels and legal.get((None, "half_levels")) is False:
            refuse_half_levels(self._session, self._latest_levels() | legal)
        self._store_or_keep(legal, merge_key)

    def _store_or_keep(self, wanted: Wanted, merge_key: str = "") -> None:
        """Store values that are or were legal; what cannot be stored now is kept."""
        if not merge_key:
            self.close_step()
        if not self._store_waiting():
            self._keep(wanted, merge_key, self._waiting[0].reason)
            return
        try:
            changed = self._store(wanted, merge_key)
        except StorageUnavailable as reason:
            self._keep(wanted, merge_key, reason)
            return
        if changed is not None:
            self._notify(changed.area_ids)

    def _set_again(self, keys: Collection[tuple[str | None, str]]) -> None:
        """Drop what was refused for these fields: they have other values now."""
        kept = (
            replace(each, wanted=tuple(item for item in each.wanted if item[0] not in keys))
            for each in self._refused
        )
        self._refused = [each for each in kept if each.wanted]

    def _store(self, wanted: Wanted, merge_key: str) -> Change | None:
        self._resolve_uncertain()
        edits = [
            Edit(area_id, field, before, after)
            for (area_id, field), value in wanted.items()
            if (before := self._session.value(area_id, field)) != (after := self._located(value))
        ]
        change = new_change(self._session.id, edits, merge_key) if edits else None
        if change is not None:
            self._commit(change)
        self._set_again(wanted)
        return change

    def _located(self, value: object) -> object:
        """The value; names of organisation and units become those that are stored already."""
        return self._repository.located(value) if isinstance(value, Affiliation) else value

    def _commit(self, change: Change) -> None:
        session = apply_change(self._session, change)
        try:
            saved = self._repository.record(change)
        except StorageUnavailable:
            self._uncertain = change
            raise
        self._session = session
        self._history.record(change)
        self._saved_at = saved.at

    def _reverse(self, origin: Origin) -> None:
        self.close_step()
        if not self._store_waiting():
            return
        resolved = self._resolve_uncertain()
        if resolved is not None and resolved.origin is origin:
            return  # the first press of the same key did reach the file
        is_undo = origin is Origin.UNDO
        change = self._history.undo_change() if is_undo else self._history.redo_change()
        if change is None:
            return
        # A failed undo is not queued: the user presses the key again.
        self._commit(change)
        self._notify(change.area_ids)

    def _keep(
        self, wanted: Wanted, merge_key: str, reason: StorageUnavailable | InvalidInput
    ) -> None:
        last = self._waiting[-1] if self._waiting else None
        if last is not None and merge_key and last.merge_key == merge_key:
            self._waiting.pop()
            wanted = {**dict(last.wanted), **wanted}
        self._waiting.append(Unsaved(tuple(wanted.items()), merge_key, reason))
        self._notify(frozenset())

    def _notify(self, area_ids: frozenset[str]) -> None:
        for listener in tuple(self._listeners):
            listener(area_ids)

    def _latest(self, area_id: str | None, field: str) -> object:
        """The value as entered: the unsaved one if there is one, else the stored one."""
        for unsaved in reversed(self.unsaved):
            for key, value in unsaved.wanted:
                if key == (area_id, field):
                    return value
        return self._session.value(area_id, field)

    def _latest_levels(self) -> Wanted:
        areas = self._session.model.areas
        return {(area.id, "level"): self._latest(area.id, "level") for area in areas}

    def _merge_key(self, area_id: str, field: str) -> str:
        prefix = f"{area_id}:{field}:"
        if not self._step.startswith(prefix):
            self._step = prefix + uuid4().hex
        return self._step


def _history_of(session: Session, repository: SessionRepository) -> LoggedHistory:
    return LoggedHistory(lambda most: repository.changes(session.id, most))
