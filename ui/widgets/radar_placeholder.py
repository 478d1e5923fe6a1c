"""Placeholder for the radar until matplotlib is loaded."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen

from ui.widgets.themed import ThemedWidget


class RadarPlaceholder(ThemedWidget):
    """Placeholder rings, shown until matplotlib is loaded."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        radius = min(self.width(), self.height()) * 0.32
        for ring in range(1, 6):
            reach = radius * ring / 5
            painter.drawEllipse(self.rect().center(), round(reach), round(reach))
