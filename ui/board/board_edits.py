"""Changes that board and timeline make besides those to the selected step."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from app.planning.problem import StepKey
from app.session.plan_settings import PlanOrder
from app.words.step_words import details_of
from ui.board.bar_model import with_usual_capacity
from ui.board.board_model import Column
from ui.roadmap.step_edits import StepEdits, refuse_if_read_only
from ui.roadmap.steps_area import StepsArea
from ui.widgets.page import SessionPage


class BoardEdits(StepEdits):
    """Dropping cards on columns, and the capacity, order and settings of the plan."""

    def __init__(self, page: SessionPage, view: StepsArea) -> None:
        super().__init__(
            page,
            view,
            lambda: None if view.selected is None else view.selected.key,
            view.selected_place,
        )

    def drop(self, key: StepKey, column: Column | None) -> None:
        """Pin a step to the first quarter of a column; on ``None``, *Later*, it loses its pin."""
        if column is not None:
            self.pin(key, column.periods[0])
        elif details_of(self._current.session, key).pin is not None:
            self.unpin_step(key)
        else:
            tr = self._page.context.texts
            self._page.context.notice_raised.emit(
                tr.gettext(
                    "Later holds the steps that find no room. To take a step out of the plan, set"
                    " its status to dropped."
                )
            )

    # ---- the plan ----------------------------------------------------------------------------

    def edit_settings(self) -> None:
        """Open the settings of the plan."""
        from ui.board.settings_dialog import PlanSettingsDialog

        page = self._page
        refuse_if_read_only(page)
        PlanSettingsDialog(page.context.texts, page.workspace.workshop, page.window()).open()

    def try_capacity(self, days: int) -> None:
        """Plan with another usual capacity for now, without storing it."""
        settings = self._page.workspace.session.plan
        capacity = with_usual_capacity(settings, Fraction(days))
        self._page.workspace.plan.try_out(replace(settings, capacity=capacity))

    def set_capacity(self, days: int) -> None:
        """Store another usual capacity."""
        workshop = self._page.workspace.workshop
        try:
            capacity = with_usual_capacity(workshop.session.plan, Fraction(days))
            if capacity != workshop.session.plan.capacity:
                workshop.change_plan(capacity=capacity)
        finally:
            self._page.workspace.plan.try_out(None)

    def set_order(self, order: PlanOrder) -> None:
        """Plan in another order."""
        self._page.workspace.workshop.change_plan(order=order)

    def swap_order(self) -> None:
        """Plan in the other order."""
        is_best = self._page.workspace.session.plan.order is PlanOrder.BEST
        self.set_order(PlanOrder.PRIORITY if is_best else PlanOrder.BEST)
