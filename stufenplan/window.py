"""Opens the window: Qt first, then the window, and everything else once it has been painted."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from stufenplan import __version__
from stufenplan.environment import settings_file, system_language
from ui.shell.settings import Settings
from ui.shell.window import BRAND, MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QEvent


class Application(QApplication):
    """The Qt application; macOS hands over double-clicked files as events to it."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.on_file: Callable[[Path], None] | None = None
        self.setApplicationName("stufenplan")
        self.setApplicationDisplayName(BRAND)
        self.setApplicationVersion(__version__)
        self.setDesktopFileName("stufenplan")

    def event(self, event: QEvent) -> bool:
        """Take a file over; everything else is Qt's business."""
        if self.on_file is not None and isinstance(event, QFileOpenEvent):
            self.on_file(Path(event.file()))
            return True
        return super().event(event)


def run_window(library: Path | None) -> int:
    """Show the window on this library, or on the last one; returns the exit code."""
    application = Application(sys.argv[:1])
    settings = Settings(settings_file())
    language = settings.text("view/language")
    window = MainWindow(settings, language if language in ("de", "en") else system_language())
    window.painted.connect(lambda: _furnish(application, window, library))
    window.show_at_last_place()
    code = application.exec()
    application.on_file = None
    window.deleteLater()
    return code


def _furnish(application: Application, window: MainWindow, library: Path | None) -> None:
    """Bring in the rest of the program and open the library."""
    from stufenplan.services import LocalServices
    from ui.context import Context
    from ui.shell.error_relay import ErrorRelay

    services = LocalServices()
    relay = ErrorRelay(services.log_file, window)
    try:
        window.furnish(Context(services, window, window.texts))
    except Exception as error:  # noqa: BLE001 (a window nobody can use must not stay open)
        relay.report(error)
        application.exit(1)
        return
    relay.expected.connect(window.say_error)
    relay.unexpected.connect(window.say_unexpected)
    relay.install()
    window.leaving.connect(relay.remove)
    window.libraries.open_at_start(library)
    application.on_file = lambda path: window.take_files([path])
