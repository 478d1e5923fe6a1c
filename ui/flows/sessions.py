"""Creating, opening and archiving sessions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import AppError
from ui.flows.host import Host
from ui.shell.notice_bar import NoticeButton
from ui.shell.saving import MAY_NOT_LEAVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.model.maturity_model import MaturityModel
    from app.session.session import NewSession, SessionSummary
    from ui.dialogs.follow_up import FollowUpDialog
    from ui.dialogs.new_session import NewSessionDialog

ARCHIVED = "archived"


class SessionFlow(QObject):
    """Everything about the sessions of the open library as a whole."""

    #: An archived session shall be deleted for good (``SessionSummary``).
    delete_wanted = Signal(object)

    def __init__(self, host: Host) -> None:
        super().__init__(host.window)
        self._host = host

    # ---- opening -----------------------------------------------------------------------------

    def open(self, session_id: str) -> None:
        """Open a session on the scoring page, where it was left."""
        if not self._may_leave(session_id):
            return
        try:
            if not self._host.state.is_open(session_id):
                self._host.state.open_session(session_id)
        except AppError as error:
            self._host.context.error_raised.emit(error)
            return
        self._host.context.page_requested.emit("scoring")

    def show_client(self, client_id: str) -> None:
        """Show the sessions of a client; a session of another one is closed."""
        state = self._host.state
        if state.client_id != client_id:
            if not self._may_leave():
                return
            state.close_session()
        state.show_client(client_id)
        self._host.context.page_requested.emit("library")

    def _may_leave(self, session_id: str = "") -> bool:
        """True if everything of the open session is saved, or it is to be opened anyway."""
        state, context = self._host.state, self._host.context
        context.flush_pending_edits()
        if state.is_saved or state.is_open(session_id):
            return True
        self._host.notices.show_notice(
            context.texts.gettext("Another session can be opened once everything here is saved."),
            warning=True,
            key=MAY_NOT_LEAVE,
        )
        return False

    def open_sample(self) -> None:
        """Create the sample where it is missing, and open it."""
        context, library = self._host.context, self._host.state.library
        try:
            session_id = context.services.create_sample(library, context.texts.language)
        except AppError as error:
            context.error_raised.emit(error)
            return
        self.open(session_id)

    # ---- archiving ---------------------------------------------------------------------------

    def archive(self, summary: SessionSummary) -> None:
        """Archive a session; the notice offers to undo it."""
        if not self._host.state.may_change():
            return
        if self._host.state.is_open(summary.id):
            if not self._may_leave():
                return
            self._host.state.close_session()
        if self._set_archived(summary.id, archived=True):
            self._show_archived(summary)

    def _show_archived(self, summary: SessionSummary) -> None:
        tr = self._host.context.texts
        self._host.notices.show_notice(
            tr.gettext(
                "“{title}” of {organisation} was archived. Nothing is deleted.",
                title=summary.title,
                organisation=summary.organisation.name,
            ),
            buttons=(NoticeButton(tr.gettext("Undo"), partial(self._restore, summary.id)),),
            key=ARCHIVED,
            again=partial(self._show_archived, summary),
        )

    def _restore(self, session_id: str) -> None:
        self._host.notices.withdraw(ARCHIVED)
        self._set_archived(session_id, archived=False)

    def show_archived(self) -> None:
        """List the archived sessions, to restore some of them."""
        from ui.dialogs.archived import ArchivedDialog

        dialog = ArchivedDialog(
            self._host.context.texts,
            self._host.state.library.archived_sessions(self._host.state.shown_client_id),
            self._host.window,
        )
        dialog.bring_back_wanted.connect(lambda summary: self._restore(summary.id))
        dialog.delete_wanted.connect(self.delete_wanted)
        dialog.open()

    def _set_archived(self, session_id: str, *, archived: bool) -> bool:
        """True if it was stored."""
        try:
            self._host.state.library.archive_session(session_id, archived)
        except AppError as error:
            self._host.context.refused.emit(error, ARCHIVED)
            return False
        self._host.state.sessions_changed.emit()
        return True

    # ---- new sessions ------------------------------------------------------------------------

    def begin(self, model_id: str = "", client_id: str = "") -> None:
        """Ask for a new session; ``model_id`` and ``client_id`` are proposed."""
        from ui.dialogs.new_session import NewSessionDialog

        if not (self._host.state.may_change() and self._may_leave()):
            return
        dialog = NewSessionDialog(
            self._host.context.texts,
            self._host.state.library,
            self.models(),
            self._host.settings,
            client_id or self._host.state.shown_client_id,
            parent=self._host.window,
        )
        if model_id:
            dialog.choose_model(model_id)
        dialog.session_wanted.connect(lambda new: self._create(new, dialog))
        dialog.open()

    def begin_from(self, session_id: str = "") -> None:
        """Ask for a session that follows an earlier one; the open one by default."""
        from ui.dialogs.follow_up import FollowUpDialog

        state = self._host.state
        if not (state.may_change() and self._may_leave()):
            return
        try:
            is_open = not session_id or state.is_open(session_id)
            earlier = state.workspace.session if is_open else state.library.load_session(session_id)
        except AppError as error:
            self._host.context.error_raised.emit(error)
            return
        dialog = FollowUpDialog(
            self._host.context.texts,
            state.library,
            self.models(),
            self._host.settings,
            earlier,
            parent=self._host.window,
        )
        dialog.session_wanted.connect(partial(self._create_from, dialog))
        dialog.open()

    def _create_from(
        self, dialog: FollowUpDialog, new: NewSession, left_behind: Sequence[str]
    ) -> None:
        self._create(new, dialog)
        if left_behind and dialog.result() == dialog.DialogCode.Accepted:
            tr = self._host.context.texts
            self._host.notices.show_notice(
                tr.gettext("Not everything was taken along."), details="\n".join(left_behind)
            )

    def models(self) -> tuple[MaturityModel, ...]:
        """The built-in models and those of the library."""
        builtin = self._host.context.services.builtin_models()
        return (*builtin, *self._host.state.library.models())

    def _create(self, new: NewSession, dialog: NewSessionDialog | FollowUpDialog) -> None:
        try:
            session = self._host.state.library.create_session(new)
        except AppError as error:
            dialog.show_error(error)
            return
        dialog.accept()
        self.open(session.id)
