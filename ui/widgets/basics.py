"""Basic widgets: plain-text labels, cards, markers, key caps."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from exports.palette import LIGHT
from ui.painting.squares import SQUARE, paint_square
from ui.type_scale import TYPE, scaled
from ui.widgets.readers import present_as

_LONGEST_IN_MENU = 80


def make_label(role: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """A label for plain text; ``role`` picks its style in ``window.qss``."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if role:
        label.setProperty("role", role)
    return label


def set_role(widget: QWidget, role: str) -> None:
    """Give a shown widget another role in the style sheet, which Qt would not look up again."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def discard(widget: QWidget) -> None:
    """Take a widget out at once and delete it later.

    Hidden first: a layout shows what was added in the next round of the event loop, and without a
    parent it would open as a window of its own and take the keys away.
    """
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()


def plain_tool_tip(text: str) -> str:
    """The text for a tooltip, which would read what looks like markup as markup."""
    # Qt takes a text for markup at a tag, and at "&lt;" alone, too.
    if "<" not in text and "&lt;" not in text:
        return text
    import html  # its table of entities is large, and hardly any tooltip needs it

    return f"<span>{html.escape(text)}</span>"


def menu_text(text: str) -> str:
    """Shorten and escape user text for a menu, so that each ``&`` is shown literally."""
    if len(text) > _LONGEST_IN_MENU:
        half = _LONGEST_IN_MENU // 2
        text = f"{text[:half].rstrip()} … {text[-half:].lstrip()}"
    return text.replace("&", "&&")


def make_frame(role: str = "card", parent: QWidget | None = None) -> QFrame:
    """A frame with a style role: ``card``, ``bar``, ``side``, ``rule`` or ``warning``."""
    frame = QFrame(parent)
    frame.setProperty("role", role)
    return frame


def make_card(parent: QWidget | None = None) -> tuple[QFrame, QVBoxLayout]:
    """A card and the layout inside it, with the usual margins."""
    card = QFrame(parent)
    return card, lay_out_card(card)


def lay_out_card(card: QFrame) -> QVBoxLayout:
    """Make a card of a frame; returns the layout inside it, with the usual margins."""
    card.setProperty("role", "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(16, 12, 16, 12)
    layout.setSpacing(8)
    return layout


def make_bar(parent: QWidget | None = None) -> tuple[QFrame, QHBoxLayout]:
    """A bar at the bottom of a page, and the row inside it."""
    bar = make_frame("bar", parent)
    row = QHBoxLayout(bar)
    row.setContentsMargins(16, 8, 16, 8)
    row.setSpacing(16)
    return bar, row


class ElidedLabel(QLabel):
    """One line of plain text that ends in … where space is short; the tooltip has all of it.

    A remark of two or three words is shown ``is_whole_or_nothing``: cut it says nothing.
    """

    def __init__(
        self, role: str = "", parent: QWidget | None = None, *, is_whole_or_nothing: bool = False
    ) -> None:
        super().__init__(parent)
        self._is_whole_or_nothing = is_whole_or_nothing
        present_as(self, QAccessible.Role.StaticText)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if role:
            self.setProperty("role", role)
        self._full = ""

    def full_text(self) -> str:
        """The text before it was shortened."""
        return self._full

    def setText(self, text: str) -> None:
        """Show the text, shortened to the width there is."""
        if text != self._full:
            self._full = text
            self.setAccessibleName(text)
            self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Elide the text again."""
        super().resizeEvent(event)
        self._elide()

    def minimumSizeHint(self) -> QSize:
        """As narrow as it must be."""
        return QSize(24, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Wide enough for the whole text."""
        width = self.fontMetrics().horizontalAdvance(self._full) + 2
        return QSize(width, super().sizeHint().height())

    def _elide(self) -> None:
        mode = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self._full, mode, max(self.width(), 1))
        is_cut = shown != self._full
        super().setText("" if is_cut and self._is_whole_or_nothing else shown)
        tip = plain_tool_tip(self._full) if shown != self._full else ""
        if tip != self.toolTip():
            self.setToolTip(tip)


class ColourMark(QWidget):
    """A small square in the colour of a dimension."""

    def __init__(self, side: int = SQUARE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._colour = LIGHT.text
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedSize(scaled(self._side), scaled(self._side))

    def set_colour(self, colour: str) -> None:
        """Take this colour (``#RRGGBB``)."""
        self._colour = colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the square."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_square(painter, QRectF(self.rect()), self._colour)
