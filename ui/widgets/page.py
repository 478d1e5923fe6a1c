"""What every page of the window has in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from ui.context import Context


class Page(QWidget):
    """A page: built once without texts, filled by ``retranslate`` and the context's signals.

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

    def on_shown(self) -> None:
        """The page has become the visible one: refresh and take the focus."""
