"""A minimal PySide6 program: a main window of our size that reports its first paint."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from ui.trace import mark


class Canvas(QWidget):
    """Reports its first paint; quits with the next event loop iteration."""

    was_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Report the paint and quit."""
        super().paintEvent(event)
        if not self.was_painted:
            self.was_painted = True
            QTimer.singleShot(0, self, _leave)


def _leave() -> None:
    mark("painted")
    QApplication.exit(0)


def main() -> int:
    """Show the window."""
    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(Canvas())
    window.resize(1280, 800)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
