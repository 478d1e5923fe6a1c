"""``SqliteLibrary``: one file with all organisations, sessions, ratings and their history.

A change counts as saved only when its transaction has reached the disk; whatever fails before
that leaves the file as it was. How this is done and tested is described in ``docs/STORAGE.md``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import (
    AppError,
    LibraryInUse,
    ReadOnlyLibrary,
    StorageUnavailable,
    UnusableLibrary,
    WriteProtected,
)
from app.words.texts import N_
from data.files import name_in_use
from data.leftovers import sweep
from data.library import schema
from data.library.check import SlicedCheck, faults_of
from data.library.clock import local_now
from data.library.database import transaction
from data.library.folders import are_deletions_unfinished, is_a_backup
from data.library.lock_owner import Holder, forget_holder, in_use, name_at_crash, note_holder
from data.library.opening import (
    LockedFile,
    create_file,
    has_hot_journal,
    move_orphans_aside,
    new_file,
    open_locked,
)
from data.library.places import warnings_about
from data.library.repository import Clock, SqliteSessions
from data.library.storage_errors import as_sentences
from data.library.store import Store
from data.open_libraries import identity_of, is_open_here

if TYPE_CHECKING:
    from app.ports import Backup, MergeReport, Taken
    from app.session.whole import WholeSession
    from data.library.backup_schedule import BackupSchedule
    from data.library.deletions import SqliteDeletions
    from data.library.naming import SqliteNaming
    from data.library.reviewing import SqliteMappings, SqliteReviews


_HALF = N_(
    "“{name}” was not closed properly when it was last open, under another name. Open {other} once:"
    " what completes the library lies beside it."
)
_HALF_MOVED = N_(
    "“{name}” was moved after a crash, and what completes it is still in its old place. Move it"
    " back to {other} and open it there once."
)


class SqliteLibrary(SqliteSessions):
    """A library file that is open; implements ``app.ports.Library``."""

    def __init__(self, file: LockedFile, now: Clock = local_now) -> None:
        super().__init__(file, now)
        self._is_closed = False

    @property
    def path(self) -> Path:
        """The library's file."""
        return self._file.path

    @property
    def read_only(self) -> ReadOnlyLibrary | None:
        """Reason why this library can only be viewed; ``None`` as a rule."""
        return self._file.read_only

    @property
    def notices(self) -> tuple[AppError, ...]:
        """Notices from opening, for example about journals that were moved aside."""
        return self._file.notices

    @property
    def sliced_check(self) -> SlicedCheck:
        """The check of the whole file, slice by slice."""
        return self._check

    @cached_property
    def backup_schedule(self) -> BackupSchedule:
        """The backups that are made when they are due."""
        from data.library.backup_schedule import BackupSchedule

        return BackupSchedule(self.path, self._access, self._now)

    @cached_property
    def deletions(self) -> SqliteDeletions:
        """Deletes sessions, units and clients for good."""
        from data.library.deletions import SqliteDeletions

        return SqliteDeletions(self._file, self._access, self.backup_schedule, self._now)

    @cached_property
    def naming(self) -> SqliteNaming:
        """Renames and merges organisations and units."""
        from data.library.naming import SqliteNaming

        return SqliteNaming(self._access, self.backup_schedule, self._now)

    @cached_property
    def reviews(self) -> SqliteReviews:
        """Decides on and withdraws reviews of sessions."""
        from data.library.reviewing import SqliteReviews

        return SqliteReviews(self._access, self._now)

    @cached_property
    def mappings(self) -> SqliteMappings:
        """Adds and withdraws mappings between versions of models."""
        from data.library.reviewing import SqliteMappings

        return SqliteMappings(self._access, self._now)

    def check(self) -> tuple[AppError, ...]:
        """Check the whole file and follow all logs; empty when it is sound."""
        self._check.begin()
        found = self._check.finish()
        lost = self.lost_since_backup()
        return found if lost is None else (*found, lost)

    def lost_since_backup(self) -> AppError | None:
        """The error for a file that lacks what its newest backup holds; ``None`` as a rule."""
        from data.library.backups import lost_since_backup

        with self._access.reading() as store:
            return lost_since_backup(store, self.path)

    def quick_check(self) -> tuple[AppError, ...]:
        """Check the whole file as at each opening; empty when it is sound."""
        self._check.restart()
        return self._check.finish()

    def back_up(self, reason: str = "manual") -> Backup:
        """Make a verified backup now.

        Raises ``StorageUnavailable`` or ``UnusableLibrary``; the earlier backups stay.
        """
        return self.backup_schedule.back_up(reason)

    def backups(self) -> tuple[Backup, ...]:
        """The backups of this library, newest first."""
        from data.library.backups import list_backups

        return list_backups(self.path)

    def save_copy(self, target: Path) -> None:
        """Write a verified copy of the whole library to a new file.

        Raises ``InvalidInput`` for a name in use, ``StorageUnavailable`` or ``UnusableLibrary``.
        """
        from data.library.backups import copy_verified

        with _new_name(target):
            copy_verified(self._connection, target)

    def close(self) -> None:
        """Back up what has changed and close the file. Idempotent.

        A backup that fails does not prevent closing; it is in ``notices`` afterwards.
        """
        if self._is_closed:
            return
        self._is_closed = True
        if self.read_only is None:
            self._notice_loss()
        try:
            if self._places.are_waiting:
                self._check.finish()
            self._check.drop()
            backups = self.backup_schedule
            backups.drop()
            if not self._check.verdict and backups.has_changed():
                self.back_up("close")
        except (StorageUnavailable, UnusableLibrary) as error:
            self._notice(error)
        finally:
            _release(self._file)

    def _notice_loss(self) -> None:
        """Tell at closing that the file is not ours any more; a backup is made all the same."""
        try:
            self._file.prove()
        except StorageUnavailable as error:
            self._notice(error)

    def _notice(self, error: AppError) -> None:
        self._file.notices = (*self._file.notices, error)

    # ---- sessions from and to elsewhere --------------------------------------------------------

    def whole_session(self, session_id: str) -> WholeSession:
        """The session with its units, change log and files.

        It can be read in any thread, and after the library is closed; large contents wait in a
        temporary file meanwhile.
        """
        from data.sessions.set_aside import SetAside
        from data.sessions.transfer import read_whole

        with self._access.reading() as store:
            whole = read_whole(store, session_id)
            contents = ((digest, store.files.content(digest)) for digest in whole.digests)
            return replace(whole, files=SetAside(contents))

    def export_session(self, session_id: str, target: Path) -> None:
        """Write a new library file with this session alone: model, history and files included.

        Raises ``InvalidInput`` for a name in use and ``StorageUnavailable``.
        """
        from data.sessions.placing import Placing
        from data.sessions.transfer import read_whole, write_whole

        with self._access.reading() as store:
            whole = read_whole(store, session_id)
        with _new_name(target), new_file(target) as connection:
            alone = Store(connection)
            with transaction(connection):
                placed = Placing(alone.units, {}, self._now()).whole(whole)
                write_whole(alone, placed, self._now())
                for review in whole.reviews:
                    alone.reviews.take_in(review, self._now())
            for fault in faults_of(connection, target):
                raise fault

    def merge(self, source: Path, *, with_deleted: bool = False) -> MergeReport:
        """Import the sessions of another library, after a backup of this one.

        Those that were deleted here for good only ``with_deleted``. Raises errors as for opening a
        library; then nothing was imported.
        """
        from data.sessions.merge import checked_copy, take_in_all

        self._access.refuse_read_only()
        with checked_copy(source, self._now()) as other:
            self.backup_schedule.back_up_before("merge")
            with self._access.writing() as store:
                return take_in_all(store, other, self._now(), with_deleted=with_deleted)

    def import_session(self, whole: WholeSession, *, with_deleted: bool = False) -> Taken:
        """Import a session that was read from a file, after a backup of this library.

        Raises ``DeletedHere`` for one that was deleted here for good, unless ``with_deleted``.
        """
        from data.sessions.merge import take_in

        self._access.refuse_read_only()
        self.backup_schedule.back_up_before("import")
        with self._access.writing() as store:
            taken = take_in(store, whole, self._now(), with_deleted=with_deleted)
            # Known already, but archived: a session that is imported is to be seen.
            store.sessions.set_archived(taken.session.id, False, self._now())
        return taken


