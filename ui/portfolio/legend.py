"""Legend below the list of clients, and the sentence that nobody is compared."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.words.portfolio_words import NOT_COMPARED
from app.words.texts import Translator
from exports.palette import Palette
from ui.painting.radars import paint_mini_profile, paint_no_profile
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import make_label
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.themed import ThemedWidget

_LATEST, _EARLIER = (0.7, 0.6, 0.8, 0.6, 0.7), (0.45, 0.4, 0.5, 0.6, 0.4)


class _Sign(ThemedWidget):
    """A small radar as in the rows; dashed without a profile."""

    def __init__(self, *, has_profile: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_profile = has_profile
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedSize(scaled(20), scaled(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, box = QPainter(self), QRectF(self.rect())
        if self._has_profile:
            paint_mini_profile(painter, box, _LATEST, self.theme, _EARLIER)
        else:
            paint_no_profile(painter, box, self.theme)


class Legend(QWidget):
    """Meaning of the small profiles, and that they compare nobody."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signs = (_Sign(has_profile=True), _Sign(has_profile=False))
        self._words = (make_label("secondary"), make_label("secondary"))
        self._sentence = make_label("secondary", wrap=True)
        signs = QWidget()
        row = FlowLayout(signs, spacing=16)
        for sign, words in zip(self._signs, self._words, strict=True):
            entry = QWidget()
            inside = QHBoxLayout(entry)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(8)
            inside.addWidget(sign)
            inside.addWidget(words)
            row.addWidget(entry)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(6)
        layout.addWidget(signs)
        layout.addWidget(self._sentence)

    def retranslate(self, tr: Translator) -> None:
        """Set every text."""
        latest, none = self._words
        latest.setText(
            tr.gettext("latest session, an earlier one in grey; dimensions of the client's model")
        )
        none.setText(tr.gettext("not assessed yet"))
        self._sentence.setText(tr.gettext(NOT_COMPARED))

    def apply_theme(self, theme: Palette) -> None:
        """Take these colours."""
        for sign in self._signs:
            sign.apply_theme(theme)
