"""Button in the colours of a level that sets it as a target."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen

from exports.palette import LIGHT, Palette
from ui.painting.rows import sized
from ui.type_scale import scaled
from ui.widgets.controls import PressButton

WIDTH, HEIGHT = 28, 24


class LevelChip(PressButton):
    """The number of a level on its shade; ``level`` is what it sets."""

    def __init__(self, name: str, level: int) -> None:
        super().__init__(name, "level")
        self.level = level
        self._theme: Palette = LIGHT
        self._position, self._count = 0, 1
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_level(self, position: int, count: int, theme: Palette) -> None:
        """Take the shade of the level at a position (from 0) of so many."""
        self._position, self._count, self._theme = position, count, theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(WIDTH), max(HEIGHT, scaled(HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        fill, ink = theme.level_colours(self._position, self._count)
        painter.setBrush(QColor(fill))
        is_marked = self.hasFocus() or self.underMouse()
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, 4, 4)
        if is_marked:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(ink), 1.5))
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 3, 3)
        painter.setPen(QColor(ink))
        painter.setFont(sized(self.font(), 13, QFont.Weight.DemiBold))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self.level))
