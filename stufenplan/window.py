"""Opens the window: Qt first, then the frame, and all else after the first paint."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from stufenplan import __version__
from stufenplan.environment import settings_file, system_language
from ui.shell.brand import BRAND
from ui.shell.settings import Settings
from ui.shell.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable


class Application(QApplication):
    """The Qt application; macOS passes double-clicked files to it as events."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.on_file: Callable[[Path], None] | None = None
        #: The file that was handed over before ``on_file`` was set; a start by double-click.
        self.early_file: Path | None = None
        self.setApplicationName("stufenplan")
        self.setApplicationDisplayName(BRAND)
        self.setApplicationVersion(__version__)
        self.setDesktopFileName("stufenplan")

    def event(self, event: QEvent) -> bool:
        """Open a file that the system hands over."""
        if not isinstance(event, QFileOpenEvent):
            return super().event(event)
        if self.on_file is None:
            self.early_file = Path(event.file())
        else:
            self.on_file(Path(event.file()))
        return True


def run_window(library: Path | None) -> int:
    """Show the window on this library, or on the last one; returns the exit code."""
    application = Application(sys.argv[:1])
    settings = Settings(settings_file())
    language = settings.text("view/language")
    window = MainWindow(settings, language if language in ("de", "en") else system_language())
    window.painted.connect(lambda: _build_and_collect(application, window, library))
    window.show_at_last_place()
    code = application.exec()
    application.on_file = None
    window.deleteLater()
    return code


def _build_and_collect(application: Application, window: MainWindow, library: Path | None) -> None:
    """Build the rest; what is there by then stays, so the garbage collector need not look at it."""
    try:
        _build(application, window, library)
    finally:
        gc.freeze()
        gc.enable()


def _build(application: Application, window: MainWindow, library: Path | None) -> None:
    """Load the rest of the program, fill the window and open the library."""
    from stufenplan.services import LocalServices
    from ui.context import Context
    from ui.shell.error_relay import ErrorRelay

    services = LocalServices()
    relay = ErrorRelay(services.log_file, window)
    try:
        from ui.flows.libraries import ENDING
        from ui.shell.shell import Shell

        shell = Shell(window, Context(services, window, window.texts))
    except Exception as error:  # noqa: BLE001 (an unusable window must not stay open)
        relay.report(error)
        application.exit(1)
        return
    relay.expected.connect(shell.errors.show_error)
    relay.unexpected.connect(shell.errors.show_unexpected)
    relay.install()
    shell.leaving.connect(relay.remove)
    early = application.early_file
    if early is not None and early.suffix == ENDING:
        library, early = early, None
    shell.libraries.open_at_start(library)
    application.on_file = lambda path: shell.take_files([path])
    if early is not None:
        application.on_file(early)
