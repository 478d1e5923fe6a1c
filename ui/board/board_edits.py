"""Changes that board and timeline make: moving and pinning steps, their details, and the plan."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from app.planning.efforts import step_actions
from app.planning.plan import Clash, Wish
from app.planning.problem import StepKey
from app.session.plan_settings import PlanOrder
from app.words.plan_words import period_in_words, step_name
from app.words.step_words import details_of
from ui.board.bar_model import with_usual_capacity
from ui.board.board_model import Column
from ui.board.panel_model import target_period
from ui.roadmap.plan_source import CurrentPlan
from ui.widgets.announcer import announce
from ui.widgets.page import SessionPage

if TYPE_CHECKING:
    from ui.board.board_view import BoardView
    from ui.board.step_dialog import StepDialog
    from ui.timeline.timeline_view import TimelineView


def refuse_if_read_only(page: SessionPage) -> None:
    """Raise what a change would raise, before a dialog asks for one."""
    why = page.workspace.library.read_only
    if why is not None:
        raise why


def open_step(page: SessionPage, key: StepKey) -> StepDialog:
    """Open the details of a step; raises ``AppError`` where nothing can be changed."""
    from ui.board.step_dialog import StepDialog

    refuse_if_read_only(page)
    context = page.context
    dialog = StepDialog(
        context.texts, page.workspace.workshop, key, context.user_name(), page.window()
    )
    dialog.open()
    return dialog


class BoardEdits:
    """Everything goes through the workshop, so that it can be undone; raises ``AppError``."""

    def __init__(self, page: SessionPage, board: BoardView | TimelineView) -> None:
        self._page = page
        self._board = board

    @property
    def _current(self) -> CurrentPlan:
        return self._page.workspace.plan.current

    @property
    def _key(self) -> StepKey | None:
        """The selected step."""
        card = self._board.selected
        return None if card is None else card.key

    # ---- steps -------------------------------------------------------------------------------

    def move(self, step: int) -> None:
        """Move the selected step by a quarter and pin it there."""
        key, current = self._key, self._current
        if key is None:
            return
        period = target_period(current, key, step)
        if period is None:
            tr = self._page.context.texts
            announce(self._board, tr.gettext("There is no quarter in that direction."))
            return
        self._pin(key, period)

    def drop(self, key: StepKey, column: Column | None) -> None:
        """Pin a step to the first quarter of a column; on ``None``, *Later*, it loses its pin."""
        if column is None:
            self._unpin(key)
        else:
            self._pin(key, column.periods[0])

    def toggle_pin(self) -> None:
        """Pin the selected step to its quarter, or unpin it."""
        key, current = self._key, self._current
        if key is None:
            return
        start = current.plan.starts[key]
        if details_of(current.session, key).pin is not None:
            self._unpin(key)
        elif start is not None:
            self._pin(key, start)
        else:
            tr = self._page.context.texts
            announce(self._board, tr.gettext("A step in Later has no quarter to pin it to."))

    def unpin(self) -> None:
        """Let the plan place the selected step again."""
        if self._key is not None:
            self._unpin(self._key)

    def _pin(self, key: StepKey, period: int) -> None:
        current, tr = self._current, self._page.context.texts
        limits = current.plan.problem.limits
        if limits.start is None:
            return
        self._page.workspace.workshop.pin_step(*key, limits.start.plus(period - 1))
        self._board.show_selected()
        said = tr.gettext(
            "{step} is pinned to {quarter}.",
            step=step_name(current.session, key), quarter=period_in_words(limits, period, tr),
        )  # fmt: skip
        announce(self._board, said)

    def _unpin(self, key: StepKey) -> None:
        current, tr = self._current, self._page.context.texts
        name = step_name(current.session, key)
        if details_of(current.session, key).pin is None:
            announce(self._board, tr.gettext("{step} is not pinned.", step=name))
            return
        self._page.workspace.workshop.pin_step(*key, None)
        announce(self._board, tr.gettext("{step} is no longer pinned.", step=name))

    def drop_wish(self, clash: Clash) -> None:
        """Drop a pin or a fixed date that cannot hold together with others."""
        if clash.step is not None:
            workshop = self._page.workspace.workshop
            if clash.wish is Wish.PIN:
                workshop.pin_step(*clash.step, None)
            else:
                workshop.change_step(*clash.step, due=None)
            self._page.take_focus()

    def tick(self, action_id: str, done: bool) -> None:
        """Note that an action of the selected step is done, or not."""
        if self._key is None:
            return
        actions = tuple(
            replace(action, done=done) if action.id == action_id else action
            for action in step_actions(self._page.workspace.session, self._key)
        )
        self._page.workspace.workshop.change_step(*self._key, actions=actions)

    def edit(self) -> None:
        """Open the details of the selected step."""
        if self._key is not None:
            self._opened(self._key)

    def add_own_action(self) -> None:
        """Open the details of the selected step at a new action."""
        if self._key is not None:
            self._opened(self._key).actions_field.add()

    def _opened(self, key: StepKey) -> StepDialog:
        return open_step(self._page, key)

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
