"""Pages that show the plan as tables: all steps, and their priorities."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.words.texts import Translator
from ui.context import Context
from ui.dialogs.key_sheet import action_hints, key_in_words
from ui.roadmap.empty_plan import fill_empty_plan
from ui.roadmap.outcome import Outcome, remark_of
from ui.roadmap.plan_source import CurrentPlan
from ui.roadmap.plan_table import PlanColumn, PlanRow, PlanTable
from ui.roadmap.step_edits import StepEdits, open_step
from ui.roadmap.table_rows import priority_columns, priority_rows, table_columns, table_rows
from ui.type_scale import TYPE
from ui.widgets.basics import ElidedLabel, make_bar, make_card
from ui.widgets.controls import PressButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow_layout import SideBySide
from ui.widgets.key_hints import Hint, KeyHints
from ui.widgets.page import SessionPage
from ui.widgets.page_space import fit_space
from ui.widgets.page_tabs import PageTabs
from ui.workspace import Workspace


class _TablePage(SessionPage):
    """A table of all steps; filled while it is visible."""

    name: str

    def __init__(
        self, context: Context, workspace: Workspace, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, workspace, parent)
        self.setObjectName(f"{self.name}-page")
        self._is_stale = True
        self._outcome = Outcome(self)
        self._build()
        self.edits = StepEdits(
            self,
            self.table,
            lambda: self.table.key,
            lambda: self.table.visualRect(self.table.currentIndex()),
        )
        context.language_changed.connect(self.retranslate)
        context.theme_changed.connect(self._on_changed)
        self.table.step_opened.connect(lambda key: self.attempt(lambda: open_step(self, key)))
        self.export.clicked.connect(lambda: self.trigger("session.export"))
        self._follow()
        self.retranslate()

    def _build(self) -> None:
        self.table = PlanTable(f"{self.name}-table")
        self.empty = EmptyState("no-steps")
        self.export = PressButton("export", "primary")
        self.remark = ElidedLabel("secondary")
        card, inside = make_card()
        inside.addWidget(self.table)
        self._stack = QStackedWidget()
        self._stack.addWidget(card)
        self._stack.addWidget(self.empty)
        left, right = QHBoxLayout(), QHBoxLayout()
        left.addWidget(PageTabs(self.context, self.name), 0, Qt.AlignmentFlag.AlignTop)
        left.addStretch(1)
        right.addStretch(1)
        right.addWidget(self.export)
        self._head = SideBySide(left, right)
        self._outer = QVBoxLayout()
        self._outer.addWidget(self._head)
        self._outer.addWidget(self._stack, 1)
        bar, row = make_bar()
        self._hints = KeyHints()
        row.addWidget(self.remark, 2)
        row.addWidget(self._hints, 2)
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

    def _follow(self) -> None:
        self._plan = self.workspace.plan
        self._plan.changed.connect(self._on_changed)

    # ---- of each page ------------------------------------------------------------------------

    def title(self, tr: Translator) -> str:
        """Name of the page and its table."""
        raise NotImplementedError

    def columns(self, tr: Translator) -> tuple[PlanColumn, ...]:
        """Columns of the table."""
        raise NotImplementedError

    def rows(self, current: CurrentPlan, tr: Translator) -> tuple[PlanRow, ...]:
        """Rows of the table."""
        raise NotImplementedError

    # ---- what the window asks of a page ------------------------------------------------------

    def set_workspace(self, workspace: Workspace) -> None:
        """Show another session."""
        self._plan.changed.disconnect(self._on_changed)
        super().set_workspace(workspace)
        self._outcome.forget()
        self._follow()
        self._on_changed()

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Sorting, and all that can be done with the step of the current row."""
        return {**self.edits.handlers(), "plan.sort": self._sort}

    def on_shown(self) -> None:
        """Show what has changed meanwhile."""
        if self._is_stale:
            self.fill()
        self.take_focus()

    def take_focus(self) -> None:
        """Put the focus on the table, or on the first way out where there is none."""
        if self._stack.currentIndex() == 0:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.empty.buttons:
            self.empty.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().take_focus()

    def retranslate(self) -> None:
        """Set every text."""
        tr, keys = self.context.texts, self.context.keys
        self.setAccessibleName(self.title(tr))
        self.table.setAccessibleName(self.title(tr))
        self.export.set_text(tr.gettext("Export…"))
        actions = [
            ("plan.sort", tr.gettext("sort by this column")),
            ("plan.edit", tr.gettext("edit")),
            ("keys", tr.gettext("all keys")),
        ]
        arrows = [key_in_words(key, tr) for key in ("Left", "Right")]
        moves = [key_in_words(keys.shown(f"plan.{way}"), tr) for way in ("earlier", "later")]
        pin: list[Hint] = [(moves, tr.gettext("move and pin"))] if all(moves) else []
        column: Hint = (arrows, tr.gettext("column"))
        hints = [column, *pin, *action_hints(actions, keys, tr)]
        self._hints.set_hints(hints)
        self._head.refit()
        self._on_changed()

    # ---- filling -----------------------------------------------------------------------------

    def _on_changed(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.fill()

    def fill(self) -> None:
        """Show everything as it is now."""
        self._is_stale = False
        tr, current = self.context.texts, self._plan.current
        self.table.apply_theme(self.context.theme)
        self.empty.apply_theme(self.context.theme)
        rows = self.rows(current, tr)
        self._stack.setCurrentIndex(0 if rows else 1)
        self.remark.setText(remark_of(current, tr))
        self._outcome.announce(current, tr)
        if rows:
            self.table.fill(self.columns(tr), rows)
        else:
            fill_empty_plan(self.empty, self, current, tr)

    def _sort(self) -> None:
        self.table.sort(self.context.texts)


class TablePage(_TablePage):
    """All steps of the plan."""

    name = "table"

    def title(self, tr: Translator) -> str:
        """Name of the page and its table."""
        return tr.gettext("All steps")

    def columns(self, tr: Translator) -> tuple[PlanColumn, ...]:
        """Columns of the table."""
        return table_columns(tr)

    def rows(self, current: CurrentPlan, tr: Translator) -> tuple[PlanRow, ...]:
        """Rows of the table."""
        return table_rows(current, tr)


class PrioritiesPage(_TablePage):
    """All steps by rank, with the inputs of their priorities."""

    name = "priorities"

    def title(self, tr: Translator) -> str:
        """Name of the page and its table."""
        return tr.gettext("Priorities")

    def columns(self, tr: Translator) -> tuple[PlanColumn, ...]:
        """Columns of the table."""
        return priority_columns(tr)

    def rows(self, current: CurrentPlan, tr: Translator) -> tuple[PlanRow, ...]:
        """Rows of the table."""
        return priority_rows(current, tr)
