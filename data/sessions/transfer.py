"""Transfer of whole sessions between libraries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from app.session.session import Session
from app.session.whole import WholeSession
from app.workshop.history import Change
from data.library.store import Store
from data.sessions.versions import MARK_LENGTH, marked_id, with_ids


def read_whole(store: Store, session_id: str) -> WholeSession:
    """Read a session with everything that belongs to it."""
    session = store.sessions.session(session_id)
    whole = WholeSession(
        session=session,
        changes=store.sessions.changes(session_id),
        position=store.positions.of(session_id),
        created_at=store.log.created_at(session_id),
        archived=bool(store.sessions.record(session_id)["archived"]),
        reviews=store.reviews.of_session(session_id, session.organisation.id),
    )
    return replace(whole, files=_StoredFiles(store, whole.digests))


class _StoredFiles(Mapping[str, bytes]):
    """Lazy mapping of a library's files, which together may exceed memory."""

    def __init__(self, store: Store, digests: tuple[str, ...]) -> None:
        self._store = store
        self._digests = digests

    def __getitem__(self, digest: str) -> bytes:
        return self._store.files.content(digest)

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)


def write_whole(store: Store, whole: WholeSession, now: datetime) -> Session:
    """Store a session with an unused id, inside the caller's transaction.

    Its clients and units are stored already. ``now`` stands for times that are unknown.
    """
    session, first = whole.session, whole.first_state
    _write_files(store, whole, now)
    store.sessions.add(session, first, whole.created_at or now, archived=whole.archived)
    _write_log(store, whole.changes, now)
    store.positions.remember(session.id, whole.position, now)
    return session


def extend(store: Store, whole: WholeSession, stored: int, now: datetime) -> Session:
    """Store what a session lacks; so many of its changes are stored already."""
    _write_files(store, whole, now)
    store.sessions.bring_to(whole.session)
    _write_log(store, whole.changes[stored:], now)
    return whole.session


def _write_files(store: Store, whole: WholeSession, now: datetime) -> None:
    for digest in whole.digests:
        store.files.add(whole.files[digest], now)


def _write_log(store: Store, changes: tuple[Change, ...], now: datetime) -> None:
    for change in _with_free_ids(store, changes):
        store.log.append_change(change, change.at or now)


def _with_free_ids(store: Store, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """An id is in the log only once, whatever session it belonged to."""
    if not any(store.log.acknowledgement_of(change.id) for change in changes):
        return changes
    mark = uuid4().hex[:MARK_LENGTH]
    return with_ids(changes, lambda change_id: marked_id(mark, change_id))
