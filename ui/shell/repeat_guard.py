"""A held key acts once: its repeats do not reach the field or list that it has led to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.shell.actions import Actions
from ui.shell.application import running_application


class RepeatGuard(QObject):
    """Swallows repeats in what got the focus by an action, until the next fresh key press.

    Otherwise a ``C`` that is held a little too long would type into the reason it has opened.
    """

    def __init__(self, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._guarded: QWidget | None = None
        running_application().focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._actions.is_running:
            self._release()
            self._guarded = now
            now.installEventFilter(self)
            now.destroyed.connect(self._forget)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let only fresh key presses through."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.isAutoRepeat():
            return True
        self._release()
        return False

    def _release(self) -> None:
        if self._guarded is not None:
            self._guarded.removeEventFilter(self)
            self._guarded.destroyed.disconnect(self._forget)
        self._forget()

    def _forget(self) -> None:
        self._guarded = None
