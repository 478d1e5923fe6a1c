"""Widgets and layout of the teams page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.words.texts import Translator
from exports.palette import Palette
from ui.context import Context
from ui.dialogs.key_sheet import action_hints, move_hint
from ui.results.chart_legend import ChartLegend, LegendItem
from ui.teams.ask_list import AskList
from ui.teams.ask_rows import ask_rows, ask_summary
from ui.teams.profile_list import ProfileList, profiles, profiles_by_area
from ui.teams.spread_list import SpreadList, spread_rows
from ui.teams.teams_shown import Scope
from ui.teams.together import Together
from ui.teams.unit_tree import UnitTree
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import ElidedLabel, make_card, make_label
from ui.widgets.controls import PressButton, set_heading
from ui.widgets.flow_layout import ANY_SIZE, SideBySide, scroll_around
from ui.widgets.key_hints import KeyHints
from ui.widgets.page_space import fit_space
from ui.widgets.page_tabs import PageTabs
from ui.widgets.tab_row import add_tabs, view_tab

BY_DIMENSION, BY_AREA = "by-dimension", "by-area"
_LEFT, _RIGHT = 232, 292
Rows = TypeVar("Rows")


class TeamsBody(QWidget):
    """A bar, the units at the left, profiles and spread, and who can ask whom at the right."""

    #: Profiles are shown by area instead of by dimension, or the other way round.
    view_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.by_area = False
        self._scope: Scope | None = None
        self._kept_for: tuple[Scope | None, str] = (None, "")
        self._kept_rows: dict[object, Any] = {}
        self._chosen = ""
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(self._build_bar())
        inside = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.addWidget(self._build_units())
        self._columns.addLayout(self._build_middle(), 1)
        self._columns.addWidget(self._build_learning())
        self._scroll = scroll_around(inside)
        self._outer.addWidget(self._scroll, 1)
        self._hints = KeyHints()
        self._outer.addWidget(self._hints)
        for name, tab in self.tabs.items():
            tab.clicked.connect(lambda _checked=False, name=name: self.show_by(name == BY_AREA))
        self.spread.area_chosen.connect(self.asks.show_area)
        TYPE.changed.connect(self._fit)
        context.keys.changed.connect(self._fill_hints)

    # ---- building ----------------------------------------------------------------------------

    def _build_bar(self) -> QWidget:
        self.model_button = PressButton("teams-model")
        self.remark = ElidedLabel("secondary")
        self.copy_button = PressButton("teams-copy")
        left, right = QHBoxLayout(), QHBoxLayout()
        left.addWidget(PageTabs(self._context, "teams"))
        left.addWidget(self.remark, 1)
        right.addWidget(self.model_button)
        right.addWidget(self.copy_button)
        for row in (left, right):
            row.setSpacing(8)
        return SideBySide(left, right)

    def _build_units(self) -> QFrame:
        self._units, layout = make_card()
        self._units.setObjectName("units-card")
        self._units_heading = make_label("heading")
        self.tree = UnitTree()
        self.together = Together()
        self._together_scroll = scroll_around(self.together)
        layout.addWidget(self._units_heading)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self._together_scroll)
        return self._units

    def _build_middle(self) -> QVBoxLayout:
        self._profiles, layout = make_card()
        self._profiles.setObjectName("profiles-card")
        self._profiles_heading = make_label("heading")
        self.legend = ChartLegend(align_right=True)
        self.tabs = {name: view_tab(f"teams-{name}") for name in (BY_DIMENSION, BY_AREA)}
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._profiles_heading)
        row.addWidget(self.legend, 1)
        add_tabs(row, self.tabs, self)
        self.profiles = ProfileList()
        layout.addLayout(row)
        layout.addWidget(self.profiles)
        middle = QVBoxLayout()
        middle.addWidget(self._profiles)
        middle.addWidget(self._build_spread(), 1)
        self._middle = middle
        return middle

    def _build_spread(self) -> QFrame:
        self._spread_card, layout = make_card()
        self._spread_card.setObjectName("spread-card")
        self._spread_card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._spread_heading = make_label("heading")
        self._spread_meaning = ElidedLabel("secondary")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._spread_heading)
        head.addWidget(self._spread_meaning, 1)
        self.spread = SpreadList()
        self._alone = make_label("lead", wrap=True)
        self._alone.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.new_session = PressButton("teams-new-session", "primary")
        alone = QWidget()
        below = QVBoxLayout(alone)
        below.setContentsMargins(0, 8, 0, 0)
        below.setSpacing(16)
        below.addWidget(self._alone)
        below.addWidget(self.new_session, 0, Qt.AlignmentFlag.AlignLeft)
        below.addStretch(1)
        self._spread_stack = QStackedWidget()
        self._spread_stack.addWidget(self.spread)
        self._spread_stack.addWidget(alone)
        layout.addLayout(head)
        layout.addWidget(self._spread_stack, 1)
        return self._spread_card

    def _build_learning(self) -> QFrame:
        self._learning, layout = make_card()
        self._learning.setObjectName("learning-card")
        self._learning_heading = make_label("heading", wrap=True)
        self._summary = make_label("secondary", wrap=True)
        self.asks = AskList()
        for view in (self.tree, self.spread.list, self.asks):
            view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        layout.addWidget(self._learning_heading)
        layout.addWidget(self._summary)
        layout.addWidget(self.asks, 1)
        return self._learning

    # ---- filling -----------------------------------------------------------------------------

    def retranslate(self, tr: Translator) -> None:
        """Set every text that does not depend on the library."""
        set_heading(self._units_heading, tr.gettext("Units"))
        self.tree.setAccessibleName(tr.gettext("Units"))
        set_heading(self._profiles_heading, tr.gettext("Profiles"))
        self.profiles.setAccessibleName(tr.gettext("Profiles of the teams"))
        set_heading(self._spread_heading, tr.gettext("Spread between teams, widest first"))
        self.spread.set_texts(
            tr.gettext("Spread between teams, widest first"),
            tr.gettext("Area"),
            tr.gettext("spread"),
        )
        set_heading(self._learning_heading, tr.gettext("Where teams can learn from each other"))
        self.asks.setAccessibleName(tr.gettext("Where teams can learn from each other"))
        self.tabs[BY_DIMENSION].set_text(tr.gettext("Dimensions"))
        self.tabs[BY_AREA].set_text(tr.gettext("Areas"))
        for tab in self.tabs.values():
            tab.setAccessibleName(tr.gettext("Profile: {view}", view=tab.text()))
        self.copy_button.set_text(tr.gettext("Copy chart"))
        self._fill_hints()
        self.new_session.set_text(tr.gettext("New session"))

    def _fill_hints(self) -> None:
        """The keys that act on this page now."""
        tr, keys = self._context.texts, self._context.keys
        actions = (
            ("session.open", tr.pgettext("what a key does", "open")),
            ("teams.areas", tr.gettext("areas")),
            ("chart.copy", tr.gettext("copy chart")),
            ("keys", tr.gettext("all keys")),
        )
        self._hints.set_hints([move_hint(tr.gettext("unit"), tr), *action_hints(actions, keys, tr)])

    def fill(self, scope: Scope, chosen: str) -> None:
        """Show the teams of a scope; ``chosen`` is the team that is looked at, if it is one."""
        tr = self._context.texts
        self._scope, self._chosen = scope, chosen
        self.together.fill(scope, tr)
        self._fill_profiles()
        if len(scope.group.teams) > 1:
            self.spread.fill(scope, chosen, self._kept(scope, spread_rows))
            rows = ask_rows(scope, chosen, tr)
            self._summary.setText(ask_summary(scope, chosen, rows, tr))
            self._spread_stack.setCurrentIndex(0)
        else:
            rows = ()
            self._fill_alone(scope, tr)
        self.asks.fill(rows, chosen)
        self._fit()

    def forget(self) -> None:
        """Name no team: another client is on screen."""
        self._scope, self._chosen = None, ""
        self._kept_for, self._kept_rows = (None, ""), {}
        self.remark.setText("")
        self.model_button.set_text("")
        self._summary.setText("")
        for part in (self.tree, self.together, self.profiles, self.spread):
            part.forget()
        self.asks.fill((), "")

    def _fill_alone(self, scope: Scope, tr: Translator) -> None:
        """Say what appears with a second team, and how to get there."""
        is_empty = not scope.group.teams
        self._alone.setText(
            tr.gettext("No unit here has a session with this model yet.")
            if is_empty
            else tr.gettext("With a second team, its levels stand beside these ones here.")
        )
        self._summary.setText(tr.gettext("It takes two teams to ask each other."))
        self._spread_stack.setCurrentIndex(1)

    def _fill_profiles(self) -> None:
        if self._scope is not None:
            rows = self._kept(self._scope, profiles_by_area if self.by_area else profiles)
            self.profiles.fill(rows, self._chosen)

    def _kept(self, scope: Scope, make: Callable[[Scope, Translator], Rows]) -> Rows:
        """Make all that does not depend on the chosen team, once for a scope and a language."""
        tr = self._context.texts
        if self._kept_for != (scope, tr.language):
            self._kept_for = (scope, tr.language)
            self._kept_rows = {}
        if make not in self._kept_rows:
            self._kept_rows[make] = make(scope, tr)
        rows: Rows = self._kept_rows[make]
        return rows

    def mime_data(self) -> QMimeData | None:
        """The content for the clipboard; ``None`` without teams."""
        scope = self._scope
        if scope is None or not scope.group.teams:
            return None
        from ui.teams.teams_picture import teams_mime_data

        shown = self._kept(scope, profiles_by_area if self.by_area else profiles)
        rows = self._kept(scope, spread_rows)
        return teams_mime_data(scope, shown, rows, self.font(), self._context.texts)

    def show_by(self, by_area: bool) -> None:
        """Show profiles by area, or by dimension."""
        self.by_area = by_area
        self.tabs[BY_AREA if by_area else BY_DIMENSION].setChecked(True)
        self._fill_profiles()
        self.view_changed.emit()

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        for part in (self.tree, self.profiles, self.spread, self.asks, self.together.dimensions):
            part.apply_theme(theme)
        tr = self._context.texts
        items = (
            LegendItem("today", tr.gettext("team")),
            LegendItem("earlier", tr.gettext("all areas of all teams")),
        )
        self.legend.fill(items, theme)

    # ---- size --------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit white space and columns to the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width, height = self.width(), self.height()
        stacked = width < scaled(1080)
        inner = (self._columns, self._middle)
        fit_space(self, self._outer, inner, is_narrow=width < scaled(1160))
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if stacked else direction.LeftToRight)
        for card, wide in ((self._units, _LEFT), (self._learning, _RIGHT)):
            card.setMinimumWidth(0 if stacked else scaled(wide))
            card.setMaximumWidth(ANY_SIZE if stacked else scaled(wide))
        self.profiles.set_low(height < scaled(720))
        self._spread_card.setMinimumHeight(scaled(300 if stacked else 180))
        self._learning.setMinimumHeight(scaled(320) if stacked else 0)
        self._fit_units(stacked=stacked)
        self._fill_meaning()

    def _fit_units(self, *, stacked: bool) -> None:
        """The figure takes what it needs, up to a little more than half of the column."""
        needed = self.together.sizeHint().height()
        width = self._units.width() - 36
        if self.together.hasHeightForWidth() and width > 0:
            needed = self.together.heightForWidth(width)
        tree = min(self.tree.needed_height(), scaled(220)) if stacked else scaled(96)
        self.tree.setMinimumHeight(tree)
        room = needed if stacked else round(self.height() * 0.56)
        self._together_scroll.setFixedHeight(max(scaled(120), min(needed + 2, room)))

    def _fill_meaning(self) -> None:
        tr = self._context.texts
        self._spread_meaning.setText(
            tr.gettext("number = teams at this level")
            if self.spread.shows_counts
            else tr.gettext("mark = team, same level side by side")
        )
        self._spread_meaning.setAlignment(Qt.AlignmentFlag.AlignRight)
