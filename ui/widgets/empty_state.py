"""Empty state of a page: a sentence, the reason, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from exports.palette import Palette
from ui.painting.radars import paint_profile, paint_ring, radar_in
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import make_frame, make_label
from ui.widgets.themed import ThemedWidget

#: Name, words and deed of a button.
Offer = tuple[str, str, Callable[[], object]]
_SHARES = (0.62, 0.8, 0.4, 0.7, 0.5)


class RadarMark(ThemedWidget):
    """A small radar as a mark: rings, and a profile inside them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedSize(QSize(scaled(104), scaled(104)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radar = radar_in(QRectF(self.rect()), len(_SHARES), margin=3)
        for ring in (0.25, 0.5, 0.75):
            paint_ring(painter, radar, ring, QPen(QColor(self.theme.line), 1))
        target = QPen(QColor(self.theme.target), 1.2, Qt.PenStyle.DashLine)
        paint_ring(painter, radar, 1, target)
        paint_profile(painter, radar, _SHARES, self.theme, line=2)


class EmptyState(QWidget):
    """Centred: mark, title, sentence and buttons; the first button is the proposed one."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._buttons: list[QPushButton] = []
        self._build()

    def _build(self) -> None:
        card = make_frame("card")
        self._card = card
        TYPE.changed.connect(self._fit)
        self._fit()
        self._mark = RadarMark()
        self._title = make_label("title", wrap=True)
        self._sentence = make_label("lead", wrap=True)
        for label in (self._title, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._row = QVBoxLayout()
        self._row.setSpacing(8)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(32, 32, 32, 32)
        inside.setSpacing(12)
        inside.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addSpacing(8)
        inside.addWidget(self._title)
        inside.addWidget(self._sentence)
        inside.addSpacing(12)
        inside.addLayout(self._row)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card, 100)
        across.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addStretch(2)
        layout.addLayout(across)
        layout.addStretch(3)

    def _fit(self) -> None:
        self._card.setMaximumWidth(scaled(640))
        for button in self._buttons:
            button.setMinimumWidth(scaled(240))

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The offers, the proposed one first."""
        return tuple(self._buttons)

    @property
    def sentence(self) -> str:
        """The text below the title."""
        return self._sentence.text()

    def fill(self, title: str, sentence: str, offers: Sequence[Offer]) -> None:
        """Set the words and the buttons."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for place, (name, words, run) in enumerate(offers):
            button = QPushButton(words, self)
            button.setObjectName(name)
            button.setAccessibleName(words)
            button.setMinimumWidth(scaled(240))
            # Enter presses it, too, although this is not a dialog.
            button.setAutoDefault(True)
            button.clicked.connect(lambda _checked=False, run=run: run())
            if place == 0:
                button.setProperty("role", "primary")
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            self._buttons.append(button)

    def apply_theme(self, theme: Palette) -> None:
        """Take these colours."""
        self._mark.apply_theme(theme)
