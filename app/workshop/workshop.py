"""The one door for changes to a session: check, store, remember for undo, tell the listeners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from uuid import uuid4

from app.errors import InvalidInput, StorageUnavailable
from app.model.maturity_model import MaturityModel
from app.ports import SessionRepository
from app.session.checkpoints import MAX_CHECKPOINTS, Checkpoint
from app.session.evidence import Evidence, EvidenceKind
from app.session.field_types import MAX_NOTE_LENGTH
from app.session.names import checked_name
from app.session.rating import RATING, Confidence
from app.session.session import SESSION, Session, field_of
from app.words.texts import N_
from app.workshop.history import (
    Change,
    Edit,
    History,
    Origin,
    apply_change,
    check_area,
    new_change,
    state_at,
)

#: Area and field to the value that is wanted; an area of ``None`` means the session itself.
Wanted = dict[tuple[str | None, str], object]


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A change that could not be stored yet: what is wanted, and why it failed."""

    wanted: tuple[tuple[tuple[str | None, str], object], ...]
    merge_key: str
    reason: StorageUnavailable


Listener = Callable[[frozenset[str]], None]


class Workshop:
    """A running session.

    Order in every path: store, then session and stacks, then listeners. When the store raises,
    nothing has moved; the wanted change stays in :attr:`unsaved` and is stored by :meth:`retry`.
    Listeners get the ids of the areas that look different; an empty set means details of the
    session or the state of saving.

    A commit can fail although it reached the file. The change is then looked up by its id before
    anything else is stored: if it is there, session and history are reloaded with it.
    """

    def __init__(self, session: Session, repository: SessionRepository) -> None:
        self._session = session
        self._repository = repository
        self._history = History(repository.changes(session.id))
        self._listeners: list[Listener] = []
        self._unsaved: list[Unsaved] = []
        self._saved_at: datetime | None = None
        self._step = ""
        self._uncertain: Change | None = None

    @property
    def session(self) -> Session:
        """The session as stored."""
        return self._session

    @property
    def saved_at(self) -> datetime | None:
        """When the last change was acknowledged; ``None`` before the first."""
        return self._saved_at

    @property
    def unsaved(self) -> tuple[Unsaved, ...]:
        """Changes that wait to be stored, oldest first."""
        return tuple(self._unsaved)

    @property
    def undoable(self) -> Change | None:
        """The step that undo takes back."""
        return self._history.undoable

    @property
    def redoable(self) -> Change | None:
        """The step that redo makes again."""
        return self._history.redoable

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told of changes; the returned function ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # ---- what can be done --------------------------------------------------------------------

    def set_level(self, area_id: str, level: Fraction | int | None) -> None:
        """Set or clear the level of an area; an area that was not applicable becomes applicable.

        Raises ``InvalidInput`` for a level outside the scale or a half where none are allowed.
        """
        wanted: Wanted = {(area_id, "level"): level}
        if level is not None and self._latest(area_id, "not_applicable") is not None:
            wanted[area_id, "not_applicable"] = None
        self._change(wanted)

    def set_target(self, area_id: str, target: int | None) -> None:
        """Agree a target level; ``None`` returns to the highest level."""
        self._change({(area_id, "target"): target})

    def set_weight(self, area_id: str, weight: Fraction) -> None:
        """Set how much an area counts: greater than 0, at most 10."""
        self._change({(area_id, "weight"): weight})

    def set_confidence(self, area_id: str, confidence: Confidence | None) -> None:
        """Note how well the level is supported."""
        self._change({(area_id, "confidence"): confidence})

    def set_note(self, area_id: str, note: str) -> None:
        """Set the reason or comment; calls until :meth:`close_step` are one step for undo."""
        self._change({(area_id, "note"): note}, self._merge_key(area_id, "note"))

    def set_not_applicable(self, area_id: str, reason: str | None) -> None:
        """Take an area out with a reason, or back in with ``None``."""
        self._change({(area_id, "not_applicable"): reason})

    def add_link(self, area_id: str, address: str, title: str = "") -> None:
        """Attach a link as evidence."""
        address = _required(address, N_("Please enter an address."))
        if max(len(address), len(title)) > MAX_NOTE_LENGTH:
            raise InvalidInput(
                N_("An address can have at most {most} characters."), most=MAX_NOTE_LENGTH
            )
        title = title.strip() or address
        self._add_evidence(area_id, Evidence(uuid4().hex, EvidenceKind.LINK, title, address))

    def add_file(self, area_id: str, path: Path) -> None:
        """Take a file of up to 10 MB into the library as evidence."""
        self._add_evidence(area_id, self._repository.add_file(path))

    def remove_evidence(self, area_id: str, evidence_id: str) -> None:
        """Detach evidence; a file stays in the library, so that undo brings it back."""
        kept = tuple(e for e in self._latest_evidence(area_id) if e.id != evidence_id)
        self._change({(area_id, "evidence"): kept})

    def set_detail(self, field: str, value: str | date | bool) -> None:
        """Set a field of the session itself that is entered as it is, such as title or date."""
        if not SESSION[field].has_column:
            raise KeyError(field)
        self._change({(None, field): value}, self._merge_key("", field))

    def add_checkpoint(self, name: str) -> Checkpoint:
        """Give the session as it is now a name.

        Raises ``InvalidInput`` for a name that is empty, too long or taken, and when the session
        has all the checkpoints it can hold.
        """
        checkpoints = self._latest_checkpoints()
        if len(checkpoints) >= MAX_CHECKPOINTS:
            raise InvalidInput(
                N_("A session can have at most {most} checkpoints. Please remove one first."),
                most=MAX_CHECKPOINTS,
            )
        name = checked_name(name, N_("Please give the checkpoint a name."))
        if any(known.name == name for known in checkpoints):
            raise InvalidInput(
                N_("There is a checkpoint “{name}” already. Choose another name."), name=name
            )
        now = datetime.now(UTC).astimezone().replace(microsecond=0)
        checkpoint = Checkpoint(uuid4().hex, name, now)
        self._change({(None, "milestones"): (*checkpoints, checkpoint)})
        return checkpoint

    def remove_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Take the name back; what was decided stays."""
        kept = tuple(known for known in self._latest_checkpoints() if known != checkpoint)
        self._change({(None, "milestones"): kept})

    def return_to(self, checkpoint: Checkpoint) -> frozenset[str]:
        """Bring all that is decided back to where it was at a checkpoint, as one step.

        Title, date, language and checkpoints stay as they are. Returns the ids of the areas that
        changed; none while something older cannot be stored. Raises ``NotFound`` for a checkpoint
        that is not in the log of this session.
        """
        if not self.retry():
            return frozenset()
        self._resolve_uncertain()
        changes = self._repository.changes(self._session.id)
        then = state_at(self._session, changes, checkpoint)
        wanted: Wanted = {(None, "half_levels"): then.half_levels}
        for rating in then.all_ratings():
            for field in RATING.fields:
                wanted[rating.area_id, field] = getattr(rating, field)
        wanted = {k: value for k, value in wanted.items() if self._session.value(*k) != value}
        if wanted:
            self._change(wanted)
        return frozenset(area_id for area_id, _ in wanted if area_id is not None)

    def change_all(self, wanted: Wanted) -> None:
        """Store many values as one step, all or nothing.

        Raises ``InvalidInput`` for the first value that is not legal; callers that read files
        check every row beforehand, so that they can name every fault.
        """
        self._change(wanted)

    def undo(self) -> None:
        """Take the last step back; does nothing when there is none or something is unsaved.

        Raises ``StorageUnavailable`` when it cannot be stored; then nothing has moved.
        """
        self._reverse(Origin.UNDO)

    def redo(self) -> None:
        """Make the step again that was taken back last; like :meth:`undo` otherwise."""
        self._reverse(Origin.REDO)

    def close_step(self) -> None:
        """Close the current undo group of typing."""
        self._step = ""

    def retry(self) -> bool:
        """Store what is unsaved, in order; True if nothing is left.

        Raises ``InvalidInput`` for a change that can never be stored, and drops it.
        """
        while self._unsaved:
            first = self._unsaved[0]
            try:
                self._store(dict(first.wanted), first.merge_key)
            except StorageUnavailable as reason:
                self._unsaved[0] = replace(first, reason=reason)
                self._tell(frozenset())
                return False
            except InvalidInput:
                # Kept, it would hold back everything that comes after it.
                del self._unsaved[0]
                self._tell(frozenset())
                raise
            del self._unsaved[0]
            self._tell(frozenset(a for (a, _), _ in first.wanted if a is not None))
        return True

    def move_to(self, repository: SessionRepository) -> None:
        """Continue in another library that holds a copy of this session."""
        self._load(repository)

    # ---- how it is done ----------------------------------------------------------------------

    def _load(self, repository: SessionRepository) -> None:
        """Read session and log, from now on in this repository."""
        session = repository.load_session(self._session.id)
        self._history = History(repository.changes(session.id))
        self._session, self._repository = session, repository
        self._uncertain = None
        self._tell(frozenset(area.id for area in session.model.areas))

    def _resolve_uncertain(self) -> Change | None:
        """The change whose commit failed if it is stored after all, with session and history.

        Recording a known id again stores nothing; its commit puts the first one on the disk.
        """
        change = self._uncertain
        if change is None or not self._repository.is_recorded(change.id):
            self._uncertain = None
            return None
        saved = self._repository.record(change)
        self._load(self._repository)
        self._saved_at = saved.at
        return change

    def _change(self, wanted: Wanted, merge_key: str = "") -> None:
        wanted = self._checked(wanted)
        if not merge_key:
            self.close_step()
        if self._unsaved and not self.retry():
            self._keep(wanted, merge_key, self._unsaved[0].reason)
            return
        try:
            changed = self._store(wanted, merge_key)
        except StorageUnavailable as reason:
            self._keep(wanted, merge_key, reason)
            return
        if changed is not None:
            self._tell(changed.area_ids)

    def _store(self, wanted: Wanted, merge_key: str) -> Change | None:
        self._resolve_uncertain()
        edits = [
            Edit(area_id, field, before, after)
            for (area_id, field), after in wanted.items()
            if (before := self._session.value(area_id, field)) != after
        ]
        if not edits:
            return None
        change = new_change(self._session.id, edits, merge_key)
        self._commit(change)
        return change

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
        if not self.retry():
            return
        resolved = self._resolve_uncertain()
        if resolved is not None and resolved.origin is origin:
            return  # the same key was pressed before, and did reach the file
        is_undo = origin is Origin.UNDO
        change = self._history.undo_change() if is_undo else self._history.redo_change()
        if change is None:
            return
        # An undo that cannot be stored is not kept: the person presses the key again.
        self._commit(change)
        self._tell(change.area_ids)

    def _keep(self, wanted: Wanted, merge_key: str, reason: StorageUnavailable) -> None:
        last = self._unsaved[-1] if self._unsaved else None
        if last is not None and merge_key and last.merge_key == merge_key:
            self._unsaved.pop()
            wanted = {**dict(last.wanted), **wanted}
        self._unsaved.append(Unsaved(tuple(wanted.items()), merge_key, reason))
        self._tell(frozenset())

    def _tell(self, area_ids: frozenset[str]) -> None:
        for listener in tuple(self._listeners):
            listener(area_ids)

    def _latest(self, area_id: str | None, field: str) -> object:
        """The value the person sees as entered: what waits to be stored, else what is stored."""
        for unsaved in reversed(self._unsaved):
            for key, value in unsaved.wanted:
                if key == (area_id, field):
                    return value
        return self._session.value(area_id, field)

    def _latest_evidence(self, area_id: str) -> tuple[Evidence, ...]:
        evidence = self._latest(area_id, "evidence")
        return evidence if isinstance(evidence, tuple) else ()

    def _latest_checkpoints(self) -> tuple[Checkpoint, ...]:
        checkpoints = self._latest(None, "milestones")
        return checkpoints if isinstance(checkpoints, tuple) else ()

    def _merge_key(self, area_id: str, field: str) -> str:
        prefix = f"{area_id}:{field}:"
        if not self._step.startswith(prefix):
            self._step = prefix + uuid4().hex
        return self._step

    def _add_evidence(self, area_id: str, evidence: Evidence) -> None:
        present = self._latest_evidence(area_id)
        self._change({(area_id, "evidence"): (*present, evidence)})

    # ---- what is legal -----------------------------------------------------------------------

    def _checked(self, wanted: Wanted) -> Wanted:
        """The values as they are stored; raises ``InvalidInput`` for the first illegal one."""
        half_levels = wanted.get((None, "half_levels"), self._latest(None, "half_levels"))
        rules = _Rules(self._session.model, half_levels is True)
        for area_id, _ in wanted:
            if area_id is not None:
                check_area(rules.model, area_id)
        return {
            (area_id, name): field_of(area_id, name).type.legal(value, rules)
            for (area_id, name), value in wanted.items()
        }


@dataclass(frozen=True, slots=True)
class _Rules:
    """What values may be once a change is made; see ``app.session.field_types.Rules``."""

    model: MaturityModel
    half_levels: bool


def _required(text: str, complaint: str) -> str:
    text = text.strip()
    if not text:
        raise InvalidInput(complaint)
    return text
