"""Painters of the timeline: heads, names, bars, arrows, milestones."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from exports.palette import Palette
from ui.board.card_painting import paint_pin
from ui.painting.rows import RIGHT, draw_shortened, sized
from ui.timeline.timeline_layout import PlacedRow
from ui.timeline.timeline_model import Bar, Postponed
from ui.type_scale import scaled

_EDGE = 4
_RADIUS = 4
_HEAD_OF_ARROW = 5
_DIAMOND = 5
_TINT = 0.14
_MARK = 9


def paint_names(
    painter: QPainter, box: QRect, line: PlacedRow, theme: Palette, *, is_selected: bool
) -> None:
    """Paint the head of a group or the name of an area, with the way it goes at the right."""
    font = painter.font()
    left = box.left()
    if line.group is not None:
        mark = QRectF(left, box.center().y() - scaled(_MARK) / 2, scaled(_MARK), scaled(_MARK))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.dimension_mark(line.group.place)))
        painter.drawRoundedRect(mark, 2, 2)
    text = box.adjusted(scaled(15), 0, 0, 0)
    painter.setFont(sized(font, 11))
    painter.setPen(QColor(theme.secondary))
    used = draw_shortened(painter, text, line.row.way, RIGHT) if line.row is not None else 0
    is_bold = line.group is not None or is_selected
    painter.setFont(
        sized(
            font,
            13 if line.group is not None else 12,
            QFont.Weight.DemiBold if is_bold else QFont.Weight.Normal,
        )
    )
    painter.setPen(QColor(theme.text))
    draw_shortened(painter, text.adjusted(0, 0, -used - scaled(8), 0), line.name)
    painter.setFont(font)


def paint_bar_of_step(
    painter: QPainter, where: QRect, bar: Bar, place: int, theme: Palette, *, ring: float
) -> None:
    """Paint the bar of a step: level reached, title, pin; ``ring`` is the width of its frame."""
    mark = QColor(theme.dimension_mark(place))
    box = QRectF(where)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.surface))
    painter.drawRoundedRect(box, _RADIUS, _RADIUS)
    tint = QColor(mark)
    tint.setAlphaF(_TINT)
    painter.setBrush(tint)
    painter.drawRoundedRect(box, _RADIUS, _RADIUS)
    painter.setBrush(mark)
    painter.drawRoundedRect(QRectF(box.left(), box.top(), _EDGE, box.height()), 2, 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    width = ring or 1.0
    painter.setPen(QPen(QColor(theme.accent) if ring else mark, width))
    inset = width / 2
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), _RADIUS, _RADIUS)
    font = painter.font()
    inner = where.adjusted(scaled(10), 0, -scaled(6), 0)
    painter.setPen(QColor(theme.text))
    painter.setFont(sized(font, 11, QFont.Weight.Bold))
    level = draw_shortened(painter, inner, str(bar.key[1]))
    painter.setFont(sized(font, 11, QFont.Weight.DemiBold if ring else None))
    pin = scaled(14) if bar.is_pinned else 0
    draw_shortened(painter, inner.adjusted(level + scaled(7), 0, -pin, 0), bar.title)
    if bar.is_pinned:
        paint_pin(painter, QPointF(inner.right() - scaled(4), where.center().y() + 1), theme)
    painter.setFont(font)


def paint_postponed(
    painter: QPainter, where: QRect, step: Postponed, place: int, theme: Palette, *, ring: float
) -> None:
    """Paint a step in *Later*: a ring in the colour of its dimension, and the reason in brief.

    Where there is no room for the reason it has the level reached, like a bar.
    """
    font = painter.font()
    size = scaled(7)
    middle = where.center().y() + 0.5
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.dimension_mark(place)), 2))
    painter.drawEllipse(QPointF(where.left() + size / 2 + 1, middle), size / 2, size / 2)
    text = where.adjusted(size + scaled(7), 0, -scaled(4), 0)
    if ring:
        painter.setPen(QPen(QColor(theme.accent), ring))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(where).adjusted(-scaled(4), 0.5, -scaled(1), -0.5)
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
    painter.setPen(QColor(theme.text if ring else theme.secondary))
    painter.setFont(sized(font, 11, QFont.Weight.DemiBold if ring else None))
    fits = painter.fontMetrics().horizontalAdvance(step.text) <= text.width()
    draw_shortened(painter, text, step.text if fits else str(step.key[1]))
    painter.setFont(font)


def paint_arrow(
    painter: QPainter, corners: Sequence[QPointF], colour: str, *, width: float
) -> None:
    """Paint an arrow along its corners."""
    painter.setPen(QPen(QColor(colour), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(list(corners)))
    end, size = corners[-1], scaled(_HEAD_OF_ARROW)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawPolygon(
        QPolygonF(
            [end, QPointF(end.x() - size, end.y() - size / 2 - 1),
             QPointF(end.x() - size, end.y() + size / 2 + 1)]
        )
    )  # fmt: skip


def paint_diamond(painter: QPainter, centre: QPointF, theme: Palette) -> None:
    """Paint the sign of a milestone."""
    size = scaled(_DIAMOND)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.text))
    painter.drawPolygon(
        QPolygonF(
            [centre + QPointF(0, -size), centre + QPointF(size, 0), centre + QPointF(0, size),
             centre + QPointF(-size, 0)]
        )
    )  # fmt: skip


def paint_day_line(painter: QPainter, x: float, top: float, bottom: float, theme: Palette) -> None:
    """Paint the dotted line of a milestone."""
    pen = QPen(QColor(theme.frame), 1)
    pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))
