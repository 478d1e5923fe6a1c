"""Locks on a library's file beside SQLite's own, through a descriptor that stays open.

On Unix, SQLite's locks belong to the process: they vanish as soon as anything in it closes the same
file, for example a file dialog that looks what kind of file it is, and SQLite does not notice. So:

- Linux: locks that belong to the open file, one of our own and one in place of SQLite's.
- other Unix: a lock beside the library, and SQLite's own one is taken again before each write.
- Windows: locks belong to the handle and are not lost, so there is nothing to do.
"""

from __future__ import annotations

import errno
import os
import struct
import sys
import time
from contextlib import suppress
from pathlib import Path

from data.library.folders import private_folder

LOCK_BYTES = 0x40000000, 512
"""Offset and length of SQLite's own locks; no data is ever stored there."""

SECOND_LOCK_BYTE = LOCK_BYTES[0] + 1024
"""Ours, on the page that SQLite leaves free for its locks."""

PAUSE_SECONDS = 0.02
_HELD = (errno.EACCES, errno.EAGAIN)
_UNKNOWN = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK)


class SecondLock:
    """A lock that stays as long as this object is open, whatever else is done with the file.

    Raises ``BlockingIOError`` if another process has it after ``patience`` seconds. Where the
    system knows no such lock, there is none: SQLite's own has to do.
    """

    def __init__(self, descriptor: int, patience: float) -> None:
        self._beside: int | None = None
        until = time.monotonic() + patience
        while True:
            try:
                self._take(descriptor)
            except OSError as error:
                if error.errno not in _HELD:
                    raise
                if time.monotonic() >= until:
                    raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from error
                time.sleep(PAUSE_SECONDS)
            else:
                return

    def _take(self, descriptor: int) -> None:
        if sys.platform != "win32" and not _lock_description(descriptor):
            self._beside = _lock_beside(descriptor)

    def close(self) -> None:
        """Give up a lock beside the library; one on it ends with its descriptor. Idempotent."""
        if self._beside is not None:
            os.close(self._beside)
            self._beside = None


def _lock_description(descriptor: int, start: int = SECOND_LOCK_BYTE, length: int = 1) -> bool:
    """Lock bytes for the open file, as Linux can; False where that is unknown."""
    if sys.platform == "linux":
        import fcntl

        lock = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, start, length, 0)
        try:
            fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, lock)
        except OSError as error:
            if error.errno not in _UNKNOWN:
                raise
        else:
            return True
    return False


def _lock_beside(descriptor: int) -> int | None:
    """Lock a small file in the user's data folder that stands for the library.

    A lock of this kind on the library itself would shut out SQLite, at least on macOS.
    """
    if sys.platform != "win32":
        import fcntl

        beside = _file_beside(os.fstat(descriptor))
        if beside is None:
            return None
        try:
            fcntl.flock(beside, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(beside)
            if error.errno in _HELD:
                raise
        else:
            return beside
    return None


def _file_beside(library: os.stat_result) -> int | None:
    """The file that stands for a library; ``None`` where there is no place for it."""
    try:
        place = private_folder("open") / f"{library.st_dev:x}-{library.st_ino:x}.lock"
        return os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None


def keep_sqlites_lock(descriptor: int) -> bool:
    """Put a lock that nothing in this process can lose in the place of SQLite's exclusive one.

    SQLite never locks again while it holds a file exclusively. Raises ``BlockingIOError`` if
    another process was quicker; False where the system knows no such lock.
    """
    if sys.platform == "linux":
        import fcntl

        start, length = LOCK_BYTES
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_UN, length, start)
            if _lock_description(descriptor, start, length):
                return True
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start)
        except OSError as error:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from error
    return False


def take_sqlites_lock(descriptor: int) -> bool:
    """Make sure that SQLite's exclusive lock is there; False if another process has it.

    It belongs to process and file, so this takes it again should it have been lost, and does
    nothing where it is still there.
    """
    if sys.platform != "win32":
        import fcntl

        start, length = LOCK_BYTES
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start)
        except OSError:
            return False
    return True


def open_for_locks(path: Path) -> int:
    """A descriptor to lock a file with, and to look at it."""
    return os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))


def close_descriptor(descriptor: int) -> None:
    """Close a descriptor; nothing is left to do should that fail."""
    with suppress(OSError):
        os.close(descriptor)
