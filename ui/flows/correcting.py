"""Corrects the details of a session: the open one, or one of the list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import AppError
from app.workshop.workshop import Workshop
from ui.flows.host import Host
from ui.shell.notice_bar import NoticeButton

if TYPE_CHECKING:
    from ui.dialogs.edit_session import EditSessionDialog, Entered

CORRECTED = "corrected"


class CorrectingFlow(QObject):
    """Shows the dialog and stores what was entered as one step."""

    def __init__(self, host: Host) -> None:
        super().__init__(host.window)
        self._host = host

    def ask(self, session_id: str = "") -> None:
        """Open the dialog for a session; for the open one by default."""
        self._open_dialog(session_id)

    def ask_next_workshop(self) -> None:
        """Open the dialog for the open session at the day of the next one."""
        dialog = self._open_dialog()
        if dialog is not None:
            dialog.begin_at_next_workshop()

    def _open_dialog(self, session_id: str = "") -> EditSessionDialog | None:
        """The open dialog; ``None`` if the session cannot be changed."""
        from ui.dialogs.edit_session import EditSessionDialog

        state, context = self._host.state, self._host.context
        if not state.may_change():
            return None
        context.flush_pending_edits()
        try:
            workshop = self._workshop_of(session_id)
        except AppError as error:
            context.error_raised.emit(error)
            return None
        dialog = EditSessionDialog(
            context.texts, state.library, workshop.session, self._host.window
        )
        dialog.changes_wanted.connect(lambda entered: self._correct(workshop, entered, dialog))
        dialog.open()
        return dialog

    def _workshop_of(self, session_id: str) -> Workshop:
        state = self._host.state
        if not session_id or state.is_open(session_id):
            return state.workspace.workshop
        return Workshop(state.library.load_session(session_id), state.library)

    def _is_open(self, workshop: Workshop) -> bool:
        state = self._host.state
        is_same = state.is_open(workshop.session.id)
        return is_same and state.workspace.workshop is workshop

    def _correct(self, workshop: Workshop, entered: Entered, dialog: EditSessionDialog) -> None:
        before = workshop.session
        try:
            details = dict(entered.details)
            affiliation = workshop.affiliation(entered.organisation, entered.unit)
            if affiliation != before.affiliation:
                details["affiliation"] = affiliation
            workshop.correct(details)
            if workshop.unsaved and not self._is_open(workshop):
                raise workshop.unsaved[0].reason  # nobody would retry it later
        except AppError as error:
            dialog.show_error(error)
            return
        dialog.accept()
        self._host.state.sessions_changed.emit()
        if workshop.session != before and not self._is_open(workshop):
            self._show_corrected(workshop)

    def _show_corrected(self, workshop: Workshop) -> None:
        tr = self._host.context.texts
        self._host.notices.show_notice(
            tr.gettext("“{title}” was changed.", title=workshop.session.title),
            buttons=(NoticeButton(tr.gettext("Undo"), partial(self._take_back, workshop)),),
            key=CORRECTED,
            again=partial(self._show_corrected, workshop),
        )

    def _take_back(self, workshop: Workshop) -> None:
        self._host.notices.withdraw(CORRECTED)
        session_id = workshop.session.id
        try:
            # It may have been opened meanwhile: then the step belongs to the open session.
            self._workshop_of(session_id).undo()
        except AppError as error:
            self._host.context.refused.emit(error, CORRECTED)
            return
        self._host.state.sessions_changed.emit()
