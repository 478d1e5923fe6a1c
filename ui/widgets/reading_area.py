"""Text that fades out where it is longer than its room, and says how much more there is."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from app.words.texts import Translator
from exports.palette import LIGHT
from ui.painting.fades import paint_fade
from ui.painting.rows import LEFT, sized
from ui.type_scale import TYPE, scaled
from ui.widgets.controls import paint_chevron
from ui.widgets.flow_layout import make_plain, take_in
from ui.widgets.flowing_text import FlowingText, Paragraph

_MORE = 16
_FADE = 18
_BELOW = 6
"""Air below a text that fits; the words about more may stand in it."""


class ReadingArea(QWidget):
    """A text that scrolls; no bar, but a fade and "2 more" that scrolls when it is clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._text = FlowingText()
        self._scroll = QScrollArea(self)
        make_plain(self._scroll)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        take_in(self._scroll, self._text)
        self._fade = _Fade(self)
        self._more = _More(self)
        self._scroll.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        TYPE.changed.connect(self._refit)

    def set_paragraphs(self, paragraphs: Iterable[Paragraph], language: str) -> None:
        """Show another text, from its beginning."""
        self._text.set_paragraphs(paragraphs, language)
        self._scroll.verticalScrollBar().setValue(0)
        self._refit()

    def plain_text(self) -> str:
        """All of the text."""
        return self._text.plain_text()

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All of the text, by paragraphs."""
        return self._text.paragraphs()

    def set_colours(self, text: str, quiet: str, ground: str, link: str) -> None:
        """Colours of text, of quiet text, of what is below it, and of the words about more."""
        self._text.set_colours(text, quiet)
        self._fade.set_colour(ground)
        self._more.set_colour(link)

    def retranslate(self, tr: Translator) -> None:
        """Take the language of the words about more."""
        self._more.retranslate(tr)
        self._show_more()

    def needed_height(self) -> int:
        """Height in which nothing is hidden."""
        return self._text.heightForWidth(self.width()) + _BELOW

    def hidden_below(self) -> int:
        """Number of paragraphs that are not, or not wholly, in view above the lower edge."""
        bottom = self._scroll.verticalScrollBar().value() + self._scroll.height()
        return sum(end > bottom for end in self._text.ends())

    def scroll_on(self, *, down: bool) -> bool:
        """Scroll by a few lines; returns True if there was something more."""
        return self._scroll_by(scaled(48) if down else -scaled(48))

    def show_next(self) -> None:
        """Scroll by what is in view, or back to the beginning after the end."""
        self._scroll_by(self._scroll.height() - scaled(24))

    def _scroll_by(self, pixels: int) -> bool:
        bar = self._scroll.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + pixels)
        return bar.value() != before

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refit()

    def _refit(self) -> None:
        """Text and its window in the room there is; the words about more only if it is needed."""
        width, room = self.width(), self.height()
        height = self._text.heightForWidth(width)
        self._text.resize(width, height)
        room = max(0, room - (_BELOW if height <= room - _BELOW else scaled(_MORE)))
        self._scroll.setGeometry(0, 0, width, room)
        self._more.setGeometry(0, room, width, scaled(_MORE))
        self._show_more()

    def _on_scrolled(self, _value: int) -> None:
        self._show_more()

    def _show_more(self) -> None:
        hidden = self.hidden_below()
        self._more.set_count(hidden)
        self._more.setVisible(hidden > 0)
        bottom = self._scroll.verticalScrollBar().value() + self._scroll.height()
        # What is wholly in view stays clear: only the paragraph that is cut fades.
        height = min(scaled(_FADE), self._text.begun_above(bottom))
        self._fade.setVisible(height > 0)
        self._fade.setGeometry(0, self._scroll.height() - height, self.width(), height)


class _Fade(QWidget):
    """Lets the last line go over into the ground."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour = LIGHT.surface
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_colour(self, colour: str) -> None:
        self._colour = colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_fade(QPainter(self), self.rect(), self._colour)


class _More(QWidget):
    """The words "2 more", with an arrow; a click scrolls."""

    def __init__(self, parent: ReadingArea) -> None:
        super().__init__(parent)
        self._area = parent
        self._colour = ""
        self._count = 0
        self._tr = Translator()
        self.setObjectName("more")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def set_colour(self, colour: str) -> None:
        self._colour = colour
        self.update()

    def retranslate(self, tr: Translator) -> None:
        self._tr = tr
        self.update()

    def set_count(self, count: int) -> None:
        if count != self._count:
            self._count = count
            self.setAccessibleName(self._words())
            self.update()

    def _words(self) -> str:
        return self._tr.ngettext("{n} more", "{n} more", self._count)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()  # it is not the card that is chosen
        self._area.show_next()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized(self.font(), 11))
        painter.setPen(QColor(self._colour))
        words = self._words()
        painter.drawText(self.rect(), LEFT, words)
        left = painter.fontMetrics().horizontalAdvance(words) + scaled(5)
        paint_chevron(painter, QRect(left, 0, scaled(10), self.height()), self._colour)
