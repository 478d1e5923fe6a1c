"""Reads the latest session of each unit of a client, slice by slice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from app.comparison.judging import Judge, nothing_judged
from app.comparison.stored import stored_decisions
from app.comparison.teams import latest_of_each_unit
from app.errors import AppError
from app.session.session import DatedSession, Session
from app.session.units import Organisation, Unit
from app.words.sorting import sort_key
from ui.open_state import OpenState

FIRST_SLICE_S, SLICE_S = 0.03, 0.012
"""So long the page may wait at once, and between two rounds of the event loop."""


@dataclass(frozen=True, slots=True)
class ClientTeams:
    """A client, its units in alphabetical order, and the latest session of each unit.

    ``judge`` says which areas of several versions of a model ask the same. ``unreadable`` counts
    sessions that could not be read.
    """

    organisation: Organisation
    units: tuple[Unit, ...]
    sessions: tuple[Session, ...]
    judge: Judge = nothing_judged
    unreadable: int = 0


class LatestReader(QObject):
    """Keeps what it has read until the library's sessions change.

    The library has one connection, owned by the UI thread, so reading is cut into slices.
    """

    #: So many of so many sessions are read.
    progressed = Signal(int, int)
    #: All are read (``ClientTeams``, or ``None`` without a client).
    finished = Signal(object)

    def __init__(self, state: OpenState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._kept: dict[str, Session] = {}
        self._pending: Iterator[tuple[int, int]] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(lambda: self._go_on(SLICE_S))
        state.sessions_changed.connect(self._kept.clear)
        state.library_changed.connect(self._kept.clear)
        state.areas_changed.connect(lambda _area_ids: self._kept.pop(state.session_id, None))

    @property
    def is_reading(self) -> bool:
        """True while there is more to read."""
        return self._timer.isActive()

    def start(self) -> None:
        """Read again what has changed; finished at once where that is quick."""
        self.stop()
        self._pending = self._read()
        self._timer.start()
        self._go_on(FIRST_SLICE_S)

    def stop(self) -> None:
        """Stop reading; what is read so far is kept."""
        self._timer.stop()

    def _go_on(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        for done, count in self._pending:
            if time.perf_counter() >= end:
                self.progressed.emit(done, count)
                return
        # The iterator has ended, and with it the reading, unless a slot has begun another one.

    def _read(self) -> Iterator[tuple[int, int]]:
        """Read everything; yields progress between two sessions."""
        try:
            client = self._client()
            dated = () if client is None else self._dated(client)
            units = () if client is None else self._units(client)
            judge = nothing_judged if client is None else self._judge(client)
        except AppError:  # its faults are shown by those who open the library
            client, dated, units, judge = None, (), (), nothing_judged
        found: list[Session] = []
        for done, each in enumerate(dated):
            session = self._session(each.id)
            if session is not None:
                found.append(session)
            yield done + 1, len(dated)
        self.stop()
        missing = len(dated) - len(found)
        teams = None if client is None else ClientTeams(client, units, tuple(found), judge, missing)
        self.finished.emit(teams)

    def _client(self) -> Organisation | None:
        """The client whose session is open, or was open last, even while all are listed."""
        wanted = self._state.client_id
        if not wanted:  # no library, or no session in it
            return None
        organisations = self._state.library.organisations()
        return next((each for each in organisations if each.id == wanted), None)

    def _dated(self, client: Organisation) -> tuple[DatedSession, ...]:
        return latest_of_each_unit(self._state.library.dated_sessions(client.id))

    def _units(self, client: Organisation) -> tuple[Unit, ...]:
        units = self._state.library.units(client.id)
        return tuple(sorted(units, key=lambda unit: [sort_key(name) for name in unit.names]))

    def _judge(self, client: Organisation) -> Judge:
        return stored_decisions(self._state.library, client.id)

    def _session(self, session_id: str) -> Session | None:
        if self._state.is_open(session_id):
            return self._state.workspace.session
        if session_id not in self._kept:
            try:
                self._kept[session_id] = self._state.library.load_session(session_id)
            except AppError:  # it must not keep the others from being seen
                return None
        return self._kept[session_id]
