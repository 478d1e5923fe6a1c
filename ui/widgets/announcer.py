"""Sentences for screen readers about what has just happened."""

from __future__ import annotations

import weakref

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.shell.application import running_application


def announce(source: QWidget, sentence: str, *, urgent: bool = False) -> None:
    """Announce a sentence; an urgent one interrupts what is being read.

    Readers that do not know announcements follow the focus, so the focused widget has the sentence
    as its description, too, until it loses the focus.
    """
    if not sentence:
        return
    _lend(QApplication.focusWidget(), sentence)
    if QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(source, sentence)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
        QAccessible.updateAccessibility(event)


def show_fault_at(field: QWidget, sentence: str, hint: str = "") -> None:
    """Describe a field by its fault and announce it; without a fault, ``hint`` describes it."""
    field.setAccessibleDescription(sentence or hint)
    announce(field, sentence, urgent=True)


class _Lender(QObject):
    """Gives the focused widget a passing description, and its own back when it loses the focus."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._widget: weakref.ref[QWidget] | None = None
        self._own = self._said = ""
        # Queued, so that readers know of the new focus before the old one changes.
        application.focusChanged.connect(self._take_back, Qt.ConnectionType.QueuedConnection)

    def lend(self, widget: QWidget, sentence: str) -> None:
        """Describe the widget by this sentence."""
        described = widget.accessibleDescription()
        if self._lent_to() is not widget or described != self._said:
            self._own = described
        self._widget, self._said = weakref.ref(widget), sentence
        widget.setAccessibleDescription(sentence)

    def _take_back(self) -> None:
        widget = self._lent_to()
        if widget is None or widget.hasFocus():
            return
        self._widget = None
        if widget.accessibleDescription() == self._said:  # else it has a new one of its own
            widget.setAccessibleDescription(self._own)

    def _lent_to(self) -> QWidget | None:
        widget = None if self._widget is None else self._widget()
        return widget if widget is not None and isValid(widget) else None


def _lend(widget: QWidget | None, sentence: str) -> None:
    if widget is None or sentence in (widget.accessibleName(), widget.accessibleDescription()):
        return
    application = running_application()
    lender = application.findChild(_Lender) or _Lender(application)
    lender.lend(widget, sentence)
