"""The teams page: the latest session of each unit of one client, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.comparison.teams import TeamGroup
from app.words.texts import Translator
from ui.context import Context
from ui.open_state import OpenState
from ui.teams.latest_reader import ClientTeams, LatestReader
from ui.teams.teams_body import TeamsBody
from ui.teams.teams_shown import ORGANISATION, Board, Scope, counted_teams
from ui.widgets.basics import make_label, menu_text
from ui.widgets.chart_clipboard import put_on_clipboard
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page
from ui.widgets.page_tabs import PageTabs


class TeamsPage(Page):
    """Reads when it is shown, and again when something has changed meanwhile."""

    def __init__(self, context: Context, state: OpenState, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("teams-page")
        self._state = state
        self._is_stale = True
        self._board: Board | None = None
        self._place = 0
        self._model_id = ""
        self._scopes: dict[tuple[int, str], Scope] = {}
        self.reader = LatestReader(state, self)
        self.body = TeamsBody(context)
        self.empty = EmptyState("no-teams")
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self._menu = QMenu(self.body.model_button)
        self.body.model_button.setMenu(self._menu)
        self._reading = make_label("lead")
        self._reading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        for each in (self.body, self._with_tabs(self._reading), self._with_tabs(self.empty)):
            self._stack.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _with_tabs(self, inside: QWidget) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.addWidget(PageTabs(self.context, "teams"), 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(inside, 1)
        return page

    def _connect(self) -> None:
        context, state, body = self.context, self._state, self.body
        context.language_changed.connect(self.retranslate)
        context.theme_changed.connect(self._apply_theme)
        for signal in (
            state.library_changed,
            state.sessions_changed,
            state.session_opened,
            state.session_closed,
            state.shown_client_changed,
        ):
            signal.connect(self._on_changed)
        state.areas_changed.connect(lambda _area_ids: self._on_changed())
        self.reader.progressed.connect(self._show_progress)
        self.reader.finished.connect(self._take)
        body.tree.unit_selected.connect(lambda _unit_id: self._fill_scope())
        body.tree.unit_activated.connect(self._open)
        body.profiles.doubleClicked.connect(lambda _index: self.open_current())
        body.profiles.clicked.connect(lambda _index: self._select_profile())
        body.copy_button.clicked.connect(self.copy_chart)
        body.new_session.clicked.connect(lambda: self.trigger("session.new"))
        self._menu.aboutToShow.connect(self._fill_menu)

    # ---- what the window asks of a page ------------------------------------------------------

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Opening the session of a team, and profiles by key."""
        return {
            "session.open": self.open_current,
            "teams.areas": lambda: self.body.show_by(not self.body.by_area),
            "chart.by_dimension": lambda: self.body.show_by(False),
            "chart.by_area": lambda: self.body.show_by(True),
            "chart.copy": self.copy_chart,
        }

    def on_shown(self) -> None:
        """Read what has changed meanwhile."""
        if self._is_stale:
            self._read()
        self.take_focus()

    def take_focus(self) -> None:
        """Put the focus on the units, or on the first button of what is shown instead."""
        if self._stack.currentIndex() == 0:
            self.body.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._stack.currentIndex() == 2 and self.empty.buttons:
            self.empty.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().take_focus()

    def retranslate(self) -> None:
        """Set every text."""
        tr = self.context.texts
        self.setAccessibleName(tr.gettext("Teams"))
        self.body.retranslate(tr)
        self._fill_empty(tr)
        self._apply_theme()
        if self._board is not None:
            self._fill_board()

    def minimumSizeHint(self) -> QSize:
        """Smaller than any window we support, so that the page never holds one open."""
        return QSize(760, 440)

    # ---- reading -----------------------------------------------------------------------------

    def _on_changed(self) -> None:
        self._is_stale = True
        self._forget_other_client()
        if self.isVisible():
            self._read()

    def _forget_other_client(self) -> None:
        """Name the teams of the client on screen only, even while the page is hidden."""
        board = self._board
        if board is not None and board.client.organisation.id != self._state.client_id:
            self._board = None
            self._scopes.clear()
            self.body.forget()

    def _read(self) -> None:
        self._is_stale = False
        self.reader.start()

    def _show_progress(self, done: int, count: int) -> None:
        """Say how far it is, unless something of this client is shown already."""
        if self._board is None or self._stack.currentIndex() == 2:
            tr = self.context.texts
            self._reading.setText(
                tr.ngettext(
                    "Reading {done} of {n} session …", "Reading {done} of {n} sessions …",
                    count, done=done,
                )
            )  # fmt: skip
            self._stack.setCurrentIndex(1)

    def _take(self, client: ClientTeams | None) -> None:
        """Show what was read."""
        shown = None if self._board is None else self._board.client.organisation.id
        is_other = shown != (None if client is None else client.organisation.id)
        self._scopes.clear()
        if client is None or not client.sessions:
            self._board = None
            self._fill_empty(self.context.texts)
            self._stack.setCurrentIndex(2)
        else:
            self._board = Board.of(client)
            if is_other:
                self.body.tree.select(ORGANISATION)
            self._stack.setCurrentIndex(0)
            self._fill_board()
        if self.isVisible() and (is_other or not self._has_focus()):
            self.take_focus()

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    # ---- filling -----------------------------------------------------------------------------

    def _fill_board(self) -> None:
        board, tr = self._board, self.context.texts
        if board is None:
            return
        ids = [group.model.id for group in board.groups]
        self._place = ids.index(self._model_id) if self._model_id in ids else 0
        body = self.body
        body.model_button.setVisible(len(board.groups) > 1)
        name = _model_name(board.groups[self._place], tr)
        words = tr.gettext("Model: {name}", name=name)
        body.model_button.set_text(menu_text(words), words)
        said = tr.gettext("Latest session of each team")
        body.remark.setText(said if len(board.groups) > 1 else f"{name} · {said}")
        body.tree.fill(board, self._place, tr)
        self._fill_scope()

    def _fill_scope(self) -> None:
        if self._board is None:
            return
        unit_id = self.body.tree.current_id
        chosen = "" if self._board.is_inner(unit_id) else unit_id
        scope = self._scope_of(unit_id)
        if chosen not in {team.id for team in scope.group.teams}:
            chosen = ""
        self.body.fill(scope, chosen)

    def _scope_of(self, unit_id: str) -> Scope:
        """The teams to show for a unit, kept until something changes."""
        assert self._board is not None
        key = (self._place, unit_id if self._board.is_inner(unit_id) else ORGANISATION)
        if key not in self._scopes:
            self._scopes[key] = Scope.of(self._board, self._board.groups[self._place], unit_id)
        return self._scopes[key]

    def _fill_empty(self, tr: Translator) -> None:
        self.empty.fill(
            tr.gettext("No team has a session yet"),
            tr.gettext(
                "Each team is assessed in a session of its own. With the first one it appears"
                " here, with the second one you see where teams can learn from each other."
            ),
            (
                ("teams-first-session", tr.gettext("New session"),
                 lambda: self.trigger("session.new")),
                ("teams-to-sessions", tr.gettext("Show the sessions"),
                 lambda: self.context.page_requested.emit("library")),
            ),
        )  # fmt: skip

    def _fill_menu(self) -> None:
        tr = self.context.texts
        self._menu.clear()
        self._menu.setAccessibleName(tr.gettext("Model"))
        if self._board is None:
            return
        for place, group in enumerate(self._board.groups):
            words = f"{_model_name(group, tr)} · {counted_teams(len(group.teams), tr)}"
            action = self._menu.addAction(menu_text(words))
            action.setCheckable(True)
            action.setChecked(place == self._place)
            action.triggered.connect(
                lambda _checked=False, model_id=group.model.id: self.show_model(model_id)
            )

    def show_model(self, model_id: str) -> None:
        """Show the teams that were assessed with this model."""
        self._model_id = model_id
        self._fill_board()

    def _apply_theme(self) -> None:
        self.body.apply_theme(self.context.theme)
        self.empty.apply_theme(self.context.theme)

    # ---- actions -----------------------------------------------------------------------------

    def _select_profile(self) -> None:
        current = self.body.profiles.current
        if current is not None:
            self.body.tree.select(current.team_id)

    def open_current(self) -> None:
        """Open the latest session of the team that the focus is on."""
        profiles = self.body.profiles
        if profiles.hasFocus() and profiles.current is not None:
            self._open(profiles.current.team_id)
        elif not (self.body.asks.hasFocus() or self.body.spread.list.hasFocus()):
            self._open(self.body.tree.current_id)

    def _open(self, unit_id: str) -> None:
        if self._board is None:
            return
        team = self._board.latest.get(unit_id)
        if team is not None:
            self.context.session_requested.emit(team.session.id)
        elif not self._board.is_inner(unit_id):
            name = self._board.names[unit_id]
            self.context.notice_raised.emit(
                self.context.texts.gettext("“{unit}” has no session yet.", unit=name)
            )

    def copy_chart(self) -> None:
        """Put profiles and spread on the clipboard: as a picture, and as a table in text."""
        mime = self.body.mime_data()
        if mime is not None:
            put_on_clipboard(mime)
            self.context.notice_raised.emit(
                self.context.texts.gettext("The chart is on the clipboard.")
            )


def _model_name(group: TeamGroup, tr: Translator) -> str:
    return group.model.name.line_in(tr.language) or group.model.id
