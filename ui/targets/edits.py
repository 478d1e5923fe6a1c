"""Base of the edits of the targets page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.session.session import Session
from app.workshop.workshop import Workshop
from ui.context import Context
from ui.dialogs.base import Sheet
from ui.targets.targets_body import TargetsBody
from ui.targets.targets_filling import TargetsFilling
from ui.widgets.announcer import announce
from ui.widgets.page import SessionPage


class Edits(QObject):
    """Access to the open session, and ways to report the outcome of an edit."""

    #: An edit is finished; the list takes the focus.
    finished = Signal()

    def __init__(
        self, context: Context, filling: TargetsFilling, body: TargetsBody, page: SessionPage
    ) -> None:
        super().__init__(page)
        self.context = context
        self.filling = filling
        self.body = body
        self.page = page
        self.attempt = page.attempt

    @property
    def workshop(self) -> Workshop:
        """The workshop that makes all changes."""
        return self.filling.workspace.workshop

    @property
    def session(self) -> Session:
        """The open session."""
        return self.filling.session

    @property
    def area_id(self) -> str:
        """Id of the current area; empty if the model has no areas."""
        return self.filling.workspace.area_id

    def flush(self) -> None:
        """Store what is being typed."""
        self.context.flush_pending_edits()

    def attempt_in(self, dialog: Sheet, change: Callable[[], object]) -> None:
        """Make the change and close the dialog, or say there what is wrong."""
        if dialog.accept_after(change, self.context.texts):
            self.finished.emit()

    def say(self, sentence: str, **values: object) -> None:
        """Announce a sentence, given in English."""
        announce(self.page, self.context.texts.gettext(sentence, **values))
