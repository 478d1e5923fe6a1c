"""Empty states of the library page: nothing yet, nothing found, not opened."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.errors import AppError
from ui.context import Context
from ui.widgets.empty_state import EmptyState, Offer


class WayOut(Enum):
    """Options offered for a library that does not open."""

    TRY_AGAIN = "try-again"
    CHOOSE = "choose"
    CREATE = "create"
    RESTORE = "restore"
    OWN = "own-library"
    CREATE_OWN = "create-own-library"


class LibraryStates(QObject):
    """The widgets, and their words in the language of the window."""

    new_session_wanted = Signal()
    sample_wanted = Signal()
    clear_wanted = Signal()
    all_clients_wanted = Signal()
    way_out_chosen = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._refusal: AppError | None = None
        self._ways_out: tuple[WayOut, ...] = ()
        self.empty = EmptyState("empty-library")
        self.none_of_client = EmptyState("no-session-of-client")
        self.nothing_found = EmptyState("nothing-found")
        self.refused = EmptyState("refused-library")
        self.all = (self.empty, self.none_of_client, self.nothing_found, self.refused)

    def refuse(self, error: AppError, ways_out: Sequence[WayOut]) -> None:
        """Note why a library does not open, and what can be done about it."""
        self._refusal = error
        self._ways_out = tuple(ways_out)

    def fill(self, state: object, words: str = "") -> None:
        """Set the words of one of the widgets; ``words`` are those that were searched for."""
        if state is self.empty:
            self._fill_empty()
        elif state is self.none_of_client:
            self._fill_none_of_client()
        elif state is self.nothing_found:
            self._fill_nothing_found(words)
        elif state is self.refused and self._refusal is not None:
            self._fill_refused(self._refusal)

    def apply_theme(self) -> None:
        """Take the colours of the window."""
        for each in self.all:
            each.apply_theme(self._context.theme)

    def _new_session(self) -> Offer:
        words = self._context.texts.gettext("New session")
        return ("new-session-first", words, self.new_session_wanted.emit)

    def _fill_empty(self) -> None:
        tr = self._context.texts
        self.empty.fill(
            tr.gettext("No sessions yet"),
            tr.gettext(
                "Start with a session for your client, or look around in the sample first:"
                " a fictional organisation with two workshops, eight months apart."
            ),
            (
                self._new_session(),
                ("sample", tr.gettext("Open the sample workshop"), self.sample_wanted.emit),
            ),
        )

    def _fill_none_of_client(self) -> None:
        """Other clients have sessions; which, is seen after a deliberate step only."""
        tr = self._context.texts
        self.none_of_client.fill(
            tr.gettext("No session of this organisation"),
            tr.gettext(
                "The library holds sessions of other organisations."
                " They are shown when you ask for them."
            ),
            (
                self._new_session(),
                ("others", tr.gettext("Show all organisations"), self.all_clients_wanted.emit),
            ),
        )

    def _fill_nothing_found(self, words: str) -> None:
        tr = self._context.texts
        self.nothing_found.fill(
            tr.gettext("No session matches “{words}”", words=words),
            tr.gettext("The search looks at organisation, unit and title."),
            (("clear-search", tr.gettext("Show all sessions"), self.clear_wanted.emit),),
        )

    def _fill_refused(self, refusal: AppError) -> None:
        tr = self._context.texts
        words = {
            WayOut.TRY_AGAIN: tr.gettext("Try again"),
            WayOut.CHOOSE: tr.gettext("Open another library…"),
            WayOut.CREATE: tr.gettext("Create a new library…"),
            WayOut.RESTORE: tr.gettext("Restore a backup…"),
            WayOut.OWN: tr.gettext("Open my own library"),
            WayOut.CREATE_OWN: tr.gettext("Create my own library"),
        }
        self.refused.fill(
            tr.gettext("The library was not opened"),
            refusal.say(tr),
            [
                (way.value, words[way], partial(self.way_out_chosen.emit, way))
                for way in self._ways_out
            ],
        )
