"""Last session and area, kept in memory while a library must not be written to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.errors import StorageUnavailable
from data.library.access import Access
from data.library.check import SlicedCheck

QUICKLY_CHECKED_BYTES = 2_000_000
"""A library of this size, some 250 sessions, is checked in less than a tenth of a second."""


class OpenPlaces:
    """Stores the open session and area for the next start.

    Nothing may be written before the library has been checked. A small one is checked at once; in
    a large one the place is kept in memory until the check is done, the next write or the end,
    because a place alone is not worth a wait of a second. In a library that can only be viewed it
    stays there.
    """

    def __init__(
        self, path: Path, access: Access, check: SlicedCheck, now: Callable[[], datetime]
    ) -> None:
        self._path = path
        self._access = access
        self._check = check
        self._now = now
        self._waiting: dict[str, str] = {}

    @property
    def are_waiting(self) -> bool:
        """True if places are still to be stored."""
        return bool(self._waiting) and not self._is_read_only

    @property
    def _is_read_only(self) -> bool:
        return self._access.read_only is not None

    def remember(self, session_id: str, area_id: str) -> None:
        """Note that this session and area are open; raises ``NotFound``."""
        if self._is_read_only or (self._check.verdict is None and self._is_large()):
            with self._access.reading() as store:
                store.sessions.record(session_id)
            self._waiting.pop(session_id, None)  # the last one opened comes last
            self._waiting[session_id] = area_id
            return
        with self._access.writing() as store:
            store.sessions.record(session_id)
            store.positions.remember(session_id, area_id, self._now())

    def last(self) -> tuple[str, str] | None:
        """Session and area that were open last."""
        if self._waiting:
            return next(reversed(self._waiting.items()))
        with self._access.reading() as store:
            return store.positions.last()

    def of(self, session_id: str) -> str | None:
        """The area that was open last in this session."""
        if session_id in self._waiting:
            return self._waiting[session_id]
        with self._access.reading() as store:
            return store.positions.of(session_id)

    def store(self) -> None:
        """Store the places that wait, provided the library is sound; best effort."""
        if not self.are_waiting:
            return
        places, self._waiting = self._waiting, {}
        if self._check.verdict:
            return
        with suppress(StorageUnavailable), self._access.writing() as store:
            for session_id, area_id in places.items():
                store.positions.remember(session_id, area_id, self._now())

    def _is_large(self) -> bool:
        """True if a full check would block noticeably; unknown size counts as large."""
        try:
            return self._path.stat().st_size > QUICKLY_CHECKED_BYTES
        except OSError:
            return True
