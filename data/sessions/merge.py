"""Merge the sessions of another library; existing sessions are never overwritten."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from app.errors import InvalidInput, NotFound
from app.ports import MergeReport
from app.session.session import Session
from app.session.whole import WholeSession
from data.leftovers import temporary_folder
from data.library import histories
from data.library.check import faults_of
from data.library.opening import (
    LockedFile,
    has_hot_journal,
    look_at,
    open_for_reading,
    open_locked,
)
from data.library.storage_errors import UNREADABLE, as_sentences, damaged, is_in_use
from data.library.store import Store
from data.library.upgrade import bring_up_to_date
from data.open_libraries import refuse_open_library
from data.sessions.transfer import (
    as_second_version,
    content_digest_of,
    read_whole,
    second_id,
    write_whole,
)


@contextmanager
def private_copy(source: Path, now: datetime) -> Iterator[LockedFile]:
    """Context manager for a checked and upgraded private copy of another library.

    The other file is never written to, and its triggers never run against ours.
    """
    refuse_open_library(source)
    look_at(source)
    with temporary_folder() as folder:
        copy = folder / source.name  # every message contains the name
        with as_sentences(source):
            _copy(source, copy)
        file = open_locked(copy)
        try:
            with as_sentences(source):
                for fault in faults_of(file.connection, source):
                    raise fault
                _upgrade_copy(file, source, now)
            yield file
        finally:
            file.close()


def _upgrade_copy(file: LockedFile, source: Path, now: datetime) -> None:
    try:
        bring_up_to_date(file, now, is_copy=True)
    except (sqlite3.DatabaseError, *UNREADABLE) as error:
        raise damaged(source, "upgrade") from error  # the steps have always worked on our files


def _copy(source: Path, copy: Path) -> None:
    try:
        reader = open_for_reading(source)
    except sqlite3.OperationalError as error:
        if is_in_use(error) or not has_hot_journal(source):
            raise
    else:
        with closing(reader), closing(sqlite3.connect(copy, isolation_level=None)) as target:
            reader.backup(target)
        return
    # Left by a crash: roll the journal back in our copy, not in the other folder.
    for suffix in ("", "-journal"):
        with suppress(FileNotFoundError):
            shutil.copyfile(f"{source}{suffix}", f"{copy}{suffix}")


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
