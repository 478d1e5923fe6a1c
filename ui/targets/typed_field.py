"""Text field of one line whose text is stored while it is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QWidget

from app.errors import AppError, InvalidInput
from exports.palette import LIGHT, Palette
from ui.painting.rows import draw_shortened
from ui.targets.target_columns import FIELD_PADDING
from ui.type_scale import scaled
from ui.widgets.basics import plain_tool_tip
from ui.widgets.store_delay import StoreDelay


class TypedField(QLineEdit):
    """Stores what was typed for an area, after a pause and when it loses the focus.

    Text that cannot be stored yet, such as half a date, waits until the field is left; then it is
    refused and the stored text stands there again. Without the focus the text is shortened to the
    field.
    """

    #: Typed text waits for being stored, or waits no more.
    waiting_changed = Signal(bool)
    #: The typed text cannot be stored: an ``AppError``.
    refused = Signal(object)
    #: Text refused before is stored now, or given up.
    settled = Signal()
    #: Enter or Esc: the focus goes back to the list.
    left = Signal()
    #: The focus has gone elsewhere; the step is complete.
    focus_left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "cell")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        #: Stores a text for an area; raises ``AppError``.
        self.store: Callable[[str, str], None] = lambda _area_id, _text: None
        self._theme: Palette = LIGHT
        self._area_id = self._shown = ""
        self._waits = self._is_storing = False
        self._delay = StoreDelay(self)
        self._delay.due.connect(self._store_if_possible)
        self.textEdited.connect(self._on_edited)

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self._theme = theme
        self.update()

    def show_text(self, area_id: str, text: str) -> None:
        """Show the stored text of an area; what is being typed for the same area stays."""
        if area_id == self._area_id:
            is_same, self._shown = text == self._shown, text
            if is_same or self._waits or self._is_storing:
                return
        else:
            self.flush()
            self._area_id, self._shown = area_id, text
        self._show_stored()

    def flush(self) -> None:
        """Store what waits; what cannot be stored is refused. Idempotent."""
        if not self._waits:
            return
        try:
            self._store()
        except AppError as error:
            self._end_waiting()
            self._show_stored()
            self.refused.emit(error)

    def _on_edited(self) -> None:
        self._delay.touch()
        if not self._waits:
            self._waits = True
            self.waiting_changed.emit(True)

    def _store_if_possible(self) -> None:
        self._delay.stop()
        try:
            self._store()
        except InvalidInput:
            return  # not finished yet
        except AppError as error:
            self._end_waiting()
            self._show_stored()
            self.refused.emit(error)

    def _store(self) -> None:
        if not self._waits:
            return
        self._is_storing = True
        try:
            self.store(self._area_id, self.text())
        finally:
            self._is_storing = False
        self._end_waiting()
        self.settled.emit()

    def _end_waiting(self) -> None:
        self._delay.stop()
        if self._waits:
            self._waits = False
            self.waiting_changed.emit(False)

    def _show_stored(self) -> None:
        if self.text() != self._shown:
            self.setText(self._shown)
        if not self.hasFocus():
            self.setCursorPosition(0)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc store and go back to the list; Esc gives up what cannot be stored."""
        if event.key() == Qt.Key.Key_Escape:
            self._store_if_possible()
            self._end_waiting()
            self._show_stored()
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        try:
            self._store()
        except AppError as error:
            self.refused.emit(error)  # the text stays, so that it can be corrected
        else:
            self.left.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.flush()
            self._show_stored()
            self.focus_left.emit()

    # ---- painting ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Without the focus, shorten the text where Qt would cut it."""
        if self.hasFocus():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        theme = self._theme
        text = self.text()
        painter.setPen(QColor(theme.text if text else theme.secondary))
        room = self.rect().adjusted(scaled(FIELD_PADDING), 0, -2, 0)
        shown = text or self.placeholderText()
        draw_shortened(painter, room, shown)
        is_cut = painter.fontMetrics().horizontalAdvance(shown) > room.width()
        tip = plain_tool_tip(shown) if is_cut else ""
        if tip != self.toolTip():
            self.setToolTip(tip)
