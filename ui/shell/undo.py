"""Undo and redo in the UI: two actions and a button, labelled with the step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.context import Context
from ui.open_state import OpenState
from ui.shell.actions import Actions
from ui.shell.header_bar import HeaderBar
from ui.widgets.announcer import announce
from ui.widgets.basics import menu_text, plain_tool_tip

if TYPE_CHECKING:
    from app.workshop.history import Change


class UndoActions(QObject):
    """Runs undo and redo of the open session and shows what they would do."""

    def __init__(
        self,
        context: Context,
        state: OpenState,
        actions: Actions,
        header: HeaderBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._state = state
        self._actions = actions
        self._header = header

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Undo and redo of the open session, as far as they are possible."""
        undoable, redoable = self._steps()
        possible = {"undo": (self.undo, undoable), "redo": (self.redo, redoable)}
        return {id_: run for id_, (run, step) in possible.items() if step is not None}

    def undo(self) -> None:
        """Take the last step back and show the area it belongs to."""
        self._travel(forward=False)

    def redo(self) -> None:
        """Repeat the step that was taken back last and show the area it belongs to."""
        self._travel(forward=True)

    def _travel(self, *, forward: bool) -> None:
        self._context.flush_pending_edits()
        step = self._steps()[forward]
        if step is None or not self._state.is_saved:
            return
        workspace = self._state.workspace
        if forward:
            workspace.workshop.redo()
        else:
            workspace.workshop.undo()
        if len(step.area_ids) == 1:
            workspace.go_to(next(iter(step.area_ids)))
        self._say(step, forward=forward)

    def _say(self, step: Change, *, forward: bool) -> None:
        """Announce what was undone or redone."""
        tr, words = self._context.texts, self._in_words(step)
        if forward:
            announce(self._header, tr.gettext("Redone: {step}", step=words))
        else:
            announce(self._header, tr.gettext("Undone: {step}", step=words))

    def show(self) -> None:
        """Label the actions in menu and header with the steps, and enable them."""
        tr = self._context.texts
        undoable, redoable = self._steps()
        undo, redo = tr.gettext("Undo"), tr.gettext("Redo")
        step = tr.gettext("There is nothing to undo.")
        if undoable is not None:
            step = self._in_words(undoable)
            undo = tr.gettext("Undo: {step}", step=step)
        if redoable is not None:
            redo = tr.gettext("Redo: {step}", step=self._in_words(redoable))
        self._actions["undo"].setText(menu_text(undo))
        self._actions["redo"].setText(menu_text(redo))
        self._actions["undo"].setEnabled(undoable is not None)
        self._actions["redo"].setEnabled(redoable is not None)
        self._header.show_undo(plain_tool_tip(undo), step, possible=undoable is not None)

    @property
    def is_up_to_date(self) -> bool:
        """True if undo and redo are handled exactly when they are possible."""
        handled = [self._actions.handles("undo"), self._actions.handles("redo")]
        return handled == [step is not None for step in self._steps()]

    def _steps(self) -> tuple[Change | None, Change | None]:
        """The changes that undo and redo would apply to."""
        if not self._state.has_session:
            return None, None
        workshop = self._state.workspace.workshop
        return workshop.undoable, workshop.redoable

    def _in_words(self, change: Change) -> str:
        from app.words.describe import describe_change

        session = self._state.workspace.session
        return describe_change(change, session.model, session.language, self._context.texts)
