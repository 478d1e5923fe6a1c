"""Dialog for what an open session takes over from an earlier one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.errors import AppError
from app.session.session import Session
from app.words.texts import Translator
from app.workshop.follow_up import FollowUp
from ui.dialogs.base import Sheet
from ui.dialogs.parts_choice import PartsChoice
from ui.shell.settings import Settings
from ui.widgets.basics import make_label


class TakeOverDialog(Sheet):
    """Choice of what to take over, and of hiding earlier levels until an area is decided.

    It stays open until everything has been stored.
    """

    #: What was found (``FollowUp``), and if earlier levels are to be hidden (``bool``).
    wanted = Signal(object, bool)

    def __init__(
        self,
        tr: Translator,
        settings: Settings,
        session: Session,
        earlier: Session,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "take-over-dialog",
            tr.gettext("Begin from last time"),
            tr.gettext(
                "From “{title}” of {date}. Only what is still empty is filled.",
                title=earlier.title,
                date=tr.long_date(earlier.date),
            ),
            parent,
        )
        self._tr = tr
        self._session = session
        self._earlier = earlier
        self.parts = PartsChoice(tr, settings)
        self.parts.changed.connect(self._show_left_behind)
        self.body.addWidget(self.parts)
        self.hide_earlier = QCheckBox(tr.gettext("Hide earlier levels until an area is decided"))
        self.hide_earlier.setObjectName("hide-earlier")
        self.hide_earlier.setChecked(session.hide_earlier)
        self.body.addSpacing(8)
        self.body.addWidget(self.hide_earlier)
        why = make_label("secondary", wrap=True)
        why.setText(tr.gettext("A level that is on screen before the group speaks pulls it along."))
        self.body.addWidget(why)
        self.body.addWidget(self.parts.remarks)
        self.body.addStretch(1)
        cancel = self.add_button("cancel", tr.gettext("Cancel"))
        cancel.clicked.connect(self.reject)
        take = self.add_button("take-over", tr.gettext("Take over"), is_primary=True)
        take.clicked.connect(self._submit)
        self.setMinimumWidth(520)
        self._show_left_behind()

    def _found(self) -> FollowUp:
        session = self._session
        return self.parts.found(self._earlier, session.model, session.language)

    def _show_left_behind(self) -> None:
        self.parts.show_left_behind(self._found())

    def _submit(self) -> None:
        self.parts.remember()
        self.wanted.emit(self._found(), self.hide_earlier.isChecked())

    def show_error(self, error: AppError) -> None:
        """Show a storage error; the choice is kept."""
        self.show_fault(error.say(self._tr))
