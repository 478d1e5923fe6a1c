"""Choice of what is taken along from an earlier session."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.model.maturity_model import MaturityModel
from app.session.session import Session
from app.words.follow_up_words import left_behind, open_notes
from app.words.texts import LANGUAGES, Translator, translator_for
from app.workshop.follow_up import USUAL, WITHOUT_WORDS, FollowUp, Part, follow_up
from ui.shell.settings import Settings
from ui.widgets.basics import make_label


class PartsChoice(QWidget):
    """A check box for each part, as it was chosen last.

    ``remarks`` are for the dialog to place: sentences on what cannot be taken along.
    """

    changed = Signal()

    def __init__(self, tr: Translator, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._settings = settings
        self.remarks = make_label("warning", wrap=True)
        self.remarks.setObjectName("left-behind")
        self._boxes = {
            Part.TARGETS: QCheckBox(tr.gettext("Targets and plan")),
            Part.WEIGHTS: QCheckBox(tr.gettext("Weights")),
            Part.NOT_APPLICABLE: QCheckBox(tr.gettext("What is not applicable, with its reason")),
            Part.OPEN_POINTS: QCheckBox(tr.gettext("Open points, as a reason to begin with")),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        short = QHBoxLayout()
        short.setSpacing(24)
        column.addLayout(short)
        for part, box in self._boxes.items():
            box.setObjectName(f"take-{part.value}")
            box.setAccessibleDescription(tr.gettext("Take along"))
            box.setChecked(settings.flag(_setting(part), default=part in USUAL))
            box.toggled.connect(self.changed)
            (short if part in (Part.TARGETS, Part.WEIGHTS) else column).addWidget(box)
        short.addStretch(1)

    def __getitem__(self, part: Part) -> QCheckBox:
        return self._boxes[part]

    def chosen(self) -> tuple[Part, ...]:
        """The parts that are wanted."""
        return tuple(part for part, box in self._boxes.items() if box.isChecked())

    def found(
        self, earlier: Session, model: MaturityModel, language: str, *, same_client: bool = True
    ) -> FollowUp:
        """The chosen parts of a session, with open points in the language of the other one."""
        tr = translator_for(language) if language in LANGUAGES else self._tr
        notes = open_notes(earlier, tr)
        return follow_up(earlier, model, notes, self.chosen(), same_client=same_client)

    def offer_words(self, is_offered: bool) -> None:
        """Offer the parts with words of the client, or only the others."""
        for part, box in self._boxes.items():
            box.setEnabled(is_offered or part in WITHOUT_WORDS)

    def show_left_behind(self, found: FollowUp) -> None:
        """Say what cannot be taken along."""
        sentences = left_behind(found, self._tr)
        self.remarks.setText("\n".join(sentences))
        self.remarks.setVisible(bool(sentences))

    def remember(self) -> None:
        """Propose the same choice the next time."""
        for part, box in self._boxes.items():
            self._settings.put(_setting(part), box.isChecked())


def _setting(part: Part) -> str:
    return f"follow_up/{part.value}"
