"""Menu that sets the status of a step."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.session.step_details import STATUS_WORDS, StepStatus
from app.words.texts import Translator
from ui.widgets.basics import menu_text


class StatusMenu(QMenu):
    """The current status is checked; deleted once it is closed."""

    #: This ``StepStatus`` is wanted.
    chosen = Signal(object)

    def __init__(self, name: str, current: StepStatus, tr: Translator, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("status-menu")
        self.setAccessibleName(tr.gettext("Status of {step}", step=name))
        for status, words in STATUS_WORDS.items():
            action = self.addAction(menu_text(tr.gettext(words)))
            action.setCheckable(True)
            action.setChecked(status is current)
            action.triggered.connect(lambda _checked=False, status=status: self.chosen.emit(status))
            if status is current:
                self.setActiveAction(action)
        self.aboutToHide.connect(self.deleteLater)
