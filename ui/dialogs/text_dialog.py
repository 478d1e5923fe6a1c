"""Dialog with longer read-only text, for example a report or a list of faults."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.words.formula_guard import guarded_cells
from app.words.texts import Translator
from ui.dialogs.base import Sheet


class TextDialog(Sheet):
    """Title, one sentence, the text, and a button that copies it."""

    def __init__(
        self, tr: Translator, title: str, lead: str, text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("text-dialog", title, lead, parent)
        self.text = read_only_text(text, title)
        self.body.addWidget(self.text)
        copy = self.add_button("copy-text", tr.gettext("Copy"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(guarded_cells(text)))
        close = self.add_button("close-dialog", tr.gettext("Close"), is_primary=True)
        close.clicked.connect(self.accept)
        self.want(720, 480)


def read_only_text(text: str, name: str) -> QPlainTextEdit:
    """A field that shows a text, can be scrolled and copied from, and left by Tab."""
    field = QPlainTextEdit()
    field.setObjectName("shown-text")
    field.setAccessibleName(name)
    field.setReadOnly(True)
    field.setTabChangesFocus(True)
    field.setPlainText(text)
    return field
