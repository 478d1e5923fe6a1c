"""What follows: where to ask, and when the group meets again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.words.texts import Translator
from ui.pages import PAGE_BY_NAME
from ui.widgets.basics import make_label
from ui.widgets.controls import PressButton, set_heading


class NextCard(QFrame):
    """The next workshop, and the way to the other teams; hidden where there is neither."""

    teams_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("next-card")
        self.setProperty("role", "card")
        self._heading = make_label("heading")
        self._date = make_label(wrap=True)
        self._date.setObjectName("next-workshop")
        self.teams = PressButton("to-teams", "link")
        self.teams.clicked.connect(self.teams_pressed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 10)
        layout.setSpacing(6)
        layout.addWidget(self._heading)
        layout.addWidget(self._date)
        layout.addWidget(self.teams)

    def fill(self, next_workshop: str, tr: Translator) -> None:
        """Show when the next workshop is, in words; empty for nothing to say."""
        set_heading(self._heading, tr.gettext("And then"))
        self._date.setText(next_workshop)
        self._date.setVisible(bool(next_workshop))
        self.teams.set_text(tr.gettext("Who can we ask? Teams side by side →"))
        has_teams = "teams" in PAGE_BY_NAME
        self.teams.setVisible(has_teams)
        self.setVisible(bool(next_workshop) or has_teams)
