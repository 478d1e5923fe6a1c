"""Open state: no library, a library, or a library with an open session."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.context import Context

if TYPE_CHECKING:
    from datetime import date

    from app.portfolio import Client
    from app.ports import Library
    from ui.workspace import Workspace


class OpenState(QObject):
    """Owns the open library and the workspace of the open session, and replaces them.

    The only place that knows that there may be none. :attr:`library` and :attr:`workspace` are
    for what runs only while there is one; they raise ``RuntimeError`` otherwise.
    """

    #: Another library is open.
    library_changed = Signal()
    #: The library's list of sessions has changed: one was archived, imported or merged.
    sessions_changed = Signal()
    #: The sessions of another client are shown, or those of all.
    shown_client_changed = Signal()
    #: A session was opened, perhaps in place of another one.
    session_opened = Signal()
    #: The session was closed; none is open now.
    session_closed = Signal()
    #: ``Workspace.areas_changed`` of whichever workspace is open.
    areas_changed = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._library: Library | None = None
        self._workspace: Workspace | None = None
        self._client_id: str | None = None
        self._shows_all_clients = False
        self.sessions_changed.connect(self._look_again_at_earlier)

    @property
    def has_library(self) -> bool:
        """True if a library is open."""
        return self._library is not None

    @property
    def has_session(self) -> bool:
        """True if a session is open."""
        return self._workspace is not None

    @property
    def library(self) -> Library:
        """The open library."""
        if self._library is None:
            raise RuntimeError("no library is open")
        return self._library

    @property
    def workspace(self) -> Workspace:
        """The workspace of the open session."""
        if self._workspace is None:
            raise RuntimeError("no session is open")
        return self._workspace

    @property
    def client_id(self) -> str | None:
        """Id of the organisation whose session is open, or was open last; ``None`` for none."""
        if self.has_session:
            self._client_id = self.workspace.session.organisation.id
        elif self._client_id is None and self.has_library:
            self._client_id = self.library.last_client()
        return self._client_id

    @property
    def shown_client_id(self) -> str | None:
        """Id of the only organisation that may be named on screen; ``None`` for all of them.

        The window may be mirrored on a wall in front of one client, so the names of the others
        appear only after a deliberate step, until the next session is opened.
        """
        return None if self._shows_all_clients else self.client_id

    def show_all_clients(self, shows_all: bool) -> None:
        """Show the sessions of all clients, or again of one."""
        if shows_all != self._shows_all_clients:
            self._shows_all_clients = shows_all
            self.shown_client_changed.emit()

    def clients(self, today: date) -> tuple[Client, ...]:
        """Every client of the open library; none without one."""
        return self.library.portfolio(today) if self.has_library else ()

    def show_client(self, client_id: str) -> None:
        """Show the sessions of this client only; no session of another one may be open."""
        self._client_id = client_id
        self._shows_all_clients = False
        self.shown_client_changed.emit()

    @property
    def library_path(self) -> Path | None:
        """The file of the open library."""
        return self.library.path if self.has_library else None

    @property
    def is_saved(self) -> bool:
        """True if no change waits to be stored."""
        return not (self.has_session and self.workspace.workshop.unsaved)

    @property
    def is_read_only(self) -> bool:
        """True if the open library can only be viewed."""
        return self.has_library and self.library.read_only is not None

    def may_change(self) -> bool:
        """True unless the library can only be viewed; then a notice says why."""
        why = self.library.read_only
        if why is not None:
            self._context.error_raised.emit(why)
        return why is None

    @property
    def session_id(self) -> str:
        """Id of the open session; empty if none is open."""
        return self.workspace.session.id if self.has_session else ""

    def is_open(self, session_id: str) -> bool:
        """True if this session is the open one."""
        return bool(session_id) and self.session_id == session_id

    def open_library(self, library: Library) -> None:
        """Replace the open library; the old one is closed and its notices are shown."""
        self.close_session()
        old, self._library = self._library, library
        self._client_id = None
        self._shows_all_clients = False
        if old is not None:
            old.close()
            for notice in old.notices:
                self._context.error_raised.emit(notice)
        self.library_changed.emit()

    def close_library(self) -> None:
        """Close the open library; the workspace stays readable. Idempotent."""
        if self._workspace is not None:
            self._workspace.stop_planning()
        library, self._library = self._library, None
        if library is not None:
            library.close()

    def move_to(self, library: Library) -> bool:
        """Continue the open session in a copy of its library; True if everything is saved."""
        old, self._library = self.library, library
        self.workspace.move_to(library)
        is_saved = self.workspace.workshop.retry()
        old.close()
        self.library_changed.emit()
        return is_saved

    def open_session(self, session_id: str) -> None:
        """Open a session where it was left; raises errors of ``app.errors``."""
        self._open(session_id)
        self.show_all_clients(False)
        self.session_opened.emit()
        self.workspace.remember_position()

    def _open(self, session_id: str) -> None:
        from ui.workspace import Workspace

        self._context.flush_pending_edits()
        workspace = Workspace(self._context, self.library, session_id)
        workspace.areas_changed.connect(self.areas_changed)
        if self.has_session:
            self.workspace.close()
        self._workspace = workspace

    def _look_again_at_earlier(self) -> None:
        if self.has_session:
            self.workspace.look_again_at_earlier()

    def reload_session(self) -> None:
        """Read the open session again after it changed in the library; all of it is saved."""
        if self.has_session:
            former = self.workspace
            self._open(former.session.id)
            self.workspace.compare_like(former)
            self.session_opened.emit()

    def follow_client(self, former_id: str, current_id: str) -> None:
        """Show what an organisation became that was merged into another one."""
        if self._client_id == former_id:
            self._client_id = current_id

    def close_session(self) -> None:
        """Close the open session. Idempotent."""
        if self.has_session:
            self._context.flush_pending_edits()
            self._client_id = self.client_id  # goes on being the one on screen
            self.workspace.close()
            self._workspace = None
            self.session_closed.emit()
