"""The library page: sessions, most recent first, and buttons to create one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import AppError
from app.session.session import SessionSummary
from ui.context import Context
from ui.library.library_head import LibraryHead
from ui.library.library_states import LibraryStates, WayOut
from ui.library.session_delegate import ROW_HEIGHT, SessionDelegate, summary_in_words
from ui.library.session_list import SessionList
from ui.open_state import OpenState
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import make_frame
from ui.widgets.controls import focus_field
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page

SEARCH_AFTER_MS = 120
WIDEST = 1180
CARD_MARGIN = 8


class LibraryPage(Page):
    """The list of sessions, or an empty state with the next steps."""

    session_chosen = Signal(str)
    archive_wanted = Signal(object)
    #: The session that shall be deleted for good, or its unit or client (``SessionSummary``).
    delete_wanted = Signal(object)
    #: Organisation or unit of a session shall get another name (``SessionSummary``).
    rename_wanted = Signal(object)
    #: Organisation or unit of a session shall be merged into another one (``SessionSummary``).
    merge_wanted = Signal(object)
    #: Request to edit this session (``SessionSummary``).
    edit_wanted = Signal(object)
    #: Request for the sessions of all clients, or of one only (``bool``).
    all_clients_wanted = Signal(bool)
    #: Request for a session that follows this one (``SessionSummary``).
    follow_wanted = Signal(object)
    #: The list appeared or disappeared, so other actions are possible.
    state_changed = Signal()

    def __init__(self, context: Context, state: OpenState, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("library-page")
        self._open = state
        self.head = LibraryHead(context)
        self.states = LibraryStates(context, self)
        self._build()
        self._connect()
        self.retranslate()

    # ---- building ----------------------------------------------------------------------------

    def _build(self) -> None:
        self._column = QWidget()
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.head)
        column.addWidget(self._build_stack(), 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 24)
        layout.addStretch(1)
        layout.addWidget(self._column, 1000)
        layout.addStretch(1)

    def _build_stack(self) -> QStackedWidget:
        self._stack = QStackedWidget()
        self._card = make_frame("card")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(4, CARD_MARGIN, 4, CARD_MARGIN)
        self.list = QListView()
        self.list.setViewport(QWidget())
        self.list.setObjectName("session-list")
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.sessions = SessionList(self._in_words, self)
        self.sessions.rowsInserted.connect(self._fit_card)
        self._delegate = SessionDelegate(self.list)
        self.list.setModel(self.sessions)
        self.list.setItemDelegate(self._delegate)
        TYPE.changed.connect(self.list.scheduleDelayedItemsLayout)
        TYPE.changed.connect(self._fit_card)
        inside.addWidget(self.list)
        self._sheet = QWidget()
        below = QVBoxLayout(self._sheet)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self._card, 1000)
        below.addStretch(1)
        self.unopened = QWidget()
        for each in (self.unopened, self._sheet, *self.states.all):
            self._stack.addWidget(each)
        return self._stack

    def _connect(self) -> None:
        context = self.context
        context.language_changed.connect(self.retranslate)
        context.theme_changed.connect(self._apply_theme)
        self._search_timer = QTimer(self)
        self._search_timer.setSingleShot(True)
        self._search_timer.setInterval(SEARCH_AFTER_MS)
        self._search_timer.timeout.connect(self.refresh)
        search, states = self.head.search, self.states
        search.textChanged.connect(self._search_timer.start)
        search.returnPressed.connect(self.open_current)
        search.moved.connect(self._move)
        search.left.connect(self.list.setFocus)
        states.clear_wanted.connect(search.clear)
        states.all_clients_wanted.connect(lambda: self.all_clients_wanted.emit(True))
        self.head.all_clients.clicked.connect(self.switch_clients)
        self.list.doubleClicked.connect(self._on_double_clicked)
        self.list.customContextMenuRequested.connect(self._show_menu)

    # ---- what the window asks of a page ------------------------------------------------------

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        current = self._stack.currentWidget()
        if current in (self.unopened, self.states.refused, self.states.empty):
            return {}
        found: dict[str, Callable[[], None]] = {"clients.all": self.switch_clients}
        if current is self.states.none_of_client:
            return found
        found["search"] = self._focus_search
        if current is self._sheet:
            found["session.open"] = self.open_current
            found["session.edit"] = partial(self._ask_for, self.edit_wanted)
            found["client.rename"] = partial(self._ask_for, self.rename_wanted)
            found["client.merge"] = partial(self._ask_for, self.merge_wanted)
            found["session.follow"] = partial(self._ask_for, self.follow_wanted)
            found["session.archive"] = self.archive_current
            found["session.delete"] = partial(self._ask_for, self.delete_wanted)
        return found

    def on_shown(self) -> None:
        self.refresh()
        self._choose(self._open.session_id)
        self.take_focus()

    def take_focus(self) -> None:
        """Put the focus on the list, or on the first button of what is shown instead."""
        current = self._stack.currentWidget()
        if current is self._sheet:
            self.list.setFocus()
        elif isinstance(current, EmptyState) and current.buttons:
            current.buttons[0].setFocus()

    def retranslate(self) -> None:
        tr = self.context.texts
        self.setAccessibleName(tr.gettext("Library"))
        self.list.setAccessibleName(tr.gettext("Sessions, last opened first"))
        self._delegate.texts = tr
        self._fill_shown_state()
        self._fill_head()
        self._apply_theme()

    # ---- filling -----------------------------------------------------------------------------

    def show_library(self) -> None:
        """Show the library that is open now."""
        if self._stack.currentWidget() in (self.unopened, self.states.refused):
            self._stack.setCurrentWidget(self._sheet)
        self.head.search.clear()

    def refresh(self) -> None:
        """Read the matching sessions again and keep the selection."""
        self.head.search_at(self._open.shown_client_id)
        self._search_timer.stop()
        if self._stack.currentWidget() in (self.unopened, self.states.refused):
            return
        chosen = self._current_id()
        self.sessions.fill(self._read, self.head.search.text())
        self._choose(chosen)
        self._fit_card()
        self._show_state()
        self._fill_head()

    def show_refusal(self, error: AppError, ways_out: Sequence[WayOut]) -> None:
        """Show why the library does not open, and what can be done about it."""
        self.states.refuse(error, ways_out)
        self.sessions.fill(None)
        self._show_instead(self.states.refused)
        self._fill_head()

    def _read(self, search: str, limit: int, offset: int) -> Sequence[SessionSummary]:
        return self._open.library.session_summaries(
            search, client_id=self._open.shown_client_id, limit=limit, offset=offset
        )

    def _choose(self, session_id: str) -> None:
        """Select a session; one that is not among those read so far changes nothing."""
        row = self.sessions.row_of(session_id)
        if row >= 0 or not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.sessions.index(max(0, row)))

    def _fit_card(self) -> None:
        """Shrink the card to its rows, in the size they have with the type of this moment."""
        self._column.setMaximumWidth(scaled(WIDEST))
        rows = self.sessions.rowCount() * scaled(ROW_HEIGHT)
        self._card.setMaximumHeight(rows + 2 * CARD_MARGIN + 2)

    def _show_state(self) -> None:
        before = self._stack.currentWidget()
        self._choose_state()
        if self._stack.currentWidget() is not before:
            self.state_changed.emit()

    def _choose_state(self) -> None:
        states = self.states
        if self.sessions.rowCount():
            self._stack.setCurrentWidget(self._sheet)
            return
        if self.head.search.text().strip():
            state = states.nothing_found
        elif self._open.library.session_count():
            state = states.none_of_client
        else:
            state = states.empty
        if state is states.nothing_found or self._stack.currentWidget() is not state:
            self._show_instead(state)  # filled again, a button with the focus would lose it

    def _show_instead(self, state: EmptyState) -> None:
        """Show an empty state in place of the list."""
        self._stack.setCurrentWidget(state)
        self._fill_shown_state()

    def _fill_shown_state(self) -> None:
        self.states.fill(self._stack.currentWidget(), self.head.search.text().strip())

    def _fill_head(self) -> None:
        current, tr, state = self._stack.currentWidget(), self.context.texts, self._open
        shows_all = state.shown_client_id is None
        self.head.retranslate(tr, shows_all=shows_all)
        if current in (self.unopened, self.states.refused):
            self.head.show_list(has_list=False, has_others=False)
            self.head.show_unopened(tr)
            return
        library = state.library
        names = {each.id: each.name for each in library.organisations()}
        has_list = current in (self._sheet, self.states.nothing_found)
        self.head.show_list(has_list=has_list, has_others=has_list and len(names) > 1)
        count = library.session_count(client_id=state.shown_client_id)
        client = names.get(state.shown_client_id or "", "")
        self.head.show_place(tr, library.path, count, client)

    def _apply_theme(self) -> None:
        self._delegate.theme = self.context.theme
        self.states.apply_theme()
        self.list.viewport().update()

    def _in_words(self, summary: SessionSummary) -> str:
        return summary_in_words(summary, self.context.texts)

    # ---- actions -----------------------------------------------------------------------------

    def switch_clients(self) -> None:
        """Ask for the sessions of all clients, or again for those of one."""
        self.all_clients_wanted.emit(self._open.shown_client_id is not None)

    def open_current(self) -> None:
        """Open the selected session."""
        if self._search_timer.isActive():
            self.refresh()
        session_id = self._current_id()
        if session_id:
            self.session_chosen.emit(session_id)

    def archive_current(self) -> None:
        """Archive the selected session."""
        index = self.list.currentIndex()
        if index.isValid():
            self.archive_wanted.emit(self.sessions.summary(index.row()))
            # The list has been read again; the next session is now in the same row.
            place = min(index.row(), self.sessions.rowCount() - 1)
            self.list.setCurrentIndex(self.sessions.index(place))

    def _ask_for(self, wanted: SignalInstance) -> None:
        """Send a request about the selected session."""
        index = self.list.currentIndex()
        if index.isValid():
            wanted.emit(self.sessions.summary(index.row()))

    def _current_id(self) -> str:
        index = self.list.currentIndex()
        return self.sessions.summary(index.row()).id if index.isValid() else ""

    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.open_current()

    def _focus_search(self) -> None:
        focus_field(self.head.search)

    def _move(self, by: int) -> None:
        row = self.list.currentIndex().row() + by
        if 0 <= row < self.sessions.rowCount():
            self.list.setCurrentIndex(self.sessions.index(row))

    def _show_menu(self, place: QPoint) -> None:
        if not self.list.indexAt(place).isValid():
            return
        tr = self.context.texts
        menu = QMenu(self)
        menu.setAccessibleName(tr.gettext("Session"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr.gettext("Open the session"), self.open_current)
        menu.addAction(tr.gettext("Edit the session…"), lambda: self._ask_for(self.edit_wanted))
        menu.addAction(
            tr.gettext("New session from this one…"), lambda: self._ask_for(self.follow_wanted)
        )
        menu.addAction(tr.gettext("Archive the session"), self.archive_current)
        menu.addSeparator()
        menu.addAction(
            tr.gettext("Rename organisation or unit…"), lambda: self._ask_for(self.rename_wanted)
        )
        menu.addAction(
            tr.gettext("Merge organisations or units…"), lambda: self._ask_for(self.merge_wanted)
        )
        menu.addSeparator()
        menu.addAction(tr.gettext("Delete for good…"), lambda: self._ask_for(self.delete_wanted))
        menu.popup(self.list.viewport().mapToGlobal(place))
