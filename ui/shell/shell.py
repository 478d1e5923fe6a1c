"""Central widget of the main window: header, notices, pages, and their flows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.words.texts import Translator
from ui.context import Context
from ui.flows.flows import Flows
from ui.flows.host import Host
from ui.library.library_page import LibraryPage
from ui.open_state import OpenState
from ui.pages import PAGE_BY_NAME
from ui.shell.actions import Actions
from ui.shell.appearance import Appearance
from ui.shell.brand import BRAND
from ui.shell.error_notices import ErrorNotices
from ui.shell.frame_dialogs import FrameDialogs
from ui.shell.header_bar import HeaderBar
from ui.shell.notice_bar import NoticeBar
from ui.shell.page_stack import PageStack
from ui.shell.repeat_guard import RepeatGuard
from ui.shell.saving import SavingWatch
from ui.shell.tasks import TaskRunner
from ui.shell.text_undo import TextUndo
from ui.shell.undo import UndoActions
from ui.shell.view_actions import ViewActions
from ui.shell.window import MainWindow
from ui.widgets.basics import make_frame

if TYPE_CHECKING:
    from ui.widgets.page import Page
    from ui.workspace import Workspace


class Shell(QWidget):
    """The central widget: one page at a time, and what holds for all of them."""

    #: The window is about to close; this cannot be cancelled.
    leaving = Signal()

    def __init__(self, frame: MainWindow, context: Context) -> None:
        super().__init__()
        self.frame = frame
        self.context = context
        self.settings = frame.settings
        self.state = OpenState(context, self)
        self.actions_table = Actions(self)
        self.appearance = Appearance(context, self.settings, self.actions_table, self)
        self.header = HeaderBar()
        self.notices = NoticeBar(self)
        self.notices.room = self._room_for_notices
        self.tasks = TaskRunner(self)
        self.library_page = LibraryPage(context, self.state)
        self.stack = PageStack(context, self.state, self.library_page)
        self._build()
        self._build_flows()
        self._connect()
        frame.setCentralWidget(self)
        frame.addActions(list(self.actions_table.by_id.values()))  # they act in the whole window
        frame.setAcceptDrops(True)
        frame.setAnimated(False)  # nothing docks here; Qt would animate every change of layout
        frame.prepare_to_close = self._prepare_to_close
        self.header.show_page("library", has_session=False)
        self.retranslate()

    # ---- building ----------------------------------------------------------------------------

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(make_frame("rule"))
        layout.addWidget(self.stack, 1)
        self.frame.menus.fill(self.actions_table)

    def _build_flows(self) -> None:
        context, state, frame = self.context, self.state, self.frame
        host = Host(context, state, self.settings, self.notices, self.tasks, frame)
        # First of all: what follows may show notices of the session that has been opened.
        state.session_opened.connect(self.notices.end_session)
        state.session_closed.connect(self.notices.end_session)
        state.shown_client_changed.connect(self._on_shown_client_changed)
        self.errors = ErrorNotices(context, self.notices, frame)
        self.dialogs = FrameDialogs(context, state, self.appearance, self.settings, frame)
        self.text_undo = TextUndo(self)
        self.repeat_guard = RepeatGuard(self.actions_table, self)
        self.undo_actions = UndoActions(context, state, self.actions_table, self.header, self)
        self.saving = SavingWatch(context, state, self.notices, self.header, frame)
        self.flows = Flows(host, self.saving.state_in_full, self.undo_actions.undo)
        state.session_opened.connect(self.flows.on_session_opened)
        self.libraries = self.flows.libraries
        self.view = ViewActions(frame, self.actions_table, self)

    def _connect(self) -> None:
        self._connect_context()
        self._connect_library()
        self.actions_table.failed.connect(self.errors.show_error)
        self.actions_table.succeeded.connect(self.notices.withdraw)
        self.header.page_chosen.connect(self.show_page)
        self.header.title_pressed.connect(lambda: self.actions_table.run("session.edit"))
        self.frame.focus_orphaned.connect(lambda: self.page.take_focus())
        self.header.undo_pressed.connect(lambda: self.actions_table.run("undo"))
        self.frame.digit_pressed.connect(self.actions_table.press_digit)
        self.frame.escape_pressed.connect(self.notices.close_newest)
        self.frame.files_dropped.connect(self.take_files)

    def _connect_context(self) -> None:
        context, state = self.context, self.state
        context.keys.changed.connect(lambda: self.actions_table.take_keys(context.keys.keys_of))
        context.keys.remember_in(self.settings)
        context.user_name = lambda: self.settings.user_name
        state.session_opened.connect(self._on_session_opened)
        state.session_closed.connect(self._on_session_closed)
        state.areas_changed.connect(self._on_areas_changed)
        context.language_changed.connect(self.retranslate)
        context.theme_changed.connect(self._on_theme_changed)
        context.page_requested.connect(self.show_page)
        context.session_requested.connect(lambda session_id: self.flows.sessions.open(session_id))
        context.client_requested.connect(
            lambda client_id: self.flows.sessions.show_client(client_id)
        )
        context.new_session_requested.connect(
            lambda client_id: self.flows.sessions.begin(client_id=client_id)
        )
        context.next_workshop_requested.connect(lambda: self.flows.correcting.ask_next_workshop())
        context.export_requested.connect(lambda request: self.flows.exports.start(request))
        context.notice_raised.connect(self.notices.show_notice)
        context.error_raised.connect(self.errors.show_error)
        context.refused.connect(self.errors.show_error)
        context.succeeded.connect(self.notices.withdraw)

    def _connect_library(self) -> None:
        page, flows, libraries = self.library_page, self.flows, self.libraries
        self.state.library_changed.connect(page.show_library)
        self.state.sessions_changed.connect(page.refresh)
        self.state.shown_client_changed.connect(page.refresh)
        page.all_clients_wanted.connect(self.state.show_all_clients)
        page.state_changed.connect(self.refresh_actions)
        page.session_chosen.connect(lambda session_id: flows.sessions.open(session_id))
        page.head.new_session.clicked.connect(lambda: flows.sessions.begin())
        page.states.new_session_wanted.connect(lambda: flows.sessions.begin())
        page.states.sample_wanted.connect(lambda: flows.sessions.open_sample())
        page.edit_wanted.connect(lambda summary: flows.correcting.ask(summary.id))
        page.rename_wanted.connect(lambda found: flows.naming.ask_rename(found.organisation))
        page.merge_wanted.connect(lambda found: flows.naming.ask_merge(found.organisation))
        page.delete_wanted.connect(lambda summary: flows.deleting.ask(summary))
        page.follow_wanted.connect(lambda summary: flows.sessions.begin_from(summary.id))
        page.archive_wanted.connect(lambda summary: flows.sessions.archive(summary))
        page.states.way_out_chosen.connect(libraries.take_way_out)
        libraries.refused.connect(page.show_refusal)
        self.errors.change_refused.connect(libraries.show_change_refused)
        libraries.opened.connect(flows.checks.start_later)
        libraries.opened.connect(flows.backups.start)
        libraries.restore_wanted.connect(lambda: flows.restoring.ask())
        libraries.called.connect(self.frame.bring_forward)
        self.saving.moved.connect(libraries.on_moved)
        self.saving.moved.connect(self.refresh_actions)

    # ---- pages -------------------------------------------------------------------------------

    @property
    def workspace(self) -> Workspace:
        """The workspace of the open session."""
        return self.state.workspace

    @property
    def texts(self) -> Translator:
        """The language of the interface."""
        return self.context.texts

    @property
    def page_name(self) -> str:
        """Name of the visible page, as in ``ui.pages``."""
        return self.stack.name

    @property
    def page(self) -> Page:
        """The visible page."""
        return self.stack.page

    def page_named(self, name: str) -> Page:
        """A page, built when it is first needed; some need an open session."""
        return self.stack.named(name)

    def show_page(self, name: str) -> None:
        """Go to a page; some need an open session."""
        if not self.stack.can_show(name):
            self.header.show_page(self.page_name, has_session=False)
            return
        self.context.flush_pending_edits()
        self.stack.show_named(name)
        needs_session = PAGE_BY_NAME[name].needs_session
        if needs_session:
            self.state.show_all_clients(False)  # the open session is what is looked at now
        # A start never shows what may name other clients.
        self.settings.put("window/page", name if needs_session else "library")
        self.page.on_shown()
        self.refresh_actions()
        self.notices.place()

    def _room_for_notices(self) -> QRect:
        """The area that notices may cover, in coordinates of the shell."""
        room, corner = self.page.room_for_notices(), self.stack.mapTo(self, QPoint(0, 0))
        return room.translated(corner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the notices in their corner."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self.notices, self.notices.place)

    def take_files(self, files: list[Path]) -> None:
        """Open a library or session that was dropped or double-clicked; else import a model.

        Without an open library, as after a refused one, only a library is taken.
        """
        if files[0].suffix == ".stufenplan":
            self.libraries.open(files[0])
        elif not self.actions_table.handles("model.import"):
            return
        elif files[0].suffix == ".json" and self._looks_like_session(files[0]):
            self.flows.imports.read(files[0])
        else:
            self.flows.models.ask(files)

    @staticmethod
    def _looks_like_session(path: Path) -> bool:
        from ui.flows.session_import import looks_like_session

        return looks_like_session(path)

    # ---- actions -----------------------------------------------------------------------------

    def refresh_actions(self) -> None:
        """Enable what can be done now, and show place and history."""
        handlers = self._handlers()
        handlers.update(self.page.handlers())
        self.actions_table.set_handlers(handlers)
        self.undo_actions.show()
        self._show_place()

    def _handlers(self) -> dict[str, Callable[[], None]]:
        """Map of action ids to handlers available on every page."""
        own: dict[str, Callable[[], None]] = {
            "quit": self._quit,
            "notice.next": self.notices.focus_next,
        }
        own.update(self.dialogs.handlers())
        own.update(self.view.handlers())
        own.update(self.flows.handlers())
        if self.state.has_library:
            own.update(self.flows.library_handlers())
        if self.state.has_session:
            own.update(self.flows.session_handlers())
            own.update(self.undo_actions.handlers())
        own.update(self.stack.handlers(self.show_page))
        return own

    def choose_model_language(self, code: str) -> None:
        """Show the model's texts of this session in another language; can be undone."""
        self.context.flush_pending_edits()
        self.workspace.workshop.set_detail("language", code)

    # ---- reactions ---------------------------------------------------------------------------

    def _on_session_opened(self) -> None:
        self.stack.show_session()
        levels = self.workspace.session.model.levels
        self.actions_table.name_levels((level.number for level in levels), self.texts)
        self._show_choices()
        self.refresh_actions()

    def _on_session_closed(self) -> None:
        if PAGE_BY_NAME[self.page_name].needs_session:
            self.show_page("library")
        self.frame.menus.fill_model_languages((), "", self.choose_model_language)
        self.refresh_actions()

    def _on_shown_client_changed(self) -> None:
        if self.state.shown_client_id is not None:
            self.notices.end_session()  # one may name a client that is shown no longer

    def _on_areas_changed(self, area_ids: frozenset[str]) -> None:
        if area_ids and self.undo_actions.is_up_to_date:
            self.undo_actions.show()
        else:
            self._show_choices()
            self.refresh_actions()
            if self.page is self.library_page:
                self.library_page.refresh()

    def _on_theme_changed(self) -> None:
        self.appearance.show_colours()
        self.saving.show_time()

    def _show_choices(self) -> None:
        """Check in the menus what was chosen for the open session."""
        session = self.workspace.session
        self.actions_table.check("earlier.hide", "earlier.hide" if session.hide_earlier else "")
        self.frame.menus.fill_model_languages(
            session.model.languages, session.language, self.choose_model_language
        )

    def _show_place(self) -> None:
        has_session = self.state.has_session
        self.header.show_page(self.page_name, has_session=has_session)
        place = self._place_in_words() if has_session else ""
        self.header.title.setText(place)
        self.frame.setWindowTitle(f"{place} – {BRAND}" if place else BRAND)
        self.saving.show_time()

    def _place_in_words(self) -> str:
        session = self.workspace.session
        parts = [
            session.organisation.name,
            session.unit.full_name if session.unit else "",
            session.title,
            self.texts.short_date(session.date),
        ]
        return " · ".join(" ".join(part.split()) for part in parts if part)

    def retranslate(self) -> None:
        """Set every text of header, menus and notices in the current language."""
        tr = self.texts
        self.frame.menus.retranslate(tr)
        self.appearance.load_qt_texts()
        self.actions_table.retranslate(tr)
        self.actions_table.check("language", f"language.{tr.language}")
        self.header.retranslate(tr)
        self.notices.retranslate(tr)
        self.saving.retranslate()
        self.undo_actions.show()
        self._show_place()

    # ---- closing -----------------------------------------------------------------------------

    def _quit(self) -> None:
        self.frame.close()

    def _prepare_to_close(self) -> bool:
        """Close library and background work, unless something is unsaved or being written."""
        self.context.flush_pending_edits()
        if not (self.saving.may_close() and self.flows.may_close()):
            return False
        self.frame.remember_place()
        self.tasks.shut_down()
        self.leaving.emit()
        self.flows.close()
        return True
