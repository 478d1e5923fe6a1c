"""Painted multi-paragraph text in one widget, quick to fill and never clipped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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

from app.words.plain_text import text_blocks
from exports.hyphenation import best_break, with_soft_hyphens
from exports.palette import LIGHT
from ui.painting.rows import sized
from ui.type_scale import TYPE, scale, scaled
from ui.widgets.basics import plain_tool_tip

_BODY, _SMALL = 13, 12
_INDENT = 10
_AIR = 4
"""Between the longest line and whatever stands at the right: an edge or a scroll bar."""
#: A word, or the part of one up to a hyphen, where it may be broken anyway.
_PIECE = re.compile(r"[^\s-]+-?|-+")
_ROUNDING = 2
"""A line may take a little more than its letters measure."""
_LONG = 9
"""Shorter pieces, in characters, are not broken."""
#: A slash between short words, as in ``CI/CD``; Qt would end a line there.
_SLASH_WITHIN = re.compile(r"(?<![\w/])(\w{1,4}/)(?=\w{1,4}(?![\w/]))")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text of one kind: plain or an item of a list; ``small`` for details, ``quiet`` secondary."""

    text: str
    is_item: bool = False
    small: bool = False
    quiet: bool = False


def paragraphs_of(markdown: str, *, small: bool = False, quiet: bool = False) -> list[Paragraph]:
    """Markdown as readable paragraphs: marks gone, list items kept as items, soft breaks joined."""
    return [Paragraph(block.text, block.is_item, small, quiet) for block in text_blocks(markdown)]


@dataclass(frozen=True, slots=True)
class _Breaks:
    """A long word with soft hyphens: at its best place only, and at all syllables."""

    at_best: str
    anywhere: str

    @classmethod
    def of(cls, word: str, language: str) -> _Breaks:
        place = best_break(word, language)
        best = f"{word[:place]}\N{SOFT HYPHEN}{word[place:]}" if place else word
        return cls(best, with_soft_hyphens(word, language))

    def fitting(self, metrics: QFontMetrics, room: float) -> str:
        """Break at the best place if both parts fit, so that no syllable stands alone."""
        first, _, rest = self.at_best.partition("\N{SOFT HYPHEN}")
        fits = max(metrics.horizontalAdvance(part) for part in (f"{first}-", rest)) <= room
        return self.at_best if fits else self.anywhere


class FlowingText(QWidget):
    """Paragraphs one below the other, wrapped to the width; long words break where they must."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paragraphs: tuple[Paragraph, ...] = ()
        self._language = ""
        self._breaks: dict[str, _Breaks] = {}
        #: Lines, place, height and source of each paragraph.
        self._placed: list[tuple[QTextLayout, QPointF, float, Paragraph]] = []
        self._placed_for = (-1, "", 0)
        self._height = 0
        self._colours = (LIGHT.text, LIGHT.secondary)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_paragraphs(self, paragraphs: Iterable[Paragraph], language: str = "") -> None:
        """Show these paragraphs; long words break by the rules of ``language``."""
        listed = tuple(paragraphs)
        if (listed, language) == (self._paragraphs, self._language):
            return
        self._paragraphs, self._language = listed, language
        # Not when Qt asks for a height: the first call loads the patterns of a language, and much
        # new memory lets Python collect old widgets, which must not happen while Qt lays out.
        self._breaks = {
            piece: _Breaks.of(piece, language)
            for paragraph in listed
            for piece in _PIECE.findall(paragraph.text)
            if len(piece) >= _LONG
        }
        self._placed_for = (-1, "", 0)
        self.updateGeometry()
        self.update()

    def set_colours(self, text: str, quiet: str) -> None:
        """Colours of text and of quiet text."""
        self._colours = (text, quiet)
        self.update()

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The shown text."""
        return self._paragraphs

    def ends(self) -> list[float]:
        """Lower edge of each paragraph, as it was last laid out."""
        return [where.y() + height for _, where, height, _ in self._placed]

    def begun_above(self, edge: float) -> int:
        """Pixels above this edge of a paragraph that goes on below it; 0 if it cuts none."""
        for _, where, height, _ in self._placed:
            if where.y() < edge < where.y() + height:
                return round(edge - where.y())
        return 0

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
        for layout, where, _, paragraph in self._placed:
            painter.setPen(QColor(self._colours[1 if paragraph.quiet else 0]))
            layout.draw(painter, where)
            if paragraph.is_item:
                self._paint_bullet(painter, layout, where)

    def _paint_bullet(self, painter: QPainter, layout: QTextLayout, where: QPointF) -> None:
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours[1]))
        middle = where.y() + layout.lineAt(0).ascent() * 0.66
        radius = 2.0 * scale()
        painter.drawEllipse(QPointF(radius + 0.5, middle), radius, radius)
        painter.restore()

    def _place(self, width: int) -> None:
        key = (width, self.font().key(), TYPE.body)
        if key == self._placed_for:
            return
        self._placed_for = key
        self._placed = []
        y = 0.0
        for paragraph in self._paragraphs:
            y += 0 if not self._placed else scaled(5 if paragraph.is_item else 8)
            indent = scaled(_INDENT) if paragraph.is_item else 0
            font = sized(self.font(), _SMALL if paragraph.small else _BODY)
            room = max(width - indent - _AIR, 24)
            hyphenated = self._hyphenated(paragraph.text, QFontMetrics(font), room)
            layout, height = lines_of(paragraph.text, font, room, hyphenated)
            self._placed.append((layout, QPointF(indent, y), height, paragraph))
            y += height
        self._height = int(y) + 1

    def _hyphenated(self, text: str, metrics: QFontMetrics, room: int) -> dict[str, str]:
        """Break opportunities of long words of a text at this width."""
        found = {piece: self._breaks.get(piece) for piece in _PIECE.findall(text)}
        return {
            piece: breaks.fitting(metrics, room - _ROUNDING)
            for piece, breaks in found.items()
            if breaks is not None
        }


