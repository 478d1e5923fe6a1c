"""Taking reports out: asks what, writes beside the window, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.errors import AppError, Cancelled
from ui.context import Context
from ui.shell.notice_bar import NoticeButton

if TYPE_CHECKING:
    from exports.export import ExportRequest
    from ui.shell.tasks import Task
    from ui.shell.window import MainWindow

SHOW_PROGRESS_AFTER_MS = 300
LEAVING = "leaving"


class ExportFlow(QObject):
    """Exports from the question to the last word; the window stays until they are written."""

    def __init__(self, context: Context, window: MainWindow) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._under_way: set[Task] = set()
        self._is_leaving = False

    def handlers(self) -> dict[str, Callable[[], None]]:
        """What can be done now."""
        return {} if self._context.workshop is None else {"session.export": self.ask}

    def ask(self) -> None:
        """Ask what to export and where to."""
        from ui.dialogs.export_dialog import ExportDialog

        context = self._context
        if context.workshop is None or context.library is None:
            return
        context.settle()
        dialog = ExportDialog(
            context.texts,
            context.session,
            context.library.earlier_sessions(context.session.id),
            self._window.settings,
            self._window,
        )
        if context.earlier is not None:
            dialog.choose_earlier(context.earlier.id)
        dialog.export_wanted.connect(self.start)
        dialog.open()

    def start(self, request: ExportRequest) -> None:
        """Run an export in the worker thread."""
        from exports.export import begin_export

        context = self._context
        if context.library is None or context.workshop is None:
            return
        try:
            version = QCoreApplication.applicationVersion()
            job = begin_export(request, context.session, context.library, version)
        except AppError as error:
            self._window.say_error(error)
            return
        self.follow(self._window.tasks.start(job), request)

    def follow(self, task: Task, request: ExportRequest) -> None:
        """Say how far an export is and what came of it."""
        key = f"export-{task.number}"
        notices = self._window.notices
        self._under_way.add(task)

        def show(done: int = 0, total: int = 0) -> None:
            tr = self._context.texts
            said = tr.gettext("Writing {name} …", name=request.target.name)
            if total:
                said = tr.gettext(
                    "Writing {name}: {done} of {total} …",
                    name=request.target.name, done=done, total=total,
                )  # fmt: skip
            stop = NoticeButton(tr.gettext("Stop"), task.cancel)
            again = partial(show, done, total)
            notices.show_notice(said, buttons=(stop,), key=key, closable=False, again=again)

        # Quick exports are done before anybody could read that they are under way.
        delay = QTimer(task)
        delay.setSingleShot(True)
        delay.timeout.connect(show)
        delay.start(SHOW_PROGRESS_AFTER_MS)
        task.progressed.connect(lambda done, total: None if delay.isActive() else show(done, total))
        task.finished.connect(delay.stop)
        task.finished.connect(lambda: notices.withdraw(key))
        task.succeeded.connect(lambda _result: self._say_exported(request))
        task.failed.connect(self._say_failed)
        task.cancelled.connect(lambda: self._say_failed(Cancelled()))
        task.finished.connect(lambda: self._on_ended(task))

    # ---- closing -----------------------------------------------------------------------------

    def may_close(self) -> bool:
        """Whether nothing is being written; who closes once more does not want to wait for it."""
        if not self._under_way or self._is_leaving:
            return True
        self._is_leaving = True
        self._say_leaving()
        return False

    def _say_leaving(self) -> None:
        said = self._context.texts.gettext(
            "The window closes as soon as the export is written. Close it once more to stop it."
        )
        self._window.notices.show_notice(said, warning=True, key=LEAVING, again=self._say_leaving)

    def _stay(self) -> None:
        self._is_leaving = False
        self._window.notices.withdraw(LEAVING)

    def _on_ended(self, task: Task) -> None:
        self._under_way.discard(task)
        if self._is_leaving and not self._under_way:
            self._stay()  # closing may be held back once more, by what is not saved
            QTimer.singleShot(0, self._window, self._window.close)

    # ---- what came of it ---------------------------------------------------------------------

    def _say_exported(self, request: ExportRequest) -> None:
        tr, target = self._context.texts, request.target
        self._window.notices.show_notice(
            tr.gettext("{name} was written.", name=target.name),
            buttons=(
                NoticeButton(tr.pgettext("file", "Open"), lambda: self._show(target)),
                NoticeButton(tr.gettext("Show in folder"), lambda: self._show(target.parent)),
            ),
            key="exported",
            again=partial(self._say_exported, request),
        )

    def _say_failed(self, error: Exception) -> None:
        self._stay()
        if isinstance(error, Cancelled):
            tr = self._context.texts
            self._window.notices.show_notice(tr.gettext("The export was stopped."), key="exported")
        elif isinstance(error, AppError):
            self._window.say_error(error)
        else:
            raise error

    def _show(self, path: Path) -> None:
        """Open a file or folder with the program the system has for it."""
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._window.notices.show_notice(
                self._context.texts.gettext(
                    "No program on this computer can open {path}. The file has been saved.",
                    path=path,
                ),
                warning=True,
            )
