"""List of who can ask whom: areas with their question, and sentences with marks in them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from exports.palette import LIGHT, Palette
from ui.painting.rows import LEFT, draw_shortened, paint_row_ground, sized
from ui.painting.squares import SQUARE, paint_square
from ui.teams.ask_rows import AnyRow, AskRow, HeadingRow, MarkOf, NoteRow, Piece
from ui.teams.team_marks import mark_height, mark_width, paint_team_mark
from ui.type_scale import TYPE, scaled
from ui.widgets.row_model import Index, RowModel

_PAD, _BETWEEN = 8, 4
_LEFT = 17
Placed = tuple[QPoint, Piece]


class AskRows(RowModel):
    """The rows as a model."""

    def name_of(self, row: AnyRow) -> str:
        return row.label

    def sentence_of(self, row: AnyRow) -> str:
        return row.sentence


def _flow(pieces: Sequence[Piece], width: int, font: QFont) -> tuple[list[Placed], int]:
    """Places of words and marks, wrapped at a width, and the height they take."""
    metrics = QFontMetrics(font)
    width -= scaled(6)
    space, line = metrics.horizontalAdvance(" ") + scaled(1), mark_height() + scaled(3)
    placed: list[Placed] = []
    x = y = 0
    for piece in pieces:
        is_mark = isinstance(piece, MarkOf)
        wide = (
            mark_width(piece.mark, font)
            if isinstance(piece, MarkOf)
            else metrics.horizontalAdvance(piece)
        )
        if x and x + wide > width:
            x, y = 0, y + line
        placed.append((QPoint(x, y), piece))
        x += wide + (scaled(3) if is_mark else space)
    return placed, y + line


class _AskDelegate(QStyledItemDelegate):
    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._view = parent
        self.theme: Palette = LIGHT
        self.chosen = ""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        width = max(80, self._view.viewport().width())
        return QSize(width, self._height(index.data(RowModel.RowRole), width))

    def _height(self, row: object, width: int) -> int:
        fonts = self._fonts()
        if isinstance(row, NoteRow):
            return scaled(_PAD) + _wrapped(row.label, width, fonts[1])
        if not isinstance(row, AskRow):
            return scaled(34)
        if not row.lines:
            return scaled(26)
        height = scaled(2 * _PAD + 18)
        if row.question:
            height += _wrapped(row.question, width, fonts[1]) + scaled(_BETWEEN)
        return height + sum(_flow(line, width, fonts[1])[1] for line in row.lines)

    def _fonts(self) -> tuple[QFont, QFont]:
        font = self._view.font()
        return sized(font, 13, QFont.Weight.DemiBold), sized(font, 12, QFont.Weight.Normal)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        row, box = index.data(RowModel.RowRole), option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, AskRow) and state & (
            QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver
        ):
            ground = QRectF(box).adjusted(0, 1, -1, -1)
            ring = 1 if state & QStyle.StateFlag.State_HasFocus else 0
            paint_row_ground(painter, ground, self.theme, ring=ring)
        if isinstance(row, AskRow):
            self._paint_area(painter, box, row, is_first=index.row() == 0)
        elif isinstance(row, HeadingRow | NoteRow):
            self._paint_words(painter, box, row)
        painter.restore()

    def _paint_words(self, painter: QPainter, box: QRect, row: HeadingRow | NoteRow) -> None:
        painter.setPen(QColor(self.theme.secondary))
        if isinstance(row, HeadingRow):
            font = sized(self._view.font(), 12, QFont.Weight.DemiBold)
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.5)
            painter.setFont(font)
            upper = box.adjusted(0, scaled(10), 0, 0)
            draw_shortened(painter, upper, row.label.upper())
        else:
            painter.setFont(self._fonts()[1])
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
            painter.drawText(box.adjusted(0, scaled(2), 0, 0), flags, row.label)

    def _paint_area(self, painter: QPainter, box: QRect, row: AskRow, *, is_first: bool) -> None:
        theme, (bold, plain) = self.theme, self._fonts()
        if not is_first and row.lines:
            painter.setPen(QPen(QColor(theme.line), 1))
            y = box.top() + 0.5
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        top = box.top() + (scaled(_PAD) if row.lines else scaled(4))
        side = scaled(SQUARE)
        square = QRectF(box.left() + scaled(3), top + (scaled(18) - side) / 2, side, side)
        paint_square(painter, square, theme.dimension_mark(row.dimension))
        painter.setFont(bold if row.lines else self._view.font())
        painter.setPen(QColor(theme.text))
        label = QRect(box.left() + scaled(_LEFT), top, box.width() - scaled(_LEFT + 4), scaled(18))
        draw_shortened(painter, label, row.label)
        painter.setFont(plain)
        top += scaled(18 + _BETWEEN // 2)
        if row.question:
            height = _wrapped(row.question, box.width(), plain)
            painter.setPen(QColor(theme.secondary))
            where = QRect(box.left() + scaled(3), top, box.width() - scaled(6), height)
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
            painter.drawText(where, flags, row.question)
            top += height + scaled(_BETWEEN // 2)
        for line in row.lines:
            top += self._paint_line(painter, QPoint(box.left() + scaled(3), top), line, box.width())

    def _paint_line(
        self, painter: QPainter, corner: QPoint, line: Sequence[Piece], width: int
    ) -> int:
        font = painter.font()
        placed, height = _flow(line, width, font)
        painter.setPen(QColor(self.theme.text))
        for place, piece in placed:
            where = corner + place
            if isinstance(piece, MarkOf):
                wide = mark_width(piece.mark, font)
                centre = QPointF(where.x() + wide / 2, where.y() + mark_height() / 2)
                is_chosen = piece.team_id == self.chosen
                paint_team_mark(painter, centre, piece.mark, self.theme, is_chosen=is_chosen)
            else:
                painter.drawText(QRect(where, QSize(width, mark_height())), LEFT, piece)
        return height


def _wrapped(text: str, width: int, font: QFont) -> int:
    box = QRect(0, 0, max(1, width - scaled(6)), 10_000)
    return QFontMetrics(font).boundingRect(box, Qt.TextFlag.TextWordWrap, text).height()


class AskList(QListView):
    """The list; Enter or a click on a row leads to its area among the spread."""

    #: Id of the area that was clicked or activated.
    area_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ask-list")
        self._rows = AskRows(self)
        self._delegate = _AskDelegate(self)
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        TYPE.changed.connect(self.scheduleDelayedItemsLayout)
        self.activated.connect(self._on_activated)
        self.clicked.connect(self._on_activated)

    @property
    def rows(self) -> Sequence[AnyRow]:
        """The rows shown, in order."""
        return self._rows.rows

    def fill(self, rows: Sequence[AnyRow], chosen: str) -> None:
        """Show these rows; marks of the chosen team are filled."""
        self._delegate.chosen = chosen
        if rows != self._rows.rows:
            self._rows.show_rows(rows)
        # An empty list would show nothing of the focus.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if rows else Qt.FocusPolicy.NoFocus)
        self.viewport().update()

    def show_area(self, area_id: str) -> None:
        """Scroll to an area and make it the current one, if it is there."""
        for place, row in enumerate(self._rows.rows):
            if row.area_id == area_id:
                self.setCurrentIndex(self._rows.index(place))
                self.scrollTo(self._rows.index(place), QListView.ScrollHint.PositionAtTop)
                return

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _on_activated(self, index: QModelIndex) -> None:
        area_id = self._rows.rows[index.row()].area_id
        if area_id:
            self.area_chosen.emit(area_id)
