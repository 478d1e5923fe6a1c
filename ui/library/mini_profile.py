"""A session's profile in the size of a stamp: one corner per dimension, as on the large radar."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.session.session import SessionSummary
from exports.palette import Palette

FEWEST_CORNERS = 3


def paint_mini_profile(
    painter: QPainter, box: QRectF, summary: SessionSummary, theme: Palette
) -> None:
    """Paint the dimension means into ``box``: a polygon, or bars for one or two dimensions.

    A dimension without a scored area has no corner; it never looks like the lowest level.
    """
    shares = [_share(mean, summary) for _, mean in summary.profile]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if len(shares) >= FEWEST_CORNERS:
        _paint_polygon(painter, box, shares, theme)
    else:
        _paint_bars(painter, box, shares, theme)
    painter.restore()


def _share(mean: Fraction | None, summary: SessionSummary) -> float | None:
    """How far out a mean lies; the lowest level is one ring away from the centre."""
    if mean is None:
        return None
    rings = summary.highest_level - summary.lowest_level + 1
    return float((mean - summary.lowest_level + 1) / rings)


def _paint_polygon(
    painter: QPainter, box: QRectF, shares: Sequence[float | None], theme: Palette
) -> None:
    radius = min(box.width(), box.height()) / 2 - 2
    corners = [_corner(box.center(), radius, place, len(shares)) for place in range(len(shares))]
    painter.setPen(QPen(QColor(theme.scroll), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(QPolygonF(corners))
    points = [
        box.center() + (corner - box.center()) * share
        for corner, share in zip(corners, shares, strict=True)
        if share is not None
    ]
    fill = QColor(theme.current_fill)
    fill.setAlphaF(0.22)
    painter.setBrush(fill)
    painter.setPen(QPen(QColor(theme.current), 1.5))
    if len(points) >= FEWEST_CORNERS:
        painter.drawPolygon(QPolygonF(points))
    elif len(points) > 1:
        painter.drawPolyline(QPolygonF(points))
    painter.setBrush(QColor(theme.current))
    painter.setPen(Qt.PenStyle.NoPen)
    for point in points:
        painter.drawEllipse(point, 1.8, 1.8)


def _corner(centre: QPointF, radius: float, place: int, count: int) -> QPointF:
    """From twelve o'clock, clockwise."""
    angle = 2 * pi * place / count
    return QPointF(centre.x() + radius * sin(angle), centre.y() - radius * cos(angle))


def _paint_bars(
    painter: QPainter, box: QRectF, shares: Sequence[float | None], theme: Palette
) -> None:
    if not shares:
        return
    width = min(16.0, box.width() / len(shares) - 4)
    left = box.center().x() - (width + 4) * len(shares) / 2 + 2
    for place, share in enumerate(shares):
        frame = QRectF(left + place * (width + 4), box.top() + 2, width, box.height() - 4)
        painter.setPen(QPen(QColor(theme.scroll), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)
        if share is not None:
            frame.setTop(frame.bottom() - frame.height() * share)
            painter.fillRect(frame, QColor(theme.current))
