"""Wishes that cannot hold together, with a button for each that can be dropped at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.planning.plan import Clash, Wish
from app.words.plan_words import NameOf
from app.words.texts import Translator
from ui.widgets.basics import discard, make_label
from ui.widgets.controls import PressButton

_MOST_BUTTONS = 2


class ClashBar(QFrame):
    """Hidden while everything holds."""

    #: Drop a pin, a fixed date or the count of the first quarter (the ``Clash``).
    drop_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plan-clash")
        self.setProperty("role", "warning")
        self._label = make_label("", wrap=True)
        self._buttons: list[PressButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 5, 6, 5)
        self._row.setSpacing(6)
        self._row.addWidget(self._label, 1)
        self.hide()

    def text(self) -> str:
        """The sentence that is shown."""
        return self._label.text()

    def fill(self, sentence: str, clash: Sequence[Clash], name_of: NameOf, tr: Translator) -> None:
        """Show what cannot hold; an empty sentence hides the bar."""
        self._label.setText(sentence)
        for button in self._buttons:
            discard(button)
        self._buttons = []
        for each in clash:
            words = _dropped_in_words(each, name_of, tr)
            if words and len(self._buttons) < _MOST_BUTTONS:
                self._add_button(each, words)
        self.setVisible(bool(sentence))

    def _add_button(self, clash: Clash, words: str) -> None:
        button = PressButton(f"drop-{clash.wish.value}", "compact")
        button.set_text(words.replace("&", "&&"), words)
        button.clicked.connect(lambda: self.drop_wanted.emit(clash))
        self._row.addWidget(button)
        self._buttons.append(button)


def _dropped_in_words(clash: Clash, name_of: NameOf, tr: Translator) -> str:
    """Text of a button that drops a wish; empty for limits, which are settings."""
    if clash.wish is Wish.PIN and clash.step is not None:
        return tr.gettext("Unpin {step}", step=name_of(clash.step))
    if clash.wish is Wish.DUE and clash.step is not None:
        return tr.gettext("Drop the date of {step}", step=name_of(clash.step))
    return ""
