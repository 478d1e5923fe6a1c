"""The timeline with keys: arrows lead from step to step."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.planning.problem import StepKey
from ui.timeline.timeline_canvas import TimelineCanvas
from ui.widgets.announcer import announce

_ALONG = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ACROSS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_NONE = Qt.KeyboardModifier.NoModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class TimelineView(TimelineCanvas):
    """The timeline; announces what is selected."""

    # ---- keys --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, is_plain = Qt.Key(event.key()), event.modifiers() in (_NONE, _KEYPAD)
        if is_plain and key in _ALONG:
            self.go_along(_ALONG[key])
        elif is_plain and key in _ACROSS:
            self.go_across(_ACROSS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            steps = [step for line in self.placed.rows for step in line.keys]
            if steps:
                self._go_to(steps[-1 if key == Qt.Key.Key_End else 0])
        else:
            event.ignore()

    def go_along(self, step: int) -> None:
        """Select the next or previous step of the same area."""
        line = self.placed.line_of(self._key)
        if line is None or self._key is None:
            return
        steps = line.keys
        place = steps.index(self._key) + step
        if 0 <= place < len(steps):
            self._go_to(steps[place])

    def go_across(self, step: int) -> None:
        """Select the nearest step of the next or previous area."""
        line, key = self.placed.line_of(self._key), self._key
        if line is None or key is None:
            return
        lines = [each for each in self.placed.rows if each.keys]
        place = lines.index(line) + step
        if 0 <= place < len(lines):
            middle = self._middle(key)
            self._go_to(min(lines[place].keys, key=lambda k: abs(self._middle(k) - middle)))

    def _middle(self, key: StepKey) -> int:
        """Twice the middle of a step in the view."""
        where = self.place_of(key)
        return where.left() + where.right()

    def _go_to(self, key: StepKey) -> None:
        self.select(key)
        announce(self, self.timeline.sentence_of(key))
