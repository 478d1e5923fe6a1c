"""The library: one file with all organisations, sessions, scores and how they came about.

A change counts as saved only when its transaction has reached the disk; whatever fails before
that leaves the file as it was. How this is done and tested stands in ``docs/STORAGE.md``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING
from uuid import uuid4

from app.errors import (
    AppError,
    InvalidInput,
    LibraryInUse,
    NotFound,
    StorageUnavailable,
    UnusableLibrary,
)
from app.model.maturity_model import MaturityModel
from app.ports import Backup, MergeReport, Saved
from app.session.evidence import MAX_EVIDENCE_BYTES, Evidence, EvidenceKind
from app.session.field_types import MAX_NOTE_LENGTH
from app.session.names import checked_name
from app.session.session import TITLE, NewSession, Session, SessionSummary
from app.session.units import Organisation, Unit, unit_names
from app.session.whole import WholeSession
from app.words.texts import N_
from app.workshop.history import Change
from data.files import name_in_use
from data.library import backups, summaries
from data.library.backups import faults_in_steps, faults_of, list_backups, restore_backup
from data.library.folders import data_folder, default_library_path
from data.library.lock_owner import Holder, forget_holder, in_use, note_holder
from data.library.opening import (
    LockedFile,
    create_file,
    is_open_here,
    move_orphans_aside,
    new_file,
    open_locked,
    refuse_open_library,
    wrap,
)
from data.library.places import warnings_about
from data.library.storage_errors import as_sentences, as_unavailable, damaged
from data.library.store import Store
from data.library.upgrade import bring_up_to_date

if TYPE_CHECKING:
    from sqlite_utils import Database

__all__ = [
    "Holder",
    "SqliteLibrary",
    "data_folder",
    "default_library_path",
    "list_backups",
    "open_library",
    "restore_backup",
]

BACKUP_SECONDS = 600
"""How old the last backup may be while there are changes."""

SLICE_SECONDS = 0.02
"""How long a slice of the check takes: about a frame or two of the screen."""

Clock = Callable[[], datetime]

QUICKLY_CHECKED_BYTES = 2_000_000
"""A library of this size, some 250 sessions, is checked in less than a tenth of a second."""


def local_now() -> datetime:
    """The time on this machine, with its offset."""
    return datetime.now(UTC).astimezone()


class SqliteLibrary:
    """A library file that is open; implements ``app.ports.Library``.

    It belongs to the thread that opened it.
    """

    def __init__(self, file: LockedFile, now: Clock = local_now) -> None:
        self._file = file
        self._connection = file.connection
        self._now = now
        self._store = Store(file.connection)
        self._wrapped: Database | None = None
        self._faults: tuple[AppError, ...] | None = None
        self._check: Iterator[AppError | None] | None = None
        self._found: list[AppError] = []
        self._places: dict[str, str] = {}
        self._backup: Generator[None, None, Backup] | None = None
        self._is_closed = False
        self._backed_up_to: int | None = None
        self._backed_up_at = -float("inf")

    @property
    def path(self) -> Path:
        """The library's file."""
        return self._file.path

    @property
    def notices(self) -> tuple[AppError, ...]:
        """What was noticed at opening, for example journals that were moved aside."""
        return self._file.notices

    # ---- organisations, units, models ----------------------------------------------------------

    def organisations(self) -> tuple[Organisation, ...]:
        """All organisations by name."""
        with self._reading():
            return self._store.organisations()

    def units(self, organisation_id: str) -> tuple[Unit, ...]:
        """The units of an organisation, parents before children."""
        with self._reading():
            self._store.organisation(organisation_id)
            return self._store.units(organisation_id)

    def add_organisation(self, name: str) -> Organisation:
        """The organisation of this name, created where missing."""
        with self._reading():
            known = self._store.organisation_named(name)
        if known is not None:
            return known
        with self._writing():
            return self._organisation(name)

    def add_unit(
        self, organisation_id: str, name: str, kind: str = "team", parent_id: str | None = None
    ) -> Unit:
        """The unit of this name below this parent, created where missing."""
        with self._writing():
            self._store.organisation(organisation_id)
            if parent_id is not None and (
                self._store.unit(parent_id).organisation_id != organisation_id
            ):
                raise InvalidInput(N_("The unit above belongs to another organisation."))
            return self._unit(organisation_id, name, kind, parent_id)

    def _organisation(self, name: str) -> Organisation:
        name = checked_name(name, N_("Please enter the name of the organisation."))
        known = self._store.organisation_named(name)
        if known is None:
            known = Organisation(uuid4().hex, name)
            self._store.add_organisation(known, self._now())
        return known

    def _unit(self, organisation_id: str, name: str, kind: str, parent_id: str | None) -> Unit:
        name = checked_name(name, N_("Please enter the name of the unit."))
        known = self._store.unit_named(organisation_id, name, parent_id)
        if known is None:
            above = self._store.names_down_to(parent_id)
            known = Unit(uuid4().hex, organisation_id, name, kind, parent_id, above)
            self._store.add_unit(known, self._now())
        return known

    def _unit_at(self, organisation_id: str, names: Sequence[str]) -> Unit | None:
        """The unit at the end of a path, created with those above it where missing."""
        unit: Unit | None = None
        for number, name in enumerate(names, start=1):
            kind = "team" if number == len(names) else "department"
            unit = self._unit(organisation_id, name, kind, None if unit is None else unit.id)
        return unit

    def models(self) -> tuple[MaturityModel, ...]:
        """Imported models; of those with the same id the one imported last."""
        with self._reading():
            return self._store.imported_models()

    def add_model(self, model: MaturityModel) -> None:
        """Keep an imported model; sessions on an older one keep their own copy."""
        with self._writing():
            self._store.keep_model(model, self._now(), imported=True)

    # ---- sessions ------------------------------------------------------------------------------

    def session_count(self, search: str = "") -> int:
        """How many sessions match."""
        with self._reading():
            return summaries.count(self._connection, search)

    def session_summaries(
        self, search: str = "", *, limit: int | None = None, offset: int = 0
    ) -> tuple[SessionSummary, ...]:
        """One page of the sessions, last opened first; every word of ``search`` has to occur."""
        with self._reading():
            return summaries.last_opened_first(self._connection, self._store, search, limit, offset)

    def archived_sessions(self) -> tuple[SessionSummary, ...]:
        """Sessions that are hidden from the lists, last opened first."""
        with self._reading():
            return summaries.archived(self._connection, self._store)

    def earlier_sessions(self, session_id: str) -> tuple[SessionSummary, ...]:
        """Sessions of the same organisation and unit with an earlier date, newest first."""
        with self._reading():
            return summaries.earlier(self._connection, self._store, session_id)

    def create_session(self, new: NewSession) -> Session:
        """A new, unscored session."""
        with self._writing():
            organisation = self._organisation(new.organisation)
            unit = self._unit_at(organisation.id, unit_names(new.unit))
            now = self._now()
            session = Session(
                id=uuid4().hex,
                organisation=organisation,
                title=TITLE.typed(new.title),
                date=new.date or now.date(),
                language=new.language,
                model=new.model,
                unit=unit,
                scope=new.scope.strip()[:MAX_NOTE_LENGTH],
                half_levels=new.half_levels,
            )
            self._store.add_session(session, session, now)
            self._store.set_position(session.id, None, now)
        return session

    def load_session(self, session_id: str) -> Session:
        """The session as it stands, with its frozen model.

        While the library has not been checked yet, this session is checked first; where that
        finds something, the whole library is checked at once.
        """
        with self._reading():
            if self._faults is None and self._store.is_altered(session_id):
                self._finish_check()
            return self._store.session(session_id)

    def archive_session(self, session_id: str, archived: bool = True) -> None:
        """Hide a session from the lists, or bring it back."""
        with self._writing():
            self._store.set_archived(session_id, archived, self._now())

    # ---- changes -------------------------------------------------------------------------------

    def record(self, change: Change) -> Saved:
        """Store a change and its log row in one transaction; on the disk when this returns.

        Idempotent by the change's id. Raises ``StorageUnavailable`` when it may not be on the
        disk, and ``InvalidInput`` where the session is not in the state that the change expects.
        """
        try:
            return self._record(change)
        except StorageUnavailable:
            # SQLite also reports a failure when the journal could be emptied but not synced. The
            # change is in the file then, and one more commit that succeeds makes it durable.
            if not self.is_recorded(change.id):
                raise
            return self._record(change)

    def _record(self, change: Change) -> Saved:
        with self._writing():
            known = self._store.acknowledgement_of(change.id)
            if known is not None:
                self._store.touch()
                return known
            return self._store.append_change(self._store.apply(change), self._now())

    def is_recorded(self, change_id: str) -> bool:
        """True if a change with this id is in the log, even if its commit was reported to fail."""
        with as_unavailable(self.path):
            return self._store.acknowledgement_of(change_id) is not None

    def changes(self, session_id: str) -> Sequence[Change]:
        """The session's change log in order."""
        with self._reading():
            self._store.session_row(session_id)
            return self._store.changes(session_id)

    # ---- files ---------------------------------------------------------------------------------

    def add_file(self, path: Path) -> Evidence:
        """Take a file of up to 10 MB into the library."""
        refuse_open_library(path)
        content = _file_to_keep(path)
        with self._writing():
            digest = self._store.add_file(content, self._now())
        # Where names are bytes, one may hold some that are no text.
        name = os.fsencode(path.name).decode("utf-8", "replace")
        return Evidence(uuid4().hex, EvidenceKind.FILE, name, name, len(content), digest)

    def file_content(self, digest: str) -> bytes:
        """The content of a file that was taken in."""
        with self._reading():
            return self._store.file_content(digest)

    # ---- where somebody is ---------------------------------------------------------------------

    def remember_position(self, session_id: str, area_id: str) -> None:
        """Note which session and area are open, for the next start.

        Nothing may be written before the library has been checked. A small one is checked at once;
        in a large one the place is kept in mind until the check is done, the next write or the
        end, because a place alone is not worth a wait of a second.
        """
        if self._faults is None and self._is_large():
            with self._reading():
                self._store.session_row(session_id)
            self._places.pop(session_id, None)  # the last one opened comes last
            self._places[session_id] = area_id
            return
        with self._writing():
            self._store.set_position(session_id, area_id, self._now())

    def _is_large(self) -> bool:
        """Whether a whole check would be felt; what cannot be told is taken for large."""
        try:
            return self.path.stat().st_size > QUICKLY_CHECKED_BYTES
        except OSError:
            return True

    def last_position(self) -> tuple[str, str] | None:
        """Session and area that were open last."""
        if self._places:
            return next(reversed(self._places.items()))
        with self._reading():
            return self._store.last_position()

    def position_in(self, session_id: str) -> str | None:
        """The area that was open last in this session."""
        if session_id in self._places:
            return self._places[session_id]
        with self._reading():
            return self._store.position(session_id)

    # ---- soundness and end ---------------------------------------------------------------------

    def check(self) -> tuple[AppError, ...]:
        """Look at the whole file; empty when it is sound."""
        self.begin_check()
        return self._finish_check()

    def begin_check(self) -> None:
        """Look at the whole file anew, from now on slice by slice."""
        self._drop_check()
        self._faults = None

    def check_slice(self) -> tuple[AppError, ...] | None:
        """Go on with the check for about 20 ms; ``None`` while there is more to look at.

        For a window that has other things to do in between. Once the library has been checked,
        this is the answer of then. SQLite's own part comes in pieces that may take longer.
        """
        return self._go_on_checking(monotonic() + SLICE_SECONDS)

    def _finish_check(self) -> tuple[AppError, ...]:
        found = self._go_on_checking(float("inf"))
        return () if found is None else found

    def _go_on_checking(self, until: float) -> tuple[AppError, ...] | None:
        if self._faults is not None:
            return self._faults
        if self._check is None:
            self._check, self._found = faults_in_steps(self._connection, self.path), []
        try:
            with as_sentences(self.path):
                for fault in self._check:
                    if fault is not None:
                        self._found.append(fault)
                    elif monotonic() >= until:
                        return None
        except UnusableLibrary as error:
            self._found.append(error)
        except BaseException:
            self._drop_check()
            raise
        self._faults = tuple(self._found)
        self._drop_check()
        self._write_places()
        return self._faults

    def _drop_check(self) -> None:
        """Forget a check that is under way; its open statements would hold up what follows."""
        self._check, self._found = None, []

    def _write_places(self) -> None:
        places, self._places = self._places, {}
        if self._faults or not places:
            return
        # A place is no content: that it could not be kept is no reason to refuse anything.
        with suppress(StorageUnavailable), self._writing():
            for session_id, area_id in places.items():
                self._store.set_position(session_id, area_id, self._now())

    def back_up(self, reason: str = "manual") -> Backup:
        """Make a verified backup now.

        Raises ``StorageUnavailable`` or ``UnusableLibrary``; the earlier backups stay.
        """
        self._drop_backup()
        return backups.result_of(self._back_up_in_steps(reason))

    def _back_up_in_steps(self, reason: str) -> Generator[None, None, Backup]:
        seq, _ = self._log_head()
        now = self._now()
        backup = yield from backups.back_up_in_steps(self._connection, self.path, reason, now)
        self._backed_up_to = seq
        self._backed_up_at = monotonic()
        return backup

    def back_up_slice_if_due(self) -> bool:
        """Go on for about 20 ms with the backup that is due; whether there is more to do.

        One is due when something has changed and the last is ten minutes old, so the first call
        backs up what an earlier run left. For a timer of the window: only the copying itself is
        done at one go, and writing may go on in between.
        """
        if self._backup is None:
            if not self._is_backup_due():
                return False
            self._backup = self._back_up_in_steps("timer")
        until = monotonic() + SLICE_SECONDS
        try:
            for _ in self._backup:
                if monotonic() >= until:
                    return True
        except BaseException:
            self._drop_backup()
            raise
        self._drop_backup()
        return False

    def _drop_backup(self) -> None:
        if self._backup is not None:
            self._backup.close()
            self._backup = None

    def _is_backup_due(self) -> bool:
        return monotonic() - self._backed_up_at >= BACKUP_SECONDS and self._has_changed()

    def _has_changed(self) -> bool:
        if self._backed_up_to is None:
            copies = backups.copies_of(self.path)
            self._backed_up_to = copies[0].seq if copies else 0
        return self._log_head()[0] != self._backed_up_to

    def _log_head(self) -> tuple[int, str]:
        with self._reading():
            return self._store.log_head()

    def backups(self) -> tuple[Backup, ...]:
        """The backups of this library, newest first."""
        return backups.list_backups(self.path)

    def save_copy(self, target: Path) -> None:
        """Write a verified copy of the whole library to a new file.

        Raises ``InvalidInput`` for a name in use, ``StorageUnavailable`` or ``UnusableLibrary``.
        """
        with _new_name(target):
            backups.copy_verified(self._connection, target)

    def close(self) -> None:
        """Back up what has changed and let go of the file; harmless when repeated.

        A backup that fails keeps nothing from closing; ``notices`` tells of it afterwards.
        """
        if self._is_closed:
            return
        self._is_closed = True
        try:
            if self._places:
                self._finish_check()
            self._drop_check()
            self._drop_backup()
            if self._file.is_in_place() and not self._faults and self._has_changed():
                self.back_up("close")
        except (StorageUnavailable, UnusableLibrary) as error:
            self._file.notices = (*self._file.notices, error)
        finally:
            forget_holder(self.path)
            self._file.close()

    # ---- sessions from and to elsewhere --------------------------------------------------------

    def whole_session(self, session_id: str) -> WholeSession:
        """The session with its units, change log and files."""
        from data.sessions.transfer import read_whole

        with self._reading():
            whole = read_whole(self._store, session_id)
            return replace(whole, files=dict(whole.files))

    def export_session(self, session_id: str, target: Path) -> None:
        """Write a new library file with this session alone: model, history and files included.

        Raises ``InvalidInput`` for a name in use and ``StorageUnavailable``.
        """
        from data.sessions.transfer import read_whole, write_whole

        with self._reading():
            whole = read_whole(self._store, session_id)
        with _new_name(target), new_file(target) as connection:
            with wrap(connection).atomic():
                write_whole(Store(connection), whole, self._now())
            for fault in faults_of(connection, target):
                raise fault

    def merge(self, source: Path) -> MergeReport:
        """Take in the sessions of another library, after a backup of this one.

        A session with the same id and other content is kept as a second one. Raises errors as
        for opening a library; then nothing was taken in.
        """
        from data.sessions.merge import private_copy, take_in_all

        with private_copy(source, self._now()) as other:
            self._back_up_before("merge")
            with self._writing():
                return take_in_all(self._store, other, self._now())

    def import_session(self, whole: WholeSession) -> Session:
        """Take in a session that was read from a file, after a backup of this library.

        One with the same id and other content is kept as a second session.
        """
        from data.sessions.merge import take_in

        self._back_up_before("import")
        with self._writing():
            _, session = take_in(self._store, whole, self._now())
            # Known already, but hidden: who takes a session in wants to see it.
            self._store.set_archived(session.id, False, self._now())
        return session

    def _back_up_before(self, reason: str) -> None:
        if self._log_head()[0] > 0:
            self.back_up(reason)

    # ---- transactions --------------------------------------------------------------------------

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            with as_sentences(self.path):
                yield
        except UnicodeEncodeError as error:
            # Half a character, for example from a command line that is not UTF-8.
            raise NotFound(N_("There is nothing of this name in the library.")) from error
        except ValueError as error:
            # What was written can be read, so this is no longer what was written.
            raise damaged(self.path, str(error)) from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: all of it or nothing, and on the disk when it is left."""
        self._refuse_where_nothing_can_be_kept()
        try:
            with as_unavailable(self.path), self._database.atomic():
                yield
        except UnicodeEncodeError as error:
            self._store.forget_cached()
            raise InvalidInput(
                N_("The text holds half a character, which cannot be stored. Please retype it.")
            ) from error
        except BaseException:
            self._store.forget_cached()
            raise

    def _refuse_where_nothing_can_be_kept(self) -> None:
        if not self._file.is_in_place():
            raise StorageUnavailable(
                N_(
                    "“{name}” was moved, deleted or replaced while it was open, so nothing can be"
                    " kept in it. Put it back, or save a copy of the library elsewhere."
                ),
                name=self.path.name,
            )
        faults = self._finish_check()
        if faults:
            raise StorageUnavailable(faults[0].template, **faults[0].values)

    @property
    def _database(self) -> Database:
        if self._wrapped is None:
            self._wrapped = wrap(self._connection)
        return self._wrapped


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
    Raises ``NotFound`` (no file), ``LibraryInUse``, ``NewerFile``, ``UnusableLibrary`` and
    ``StorageUnavailable``, each with a sentence that names the way out.
    """
    if path.is_symlink():
        # SQLite keeps its journal beside the real file, and so do we
        path = Path(os.path.realpath(path))
    if backups.is_a_backup(path):
        raise UnusableLibrary(
            N_("“{name}” is a backup. Please restore it under a new name; then it stays as it is."),
            name=path.name,
        )
    notices: tuple[AppError, ...] = ()
    if create and not path.exists():
        notices = create_file(path)
    try:
        file = open_locked(path)
    except LibraryInUse as error:
        raise error if is_open_here(path) else in_use(path, error) from error
    note_holder(path, holder)
    try:
        file.notices = (*notices, *file.notices, *warnings_about(path))
        bring_up_to_date(file, now())
        library = SqliteLibrary(file, now)
        if check:
            for fault in library.check():
                raise fault
    except BaseException:
        forget_holder(path)
        file.close()
        raise
    return library


@contextmanager
def _new_name(target: Path) -> Iterator[None]:
    """Refuse a name in use, and tell of the target when the disk refuses."""
    with as_sentences(target):
        if target.exists():
            raise name_in_use(target)
        try:
            move_orphans_aside(target, None)
            yield
        except FileExistsError:
            raise name_in_use(target) from None


def _file_to_keep(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_EVIDENCE_BYTES + 1)
    except OSError as error:
        raise InvalidInput(
            N_("The file “{name}” cannot be read ({detail})."),
            name=path.name,
            detail=error.strerror or type(error).__name__,
        ) from error
    if len(content) > MAX_EVIDENCE_BYTES:
        raise InvalidInput(
            N_("“{name}” is larger than {most} MB. Attach a link to it instead."),
            name=path.name,
            most=MAX_EVIDENCE_BYTES // (1024 * 1024),
        )
    return content
