"""The mark of a team: a ring with its letter, or its number in a pill."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from exports.palette import Palette
from ui.painting.rows import sized
from ui.type_scale import scaled

_SIZE = 18
_PADDING = 10


def mark_width(mark: str, font: QFont) -> int:
    """Width of a mark in the font of its widget."""
    metrics = QFontMetrics(_font(font))
    return max(scaled(_SIZE), metrics.horizontalAdvance(mark) + scaled(_PADDING))


def mark_height() -> int:
    """Height of every mark."""
    return scaled(_SIZE)


def paint_team_mark(
    painter: QPainter, centre: QPointF, mark: str, theme: Palette, *, is_chosen: bool = False
) -> None:
    """Paint the mark around a point; the one of the chosen team is filled."""
    painter.save()
    font = _font(painter.font())
    width, height = mark_width(mark, painter.font()) - 1.5, mark_height() - 1.5
    box = QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
    painter.setPen(QPen(QColor(theme.accent), 1.5))
    painter.setBrush(QColor(theme.accent if is_chosen else theme.surface))
    painter.drawRoundedRect(box, height / 2, height / 2)
    painter.setFont(font)
    painter.setPen(QColor(theme.on_accent if is_chosen else theme.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, mark)
    painter.restore()


def _font(font: QFont) -> QFont:
    return sized(font, 11, QFont.Weight.DemiBold)
