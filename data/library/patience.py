"""Limits for reading a file that may have been made to keep us busy without end.

Before a library has passed the check its pages may refer to each other in ways that SQLite follows
for years, and one of its values may claim any size.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from time import thread_time

OPENING_SECONDS = 5.0
"""Processor time for opening, which takes a millisecond; waiting for a disk does not count."""

READING_SECONDS = 10.0
"""Processor time for one piece of reading before the check has passed."""

LONGEST_VALUE = 128 * 1024**2
"""No text or file in a library is longer."""

_STEPS_BETWEEN = 100_000
"""SQLite's virtual machine takes some milliseconds for them."""


class Patience:
    """Ends what SQLite does on a connection when it takes far too long.

    It then raises ``sqlite3.OperationalError`` with the code of an interruption.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._until = float("inf")
        if hasattr(connection, "set_progress_handler"):
            connection.set_progress_handler(self._is_over, _STEPS_BETWEEN)
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)

    def _is_over(self) -> bool:
        return thread_time() > self._until

    @contextmanager
    def for_seconds(self, seconds: float) -> Iterator[None]:
        """Limit the processor time of the block."""
        before, self._until = self._until, min(self._until, thread_time() + seconds)
        try:
            yield
        finally:
            self._until = before

    def start(self, seconds: float) -> None:
        """From now on there is so much processor time."""
        self._until = thread_time() + seconds
