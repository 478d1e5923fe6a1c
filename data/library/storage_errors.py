"""Translates SQLite and system errors into user-facing ones that name file and way out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import AppError, LibraryInUse, StorageUnavailable, UnusableLibrary
from app.words.texts import N_
from data.files import DISK_FULL, NOT_REACHABLE, NOT_WRITABLE, access_error, unavailable

HELD = N_(
    "“{name}” is in use by another program. Close that program, or wait until it has finished."
)
DAMAGED = N_(
    "“{name}” is damaged ({detail}). Restore a backup under a new name; the damaged file is left"
    " as it is."
)

ENDLESS = N_(
    "“{name}” takes far too long to read for a library; it may be damaged or made up, so it is not"
    " used. Please choose another file, or restore a backup."
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
_DAMAGE_CODES = (
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_FORMAT,
    sqlite3.SQLITE_TOOBIG,
)


UNREADABLE = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    RecursionError,
    ArithmeticError,
)
"""Raised by reading a value that none of our releases has written."""


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
    except BlockingIOError as error:
        raise LibraryInUse(HELD, name=path.name) from error
    except OSError as error:
        raise access_error(error, path) from error


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
    if primary == sqlite3.SQLITE_INTERRUPT:
        return UnusableLibrary(ENDLESS, name=path.name)
    # Python's own complaint about a text has no code.
    if primary in _DAMAGE_CODES or detail.startswith("Could not decode"):
        return damaged(path, detail.partition(" with text ")[0])  # what follows is a client's text
    template = _BY_PRIMARY_CODE.get(primary)
    return None if template is None else unavailable(template, path, detail)


def is_in_use(error: sqlite3.Error) -> bool:
    """True if another connection holds the file."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _HELD_CODES


def damaged(path: Path, detail: str) -> UnusableLibrary:
    """The library is damaged; ``detail`` is for support."""
    return UnusableLibrary(DAMAGED, name=path.name, detail=detail)
