"""Actions of the view: size of the type, full screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from ui.shell.actions import Actions
from ui.shell.window import MainWindow
from ui.type_scale import next_zoom


class ViewActions(QObject):
    """Handlers for the frame, possible on every page."""

    def __init__(self, frame: MainWindow, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._frame = frame
        self._actions = actions
        frame.full_screen_changed.connect(self._show_full_screen)
        self._show_full_screen(frame.isFullScreen())

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Map of action ids to handlers."""
        return {
            "type.larger": lambda: self._zoom(larger=True),
            "type.smaller": lambda: self._zoom(larger=False),
            "type.usual": lambda: self._frame.set_zoom(100),
            "full_screen": self._frame.toggle_full_screen,
        }

    def _zoom(self, *, larger: bool) -> None:
        self._frame.set_zoom(next_zoom(self._frame.settings.zoom, larger=larger))

    def _show_full_screen(self, is_full: bool) -> None:
        self._actions.check("full_screen", "full_screen" if is_full else "")
