"""Painter of the projected average, on the columns of the timeline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil, floor

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from app.words.texts import Translator
from exports.palette import Palette
from ui.painting.rows import LEFT, RIGHT, draw_shortened, sized
from ui.timeline.timeline_model import Curve
from ui.type_scale import scaled

X = Callable[[float], float]
"""X position of a number of columns from the first day."""

_DOT = 5
LABEL = 16
"""Height of a line of words about milestones."""


def levels_shown(curve: Curve) -> tuple[int, int]:
    """The lowest and highest level on the axis: whole ones around all values, on the scale."""
    values: list[Fraction] = [point.value for point in curve.points]
    if curve.target is not None:
        values.append(curve.target)
    low, high = floor(min(values)), ceil(max(values))
    if low == high:
        high += 1
    if high > curve.highest:
        low, high = low - 1, high - 1
    return max(low, curve.lowest), high


class CurvePainter:
    """Paints a curve into the box of the columns; words at the right go into *Later*."""

    def __init__(self, painter: QPainter, curve: Curve, box: QRect, x: X, theme: Palette) -> None:
        self._painter = painter
        self._curve = curve
        self._box = box
        self._x = x
        self._theme = theme
        self._low, self._high = levels_shown(curve)

    def _y(self, value: Fraction | int) -> float:
        share = float((value - self._low) / Fraction(self._high - self._low))
        return self._box.bottom() - share * self._box.height()

    def paint_grid(self) -> None:
        """Whole levels as hair lines with their numbers, and the target as a dashed line."""
        painter, theme, box = self._painter, self._theme, self._box
        font = painter.font()
        painter.setFont(sized(font, 11))
        for level in range(self._low, self._high + 1):
            y = self._y(level)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(QColor(theme.secondary))
            number = QRect(box.left() - scaled(30), round(y) - scaled(9), scaled(22), scaled(18))
            painter.drawText(number, RIGHT, str(level))
        if self._curve.target is not None:
            pen = QPen(QColor(theme.target), 1.5)
            pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            y = self._y(self._curve.target)
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        painter.setFont(font)

    def paint_line(self) -> None:
        """The averages: dashed because they are projected; only that of the session is full."""
        painter, theme, font = self._painter, self._theme, self._painter.font()
        places = [QPointF(self._x(p.at), self._y(p.value)) for p in self._curve.points]
        pen = QPen(QColor(theme.accent), 2)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(places))
        for number, (point, place) in enumerate(zip(self._curve.points, places, strict=True)):
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.setBrush(QColor(theme.surface if number else theme.accent))
            size = scaled(_DOT) * (0.8 if number else 1)
            painter.drawEllipse(place, size, size)
            painter.setFont(sized(font, 13, QFont.Weight.Bold))
            painter.setPen(QColor(theme.text))
            left = place.x() + scaled(8)
            label = QRect(round(left), round(place.y()) + scaled(4), scaled(60), scaled(LABEL))
            is_last = number == len(places) - 1
            if label.bottom() > self._box.bottom() + scaled(6):
                above = place if is_last else places[number + 1]  # the line rises through words
                label.moveBottom(round(min(place.y(), above.y())) - scaled(4))
            width = painter.fontMetrics().horizontalAdvance(point.text)
            if not is_last and label.left() + width <= self._box.right():
                painter.drawText(label, LEFT, point.text)
            if number == 0:
                used = width + scaled(8)
                painter.setFont(sized(font, 11))
                painter.setPen(QColor(theme.secondary))
                room = self._x(1) - label.left() - used - scaled(8)
                origin = QRect(label.left() + used, label.top(), round(room), label.height())
                draw_shortened(painter, origin, self._curve.origin)
        painter.setFont(font)

    def paint_ends(self, box: QRect) -> None:
        """The target, the last average and the steps left, in the box of *Later*."""
        curve, painter, theme = self._curve, self._painter, self._theme
        if not curve.points:
            return
        font = painter.font()
        last = round(self._y(curve.points[-1].value))
        height = scaled(18)
        target = last if curve.target is None else round(self._y(curve.target))
        if abs(target - last) < height:
            last = target + height
        if target + height <= box.bottom() - height:
            last = min(last, box.bottom() - height)  # the line below has to stay on the card
        painter.setFont(sized(font, 12))
        painter.setPen(QColor(theme.text))
        draw_shortened(painter, QRect(box.left(), target - height // 2, box.width(), height),
                       curve.target_text)  # fmt: skip
        line = QRect(box.left(), last - height // 2, box.width(), height)
        painter.setFont(sized(font, 13, QFont.Weight.Bold))
        draw_shortened(painter, line, curve.points[-1].text)
        painter.setFont(sized(font, 11))
        painter.setPen(QColor(theme.secondary))
        draw_shortened(painter, line.translated(0, height - 2), curve.left)
        painter.setFont(font)


def paint_title(
    painter: QPainter, box: QRect, curve: Curve, tr: Translator, theme: Palette
) -> None:
    """Paint what the curve shows, in the box of the names."""
    font = painter.font()
    line = QRect(box.left(), box.top(), box.width(), scaled(20))
    painter.setFont(sized(font, 12, QFont.Weight.DemiBold))
    painter.setPen(QColor(theme.secondary))
    draw_shortened(painter, line, curve.title)
    painter.setFont(sized(font, 11))
    rest = QRectF(box.left(), line.bottom() + 1, box.width() - scaled(36), scaled(52))
    painter.drawText(
        rest, Qt.TextFlag.TextWordWrap,
        tr.gettext("if every step is done by the end of its last quarter"),
    )  # fmt: skip
    painter.setFont(font)


def label_lines(
    widths: Sequence[tuple[float, float]], left: float, right: float, gap: float
) -> list[tuple[float, int]]:
    """Left edges and lines (0 or 1) of labels, so that none covers another.

    ``widths`` are the middle and width of each, by middle. Labels stay between ``left`` and
    ``right``; one that fits on neither line goes to the one that ends first.
    """
    ends = [left - gap, left - gap]
    placed: list[tuple[float, int]] = []
    for middle, width in widths:
        wanted = max(left, min(middle - width / 2, right - width))
        free = [line for line, end in enumerate(ends) if wanted >= end + gap]
        line = free[0] if free else ends.index(min(ends))
        begin = wanted if free else ends[line] + gap
        ends[line] = begin + width
        placed.append((begin, line))
    return placed
