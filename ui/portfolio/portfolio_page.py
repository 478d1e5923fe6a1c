"""The portfolio page: all clients, when they were assessed, and when they are due again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date

from PySide6.QtCore import QRect
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.portfolio import Client, DueState, Shape, SortBy, in_state, portfolio
from app.words.portfolio_words import span_in_words
from ui.context import Context
from ui.open_state import OpenState
from ui.portfolio.client_list import ClientRow
from ui.portfolio.clients_card import ClientsCard
from ui.portfolio.filters import Filters
from ui.portfolio.legend import Legend
from ui.portfolio.portfolio_bars import BottomBar, PortfolioHead
from ui.portfolio.todo_card import TodoCard
from ui.today import local_today
from ui.type_scale import TYPE, scaled
from ui.widgets.announcer import announce
from ui.widgets.basics import ElidedLabel, make_frame
from ui.widgets.controls import focus_field
from ui.widgets.empty_state import EmptyState, Offer
from ui.widgets.page import Page

WIDEST = 1500
_TODO_FROM, _LEGEND_FROM = 1000, 560
"""Width and height of the page from which card and legend are shown."""


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
        self.card = ClientsCard(self.context, self._read_shapes)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.card, 1000)
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
        filters.changed.connect(self._on_filters_changed)
        filters.search.returnPressed.connect(self.open_current)
        filters.search.moved.connect(self.card.move_by)
        filters.search.left.connect(self.card.list.setFocus)
        self.head.new_session.clicked.connect(self.begin_session)
        self.bar.open.clicked.connect(self.open_current)
        self.todo.client_wanted.connect(self._go_to)
        self.todo.overdue_wanted.connect(self.filters.show_overdue)
        self.todo.soon_wanted.connect(self.filters.show_soon)
        self.card.open_wanted.connect(self.open_current)
        self.card.selected.connect(self._on_selected)

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
            self.card.list.setFocus()
        elif self._empty.buttons:
            self._empty.buttons[0].setFocus()

    def room_for_notices(self) -> QRect:
        """Everything above the bar at the bottom."""
        return self.rect().adjusted(0, 0, 0, -self.bar.height())

    def retranslate(self) -> None:
        tr = self.context.texts
        self.setAccessibleName(tr.gettext("Portfolio"))
        self.card.retranslate()
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
        self.card.fill((), SortBy.NAME)
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
        if self._clients:
            library = self._open.library
            self.head.fill(library.path.name, self._clients, library.session_count())
        else:
            self.head.clear()
        self._fill_overdue_line()
        self._fill_list()

    def _fill_overdue_line(self) -> None:
        """Name overdue clients, for windows without room for the card."""
        tr, today = self.context.texts, self.today()
        named = [
            f"{client.organisation.name} ({span_in_words(due.days, tr)})"
            for client in in_state(self._clients, today, DueState.OVERDUE)
            if (due := client.due(today)) is not None
        ]
        words = tr.gettext("Overdue: {clients}", clients=", ".join(named)) if named else ""
        self._overdue_line.setText(words)
        self._fit()

    def _on_filters_changed(self) -> None:
        self._fill_list()
        if self.isVisible():
            found = self.card.rows.rowCount()
            words = self.context.texts.ngettext("{n} organisation", "{n} organisations", found)
            announce(self.card.list, words)

    def _fill_list(self) -> None:
        chosen_id, today = self._chosen_id or self._open.client_id or "", self.today()
        found = portfolio(self._clients, today, self.filters.wanted(today), self.filters.order)
        rows = [ClientRow(client, client.due(today)) for client in found]
        self.card.fill(rows, self.filters.order)
        if found:
            self._stack.setCurrentWidget(self._body)
            self.card.choose(chosen_id)
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
        had_focus = self.card.list.hasFocus()
        self._empty.fill(title, sentence, (offer,))
        self._stack.setCurrentWidget(self._empty)
        if had_focus:
            self._empty.buttons[0].setFocus()

    def _show_all(self) -> None:
        self.filters.show_all()
        self.card.list.setFocus()

    def _fit(self) -> None:
        """Show what there is room for."""
        self._column.setMaximumWidth(scaled(WIDEST))
        has_todo = self.width() >= scaled(_TODO_FROM)
        self.todo.setVisible(has_todo)
        self._overdue_line.setVisible(not has_todo and bool(self._overdue_line.full_text()))
        self.legend.setVisible(self.height() >= scaled(_LEGEND_FROM))
        self.filters.setVisible(bool(self._clients))

    def _fill_bar(self) -> None:
        self.bar.fill(self.current, self.context.keys, self.context.texts)

    def _apply_theme(self) -> None:
        theme = self.context.theme
        self.card.apply_theme()
        for each in (self.todo, self.legend, self._empty):
            each.apply_theme(theme)

    # ---- actions -----------------------------------------------------------------------------

    @property
    def current(self) -> Client | None:
        """The client in the selected row."""
        return self.card.current

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
        if not self.card.choose(client_id):
            self.filters.show_all()
            self.card.choose(client_id)
        self.card.list.setFocus()

    def _on_selected(self, client_id: str) -> None:
        self._chosen_id = client_id
        self._fill_bar()
