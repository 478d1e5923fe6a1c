"""Confirmation before closing with unsaved changes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.words.texts import Translator
from ui.dialogs.base import Sheet
from ui.dialogs.text_dialog import read_only_text


class UnsavedDialog(Sheet):
    """Asks what to do about unsaved changes before closing."""

    retry_wanted = Signal()
    elsewhere_wanted = Signal()
    close_wanted = Signal()

    def __init__(
        self,
        tr: Translator,
        waiting: Sequence[str],
        reason: str,
        *,
        is_kept: bool,
        parent: QWidget | None = None,
    ) -> None:
        title = tr.ngettext("{n} change is not saved", "{n} changes are not saved", len(waiting))
        super().__init__("unsaved-dialog", title, reason, parent)
        self.body.addWidget(read_only_text("\n".join(waiting), title))
        consequence = (
            tr.gettext(
                "If you close anyway, Stufenplan offers the unsaved changes again at "
                "the next start."
            )
            if is_kept
            else tr.gettext("If you close anyway, unsaved changes are lost.")
        )
        self.show_fault(consequence)
        buttons = (
            ("close-anyway", tr.gettext("Close anyway"), self.close_wanted),
            ("elsewhere", tr.gettext("Save elsewhere…"), self.elsewhere_wanted),
            ("retry", tr.gettext("Try again"), self.retry_wanted),
        )
        for name, text, signal in buttons:
            button = self.add_button(name, text)
            button.clicked.connect(self.accept)
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit())
        stay = self.add_button("stay", tr.gettext("Keep working"), is_primary=True)
        stay.clicked.connect(self.reject)
        self.want(620, 340)
