"""The timeline page: the plan over time, with dependencies, milestones and the average."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.planning.session_problem import plan_start
from ui.board.board_edits import BoardEdits
from ui.context import Context
from ui.dialogs.key_sheet import action_hints, key_in_words, move_hint
from ui.projection.opening import open_profile
from ui.roadmap.empty_plan import fill_empty_plan
from ui.roadmap.outcome import Outcome, remark_of
from ui.roadmap.step_edits import refuse_if_read_only
from ui.timeline.timeline_model import timeline_of
from ui.timeline.timeline_view import TimelineView
from ui.type_scale import TYPE
from ui.widgets.announcer import announce
from ui.widgets.basics import ElidedLabel, make_bar, make_label
from ui.widgets.controls import PressButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow_layout import SideBySide
from ui.widgets.key_hints import Hint, KeyHints
from ui.widgets.page import SessionPage
from ui.widgets.page_space import fit_space
from ui.widgets.page_tabs import PageTabs
from ui.workspace import Workspace


class TimelinePage(SessionPage):
    """Filled while it is visible; what it changes goes through the workshop."""

    def __init__(
        self, context: Context, workspace: Workspace, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, workspace, parent)
        self.setObjectName("timeline-page")
        self._is_stale = True
        self.view = TimelineView()
        self._outcome = Outcome(self)
        self.edits = BoardEdits(self, self.view)
        self._build()
        self._connect()
        self._follow()
        self.retranslate()

    def _build(self) -> None:
        self.empty = EmptyState("no-steps")
        self.summary = make_label("secondary")
        self.milestones = PressButton("milestones")
        self.profile = PressButton("profile")
        self.export = PressButton("export", "primary")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        left, right = QHBoxLayout(), QHBoxLayout()
        left.addWidget(PageTabs(self.context, "timeline"), 0, Qt.AlignmentFlag.AlignTop)
        left.addStretch(1)
        right.addStretch(1)
        for part in (self.summary, self.profile, self.milestones, self.export):
            right.addWidget(part)
        for row in (left, right):
            row.setSpacing(8)
        self._head = SideBySide(left, right)
        self._outer = QVBoxLayout()
        self._outer.addWidget(self._head)
        self._outer.addWidget(self._stack, 1)
        bar, row = make_bar()
        self.remark = ElidedLabel("secondary")
        self._hints = KeyHints()
        row.addWidget(self.remark, 1)
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

    def _connect(self) -> None:
        context, view, edits = self.context, self.view, self.edits
        context.language_changed.connect(self.retranslate)
        context.theme_changed.connect(self._on_changed)
        context.keys.changed.connect(self.retranslate)
        self.milestones.clicked.connect(lambda: self.attempt(self.edit_milestones))
        self.profile.clicked.connect(lambda: self.trigger("plan.profile"))
        self.export.clicked.connect(lambda: self.trigger("session.export"))
        view.step_opened.connect(lambda _key: self.attempt(edits.edit))
        view.step_dropped.connect(
            lambda key, column: self.attempt(
                lambda: edits.drop(key, view.timeline.column_at(column))
            )
        )

    def _follow(self) -> None:
        self._plan = self.workspace.plan
        self._plan.changed.connect(self._on_changed)

    # ---- what the window asks of a page ------------------------------------------------------

    def set_workspace(self, workspace: Workspace) -> None:
        """Show another session."""
        self._plan.changed.disconnect(self._on_changed)
        super().set_workspace(workspace)
        self._follow()
        self.view.forget_selection()
        self._outcome.forget()
        self._on_changed()

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Everything that can be done with the selected step, and with milestones."""
        edits = self.edits
        return {
            "plan.settings": edits.edit_settings,
            "plan.order": edits.swap_order,
            "plan.earlier": lambda: edits.move(-1),
            "plan.later": lambda: edits.move(1),
            "plan.pin": edits.toggle_pin,
            "plan.unpin": edits.unpin,
            "plan.edit": edits.edit,
            "plan.status": edits.choose_status,
            "plan.dependencies": self.swap_dependencies,
            "plan.milestones": self.edit_milestones,
            "plan.profile": lambda: open_profile(self),
        }

    def on_shown(self) -> None:
        """Show what has changed meanwhile."""
        if self._is_stale:
            self.fill()
        self.take_focus()

    def take_focus(self) -> None:
        """Put the focus on the steps, or on the first way out where there are none."""
        if self._stack.currentIndex() == 0:
            self.view.show_selected()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.empty.buttons:
            self.empty.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().take_focus()

    def retranslate(self) -> None:
        """Set every text."""
        tr, keys = self.context.texts, self.context.keys
        self.setAccessibleName(tr.gettext("Timeline"))
        self.view.setAccessibleName(tr.gettext("Steps over time"))
        self.milestones.set_text(tr.gettext("Milestones…"))
        self.profile.set_text(tr.gettext("Profile…"))
        self.export.set_text(tr.gettext("Export…"))
        moves = [key_in_words(keys.shown(f"plan.{way}"), tr) for way in ("earlier", "later")]
        actions = [
            ("plan.dependencies", tr.gettext("dependencies")),
            ("plan.milestones", tr.gettext("milestone")),
            ("plan.profile", tr.gettext("profile")),
            ("plan.unpin", tr.gettext("unpin")),
            ("plan.edit", tr.gettext("edit")),
            ("keys", tr.gettext("all keys")),
        ]
        pin: list[Hint] = [(moves, tr.gettext("move and pin"))] if all(moves) else []
        step = move_hint(tr.gettext("step"), tr)
        self._hints.set_hints([step, *pin, *action_hints(actions, keys, tr)])
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
        self.view.apply_theme(self.context.theme)
        self.empty.apply_theme(self.context.theme)
        timeline = timeline_of(current, tr)
        self._stack.setCurrentIndex(0 if timeline.rows else 1)
        self.view.fill(timeline, tr)
        later = len(current.plan.later)
        self.summary.setText(
            tr.gettext(
                "{planned} planned, {later} later",
                planned=len(current.plan.starts) - later, later=later,
            )
        )  # fmt: skip
        self.remark.setText(remark_of(current, tr))
        self._outcome.announce(current, tr)
        self._head.refit()
        if not timeline.rows:
            self.summary.setText("")
            fill_empty_plan(self.empty, self, current, tr)

    # ---- dependencies and milestones ---------------------------------------------------------

    def swap_dependencies(self) -> None:
        """Show all dependencies between areas, or only those of the selected step."""
        self.view.shows_arrows = not self.view.shows_arrows
        self.view.viewport().update()
        tr = self.context.texts
        announce(
            self.view,
            tr.gettext("All dependencies are shown.")
            if self.view.shows_arrows
            else tr.gettext("Only the dependencies of the selected step are shown."),
        )

    def edit_milestones(self) -> None:
        """Open the dialog for milestones."""
        from ui.timeline.milestones_dialog import MilestonesDialog

        refuse_if_read_only(self)
        MilestonesDialog(
            self.context.texts, self.workspace.workshop, self._proposed_day(), self.window()
        ).open()

    def _proposed_day(self) -> date:
        """The end of the first quarter that has no milestone yet."""
        session = self.workspace.session
        taken = {milestone.day for milestone in session.plan.milestones}
        quarters = (plan_start(session).plus(n) for n in range(session.plan.periods))
        days = [quarter.last_day for quarter in quarters]
        return next((day for day in days if day not in taken), days[-1])
