"""Base class of pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QWidget

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
