"""Widgets and layout of the board page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.session.session import Session
from app.words.texts import Translator
from exports.palette import Palette
from ui.board.board_view import BoardView
from ui.board.clash_bar import ClashBar
from ui.board.plan_bar import PlanBar
from ui.board.step_panel import StepPanel
from ui.context import Context
from ui.dialogs.key_sheet import action_hints, move_hint
from ui.roadmap.roadmap_page import pin_hints
from ui.type_scale import TYPE, scaled
from ui.variants.scenario_button import ScenarioButton
from ui.widgets.basics import ElidedLabel, make_bar
from ui.widgets.controls import PressButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow_layout import SideBySide
from ui.widgets.key_hints import KeyHints
from ui.widgets.page_space import fit_space
from ui.widgets.page_tabs import PageTabs
from ui.widgets.tab_row import add_tabs, view_tab

_PREVIEW_SHARE = 0.55
_WIDE, _ROOMY = 1400, 1000
_LOW = 400
"""Below this height cards have the room of the averages, which stand above them, too."""
QUARTERS, NOW_NEXT = "quarters", "now-next-later"


class BoardBody(QWidget):
    """Tabs and buttons, the bar with the figures, the board with the panel, and the keys."""

    #: Another view of the board is wanted.
    view_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._build()
        for tab in self.views.values():
            tab.clicked.connect(lambda _checked=False: self.view_changed.emit())
        TYPE.changed.connect(self._fit)

    # ---- building ----------------------------------------------------------------------------

    def _build(self) -> None:
        self.board, self.panel, self.bar = BoardView(), StepPanel(), PlanBar()
        self.clash = ClashBar()
        self.empty = EmptyState("no-steps")
        self._columns = QHBoxLayout()
        self._columns.addWidget(self.board, 1)
        self._columns.addWidget(self.panel)
        filled = QWidget()
        inside = QVBoxLayout(filled)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.bar)
        inside.addWidget(self.clash)
        inside.addLayout(self._columns, 1)
        self._inside = inside
        self._stack = QStackedWidget()
        self._stack.addWidget(filled)
        self._stack.addWidget(self.empty)
        self._outer = QVBoxLayout()
        self._outer.addWidget(self._build_head())
        self._outer.addWidget(self._stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._outer, 1)
        whole.addWidget(self._build_footer())

    def _build_head(self) -> QWidget:
        self.views = {name: view_tab(f"board-{name}") for name in (QUARTERS, NOW_NEXT)}
        self.scenario = ScenarioButton()
        self.freeze = PressButton("freeze-version")
        self.settings = PressButton("plan-settings")
        self.profile = PressButton("profile")
        self.export = PressButton("export", "primary")
        left, right = QHBoxLayout(), QHBoxLayout()
        left.addWidget(PageTabs(self._context, "board"), 0, Qt.AlignmentFlag.AlignTop)
        left.addStretch(1)
        right.addStretch(1)
        add_tabs(right, self.views, self)
        right.addWidget(self.scenario)
        right.addWidget(self.freeze)
        right.addWidget(self.profile)
        right.addWidget(self.settings)
        right.addWidget(self.export)
        for row in (left, right):
            row.setSpacing(8)
        self._head = SideBySide(left, right)
        return self._head

    def _build_footer(self) -> QWidget:
        bar, row = make_bar()
        self.preview = ElidedLabel("secondary")
        self.preview.setObjectName("next-key")
        self.preview.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._hints = KeyHints()
        self._hints.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self.preview)
        row.addWidget(self._hints, 1)
        return bar

    # ---- filling -----------------------------------------------------------------------------

    @property
    def by_quarter(self) -> bool:
        """True while there is a column for every quarter."""
        return self.views[QUARTERS].isChecked()

    @property
    def shows_board(self) -> bool:
        """True unless the page says why there is none."""
        return self._stack.currentIndex() == 0

    def show_board(self, is_there: bool) -> None:
        """Show the board, or what stands in its place."""
        self._stack.setCurrentIndex(0 if is_there else 1)

    def fill_scenario(self, session: Session, tr: Translator) -> None:
        """Name the scenario that is planned."""
        self.scenario.fill(session, tr)
        self._head.refit()

    def retranslate(self, tr: Translator) -> None:
        """Set every text that is not filled in."""
        self.views[QUARTERS].set_text(tr.gettext("Quarters"))
        self.views[NOW_NEXT].set_text(tr.gettext("Now, next, later"))
        self.freeze.set_text(tr.gettext("Freeze version…"))
        self.settings.set_text(tr.gettext("Plan settings…"))
        self.profile.set_text(tr.gettext("Profile…"))
        self.export.set_text(tr.gettext("Export…"))
        self.board.setAccessibleName(tr.gettext("Steps by quarter"))
        self.bar.retranslate(tr)
        self.panel.retranslate(tr, self._context.keys.shown("plan.why"))
        self.fill_hints(tr)
        self._head.refit()

    def fill_hints(self, tr: Translator) -> None:
        """Show the keys of the page."""
        keys = self._context.keys
        actions = [
            ("plan.why", tr.gettext("why here")),
            ("plan.unpin", tr.gettext("unpin")),
            ("plan.edit", tr.gettext("edit")),
            ("plan.status", tr.gettext("status")),
            ("plan.capacity", tr.gettext("capacity")),
            ("plan.profile", tr.gettext("profile")),
            ("keys", tr.gettext("all keys")),
        ]
        card = move_hint(tr.gettext("card"), tr)
        hints = [card, *pin_hints(self._context), *action_hints(actions, keys, tr)]
        self._hints.set_hints(hints)

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self.board.apply_theme(theme)
        self.bar.apply_theme(theme)
        self.empty.apply_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.freeze.setVisible(self.width() >= scaled(_WIDE))
        self.profile.setVisible(self.width() >= scaled(_ROOMY))  # else they are in the menu alone
        self.panel.fit(self.width())
        self.bar.show_averages(self.height() >= scaled(_LOW))
        self.preview.setMaximumWidth(round(self.width() * _PREVIEW_SHARE))
        fit_space(
            self, self._outer, (self._columns, self._inside), is_narrow=False, above_footer=True
        )
