"""Application-wide Qt settings: theme and translations of Qt's own texts."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication


def running_application() -> QApplication:
    """The application; raises ``TypeError`` without one that has widgets."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("the window needs an application")
    return application
