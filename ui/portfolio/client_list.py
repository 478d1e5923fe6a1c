"""List model of clients that reads their profiles as far as they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from app.portfolio import Client, Due, Shape
from ui.widgets.row_model import RowModel

BLOCK = 20
"""Profiles read at once: what fits on a large screen."""

Reader = Callable[[Collection[str]], Mapping[str, Shape]]
Wording = Callable[["ClientRow"], str]


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A client and its next workshop, seen from today."""

    client: Client
    due: Due | None


class ClientList(RowModel):
    """Clients in the order in which they are shown."""

    def __init__(self, wording: Wording, reader: Reader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._reader = reader
        self._shapes: dict[str, Shape] = {}

    def fill(self, rows: Sequence[ClientRow]) -> None:
        """Replace all rows; their profiles are read again when they are needed."""
        self._shapes.clear()
        self.show_rows(rows)

    def row(self, place: int) -> ClientRow:
        """The client in this row."""
        row: ClientRow = self.rows[place]
        return row

    def place_of(self, client_id: str) -> int:
        """The row of a client; -1 for none."""
        ids = [row.client.organisation.id for row in self.rows]
        return ids.index(client_id) if client_id in ids else -1

    def shape(self, place: int) -> Shape | None:
        """The profile of the client in this row; ``None`` if nothing was assessed."""
        latest = self.row(place).client.latest
        if latest is None:
            return None
        if latest.id not in self._shapes:
            self._read_from(place // BLOCK * BLOCK)
        return self._shapes.get(latest.id)

    def _read_from(self, first: int) -> None:
        rows = (row.client.latest for row in self.rows[first : first + BLOCK])
        self._shapes |= self._reader([latest.id for latest in rows if latest is not None])

    def sentence_of(self, row: ClientRow) -> str:
        """The client in one sentence."""
        return self._wording(row)
