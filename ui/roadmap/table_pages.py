"""Pages that show the plan as tables: all steps, and their priorities."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.words.texts import Translator
from ui.context import Context
from ui.dialogs.key_sheet import action_hints, key_in_words
from ui.roadmap.plan_source import CurrentPlan
from ui.roadmap.plan_table import PlanColumn, PlanRow, PlanTable
from ui.roadmap.roadmap_page import OneViewPage, pin_hints
from ui.roadmap.step_edits import StepEdits, open_step
from ui.roadmap.table_rows import priority_columns, priority_rows, table_columns, table_rows
from ui.widgets.basics import make_card
from ui.widgets.key_hints import Hint
from ui.workspace import Workspace


class _TablePage(OneViewPage):
    """A table of all steps."""

    space = (2, 2)

    def __init__(
        self, context: Context, workspace: Workspace, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, workspace, parent)
        self.table = PlanTable(f"{self.name}-table")
        card, inside = make_card()
        inside.addWidget(self.table)
        self.build(card)
        self.edits = StepEdits(
            self,
            self.table,
            lambda: self.table.key,
            lambda: self.table.visualRect(self.table.currentIndex()),
        )
        self.table.step_opened.connect(lambda key: self.attempt(lambda: open_step(self, key)))
        self.begin()

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

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Sorting, and all that can be done with the step of the current row."""
        return {**self.edits.handlers(), "plan.sort": self._sort}

    def focus_view(self) -> None:
        """Put the focus on the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- filling -----------------------------------------------------------------------------

    def set_texts(self, tr: Translator) -> Sequence[Hint]:
        """Name page and table."""
        self.setAccessibleName(self.title(tr))
        self.table.setAccessibleName(self.title(tr))
        actions = [
            ("plan.sort", tr.gettext("sort by this column")),
            ("plan.edit", tr.gettext("edit")),
            ("keys", tr.gettext("all keys")),
        ]
        column: Hint = ([key_in_words(key, tr) for key in ("Left", "Right")], tr.gettext("column"))
        return [column, *pin_hints(self.context), *action_hints(actions, self.context.keys, tr)]

    def fill_view(self, current: CurrentPlan, tr: Translator) -> None:
        """Show the steps as rows."""
        self.table.apply_theme(self.context.theme)
        rows = self.rows(current, tr)
        if rows:
            self.table.fill(self.columns(tr), rows)

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
