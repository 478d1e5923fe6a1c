"""Widgets painted in the colours of the palette."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from exports.palette import LIGHT, Palette
from ui.painting.bars import paint_bar
from ui.type_scale import TYPE, scaled


class ThemedWidget(QWidget):
    """Keeps the palette, and paints itself again when it changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Palette = LIGHT

    def apply_theme(self, theme: Palette) -> None:
        """Take these colours."""
        if theme is not self.theme:
            self.theme = theme
            self.update()


class ShareBar(ThemedWidget):
    """A thin bar of which a share is filled; empty without a share."""

    def __init__(self, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawn = height
        self._share: float | None = None
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(scaled(self._drawn))

    def set_share(self, share: float | None) -> None:
        """Fill this share, from 0 to 1; ``None`` paints nothing."""
        if share != self._share:
            self._share = share
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._share is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            bar = QRectF(self.rect())
            paint_bar(painter, bar, self._share, self.theme.line, self.theme.accent)
