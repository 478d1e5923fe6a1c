"""The library page: sessions, most recent first, and buttons to create one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import AppError
from app.session.session import SessionSummary
from ui.context import Context
from ui.library.session_delegate import ROW_HEIGHT, SessionDelegate, summary_in_words
from ui.library.session_list import SessionList
from ui.widgets.basics import ElidedLabel, make_frame, make_label, plain_tool_tip
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page

SEARCH_AFTER_MS = 120
WIDEST = 1180
CARD_MARGIN = 8


class WayOut(Enum):
    """Options offered for a library that does not open."""

    TRY_AGAIN = "try-again"
    CHOOSE = "choose"
    CREATE = "create"
    RESTORE = "restore"
    OWN = "own-library"


class SessionSource(Protocol):
    """What the page reads from a library."""

    @property
    def path(self) -> Path:
        """Its file."""

    def session_count(self) -> int:
        """Number of sessions that are not archived."""

    def session_summaries(
        self, search: str = "", *, limit: int | None = None, offset: int = 0
    ) -> Sequence[SessionSummary]:
        """Some of those that match, last opened first."""


class NoSessions:
    """Null object used until a library is open."""

    path = Path()

    def session_count(self) -> int:
        """Always 0."""
        return 0

    def session_summaries(
        self, search: str = "", *, limit: int | None = None, offset: int = 0
    ) -> Sequence[SessionSummary]:
        """Always empty."""
        del search, limit, offset
        return ()


class SearchField(QLineEdit):
    """Search field: up and down move in the list, Enter opens, Esc clears, then leaves."""

    moved = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class LibraryPage(Page):
    """The list of sessions, or an empty state with the next steps."""

    session_chosen = Signal(str)
    archive_wanted = Signal(object)
    new_session_wanted = Signal()
    sample_wanted = Signal()
    way_out_chosen = Signal(object)
    #: The list appeared or disappeared, so other actions are possible.
    state_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("library-page")
        self._library: SessionSource = NoSessions()
        self._refusal: AppError | None = None
        self._ways_out: tuple[WayOut, ...] = ()
        self._build()
        self._connect()
        self.retranslate()

    # ---- building ----------------------------------------------------------------------------

    def _build(self) -> None:
        self._column = QWidget()
        self._column.setMaximumWidth(WIDEST)
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(self._build_head())
        column.addWidget(self._build_stack(), 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 24)
        layout.addStretch(1)
        layout.addWidget(self._column, 1000)
        layout.addStretch(1)

    def _build_head(self) -> QHBoxLayout:
        self._title = make_label("title")
        self._place = ElidedLabel("secondary")
        self.search = SearchField()
        self.search.setObjectName("session-search")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(280)
        self.new_session = QPushButton()
        self.new_session.setObjectName("new-session")
        self.new_session.setProperty("role", "primary")
        self.new_session.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.new_session.setAutoDefault(True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._place)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addLayout(words, 1)
        head.addWidget(self.search)
        head.addWidget(self.new_session)
        return head

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
        inside.addWidget(self.list)
        self.empty = EmptyState("empty-library")
        self.nothing_found = EmptyState("nothing-found")
        self.refused = EmptyState("refused-library")
        self._sheet = QWidget()
        below = QVBoxLayout(self._sheet)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self._card, 1000)
        below.addStretch(1)
        self.unopened = QWidget()
        for each in (self.unopened, self._sheet, self.empty, self.nothing_found, self.refused):
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
        self.search.textChanged.connect(self._search_timer.start)
        self.search.returnPressed.connect(self.open_current)
        self.search.moved.connect(self._move)
        self.search.left.connect(self.list.setFocus)
        self.list.doubleClicked.connect(self._on_double_clicked)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.new_session.clicked.connect(self.new_session_wanted)

    # ---- what the window asks of a page ------------------------------------------------------

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        current = self._stack.currentWidget()
        if current in (self.unopened, self.refused, self.empty):
            return {}
        if current is self.nothing_found:
            return {"search": self._focus_search}
        return {
            "search": self._focus_search,
            "session.open": self.open_current,
            "session.archive": self.archive_current,
        }

    def on_shown(self) -> None:
        self.refresh()
        current = self._stack.currentWidget()
        if current is self._sheet:
            self.list.setFocus()
        elif isinstance(current, EmptyState) and current.buttons:
            current.buttons[0].setFocus()

    def retranslate(self) -> None:
        tr = self.context.texts
        self._title.setText(tr.gettext("Library"))
        self.search.setPlaceholderText(tr.gettext("Search organisation, unit or title"))
        self.search.setAccessibleName(tr.gettext("Search sessions"))
        self.new_session.setText(tr.gettext("New session"))
        self.new_session.setAccessibleName(tr.gettext("New session"))
        self.list.setAccessibleName(tr.gettext("Sessions, last opened first"))
        self._delegate.texts = tr
        self._fill_shown_state()
        self._fill_place()
        self._apply_theme()

    # ---- filling -----------------------------------------------------------------------------

    def show_library(self, library: SessionSource) -> None:
        """Set the library that sessions are read from."""
        self._library = library
        self._refusal = None
        if self._stack.currentWidget() in (self.unopened, self.refused):
            self._stack.setCurrentWidget(self._sheet)

    def refresh(self) -> None:
        """Read the matching sessions again and keep the selection."""
        self._search_timer.stop()
        if self._stack.currentWidget() in (self.unopened, self.refused):
            return
        chosen = self._current_id()
        self.sessions.fill(self._read, self.search.text())
        row = max(0, self.sessions.row_of(chosen))
        if self.sessions.rowCount():
            self.list.setCurrentIndex(self.sessions.index(row))
        self._fit_card()
        self._show_state()
        self._fill_place()

    def show_refusal(self, error: AppError, ways_out: Sequence[WayOut]) -> None:
        """Show why the library does not open, and what can be done about it."""
        self._refusal = error
        self._ways_out = tuple(ways_out)
        self.sessions.fill(None)
        self._show_instead(self.refused)
        self._fill_place()

    def _read(self, search: str, limit: int, offset: int) -> Sequence[SessionSummary]:
        return self._library.session_summaries(search, limit=limit, offset=offset)

    def _fit_card(self) -> None:
        """Shrink the card to its rows."""
        self._card.setMaximumHeight(self.sessions.rowCount() * ROW_HEIGHT + 2 * CARD_MARGIN + 2)

    def _show_state(self) -> None:
        before = self._stack.currentWidget()
        self._choose_state()
        if self._stack.currentWidget() is not before:
            self.state_changed.emit()

    def _choose_state(self) -> None:
        if self.sessions.rowCount():
            self._stack.setCurrentWidget(self._sheet)
        elif self.search.text().strip():
            self._show_instead(self.nothing_found)
        elif self._stack.currentWidget() is not self.empty:  # else its button may have the focus
            self._show_instead(self.empty)

    def _show_instead(self, state: EmptyState) -> None:
        """Show an empty state in place of the list."""
        self._stack.setCurrentWidget(state)
        self._fill_shown_state()

    def _fill_shown_state(self) -> None:
        current = self._stack.currentWidget()
        if current is self.empty:
            self._fill_empty()
        elif current is self.nothing_found:
            self._fill_nothing_found()
        elif current is self.refused:
            self._fill_refused()

    def _fill_place(self) -> None:
        current = self._stack.currentWidget()
        has_list = current in (self._sheet, self.nothing_found)
        self.search.setVisible(has_list)
        self.new_session.setVisible(has_list)
        if current in (self.unopened, self.refused):
            self._place.setText("")
            return
        tr, path, count = self.context.texts, self._library.path, self._library.session_count()
        self._place.setText(
            tr.ngettext("{name} · {n} session", "{name} · {n} sessions", count, name=path.name)
        )
        self._title.setToolTip(plain_tool_tip(str(path)))

    def _fill_empty(self) -> None:
        tr = self.context.texts
        self.empty.fill(
            tr.gettext("No sessions yet"),
            tr.gettext(
                "Start with a session for your client, or look around in the sample first:"
                " a fictional organisation with two workshops, eight months apart."
            ),
            (
                ("new-session-first", tr.gettext("New session"), self.new_session_wanted.emit),
                ("sample", tr.gettext("Open the sample workshop"), self.sample_wanted.emit),
            ),
        )

    def _fill_nothing_found(self) -> None:
        tr = self.context.texts
        self.nothing_found.fill(
            tr.gettext("No session matches “{words}”", words=self.search.text().strip()),
            tr.gettext("The search looks at organisation, unit and title."),
            (("clear-search", tr.gettext("Show all sessions"), self.search.clear),),
        )

    def _fill_refused(self) -> None:
        if self._refusal is None:
            return
        tr = self.context.texts
        words = {
            WayOut.TRY_AGAIN: tr.gettext("Try again"),
            WayOut.CHOOSE: tr.gettext("Open another library…"),
            WayOut.CREATE: tr.gettext("Create a new library…"),
            WayOut.RESTORE: tr.gettext("Restore a backup…"),
            WayOut.OWN: tr.gettext("Open my own library"),
        }
        self.refused.fill(
            tr.gettext("The library was not opened"),
            self._refusal.say(tr),
            [
                (way.value, words[way], partial(self.way_out_chosen.emit, way))
                for way in self._ways_out
            ],
        )

    def _apply_theme(self) -> None:
        theme = self.context.theme
        self._delegate.theme = theme
        for each in (self.empty, self.nothing_found, self.refused):
            each.apply_theme(theme)
        self.list.viewport().update()

    def _in_words(self, summary: SessionSummary) -> str:
        return summary_in_words(summary, self.context.texts)

    # ---- actions -----------------------------------------------------------------------------

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

    def _current_id(self) -> str:
        index = self.list.currentIndex()
        return self.sessions.summary(index.row()).id if index.isValid() else ""

    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.open_current()

    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _move(self, by: int) -> None:
        row = self.list.currentIndex().row() + by
        if 0 <= row < self.sessions.rowCount():
            self.list.setCurrentIndex(self.sessions.index(row))

    def _show_menu(self, place: QPoint) -> None:
        if not self.list.indexAt(place).isValid():
            return
        tr = self.context.texts
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr.gettext("Open the session"), self.open_current)
        menu.addAction(tr.gettext("Archive the session"), self.archive_current)
        menu.popup(self.list.viewport().mapToGlobal(place))
