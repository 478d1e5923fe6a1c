"""Context shared by the whole window: language, colours, services, notices."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.words.texts import Translator, translator_for
from exports.palette import LIGHT, PALETTES, Palette
from ui.shell.key_choices import KeyChoices

if TYPE_CHECKING:
    from ui.services import Services


class Context(QObject):
    """Shared context of pages, flows and dialogs; available before any library is open."""

    language_changed = Signal()
    theme_changed = Signal()
    #: Request for a page of ``ui.pages`` by its name.
    page_requested = Signal(str)
    #: Request to open the session with this id.
    session_requested = Signal(str)
    #: Request for the sessions of an organisation; carries its id.
    client_requested = Signal(str)
    #: Request for a new session; carries the id of the organisation to propose, or nothing.
    new_session_requested = Signal(str)
    #: Request to agree on the day of the workshop after the open session.
    next_workshop_requested = Signal()
    #: Typed text began to wait for being stored, or waits no more.
    typed_text_waits_changed = Signal()
    #: Request to store what is still being typed.
    flush_requested = Signal()
    #: Request for an export; carries an ``exports.export.ExportRequest``.
    export_requested = Signal(object)
    #: A sentence for the notice bar.
    notice_raised = Signal(str)
    #: An error of ``app.errors`` for the notice bar.
    error_raised = Signal(object)
    #: The same for something that can be tried again: the error and the key of its notice, which
    #: success replaces or withdraws.
    refused = Signal(object, str)
    #: What was refused before has worked; carries that key.
    succeeded = Signal(str)

    def __init__(
        self,
        services: Services,
        parent: QObject | None = None,
        texts: Translator | None = None,
    ) -> None:
        super().__init__(parent)
        self.services = services
        self.texts: Translator = texts or translator_for("en")
        self.theme: Palette = LIGHT
        self.keys = KeyChoices(self)
        #: Name of the person at the keyboard, for what is logged; the window sets it.
        self.user_name: Callable[[], str] = str
        self._typed_text_waits = False

    @property
    def typed_text_waits(self) -> bool:
        """True while the window shows text that is not stored yet."""
        return self._typed_text_waits

    def set_typed_text_waits(self, waits: bool) -> None:
        """Set it, and notify those who show the saving state."""
        if waits != self._typed_text_waits:
            self._typed_text_waits = waits
            self.typed_text_waits_changed.emit()

    def flush_pending_edits(self) -> None:
        """Store pending input; call before undo, redo, export and closing."""
        self.flush_requested.emit()

    def set_language(self, language: str) -> None:
        """Switch the language of the interface."""
        self.texts = translator_for(language)
        self.language_changed.emit()

    def set_theme(self, name: str) -> None:
        """Switch to the theme ``light`` or ``dark``."""
        self.set_palette(PALETTES[name])

    def set_palette(self, palette: Palette) -> None:
        """Switch to these colours."""
        self.theme = palette
        self.theme_changed.emit()
