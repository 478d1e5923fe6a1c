"""The timeline page: the plan over time, with dependencies, milestones and the average."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.planning.session_problem import plan_start
from app.words.texts import Translator
from ui.board.board_edits import BoardEdits
from ui.context import Context
from ui.dialogs.key_sheet import action_hints, move_hint
from ui.projection.opening import open_profile
from ui.roadmap.plan_source import CurrentPlan
from ui.roadmap.roadmap_page import OneViewPage, pin_hints
from ui.roadmap.step_edits import refuse_if_read_only
from ui.timeline.timeline_model import timeline_of
from ui.timeline.timeline_view import TimelineView
from ui.widgets.announcer import announce
from ui.widgets.basics import make_label
from ui.widgets.controls import PressButton
from ui.widgets.key_hints import Hint
from ui.workspace import Workspace


class TimelinePage(OneViewPage):
    """The plan with a row for each area."""

    name = "timeline"

    def __init__(
        self, context: Context, workspace: Workspace, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, workspace, parent)
        self.view = TimelineView()
        self.edits = BoardEdits(self, self.view)
        self.summary = make_label("secondary")
        self.milestones = PressButton("milestones")
        self.profile = PressButton("profile")
        self.build(self.view, self.summary, self.profile, self.milestones)
        self._connect()
        self.begin()

    def _connect(self) -> None:
        view, edits = self.view, self.edits
        self.milestones.clicked.connect(lambda: self.attempt(self.edit_milestones))
        self.profile.clicked.connect(lambda: self.trigger("plan.profile"))
        view.step_opened.connect(lambda _key: self.attempt(edits.edit))
        view.step_dropped.connect(
            lambda key, column: self.attempt(
                lambda: edits.drop(key, view.timeline.column_at(column))
            )
        )

    # ---- what the window asks of a page ------------------------------------------------------

    def forget_selection(self) -> None:
        """Begin at the first step of the next plan."""
        self.view.forget_selection()

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Everything that can be done with the selected step, and with milestones."""
        edits = self.edits
        return {
            "plan.settings": edits.edit_settings,
            "plan.order": edits.swap_order,
            **edits.handlers(),
            "plan.dependencies": self.swap_dependencies,
            "plan.milestones": self.edit_milestones,
            "plan.profile": lambda: open_profile(self),
        }

    def focus_view(self) -> None:
        """Put the focus on the steps, the selected one in view."""
        self.view.show_selected()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- filling -----------------------------------------------------------------------------

    def set_texts(self, tr: Translator) -> Sequence[Hint]:
        """Name page, view and buttons."""
        self.setAccessibleName(tr.gettext("Timeline"))
        self.view.setAccessibleName(tr.gettext("Steps over time"))
        self.milestones.set_text(tr.gettext("Milestones…"))
        self.profile.set_text(tr.gettext("Profile…"))
        actions = [
            ("plan.dependencies", tr.gettext("dependencies")),
            ("plan.milestones", tr.gettext("milestone")),
            ("plan.profile", tr.gettext("profile")),
            ("plan.unpin", tr.gettext("unpin")),
            ("plan.edit", tr.gettext("edit")),
            ("keys", tr.gettext("all keys")),
        ]
        step = move_hint(tr.gettext("step"), tr)
        return [step, *pin_hints(self.context), *action_hints(actions, self.context.keys, tr)]

    def fill_view(self, current: CurrentPlan, tr: Translator) -> None:
        """Show the steps as bars, and count them."""
        self.view.apply_theme(self.context.theme)
        self.view.fill(timeline_of(current, tr), tr)
        planned, later = len(current.plan.starts), len(current.plan.later)
        counted = tr.gettext(
            "{planned} planned, {later} later", planned=planned - later, later=later
        )
        self.summary.setText(counted if planned else "")

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
