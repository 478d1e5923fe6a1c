"""List model of sessions that fetches further pages while scrolling."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.session.session import SessionSummary
from ui.widgets.basics import plain_tool_tip

PAGE_SIZE = 60
Index = QModelIndex | QPersistentModelIndex
Reader = Callable[[str, int, int], Sequence[SessionSummary]]
Wording = Callable[[SessionSummary], str]
_NO_PARENT = QModelIndex()


class SessionList(QAbstractListModel):
    """Summaries, last opened first; ``SummaryRole`` carries the summary itself.

    ``reader`` gets search text, limit and offset. ``wording`` says a session in one sentence,
    for screen readers and tests.
    """

    SummaryRole = Qt.ItemDataRole.UserRole + 1

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._reader: Reader | None = None
        self._search = ""
        self._summaries: list[SessionSummary] = []
        self._is_complete = True

    def fill(self, reader: Reader | None, search: str = "") -> None:
        """Reset to the first page; without a reader the list is empty."""
        first = () if reader is None else reader(search, PAGE_SIZE, 0)
        self.beginResetModel()
        self._reader = reader
        self._search = search
        self._summaries = list(first)
        self._is_complete = len(first) < PAGE_SIZE
        self.endResetModel()

    def summary(self, row: int) -> SessionSummary:
        """The session in this row."""
        return self._summaries[row]

    def row_of(self, session_id: str) -> int:
        """The row of a session among those read so far; -1 for none."""
        ids = [summary.id for summary in self._summaries]
        return ids.index(session_id) if session_id in ids else -1

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._summaries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        summary = self._summaries[index.row()]
        if role == self.SummaryRole:
            return summary
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._wording(summary)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(self._wording(summary))
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._is_complete

    def fetchMore(self, parent: Index) -> None:
        if parent.isValid() or self._reader is None:
            return
        more = self._reader(self._search, PAGE_SIZE, len(self._summaries))
        self._is_complete = len(more) < PAGE_SIZE
        if more:
            first = len(self._summaries)
            self.beginInsertRows(_NO_PARENT, first, first + len(more) - 1)
            self._summaries.extend(more)
            self.endInsertRows()
