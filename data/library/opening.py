"""Opens a library file safely: inspect it before SQLite does, lock it, reject foreign files.

SQLite would open an empty or missing file as a healthy empty database and delete the journal that
may hold the last copy of the data. So the first look at a file happens without SQLite.
"""

from __future__ import annotations

import os
import sqlite3
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from app.errors import (
    AppError,
    LibraryInUse,
    NewerFile,
    NotFound,
    ReadOnlyLibrary,
    StorageUnavailable,
    UnusableLibrary,
)
from app.words.texts import N_
from data.files import (
    NOT_WRITABLE,
    make_folder,
    publish,
    read_error,
    temporary_beside,
    unavailable,
)
from data.library import schema
from data.library.database import connect, transaction
from data.library.known_file import Finding, KnownFile
from data.library.patience import OPENING_SECONDS, Patience
from data.library.readers import (
    LOCK_WAIT_SECONDS,
    connect_without_journal,
    refuse_foreign_schema,
    uri_of,
)
from data.library.schema import APPLICATION_ID
from data.library.storage_errors import as_sentences, damaged
from data.open_libraries import (
    identity_of,
    is_open_here,
    note_closed,
    note_open,
    refuse_open_library,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

MAGIC = b"SQLite format 3\x00"
OLDEST_SQLITE = (3, 37, 0)
"""The first with strict tables."""

_SIDE_FILES = ("-journal", "-wal")

_FILE_FORMATS = {1, 2}
_SCHEMA_FORMATS = range(1, 5)
"""The numbers in a file's header that SQLite has given out so far."""


@dataclass(frozen=True, slots=True)
class Header:
    """Header of a library file, its first hundred bytes."""

    schema_version: int
    is_wal: bool


def look_at(path: Path) -> Header:
    """Read a library's header without SQLite and without touching anything.

    Raises ``NotFound`` for a missing file, ``NewerFile`` and ``UnusableLibrary`` for one that
    must not be opened, ``StorageUnavailable`` for one that cannot be read.
    """
    refuse_open_library(path)
    with as_sentences(path):
        head = _read_head(path)
    if not head:
        raise _empty(path)
    if len(head) < 100 or not head.startswith(MAGIC):
        raise UnusableLibrary(
            N_("“{name}” is not a library of Stufenplan. Please choose another file."),
            name=path.name,
        )
    schema_version, application_id = struct.unpack(">I4xI", head[60:72])
    if application_id != APPLICATION_ID or schema_version == 0:
        raise UnusableLibrary(
            N_("“{name}” is a database of another program. It was not changed."), name=path.name
        )
    if schema_version > schema.SCHEMA_VERSION:
        raise NewerFile(
            N_(
                "“{name}” was written by the newer version {theirs}; this is version {ours}."
                " Please update Stufenplan. The file was not changed."
            ),
            name=path.name,
            theirs=_told_apart(_writing_version(path), schema_version),
            ours=schema.APP_VERSION,
        )
    (schema_format,) = struct.unpack(">I", head[44:48])
    if not {head[18], head[19]} <= _FILE_FORMATS or schema_format not in _SCHEMA_FORMATS:
        # SQLite would take it for a file of its own future, and mostly for one to read only
        raise damaged(path, "file format")
    return Header(schema_version, is_wal=head[18] == 2)


def _told_apart(version: str, schema_version: int) -> str:
    """The release that wrote a newer file; that of a build before its release with its schema."""
    if not version:
        return str(schema_version)
    return f"{version}+{schema_version}" if version == schema.APP_VERSION else version


def _read_head(path: Path) -> bytes:
    if path.is_dir():
        raise UnusableLibrary(
            N_("“{name}” is a folder, not a library. Please choose a file."),
            name=path.name or path,
        )
    if path.exists() and not path.is_file():  # reading a pipe would wait without end
        raise UnusableLibrary(
            N_("“{name}” is not a library of Stufenplan. Please choose another file."),
            name=path.name,
        )
    try:
        with path.open("rb") as file:
            return file.read(100)
    except FileNotFoundError:
        raise _missing(path) from None
    except PermissionError as error:
        raise read_error(error, path) from error


def _missing(path: Path) -> AppError:
    for suffix in _SIDE_FILES:
        if _size_of(_beside(path, suffix)):
            return NotFound(
                N_(
                    "There is no library at {path}, but “{side}” still lies there and may hold"
                    " your last changes. Put the library back beside it, or restore a backup."
                ),
                path=path,
                side=path.name + suffix,
            )
    return NotFound(N_("There is no library at {path}."), path=path)


def _empty(path: Path) -> UnusableLibrary:
    return UnusableLibrary(
        N_(
            "“{name}” is empty, so it holds no library any more. Restore a backup, or choose"
            " another file. Nothing was changed."
        ),
        name=path.name,
    )


def _writing_version(path: Path) -> str:
    """The release that wrote a newer file, read without locks, journals or any change."""
    try:
        connection = connect_without_journal(path)
        Patience(connection).start(OPENING_SECONDS / 10)
        try:
            row = connection.execute("SELECT app_version FROM library_info").fetchone()
        finally:
            connection.close()
    except sqlite3.Error:
        return ""
    return str(row[0]) if row else ""


# ---- side files -------------------------------------------------------------------------------


def move_orphans_aside(path: Path, header: Header | None) -> tuple[AppError, ...]:
    """Put journals out of SQLite's reach that do not belong to the file at ``path``.

    Without a main file (``header`` is ``None``) that is every journal; beside one, a
    write-ahead log of another life of the file. Returns one notice per file.
    """
    if header is None:
        suffixes: Sequence[str] = _SIDE_FILES
    else:
        suffixes = () if header.is_wal else ("-wal",)
    return tuple(
        _move_aside(path, suffix) for suffix in suffixes if _size_of(_beside(path, suffix))
    )


def has_hot_journal(path: Path) -> bool:
    """True if a hot journal lies beside the file, which SQLite will roll back on opening."""
    return _size_of(_beside(path, "-journal")) > 0


def _move_aside(path: Path, suffix: str) -> AppError:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    aside = _beside(path, f"{suffix}.orphan-{stamp}-{uuid4().hex[:6]}")
    with as_sentences(path):
        _beside(path, suffix).rename(aside)
    return UnusableLibrary(
        N_(
            "“{side}” lay beside the library and belongs to another one. It may hold changes, so"
            " it was kept as “{aside}”."
        ),
        side=path.name + suffix,
        aside=aside.name,
    )


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


# ---- opening ----------------------------------------------------------------------------------

_NOT_OURS = {
    Finding.GONE: N_(
        "“{name}” was moved, deleted or replaced while it was open, so nothing can be"
        " kept in it. Put it back, or save a copy of the library elsewhere."
    ),
    Finding.HELD: N_(
        "Another program has opened “{name}” although it is open here, so nothing is saved in"
        " it. Close that program, or save a copy of the library elsewhere."
    ),
    Finding.ALTERED: N_(
        "Another program has changed “{name}” while it was open here. To keep both versions,"
        " nothing more is saved in it: save a copy of the library elsewhere and go on there."
    ),
}


class LockedFile:
    """A library that only we can read and write, until :meth:`close`.

    The connection belongs to the thread that made it.
    """

    is_copy = False
    """True for a private copy, which may be changed without a trace."""

    def __init__(self, path: Path) -> None:
        header = look_at(path)
        path = self.path = path.absolute()  # the working folder may change while it is open
        with as_sentences(path):
            self._known = KnownFile(path, LOCK_WAIT_SECONDS)
        try:
            self.notices = move_orphans_aside(path, header)
            if has_hot_journal(path):
                self._prepare_for_rollback()
            self.connection = self._connected()
        except BaseException:
            self._known.close()
            raise
        self.schema_version = header.schema_version
        self.identity = identity_of(path)
        if self.identity is not None:
            note_open(self.identity)

    def _prepare_for_rollback(self) -> None:
        """Keep what a crash left, and leave a journal to SQLite only where it is needed.

        Raises ``WriteProtected`` where everything has to stay as it is: SQLite would roll the
        journal back first and find only then that it cannot remove it.
        """
        from data.library.crash_copies import keep_crash
        from data.library.stale_journals import remove_if_stale

        journal = _beside(self.path, "-journal")
        if not os.access(self.path.parent, os.W_OK):
            raise unavailable(NOT_WRITABLE, self.path)
        if not self.is_copy:
            keep_crash(self.path, journal)
        with as_sentences(self.path):
            remove_if_stale(self.path, journal, self._known)

    def _connected(self) -> sqlite3.Connection:
        connection = _connect(self.path)
        self.patience = Patience(connection)
        try:
            with as_sentences(self.path), self.patience.for_seconds(OPENING_SECONDS):
                _lock(connection)
                refuse_foreign_schema(connection, self.path)
                _prove_writable(connection, self.path)
                self._known.begin(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    @property
    def read_only(self) -> ReadOnlyLibrary | None:
        """Why nothing can be changed; ``None`` as a rule."""
        return None

    def prove(self) -> bool:
        """Make sure before a write that the file is as we left it.

        True if something touched it, so that it has to be checked again. Raises
        ``StorageUnavailable`` for a file that is not there any more or not ours.
        """
        try:
            with as_sentences(self.path):
                finding = self._known.prove(self.connection)
        except UnusableLibrary:
            finding = Finding.ALTERED
        self._refuse(finding)
        return finding is Finding.TOUCHED

    def remember(self) -> None:
        """Know the file as it is after a write of ours.

        Raises ``StorageUnavailable`` where it cannot be what was written.
        """
        with as_sentences(self.path):
            self._refuse(self._known.remember(self.connection))

    def doubt(self) -> None:
        """A write of ours failed: the file may have changed without anybody else."""
        self._known.doubt()

    def _refuse(self, finding: Finding) -> None:
        sentence = _NOT_OURS.get(finding)
        if sentence is not None:
            raise StorageUnavailable(sentence, name=self.path.name)

    def close(self) -> None:
        """Close the file and leave no journal beside it. Idempotent."""
        if self.identity is not None:
            note_closed(self.identity)
        with suppress(sqlite3.Error):
            self.connection.execute("PRAGMA journal_mode = DELETE")
        with suppress(sqlite3.Error):
            self.connection.close()
        self._known.close()  # last: closing the file drops SQLite's locks on it


def _connect(path: Path) -> sqlite3.Connection:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise UnusableLibrary(
            N_(
                "Python on this machine brings SQLite {found}; Stufenplan needs {needed} or newer."
                " Please install a newer Python."
            ),
            found=sqlite3.sqlite_version,
            needed=".".join(map(str, OLDEST_SQLITE)),
        )
    with as_sentences(path):
        return connect(uri_of(path, "mode=rw"), uri=True, timeout=LOCK_WAIT_SECONDS)


def _lock(connection: sqlite3.Connection) -> None:
    """Set the connection up and hold the file from now on (reliability rules D1, D3)."""
    for pragma in (
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "mmap_size = 0",
        "temp_store = MEMORY",
        "locking_mode = EXCLUSIVE",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync = ON")  # without it macOS leaves data in the drive
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = TRUNCATE").fetchone()


def _prove_writable(connection: sqlite3.Connection, path: Path) -> None:
    """Fail at opening rather than at the first rating; the test write is rolled back.

    A full disk is accepted: the content can be read, and space can be freed.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("UPDATE library_info SET app_version = app_version || ' '")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_FULL:
            raise
    except sqlite3.IntegrityError as error:  # the stored value violates its constraint
        raise damaged(path, str(error)) from error
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def open_locked(path: Path) -> LockedFile:
    """Open and hold a library; raises ``LibraryInUse`` if any process has it open."""
    if is_open_here(path):
        raise LibraryInUse(N_("“{name}” is open already in this window."), name=path.name)
    return LockedFile(path)


# ---- creating ---------------------------------------------------------------------------------


def create_file(path: Path) -> tuple[AppError, ...]:
    """Make an empty library; one that another process made first stays. Returns notices."""
    with as_sentences(path):
        make_folder(path.parent)
        notices = move_orphans_aside(path, None)
        with suppress(FileExistsError), new_file(path):
            pass
    return notices


@contextmanager
def new_file(path: Path) -> Iterator[sqlite3.Connection]:
    """A new library to be filled: complete and on the disk before it has its name.

    Raises ``FileExistsError`` when there is a file of this name in the end.
    """
    with temporary_beside(path) as unnamed:
        connection = connect(unnamed)
        try:
            _fill(connection)
            yield connection
        finally:
            connection.close()
        publish(unnamed, path)


def _fill(connection: sqlite3.Connection) -> None:
    from data.library.migrations import create_tables

    # The file has no name yet; it is synced as a whole before it gets one.
    connection.execute("PRAGMA journal_mode = MEMORY").fetchone()
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA foreign_keys = ON")
    with transaction(connection):
        create_tables(connection)
        connection.execute(
            "INSERT INTO library_info VALUES (1, ?, ?, ?)",
            (uuid4().hex, schema.APP_VERSION, datetime.now(UTC).isoformat(timespec="seconds")),
        )
