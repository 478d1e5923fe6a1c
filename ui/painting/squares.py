"""The square in the colour of a dimension."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

SQUARE = 9
"""Its side in pixels."""


def paint_square(painter: QPainter, box: QRectF, colour: str) -> None:
    """Paint it into this box."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(box, 2, 2)
