"""Deletes sessions, units and clients for good: rows, log entries, and what lies around them.

First a note of what has to follow, then one transaction, then the rest, which can be repeated:
the file is compacted, and everything outside it is removed. After a kill the next opening goes on
with the note if the transaction is in the log, and drops it if not.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from app.deletions import AS_USUAL, NOTHING_ELSE, Choices, Deletion, Target
from app.errors import AppError, StorageUnavailable
from app.ports import Deleted, DeletionPlan
from app.words.texts import N_
from data.files import temporary_beside
from data.library import deleting, traces
from data.library.copying import LARGEST_AT_ONCE
from data.library.deleting import Doomed
from data.library.emergency import unsaved_texts
from data.library.storage_errors import as_sentences, as_unavailable
from data.library.traces import Traces

if TYPE_CHECKING:
    from data.library.access import Access
    from data.library.backup_schedule import BackupSchedule
    from data.library.opening import LockedFile
    from data.library.store import Store

_NO_ROOM = N_(
    "Nothing was deleted: removing every trace from “{name}” needs {size} MB of room on its disk"
    " for a moment. Make room, then try again."
)
_NOT_COMPACTED = N_(
    "It was deleted, but “{name}” could not be compacted, so remains of it may still be in the"
    " file. That is tried again when the library is opened next."
)
_MEGABYTE = 1_000_000


class SqliteDeletions:
    """Implements ``app.ports.Deletions`` for an open library."""

    def __init__(
        self,
        file: LockedFile,
        access: Access,
        backups: BackupSchedule,
        now: Callable[[], datetime],
    ) -> None:
        self._file = file
        self._access = access
        self._backups = backups
        self._now = now

    # ---- looking -----------------------------------------------------------------------------

    def plan(self, target: Target) -> DeletionPlan:
        """Find out what would go; raises ``NotFound``."""
        with self._access.reading() as store:
            doomed = self._doomed(store, target)
            titles = [str(store.sessions.record(each)["title"]) for each in doomed.sessions]
            outlines = [store.models.outline(digest) for digest in doomed.imported]
            around = self._traces(store, doomed, NOTHING_ELSE, "", None)
        models = {outline.id: outline.name[0][1] for outline in outlines}
        return DeletionPlan(
            target=target,
            name=doomed.name,
            sessions=tuple(titles),
            units=len(doomed.units),
            files=len(doomed.files),
            models=tuple(models.values()),
            backups=tuple(copy.backup for copy in traces.backups_with(around)),
            crash_copies=traces.crash_copies(self._file.path),
        )

    def records(self) -> tuple[Deletion, ...]:
        """The deletions so far, oldest first."""
        with self._access.reading() as store:
            return deleting.deletions(store)

    def _doomed(self, store: Store, target: Target) -> Doomed:
        return deleting.doomed_with(store, target, unsaved_texts(self._file.path))

    def _traces(
        self, store: Store, doomed: Doomed, choices: Choices, record: str, settings: Path | None
    ) -> Traces:
        return Traces(
            library=str(self._file.path),
            record=record,
            keys=traces.keys_of(self._file.path, store.library_id()),
            sessions=doomed.sessions,
            clients=doomed.all_clients,
            units=doomed.all_units,
            files=doomed.files,
            models=doomed.models,
            names=(doomed.name, *doomed.client_names, *doomed.unit_names),
            parts=doomed.client_names,
            backups=choices.backups,
            settings="" if settings is None else str(settings.absolute()),
        )

    # ---- deleting ----------------------------------------------------------------------------

    def delete(
        self,
        target: Target,
        by: str,
        choices: Choices = AS_USUAL,
        *,
        settings: Path | None = None,
    ) -> Deleted:
        """Delete for good, with all that the program keeps of it elsewhere.

        Raises ``NotFound``, ``StorageUnavailable`` and ``UnusableLibrary``; then nothing was
        deleted.
        """
        self._access.refuse_read_only()
        self._backups.drop()  # a copy under way would hold what is deleted now
        record_id = uuid4().hex
        with self._access.reading() as store:
            doomed = self._doomed(store, target)
            if choices.models:
                doomed = replace(doomed, models=(*doomed.models, *doomed.imported))
            around = self._traces(store, doomed, choices, record_id, settings)
        held = len(traces.backups_with(around))
        with _room_for(self._file.path):
            note = traces.write_note(around)
            try:
                record = self._delete_rows(doomed, by, record_id)
            except BaseException:
                traces.drop_note(note)
                raise
        remaining = self._finish(note, around)
        kept = len(traces.backups_with(around))
        return Deleted(record, held - kept, kept, remaining)

    def _delete_rows(self, doomed: Doomed, by: str, record_id: str) -> Deletion:
        now = self._now()
        try:
            with self._access.writing() as store:
                return deleting.delete_rows(store, doomed, by, record_id, now)
        except StorageUnavailable:
            # A commit can fail although it reached the file; see ``SqliteSessions.record``.
            if not self._is_recorded(record_id):
                raise
            with self._access.writing() as store:
                store.touch()
                return deleting.deletions(store)[-1]

    def _is_recorded(self, record_id: str) -> bool:
        with as_unavailable(self._file.path), self._access.reading() as store:
            return store.log.acknowledgement_of(record_id) is not None

    # ---- what follows ------------------------------------------------------------------------

    def go_on(self) -> tuple[AppError, ...]:
        """Finish deletions of this library that a killed process began; returns what remains."""
        remaining: tuple[AppError, ...] = ()
        for note, around in traces.notes():
            if self._is_recorded(around.record):
                remaining += self._finish(note, around)
            elif around.library == str(self._file.path):
                traces.drop_note(note)  # nothing was deleted
        traces.drop_folder_of_notes()
        return remaining

    def _finish(self, note: Path, around: Traces) -> tuple[AppError, ...]:
        """Do what follows the transaction, and forget the note if all of it was possible."""
        remaining = (*self._compact(), *traces.remove(self._file.path, around))
        if not remaining:
            traces.drop_note(note)
        with suppress(AppError):  # the deletion itself has succeeded
            self._backups.back_up("deletion")
        return remaining

    def _compact(self) -> Iterator[AppError]:
        """Compact the file, so that deleted rows leave no room."""
        file, connection = self._file, self._file.connection
        try:
            with self._access.writing() as store:
                store.touch()  # only a sound library is compacted
            # In memory a large one would take as much as the whole file.
            place = "FILE" if _size_of(file.path) > LARGEST_AT_ONCE else "MEMORY"
            with as_unavailable(file.path):
                connection.execute(f"PRAGMA temp_store = {place}")
                try:
                    connection.execute("VACUUM")
                finally:
                    connection.execute("PRAGMA temp_store = MEMORY")
                file.remember()
        except StorageUnavailable as error:
            file.doubt()
            yield StorageUnavailable(_NOT_COMPACTED, name=file.path.name)
            yield error


@contextmanager
def _room_for(library: Path) -> Iterator[None]:
    """Hold as much room as compacting the library takes, so that it does not fail for want of it.

    Raises ``StorageUnavailable`` where there is none; then nothing was written.
    """
    size = _size_of(library)
    with ExitStack() as held:
        try:
            if shutil.disk_usage(library.parent).free < size:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            _reserve(held.enter_context(temporary_beside(library)), size)
        except OSError as error:
            values = {"name": library.name, "size": -(-size // _MEGABYTE)}
            raise StorageUnavailable(_NO_ROOM, **values) from error
        yield


def _reserve(file: Path, size: int) -> None:
    if hasattr(os, "posix_fallocate"):  # elsewhere the free room has to do
        with file.open("r+b") as opened:
            os.posix_fallocate(opened.fileno(), 0, size)


def _size_of(path: Path) -> int:
    with as_sentences(path):
        return path.stat().st_size
