"""Taking a session in from the JSON file of an export: reads beside the window, then opens it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import AppError, InvalidFile
from ui.context import Context

if TYPE_CHECKING:
    from app.session.whole import WholeSession
    from ui.shell.window import MainWindow

READING = "session-import"
_MARK = b'"stufenplan-session"'
_MARK_WITHIN = 4096


def looks_like_session(path: Path) -> bool:
    """Whether a file begins as an exported session does; a model may end in .json, too."""
    with suppress(OSError), path.open("rb") as file:
        return _MARK in file.read(_MARK_WITHIN)
    return False


class SessionImport(QObject):
    """From the question for a file to the open session, or to the faults of the file."""

    def __init__(self, context: Context, window: MainWindow) -> None:
        super().__init__(window)
        self._context = context
        self._window = window

    def handlers(self) -> dict[str, Callable[[], None]]:
        """What can be done now."""
        return {} if self._context.library is None else {"session.import": self.ask}

    def ask(self) -> None:
        """Ask for the file."""
        from ui.dialogs.files import ask_open_file, reports_folder

        tr = self._context.texts
        ask_open_file(
            self._window,
            tr.gettext("Import a session"),
            reports_folder(self._window.settings),
            tr.gettext("Sessions (*.json);;All files (*)"),
            self.read,
        )

    def read(self, path: Path) -> None:
        """Read the file beside the window and take its session in."""
        services, tr = self._context.services, self._context.texts
        said = tr.gettext("Reading {names} …", names=path.name)
        self._window.notices.show_notice(said, key=READING)
        task = self._window.tasks.start(lambda _progress: services.read_session(path))
        task.finished.connect(lambda: self._window.notices.withdraw(READING))
        task.succeeded.connect(self._take_in)
        task.failed.connect(self._refuse)

    def _take_in(self, whole: WholeSession) -> None:
        library = self._context.library
        if library is None:
            return
        self._context.settle()
        try:
            session = library.import_session(whole)
        except AppError as error:
            self._refuse(error)
            return
        self._window.library_page.refresh()
        self._window.sessions.open(session.id)

    def _refuse(self, error: Exception) -> None:
        from ui.dialogs.text_dialog import TextDialog

        if isinstance(error, InvalidFile) and error.faults:
            tr = self._context.texts
            title, faults = tr.gettext("Import a session"), "\n".join(error.lines(tr))
            TextDialog(tr, title, error.say(tr), faults, self._window).open()
        elif isinstance(error, AppError):
            self._window.say_error(error)
        else:
            raise error
