"""Header of an area: dimension, name and question."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

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
        self._title = ElidedLabel("title")
        self._title.setObjectName("area-title")
        self._question = ClampedText(15, 2)
        self._question.setObjectName("area-question")
        self._above = QHBoxLayout()
        self._beside = QHBoxLayout()
        for row in (self._above, self._beside):
            row.setSpacing(8)
        self._beside.addWidget(self._title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self._above)
        layout.addLayout(self._beside)
        layout.addWidget(self._question)
        self._texts = ("", "")
        self._is_low: bool | None = None
        self.set_low(False)

    def set_low(self, low: bool) -> None:
        """Put dimension and switch beside the title, where every line is needed for the levels."""
        if low == self._is_low:
            return
        self._is_low = low
        row = self._beside if low else self._above
        horizontal = QSizePolicy.Policy.Maximum if low else QSizePolicy.Policy.Ignored
        self._place.setSizePolicy(horizontal, QSizePolicy.Policy.Preferred)
        for widget in (self._mark, self._place, self.switch):
            (self._above if low else self._beside).removeWidget(widget)
            row.addWidget(widget, 1 if widget is self._place and not low else 0)

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

    def fill(
        self, *, colour: str, place: str, title: str, question: str, has_summaries: bool
    ) -> None:
        """Show an area; the switch is offered where there are longer texts to show."""
        self.switch.setVisible(has_summaries)
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
