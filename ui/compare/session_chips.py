"""Chips of the sessions that are compared: date, line of the chart, and a way to remove them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from app.words.texts import Translator
from exports.palette import LIGHT, Palette
from ui.type_scale import TYPE, scale, scaled
from ui.widgets.basics import discard, make_frame, make_label
from ui.widgets.controls import PressButton
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.themed import ThemedWidget

_SAMPLE, _SAMPLE_HEIGHT, _HEIGHT = 24, 14, 30


@dataclass(frozen=True, slots=True)
class Chip:
    """One session: its id, its date, what tells it from the others, and if it can be removed."""

    session_id: str
    text: str
    said: str
    is_open: bool


class LineSample(ThemedWidget):
    """The line of a session in the overlay: dotted, thin or thick."""

    def __init__(self, place: int, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place, self._count = place, count
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedSize(scaled(_SAMPLE), scaled(_SAMPLE_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = self.height() / 2
        painter.setPen(line_pen(self._place, self._count, self.theme))
        painter.drawLine(QPointF(1, middle), QPointF(self.width() - 1, middle))


def line_pen(place: int, count: int, theme: Palette) -> QPen:
    """The line of the session at a place, oldest first, of so many."""
    if place == count - 1:
        return QPen(QColor(theme.current), 3 * scale())
    pen = QPen(QColor(theme.earlier), 1.8 * scale())
    if place < count - 2:
        pen.setDashPattern([1.2, 1.6])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


class _Remove(PressButton):
    """The small cross; Del presses it, too."""

    def __init__(self) -> None:
        super().__init__("remove-session", "close")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
            return
        super().keyPressEvent(event)


class SessionChips(QWidget):
    """The chips in a row that wraps, and a button that adds a session."""

    #: Id of a session that is to be compared no longer.
    removed = Signal(str)
    add_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._chips: tuple[Chip, ...] = ()
        self._frames: list[QWidget] = []
        self.add_button = PressButton("add-session")
        self.add_button.clicked.connect(self.add_pressed)
        self._flow = FlowLayout(self, spacing=8, align_right=True)
        self._flow.addWidget(self.add_button)
        TYPE.changed.connect(self._fit)

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The chips shown, oldest session first."""
        return self._chips

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._flow.heightForWidth(width)

    def sizeHint(self) -> QSize:
        widths = [frame.sizeHint().width() for frame in (*self._frames, self.add_button)]
        width = sum(widths) + 8 * len(self._frames)
        return QSize(width, self.heightForWidth(max(self.width(), 1)))

    def fill(self, chips: Sequence[Chip], theme: Palette, tr: Translator) -> None:
        """Show these sessions; unchanged ones keep their widgets, and with them the focus."""
        if (tuple(chips), theme) == (self._chips, self._theme):
            return
        focused = QApplication.focusWidget()
        had_focus = focused is not None and any(
            frame.isAncestorOf(focused) for frame in self._frames
        )
        self._chips, self._theme = tuple(chips), theme
        for frame in self._frames:
            self._flow.removeWidget(frame)
            discard(frame)
        self._flow.removeWidget(self.add_button)
        self._frames = [self._made(place, chip, tr) for place, chip in enumerate(chips)]
        for frame in (*self._frames, self.add_button):
            self._flow.addWidget(frame)
        buttons = self.findChildren(_Remove)
        for before, after in zip(buttons, [*buttons[1:], self.add_button], strict=False):
            QWidget.setTabOrder(before, after)
        if had_focus:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()

    def _made(self, place: int, chip: Chip, tr: Translator) -> QWidget:
        frame = make_frame("chip", self)
        frame.setObjectName("session-chip")
        row = QHBoxLayout(frame)
        row.setContentsMargins(10, 0, 10 if chip.is_open else 3, 0)
        row.setSpacing(8)
        sample = LineSample(place, len(self._chips))
        sample.apply_theme(self._theme)
        words = make_label()
        words.setText(chip.text)
        words.setAccessibleName(chip.said)
        row.addWidget(sample)
        row.addWidget(words)
        if not chip.is_open:
            remove = _Remove()
            remove.set_text("×", tr.gettext("Remove {session}", session=chip.said))
            remove.clicked.connect(
                lambda _checked=False, id_=chip.session_id: self.removed.emit(id_)
            )
            row.addWidget(remove)
        frame.setMinimumHeight(scaled(_HEIGHT))
        return frame

    def _fit(self) -> None:
        for frame in self._frames:
            frame.setMinimumHeight(scaled(_HEIGHT))
