"""Card for after the workshop: where to ask, and when the group meets again."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.words.texts import Translator
from ui.pages import PAGE_BY_NAME
from ui.widgets.basics import make_label
from ui.widgets.controls import PressButton, set_heading


class NextCard(QFrame):
    """The next workshop, and the way to the other teams."""

    teams_pressed = Signal()
    date_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("next-card")
        self.setProperty("role", "card")
        self._heading = make_label("heading")
        self._date = make_label(wrap=True)
        self._date.setObjectName("next-workshop")
        self.teams = PressButton("to-teams", "link")
        self.teams.clicked.connect(self.teams_pressed)
        self.date_button = PressButton("edit-next-workshop", "link")
        self.date_button.clicked.connect(self.date_pressed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 10)
        layout.setSpacing(6)
        layout.addWidget(self._heading)
        layout.addWidget(self._date)
        layout.addWidget(self.date_button)
        layout.addWidget(self.teams)

    def fill(self, day: date | None, tr: Translator) -> None:
        """Show the day of the next workshop; ``None`` for one that is not agreed."""
        set_heading(self._heading, tr.gettext("And then"))
        if day is None:
            self._date.setText(tr.gettext("No next workshop has been agreed."))
            self.date_button.set_text(tr.gettext("Set its day…"))
        else:
            self._date.setText(tr.gettext("Next workshop: {date}", date=tr.long_date(day)))
            self.date_button.set_text(tr.gettext("Change its day…"))
        self.teams.set_text(tr.gettext("Who can we ask? Teams side by side →"))
        self.teams.setVisible("teams" in PAGE_BY_NAME)
