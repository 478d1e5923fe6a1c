"""Dialog that offers the other sessions of a client for a comparison."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.session.session import SessionSummary
from app.words.texts import Translator
from ui.dialogs.row_list import PickSheet, RowList


class SessionPicker(PickSheet):
    """A list of them, newest first."""

    #: Id of the session that shall be compared, too.
    session_picked = Signal(str)

    def __init__(
        self, tr: Translator, sessions: Sequence[SessionSummary], parent: QWidget | None = None
    ) -> None:
        lead = tr.gettext("Two to six sessions of one organisation, whatever their unit.")
        super().__init__("session-picker", tr.gettext("Add a session"), lead, parent)
        self._sessions = tuple(sessions)
        self.build(
            RowList(
                "other-sessions",
                tr.gettext("Other sessions of this organisation, newest first"),
                (tr.gettext("Title"), tr.gettext("Unit"), tr.gettext("Date")),
            ),
            [_in_words(session, tr) for session in self._sessions],
            leave=("cancel", tr.gettext("Cancel")),
            pick=("pick-session", tr.gettext("Add")),
            nothing=tr.gettext("There is no other session of this organisation."),
        )

    def picked(self, row: int) -> None:
        self.session_picked.emit(self._sessions[row].id)


def _in_words(session: SessionSummary, tr: Translator) -> tuple[str, str, str]:
    unit = "" if session.unit is None else session.unit.full_name
    return session.title, unit, tr.short_date(session.date)
