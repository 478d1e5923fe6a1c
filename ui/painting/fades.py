"""Fades of text that goes on beyond its room."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QLinearGradient, QPainter


def paint_fade(painter: QPainter, box: QRect, ground: str, *, to_right: bool = False) -> None:
    """Cover a box with the ground, from nothing to all of it downwards or to the right."""
    clear, whole = QColor(ground), QColor(ground)
    clear.setAlpha(0)
    end = box.topRight() if to_right else box.bottomLeft()
    gradient = QLinearGradient(box.topLeft(), end)
    gradient.setColorAt(0, clear)
    gradient.setColorAt(1, whole)
    painter.fillRect(box, gradient)
