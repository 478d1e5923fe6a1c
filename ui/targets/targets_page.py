"""The targets page: by when, why and for whom each level is aimed at."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.planning.target_state import not_discussed
from app.words.texts import N_
from ui.context import Context
from ui.scoring.find_area import FindArea
from ui.shell.application import running_application
from ui.targets.prerequisite_edits import PrerequisiteEdits
from ui.targets.target_edits import TargetEdits
from ui.targets.targets_body import TargetsBody
from ui.targets.targets_filling import TargetsFilling
from ui.widgets.announcer import announce
from ui.widgets.page import SessionPage
from ui.workspace import Workspace


class TargetsPage(SessionPage):
    """Targets as decisions; shows changes at once while it is visible, else when it is shown."""

    def __init__(
        self, context: Context, workspace: Workspace, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, workspace, parent)
        self.setObjectName("targets-page")
        self._is_stale = True
        self.body = TargetsBody(context)
        self._filling = TargetsFilling(context, workspace, self.body)
        running_application().focusChanged.connect(self._on_focus_changed)
        self.edits = TargetEdits(context, self._filling, self.body, self)
        self.prerequisites = PrerequisiteEdits(context, self._filling, self.body, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        self.setFocusProxy(self.body.table)
        self.find_area = FindArea(self)
        self._connect()
        self._follow(workspace)
        self.retranslate()

    def _connect(self) -> None:
        context, body = self.context, self.body
        context.language_changed.connect(self.retranslate)
        context.theme_changed.connect(self.on_changed)
        context.keys.changed.connect(self.on_changed)
        body.table.list.area_chosen.connect(self._go_to)
        self.find_area.area_chosen.connect(self._go_to)
        body.back.clicked.connect(lambda: context.page_requested.emit("results"))
        body.next.clicked.connect(self.next_waiting)
        body.scoring_wanted.connect(lambda: context.page_requested.emit("scoring"))
        for edits in (self.edits, self.prerequisites):
            edits.finished.connect(self.take_focus)

    def _follow(self, workspace: Workspace) -> None:
        workspace.areas_changed.connect(self.on_changed)
        workspace.position_changed.connect(self._on_position_changed)

    # ---- what the window asks of a page ------------------------------------------------------

    def set_workspace(self, workspace: Workspace) -> None:
        """Show another session."""
        super().set_workspace(workspace)
        self.find_area.hide()
        self._filling.workspace = workspace
        self._follow(workspace)
        self.on_changed()

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Targets by key."""
        return {
            **self.edits.handlers(),
            **self.prerequisites.handlers(),
            "find_area": lambda: self.find_area.open(self.context, self.workspace),
            "go_on": self.next_waiting,
            "go_back": self.previous_waiting,
            "area.next": lambda: self.workspace.go_by(1),
            "area.previous": lambda: self.workspace.go_by(-1),
        }

    def on_shown(self) -> None:
        """Show what has changed meanwhile."""
        if self._is_stale:
            self.fill()
        else:
            self._filling.fill_area()
        self.take_focus()

    def retranslate(self) -> None:
        """Set every text."""
        self.setAccessibleName(self.context.texts.gettext("Targets"))
        self.body.retranslate(self.context.texts)
        self.find_area.retranslate(self.context.texts)
        self.on_changed()

    # ---- reactions ---------------------------------------------------------------------------

    def fill(self) -> None:
        """Show everything as it is now."""
        self._is_stale = False
        self.body.apply_theme(self.context.theme)
        self._filling.fill_all()

    def on_changed(self, _area_ids: object = None) -> None:
        """Show a change now, or when the page is shown."""
        if self.isVisible():
            self.fill()
        else:
            self._is_stale = True

    def _on_position_changed(self, _area_id: str) -> None:
        if self.isVisible() and not self._is_stale:
            self._filling.fill_area()

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Show the keys of what has the focus; those of menus and other windows are theirs."""
        if now is not None and self.isVisible() and now.window() is self.window():
            self._filling.fill_hints()

    # ---- moving ------------------------------------------------------------------------------

    def _go_to(self, area_id: str) -> None:
        if self.isVisible():
            self.workspace.go_to(area_id)

    def next_waiting(self) -> None:
        """Go to the next area whose target is not discussed, round the end."""
        self._go_to_waiting(1)

    def previous_waiting(self) -> None:
        """Go to the one before, round the beginning."""
        self._go_to_waiting(-1)

    def _go_to_waiting(self, step: int) -> None:
        waiting = not_discussed(self.workspace.session)
        if not waiting:
            sentence = N_("All targets are discussed.")
            announce(self, self.context.texts.gettext(sentence))
            return
        model = self.workspace.session.model
        here = model.position_of(self.workspace.area_id)
        places = sorted(((model.position_of(each) - here) * step) % len(model.areas) or
                        len(model.areas) for each in waiting)  # fmt: skip
        self.workspace.go_to(model.areas[(here + step * places[0]) % len(model.areas)].id)
        self.take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the search in its place."""
        super().resizeEvent(event)
        self.find_area.place()
