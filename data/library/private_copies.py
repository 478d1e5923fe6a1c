"""Private copies of libraries that are only read: of other people, or write-protected.

The original is never written to, not even by rolling back a journal, and it is not held: others who
may write to it can do so meanwhile.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from app.errors import ReadOnlyLibrary, StorageUnavailable
from app.words.texts import N_
from data.files import DISK_FULL, temporary_error
from data.leftovers import kept_until_exit
from data.library.database import connect
from data.library.opening import LockedFile, has_hot_journal, look_at
from data.library.readers import open_for_reading
from data.library.storage_errors import UNREADABLE, as_sentences, damaged, is_in_use
from data.library.upgrade import bring_up_to_date

_WHILE_WRITING = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
_WHILE_READING = (sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ)

READ_ONLY = N_(
    "“{name}” can only be viewed: the file or its folder {folder} is write-protected. To change"
    " anything, save a copy in a folder of your own and open that."
)


class PrivateCopy(LockedFile):
    """A copy of a library as it is now, under the name of the original; gone when closed.

    Raises errors as for opening a library.
    """

    is_copy = True

    def __init__(self, source: Path) -> None:
        header = look_at(source)
        try:
            self._folder = kept_until_exit()
        except OSError as error:
            raise temporary_error(error) from error
        try:
            copy = self._folder / source.name  # every message contains the name
            with as_sentences(source):
                _copy(source, copy, with_log=header.is_wal)
            super().__init__(copy)
        except BaseException:
            self._remove()
            raise
        self.path = source.absolute()

    @property
    def read_only(self) -> ReadOnlyLibrary:
        """The sentence that names the way out."""
        return ReadOnlyLibrary(READ_ONLY, name=self.path.name, folder=self.path.parent)

    def upgrade(self, now: datetime) -> None:
        """Bring the copy up to date; the original stays of the release that wrote it."""
        try:
            bring_up_to_date(self, now)
        except StorageUnavailable as error:
            if error.template != DISK_FULL:
                raise
            raise _no_room() from error
        except (sqlite3.DatabaseError, *UNREADABLE) as error:
            # the steps have always worked on our files
            raise damaged(self.path, "upgrade") from error

    def close(self) -> None:
        """Close the copy and remove it. Idempotent."""
        super().close()
        self._remove()

    def _remove(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


def _no_room() -> StorageUnavailable:
    return temporary_error(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))


@contextmanager
def _written_to_copy() -> Iterator[None]:
    """Failures to write are those of our folder, not of the library that is read."""
    try:
        yield
    except sqlite3.OperationalError as error:
        code = error.sqlite_errorcode
        if code in _WHILE_READING or code & 0xFF not in _WHILE_WRITING:
            raise
        if code == sqlite3.SQLITE_FULL:
            raise _no_room() from error
        raise temporary_error(OSError(errno.EIO, str(error))) from error
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise temporary_error(error) from error


def _copy(source: Path, copy: Path, *, with_log: bool) -> None:
    try:
        reader = open_for_reading(source)
    except sqlite3.OperationalError as error:
        if is_in_use(error) or not (with_log or has_hot_journal(source)):
            raise
    else:
        with closing(reader), _written_to_copy(), closing(connect(copy)) as target:
            reader.backup(target)
        return
    # Left by a crash: the journal is rolled back in our copy, not in the other folder.
    for suffix in ("", "-journal", *(("-wal",) if with_log else ())):
        with suppress(FileNotFoundError), _written_to_copy():
            shutil.copyfile(f"{source}{suffix}", f"{copy}{suffix}")
