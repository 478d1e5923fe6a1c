"""Deletes sessions, units and clients for good, once their name was typed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from app.deletions import Choices, Kind, Target
from app.errors import AppError, NotFound
from app.words.deletion_words import EXPORTS, what_went
from ui.flows.correcting import CORRECTED
from ui.flows.exports import EXPORTED
from ui.flows.host import Host
from ui.flows.merging import MERGED
from ui.flows.naming import JOINED, RENAMED
from ui.flows.session_import import TAKEN
from ui.flows.sessions import ARCHIVED

if TYPE_CHECKING:
    from app.ports import Deleted
    from app.session.session import SessionSummary
    from ui.dialogs.delete_dialog import DeleteDialog

DELETED = "deleted"
_MAY_NAME_IT = (ARCHIVED, CORRECTED, EXPORTED, JOINED, MERGED, RENAMED, TAKEN)


class DeletingFlow(QObject):
    """Asks what to delete, deletes it, and says what went."""

    def __init__(self, host: Host) -> None:
        super().__init__(host.window)
        self._host = host

    def ask(self, summary: SessionSummary) -> None:
        """Offer to delete a session, its unit, or its client."""
        tr, client = self._host.context.texts, summary.organisation
        targets = [
            (
                tr.gettext("The session “{name}”", name=summary.title),
                Target(Kind.SESSION, summary.id),
            )
        ]
        if summary.unit is not None:
            words = tr.gettext("The unit “{name}” with all sessions", name=summary.unit.full_name)
            targets.append((words, Target(Kind.UNIT, summary.unit.id)))
        words = tr.gettext("The organisation “{name}” with all sessions", name=client.name)
        targets.append((words, Target(Kind.CLIENT, client.id)))
        self._open(targets, client.id)

    def _open(self, targets: list[tuple[str, Target]], client_id: str) -> None:
        from ui.dialogs.delete_dialog import DeleteDialog

        host = self._host
        if not host.state.may_change() or self._is_busy():
            return
        host.context.flush_pending_edits()
        dialog = DeleteDialog(
            host.context.texts,
            targets,
            host.state.library.deletions.plan,
            self._exports_of(client_id),
            host.window,
        )
        dialog.delete_wanted.connect(lambda target, choices: self._delete(target, choices, dialog))
        dialog.open()

    def _is_busy(self) -> bool:
        """True if something is being read or written, which would lose its temporary files."""
        if not any(task.uses_files for task in self._host.tasks.running):
            return False
        said = self._host.context.texts.gettext(
            "Something is still being read or written. Please delete once that is done."
        )
        self._host.notices.show_notice(said, warning=True, key=DELETED)
        return True

    def _exports_of(self, client_id: str) -> str:
        """Folder of exports, if known."""
        from ui.dialogs.files import remembered_reports_folder

        tr = self._host.context.texts
        folder = remembered_reports_folder(self._host.settings, client_id)
        if not folder:
            return tr.gettext(EXPORTS)
        return tr.gettext(
            "Exports and copies of the library lie where they were saved, the last export in"
            " {folder}; delete them there yourself.",
            folder=folder,
        )

    # ---- deleting ----------------------------------------------------------------------------

    def _delete(self, target: Target, choices: Choices, dialog: DeleteDialog) -> None:
        host = self._host
        try:
            with _wait_cursor():
                deleted = host.state.library.deletions.delete(
                    target, host.settings.user_name, choices, settings=host.settings.path
                )
        except AppError as error:
            dialog.show_error(error)
            return
        dialog.accept()
        self._forget()
        self._say(deleted)

    def _forget(self) -> None:
        """Show nothing any more of what is gone."""
        host = self._host
        host.settings.read_again()
        for key in _MAY_NAME_IT:
            host.notices.withdraw(key)
        if self._is_gone(host.state.session_id):
            host.state.close_session()
            host.context.page_requested.emit("library")
        elif host.state.is_saved:
            host.state.reload_session()  # an earlier session beside it may be gone
        host.state.sessions_changed.emit()

    def _is_gone(self, session_id: str) -> bool:
        try:
            self._host.state.library.load_session(session_id)
        except AppError as error:
            return isinstance(error, NotFound)
        return False

    def _say(self, deleted: Deleted) -> None:
        tr = self._host.context.texts
        first, *others = what_went(deleted, tr)
        self._host.notices.show_notice(first, details="\n".join(others), key=DELETED)
        for remaining in deleted.remaining:
            self._host.context.error_raised.emit(remaining)


@contextmanager
def _wait_cursor() -> Iterator[None]:
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()
