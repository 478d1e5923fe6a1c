"""Shared by painted rows: background, and text elided to its box."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from exports.palette import Palette
from ui.type_scale import scaled, type_pixels

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_RADIUS = 6
_BAR = 3
_INSET = 8


def paint_row_ground(
    painter: QPainter,
    box: QRectF,
    palette: Palette,
    *,
    opacity: float = 1.0,
    ring: float = 0.0,
    is_current: bool = False,
) -> None:
    """Paint the background of a row that is current or hovered.

    ``ring`` is the width of the line that shows the focus, inside the edge. The current row has
    a bar at its left, because the ground alone is too pale to be seen by everybody.
    """
    ground = QColor(palette.selected)
    ground.setAlphaF(opacity)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    radius = scaled(_RADIUS)
    painter.drawRoundedRect(box, radius, radius)
    if is_current:
        bar = QRectF(box.left() + 1, box.top() + radius, _BAR, box.height() - 2 * radius)
        painter.setBrush(QColor(palette.accent))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
    if ring:
        inset = ring / 2
        painter.setPen(QPen(QColor(palette.accent), ring))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)


def paint_choice_ground(
    painter: QPainter, box: QRectF, palette: Palette, *, is_chosen: bool, has_focus: bool
) -> None:
    """Paint the background of a row of which one is chosen: pale where it is only hovered."""
    paint_row_ground(
        painter,
        box,
        palette,
        opacity=1.0 if is_chosen else 0.5,
        ring=1.5 if has_focus else 0,
        is_current=is_chosen,
    )


def draw_shortened(painter: QPainter, box: QRect, text: str, align: Qt.AlignmentFlag = LEFT) -> int:
    """Draw one line of text, ending in … where the box is too narrow; returns its width."""
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, align, shown)
    return metrics.horizontalAdvance(shown)


def x_on_track(track: QRect, level: Fraction | float, lowest: int, highest: int) -> float:
    """X position of a level on the line of levels in a row; marks at its ends have room."""
    inset = scaled(_INSET)
    width = track.width() - 2 * inset
    return track.left() + inset + width * float(level - lowest) / max(1, highest - lowest)


def sized(font: QFont, pixels: int = 0, weight: QFont.Weight | None = None) -> QFont:
    """A copy of a font in another size, another weight, or both.

    ``pixels`` is the size drawn at the usual type size; ``ui/type_scale.py`` says what it is now.
    """
    copy = QFont(font)
    if pixels:
        copy.setPixelSize(type_pixels(pixels))
    if weight is not None:
        copy.setWeight(weight)
    return copy
