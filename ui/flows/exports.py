"""Exports: asks what to write, writes it in the background, and shows the result."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.errors import AppError, Cancelled
from ui.flows.host import Host
from ui.shell.notice_bar import NoticeButton

if TYPE_CHECKING:
    from exports.export import ExportRequest
    from ui.shell.tasks import Task

SHOW_PROGRESS_AFTER_MS = 300
LEAVING = "leaving"


class ExportFlow(QObject):
    """Exports from the dialog to the result; the window stays open until they are written."""

    def __init__(self, host: Host) -> None:
        super().__init__(host.window)
        self._host = host
        self._running: set[Task] = set()
        self._is_leaving = False

    def ask(self) -> None:
        """Ask what to export and where to."""
        from ui.dialogs.export_dialog import ExportDialog

        self._host.context.flush_pending_edits()
        workspace = self._host.state.workspace
        dialog = ExportDialog(
            self._host.context.texts,
            workspace.session,
            workspace.library.earlier_sessions(workspace.session.id),
            self._host.settings,
            self._host.window,
        )
        if workspace.earlier is not None:
            dialog.choose_earlier(workspace.earlier.id)
        dialog.export_wanted.connect(self.start)
        dialog.open()

    def start(self, request: ExportRequest) -> None:
        """Start an export in the worker thread."""
        from exports.export import begin_export

        workspace = self._host.state.workspace
        try:
            version = QCoreApplication.applicationVersion()
            job = begin_export(request, workspace.session, workspace.library, version)
        except AppError as error:
            self._host.context.error_raised.emit(error)
            return
        self.follow(self._host.tasks.start(job), request)

    def follow(self, task: Task, request: ExportRequest) -> None:
        """Show the progress and the result of an export."""
        key = f"export-{task.number}"
        notices = self._host.notices
        self._running.add(task)

        def show(done: int = 0, total: int = 0) -> None:
            tr = self._host.context.texts
            said = tr.gettext("Writing {name} …", name=request.target.name)
            if total:
                said = tr.gettext(
                    "Writing {name}: {done} of {total} …",
                    name=request.target.name, done=done, total=total,
                )  # fmt: skip
            stop = NoticeButton(tr.gettext("Stop"), task.cancel)
            again = partial(show, done, total)
            notices.show_notice(said, buttons=(stop,), key=key, closable=False, again=again)

        # A quick export is done before a notice could be read.
        delay = QTimer(task)
        delay.setSingleShot(True)
        delay.timeout.connect(show)
        delay.start(SHOW_PROGRESS_AFTER_MS)
        task.progressed.connect(lambda done, total: None if delay.isActive() else show(done, total))
        task.finished.connect(delay.stop)
        task.finished.connect(lambda: notices.withdraw(key))
        task.succeeded.connect(lambda _result: self._show_exported(request))
        task.failed.connect(self._show_failed)
        task.cancelled.connect(lambda: self._show_failed(Cancelled()))
        task.finished.connect(lambda: self._on_ended(task))

    # ---- closing -----------------------------------------------------------------------------

    def may_close(self) -> bool:
        """True if nothing is being written, or on the second attempt, which cancels it."""
        if not self._running or self._is_leaving:
            return True
        self._is_leaving = True
        self._show_leaving()
        return False

    def _show_leaving(self) -> None:
        said = self._host.context.texts.gettext(
            "The window closes as soon as the export is written. Close it once more to stop it."
        )
        self._host.notices.show_notice(said, warning=True, key=LEAVING, again=self._show_leaving)

    def _stay(self) -> None:
        self._is_leaving = False
        self._host.notices.withdraw(LEAVING)

    def _on_ended(self, task: Task) -> None:
        self._running.discard(task)
        if self._is_leaving and not self._running:
            self._stay()  # unsaved changes may hold closing back again
            QTimer.singleShot(0, self._host.window, self._host.window.close)

    # ---- results ------------------------------------------------------------------------------

    def _show_exported(self, request: ExportRequest) -> None:
        tr, target = self._host.context.texts, request.target
        self._host.notices.show_notice(
            tr.gettext("{name} was written.", name=target.name),
            buttons=(
                NoticeButton(tr.pgettext("file", "Open"), lambda: self._open(target)),
                NoticeButton(
                    tr.gettext("Show in folder"), lambda: self._open(request.target.parent)
                ),
            ),
            key="exported",
            again=partial(self._show_exported, request),
        )

    def _show_failed(self, error: Exception) -> None:
        self._stay()
        if isinstance(error, Cancelled):
            tr = self._host.context.texts
            self._host.notices.show_notice(tr.gettext("The export was stopped."), key="exported")
        elif isinstance(error, AppError):
            self._host.context.error_raised.emit(error)
        else:
            raise error

    def _open(self, path: Path) -> None:
        """Open a file or folder with the system's program for it."""
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._host.notices.show_notice(
                self._host.context.texts.gettext(
                    "No program on this computer can open {path}. The file has been saved.",
                    path=path,
                ),
                warning=True,
            )
