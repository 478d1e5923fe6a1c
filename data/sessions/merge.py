"""Merge the sessions of another library; existing sessions are never overwritten."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from app.errors import InvalidInput, NotFound
from app.ports import MergeReport
from app.session.session import Session
from app.session.whole import WholeSession
from data.library import histories
from data.library.check import faults_of
from data.library.opening import LockedFile
from data.library.private_copies import PrivateCopy
from data.library.storage_errors import UNREADABLE, as_sentences, damaged
from data.library.store import Store
from data.sessions.transfer import (
    as_second_version,
    content_digest_of,
    read_whole,
    second_id,
    write_whole,
)


@contextmanager
def checked_copy(source: Path, now: datetime) -> Iterator[LockedFile]:
    """Context manager for a checked and upgraded private copy of another library.

    The other file is never written to, and its triggers never run against ours.
    """
    with closing(PrivateCopy(source)) as copy, as_sentences(source):
        for fault in faults_of(copy.connection, source):
            raise fault
        copy.upgrade(now)
        yield copy


def take_in_all(store: Store, source: LockedFile, now: datetime) -> MergeReport:
    """Import every session, inside a transaction of the caller.

    Only a manipulated file has a session that cannot be taken in: its digests all match.
    """
    other = Store(source.connection)
    titles: dict[str, list[str]] = {"added": [], "identical": [], "kept_both": []}
    for session_id in other.sessions.session_ids():
        if not histories.holds_up(other, session_id):
            raise damaged(source.path, f"session {session_id}")
        try:
            outcome, session = take_in(store, read_whole(other, session_id), now)
        except (InvalidInput, NotFound, sqlite3.IntegrityError, *UNREADABLE) as error:
            raise damaged(source.path, f"session {session_id}") from error
        titles[outcome].append(session.title)
    return MergeReport(*(tuple(titles[key]) for key in ("added", "identical", "kept_both")))


def take_in(store: Store, whole: WholeSession, now: datetime) -> tuple[str, Session]:
    """Import one session; returns the outcome (a field of ``MergeReport``) and the session.

    Raises ``InvalidInput`` for a session that holds an illegal value.
    """
    whole.check()
    session_id = whole.session.id
    if not store.sessions.has_session(session_id):
        return "added", _write_behind(store, whole, now)
    if content_digest_of(read_whole(store, session_id)) == content_digest_of(whole):
        return "identical", store.sessions.session(session_id)
    second = second_id(whole)
    if store.sessions.has_session(second):
        return "identical", store.sessions.session(second)
    return "kept_both", _write_behind(store, as_second_version(whole), now)


def _write_behind(store: Store, whole: WholeSession, now: datetime) -> Session:
    """Store a session without changing which one the next start opens."""
    last = store.positions.last()
    session = write_whole(store, whole, now)
    if last is not None:
        store.positions.remember(*last, now)
    return session
