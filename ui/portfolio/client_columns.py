"""Columns of the portfolio, shared by the rows and the heads above them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect

from ui.type_scale import scaled

PAD, GAP, PROFILE = 16, 16, 48

#: Columns at the right, from right to left: name, width as drawn, and the width of the list from
#: which it is shown.
_AT_RIGHT = (("due", 176, 0), ("last", 168, 0), ("tags", 140, 1010), ("model", 212, 840))


@dataclass(frozen=True, slots=True)
class Columns:
    """Boxes of the columns of a row; those without room are missing."""

    profile: QRect
    name: QRect
    others: dict[str, QRect]


def columns_in(box: QRect) -> Columns:
    """The columns of a row or of the heads in this box."""
    side = scaled(PROFILE)
    left, right = box.left() + PAD, box.right() - PAD
    profile = QRect(left, box.center().y() - side // 2 + 1, side, side)
    widths = {
        name: scaled(width) for name, width, least in _AT_RIGHT if box.width() >= scaled(least)
    }
    others = {}
    for name, width in widths.items():
        others[name] = QRect(right - width + 1, box.top(), width, box.height())
        right -= width + GAP
    begin = left + side + GAP
    return Columns(profile, QRect(begin, box.top(), max(0, right - begin), box.height()), others)
