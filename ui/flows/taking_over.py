"""Begins a session from the one before: targets, weights and open points, in one step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import AppError
from app.workshop.follow_up import FollowUp, is_untouched, take_over
from ui.flows.host import Host
from ui.shell.notice_bar import NoticeButton

if TYPE_CHECKING:
    from app.session.session import Session
    from ui.dialogs.take_over import TakeOverDialog

OFFER = "from-last-time"
_DECLINED = "take_over/declined/{session_id}"


class TakingOverFlow(QObject):
    """Offers it where nothing has been decided yet, and does it whenever it is asked for."""

    def __init__(self, host: Host) -> None:
        super().__init__(host.window)
        self._host = host
        host.state.areas_changed.connect(lambda _area_ids: self._withdraw_if_begun())

    def offer(self, earlier: Session) -> None:
        """Offer to begin the open session from the comparable one before it, if it is untouched."""
        state = self._host.state
        session = state.workspace.session
        is_declined = self._host.settings.flag(_DECLINED.format(session_id=session.id))
        if is_untouched(session) and not state.is_read_only and not is_declined:
            self._show_offer(session.id, earlier)

    def _show_offer(self, session_id: str, earlier: Session) -> None:
        tr = self._host.context.texts
        decline = partial(self._decline, session_id)
        notice = self._host.notices.show_notice(
            tr.gettext(
                "“{title}” of {date} came before. Take over its targets and weights?",
                title=earlier.title,
                date=tr.long_date(earlier.date),
            ),
            buttons=(
                NoticeButton(tr.gettext("Take over…"), self.ask),
                NoticeButton(tr.gettext("Not now"), decline),
            ),
            key=OFFER,
            again=partial(self._show_offer, session_id, earlier),
        )
        notice.closed.connect(decline)

    def _withdraw_if_begun(self) -> None:
        """Once the group decides, the offer comes too late, and covers what is decided."""
        session = self._host.state.workspace.session
        if not is_untouched(session):
            self._host.notices.withdraw(OFFER)
            self._host.settings.remove(_DECLINED.format(session_id=session.id))

    def _decline(self, session_id: str) -> None:
        """Do not offer it again, also after a restart."""
        self._host.settings.put(_DECLINED.format(session_id=session_id), True)
        self._host.notices.withdraw(OFFER)

    def ask(self) -> None:
        """Open the dialog for the open session and the earlier one it is compared with."""
        from ui.dialogs.take_over import TakeOverDialog

        state, context = self._host.state, self._host.context
        if not state.may_change():
            return
        context.flush_pending_edits()
        workspace, tr = state.workspace, context.texts
        if workspace.earlier is None:
            self._host.notices.show_notice(
                tr.gettext(
                    "There is no comparable earlier session of this unit to take anything over"
                    " from. Choose one under Results, or use “New session from this one…”."
                )
            )
            return
        dialog = TakeOverDialog(
            tr, self._host.settings, workspace.session, workspace.earlier, self._host.window
        )
        dialog.wanted.connect(partial(self._take, dialog))
        dialog.open()

    def _take(self, dialog: TakeOverDialog, found: FollowUp, hide_earlier: bool) -> None:
        workshop, tr = self._host.state.workspace.workshop, self._host.context.texts
        wanted = take_over(workshop.session, found)
        filled = len({area_id for area_id, _ in wanted} - {None})
        if hide_earlier != workshop.session.hide_earlier:
            wanted[None, "hide_earlier"] = hide_earlier
        try:
            if wanted:
                workshop.change_all(wanted)
        except AppError as error:
            dialog.show_error(error)
            return
        dialog.accept()
        self._host.notices.withdraw(OFFER)
        self._host.notices.show_notice(
            tr.ngettext(
                "{n} area was filled from last time; Undo takes it back.",
                "{n} areas were filled from last time; Undo takes it back.",
                filled,
            )
            if filled
            else tr.gettext("Nothing was left to fill from last time.")
        )

    def switch_earlier(self) -> None:
        """Hide the earlier level of an area until it is decided, or show it again at once."""
        state = self._host.state
        if state.may_change():
            self._host.context.flush_pending_edits()
            hides = state.workspace.session.hide_earlier
            state.workspace.workshop.set_detail("hide_earlier", not hides)
