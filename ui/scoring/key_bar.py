"""Bottom bar: back, relevant shortcuts, next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.words.texts import Translator
from ui.type_scale import scaled
from ui.widgets.basics import make_frame, make_label
from ui.widgets.controls import PressButton
from ui.widgets.readers import present_as


class KeyHint(QWidget):
    """One or two key caps and what they do."""

    def __init__(self, keys: Sequence[str], text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        for position, key in enumerate(keys):
            if position:
                dash = make_label("secondary")
                dash.setText("–")
                layout.addWidget(dash)
            cap = make_label("key")
            cap.setText(key)
            layout.addWidget(cap)
        words = make_label("secondary")
        words.setText(text)
        layout.addSpacing(3)
        layout.addWidget(words)
        self.setAccessibleName(f"{'–'.join(keys)}: {text}")
        present_as(self, QAccessible.Role.StaticText)


class KeyHints(QWidget):
    """Hints from left to right; those that do not fit are left out from the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hints: list[KeyHint] = []
        self._last_first = False

    def set_hints(self, hints: Sequence[tuple[Sequence[str], str]]) -> None:
        """Show these hints, the last of them always (it leads to all keys)."""
        for hint in self._hints:
            hint.hide()
            hint.deleteLater()
        self._hints = [KeyHint(keys, text, self) for keys, text in hints]
        self._place()

    def sizeHint(self) -> QSize:
        width = sum(hint.sizeHint().width() + scaled(20) for hint in self._hints)
        return QSize(width, scaled(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, scaled(28))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        widths = [hint.sizeHint().width() for hint in self._hints]
        shown = list(range(len(widths)))
        space = scaled(20)
        while len(shown) > 1 and sum(widths[n] + space for n in shown) - space > self.width():
            del shown[-2]
        right = self.width()
        for number in reversed(range(len(widths))):
            hint = self._hints[number]
            hint.setVisible(number in shown)
            if number in shown:
                height = hint.sizeHint().height()
                top = (self.height() - height) // 2
                hint.setGeometry(right - widths[number], top, widths[number], height)
                right -= widths[number] + space


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
        self._shown: tuple[str, Sequence[tuple[Sequence[str], str]]] = ("", ())
        frame = make_frame("bar", self)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(16)
        layout.addWidget(self._back)
        layout.addWidget(self._mode)
        layout.addWidget(self._hints, 1)
        layout.addWidget(self._next)
        self._back.clicked.connect(self.back_pressed)
        self._next.clicked.connect(self.next_pressed)

    def fill(self, *, is_first: bool, is_last: bool, tr: Translator) -> None:
        """Name the two ways."""
        self._back.set_text(tr.gettext("← Back"), tr.gettext("Previous area"))
        self._back.setEnabled(not is_first)
        if is_last:
            self._next.set_text(tr.gettext("Results →"), tr.gettext("Results"))
        else:
            self._next.set_text(tr.gettext("Next →"), tr.gettext("Next area"))

    def show_hints(self, mode: str, hints: Sequence[tuple[Sequence[str], str]]) -> None:
        """Show the keys; ``mode`` names a state in which they mean something special."""
        if (mode, hints) == self._shown:
            return
        self._shown = (mode, hints)
        self._mode.setText(mode)
        self._mode.setVisible(bool(mode))
        self._hints.set_hints(hints)
