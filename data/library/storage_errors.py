"""What the disk and the database complain about, as sentences that name the file and a way out."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import AppError, LibraryInUse, StorageUnavailable, UnusableLibrary
from app.words.texts import N_

DISK_FULL = N_("The disk that holds “{name}” is full. Make room on it, then try again.")
NOT_WRITABLE = N_(
    "“{name}” cannot be written to: the file or its folder {folder} is read-only or forbidden."
    " Copy the file to a folder of your own and open it there."
)
FOLDER_NOT_WRITABLE = N_(
    "“{name}” may not be written in the folder {folder}. Choose another folder, or ask for"
    " permission to write there."
)
NOT_READABLE = N_(
    "“{name}” may not be read. Ask for permission to read it, or for a copy of your own."
)
NAME_NOT_POSSIBLE = N_(
    "“{name}” cannot be used as a file name here. Choose a shorter, plainer one."
)
NOT_REACHABLE = N_(
    "“{name}” cannot be reached at the moment ({detail}). Check that the drive is still connected."
)
HELD = N_(
    "“{name}” is in use by another program. Close that program, or wait until it has finished."
)
DAMAGED = N_(
    "“{name}” is damaged ({detail}). Restore a backup under a new name; the damaged file is left"
    " as it is."
)

_BY_PRIMARY_CODE = {
    sqlite3.SQLITE_FULL: DISK_FULL,
    sqlite3.SQLITE_IOERR: NOT_REACHABLE,
    sqlite3.SQLITE_CANTOPEN: NOT_WRITABLE,
    sqlite3.SQLITE_READONLY: NOT_WRITABLE,
    sqlite3.SQLITE_PERM: NOT_WRITABLE,
    sqlite3.SQLITE_AUTH: NOT_WRITABLE,
    sqlite3.SQLITE_NOLFS: DISK_FULL,
}
_HELD_CODES = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL)
_DAMAGE_CODES = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT)
_FULL_ERRNOS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN_ERRNOS = (errno.EACCES, errno.EPERM, errno.EROFS)
_NAME_ERRNOS = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ, errno.ELOOP)


@contextmanager
def as_sentences(path: Path) -> Iterator[None]:
    """Turn failures of the database or the disk under ``path`` into ours.

    Raises ``LibraryInUse``, ``StorageUnavailable`` or ``UnusableLibrary``. What can only be a
    fault of our own (a constraint, wrong SQL) passes unchanged.
    """
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        ours = from_sqlite(error, path)
        if ours is None:
            raise
        raise ours from error
    except UnicodeDecodeError as error:
        raise damaged(path, error.reason) from error  # in a table's name, or in SQLite's message
    except OSError as error:
        raise from_os(error, path) from error


@contextmanager
def as_unavailable(path: Path) -> Iterator[None]:
    """Like :func:`as_sentences` while something is stored, when damage too is a reason to wait.

    The person's change is kept until there is a sound place for it, so everything becomes
    ``StorageUnavailable``.
    """
    try:
        with as_sentences(path):
            yield
    except UnusableLibrary as error:
        raise StorageUnavailable(error.template, **error.values) from error


def from_sqlite(error: sqlite3.DatabaseError, path: Path) -> AppError | None:
    """The sentence for a failure of the database; ``None`` where it is our own fault."""
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    detail = str(error)
    if primary in _HELD_CODES:
        return LibraryInUse(HELD, name=path.name)
    # Python's own complaint about a text has no code.
    if primary in _DAMAGE_CODES or detail.startswith("Could not decode"):
        return damaged(path, detail)
    template = _BY_PRIMARY_CODE.get(primary)
    return None if template is None else _unavailable(template, path, detail)


def is_in_use(error: sqlite3.Error) -> bool:
    """Whether somebody else holds the file."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _HELD_CODES


def from_os(error: OSError, path: Path) -> StorageUnavailable:
    """The sentence for a failure of the file system."""
    if error.errno in _FULL_ERRNOS:
        return _unavailable(DISK_FULL, path)
    if error.errno in _FORBIDDEN_ERRNOS:
        return _unavailable(NOT_WRITABLE, path)
    if error.errno in _NAME_ERRNOS:
        return _unavailable(NAME_NOT_POSSIBLE, path)
    return _unavailable(NOT_REACHABLE, path, error.strerror or type(error).__name__)


def unreadable(error: OSError, path: Path) -> StorageUnavailable:
    """The sentence for a file that somebody handed in and the system does not let us read."""
    forbidden = error.errno in _FORBIDDEN_ERRNOS
    return _unavailable(NOT_READABLE, path) if forbidden else from_os(error, path)


def damaged(path: Path, detail: str) -> UnusableLibrary:
    """The library is damaged; ``detail`` is for whoever looks into it."""
    return UnusableLibrary(DAMAGED, name=path.name, detail=detail)


def _unavailable(template: str, path: Path, detail: str = "") -> StorageUnavailable:
    folder = path.parent.absolute()
    if template == NOT_WRITABLE and not os.path.lexists(path):
        template = FOLDER_NOT_WRITABLE  # there is nothing yet that could be copied elsewhere
    values = {"name": path.name, "folder": str(folder), "detail": detail}
    used = {key: value for key, value in values.items() if f"{{{key}}}" in template}
    return StorageUnavailable(template, **used)
