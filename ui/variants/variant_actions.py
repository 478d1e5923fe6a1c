"""Everything a page of the roadmap offers on variants of the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ui.roadmap.step_edits import refuse_if_read_only
from ui.variants.scenario_button import ScenarioButton
from ui.widgets.announcer import announce
from ui.widgets.page import SessionPage


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
        return {"plan.scenarios": self._button.open_menu, "plan.keep": self.keep}

    def keep(self) -> None:
        """Ask for a name, and keep the plan as a scenario."""
        from ui.variants.keep_dialog import KeepDialog

        page = self._page
        refuse_if_read_only(page)
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
