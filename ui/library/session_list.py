"""List model of sessions that fetches further pages while scrolling."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from app.session.session import SessionSummary
from ui.widgets.row_model import NO_PARENT, Index, RowModel

FIRST_PAGE = 20
"""Sessions read at once when the list is filled: what fits on a large screen."""

PAGE_SIZE = 60
Reader = Callable[[str, int, int], Sequence[SessionSummary]]
Wording = Callable[[SessionSummary], str]


class SessionList(RowModel):
    """Summaries, last opened first.

    ``reader`` gets search text, limit and offset. ``wording`` says a session in one sentence,
    for screen readers and tests.
    """

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._reader: Reader | None = None
        self._search = ""
        self._is_complete = True

    def fill(self, reader: Reader | None, search: str = "") -> None:
        """Reset to the first page; without a reader the list is empty."""
        first = () if reader is None else reader(search, FIRST_PAGE, 0)
        self._reader = reader
        self._search = search
        self._is_complete = len(first) < FIRST_PAGE
        self.show_rows(list(first))

    def summary(self, row: int) -> SessionSummary:
        """The session in this row."""
        summary: SessionSummary = self.rows[row]
        return summary

    def row_of(self, session_id: str) -> int:
        """The row of a session among those read so far; -1 for none."""
        ids = [summary.id for summary in self.rows]
        return ids.index(session_id) if session_id in ids else -1

    def sentence_of(self, row: SessionSummary) -> str:
        """The session in one sentence."""
        return self._wording(row)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._is_complete

    def fetchMore(self, parent: Index) -> None:
        if parent.isValid() or self._reader is None:
            return
        more = self._reader(self._search, PAGE_SIZE, len(self.rows))
        self._is_complete = len(more) < PAGE_SIZE
        if more:
            first = len(self.rows)
            self.beginInsertRows(NO_PARENT, first, first + len(more) - 1)
            self.rows = [*self.rows, *more]
            self.endInsertRows()
