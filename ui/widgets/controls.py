"""Controls of the scoring page: buttons that do not take focus, values that open a menu."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from exports.palette import LIGHT, Palette
from ui.painting.rows import LEFT, draw_shortened, sized
from ui.type_scale import scale, scaled, type_pixels
from ui.widgets.basics import plain_tool_tip

_PRESSING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KeyKeeper(QObject):
    """Lets a control that has the focus keep the keys that press it.

    The window uses Space to go on. Who has moved to a button with Tab expects Space to press it;
    clicks give these controls no focus, so that keys never land on them by accident.
    """

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Claim Space and Enter before the window's actions see them; a held key presses once."""
        if not isinstance(event, QKeyEvent) or event.key() not in _PRESSING:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            if event.modifiers() in (Qt.KeyboardModifier.NoModifier, _KEYPAD):
                event.accept()
            return False
        return event.type() == QEvent.Type.KeyPress and event.isAutoRepeat()


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def keep_keys(control: QWidget) -> None:
    """Reach the control with Tab only, and let it keep Space and Enter while it has the focus."""
    control.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    control.installEventFilter(KeyKeeper(control))


def focus_field(field: QLineEdit) -> None:
    """Put the focus into a field and select its text.

    In an empty field nothing is selected: screen readers would follow the caret and miss the focus.
    """
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    if field.text():
        field.selectAll()


def follow_in_tabs(first: QWidget, others: Iterable[QWidget]) -> None:
    """Set the tab order; widgets created later would otherwise come last."""
    for before, after in pairwise((first, *others)):
        QWidget.setTabOrder(before, after)


class SteadyButton(QPushButton):
    """A button that keeps the focus, without effect, while it is disabled.

    Qt would move the focus on, and the next Space would press something else.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._is_spent = False

    def setEnabled(self, enabled: bool) -> None:
        """Enable or disable; with the focus, it is only shown as disabled."""
        self._show_spent(not enabled and self.hasFocus())
        super().setEnabled(enabled or self._is_spent)

    @property
    def is_possible(self) -> bool:
        """True if pressing it has an effect."""
        return self.isEnabled() and not self._is_spent

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._is_spent:
            self._show_spent(False)
            super().setEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self._is_spent and event.key() in _PRESSING):
            super().keyPressEvent(event)

    def hitButton(self, where: QPoint) -> bool:
        return not self._is_spent and super().hitButton(where)

    def _show_spent(self, is_spent: bool) -> None:
        if is_spent != self._is_spent:
            self._is_spent = is_spent
            self.setProperty("spent", is_spent)
            self.style().unpolish(self)
            self.style().polish(self)


class PressButton(SteadyButton):
    """A button with a style role that is also pressed by Enter."""

    def __init__(self, name: str, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName(name)
        self.setAutoDefault(False)
        if role:
            self.setProperty("role", role)
        if role == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        keep_keys(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.is_possible:
            self.click()
            return
        super().keyPressEvent(event)

    def set_text(self, text: str, spoken: str = "") -> None:
        """Show a text; ``spoken`` is the accessible name if the text is not clear enough alone."""
        self.setText(text)
        self.setAccessibleName(spoken or text)


@contextmanager
def free_to_uncheck(button: QAbstractButton) -> Iterator[None]:
    """Let one of several choices be unchecked, which Qt refuses where one must be chosen."""
    button.setAutoExclusive(False)
    try:
        yield
    finally:
        button.setAutoExclusive(True)


class ChoiceButton(QPushButton):
    """One of several choices: a radio button for screen readers, each reached by Tab."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setProperty("role", "tab")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stay in the Tab order, where Qt would leave only the chosen one."""
        QWidget.focusInEvent(self, event)


_NUMBER = 4
"""Characters of a value that tell it, such as ``5 – ``."""


