"""Base of the delegates that paint the rows of a list of sessions or organisations."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.words.texts import Translator
from exports.palette import LIGHT, Palette
from ui.painting.rows import LEFT, draw_shortened, paint_choice_ground, sized
from ui.type_scale import scaled
from ui.widgets.row_model import Index, RowModel


class ListDelegate(QStyledItemDelegate):
    """Paints ground and separator of a row; :meth:`paint_row` paints its content."""

    #: Set by the page before the first paint, and with every change of the language.
    texts: Translator
    #: Height of a row as drawn, and how far its ground stays from the edges above and below.
    height: int
    inset: int

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Palette = LIGHT

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(400, scaled(self.height))

    def separator(self, box: QRect) -> tuple[int, int]:
        """Left and right end of the line below a row."""
        raise NotImplementedError

    def paint_row(self, painter: QPainter, box: QRect, index: Index) -> None:
        """Paint the content of a row."""
        raise NotImplementedError

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.data(RowModel.RowRole) is None:
            return
        box: QRect = option.rect
        font: QFont = option.font
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        is_last = index.row() == index.model().rowCount() - 1
        self._paint_ground(painter, box, option.state, is_last=is_last)
        self.paint_row(painter, box, index)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, box: QRect, state: QStyle.StateFlag, *, is_last: bool
    ) -> None:
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        has_focus = is_selected and bool(state & QStyle.StateFlag.State_HasFocus)
        if is_selected or state & QStyle.StateFlag.State_MouseOver:
            ground = QRectF(box).adjusted(4, self.inset, -4, -self.inset)
            paint_choice_ground(
                painter, ground, self.theme, is_chosen=is_selected, has_focus=has_focus
            )
        if not is_selected and not is_last:
            painter.setPen(QPen(QColor(self.theme.line), 1))
            left, right = self.separator(box)
            y = box.bottom() + 0.5
            painter.drawLine(QPointF(left, y), QPointF(right, y))

    @staticmethod
    def write(
        painter: QPainter,
        box: QRect,
        text: str,
        colour: str,
        size: int,
        *,
        weight: QFont.Weight = QFont.Weight.Normal,
        align: Qt.AlignmentFlag = LEFT,
    ) -> int:
        """One line, shortened to the box; returns the width it took."""
        painter.save()
        painter.setFont(sized(painter.font(), size, weight))
        painter.setPen(QColor(colour))
        width = draw_shortened(painter, box, " ".join(text.split()), align)
        painter.restore()
        return width
