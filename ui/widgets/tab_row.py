"""A heading with tabs beside it, of which one is chosen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from ui.widgets.controls import PressButton

_SPACE = 4


def view_tab(name: str) -> PressButton:
    """A tab that shows one view of several."""
    tab = PressButton(name, "tab")
    tab.setCheckable(True)
    tab.setAutoExclusive(True)  # a radio button for screen readers
    return tab


def tab_row(heading: QWidget, tabs: Mapping[str, PressButton], owner: QWidget) -> QHBoxLayout:
    """A heading, and tabs at the right of which the first one is chosen."""
    row = QHBoxLayout()
    row.setSpacing(_SPACE)
    row.addWidget(heading)
    row.addStretch(1)
    add_tabs(row, tabs, owner)
    return row


def add_tabs(row: QHBoxLayout, tabs: Mapping[str, PressButton], owner: QWidget) -> None:
    """Add tabs to a row, the first one chosen; they exclude one another."""
    group = QButtonGroup(owner)
    group.setExclusive(True)
    for place, tab in enumerate(tabs.values()):
        group.addButton(tab)
        tab.setChecked(place == 0)
        row.addWidget(tab)


def width_of_tabs(tabs: Mapping[str, PressButton]) -> int:
    """Width in pixels that the tabs of a row need, as far as they are shown."""
    return sum(tab.sizeHint().width() + _SPACE for tab in tabs.values() if not tab.isHidden())
