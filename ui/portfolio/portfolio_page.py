"""The portfolio page: all clients, when they were assessed, and when they are due again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.portfolio import Client, DueState, Shape, SortBy, in_state, portfolio
from app.words.portfolio_words import client_in_words, span_in_words
from ui.context import Context
from ui.open_state import OpenState
from ui.portfolio.client_delegate import ROW_HEIGHT, ClientDelegate, ColumnHeads
from ui.portfolio.client_list import ClientList, ClientRow
from ui.portfolio.filters import Filters
from ui.portfolio.legend import Legend
from ui.portfolio.portfolio_bars import BottomBar, PortfolioHead
from ui.portfolio.todo_card import TodoCard
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import ElidedLabel, make_frame
from ui.widgets.controls import focus_field
from ui.widgets.empty_state import EmptyState, Offer
from ui.widgets.page import Page

WIDEST = 1500
_TODO_FROM, _LEGEND_FROM = 1000, 560
"""Width and height of the page from which card and legend are shown."""


class ClientView(QListView):
    """The list; tells how wide its rows are."""

    resized = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setViewport(QWidget())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit(self.viewport().width())


def local_today() -> date:
    """The day on this machine."""
    return date.today()  # noqa: DTZ011 (a workshop's date is the local one)


class PortfolioPage(Page):
    """All clients of the library.

    To come here is the deliberate step after which the names of other clients are on screen. They
    are taken from every widget as soon as the page is hidden.
    """

    def __init__(self, context: Context, state: OpenState, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("portfolio-page")
        self._open = state
        self.today: Callable[[], date] = local_today
        self._clients: tuple[Client, ...] = ()
        self._chosen_id = ""
        self._build()
        self._connect()
        self.retranslate()

    # ---- building ----------------------------------------------------------------------------

    def _build(self) -> None:
        self.head = PortfolioHead(self.context)
        self.filters = Filters()
        self.todo = TodoCard()
        self.legend = Legend()
        self.bar = BottomBar()
        self._overdue_line = ElidedLabel("warning")
        self._body = self._build_body()
        self._empty = EmptyState("portfolio-empty")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._body)
        self._stack.addWidget(self._empty)
        self._column = QWidget()
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for each in (self.head, self.filters, self._overdue_line):
            column.addWidget(each)
        column.addWidget(self._stack, 1)
        middle = QHBoxLayout()
        middle.setContentsMargins(24, 16, 24, 12)
        middle.addStretch(1)
        middle.addWidget(self._column, 1000)
        middle.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(middle, 1)
        layout.addWidget(make_frame("rule"))
        layout.addWidget(self.bar)
        TYPE.changed.connect(self._fit)

    def _build_body(self) -> QWidget:
        self._card = make_frame("card")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(4, 4, 4, 8)
        inside.setSpacing(0)
        self.heads = ColumnHeads()
        self.list = ClientView()
        self.list.resized.connect(self.heads.set_room)
        self.list.setObjectName("client-list")
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clients = ClientList(
            lambda row: client_in_words(row.client, row.due, self.context.texts),
            self._read_shapes,
            self,
        )
        self._delegate = ClientDelegate(self.clients, self.list)
        self.list.setModel(self.clients)
        self.list.setItemDelegate(self._delegate)
        TYPE.changed.connect(self.list.scheduleDelayedItemsLayout)
        inside.addWidget(self.heads)
        inside.addWidget(self.list)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self._card, 1000)
        left.addWidget(self.legend)
        left.addStretch(1)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(self.todo)
        return body

    def _connect(self) -> None:
        context, state = self.context, self._open
        context.language_changed.connect(self.retranslate)
        context.theme_changed.connect(self._apply_theme)
        context.keys.changed.connect(self._fill_bar)
        state.library_changed.connect(self._on_library_changed)
        state.sessions_changed.connect(self._refresh_if_shown)
        filters = self.filters
        filters.changed.connect(self._fill_list)
        filters.search.returnPressed.connect(self.open_current)
        filters.search.moved.connect(self._move)
        filters.search.left.connect(self.list.setFocus)
        self.head.new_session.clicked.connect(self.begin_session)
        self.bar.open.clicked.connect(self.open_current)
        self.todo.client_wanted.connect(self._go_to)
        self.todo.overdue_wanted.connect(self.filters.switch_overdue)
        self.list.doubleClicked.connect(lambda _index: self.open_current())
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)

    # ---- what the window asks of a page ------------------------------------------------------

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        if not self._clients:
            return {}
        return {
            "search": lambda: focus_field(self.filters.search),
            "client.open": self.open_current,
            "client.new_session": self.begin_session,
            "portfolio.overdue": self.filters.switch_overdue,
        }

    def on_shown(self) -> None:
        self.refresh()
        self.take_focus()

    def take_focus(self) -> None:
        """Put the focus on the list, or on the first button of what is shown instead."""
        if self._stack.currentWidget() is self._body:
            self.list.setFocus()
        elif self._empty.buttons:
            self._empty.buttons[0].setFocus()

    def room_for_notices(self) -> QRect:
        """Everything above the bar at the bottom."""
        return self.rect().adjusted(0, 0, 0, -self.bar.height())

    def retranslate(self) -> None:
        tr = self.context.texts
        self.setAccessibleName(tr.gettext("Portfolio"))
        self.list.setAccessibleName(tr.gettext("Organisations"))
        self._delegate.texts = tr
        self.heads.retranslate(tr)
        self.filters.retranslate(tr)
        self.legend.retranslate(tr)
        self._apply_theme()
        if self.isVisible():
            self._fill()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._forget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # ---- filling -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read all clients again; filters, order and selection stay."""
        self._clients = self._open.clients(self.today())
        self._fill()

    def _refresh_if_shown(self) -> None:
        if self.isVisible():
            self.refresh()

    def _on_library_changed(self) -> None:
        self._chosen_id = ""
        self.filters.show_all()
        self._refresh_if_shown()

    def _forget(self) -> None:
        """Name nobody while the page is hidden."""
        chosen_id = self._chosen_id
        self._clients = ()
        self.clients.fill(())
        self.filters.clear()
        self.todo.fill((), self.today(), self.context.texts)
        self.head.clear()
        self._overdue_line.setText("")
        self._empty.fill("", "", ())
        self._chosen_id = chosen_id
        self.bar.fill(None, self.context.keys, self.context.texts)

    def _fill(self) -> None:
        tr, today = self.context.texts, self.today()
        self.filters.fill(self._clients, tr)
        self.todo.fill(self._clients, today, tr)
        self._fill_head()
        self._fill_overdue_line()
        self._fill_list()

    def _fill_head(self) -> None:
        if self._clients:
            library = self._open.library
            self.head.fill(library.path.name, self._clients, library.session_count())
        else:
            self.head.clear()

    def _fill_overdue_line(self) -> None:
        """What is overdue, for windows without room for the card."""
        tr, today = self.context.texts, self.today()
        named = [
            f"{client.organisation.name} ({span_in_words(due.days, tr)})"
            for client in in_state(self._clients, today, DueState.OVERDUE)
            if (due := client.due(today)) is not None
        ]
        words = tr.gettext("Overdue: {clients}", clients=", ".join(named)) if named else ""
        self._overdue_line.setText(words)
        self._fit()

    def _fill_list(self) -> None:
        chosen_id, today = self._chosen_id or self._open.client_id or "", self.today()
        found = portfolio(self._clients, today, self.filters.wanted(today), self.filters.order)
        self.heads.set_sorted("name" if self.filters.order is SortBy.NAME else "due")
        self.clients.fill([ClientRow(client, client.due(today)) for client in found])
        if found:
            self._stack.setCurrentWidget(self._body)
            self._choose(max(0, self.clients.place_of(chosen_id)))
        else:
            self._show_instead()
        self._fit()
        self._fill_bar()

    def _read_shapes(self, session_ids: Collection[str]) -> Mapping[str, Shape]:
        return self._open.library.shapes(session_ids)

    def _show_instead(self) -> None:
        tr = self.context.texts
        if self._clients:
            title = tr.gettext("No organisation fits")
            offer: Offer = ("show-all", tr.gettext("Show all organisations"), self._show_all)
            sentence = tr.ngettext(
                "The only organisation does not fit the search and the filters.",
                "None of the {n} organisations fits the search and the filters.",
                len(self._clients),
            )
        else:
            title = tr.gettext("No organisations yet")
            sentence = tr.gettext(
                "An organisation appears here with its first session: when it was assessed, and"
                " when the next workshop is due."
            )
            offer = ("new-session-first", tr.gettext("New session"), self.begin_session)
        had_focus = self.list.hasFocus()
        self._empty.fill(title, sentence, (offer,))
        self._stack.setCurrentWidget(self._empty)
        if had_focus:
            self._empty.buttons[0].setFocus()

    def _show_all(self) -> None:
        self.filters.show_all()
        self.list.setFocus()

    def _choose(self, place: int) -> None:
        self.list.setCurrentIndex(self.clients.index(place))

    def _fit(self) -> None:
        """Show what there is room for, and shrink the card to its rows."""
        self._column.setMaximumWidth(scaled(WIDEST))
        has_todo = self.width() >= scaled(_TODO_FROM)
        self.todo.setVisible(has_todo)
        self._overdue_line.setVisible(not has_todo and bool(self._overdue_line.full_text()))
        self.legend.setVisible(self.height() >= scaled(_LEGEND_FROM))
        rows = self.clients.rowCount() * scaled(ROW_HEIGHT)
        self._card.setMaximumHeight(rows + self.heads.height() + 4 + 8 + 2)
        self.filters.setVisible(bool(self._clients))

    def _fill_bar(self) -> None:
        self.bar.fill(self.current, self.context.keys, self.context.texts)

    def _apply_theme(self) -> None:
        theme = self.context.theme
        self._delegate.theme = theme
        for each in (self.heads, self.todo, self.legend, self._empty):
            each.apply_theme(theme)
        self.list.viewport().update()

    # ---- actions -----------------------------------------------------------------------------

    @property
    def current(self) -> Client | None:
        """The client in the selected row."""
        index = self.list.currentIndex()
        return self.clients.row(index.row()).client if index.isValid() else None

    def open_current(self) -> None:
        """Show the sessions of the selected client."""
        self.filters.take_words()
        if (client := self.current) is not None:
            self.context.client_requested.emit(client.organisation.id)

    def begin_session(self) -> None:
        """Ask for a new session of the selected client."""
        client = self.current
        self.context.new_session_requested.emit("" if client is None else client.organisation.id)

    def _go_to(self, client_id: str) -> None:
        if self.clients.place_of(client_id) < 0:
            self.filters.show_all()
        self._choose(self.clients.place_of(client_id))
        self.list.setFocus()

    def _move(self, by: int) -> None:
        place = self.list.currentIndex().row() + by
        if 0 <= place < self.clients.rowCount():
            self._choose(place)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._chosen_id = self.clients.row(current.row()).client.organisation.id
            self._fill_bar()
