"""Exports: asks what to write, writes it in the background, and shows the result."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.errors import AppError, Cancelled, StorageUnavailable
from app.words.texts import N_
from ui.flows.host import Host
from ui.shell.notice_bar import NoticeButton

if TYPE_CHECKING:
    from exports.export import ExportRequest
    from ui.shell.tasks import Task

SHOW_PROGRESS_AFTER_MS = 300
LEAVING = "leaving"
EXPORTED = "exported"
EARLIER_NOT_WRITTEN = N_("An earlier export was not written. Open its session and export it again.")


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
            compared=workspace.compared(),
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
            self._host.context.refused.emit(error, EXPORTED)
            return
        self.follow(self._host.tasks.start(job), request)

    def follow(self, task: Task, request: ExportRequest) -> None:
        """Show the progress and the result of an export of the open session.

        The name of a report tells the client; it is shown only while that session is open.
        """
        session_id = self._host.state.workspace.session.id
        key = f"export-{task.number}"
        notices = self._host.notices
        self._running.add(task)

        def show(done: int = 0, total: int = 0) -> None:
            tr = self._host.context.texts
            name = request.target.name
            if not self._host.state.is_open(session_id):
                said = tr.gettext("An earlier export is being written …")
            elif total:
                said = tr.gettext(
                    "Writing {name}: {done} of {total} …", name=name, done=done, total=total
                )
            else:
                said = tr.gettext("Writing {name} …", name=name)
            stop = NoticeButton(tr.gettext("Stop"), task.cancel)
            again = partial(show, done, total)
            notices.show_notice(
                said, buttons=(stop,), key=key, closable=False, again=again, outlives_session=True
            )

        # A quick export is done before a notice could be read.
        delay = QTimer(task)
        delay.setSingleShot(True)
        delay.timeout.connect(show)
        delay.start(SHOW_PROGRESS_AFTER_MS)
        task.progressed.connect(lambda done, total: None if delay.isActive() else show(done, total))
        task.finished.connect(delay.stop)
        task.finished.connect(lambda: notices.withdraw(key))
        task.succeeded.connect(lambda _result: self._show_exported(request, session_id))
        task.failed.connect(lambda error: self._show_failed(error, session_id))
        task.cancelled.connect(lambda: self._show_failed(Cancelled(), session_id))
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

    def _show_exported(self, request: ExportRequest, session_id: str) -> None:
        tr, target = self._host.context.texts, request.target
        said = tr.gettext("{name} was written.", name=target.name)
        if not self._host.state.is_open(session_id):
            said = tr.gettext("An earlier export was written.")
        self._host.notices.show_notice(
            said,
            buttons=(
                NoticeButton(tr.pgettext("file", "Open"), lambda: self._open(target)),
                NoticeButton(
                    tr.gettext("Show in folder"), lambda: self._open(request.target.parent)
                ),
            ),
            key=EXPORTED,
            again=partial(self._show_exported, request, session_id),
        )

    def _show_failed(self, error: Exception, session_id: str) -> None:
        self._stay()
        if isinstance(error, Cancelled):
            tr = self._host.context.texts
            self._host.notices.show_notice(tr.gettext("The export was stopped."), key=EXPORTED)
        elif isinstance(error, AppError):
            if not self._host.state.is_open(session_id):
                error = StorageUnavailable(EARLIER_NOT_WRITTEN)
            self._host.context.refused.emit(error, EXPORTED)
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
