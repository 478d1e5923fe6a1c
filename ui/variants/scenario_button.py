"""Button at the head of the board: names the current scenario, its menu has all variants."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.planning.scenarios import current_scenario
from app.session.session import Session
from app.words.texts import Translator
from app.words.variant_words import scenario_in_words
from ui.widgets.basics import menu_text
from ui.widgets.controls import PressButton

_LONGEST = 32
"""Characters on the button."""


class ScenarioButton(PressButton):
    """The menu is filled when it opens."""

    #: Plan by the scenario of this name.
    use_wanted = Signal(str)
    #: The scenario of this name is to be removed.
    removal_wanted = Signal(str)
    #: An action of the window is wanted, by its id.
    action_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("scenario", "", parent)
        self._menu = QMenu(self)
        self._session: Session | None = None
        self._tr: Translator | None = None
        self.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill_menu)

    def fill(self, session: Session, tr: Translator) -> None:
        """Show which scenario is planned."""
        self._session, self._tr = session, tr
        name = scenario_in_words(session, tr)
        words = tr.gettext("Scenarios")
        if name:
            words = tr.gettext("Scenario: {name}", name=name)
        short = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
        self.set_text(short.replace("&", "&&"), words)
        self._menu.setAccessibleName(words)

    def open_menu(self) -> None:
        """Open the menu below the button."""
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _fill_menu(self) -> None:
        session, tr, menu = self._session, self._tr, self._menu
        menu.clear()
        if session is None or tr is None:
            return
        current = current_scenario(session)
        for scenario in session.scenarios:
            action = menu.addAction(menu_text(scenario.name))
            action.setCheckable(True)
            action.setChecked(scenario == current)
            action.triggered.connect(
                lambda _checked=False, name=scenario.name: self.use_wanted.emit(name)
            )
        if session.scenarios:
            menu.addSeparator()
        self._add(tr.gettext("Keep the plan as a scenario…"), "plan.keep")
        if session.scenarios:
            self._add_removals(session, tr)
            self._add(tr.gettext("Compare scenarios…"), "plan.compare")
        menu.addSeparator()
        self._add(tr.gettext("Freeze version…"), "plan.freeze")
        if session.plan_versions:
            self._add(tr.gettext("Versions…"), "plan.versions")
        menu.addSeparator()
        self._add(tr.gettext("Ask the plan…"), "plan.ask")

    def _add(self, words: str, action_id: str) -> None:
        action = self._menu.addAction(menu_text(words))
        action.triggered.connect(lambda: self.action_wanted.emit(action_id))

    def _add_removals(self, session: Session, tr: Translator) -> None:
        below = self._menu.addMenu(tr.gettext("Remove a scenario"))
        for scenario in session.scenarios:
            action = below.addAction(menu_text(scenario.name))
            action.triggered.connect(
                lambda _checked=False, name=scenario.name: self.removal_wanted.emit(name)
            )
