"""Keys with what they do, for the bar at the bottom of a page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.type_scale import scaled
from ui.widgets.basics import make_label
from ui.widgets.readers import present_as

Hint = tuple[Sequence[str], str]
"""Keys and what they do."""


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
        self._shown: list[Hint] = []

    def set_hints(self, hints: Sequence[Hint]) -> None:
        """Show these hints, the last of them always (it leads to all keys)."""
        if list(hints) == self._shown:
            return
        self._shown = list(hints)
        for hint in self._hints:
            hint.hide()
            hint.deleteLater()
        self._hints = [KeyHint(keys, text, self) for keys, text in hints]
        self.updateGeometry()
        self._place()

    def sizeHint(self) -> QSize:
        width = sum(hint.sizeHint().width() + scaled(20) for hint in self._hints)
        return QSize(width, scaled(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, scaled(28))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Place the hints again when their type has changed, maybe while they were hidden."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._place()
        return done

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
