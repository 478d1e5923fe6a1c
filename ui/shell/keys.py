"""Decides if a key press goes to the focused widget or to the actions.

Letters, digits, Space, Del and the arrows act on the session only while no text field has the
focus. Space presses a button that was reached by Tab, as everywhere else.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_TEXT_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)
_COMMAND = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_SHIFTED_KEYPAD = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_PRESSING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CHOOSING = (*_PRESSING, Qt.Key.Key_Up, Qt.Key.Key_Down)


def takes_text(widget: QWidget | None) -> bool:
    """True if the widget takes typed text."""
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    return isinstance(widget, _TEXT_FIELDS)


def belongs_to(focused: QWidget | None, event: QKeyEvent, *, reached_by_tab: bool) -> bool:
    """True if the key is for the focused widget and for no action."""
    if event.modifiers() & _SHIFTED_KEYPAD == _SHIFTED_KEYPAD and not event.modifiers() & _COMMAND:
        return True  # a digit or a movement, depending on system and NumLock
    if event.modifiers() & _COMMAND or Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
        return False
    if takes_text(focused):
        return event.key() != Qt.Key.Key_Escape
    if isinstance(focused, QAbstractButton):
        return reached_by_tab and event.key() in _PRESSING
    return isinstance(focused, QComboBox) and event.key() in _CHOOSING
