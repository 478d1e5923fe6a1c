"""Dialog that corrects the details of a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.ports import Library
from app.session.session import Session
from app.words.texts import Translator
from ui.dialogs.base import Sheet
from ui.dialogs.session_form import SessionForm


@dataclass(frozen=True, slots=True)
class Entered:
    """Input: names of organisation and unit, and fields of a session."""

    organisation: str
    unit: str
    details: Mapping[str, object]


class EditSessionDialog(Sheet):
    """The form with what is stored. It stays open until the changes have been stored."""

    #: What was entered (:class:`Entered`).
    changes_wanted = Signal(object)

    def __init__(
        self, tr: Translator, library: Library, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "edit-session-dialog",
            tr.gettext("Edit the session"),
            tr.gettext("The changes are one step, which undo takes back."),
            parent,
        )
        self._tr = tr
        self.form = SessionForm(tr, library, with_model=False)
        self.body.addLayout(self.form)
        self.body.addStretch(1)
        cancel = self.add_button("cancel", tr.gettext("Cancel"))
        cancel.clicked.connect(self.reject)
        save = self.add_button("save-session", tr.gettext("Save"), is_primary=True)
        save.clicked.connect(self._submit)
        self.want(560)
        self._fill(session)

    def _fill(self, session: Session) -> None:
        form = self.form
        form.set_hint(
            form.organisation,
            self._tr.gettext("Changes this session only"),
        )
        form.offer_client(session.organisation.id)
        form.title.setText(session.title)
        form.set_day(session.date)
        form.fill_languages(session.model, session.language)
        form.show_session(session)
        form.title.setFocus()
        form.title.selectAll()
        self._shown = form.details()

    def begin_at_next_workshop(self) -> None:
        """Take the next workshop as agreed, and ask for its day."""
        if self.form.next_workshop is not None:
            self.form.next_workshop.begin()

    def _submit(self) -> None:
        form = self.form
        if not form.is_complete():
            return
        self.show_fault("")
        details = {key: value for key, value in form.details().items() if value != self._shown[key]}
        self.changes_wanted.emit(Entered(form.entered_organisation, form.entered_unit, details))

    def show_error(self, error: AppError) -> None:
        """Show why nothing was stored; the input is kept."""
        self.show_fault(error.say(self._tr))
