"""The moment at which typed text is stored: after a pause, and soon enough without one."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

STORE_AFTER_MS = 300
"""Pause in typing after which text is stored."""

STORE_AT_LATEST_MS = 800
"""Typing without a pause is stored this long after the first key."""


class StoreDelay(QObject):
    """Runs from the first key on; further keys put only the end of the pause off."""

    #: The text is to be stored now.
    due = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.pause = self._timer(STORE_AFTER_MS)
        self.latest = self._timer(STORE_AT_LATEST_MS)

    def _timer(self, interval: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(self.due)
        return timer

    def touch(self) -> None:
        """Another key was pressed."""
        self.pause.start()
        if not self.latest.isActive():
            self.latest.start()

    def stop(self) -> None:
        """Wait for nothing. Idempotent."""
        self.pause.stop()
        self.latest.stop()
