"""List with columns for dialogs, as tall as its rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.base import Sheet
from ui.widgets.basics import plain_tool_tip

_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEAST_LINES, MOST_LINES = 3, 8


class RowList(QTreeWidget):
    """The first column takes the room there is; Enter or a double click chooses a line.

    ``numbers`` are the columns that are aligned at the right.
    """

    chosen = Signal()
    #: The line shall go; sent by the Delete key.
    removed = Signal()

    def __init__(
        self, name: str, spoken: str, heads: Sequence[str], numbers: Collection[int] = ()
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setHeaderLabels(list(heads))
        self._numbers = numbers
        header = self.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        self.itemDoubleClicked.connect(lambda *_: self.chosen.emit())

    @property
    def row(self) -> int:
        """The number of the current line from 0; -1 without lines."""
        return self.currentIndex().row()

    def fill(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows and keep the current row where possible."""
        row = max(0, self.row)
        self.clear()
        lines = [QTreeWidgetItem(list(texts)) for texts in rows]
        for line, (name, *_) in zip(lines, rows, strict=True):
            line.setToolTip(0, plain_tool_tip(name))
            for column in self._numbers:
                line.setTextAlignment(column, _AT_RIGHT)
        self.addTopLevelItems(lines)
        self.setCurrentIndex(self.model().index(min(row, len(rows) - 1), 0))
        shown = max(LEAST_LINES, min(len(rows), MOST_LINES))
        frame = 2 * self.frameWidth() + self.header().sizeHint().height()
        self.setFixedHeight(frame + shown * max(1, self.sizeHintForRow(0)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter would otherwise press the dialog's own button, whatever that does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


def list_part(rows: RowList, *buttons: QPushButton) -> QWidget:
    """A list with what can be done with its current line below it."""
    part = QWidget()
    line = QHBoxLayout()
    for button in buttons:
        line.addWidget(button)
    line.addStretch(1)
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addWidget(rows, 1)
    column.addLayout(line)
    return part


class PickSheet(Sheet):
    """A dialog with a list; its primary button, Enter or a double click picks a line."""

    list: RowList

    def build(
        self,
        rows: RowList,
        lines: Sequence[Sequence[str]],
        *,
        leave: tuple[str, str],
        pick: tuple[str, str],
        nothing: str,
    ) -> None:
        """Fill the dialog; buttons are (name, text), ``nothing`` is shown if there are no rows."""
        self.list = rows
        rows.fill(lines)
        rows.chosen.connect(self._pick)
        self.body.addWidget(rows)
        self.add_button(*leave).clicked.connect(self.reject)
        button = self.add_button(*pick, is_primary=True)
        button.setEnabled(bool(lines))
        button.clicked.connect(self._pick)
        if not lines:
            self.show_fault(nothing)
        self.want(620)

    def picked(self, row: int) -> None:
        """Use this line; the dialog is closed already."""
        raise NotImplementedError

    def _pick(self) -> None:
        row = self.list.row
        if row >= 0:
            self.accept()
            self.picked(row)
