"""Card that asks about an implied target: confirm it, lower its cause, or overrule it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.words.texts import Translator
from ui.widgets.basics import lay_out_card, make_label
from ui.widgets.controls import PressButton, follow_in_tabs, set_heading
from ui.widgets.flow_layout import FlowLayout


@dataclass(frozen=True, slots=True)
class Question:
    """An implied target in words: of which area, why, and what lowering its cause would mean.

    ``number`` is how many there are to confirm in all.
    """

    number: int
    name: str
    reason: str
    level: int
    cause: str
    cause_level: int


class ConfirmCard(QFrame):
    """Hidden while no target is implied."""

    confirmed = Signal()
    lowered = Signal()
    overruled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confirm-card")
        layout = lay_out_card(self)
        self.setProperty("role", "question")
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(6)
        self._heading = make_label("heading")
        self._name = make_label("strong", wrap=True)
        self._name.setObjectName("implied-target")
        self._reason = make_label("secondary", wrap=True)
        self._reason.setObjectName("implied-reason")
        self.confirm = PressButton("confirm-implied", "primary")
        self.lower_cause = PressButton("lower-cause")
        self.overrule = PressButton("overrule", "link")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._name, 1)
        top.addWidget(self.overrule, 0, Qt.AlignmentFlag.AlignTop)
        buttons = FlowLayout(spacing=6)
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.lower_cause)
        self.confirm.clicked.connect(self.confirmed)
        self.lower_cause.clicked.connect(self.lowered)
        self.overrule.clicked.connect(self.overruled)
        layout.addWidget(self._heading)
        layout.addLayout(top)
        layout.addWidget(self._reason)
        layout.addLayout(buttons)
        follow_in_tabs(self.confirm, (self.lower_cause, self.overrule))
        self.hide()

    def fill(self, question: Question | None, tr: Translator) -> None:
        """Ask a question, or none."""
        self.setVisible(question is not None)
        if question is None:
            return
        n = question.number
        set_heading(
            self._heading,
            tr.ngettext("To confirm · {n} implied target", "To confirm · {n} implied targets", n),
        )
        self._name.setText(question.name)
        self._reason.setText(question.reason)
        confirm = tr.gettext("Confirm {level}", level=question.level)
        self.confirm.set_text(confirm, f"{confirm}: {question.name}")
        lower = tr.gettext("Lower it to {level}", level=question.cause_level)
        self.lower_cause.set_text(lower, f"{lower}: {question.cause}")
        self.lower_cause.setToolTip(
            tr.gettext(
                "Lower the target of {area} to {level}",
                area=question.cause,
                level=question.cause_level,
            )
        )
        self.overrule.set_text(
            tr.gettext("Overrule…"), tr.gettext("Overrule the prerequisite, with a reason…")
        )
