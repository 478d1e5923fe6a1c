"""Painters of the board: heads of columns, cards, and pins."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from exports.palette import Palette
from ui.board.board_layout import EDGE, PAD, SMALL, TITLE, PlacedCard, is_reasoned
from ui.board.board_model import Column
from ui.painting.bars import paint_bar
from ui.painting.rows import LEFT, RIGHT, draw_shortened, sized
from ui.type_scale import scale, scaled

_RADIUS = 6
_BAR = 6


@dataclass(frozen=True, slots=True)
class CardState:
    """State of a card: selected, with the keys, or waiting for the selected one.

    ``needs`` is the sentence about the selected card for one that waits for it.
    """

    is_selected: bool = False
    has_focus: bool = False
    needs: str = ""


def paint_head(
    painter: QPainter, box: QRect, column: Column, theme: Palette, *, has_bar: bool = True
) -> None:
    """Paint the head of a column: name, use of its capacity as a bar and in words, average."""
    font = painter.font()
    line = QRect(box.left(), box.top(), box.width(), scaled(20))
    painter.setFont(sized(font, 14, QFont.Weight.Bold))
    painter.setPen(QColor(theme.text))
    named = draw_shortened(painter, line, column.title)
    room = line.adjusted(named + scaled(6), 0, 0, 0)
    painter.setFont(sized(font, 12))
    if painter.fontMetrics().horizontalAdvance(column.figure) > room.width():
        painter.setFont(sized(font, 11))
    painter.setPen(QColor(theme.secondary))
    draw_shortened(painter, room, column.figure, RIGHT)
    below = QRect(box.left(), line.bottom() + scaled(13), box.width(), scaled(16))
    if has_bar:
        bar = QRectF(box.left(), line.bottom() + scaled(4), box.width(), scaled(_BAR))
        fill = theme.accent if column.is_full else theme.levels[2]
        paint_bar(painter, bar, column.share, theme.line, fill)
    painter.setFont(sized(font, 11))
    painter.setPen(QColor(theme.secondary))
    taken = 0
    if column.average:
        painter.setFont(sized(font, 12, QFont.Weight.DemiBold))
        painter.setPen(QColor(theme.text))
        taken = draw_shortened(painter, below, column.average, RIGHT) + scaled(8)
        painter.setFont(sized(font, 11))
        painter.setPen(QColor(theme.secondary))
    draw_shortened(painter, below.adjusted(0, 0, -taken, 0), column.note)
    painter.setFont(font)


def paint_later_head(
    painter: QPainter, box: QRect, column: Column, note: tuple[str, ...], theme: Palette
) -> None:
    """Paint the head of *Later*: name, number of steps, and how long all steps take at least."""
    paint_head(painter, box, replace(column, note=""), theme, has_bar=False)
    font = painter.font()
    painter.setFont(sized(font, 11))
    painter.setPen(QColor(theme.secondary))
    line = QRect(box.left(), box.top() + scaled(22), box.width(), scaled(SMALL))
    for words in note[:2]:
        draw_shortened(painter, line, words)
        line.translate(0, scaled(SMALL))
    painter.setFont(font)


def paint_average_label(
    painter: QPainter, box: QRect, column: Column, words: str, theme: Palette
) -> None:
    """Write what the figure at the right of a head is, where there is room beside the note."""
    font = painter.font()
    below = QRect(box.left(), box.top() + scaled(20) + scaled(12), box.width(), scaled(16))
    painter.setFont(sized(font, 12, QFont.Weight.DemiBold))
    figure = painter.fontMetrics().horizontalAdvance(column.average) + scaled(4)
    painter.setFont(sized(font, 11))
    metrics = painter.fontMetrics()
    room = below.width() - figure - metrics.horizontalAdvance(column.note) - scaled(8)
    if metrics.horizontalAdvance(words) <= room:
        painter.setPen(QColor(theme.secondary))
        painter.drawText(below.adjusted(0, 0, -figure, 0), RIGHT, words)
    painter.setFont(font)


def paint_card(
    painter: QPainter, placed: PlacedCard, where: QRect, state: CardState, theme: Palette
) -> None:
    """Paint a card at a place in the view."""
    painter.save()
    _paint_ground(painter, QRectF(where), placed, state, theme)
    _paint_words(painter, placed, where, state, theme)
    painter.restore()


def _paint_ground(
    painter: QPainter, where: QRectF, placed: PlacedCard, state: CardState, theme: Palette
) -> None:
    radius = scaled(_RADIUS)
    width = 2.0 if state.is_selected else 1.0
    edge = QPen(QColor(theme.line), width)
    if state.is_selected:
        edge.setColor(QColor(theme.accent))
    elif state.needs:
        edge.setColor(QColor(theme.accent))
        edge.setStyle(Qt.PenStyle.DashLine)
    box = where.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    ground = QColor(theme.selected if state.is_selected and state.has_focus else theme.surface)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.dimension_mark(placed.card.dimension)))
    painter.drawRoundedRect(box, radius, radius)
    inner = box.adjusted(scaled(EDGE) - 1, 0, 0, 0)
    painter.setBrush(ground)
    painter.drawRoundedRect(inner, radius / 2, radius / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(edge)
    painter.drawRoundedRect(box, radius, radius)


def _paint_words(
    painter: QPainter, placed: PlacedCard, where: QRect, state: CardState, theme: Palette
) -> None:
    card, font = placed.card, painter.font()
    pad, small, title = scaled(PAD), scaled(SMALL), scaled(TITLE)
    line = QRect(
        where.left() + pad + scaled(EDGE), where.top() + pad,
        where.width() - 2 * pad - scaled(EDGE), small,
    )  # fmt: skip
    painter.setFont(sized(font, 11, QFont.Weight.DemiBold))
    way = painter.fontMetrics().horizontalAdvance(card.way) + scaled(5)
    painter.setFont(sized(font, 11))
    painter.setPen(QColor(theme.secondary))
    used = draw_shortened(painter, line.adjusted(0, 0, -way, 0), card.area)
    used = min(used, line.width() - way)
    painter.setFont(sized(font, 11, QFont.Weight.DemiBold))
    painter.setPen(QColor(theme.text))
    painter.drawText(line.adjusted(used + scaled(5), 0, scaled(5), 0), LEFT, card.way)
    painter.setFont(sized(font, 13, QFont.Weight.DemiBold))
    line = QRect(line.left(), line.bottom() + 1, line.width(), title)
    for words in placed.title:
        draw_shortened(painter, line, words)
        line.translate(0, title)
    line.setHeight(small)
    painter.setFont(sized(font, 11))
    if not is_reasoned(card):
        painter.setPen(QColor(theme.accent if state.needs else theme.secondary))
        draw_shortened(painter, line, state.needs or card.owner)
        line.translate(0, small)
    painter.setPen(QColor(theme.secondary))
    for words in placed.remark:
        draw_shortened(painter, line, words)
        line.translate(0, small)
    if not is_reasoned(card):
        _paint_last_line(painter, placed, line, theme)


def _paint_last_line(painter: QPainter, placed: PlacedCard, line: QRect, theme: Palette) -> None:
    """Effort at the left, state and pin at the right; what wants attention is always readable."""
    card, font = placed.card, painter.font()
    alert = sized(font, 11, QFont.Weight.Bold)
    pin = scaled(13) if card.is_pinned else 0
    needed = QFontMetrics(alert).horizontalAdvance(card.state) + pin if card.wants_attention else 0
    effort = painter.fontMetrics().horizontalAdvance(card.effort) + scaled(6)
    if effort + needed > line.width() and needed:
        effort = 0
    else:
        painter.setPen(QColor(theme.text))
        effort = draw_shortened(painter, line, card.effort) + scaled(6)
    rest = line.adjusted(effort, 0, 0, 0)
    painter.setPen(QColor(theme.secondary))
    if card.wants_attention:
        painter.setPen(QColor(theme.warning))
        painter.setFont(alert)
    used = draw_shortened(painter, rest.adjusted(pin, 0, 0, 0), card.state, RIGHT)
    if card.is_pinned:
        used = min(used, rest.width() - pin)
        paint_pin(painter, QPointF(rest.right() - used - scaled(6), line.center().y()), theme)


def paint_pin(painter: QPainter, centre: QPointF, theme: Palette) -> None:
    """A drawing pin, for a step that keeps its quarter."""
    painter.save()
    painter.translate(centre)
    painter.scale(scale(), scale())
    painter.setPen(Qt.PenStyle.NoPen)
    colour = QColor(theme.accent)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(-2, -5, 4, 4), 1, 1)
    painter.drawRoundedRect(QRectF(-3.5, -1.5, 7, 2), 1, 1)
    pen = QPen(colour, 1.2)
    painter.setPen(pen)
    painter.drawLine(QPointF(0, 0), QPointF(0, 5))
    painter.restore()
