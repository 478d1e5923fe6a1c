"""White space of the pages that stand in columns, by the size of the window."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.type_scale import scaled

_LOW = 640


def is_low(page: QWidget) -> bool:
    """True for a page that has to save height."""
    return page.height() < scaled(_LOW)


def fit_space(
    page: QWidget,
    outer: QBoxLayout,
    inner: Iterable[QBoxLayout],
    *,
    is_narrow: bool,
    above_footer: bool = False,
) -> None:
    """Set margins around a page and spaces in it: less in a low or narrow window."""
    low = is_low(page)
    space = 8 if low else 12
    margin = 12 if low or is_narrow else 16
    outer.setContentsMargins(margin, space, margin, space if above_footer else margin)
    for layout in (outer, *inner):
        layout.setSpacing(space)
