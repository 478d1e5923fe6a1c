"""Proves before each write that a library's file is as we left it.

SQLite holds the file alone and trusts its cache: it would write a page of its own into whatever a
synchronisation program has put there, and report that all is well.
"""

from __future__ import annotations

import os
import sqlite3
import struct
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from data.library.file_locks import (
    SecondLock,
    close_descriptor,
    keep_sqlites_lock,
    open_for_locks,
    take_sqlites_lock,
)

HEADER_BYTES = 100
"""SQLite's header: change counter (24), number of pages (28), and what else a write changes."""

MOST_BYTES_COMPARED = 32 * 1024**2
"""Up to this size the whole file is compared with SQLite's view of it."""


class Finding(Enum):
    """Result of the proof."""

    AS_LEFT = auto()
    TOUCHED = auto()
    """Something wrote to the file, but what is in it is what we know."""
    GONE = auto()
    """Moved, deleted, or another file is there now."""
    HELD = auto()
    """Another program has taken the lock that was lost."""
    ALTERED = auto()


class _Look(NamedTuple):
    """A look at the file that is enough to see that nobody wrote to it."""

    times: tuple[int, int]
    size: int
    header: bytes

    @property
    def is_complete(self) -> bool:
        """True if the file has as many pages as its header says, as SQLite leaves it."""
        if len(self.header) < HEADER_BYTES:
            return False
        (page_size,) = struct.unpack(">H", self.header[16:18])
        (pages,) = struct.unpack(">I", self.header[28:32])
        return bool(pages * (65536 if page_size == 1 else page_size) == self.size)


class KnownFile:
    """The file of an open library as it was after our last write."""

    def __init__(self, path: Path, patience: float) -> None:
        self._path = path
        self._descriptor = open_for_locks(path)
        try:
            self._second_lock = SecondLock(self._descriptor, patience)
        except BaseException:
            close_descriptor(self._descriptor)
            raise
        self._can_retake = False
        self._is_measured = False
        self._last: _Look | None = None
        self._head: tuple[int, str] = (0, "")
        self._changes = 0

    def begin(self, connection: sqlite3.Connection) -> None:
        """Know the file as it is now that SQLite has its lock."""
        is_kept = keep_sqlites_lock(self._descriptor)
        self._can_retake = not is_kept and take_sqlites_lock(self._descriptor)
        look = self._look()
        self._is_measured = look is not None and look.is_complete
        self._know(look, connection)

    def stays_durably(self, is_fine: Callable[[], bool]) -> bool:
        """True if the file is fine, on the disk, and nobody else was or is using it.

        SQLite's lock is held afterwards. To be called before SQLite opens the file.
        """
        before = self._look()
        if not is_fine() or not take_sqlites_lock(self._descriptor) or self._look() != before:
            return False
        os.fsync(self._descriptor)
        return True

    def remember(self, connection: sqlite3.Connection) -> Finding:
        """Know the file as it is after a write of ours, if it can be what we have written."""
        look = self._look()
        if look is None:
            return Finding.GONE
        if self._is_measured and not look.is_complete:
            return Finding.ALTERED
        self._know(look, connection)
        return Finding.AS_LEFT

    def _know(self, look: _Look | None, connection: sqlite3.Connection) -> None:
        self._last = look
        self._head = _head_of(connection)
        self._changes = _changes_of(connection)

    def doubt(self) -> None:
        """A write of ours failed: the file may have changed without anybody else."""
        self._last = None

    def prove(self, connection: sqlite3.Connection) -> Finding:
        """Compare the file with what is known of it, before a write."""
        look = self._look()
        if look is None:
            return Finding.GONE
        if self._can_retake and not take_sqlites_lock(self._descriptor):
            return Finding.HELD
        last = self._last if self._changes == _changes_of(connection) else None
        if look == last:
            return Finding.AS_LEFT
        if last is not None and (look.size, look.header) != (last.size, last.header):
            return Finding.ALTERED
        if not self._is_what_we_know(connection):
            return Finding.ALTERED
        self._last, self._changes = self._look(), _changes_of(connection)
        return Finding.TOUCHED

    def close(self) -> None:
        """Give up the locks; only after SQLite has closed the file. Idempotent."""
        self._second_lock.close()
        if self._descriptor >= 0:
            close_descriptor(self._descriptor)
            self._descriptor = -1

    # ---- looking ------------------------------------------------------------------------------

    def _look(self) -> _Look | None:
        """The file as it is; ``None`` if our descriptor's file is not at its path any more."""
        try:
            ours, there = os.fstat(self._descriptor), self._path.stat()
            header = self._read(HEADER_BYTES, 0)
        except OSError:
            return None
        if (ours.st_dev, ours.st_ino) != (there.st_dev, there.st_ino):
            return None
        return _Look((ours.st_mtime_ns, ours.st_ctime_ns), ours.st_size, header)

    def _read(self, length: int, offset: int) -> bytes:
        os.lseek(self._descriptor, offset, os.SEEK_SET)  # Windows has no pread
        return os.read(self._descriptor, length)

    def _is_what_we_know(self, connection: sqlite3.Connection) -> bool:
        """True if file and cache agree, and the log still holds the last row we know."""
        size = os.fstat(self._descriptor).st_size
        if size <= MOST_BYTES_COMPARED and hasattr(connection, "serialize"):
            if _in_use(connection.serialize()) != _in_use(self._read_all(size)):
                return False
        else:
            connection.execute("PRAGMA shrink_memory")  # from now on SQLite reads the file
        seq, hashed = self._head
        row = connection.execute("SELECT hash FROM change_log WHERE seq = ?", (seq,)).fetchone()
        return seq == 0 or (row is not None and row[0] == hashed)

    def _read_all(self, size: int) -> bytes:
        parts, offset = [], 0
        while offset < size and (part := self._read(size - offset, offset)):
            parts.append(part)
            offset += len(part)
        return b"".join(parts)


def _in_use(content: bytes) -> bytes:
    """A database with its free pages emptied, but for those that list them.

    SQLite does not keep the bytes of free pages in its journal, so after a write that failed they
    may differ between the file and its cache.
    """
    size = int.from_bytes(content[16:18], "big")
    size = 65536 if size == 1 else max(size, 512)
    emptied, trunk = bytearray(content), int.from_bytes(content[32:36], "big")
    for _ in range(len(content) // size):  # bounded, whatever a damaged file says
        if trunk == 0:
            break
        listed = content[(trunk - 1) * size : trunk * size]
        trunk, count = int.from_bytes(listed[:4], "big"), int.from_bytes(listed[4:8], "big")
        for place in range(8, min(8 + 4 * count, len(listed)), 4):
            page = int.from_bytes(listed[place : place + 4], "big")
            if 1 < page <= len(content) // size:
                emptied[(page - 1) * size : page * size] = bytes(size)
    return bytes(emptied)


def _head_of(connection: sqlite3.Connection) -> tuple[int, str]:
    row = connection.execute(
        "SELECT seq, hash FROM change_log ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return (0, "") if row is None else (int(row[0]), str(row[1]))


def _changes_of(connection: sqlite3.Connection) -> int:
    """Number of rows this connection has written, rolled back ones included."""
    return getattr(connection, "total_changes", 0)
