"""Table of steps for the pages of the roadmap, sorted by any column with the keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.planning.problem import StepKey
from app.words.texts import Translator
from exports.palette import LIGHT, Palette
from ui.painting.rows import LEFT, RIGHT, draw_shortened
from ui.painting.squares import SQUARE, paint_square
from ui.type_scale import TYPE, scaled
from ui.widgets.announcer import announce
from ui.widgets.basics import plain_tool_tip

ROW_HEIGHT = 28
_WIDEST, _STRETCHED, _PAD = 210, 120, 8
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """A column: its heading, and if it holds figures, or takes the room that is left."""

    heading: str
    is_number: bool = False
    takes_rest: bool = False


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A step: a text and a sort key for each column; ``dimension`` is its place in the model."""

    key: StepKey
    dimension: int
    cells: tuple[str, ...]
    order: tuple[Any, ...]


class _PlanModel(QAbstractTableModel):
    """The rows in the chosen order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[PlanColumn, ...] = ()
        self.rows: tuple[PlanRow, ...] = ()
        self.sorted_by, self.is_reversed = 0, False

    def show_rows(self, columns: tuple[PlanColumn, ...], rows: tuple[PlanRow, ...]) -> None:
        """Replace everything; the order stays."""
        self.beginResetModel()
        self.columns = columns
        self.rows = self._in_order(rows)
        self.endResetModel()

    def sort_by(self, column: int) -> None:
        """Sort by a column; again by the same one reverses the order."""
        self.beginResetModel()
        self.is_reversed = column == self.sorted_by and not self.is_reversed
        self.sorted_by = column
        self.rows = self._in_order(self.rows)
        self.endResetModel()

    def _in_order(self, rows: tuple[PlanRow, ...]) -> tuple[PlanRow, ...]:
        # Equal ones stay in the order of the first column, whichever way they are sorted.
        first = sorted(rows, key=lambda row: row.order[0])
        return tuple(
            sorted(first, key=lambda row: row.order[self.sorted_by], reverse=self.is_reversed)
        )

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            arrow = ("▴", "▾")[self.is_reversed]
            return f"{column.heading} {arrow}" if section == self.sorted_by else column.heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(RIGHT if column.is_number else LEFT)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        words = self.rows[index.row()].cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(words)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[index.column()].heading}: {words or '–'}"
        return None


_SLACK = 2
"""Widths of words are rounded down; without this the longest would lose its end."""


def room_around(column: int) -> int:
    """Width around the words of a cell; the first one has a mark before them."""
    mark = scaled(SQUARE) + scaled(_PAD) if not column else 0
    return 2 * scaled(_PAD) + mark + _SLACK


class _PlanDelegate(QStyledItemDelegate):
    """Paints a cell; the row with the keys has a ground, and its current cell a line below."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self.theme: Palette = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width() + room_around(index.column()), scaled(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, _PlanModel):
            return
        row, theme = model.rows[index.row()], self.theme
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = self._view.currentIndex()
        if current.row() == index.row():
            painter.fillRect(rect, QColor(theme.selected))
        painter.setPen(QColor(theme.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if current == index and self._view.hasFocus():
            painter.fillRect(rect.adjusted(0, rect.height() - 2, 0, 0), QColor(theme.accent))
        inside = rect.adjusted(scaled(_PAD), 0, -scaled(_PAD), 0)
        if not index.column():
            side = scaled(SQUARE)
            box = QRect(inside.left(), rect.center().y() - side // 2, side, side)
            paint_square(painter, box.toRectF(), theme.dimension_mark(row.dimension))
            inside.setLeft(box.right() + scaled(_PAD))
        column = model.columns[index.column()]
        painter.setPen(QColor(theme.text))
        draw_shortened(
            painter, inside, row.cells[index.column()], RIGHT if column.is_number else LEFT
        )
        painter.restore()


class PlanTable(QTableView):
    """Arrow keys move between the cells, Enter opens the step of a row."""

    #: The step that was activated (its key).
    step_opened = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._model = _PlanModel(self)
        self._delegate = _PlanDelegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionsClickable(True)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        heads.sectionClicked.connect(self._sort)
        self.doubleClicked.connect(lambda _index: self._open())
        self.selectionModel().currentChanged.connect(lambda *_: self.viewport().update())
        self._wanted: list[int] = []
        TYPE.changed.connect(self._measure)
        self._measure()

    @property
    def rows(self) -> tuple[PlanRow, ...]:
        """The rows in the order they are shown in."""
        return self._model.rows

    @property
    def key(self) -> StepKey | None:
        """The step of the current row."""
        row = self.currentIndex().row()
        return self._model.rows[row].key if 0 <= row < len(self._model.rows) else None

    def fill(self, columns: tuple[PlanColumn, ...], rows: tuple[PlanRow, ...]) -> None:
        """Show these rows; the current step stays the current one."""
        key, column = self.key, max(0, self.currentIndex().column())
        self._model.show_rows(columns, rows)
        self._go_to(key, column)
        self._measure()

    def sort(self, tr: Translator) -> None:
        """Sort by the column with the keys; again reverses the order."""
        column = max(0, self.currentIndex().column())
        self._sort(column)
        heading = self._model.columns[column].heading
        said = (
            tr.gettext("Sorted by {column}, descending", column=heading)
            if self._model.is_reversed
            else tr.gettext("Sorted by {column}", column=heading)
        )
        announce(self, said)

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self._open()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _open(self) -> None:
        if self.key is not None:
            self.step_opened.emit(self.key)

    def _sort(self, column: int) -> None:
        key = self.key
        self._model.sort_by(column)
        self._go_to(key, column)

    def _go_to(self, key: StepKey | None, column: int) -> None:
        places = {row.key: place for place, row in enumerate(self._model.rows)}
        if places:
            place = 0 if key is None else places.get(key, 0)
            self.setCurrentIndex(self._model.index(place, column))

    def _measure(self) -> None:
        """Find out how wide the words of each column are, and fit the columns."""
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
        heads = self.horizontalHeader()
        self._wanted = [
            min(scaled(_WIDEST), max(self._width_of(n), heads.sectionSizeHint(n)))
            for n in range(len(self._model.columns))
        ]
        self._fit()

    def _width_of(self, column: int) -> int:
        """Width of the longest words of a column, with what the delegate leaves around them."""
        advance = self.fontMetrics().horizontalAdvance
        words = max((advance(row.cells[column]) for row in self._model.rows), default=0)
        return words + room_around(column)

    def _fit(self) -> None:
        """As wide as the words of each column, up to a limit; one takes the rest."""
        heads, columns = self.horizontalHeader(), self._model.columns
        widths = list(self._wanted)
        if len(widths) != len(columns):
            return  # other columns are on their way, and are measured then
        for place, column in enumerate(columns):
            if column.takes_rest:
                others = sum(widths) - widths[place]
                widths[place] = max(scaled(_STRETCHED), self.viewport().width() - others)
            heads.resizeSection(place, widths[place])
