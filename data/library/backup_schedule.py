"""Schedule of backups of an open library: when one is due, by hand, or sliced by a timer."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import datetime
from pathlib import Path
from time import monotonic

from app.ports import Backup
from data.library import backups, check
from data.library.access import Access
from data.library.backups import Head

BACKUP_SECONDS = 600
"""Maximum age of the last backup while there are changes."""


class BackupSchedule:
    """Makes backups of one library and knows if there is anything new to back up."""

    def __init__(self, path: Path, access: Access, now: Callable[[], datetime]) -> None:
        self._path = path
        self._access = access
        self._now = now
        self._steps: Generator[None, None, Backup] | None = None
        self._backed_up_to: Head | None = None
        self._backed_up_at = -float("inf")

    def back_up(self, reason: str) -> Backup:
        """Make a verified backup now.

        Raises ``StorageUnavailable`` or ``UnusableLibrary``; the earlier backups stay.
        """
        self.drop()
        return backups.result_of(self._back_up_in_steps(reason))

    def back_up_before(self, reason: str) -> None:
        """Make a backup unless the library is empty."""
        if self._head().seq > 0:
            self.back_up(reason)

    def next_slice_if_due(self) -> bool:
        """Go on for about 20 ms with the backup that is due; True while there is more to do.

        One is due when something has changed and the last is ten minutes old, so the first call
        backs up what an earlier run left. Writing may go on in between.
        """
        if not self.is_under_way:
            if not self._is_due():
                return False
            self.begin("timer")
        return self.next_slice() is None

    def begin(self, reason: str) -> None:
        """Begin a backup that :meth:`next_slice` makes, in place of one that is under way."""
        self.drop()
        self._steps = self._back_up_in_steps(reason, in_small_steps=True)

    @property
    def is_under_way(self) -> bool:
        """True if there is something for :meth:`next_slice` to do."""
        return self._steps is not None

    def next_slice(self) -> Backup | None:
        """Go on for about 20 ms with the backup that is under way; returns it once it is there."""
        until = monotonic() + check.SLICE_SECONDS
        try:
            while self._steps is not None:
                next(self._steps)
                if monotonic() >= until:
                    break
        except StopIteration as end:
            self.drop()
            made: Backup = end.value
            return made
        except BaseException:
            self.drop()
            raise
        return None

    def has_changed(self) -> bool:
        """True if something was stored since the last backup; nothing is in what is only viewed."""
        if self._access.read_only is not None:
            return False
        if self._backed_up_to is None:
            copies = backups.copies_of(self._path)
            self._backed_up_to = copies[0].head if copies else Head()
        return self._head() != self._backed_up_to

    def drop(self) -> None:
        """Cancel a backup that is under way; nothing of it is left behind."""
        if self._steps is not None:
            self._steps.close()
            self._steps = None

    def _back_up_in_steps(
        self, reason: str, *, in_small_steps: bool = False
    ) -> Generator[None, None, Backup]:
        with self._access.reading() as store:
            head, connection = Head.of(store), store.connection
        backup = yield from backups.back_up_in_steps(
            connection, self._path, reason, self._now(), in_small_steps=in_small_steps
        )
        self._backed_up_to = head
        self._backed_up_at = monotonic()
        return backup

    def _is_due(self) -> bool:
        return monotonic() - self._backed_up_at >= BACKUP_SECONDS and self.has_changed()

    def _head(self) -> Head:
        with self._access.reading() as store:
            return Head.of(store)
