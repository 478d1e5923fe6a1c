"""Decides if a key press goes to the focused widget or to the actions.

Letters, digits, Space, Del and the arrows act on the session only while no text field has the
focus. Space presses a button that was reached by Tab, as everywhere else.
"""

from __future__ import annotations

import sys

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

from app.model.scale import LEVEL_KEYS

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
_FIRST_WINDOWS_CODE, _FIRST_X11_CODE = 0x02, 10
"""Code of the key ``1`` in the digit row; the others follow, ``0`` last."""
_DIGIT_BY_MAC_KEY = dict(zip((18, 19, 20, 21, 23, 22, 26, 28, 25, 29), LEVEL_KEYS, strict=True))
_PREFIXES = {
    Qt.KeyboardModifier.NoModifier: "",
    Qt.KeyboardModifier.ControlModifier: "Ctrl+",
    Qt.KeyboardModifier.ShiftModifier: "Shift+",
}
_PRESSING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CHOOSING = (*_PRESSING, Qt.Key.Key_Up, Qt.Key.Key_Down)


def digit_by_place(event: QKeyEvent) -> str:
    """The digit of a key in the digit row that types another sign, else nothing.

    French keyboards type ``& é " '`` there, Czech ones ``+ ě š č``, and digits only with Shift.
    With Ctrl or Shift it is written as in the table of actions, such as ``Ctrl+3``.
    """
    prefix = _PREFIXES.get(event.modifiers())
    digit = "" if prefix is None else _digit_at_place(event)
    return f"{prefix}{digit}" if digit else ""


def _digit_at_place(event: QKeyEvent) -> str:
    if sys.platform == "darwin":
        return _DIGIT_BY_MAC_KEY.get(event.nativeVirtualKey(), "")
    else:  # noqa: RET505 (the type checker knows the platform and calls what follows unreachable)
        first = _FIRST_WINDOWS_CODE if sys.platform == "win32" else _FIRST_X11_CODE
        place = event.nativeScanCode() - first
        return LEVEL_KEYS[place] if 0 <= place < len(LEVEL_KEYS) else ""


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
