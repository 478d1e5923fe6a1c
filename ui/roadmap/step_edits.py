"""Changes to steps that the pages of the roadmap make: moving, pinning, and their details."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractScrollArea

from app.planning.efforts import step_actions
from app.planning.plan import Clash, Wish
from app.planning.problem import StepKey
from app.session.step_details import STATUS_WORDS, StepStatus
from app.words.plan_words import period_in_words, step_name
from app.words.step_words import details_of
from ui.roadmap.plan_source import CurrentPlan
from ui.roadmap.status_menu import StatusMenu
from ui.widgets.announcer import announce
from ui.widgets.page import SessionPage

if TYPE_CHECKING:
    from ui.board.step_dialog import StepDialog


def target_period(current: CurrentPlan, key: StepKey, step: int) -> int | None:
    """The period before or after that of a step; one in *Later* comes back to the last one."""
    plan = current.plan
    periods = plan.problem.limits.periods
    last = periods - plan.problem.step(key).duration + 1
    start = plan.starts[key]
    if start is None:
        return last if step < 0 and last >= 1 else None
    found = start + step
    return found if 1 <= found <= last else None


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


class StepEdits:
    """Everything goes through the workshop, so that it can be undone; raises ``AppError``."""

    def __init__(
        self,
        page: SessionPage,
        view: QAbstractScrollArea,
        selected: Callable[[], StepKey | None],
        place: Callable[[], QRect],
    ) -> None:
        """``view`` shows the steps and says what has happened.

        ``selected`` is the current step, ``place`` where its viewport shows it.
        """
        self._page = page
        self._place = place
        self._view = view
        self._selected = selected

    @property
    def _current(self) -> CurrentPlan:
        return self._page.workspace.plan.current

    @property
    def _key(self) -> StepKey | None:
        return self._selected()

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Action ids and what is done with the selected step."""
        return {
            "plan.earlier": lambda: self.move(-1),
            "plan.later": lambda: self.move(1),
            "plan.pin": self.toggle_pin,
            "plan.unpin": self.unpin,
            "plan.edit": self.edit,
            "plan.status": self.choose_status,
        }

    def move(self, step: int) -> None:
        """Move the selected step by a quarter and pin it there."""
        key, current = self._key, self._current
        if key is None:
            return
        period = target_period(current, key, step)
        if period is None:
            tr = self._page.context.texts
            announce(self._view, tr.gettext("There is no quarter in that direction."))
            return
        self.pin(key, period)

    def toggle_pin(self) -> None:
        """Pin the selected step to its quarter, or unpin it."""
        key, current = self._key, self._current
        if key is None:
            return
        start = current.plan.starts[key]
        if details_of(current.session, key).pin is not None:
            self.unpin_step(key)
        elif start is not None:
            self.pin(key, start)
        else:
            tr = self._page.context.texts
            announce(self._view, tr.gettext("A step in Later has no quarter to pin it to."))

    def unpin(self) -> None:
        """Let the plan place the selected step again."""
        if self._key is not None:
            self.unpin_step(self._key)

    def pin(self, key: StepKey, period: int) -> None:
        """Pin a step to a period."""
        current, tr = self._current, self._page.context.texts
        limits = current.plan.problem.limits
        if limits.start is None:
            return
        self._page.workspace.workshop.pin_step(*key, limits.start.plus(period - 1))
        said = tr.gettext(
            "{step} is pinned to {quarter}.",
            step=step_name(current.session, key), quarter=period_in_words(limits, period, tr),
        )  # fmt: skip
        announce(self._view, said)

    def unpin_step(self, key: StepKey) -> None:
        """Let the plan place a step again."""
        current, tr = self._current, self._page.context.texts
        name = step_name(current.session, key)
        if details_of(current.session, key).pin is None:
            announce(self._view, tr.gettext("{step} is not pinned.", step=name))
            return
        self._page.workspace.workshop.pin_step(*key, None)
        announce(self._view, tr.gettext("{step} is no longer pinned.", step=name))

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

    def choose_status(self) -> None:
        """Open the menu with the status of the selected step."""
        key, session, tr = self._key, self._current.session, self._page.context.texts
        if key is None:
            return
        refuse_if_read_only(self._page)
        status = details_of(session, key).status
        menu = StatusMenu(step_name(session, key), status, tr, self._view)
        menu.chosen.connect(lambda chosen: self._page.attempt(lambda: self.set_status(key, chosen)))
        menu.popup(self._view.viewport().mapToGlobal(self._place().bottomLeft()))

    def set_status(self, key: StepKey, status: StepStatus) -> None:
        """Set how far a step is; once it is done or dropped, the plan goes on without it."""
        tr, name = self._page.context.texts, step_name(self._current.session, key)
        self._page.workspace.workshop.change_step(*key, status=status)
        words = tr.gettext(STATUS_WORDS[status])
        announce(self._view, tr.gettext("{step}: {status}", step=name, status=words))

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
