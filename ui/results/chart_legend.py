"""The legend of a chart: marks as the chart draws them, with their words, wrapping like text."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from exports.palette import LIGHT, Palette

_LINE, _MARK, _SPACE = 20, 24, 16


@dataclass(frozen=True, slots=True)
class LegendItem:
    """A kind of mark and what it means.

    Kinds: ``today``, ``target`` and ``earlier`` (lines of a radar), ``dot``, ``bar`` and
    ``circle`` (the same three in a dumbbell), ``unscored``, ``not_applicable`` and ``number``.
    """

    kind: str
    text: str


class ChartLegend(QWidget):
    """Items from left to right, on a new line where the width ends; aligned right if asked."""

    def __init__(self, *, align_right: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[LegendItem, ...] = ()
        self._theme = LIGHT
        self._align_right = align_right
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def fill(self, items: tuple[LegendItem, ...], theme: Palette) -> None:
        """Show these items."""
        if (items, theme) != (self._items, self._theme):
            self._items, self._theme = items, theme
            self.setAccessibleName(", ".join(item.text for item in items))
            self.updateGeometry()
            self.update()

    def texts(self) -> tuple[str, ...]:
        """The words that are shown."""
        return tuple(item.text for item in self._items)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return _LINE * max(1, len(self._lines(width)))

    def sizeHint(self) -> QSize:
        metrics = self._metrics()
        width = sum(self._width(item, metrics) + _SPACE for item in self._items)
        return QSize(width, self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.heightForWidth(max(self.width(), 80)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.heightForWidth(event.size().width()) != self.height():
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        metrics = self._metrics()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for number, line in enumerate(self._lines(self.width())):
            used = sum(self._width(item, metrics) for item in line) + _SPACE * (len(line) - 1)
            x = max(0, self.width() - used) if self._align_right else 0
            for item in line:
                where = QRect(x, number * _LINE, self._width(item, metrics), _LINE)
                paint_mark(
                    painter, QPointF(x + 9, where.center().y() + 0.5), item.kind, self._theme
                )
                painter.setPen(QColor(self._theme.text))
                room = where.adjusted(_MARK, 0, 0, 0)
                room.setRight(min(room.right(), self.width()))
                shown = metrics.elidedText(item.text, Qt.TextElideMode.ElideRight, room.width() + 1)
                painter.drawText(room, left, shown)
                x += where.width() + _SPACE

    def _lines(self, width: int) -> list[list[LegendItem]]:
        metrics = self._metrics()
        lines: list[list[LegendItem]] = [[]]
        used = 0
        for item in self._items:
            wanted = self._width(item, metrics)
            if lines[-1] and used + wanted > width:
                lines.append([])
                used = 0
            lines[-1].append(item)
            used += wanted + _SPACE
        return lines

    def _width(self, item: LegendItem, metrics: QFontMetrics) -> int:
        return _MARK + metrics.horizontalAdvance(item.text) + 2

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(12)
        return font

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._font())


def paint_mark(painter: QPainter, centre: QPointF, kind: str, theme: Palette) -> None:
    """Draw the mark of a legend item around a point."""
    start, end = centre - QPointF(9, 0), centre + QPointF(9, 0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if kind == "today":
        painter.setPen(QPen(QColor(theme.current), 1.8))
        painter.drawLine(start, end)
        _dot(painter, centre, 2.8, theme.current)
    elif kind == "target":
        pen = QPen(QColor(theme.target), 1.2)
        pen.setDashPattern([4, 2.5])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(start, end)
    elif kind == "earlier":
        painter.setPen(QPen(QColor(theme.earlier), 1.2))
        painter.drawLine(start, end)
    elif kind == "dot":
        _dot(painter, centre, 5, theme.current)
    elif kind == "bar":
        painter.setPen(QPen(QColor(theme.target), 2))
        painter.drawLine(centre - QPointF(0, 6), centre + QPointF(0, 6))
    elif kind == "number":
        font = QFont(painter.font())
        font.setPixelSize(11)
        painter.save()
        painter.setFont(font)
        painter.setPen(QColor(theme.secondary))
        box = QRectF(centre.x() - 9, centre.y() - 9, 18, 18)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "1")
        painter.restore()
    elif kind == "not_applicable":
        painter.setPen(QPen(QColor(theme.secondary), 1.2))
        painter.drawLine(centre - QPointF(3, 3), centre + QPointF(3, 3))
        painter.drawLine(centre + QPointF(-3, 3), centre + QPointF(3, -3))
    else:
        painter.setPen(QPen(QColor(theme.secondary), 1.3))
        radius = 4.5 if kind == "circle" else 3
        painter.drawEllipse(centre, radius, radius)


def _dot(painter: QPainter, centre: QPointF, radius: float, colour: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(centre, radius, radius)
