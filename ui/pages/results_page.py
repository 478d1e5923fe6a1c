"""The results page: profile, key figures and gaps of the open session."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.context import Context
from ui.pages.page import Page

RADAR_AFTER_MS = 60


class ResultsPage(Page):
    """Profile, key figures and gaps."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("results-page")
        self._room = QVBoxLayout(self)
        self._radar: QWidget | None = None

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        return {}

    def on_shown(self) -> None:
        """Load the radar once the page is painted."""
        QTimer.singleShot(RADAR_AFTER_MS, self, self._load_radar)

    def _load_radar(self) -> None:
        if self._radar is None:
            from ui.widgets.radar_view import RadarView

            self._radar = RadarView(self.context, "area")
            self._room.addWidget(self._radar)
