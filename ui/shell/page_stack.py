"""The pages of the window, one of them visible, each built when it is first shown."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.context import Context
from ui.open_state import OpenState
from ui.pages import PAGE_BY_NAME, PAGES, neighbour
from ui.widgets.page import Page, SessionPage

#: Module and class of the pages, imported when they are first shown. Those that need a session
#: take context and workspace, the others context and open state.
_CLASSES = {
    "portfolio": ("ui.portfolio.portfolio_page", "PortfolioPage"),
    "scoring": ("ui.scoring.scoring_page", "ScoringPage"),
    "teams": ("ui.teams.teams_page", "TeamsPage"),
    "results": ("ui.results.results_page", "ResultsPage"),
    "compare": ("ui.compare.compare_page", "ComparePage"),
    "targets": ("ui.targets.targets_page", "TargetsPage"),
    "priorities": ("ui.roadmap.table_pages", "PrioritiesPage"),
    "board": ("ui.board.board_page", "BoardPage"),
    "timeline": ("ui.timeline.timeline_page", "TimelinePage"),
    "table": ("ui.roadmap.table_pages", "TablePage"),
}


class PageStack(QStackedWidget):
    """All pages of ``ui.pages`` by name; the first one is there from the beginning."""

    def __init__(
        self, context: Context, state: OpenState, first: Page, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._state = state
        self._pages = {"library": first}
        self.name = "library"
        self.addWidget(first)

    @property
    def page(self) -> Page:
        """The visible page."""
        return self._pages[self.name]

    def named(self, name: str) -> Page:
        """A page, built when it is first needed."""
        if name not in self._pages:
            module, kind = _CLASSES[name]
            needs_session = PAGE_BY_NAME[name].needs_session
            shown = self._state.workspace if needs_session else self._state
            page = getattr(importlib.import_module(module), kind)(self._context, shown)
            self._pages[name] = page
            self.addWidget(page)
        return self._pages[name]

    def can_show(self, name: str) -> bool:
        """True unless the page needs an open session and there is none."""
        return self._state.has_session or not PAGE_BY_NAME[name].needs_session

    def show_named(self, name: str) -> None:
        """Make this page the visible one."""
        page = self.named(name)
        self.name = name
        self.setCurrentWidget(page)

    def handlers(self, show: Callable[[str], None]) -> Iterator[tuple[str, Callable[[], None]]]:
        """Action ids and handlers that lead to the pages that can be shown now."""
        for spec in PAGES:
            if self.can_show(spec.name):
                yield f"page.{spec.name}", partial(show, spec.name)
        for action_id, step in (("tab.next", 1), ("tab.previous", -1)):
            name = neighbour(self.name, step)
            if name != self.name:
                yield action_id, partial(show, name)

    def show_session(self) -> None:
        """Give the pages of a session the one that is open now."""
        for page in self._pages.values():
            if isinstance(page, SessionPage):
                page.set_workspace(self._state.workspace)
