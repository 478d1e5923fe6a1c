"""Base of the session pages with charts: filled while visible, and charts saved as files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.dialogs.files import ask_chart_file, documents_folder
from ui.widgets.page import SessionPage
from ui.workspace import Workspace

if TYPE_CHECKING:
    from exports.report_names import ReportKind


class ChartPage(SessionPage):
    """Shows changes at once while it is visible, else when it is shown."""

    def __init__(
        self, context: Context, workspace: Workspace, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, workspace, parent)
        self._is_stale = True
        #: Where charts were saved last, by client: names of folders often are those of clients.
        self._folders: dict[str, Path] = {}

    def fill(self) -> None:
        """Show everything as it is now; extended by each page."""
        self._is_stale = False

    def on_changed(self, _area_ids: object = None) -> None:
        """Show a change now, or when the page is shown."""
        if self.isVisible():
            self.fill()
        else:
            self._is_stale = True

    def on_shown(self) -> None:
        """Show what has changed meanwhile."""
        if self._is_stale:
            self.fill()
        self.take_focus()

    def ask_chart_place(self, report: ReportKind, save: Callable[[Path], None]) -> None:
        """Ask for a file name; its ending decides between PNG, SVG and PDF."""
        from exports.report_names import suggested_name

        tr, session = self.context.texts, self.workspace.session
        folder = self._folders.get(session.organisation.id) or documents_folder()
        ask_chart_file(
            self,
            tr,
            folder / suggested_name(session, report, tr, "png"),
            lambda target: self.attempt(lambda: save(target)),
        )

    def remember_place(self, target: Path) -> None:
        """Propose this folder for the next chart of the client."""
        self._folders[self.workspace.session.organisation.id] = target.parent