class ValueButton(PressButton):
    """A value in bold that opens a menu, shortened where space is short."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, "quiet", parent)
        self._theme: Palette | None = None
        self._value = ""
        self._remark = ""
        self._shown = ("", "", "")

    def set_value(self, value: str, remark: str, spoken: str) -> None:
        """Set value, muted remark and accessible name."""
        if (value, remark, spoken) == self._shown:
            return
        self._shown = (value, remark, spoken)
        self._value, self._remark = value, remark
        self.set_text(value.replace("&", "&&"), spoken)
        self.setToolTip("")
        self.update()

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Room for value, remark and arrow."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self._value) + metrics.horizontalAdvance(self._remark)
        return QSize(width + scaled(48), scaled(28))

    def minimumSizeHint(self) -> QSize:
        """As narrow as it must be."""
        return QSize(scaled(60), scaled(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint hover and focus like a quiet button, then the words."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.features = QStyleOptionButton.ButtonFeature.None_
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        if self._theme is not None:
            self._paint_words(painter, self._theme)

    def _paint_words(self, painter: QPainter, theme: Palette) -> None:
        room = self.rect().adjusted(4, 0, -scaled(20), 0)
        painter.setFont(sized(self.font(), weight=QFont.Weight.DemiBold))
        painter.setPen(QColor(theme.text))
        # The remark changes what the value means, so the value is shortened for it, to its number.
        kept = self.fontMetrics().horizontalAdvance(self._remark) + 6 if self._remark else 0
        least = painter.fontMetrics().horizontalAdvance(f"{self._value[:_NUMBER]}…")
        fits = kept + least <= room.width()
        for_value = room.adjusted(0, 0, -kept if fits else 0, 0)
        is_whole = painter.fontMetrics().horizontalAdvance(self._value) <= for_value.width()
        used = draw_shortened(painter, for_value, self._value)
        if fits:
            painter.setFont(self.font())
            painter.setPen(QColor(theme.secondary))
            painter.drawText(room.adjusted(used + 6, 0, 0, 0), LEFT, self._remark)
        if not (is_whole and fits):
            self.setToolTip(plain_tool_tip(f"{self._value} {self._remark}".strip()))
        where = QRect(self.width() - scaled(18), 0, scaled(12), self.height())
        paint_chevron(painter, where, theme.secondary)


class FittedName(QWidget):
    """A word in bold that gets a little smaller before it is shortened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._colour = LIGHT.text
        self._largest = 13
        self._smallest = 11

    def set_text(self, text: str) -> None:
        """Show the word."""
        self._text = text
        self.updateGeometry()
        self._refit()

    def text(self) -> str:
        """The whole word."""
        return self._text

    def set_colour(self, colour: str) -> None:
        """Take this colour."""
        self._colour = colour
        self.update()

    def set_sizes(self, largest: int, smallest: int = 11) -> None:
        """The size the word has where there is room, and the one below which it is shortened."""
        if (largest, smallest) != (self._largest, self._smallest):
            self._largest, self._smallest = largest, smallest
            self._refit()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._fitting(10_000)).horizontalAdvance(self._text)
        return QSize(width, scaled(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, scaled(24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._fitting(self.width()))
        painter.setPen(QColor(self._colour))
        draw_shortened(painter, self.rect(), self._text)

    def _fitting(self, width: int) -> QFont:
        font = sized(self.font(), weight=QFont.Weight.DemiBold)
        for pixels in range(type_pixels(self._largest), type_pixels(self._smallest) - 1, -1):
            font.setPixelSize(pixels)
            if QFontMetrics(font).horizontalAdvance(self._text) <= width:
                break
        return font

    def _refit(self) -> None:
        metrics = QFontMetrics(self._fitting(self.width()))
        fits = metrics.horizontalAdvance(self._text) <= self.width()
        self.setToolTip("" if fits else plain_tool_tip(self._text))
        self.update()


def set_heading(label: QLabel, text: str) -> None:
    """Show a section heading in capitals; the accessible name keeps its case."""
    label.setText(text.upper())
    label.setAccessibleName(text)


def paint_chevron(painter: QPainter, where: QRect, colour: str) -> None:
    """A small arrow that points down."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = painter.pen()
    pen.setColor(QColor(colour))
    pen.setWidthF(1.4 * scale())
    painter.setPen(pen)
    x, y, reach = where.center().x(), where.center().y(), scaled(3)
    painter.drawLine(x - reach, y - reach // 3, x, y + reach - reach // 3)
    painter.drawLine(x, y + reach - reach // 3, x + reach, y - reach // 3)
    painter.restore()
