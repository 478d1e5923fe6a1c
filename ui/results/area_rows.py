"""List with one painted row per area or step; Enter or a click opens the area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import (
    QModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from exports.palette import LIGHT, Palette
from ui.painting.rows import paint_row_ground
from ui.painting.squares import SQUARE, paint_square
from ui.type_scale import TYPE, scaled
from ui.widgets.row_model import Index, RowModel

_UNDER_FOCUS = QStyle.StateFlag.State_HasFocus
_UNDER_MOUSE = QStyle.StateFlag.State_MouseOver


class Row(Protocol):
    """Common to all rows: the area it leads to, its name, and all of it as a sentence."""

    @property
    def area_id(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def sentence(self) -> str: ...


class RowDelegate(QStyledItemDelegate):
    """Paints the background of a row; :meth:`paint_row` paints its content."""

    def __init__(self, height: int, closest: int = 0) -> None:
        super().__init__()
        self.theme: Palette = LIGHT
        self._height = height
        self._closest = closest or height
        self._fitting = 0

    def fit(self, room: int, rows: int) -> None:
        """Move the rows closer where that shows them all in so many pixels."""
        self._fitting = room // rows if rows else 0

    def paint_row(self, painter: QPainter, rect: QRect, row: Row) -> None:
        """Paint the content of a row."""
        raise NotImplementedError

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        least, most = scaled(self._closest), scaled(self._height)
        return QSize(200, max(least, min(most, self._fitting or most)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (_UNDER_MOUSE | _UNDER_FOCUS):
            ground = QRectF(option.rect).adjusted(0, 0, -1, -1)
            ring = 1 if state & _UNDER_FOCUS else 0
            paint_row_ground(painter, ground, self.theme, ring=ring)
        self.paint_row(painter, option.rect, index.data(AreaRows.RowRole))
        painter.restore()

    def paint_mark(self, painter: QPainter, left: int, middle: float, dimension: int) -> None:
        """The small square in the colour of a dimension."""
        side = scaled(SQUARE)
        square = QRectF(left, middle - side // 2, side, side)
        paint_square(painter, square, self.theme.dimension_mark(dimension))


class AreaRows(RowModel):
    """The rows as a model; a screen reader gets each as a sentence."""

    def name_of(self, row: Row) -> str:
        """The area or step alone."""
        return row.label

    def sentence_of(self, row: Row) -> str:
        """The row with its figures."""
        return row.sentence


class AreaList(QListView):
    """The list; it keeps its scroll position when it is refilled."""

    #: Id of the area that was clicked or activated.
    area_chosen = Signal(str)

    def __init__(self, name: str, delegate: RowDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._rows = AreaRows(self)
        self._delegate = delegate
        self.setModel(self._rows)
        self.setItemDelegate(delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        TYPE.changed.connect(self._refit)
        self.activated.connect(self._on_activated)
        self.clicked.connect(self._on_activated)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the current row stays where it was as far as it can."""
        place = self.currentIndex().row()
        self._delegate.fit(self.viewport().height(), len(rows))
        self._rows.show_rows(rows)
        if place >= 0 and rows:
            self.setCurrentIndex(self._rows.index(min(place, len(rows) - 1)))

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refit()

    def _refit(self) -> None:
        self._delegate.fit(self.viewport().height(), self._rows.rowCount())
        self.scheduleDelayedItemsLayout()

    def _on_activated(self, index: QModelIndex) -> None:
        self.area_chosen.emit(self._rows.rows[index.row()].area_id)
