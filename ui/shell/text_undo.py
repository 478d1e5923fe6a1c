"""Undo and redo in whichever text field has the focus: by word and pause, for this visit.

In a text Ctrl+Z never leaves the text: what was typed is taken back, and then nothing. Undo of the
session is for the pages. Qt would take everything back that was typed in one go.
"""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from ui.widgets.typing_steps import Replaced, TypingSteps

Field = QLineEdit | QPlainTextEdit
_UNDO, _REDO = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
#: Qt's own on Windows only.
_ALSO_REDO = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Y)


class TextUndo(QObject):
    """Follows the focus; the steps of a field last until another one gets it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._widget: QWidget | None = None
        self._field: Field | None = None
        self._steps = TypingSteps("")
        self._is_moving = False
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    # ---- following the focus -----------------------------------------------------------------

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or now is self._widget:
            return  # another program or a menu has the focus; this visit goes on
        self._let_go()
        field = _field_of(now)
        if field is not None:
            self._widget, self._field = now, field
            self._steps = TypingSteps(_text(field))
            now.installEventFilter(self)
            now.destroyed.connect(self._forget)
            field.textChanged.connect(self._on_text_changed)

    def _let_go(self) -> None:
        if self._widget is not None and self._field is not None:
            self._widget.removeEventFilter(self)
            self._widget.destroyed.disconnect(self._forget)
            self._field.textChanged.disconnect(self._on_text_changed)
        self._forget()

    def _forget(self) -> None:
        self._widget = self._field = None

    def _on_text_changed(self) -> None:
        if self._field is not None and not self._is_moving:
            self._steps.record(_text(self._field), monotonic())

    # ---- keys --------------------------------------------------------------------------------

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take Ctrl+Z and its opposite before the window and the field see them."""
        if not isinstance(event, QKeyEvent):
            return False
        is_undo = event.matches(_UNDO)
        if not (is_undo or event.matches(_REDO) or event.keyCombination() == _ALSO_REDO):
            return False
        if event.type() == QEvent.Type.KeyPress:
            self._move(is_undo=is_undo)
        event.accept()
        return True

    def _move(self, *, is_undo: bool) -> None:
        field = self._field
        if field is None:
            return
        if self._steps.text != _text(field):  # the page shows another text now
            self._steps = TypingSteps(_text(field))
        before = self._steps.text
        after = self._steps.undo() if is_undo else self._steps.redo()
        if after != before:
            self._is_moving = True
            _replace(field, Replaced.between(before, after), before)
            self._is_moving = False


def _field_of(widget: QWidget) -> Field | None:
    """The text field of a widget that can be typed into."""
    if isinstance(widget, QComboBox):
        widget = widget.lineEdit() or widget
    if isinstance(widget, QLineEdit | QPlainTextEdit) and not widget.isReadOnly():
        return widget
    return None


def _text(field: Field) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _replace(field: Field, change: Replaced, text: str) -> None:
    """Make a change in the field; the cursor stands behind it."""
    start = _units(text[: change.start])
    length = _units(change.removed)
    if isinstance(field, QLineEdit):
        field.setCursorPosition(start)
        field.setSelection(start, length)
        field.insert(change.inserted)
        return
    cursor = field.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(change.inserted)
    field.setTextCursor(cursor)


def _units(text: str) -> int:
    """Length as Qt counts it: some signs, such as emoji, count as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
