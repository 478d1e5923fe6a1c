"""Last resort for unhandled exceptions: a notice for the user, a report in the log file.

Exceptions in slots, timers, paint events and worker threads all end in ``sys.excepthook`` or
``threading.excepthook``. The hook may run on any thread, so it only emits a signal that is
delivered to the UI thread.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from app.errors import AppError, OutOfMemory

MAX_LOG_BYTES = 1_000_000
_SERIOUS = (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)


class ErrorRelay(QObject):
    """Turns unhandled exceptions into signals and log entries.

    ``expected`` carries an :class:`AppError`, ``unexpected`` the text of a report. ``log_file`` is
    called only when there is something to write.
    """

    expected = Signal(object)
    unexpected = Signal(str)

    def __init__(self, log_file: Callable[[], Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log_file = log_file
        self._is_reporting = False

    def install(self) -> None:
        """Install the hooks of Python and Qt."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(self._on_qt_message)

    def remove(self) -> None:
        """Restore Python's and Qt's own hooks."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def report(self, error: BaseException) -> None:
        """Report an exception; thread-safe."""
        if isinstance(error, MemoryError):
            error = OutOfMemory()
        if isinstance(error, AppError):
            self.expected.emit(error)
            return
        text = "".join(traceback.format_exception(error))
        self.log(text)
        self._show(text)

    def _show(self, text: str) -> None:
        """Show a report; an error while showing one must not recurse."""
        if not self._is_reporting:
            self._is_reporting = True
            try:
                self.unexpected.emit(text)
            finally:
                self._is_reporting = False

    def log(self, text: str) -> None:
        """Append to the log file, best effort."""
        stamp = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
        with suppress(OSError):
            file = self._log_file()
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            is_long = file.exists() and file.stat().st_size > MAX_LOG_BYTES
            with file.open("w" if is_long else "a", encoding="utf-8", errors="replace") as log:
                log.write(f"{stamp} {text.rstrip()}\n")
        if sys.stderr is not None:
            with suppress(OSError, ValueError):
                sys.stderr.write(text.rstrip() + "\n")

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error)

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.report(arguments.exc_value)

    def _on_qt_message(
        self, kind: QtMsgType, _context: QMessageLogContext, message: str | None
    ) -> None:
        """Log Qt's messages; only serious ones are shown."""
        text = f"Qt {kind.name}: {message or ''}"
        if kind in _SERIOUS:
            self.log(text)
            self._show(text)
        elif kind is not QtMsgType.QtDebugMsg:
            self.log(text)
