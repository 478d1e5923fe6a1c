"""Bottom bar: back, relevant shortcuts, next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.words.texts import Translator
from ui.widgets.basics import make_bar, make_label
from ui.widgets.controls import PressButton
from ui.widgets.key_hints import Hint, KeyHints


class KeyBar(QWidget):
    """Back and next at the edges, hints between them; a mode shows its own hints."""

    back_pressed = Signal()
    next_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("key-bar")
        self._back = PressButton("back-button")
        self._next = PressButton("next-button", "primary")
        self._mode = make_label("mode")
        self._mode.setObjectName("mode-label")
        self._hints = KeyHints()
        frame, layout = make_bar(self)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        layout.addWidget(self._back)
        layout.addWidget(self._mode)
        layout.addWidget(self._hints, 1)
        layout.addWidget(self._next)
        self._back.clicked.connect(self.back_pressed)
        self._next.clicked.connect(self.next_pressed)

    def fill(self, *, is_first: bool, is_last: bool, tr: Translator) -> None:
        """Name the two ways."""
        self._back.set_text(tr.gettext("← Back"), tr.gettext("Back: previous area"))
        self._back.setEnabled(not is_first)
        if is_last:
            self._next.set_text(tr.gettext("Results →"), tr.gettext("Results"))
        else:
            self._next.set_text(tr.gettext("Next →"), tr.gettext("Next: the following area"))

    def show_hints(self, mode: str, hints: Sequence[Hint]) -> None:
        """Show the keys; ``mode`` names a state in which they mean something special."""
        self._mode.setText(mode)
        self._mode.setVisible(bool(mode))
        self._hints.set_hints(hints)
