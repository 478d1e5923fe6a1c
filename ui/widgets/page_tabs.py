"""Tabs that lead from a page to the others of its family."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.context import Context
from ui.pages import family
from ui.widgets.controls import ChoiceButton


class PageTabs(QWidget):
    """A tab for each page of the family; hidden where there is only one."""

    def __init__(self, context: Context, page: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._page = page
        self._specs = tuple(family(page))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._tabs = {spec.name: ChoiceButton(f"tab-{spec.name}") for spec in self._specs}
        for name, tab in self._tabs.items():
            tab.setChecked(name == page)
            tab.clicked.connect(lambda _checked=False, name=name: self._go_to(name))
            row.addWidget(tab)
        if len(self._specs) == 1:  # shown by its page; alone it would be a window of its own
            self.hide()
        context.language_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        for spec in self._specs:
            words = self._context.texts.gettext(spec.tab)
            self._tabs[spec.name].setText(words)
            self._tabs[spec.name].setAccessibleName(words)

    def _go_to(self, name: str) -> None:
        self._tabs[self._page].setChecked(True)  # this is still the tab of this page
        self._tabs[name].setChecked(name == self._page)
        self._context.page_requested.emit(name)
