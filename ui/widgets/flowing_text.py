"""Running text that is painted, not laid out from many labels: quick to fill, never clipped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.comparability import normalised_text

_INDENT = 10
_BULLET = re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_BREAK = re.compile(r"^[ \t]*(?:#{1,6}[ \t]|>[ \t]?|```|\||[-*_]{3,}[ \t]*$)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text of one kind: plain or an item of a list; ``small`` is 12 px, ``quiet`` secondary."""

    text: str
    is_item: bool = False
    small: bool = False
    quiet: bool = False


def paragraphs_of(markdown: str, *, small: bool = False, quiet: bool = False) -> list[Paragraph]:
    """Markdown as readable paragraphs: marks gone, list items kept as items, soft breaks joined."""
    blocks: list[tuple[bool, list[str]]] = []
    open_block = False
    for line in markdown.splitlines():
        starts = bool(_BULLET.match(line))
        if starts or _BREAK.match(line) or not open_block:
            blocks.append((starts, []))
        if line.strip():
            blocks[-1][1].append(line)
        open_block = bool(line.strip()) and not _BREAK.match(line)
    texts = ((is_item, normalised_text("\n".join(lines))) for is_item, lines in blocks)
    return [Paragraph(text, is_item, small, quiet) for is_item, text in texts if text]


class FlowingText(QWidget):
    """Paragraphs one below the other, wrapped to the width; long words break where they must."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paragraphs: tuple[Paragraph, ...] = ()
        self._placed: list[tuple[QTextLayout, QPointF, Paragraph]] = []
        self._placed_for = (-1, "")
        self._height = 0
        self._small = 12
        self._colours = ("#000000", "#000000")
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_paragraphs(self, paragraphs: Iterable[Paragraph]) -> None:
        """Show these paragraphs."""
        listed = tuple(paragraphs)
        if listed == self._paragraphs:
            return
        self._paragraphs = listed
        self._placed_for = (-1, "")
        self.updateGeometry()
        self.update()

    def set_colours(self, text: str, quiet: str) -> None:
        """Colours of text and of quiet text."""
        self._colours = (text, quiet)
        self.update()

    def plain_text(self) -> str:
        """All of it as one text, for screen readers."""
        return "\n".join(paragraph.text for paragraph in self._paragraphs)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._place(width)
        return self._height

    def sizeHint(self) -> QSize:
        return QSize(140, self.heightForWidth(max(self.width(), 80)))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.heightForWidth(max(self.width(), 80)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._place(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for layout, where, paragraph in self._placed:
            painter.setPen(QColor(self._colours[1 if paragraph.quiet else 0]))
            layout.draw(painter, where)
            if paragraph.is_item:
                self._paint_bullet(painter, layout, where)

    def _paint_bullet(self, painter: QPainter, layout: QTextLayout, where: QPointF) -> None:
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours[1]))
        middle = where.y() + layout.lineAt(0).ascent() * 0.66
        painter.drawEllipse(QPointF(2.5, middle), 2.0, 2.0)
        painter.restore()

    def _place(self, width: int) -> None:
        key = (width, self.font().key())
        if key == self._placed_for:
            return
        self._placed_for = key
        self._placed = []
        self._small = self._small_size(width)
        y = 0.0
        for paragraph in self._paragraphs:
            y += 0 if not self._placed else (5 if paragraph.is_item else 8)
            indent = _INDENT if paragraph.is_item else 0
            layout, height = self._laid_out(paragraph, max(width - indent, 24))
            self._placed.append((layout, QPointF(indent, y), paragraph))
            y += height
        self._height = int(y) + 1

    def _small_size(self, width: int) -> int:
        """12 pixels, or 11 where a long word would have to be broken otherwise."""
        font = QFont(self.font())
        font.setPixelSize(12)
        metrics = QFontMetrics(font)
        for paragraph in self._paragraphs:
            room = width - (_INDENT if paragraph.is_item else 0)
            words = paragraph.text.split() if paragraph.small else ()
            if any(metrics.horizontalAdvance(word) > room for word in words if len(word) > 8):
                return 11
        return 12

    def _laid_out(self, paragraph: Paragraph, width: float) -> tuple[QTextLayout, float]:
        font = QFont(self.font())
        font.setPixelSize(self._small if paragraph.small else 13)
        layout = QTextLayout(paragraph.text, font, self)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y))
            y += line.height() + 1
        layout.endLayout()
        return layout, y
