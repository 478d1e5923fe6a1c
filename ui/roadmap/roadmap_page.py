"""Base classes of the pages that show the plan."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.words.texts import Translator
from ui.context import Context
from ui.dialogs.key_sheet import key_in_words
from ui.roadmap.empty_plan import fill_empty_plan
from ui.roadmap.outcome import Outcome, remark_of
from ui.roadmap.plan_source import CurrentPlan
from ui.type_scale import TYPE
from ui.widgets.basics import ElidedLabel, make_bar
from ui.widgets.controls import PressButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow_layout import SideBySide
from ui.widgets.key_hints import Hint, KeyHints
from ui.widgets.page import SessionPage
from ui.widgets.page_space import fit_space
from ui.widgets.page_tabs import PageTabs
from ui.workspace import Workspace


class RoadmapPage(SessionPage):
    """A page that follows the current plan; filled while it is visible.

    A subclass builds its widgets and calls :meth:`begin` at the end.
    """

    name: str

    def __init__(
        self, context: Context, workspace: Workspace, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, workspace, parent)
        self.setObjectName(f"{self.name}-page")
        self._is_stale = True
        self._outcome = Outcome(self)

    def begin(self) -> None:
        """Follow plan, language, keys and colours, and set every text."""
        self.context.language_changed.connect(self.retranslate)
        self.context.theme_changed.connect(self.on_changed)
        self.context.keys.changed.connect(self.retranslate)
        self._follow()
        self.retranslate()

    def _follow(self) -> None:
        self._plan = self.workspace.plan
        self._plan.changed.connect(self.on_changed)

    @property
    def current(self) -> CurrentPlan:
        """The plan that is shown."""
        return self._plan.current

    # ---- of each page ------------------------------------------------------------------------

    def fill(self) -> None:
        """Show everything as it is now."""
        raise NotImplementedError

    def forget_selection(self) -> None:
        """Begin at the first step of the next plan."""

    def focus_view(self) -> None:
        """Put the focus on the steps."""
        raise NotImplementedError

    # ---- what the window asks of a page ------------------------------------------------------

    def set_workspace(self, workspace: Workspace) -> None:
        """Show another session."""
        self._plan.changed.disconnect(self.on_changed)
        super().set_workspace(workspace)
        self._follow()
        self.forget_selection()
        self._outcome.forget()
        self.on_changed()

    def on_shown(self) -> None:
        """Show what has changed meanwhile."""
        if self._is_stale:
            self.fill()
        self.take_focus()

    def focus_steps(self, empty: EmptyState, *, has_steps: bool) -> None:
        """Put the focus on the steps, or on the first way out where there are none."""
        if has_steps:
            self.focus_view()
        elif empty.buttons:
            empty.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().take_focus()

    def on_changed(self) -> None:
        """Fill the page, at once or when it is shown."""
        self._is_stale = True
        if self.isVisible():
            self.fill()


class OneViewPage(RoadmapPage):
    """A page with one view of the plan: tabs and buttons above, a remark and the keys below.

    ``space`` is how remark and keys share the width.
    """

    space = (1, 2)

    def build(self, view: QWidget, *parts: QWidget) -> None:
        """Lay the page out around ``view``; ``parts`` stand beside *Export…*."""
        self.empty = EmptyState("no-steps")
        self.export = PressButton("export", "primary")
        self.export.clicked.connect(lambda: self.trigger("session.export"))
        self.remark = ElidedLabel("secondary")
        self._hints = KeyHints()
        self._stack = QStackedWidget()
        self._stack.addWidget(view)
        self._stack.addWidget(self.empty)
        left, right = QHBoxLayout(), QHBoxLayout()
        left.addWidget(PageTabs(self.context, self.name), 0, Qt.AlignmentFlag.AlignTop)
        left.addStretch(1)
        right.addStretch(1)
        for part in (*parts, self.export):
            right.addWidget(part)
        for row in (left, right):
            row.setSpacing(8)
        self._head = SideBySide(left, right)
        self._outer = QVBoxLayout()
        self._outer.addWidget(self._head)
        self._outer.addWidget(self._stack, 1)
        bar, row = make_bar()
        for part, share in zip((self.remark, self._hints), self.space, strict=True):
            row.addWidget(part, share)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._outer, 1)
        whole.addWidget(bar)
        TYPE.changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        fit_space(self, self._outer, (), is_narrow=False, above_footer=True)

    def take_focus(self) -> None:
        """Put the focus on the steps, or on the first way out where there are none."""
        self.focus_steps(self.empty, has_steps=self._stack.currentIndex() == 0)

    # ---- of each page ------------------------------------------------------------------------

    def set_texts(self, tr: Translator) -> Sequence[Hint]:
        """Set the texts of this page, and return its keys."""
        raise NotImplementedError

    def fill_view(self, current: CurrentPlan, tr: Translator) -> None:
        """Show the plan, which may have no steps."""
        raise NotImplementedError

    # ---- filling -----------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every text."""
        tr = self.context.texts
        self.export.set_text(tr.gettext("Export…"))
        self._hints.set_hints(self.set_texts(tr))
        self._head.refit()
        self.on_changed()

    def fill(self) -> None:
        """Show everything as it is now."""
        self._is_stale = False
        tr, current = self.context.texts, self.current
        has_steps = bool(current.plan.problem.steps)
        self.empty.apply_theme(self.context.theme)
        self._stack.setCurrentIndex(0 if has_steps else 1)
        self.fill_view(current, tr)
        self.remark.setText(remark_of(current, tr))
        self._outcome.announce(current, tr)
        self._head.refit()
        if not has_steps:
            fill_empty_plan(self.empty, self, current, tr)


def pin_hints(context: Context) -> list[Hint]:
    """The keys that move and pin a step; none where one of them is switched off."""
    tr, keys = context.texts, context.keys
    moves = [key_in_words(keys.shown(f"plan.{way}"), tr) for way in ("earlier", "later")]
    return [(moves, tr.gettext("move and pin"))] if all(moves) else []
