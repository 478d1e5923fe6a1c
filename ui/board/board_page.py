"""The board page: the plan by quarter, and all that can be changed about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.planning.alerts import step_alerts
from app.planning.plan import Plan
from app.planning.problem import StepKey
from app.words.plan_words import not_earlier_in_words, step_name
from ui.board.bar_model import figures_of
from ui.board.board_body import BoardBody
from ui.board.board_edits import BoardEdits
from ui.board.board_model import board_of
from ui.board.moves import Moved, moved_in_words, plan_with_pin
from ui.board.panel_model import is_best, panel_of
from ui.context import Context
from ui.dialogs.key_sheet import key_in_words
from ui.projection.opening import open_profile
from ui.roadmap.empty_plan import fill_empty_plan
from ui.roadmap.plan_source import Asked, Cancelled
from ui.roadmap.roadmap_page import RoadmapPage
from ui.roadmap.step_edits import target_period
from ui.today import local_today
from ui.variants.variant_actions import VariantActions
from ui.widgets.announcer import announce
from ui.workspace import Workspace

if TYPE_CHECKING:
    from app.planning.why import WhyNotEarlier

_PREVIEW_AFTER_MS = 250


class BoardPage(RoadmapPage):
    """The steps as cards, with figures above and the selected step beside them."""

    name = "board"

    def __init__(
        self, context: Context, workspace: Workspace, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, workspace, parent)
        self.today: Callable[[], date] = local_today
        self._previewed: tuple[Asked, ...] = ()
        self._offer: Plan | None = None
        self.body = BoardBody(context)
        self.edits = BoardEdits(self, self.body.board)
        self.variants = VariantActions(self, self.body.scenario)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PREVIEW_AFTER_MS)
        self._later.timeout.connect(self.preview)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        self._connect()
        self.begin()

    def _connect(self) -> None:
        context, body, edits = self.context, self.body, self.edits
        context.flush_requested.connect(body.bar.store)
        body.view_changed.connect(self.on_changed)
        body.settings.clicked.connect(lambda: self.attempt(edits.edit_settings))
        body.profile.clicked.connect(lambda: self.trigger("plan.profile"))
        body.export.clicked.connect(lambda: self.trigger("session.export"))
        body.freeze.clicked.connect(lambda: self.trigger("plan.freeze"))
        board, panel, bar = body.board, body.panel, body.bar
        board.step_selected.connect(lambda _key: self._on_selected())
        board.step_opened.connect(lambda _key: self.attempt(edits.edit))
        board.step_dropped.connect(
            lambda key, column: self.attempt(lambda: edits.drop(key, board.board.column_at(column)))
        )
        panel.move_wanted.connect(lambda step: self.attempt(lambda: edits.move(step)))
        panel.pin_wanted.connect(lambda: self.attempt(edits.toggle_pin))
        panel.edit_wanted.connect(lambda: self.attempt(edits.edit))
        panel.own_action_wanted.connect(lambda: self.attempt(edits.add_own_action))
        panel.why_wanted.connect(self.ask_why_not_earlier)
        panel.offer.clicked.connect(self._take_offer)
        panel.action_ticked.connect(
            lambda action_id, done: self.attempt(lambda: edits.tick(action_id, done))
        )
        body.clash.drop_wanted.connect(lambda clash: self.attempt(lambda: edits.drop_wish(clash)))
        bar.left.connect(self._leave_bar)
        bar.capacity_tried.connect(edits.try_capacity)
        bar.capacity_chosen.connect(lambda days: self.attempt(lambda: edits.set_capacity(days)))
        bar.order_chosen.connect(lambda order: self.attempt(lambda: edits.set_order(order)))

    # ---- what the window asks of a page ------------------------------------------------------

    def forget_selection(self) -> None:
        """Begin at the first step of the next plan."""
        self.body.board.forget_selection()

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Everything that can be done with the selected step, and with the plan."""
        edits = self.edits
        return {
            "plan.settings": edits.edit_settings,
            "plan.capacity": self.body.bar.focus_capacity,
            "plan.order": edits.swap_order,
            **edits.handlers(),
            "plan.why": self.say_why,
            "plan.view": self.swap_view,
            "plan.profile": lambda: open_profile(self),
            **self.variants.handlers(),
        }

    def take_focus(self) -> None:
        """Put the focus on the cards, or on the first way out where there are none."""
        self.focus_steps(self.body.empty, has_steps=self.body.shows_board)

    def focus_view(self) -> None:
        """Put the focus on the cards."""
        self.body.board.setFocus()

    def retranslate(self) -> None:
        """Set every text."""
        self.setAccessibleName(self.context.texts.gettext("Board"))
        self.body.retranslate(self.context.texts)
        self.on_changed()

    # ---- filling -----------------------------------------------------------------------------

    @property
    def _key(self) -> StepKey | None:
        """The selected step."""
        card = self.body.board.selected
        return None if card is None else card.key

    def fill(self) -> None:
        """Show everything as it is now."""
        self._is_stale = False
        tr, current = self.context.texts, self.current
        self.body.apply_theme(self.context.theme)
        alerts = step_alerts(current.session, current.plan, self.today())
        board = board_of(current, tr, by_quarter=self.body.by_quarter, alerts=alerts)
        before = self.body.board.selected
        self.body.board.fill(board, current.session.language, tr)
        after = self.body.board.selected
        if before is not None and after is not None and before.column != after.column:
            self.body.board.show_selected()
        self.body.show_board(bool(board.cards))
        self.body.fill_scenario(self.workspace.session, tr)
        figures = figures_of(current, tr, alerts)
        self.body.bar.fill(figures, current.session.plan.order, tr)
        self.body.clash.fill(
            figures.clash,
            current.clash,
            lambda key: step_name(current.session, key),
            tr,
        )
        said = (figures.status, figures.steps, figures.alerts)
        self.setAccessibleDescription(", ".join(part for part in said if part))
        self._outcome.announce(current, tr)
        if not board.cards:
            fill_empty_plan(self.body.empty, self, current, tr)
        self._on_selected()

    def _on_selected(self) -> None:
        key, current = self._key, self.current
        self._drop_previews()
        self.body.preview.setText("")
        if key is None:
            return
        tr, session = self.context.texts, current.session
        self.body.panel.fill(panel_of(current, key, tr), tr, session.language, self.context.theme)
        self._later.start()

    # ---- the next key, and why not earlier ---------------------------------------------------

    def _drop_previews(self) -> None:
        self._later.stop()
        for asked in self._previewed:
            asked.cancel()
        self._previewed = ()

    def preview(self) -> None:
        """Find out what the next key would do, once the plan is in."""
        key, current = self._key, self.current
        if key is None or current.is_solving or current.is_outdated:
            return
        step = -1 if target_period(current, key, -1) is not None else 1
        self._ask_about_move(key, step, lambda moved: self._show_preview(moved, step))

    def _ask_about_move(self, key: StepKey, step: int, take: Callable[[Moved], object]) -> None:
        current = self.current
        period = target_period(current, key, step)
        if period is None:
            return
        asked = self._plan.ask(plan_with_pin(current, key, period), take)
        self._previewed = (*self._previewed, asked)

    def _show_preview(self, moved: Moved, step: int) -> None:
        tr = self.context.texts
        action = "plan.earlier" if step < 0 else "plan.later"
        keys = key_in_words(self.context.keys.shown(action), tr)
        self.body.preview.setText(moved_in_words(self.current, moved, keys, tr))

    def say_why(self) -> None:
        """Announce why the selected step stands where it does, and ask why not earlier."""
        announce(self.body.board, self.body.panel.said())
        self.ask_why_not_earlier()

    def ask_why_not_earlier(self) -> None:
        """Find out what the step would cost one quarter earlier, and which ones would slip."""
        key, current = self._key, self.current
        if key is None or current.is_solving or not is_best(current.plan):
            return
        plan = current.plan
        asked = self._plan.ask(
            lambda cancelled: _why_not_earlier(plan, key, cancelled), self._show_why_not_earlier
        )
        self._previewed = (*self._previewed, asked)

    def _show_why_not_earlier(self, answer: WhyNotEarlier) -> None:
        current = self.current
        said = not_earlier_in_words(
            current.plan, answer, lambda key: step_name(current.session, key), self.context.texts
        )
        self._offer = answer.offer
        self.body.panel.show_earlier(said, has_offer=answer.offer is not None)
        announce(self.body.board, said)

    def _take_offer(self) -> None:
        """Show the better plan that the question has brought."""
        if self._offer is not None:
            self._plan.adopt(self._offer)
            self.take_focus()

    def _leave_bar(self) -> None:
        """Go back to the cards, with the capacity that is stored."""
        self.workspace.plan.try_out(None)
        self.take_focus()
        self.fill()

    # ---- views -------------------------------------------------------------------------------

    def swap_view(self) -> None:
        """Show the other view of the board."""
        tabs = self.body.views.values()
        next(tab for tab in tabs if not tab.isChecked()).click()


def _why_not_earlier(plan: Plan, key: StepKey, cancelled: Cancelled) -> WhyNotEarlier:
    from app.planning.why import why_not_earlier  # with it comes the solver

    return why_not_earlier(plan, key, cancelled=cancelled)