def open_library(
    path: Path,
    *,
    create: bool = False,
    check: bool = True,
    holder: Holder = Holder.COMMAND_LINE,
    now: Clock = local_now,
) -> SqliteLibrary:
    """Open and hold a library.

    ``create`` makes an empty one where there is no file. With ``check`` the whole file is looked
    at beforehand; without, that is done by :meth:`SqliteLibrary.check` or before the first write.
    ``holder`` tells others who want the library in the meantime what holds it.
    One that may not be written to can be viewed: see ``Library.read_only``.
    Raises ``NotFound`` (no file), ``LibraryInUse``, ``NewerFile``, ``UnusableLibrary`` and
    ``StorageUnavailable``, each with a sentence that names the way out.
    """
    if path.is_symlink():
        # SQLite keeps its journal beside the real file, and so do we
        path = Path(os.path.realpath(path))
    if is_a_backup(path):
        raise UnusableLibrary(
            N_("“{name}” is a backup. Please restore it under a new name; then it stays as it is."),
            name=path.name,
        )
    notices: tuple[AppError, ...] = ()
    if create and not path.exists():
        notices = create_file(path)
    file = _open_file(path, holder)
    try:
        file.notices = (*notices, *file.notices, *warnings_about(path))
        if file.schema_version != schema.SCHEMA_VERSION:
            from data.library.upgrade import bring_up_to_date

            bring_up_to_date(file, now())
        library = SqliteLibrary(file, now)
        if check:
            for fault in library.quick_check():
                raise fault
            lost = library.lost_since_backup()
            file.notices += () if lost is None else (lost,)
        if library.read_only is None and are_deletions_unfinished():
            file.notices += library.deletions.go_on()
    except BaseException:
        _release(file)
        raise
    sweep()
    return library


