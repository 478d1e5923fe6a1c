"""Legend of a chart: markers with labels, wrapping like text."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from exports.palette import LIGHT, Palette
from ui.painting.marks import Mark, paint_mark
from ui.painting.rows import draw_shortened, sized
from ui.type_scale import scaled

_LINE, _MARK, _SPACE = 20, 24, 16


@dataclass(frozen=True, slots=True)
class LegendItem:
    """A marker and its meaning."""

    mark: Mark
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
        return scaled(_LINE) * max(1, len(self._lines(width)))

    def sizeHint(self) -> QSize:
        metrics = self._metrics()
        width = sum(self._width(item, metrics) + scaled(_SPACE) for item in self._items)
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
        metrics, space = self._metrics(), scaled(_SPACE)
        for number, line in enumerate(self._lines(self.width())):
            used = sum(self._width(item, metrics) + space for item in line) - space
            x = max(0, self.width() - used) if self._align_right else 0
            for item in line:
                where = QRect(x, number * scaled(_LINE), self._width(item, metrics), scaled(_LINE))
                centre = QPointF(x + scaled(9), where.center().y() + 0.5)
                paint_mark(painter, centre, item.mark, self._theme)
                painter.setPen(QColor(self._theme.text))
                room = where.adjusted(scaled(_MARK), 0, 0, 0)
                room.setRight(min(room.right(), self.width()))
                draw_shortened(painter, room.adjusted(0, 0, 1, 0), item.text)
                x += where.width() + scaled(_SPACE)

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
            used += wanted + scaled(_SPACE)
        return lines

    def _width(self, item: LegendItem, metrics: QFontMetrics) -> int:
        return scaled(_MARK) + metrics.horizontalAdvance(item.text) + 2

    def _font(self) -> QFont:
        return sized(self.font(), 12)

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._font())
