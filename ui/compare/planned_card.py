"""Card with what was planned and achieved: done and moved, done but not moved, and the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.comparison.comparison import Comparison
from app.comparison.planned import planned_and_achieved
from app.words.planned_words import OutcomeLine, outcome_lines, planned_summary
from app.words.texts import Translator
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import discard, lay_out_card, make_label
from ui.widgets.controls import set_heading
from ui.widgets.readers import present_as


@dataclass(frozen=True, slots=True)
class PlannedWords:
    """All that the card says."""

    heading: str
    summary: str
    lines: tuple[OutcomeLine, ...]

    @property
    def spoken(self) -> str:
        """Everything below the heading."""
        return " ".join([self.summary, *(f"{line.sentence}." for line in self.lines)])


def planned_words(compared: Comparison, language: str, tr: Translator) -> PlannedWords | None:
    """Plan and achievement in words; ``None`` where there is nothing to tell."""
    found = planned_and_achieved(compared)
    if found is None:
        return None
    return PlannedWords(
        tr.gettext("Planned against achieved"),
        planned_summary(found, tr),
        outcome_lines(found, compared.sessions, language, tr),
    )


class _Line(QWidget):
    """Number, heading and areas of one outcome, one thing for screen readers."""

    def __init__(self, line: OutcomeLine) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._count = make_label("strong")
        self._count.setText(str(line.count))
        words = QVBoxLayout()
        words.setSpacing(1)
        for role, text in (("strong", line.heading), ("secondary", line.areas)):
            label = make_label(role, wrap=True)
            label.setText(text)
            words.addWidget(label)
        row.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.setAccessibleName(line.sentence)
        present_as(self, QAccessible.Role.StaticText)
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._count.setMinimumWidth(scaled(18))


class PlannedCard(QFrame):
    """The card; hidden where the session before had no plan, or the grade forbids it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("planned-card")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.words: PlannedWords | None = None
        self._heading = make_label("heading")
        self._summary = make_label(wrap=True)
        self._summary.setObjectName("planned-summary")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self._shown: Sequence[_Line] = ()
        layout = lay_out_card(self)
        layout.addWidget(self._heading)
        layout.addWidget(self._summary)
        layout.addLayout(self._lines)
        self.hide()

    def fill(self, words: PlannedWords | None) -> None:
        """Show these words, or nothing."""
        self.setVisible(words is not None)
        if words == self.words:
            return
        self.words = words
        for line in self._shown:
            self._lines.removeWidget(line)
            discard(line)
        self._shown = [_Line(line) for line in words.lines] if words else ()
        for line in self._shown:
            self._lines.addWidget(line)
            line.show()
        if words is not None:
            set_heading(self._heading, words.heading)
            self._summary.setText(words.summary)
            self.setAccessibleName(words.heading)
            self.setAccessibleDescription(words.spoken)
