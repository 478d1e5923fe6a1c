"""Decides if a key press goes to the focused widget or to the actions.

Letters, digits, Space, Del and the arrows act on the session only while no text field has the
focus. Space presses a button that was reached by Tab, as everywhere else.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
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
_EDITING = tuple(
    Qt.Key[f"Key_{name}"]
    for name in (
        "Left", "Right", "Up", "Down", "Home", "End", "PageUp", "PageDown", "Backspace", "Delete",
        "Insert", "A", "C", "V", "X", "Y", "Z",
    )
)  # fmt: skip
_EDITING_STANDARD = tuple(
    key
    for key in QKeySequence.StandardKey
    if key.name.startswith(("Delete", "MoveTo", "Select", "Undo", "Redo", "Cut", "Copy", "Paste"))
)
_PRESSING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CHOOSING = (*_PRESSING, Qt.Key.Key_Up, Qt.Key.Key_Down)


def takes_text(widget: QWidget | None) -> bool:
    """True if the widget takes typed text."""
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    return isinstance(widget, _TEXT_FIELDS)


def edits_text(event: QKeyEvent) -> bool:
    """True for a key with Ctrl that moves in a text, selects, deletes, copies or undoes."""
    command = event.modifiers() & _COMMAND
    if command == Qt.KeyboardModifier.ControlModifier and event.key() in _EDITING:
        return True
    return any(event.matches(key) for key in _EDITING_STANDARD)


def belongs_to(focused: QWidget | None, event: QKeyEvent, *, reached_by_tab: bool) -> bool:
    """True if the key is for the focused widget and for no action."""
    if event.modifiers() & _SHIFTED_KEYPAD == _SHIFTED_KEYPAD and not event.modifiers() & _COMMAND:
        return True  # a digit or a movement, depending on system and NumLock
    if takes_text(focused) and edits_text(event):
        return True
    if event.modifiers() & _COMMAND or Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
        return False
    if takes_text(focused):
        return event.key() != Qt.Key.Key_Escape
    if isinstance(focused, QAbstractButton):
        return reached_by_tab and event.key() in _PRESSING
    return isinstance(focused, QComboBox) and event.key() in _CHOOSING
