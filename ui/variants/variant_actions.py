"""Everything a page of the roadmap offers on variants of the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.errors import InvalidInput
from app.words.texts import N_
from ui.roadmap.step_edits import refuse_if_read_only
from ui.today import local_today
from ui.variants.scenario_button import ScenarioButton
from ui.widgets.announcer import announce
from ui.widgets.page import SessionPage

NO_SCENARIO_YET = N_(
    "There is no scenario to compare with. Please keep the plan as a scenario first, then change"
    " it."
)
STILL_SOLVING = N_("The best plan is still being looked for. Please try again in a moment.")
DOES_NOT_HOLD = N_(
    "Not everything in the plan can hold. Please drop one of the wishes named above the board,"
    " then freeze the plan."
)
NO_VERSION_YET = N_("No version of the plan is frozen yet. “Freeze version…” keeps the first one.")


class VariantActions:
    """Everything goes through the workshop, so that it can be undone; raises ``AppError``."""

    def __init__(self, page: SessionPage, button: ScenarioButton) -> None:
        self._page = page
        self._button = button
        button.use_wanted.connect(lambda name: page.attempt(lambda: self.use(name)))
        button.removal_wanted.connect(lambda name: page.attempt(lambda: self.remove(name)))
        button.action_wanted.connect(page.trigger)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Action id to method."""
        return {
            "plan.scenarios": self._button.open_menu,
            "plan.keep": self.keep,
            "plan.compare": self.compare,
            "plan.freeze": self.freeze,
            "plan.versions": self.show_versions,
            "plan.ask": self.ask,
        }

    def keep(self) -> None:
        """Ask for a name, and keep the plan as a scenario."""
        from ui.variants.keep_dialog import KeepDialog

        page = self._page
        refuse_if_read_only(page)
        page.context.flush_pending_edits()
        KeepDialog(page.context.texts, page.workspace.workshop, page.window()).open()

    def use(self, name: str) -> None:
        """Plan by a scenario."""
        self._page.workspace.workshop.use_scenario(name)
        said = self._page.context.texts.gettext("Planned as in “{name}” now.", name=name)
        announce(self._page, said)

    def remove(self, name: str) -> None:
        """Remove a scenario."""
        self._page.workspace.workshop.remove_scenario(name)
        said = self._page.context.texts.gettext("The scenario “{name}” is removed.", name=name)
        announce(self._page, said)

    def compare(self) -> None:
        """Show two scenarios side by side."""
        from ui.variants.compare_dialog import CompareDialog

        page = self._page
        page.context.flush_pending_edits()
        if not page.workspace.session.scenarios:
            raise InvalidInput(NO_SCENARIO_YET)
        CompareDialog(page.context, page.workspace, page.window()).open()

    def freeze(self) -> None:
        """Ask for a remark, and freeze the plan as a version."""
        from ui.variants.freeze_dialog import FreezeDialog

        page, context = self._page, self._page.context
        refuse_if_read_only(page)
        context.flush_pending_edits()
        current = page.workspace.plan.current
        if current.fault is not None:
            raise current.fault
        if current.is_solving:
            raise InvalidInput(STILL_SOLVING)
        if current.is_clash_proven:
            raise InvalidInput(DOES_NOT_HOLD)
        FreezeDialog(
            context.texts,
            page.workspace.workshop,
            current.plan,
            context.user_name(),
            page.window(),
        ).open()

    def show_versions(self) -> None:
        """Show the frozen versions, and how they stand today."""
        from ui.variants.versions_dialog import VersionsDialog

        page = self._page
        if not page.workspace.session.plan_versions:
            raise InvalidInput(NO_VERSION_YET)
        current = page.workspace.plan.current
        if current.is_solving:
            raise InvalidInput(STILL_SOLVING)
        VersionsDialog(
            page.context.texts,
            page.workspace.session,
            current.plan,
            local_today(),
            page.window(),
        ).open()

    def ask(self) -> None:
        """Ask the plan one of three questions."""
        from ui.variants.ask_dialog import AskDialog

        page = self._page
        page.context.flush_pending_edits()
        fault = page.workspace.plan.current.fault
        if fault is not None:
            raise fault
        AskDialog(page.context, page.workspace, page.window()).open()
