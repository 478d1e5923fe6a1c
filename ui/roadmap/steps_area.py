"""Area that shows the steps of a plan: one is selected, opened with a click, or dragged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QHelpEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QToolTip, QWidget

from app.planning.problem import StepKey
from app.words.texts import Translator
from exports.palette import LIGHT, Palette
from ui.board.board_model import column_after_drag
from ui.type_scale import TYPE
from ui.widgets.announcer import announce
from ui.widgets.basics import plain_tool_tip
from ui.widgets.readers import present_as


class ShownStep(Protocol):
    """A step as an area shows it; ``column`` is its first one from 0, or ``LATER``."""

    @property
    def key(self) -> StepKey:
        """Area and level of the step."""

    @property
    def column(self) -> int:
        """The column that it begins in."""

    @property
    def sentence(self) -> str:
        """All that is known of it, for screen readers and tool tips."""


@dataclass(frozen=True, slots=True)
class Drag:
    """The selected step under the pointer: where it was taken, and where it is."""

    begin: QPoint
    at: QPoint


class StepsArea(QAbstractScrollArea):
    """Base of board and timeline: selection, focus, mouse and tool tips.

    A subclass places and paints the steps; its keys are its own.
    """

    #: Another step is selected (its key).
    step_selected = Signal(object)
    #: Details of a step are wanted (its key).
    step_opened = Signal(object)
    #: A step was dragged to a column: its key and the column, from 0, or ``LATER``.
    step_dropped = Signal(object, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCornerWidget(QWidget())  # the style would paint a frame there
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        present_as(self, QAccessible.Role.List)
        self.theme: Palette = LIGHT
        self.drag: Drag | None = None
        self._tr = Translator()
        self._key: StepKey | None = None
        self._pressed: QPoint | None = None
        self._grabbed: int | None = None
        TYPE.changed.connect(self._lay_out_again)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)
        self.verticalScrollBar().valueChanged.connect(self.viewport().update)

    # ---- of each area ------------------------------------------------------------------------

    def step(self, key: StepKey | None) -> ShownStep | None:
        """A step, if it is shown."""
        raise NotImplementedError

    def selected_place(self) -> QRect:
        """Place of the selected step in the view now."""
        raise NotImplementedError

    def show_selected(self) -> None:
        """Scroll until the selected step is in view."""
        raise NotImplementedError

    def step_at(self, where: QPoint) -> StepKey | None:
        """The step at a point of the view."""
        raise NotImplementedError

    def column_at(self, where: QPoint) -> int | None:
        """The column at a point of the view, from 0, or ``LATER``."""
        raise NotImplementedError

    def words_at(self, where: QPoint) -> str:
        """Text of the tool tip at a point of the view."""
        raise NotImplementedError

    def _lay_out_again(self) -> None:
        raise NotImplementedError

    def _follow_drag(self, where: QPoint) -> None:
        """Scroll while a step is dragged, where that is possible."""

    # ---- selection ---------------------------------------------------------------------------

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self.theme = theme
        self.viewport().update()

    @property
    def selected(self) -> ShownStep | None:
        """The selected step."""
        return self.step(self._key)

    def forget_selection(self) -> None:
        """Begin at the first step of the next plan."""
        self._key = None

    def select(self, key: StepKey) -> None:
        """Select a step, and scroll to it."""
        if key != self._key and self.step(key) is not None:
            self._key = key
            self.step_selected.emit(key)
        self.show_selected()
        self.viewport().update()

    def _keep_selection(self, first: StepKey | None) -> None:
        """Select ``first`` if the selected step has gone, maybe from under the pointer."""
        if self.step(self._key) is None:
            self._key = first
            self.drag = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out_again()

    def _set_ranges(self, hidden: QSize, page: QSize, step: QSize) -> None:
        """Let the bars scroll what is ``hidden`` (pixels, nothing below 0) by pages and steps."""
        sideways, down = self.horizontalScrollBar(), self.verticalScrollBar()
        sideways.setRange(0, max(0, hidden.width()))
        sideways.setPageStep(page.width())
        sideways.setSingleStep(step.width())
        down.setRange(0, max(0, hidden.height()))
        down.setPageStep(page.height())
        down.setSingleStep(step.height())
        self.viewport().update()

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
            self._pressed, self._grabbed = where, self.column_at(where)
            self.select(key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        where, shapes = event.position().toPoint(), Qt.CursorShape
        if self._pressed is None:
            is_over = self.step_at(where) is not None
            self.viewport().setCursor(shapes.PointingHandCursor if is_over else shapes.ArrowCursor)
            return
        far = (where - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self.drag is not None or far:
            self.drag = Drag(self._pressed, where)
            self._follow_drag(where)
            self.viewport().setCursor(shapes.ClosedHandCursor)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_dragged, step = self.drag is not None, self.selected
        self._pressed = self.drag = None
        self.viewport().unsetCursor()
        self.viewport().update()
        if not was_dragged or step is None:
            return
        released = self.column_at(event.position().toPoint())
        column = column_after_drag(step.column, self._grabbed, released)
        if column is not None:
            self.step_dropped.emit(step.key, column)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        key = self.step_at(event.position().toPoint())
        if key is not None:
            self.step_opened.emit(key)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tool_tip(self.words_at(event.pos())))
            return True
        return super().viewportEvent(event)
