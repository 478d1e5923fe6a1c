"""Thin bars: progress of a session, coverage, progress to target."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter


def filled_part(bar: QRectF, share: float) -> QRectF:
    """The filled part, from the left; any share above 0 fills at least the round end."""
    width = max(bar.height(), bar.width() * share) if share > 0 else 0.0
    return QRectF(bar.left(), bar.top(), width, bar.height())


def paint_bar(painter: QPainter, bar: QRectF, share: float, ground: str, filling: str) -> None:
    """Paint a bar with round ends; ``share`` runs from 0 to 1."""
    radius = bar.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    for box, colour in ((bar, ground), (filled_part(bar, share), filling)):
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(box, radius, radius)
