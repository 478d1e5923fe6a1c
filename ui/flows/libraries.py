"""Opening and creating libraries, and recovery if one does not open."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import AppError, LibraryInUse, NewerFile, NotFound, StorageUnavailable
from ui.flows.host import Host
from ui.library.library_states import WayOut
from ui.shell.notice_bar import NoticeButton
from ui.shell.saving import MAY_NOT_LEAVE
from ui.trace import mark

if TYPE_CHECKING:
    from app.ports import Library
    from ui.shell.single_instance import FirstWindow

ENDING = ".stufenplan"
READ_ONLY = "read-only"
LISTEN_AFTER_MS = 150
WARM_UP_AFTER_MS = 500


class LibraryFlow(QObject):
    """Chooses which library is open."""

    #: A library was opened in place of another one, or of none.
    opened = Signal()
    #: No library is open: the error, and a list of :class:`WayOut`, the most promising first.
    refused = Signal(object, object)
    #: The user wants to restore a backup instead.
    restore_wanted = Signal()
    #: The program was started a second time on the open library.
    called = Signal()

    def __init__(self, host: Host) -> None:
        super().__init__(host.window)
        self._host = host
        self._refused_path: Path | None = None
        self._listener: FirstWindow | None = None
        self._warm_up_timer = QTimer(self)
        self._warm_up_timer.setSingleShot(True)
        self._warm_up_timer.setInterval(WARM_UP_AFTER_MS)
        self._warm_up_timer.timeout.connect(self._warm_up)

    @property
    def path(self) -> Path:
        """File of the open library; else of the refused one, else of the user's own."""
        path = self._host.state.library_path or self._refused_path
        return path or self._host.context.services.default_library()

    # ---- opening -----------------------------------------------------------------------------

    def open_at_start(self, named: Path | None) -> None:
        """Open the library that was named, else the last one, else the user's own."""
        settings = self._host.settings
        page = settings.text("window/page", "library")
        default = self._host.context.services.default_library()
        remembered = settings.text("library/path")
        path = named or (Path(remembered) if remembered else default)
        is_open = self.open(path, create=named is None and path == default, at_start=True)
        mark("filled")
        if is_open:
            self._reopen_session(page)

    def open(self, path: Path, *, create: bool = False, at_start: bool = False) -> bool:
        """Open a library in place of the present one; returns True on success."""
        if not self._may_leave(path):
            return False
        try:
            library = self._host.context.services.open_library(path, create=create)
        except LibraryInUse as error:
            if self._bring_first_forward(path):
                self._on_handed_over(error, at_start=at_start)
            else:
                self._refuse(error, path)
            return False
        except AppError as error:
            self._refuse(error, path)
            return False
        self._replace(library)
        return True

    def _may_leave(self, path: Path) -> bool:
        """True unless changes are unsaved or this library is open already."""
        context, present = self._host.context, self._host.state.library_path
        if present is None:
            return True
        context.flush_pending_edits()
        if not self._host.state.is_saved:
            said = context.texts.gettext(
                "Another library can be opened once everything here is saved."
            )
            self._host.notices.show_notice(said, warning=True, key=MAY_NOT_LEAVE)
            return False
        if _same(present, path):
            context.page_requested.emit("library")
            return False
        return True

    def _replace(self, library: Library) -> None:
        self._host.state.open_library(library)
        self._refused_path = None
        self._host.notices.end_library()
        self._remember(library.path)
        self._host.context.page_requested.emit("library")
        for notice in library.notices:
            self._host.context.error_raised.emit(notice)
        QTimer.singleShot(LISTEN_AFTER_MS, self, self._listen)
        if self._host.state.is_read_only:
            self._show_read_only()
        self._warm_up_timer.start()
        self.opened.emit()

    def on_moved(self) -> None:
        """Follow the session into a copy of its library."""
        path = self._host.state.library.path
        self._remember(path)
        self._listen()
        said = self._host.context.texts.gettext("From now on you work in {path}.", path=path)
        self._host.notices.show_notice(said)

    def _remember(self, path: Path) -> None:
        path = path.absolute()  # the next start may have another working folder
        is_default = path == self._host.context.services.default_library().absolute()
        self._host.settings.put("library/path", "" if is_default else str(path))

    def _reopen_session(self, page: str) -> None:
        """Continue where the last run ended, unless that was on the library page."""
        position = None if page == "library" else self._host.state.library.last_position()
        if position is not None:
            self._open_session(position[0], page)

    def _open_session(self, session_id: str, page: str) -> None:
        try:
            self._host.state.open_session(session_id)
        except AppError as error:
            self._host.context.error_raised.emit(error)
            return
        self._host.context.page_requested.emit(page)

    # ---- a library that does not open --------------------------------------------------------

    def _refuse(self, error: AppError, path: Path) -> None:
        if self._host.state.has_library:
            self._host.context.error_raised.emit(error)
            return
        self._refused_path = path
        self.refused.emit(error, self._ways_out(error, path))
        self._host.context.page_requested.emit("library")

    def _ways_out(self, error: AppError, path: Path) -> list[WayOut]:
        from ui.dialogs.files import looked_up

        default, ways = self._host.context.services.default_library(), self._ways_for(error, path)
        if _same(path, default):
            return ways
        is_there = looked_up(default.exists, otherwise=True)
        return [ways[0], WayOut.OWN if is_there else WayOut.CREATE_OWN, *ways[1:]]

    def _ways_for(self, error: AppError, path: Path) -> list[WayOut]:
        restore = [WayOut.RESTORE] if self._host.context.services.backups_of(path) else []
        if isinstance(error, NotFound):
            return [WayOut.CREATE, WayOut.CHOOSE, *restore]
        if isinstance(error, NewerFile):
            return [WayOut.CHOOSE, WayOut.CREATE]
        if isinstance(error, LibraryInUse):
            return [WayOut.TRY_AGAIN, WayOut.CHOOSE, WayOut.CREATE]
        if isinstance(error, StorageUnavailable):
            return [WayOut.TRY_AGAIN, WayOut.CHOOSE, WayOut.CREATE, *restore]
        return [*restore, WayOut.CHOOSE, WayOut.CREATE]

    def take_way_out(self, way: WayOut) -> None:
        """Perform the action chosen on the library page."""
        if way is WayOut.TRY_AGAIN and self._refused_path is not None:
            self.open(self._refused_path)
        elif way is WayOut.CHOOSE:
            self.choose()
        elif way is WayOut.CREATE:
            self.create()
        elif way is WayOut.RESTORE:
            self.restore_wanted.emit()
        elif way in (WayOut.OWN, WayOut.CREATE_OWN):
            self.open(self._host.context.services.default_library(), create=True)

    # ---- a library that can only be viewed ----------------------------------------------------

    def show_change_refused(self) -> None:
        """Tell that nothing can be changed here, and offer the way out."""
        self._host.notices.withdraw(READ_ONLY)
        self._show_read_only(warning=True)

    def _show_read_only(self, *, warning: bool = False) -> None:
        why, tr = self._host.state.library.read_only, self._host.context.texts
        if why is not None:
            copy = NoticeButton(tr.gettext("Save a copy…"), self.save_copy, is_primary=True)
            self._host.notices.show_notice(
                why.say(tr),
                buttons=(copy,),
                warning=warning,
                key=READ_ONLY,
                again=partial(self._show_read_only, warning=warning),
                outlives_session=True,
            )

    def save_copy(self) -> None:
        """Ask where to save a copy of the library, and continue in it."""
        from ui.dialogs.files import ask_save_file, library_filter

        tr, name = self._host.context.texts, self._host.state.library.path.name
        ask_save_file(
            self._host.window,
            tr.gettext("Save a copy of the library"),
            self._host.context.services.default_library().parent / name,
            library_filter(tr),
            self.continue_in_copy,
            replaces=False,
        )

    def continue_in_copy(self, target: Path) -> None:
        """Copy the library to a new file, and go on with the open session there."""
        state, context = self._host.state, self._host.context
        session_id = state.session_id
        page = self._host.settings.text("window/page", "library")
        try:
            state.library.save_copy(target)
            context.services.carry_unsaved(state.library.path, target)
        except AppError as error:
            context.error_raised.emit(error)
            return
        if self.open(target) and session_id:
            self._open_session(session_id, page)

    # ---- asking for a file -------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for a library and open it."""
        from ui.dialogs.files import ask_open_file, library_filter

        tr = self._host.context.texts
        ask_open_file(
            self._host.window,
            tr.gettext("Open a library"),
            self.path.parent,
            library_filter(tr),
            self._open_chosen,
        )

    def _open_chosen(self, path: Path) -> None:
        self.open(path)

    def create(self) -> None:
        """Ask for a name and create a library there."""
        from ui.dialogs.files import ask_save_file, library_filter, looked_up

        tr = self._host.context.texts
        name = tr.pgettext("file name", "library")
        proposal = self.path.parent / f"{name}{ENDING}"
        refused = self._refused_path
        if refused is not None and not looked_up(refused.exists, otherwise=True):
            proposal = refused
        ask_save_file(
            self._host.window,
            tr.gettext("Create a new library"),
            proposal,
            library_filter(tr),
            self._create_at,
            replaces=False,
        )

    def _create_at(self, path: Path) -> None:
        from ui.dialogs.files import looked_up

        if looked_up(path.exists, otherwise=False):
            self._host.notices.show_notice(
                self._host.context.texts.gettext(
                    "There is a file “{name}” already. Choose another name; nothing was changed.",
                    name=path.name,
                ),
                warning=True,
            )
            return
        self.open(path, create=True)

    # ---- only one window per library ---------------------------------------------------------

    def _bring_first_forward(self, path: Path) -> bool:
        from ui.shell.single_instance import call_first_window

        return call_first_window(path)

    def _on_handed_over(self, error: LibraryInUse, *, at_start: bool) -> None:
        """Leave the library to the first window, which came forward."""
        if at_start:
            self._host.window.close()
        else:
            self._host.context.error_raised.emit(error)

    def _listen(self) -> None:
        """Answer second starts on the open library."""
        from ui.shell.single_instance import FirstWindow

        self._stop_listening()
        path = self._host.state.library_path
        if path is not None:
            self._listener = FirstWindow(path, self)
            self._listener.called.connect(self.called)
            mark("listening")

    def _stop_listening(self) -> None:
        if self._listener is not None:
            self._listener.stop()
            self._listener.deleteLater()
            self._listener = None

    # ---- start and end -----------------------------------------------------------------------

    def _warm_up(self) -> None:
        """Import the modules of the first chart in the background."""
        services = self._host.context.services
        self._host.tasks.start(lambda _progress: services.warm_up(), uses_files=False)

    def close(self) -> None:
        """Close the library, which backs up what has changed. Idempotent."""
        self._warm_up_timer.stop()
        self._stop_listening()
        self._host.state.close_library()


def _same(first: Path, second: Path) -> bool:
    return first.expanduser().resolve() == second.expanduser().resolve()
