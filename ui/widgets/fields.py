"""Fields with a value to choose: the wheel changes them only while they have the focus.

Scrolling a form must not change what the mouse happens to pass over. All choices and dates of the
window are made from these classes; a test looks for others.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QSlider, QSpinBox, QWidget


class Choice(QComboBox):
    """One of several values, or a text with proposals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form around it."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def make_choice(name: str, entries: Iterable[tuple[str, object]], chosen: object = None) -> Choice:
    """A choice of words with values, at the chosen value if it is among them, else at the first."""
    choice = Choice()
    choice.setObjectName(name)
    for words, value in entries:
        choice.addItem(words, value)
    choice.setCurrentIndex(max(0, choice.findData(chosen)))
    return choice


def make_line(name: str, most: int = 0) -> QLineEdit:
    """A line to type into, of at most so many characters; 0 for no limit."""
    line = QLineEdit()
    line.setObjectName(name)
    if most:
        line.setMaxLength(most)
    return line


class DateField(QDateEdit):
    """A date with a calendar; one tab stop, the arrow keys move between day, month and year."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCalendarPopup(True)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form around it."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Leave at once: Qt would stop at day, month and year."""
        return QWidget.focusNextPrevChild(self, next)


class NumberField(QSpinBox):
    """A whole number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(6, 0, 6, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form around it."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Slider(QSlider):
    """A number on a horizontal scale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page around it."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
