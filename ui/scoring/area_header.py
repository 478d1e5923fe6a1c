"""Header of an area: dimension, name and question."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.words.texts import Translator
from exports.palette import Palette
from ui.widgets.basics import ColourMark, ElidedLabel
from ui.widgets.controls import PressButton
from ui.widgets.flowing_text import ClampedText


class AreaHeader(QWidget):
    """Dimension and number, title, question, and the switch for the longer level texts."""

    #: The longer texts were switched on or off.
    whole_toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_decided = False
        self._is_whole = False
        self._build()

    def _build(self) -> None:
        self._mark = ColourMark(10)
        self._place = ElidedLabel("secondary")
        self._place.setObjectName("area-place")
        self.switch = PressButton("whole-texts", "link")
        self.switch.clicked.connect(self._on_clicked)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._mark)
        first.addWidget(self._place, 1)
        first.addWidget(self.switch)
        self._title = ElidedLabel("title")
        self._title.setObjectName("area-title")
        self._question = ClampedText(15, 2)
        self._question.setObjectName("area-question")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(first)
        layout.addWidget(self._title)
        layout.addWidget(self._question)
        self._texts = ("", "")

    def retranslate(self, tr: Translator) -> None:
        """Set the texts."""
        self._texts = (tr.gettext("Show summaries"), tr.gettext("Hide summaries"))
        self._name_switch()

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self._question.set_colour(theme.secondary)

    def is_whole(self) -> bool:
        """True if the cards show the full texts."""
        return self._is_whole

    def prefer_whole(self, whole: bool) -> None:
        """Show the full texts where there is room, until the user chooses."""
        if not self._is_decided and whole != self._is_whole:
            self._show_whole(whole)

    def fill(self, *, colour: str, place: str, title: str, question: str) -> None:
        """Show an area."""
        self._mark.set_colour(colour)
        self._place.setText(place)
        self._title.setText(title)
        self._question.set_text(question)
        self._question.setVisible(bool(question))

    def _on_clicked(self) -> None:
        self._is_decided = True
        self._show_whole(not self._is_whole)

    def _show_whole(self, whole: bool) -> None:
        self._is_whole = whole
        self._name_switch()
        self.whole_toggled.emit()

    def _name_switch(self) -> None:
        self.switch.set_text(self._texts[1 if self._is_whole else 0])