def _open_file(path: Path, holder: Holder) -> LockedFile:
    """Hold the file, or view a copy of it where it may not be written to."""
    try:
        file = _held_or_viewed(path)
    except LibraryInUse as error:
        raise error if is_open_here(path) else in_use(path, error) from error
    if not file.is_copy:
        note_holder(path, holder)
    return file


def _held_or_viewed(path: Path) -> LockedFile:
    _refuse_half(path)
    try:
        return open_locked(path)
    except WriteProtected:
        from data.library.private_copies import PrivateCopy

        return PrivateCopy(path)


def _refuse_half(path: Path) -> None:
    """Refuse a file whose other half, the journal of a crash, lies under another name."""
    other = name_at_crash(path)
    if other is None or not has_hot_journal(other):
        return
    from data.library.stale_journals import is_sound_alone

    if not is_sound_alone(path):
        raise UnusableLibrary(
            _HALF if identity_of(other) == identity_of(path) else _HALF_MOVED,
            name=path.name,
            other=other,
        )


def _release(file: LockedFile) -> None:
    """Close the file, and forget who held it."""
    if not file.is_copy and file.identity is not None:
        forget_holder(file.identity)
    file.close()


@contextmanager
def _new_name(target: Path) -> Iterator[None]:
    """Refuse a name in use; failures of the disk name the target."""
    with as_sentences(target):
        if target.exists():
            raise name_in_use(target)
        try:
            move_orphans_aside(target, None)
            yield
        except FileExistsError:
            raise name_in_use(target) from None
