"""The clock of the library: local time to the millisecond, no moment twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_STEP = timedelta(milliseconds=1)
_SET_BACK = timedelta(minutes=1)


def _system_time() -> datetime:
    return datetime.now(UTC)


class LibraryClock:
    """Tells the time on this machine, with its offset, and each moment only once.

    Of several reviews or mappings of the same the newest is in force, in merged libraries too, and
    moments are stored to the millisecond (a clock may be even coarser). So what is decided later
    has a later moment. A clock that is set back by a minute or more is followed.
    """

    def __init__(self, system_time: Callable[[], datetime] = _system_time) -> None:
        self._system_time = system_time
        self._last = datetime.min.replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        """The next moment."""
        now = self._system_time()
        now = now.replace(microsecond=now.microsecond // 1000 * 1000)
        if timedelta() <= self._last - now < _SET_BACK:
            now = self._last + _STEP
        self._last = now
        return now.astimezone()


local_now = LibraryClock()
"""Shared by all libraries of this process."""
