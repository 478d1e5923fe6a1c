"""Base class of pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from ui.context import Context

if TYPE_CHECKING:
    from ui.workspace import Workspace


class Page(QWidget):
    """A page: built once without texts, filled by ``retranslate`` and by signals.

    ``handlers`` maps ids of the action table (``ui/shell/actions.py``) to what this page does for
    them; the window enables exactly these while the page is shown.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Action id to method."""
        return {}

    def retranslate(self) -> None:
        """Set every text in the context's current language."""

    def room_for_notices(self) -> QRect:
        """The part of the page that notices may cover."""
        return self.rect()

    def on_shown(self) -> None:
        """Refresh and take the focus: the page has become the visible one."""

    def attempt(self, what: Callable[[], object]) -> None:
        """Do something that a click asks for; what goes wrong becomes a notice."""
        try:
            what()
        except AppError as error:
            self.context.error_raised.emit(error)

    def trigger(self, action_id: str) -> None:
        """Trigger an action of the window, if it is possible now."""
        action = self.window().findChild(QAction, f"action-{action_id}")
        if isinstance(action, QAction):
            action.trigger()

    def take_focus(self) -> None:
        """Put the focus where the keys of the page work."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)


class SessionPage(Page):
    """A page of an open session; it always has a workspace."""

    #: The page shows another workspace now.
    workspace_changed = Signal(object)

    def __init__(
        self, context: Context, workspace: Workspace, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self.workspace = workspace

    def set_workspace(self, workspace: Workspace) -> None:
        """Show another session."""
        self.workspace = workspace
        self.workspace_changed.emit(workspace)

    def minimumSizeHint(self) -> QSize:
        """Smaller than any window we support, so that the page never holds one open."""
        return QSize(760, 440)
