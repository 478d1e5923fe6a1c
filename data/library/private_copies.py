"""Private copies of libraries that are only read: of other people, or write-protected.

The original is never written to, not even by rolling back a journal, and it is not held: whoever
may write to it can do so meanwhile.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from app.errors import ReadOnlyLibrary
from app.words.texts import N_
from data.leftovers import kept_until_exit
from data.library.database import connect
from data.library.opening import LockedFile, has_hot_journal, look_at
from data.library.readers import open_for_reading
from data.library.storage_errors import UNREADABLE, as_sentences, damaged, is_in_use
from data.library.upgrade import bring_up_to_date

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
        self._folder = kept_until_exit()
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
        except (sqlite3.DatabaseError, *UNREADABLE) as error:
            # the steps have always worked on our files
            raise damaged(self.path, "upgrade") from error

    def close(self) -> None:
        """Close the copy and remove it. Idempotent."""
        super().close()
        self._remove()

    def _remove(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


def _copy(source: Path, copy: Path, *, with_log: bool) -> None:
    try:
        reader = open_for_reading(source)
    except sqlite3.OperationalError as error:
        if is_in_use(error) or not (with_log or has_hot_journal(source)):
            raise
    else:
        with closing(reader), closing(connect(copy)) as target:
            reader.backup(target)
        return
    # Left by a crash: the journal is rolled back in our copy, not in the other folder.
    for suffix in ("", "-journal", *(("-wal",) if with_log else ())):
        with suppress(FileNotFoundError):
            shutil.copyfile(f"{source}{suffix}", f"{copy}{suffix}")
