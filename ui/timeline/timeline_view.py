"""The timeline with keys and mouse: arrows lead from step to step, dragging pins."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from app.planning.problem import StepKey
from ui.board.board_model import LATER, column_after_drag
from ui.timeline.timeline_area import line_steps, middle_of
from ui.timeline.timeline_canvas import TimelineCanvas
from ui.timeline.timeline_model import Bar
from ui.widgets.announcer import announce
from ui.widgets.basics import plain_tool_tip
from ui.widgets.readers import present_as

_ALONG = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ACROSS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_NONE = Qt.KeyboardModifier.NoModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class TimelineView(TimelineCanvas):
    """The timeline; announces what is selected."""

    #: Details of a step are wanted (its key).
    step_opened = Signal(object)
    #: A step was dragged to a column: its key and the column, from 0, or ``LATER`` of the board.
    step_dropped = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        present_as(self, QAccessible.Role.List)
        self._pressed: QPoint | None = None

    # ---- keys --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, is_plain = Qt.Key(event.key()), event.modifiers() in (_NONE, _KEYPAD)
        if is_plain and key in _ALONG:
            self.go_along(_ALONG[key])
        elif is_plain and key in _ACROSS:
            self.go_across(_ACROSS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            steps = [step for line in self.placed.rows for step in line_steps(line)]
            if steps:
                self._go_to(steps[-1 if key == Qt.Key.Key_End else 0])
        else:
            event.ignore()

    def go_along(self, step: int) -> None:
        """Select the next or previous step of the same area."""
        line = self.placed.line_of(self._key)
        if line is None or self._key is None:
            return
        steps = line_steps(line)
        place = steps.index(self._key) + step
        if 0 <= place < len(steps):
            self._go_to(steps[place])

    def go_across(self, step: int) -> None:
        """Select the nearest step of the next or previous area."""
        line, key = self.placed.line_of(self._key), self._key
        if line is None or key is None:
            return
        lines = [each for each in self.placed.rows if line_steps(each)]
        place = lines.index(line) + step
        if 0 <= place < len(lines):
            middle = middle_of(self, key)
            self._go_to(
                min(line_steps(lines[place]), key=lambda k: abs(middle_of(self, k) - middle))
            )

    def _go_to(self, key: StepKey) -> None:
        self.select(key)
        announce(self, self.timeline.sentence_of(key))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()
        if self.selected is not None:
            announce(self, self.selected.sentence)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # ---- mouse -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        where = event.position().toPoint()
        key = self.step_at(where)
        if key is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = where
            self.select(key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        where, shapes = event.position().toPoint(), Qt.CursorShape
        if self._pressed is None or self._key is None:
            is_over = self.step_at(where) is not None
            self.viewport().setCursor(shapes.PointingHandCursor if is_over else shapes.ArrowCursor)
            return
        shift = where - self._pressed
        if self.dragged or shift.manhattanLength() >= QApplication.startDragDistance():
            self.dragged = (self._key, QPoint(shift.x(), 0))
            self.viewport().setCursor(shapes.ClosedHandCursor)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, pressed = self.dragged, self._pressed
        self._pressed = self.dragged = None
        self.viewport().unsetCursor()
        self.viewport().update()
        if dragged is None or pressed is None:
            return
        begin = self.place_of(dragged[0]).center().y()
        released = QPoint(event.position().toPoint().x(), begin)
        step = self.timeline.step(dragged[0])
        column = column_after_drag(
            step.column if isinstance(step, Bar) else LATER,
            self.column_at(pressed),
            self.column_at(released),
        )
        if column is not None:
            self.step_dropped.emit(dragged[0], column)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        key = self.step_at(event.position().toPoint())
        if key is not None:
            self.step_opened.emit(key)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            said = self.words_at(event.pos())
            QToolTip.showText(event.globalPos(), plain_tool_tip(said))
            return True
        return super().viewportEvent(event)
