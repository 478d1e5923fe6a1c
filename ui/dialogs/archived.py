"""List of archived sessions, with restore."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.session.session import SessionSummary
from app.words.texts import Translator
from ui.dialogs.row_list import PickSheet, RowList


class ArchivedDialog(PickSheet):
    """A list of them, last opened first."""

    #: The ``SessionSummary`` that shall be in the list again.
    bring_back_wanted = Signal(object)
    #: The ``SessionSummary`` that shall be deleted for good, or its unit or client.
    delete_wanted = Signal(object)

    def __init__(
        self,
        tr: Translator,
        sessions: Sequence[SessionSummary],
        parent: QWidget | None = None,
    ) -> None:
        lead = tr.gettext(
            "Archived sessions do not appear in lists or comparisons. Nothing has been deleted."
        )
        super().__init__("archived-dialog", tr.gettext("Archived sessions"), lead, parent)
        self._tr = tr
        self._sessions = tuple(sessions)
        self.build(
            RowList(
                "archived-list",
                tr.gettext("Archived sessions, last opened first"),
                (tr.gettext("Organisation"), tr.gettext("Title"), tr.gettext("Date")),
            ),
            [self._in_words(session) for session in self._sessions],
            leave=("close", tr.gettext("Close")),
            pick=("bring-back", tr.gettext("Bring back")),
            nothing=tr.gettext("No session is archived."),
        )
        delete = self.add_button("delete", tr.gettext("Delete for good…"))
        delete.setEnabled(bool(self._sessions))
        delete.clicked.connect(self._ask_to_delete)

    def _ask_to_delete(self) -> None:
        self.accept()
        self.delete_wanted.emit(self._sessions[self.list.row])

    def _in_words(self, session: SessionSummary) -> tuple[str, str, str]:
        unit = "" if session.unit is None else f" · {session.unit.full_name}"
        name = f"{session.organisation.name}{unit}"
        return name, session.title, self._tr.short_date(session.date)

    def picked(self, row: int) -> None:
        self.bring_back_wanted.emit(self._sessions[row])