class ClampedText(QWidget):
    """One paragraph with a maximum number of lines; the tool tip has the full text."""

    def __init__(self, pixels: int, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixels = pixels
        self._lines = lines
        self._text = ""
        self._colour = LIGHT.text
        self._known: dict[tuple[str, str, int], tuple[QTextLayout, float]] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show the text."""
        self._text = " ".join(text.split())
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def set_lines(self, lines: int) -> None:
        """Allow so many lines."""
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()
            self.update()

    def set_colour(self, colour: str) -> None:
        """Take this colour."""
        self._colour = colour
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout, height = self._laid_out(width)
        if layout.lineCount() <= self._lines:
            return round(height)
        return round(height * self._lines / layout.lineCount())

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(self._colour))
        font = self._own_font()
        layout, _ = self._laid_out(self.width())
        fits = layout.lineCount() <= self._lines
        self.setToolTip("" if fits else plain_tool_tip(self._text))
        if not fits:
            layout, _ = lines_of(self._shortened(layout, font), font, max(self.width(), 40))
        layout.draw(painter, QPointF(0, 0))

    def _shortened(self, layout: QTextLayout, font: QFont) -> str:
        last = layout.lineAt(self._lines - 1).textStart()
        rest = QFontMetrics(font).elidedText(
            layout.text()[last:], Qt.TextElideMode.ElideRight, self.width() - 2
        )
        return layout.text()[:last] + rest

    def _laid_out(self, width: int) -> tuple[QTextLayout, float]:
        """The whole text on its lines; layouts ask for the same widths again and again."""
        font = self._own_font()
        key = (self._text, font.key(), max(width, 40))  # the font has the size of this moment
        if key not in self._known:
            if len(self._known) >= 8:
                self._known.clear()
            self._known[key] = lines_of(self._text, font, max(width, 40))
        return self._known[key]

    def _own_font(self) -> QFont:
        return sized(self.font(), self._pixels)


def lines_of(
    text: str, font: QFont, width: float, hyphenated: Mapping[str, str] | None = None
) -> tuple[QTextLayout, float]:
    """The text wrapped to a width, and its height.

    Words that are too long for a line are looked up in ``hyphenated``, else they break anywhere.
    """
    metrics = QFontMetrics(font)

    def breakable(found: re.Match[str]) -> str:
        piece = found[0]
        too_long = len(piece) >= _LONG and metrics.horizontalAdvance(piece) >= width - _ROUNDING
        return (hyphenated or {}).get(piece, piece) if too_long else piece

    joined = _SLASH_WITHIN.sub("\\1\N{WORD JOINER}", _PIECE.sub(breakable, text))
    layout = QTextLayout(joined, font)
    layout.setCacheEnabled(True)  # otherwise every paint reshapes the text
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
