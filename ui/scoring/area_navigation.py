"""Navigation between the areas of a session: keys, agenda and search."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.scoring.find_area import FindArea
from ui.scoring.scoring_body import ScoringBody
from ui.scoring.scoring_state import ScoringState


class AreaNavigation(QObject):
    """Makes another area the current one."""

    def __init__(self, state: ScoringState, body: ScoringBody, page: QWidget) -> None:
        super().__init__(page)
        self._state = state
        self.find_area = FindArea(page)
        self.find_area.area_chosen.connect(self._go_to)
        body.agenda.view.area_chosen.connect(self._go_to)
        body.side.area_chosen.connect(self._go_to)
        body.keys.back_pressed.connect(self._previous)
        body.keys.next_pressed.connect(self.go_on)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Keys that lead to other areas."""
        return {
            "area.previous": self._previous,
            "area.next": self._next,
            "go_on": self.go_on,
            "go_back": self._previous,
            "find_area": self._find,
        }

    def go_on(self) -> None:
        """Go to the next area; after the last one to the results."""
        if self._state.position >= len(self._state.session.model.areas) - 1:
            self._state.context.flush_pending_edits()
            self._state.context.page_requested.emit("results")
        else:
            self._next()

    def _next(self) -> None:
        self._state.workspace.go_by(1)

    def _previous(self) -> None:
        self._state.workspace.go_by(-1)

    def _go_to(self, area_id: str) -> None:
        self._state.context.flush_pending_edits()
        self._state.workspace.go_to(area_id)

    def _find(self) -> None:
        self.find_area.open(self._state.context, self._state.workspace)
