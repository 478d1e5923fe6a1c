"""Base of the list models: one row each, and what a screen reader says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.widgets.basics import plain_tool_tip

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


class RowModel(QAbstractListModel):
    """Rows of any kind; ``RowRole`` carries the row itself."""

    RowRole = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Any] = ()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def name_of(self, row: Any) -> str:
        """Text of the row."""
        return self.sentence_of(row)

    def sentence_of(self, row: Any) -> str:
        """The whole row in words, for screen readers and tool tips."""
        raise NotImplementedError

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == self.RowRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self.name_of(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.sentence_of(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(self.sentence_of(row))
        return None
