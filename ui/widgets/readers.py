"""Accessible interfaces of painted widgets."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import isValid

_ROLE = "spoken_role"


class _Whole(QAccessibleWidget):
    """A widget without parts, whatever it is built from."""

    def childCount(self) -> int:
        return 0

    def child(self, index: int) -> QAccessibleInterface:
        return super().child(-1)

    def text(self, which: QAccessible.Text) -> str:
        """A tool tip that repeats the name is not read as a description."""
        said = super().text(which)
        if which == QAccessible.Text.Description and said == super().text(QAccessible.Text.Name):
            return ""
        return said


_kept: list[_Whole] = []
"""Qt deletes them with their widgets, but Python must not do so before."""


def present_as(widget: QWidget, role: QAccessible.Role) -> None:
    """Present a widget as one thing of this role: its name and description are all there is."""
    _install()
    widget.setProperty(_ROLE, role.value)


@cache
def _install() -> None:
    # A registered interface would be lost when PySide extends the class by another slot.
    QAccessible.installFactory(_made)


def _made(_class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    role = None if thing is None else thing.property(_ROLE)
    if role is None or not isinstance(thing, QWidget):
        return None
    _kept[:] = [each for each in _kept if isValid(each)]
    _kept.append(_Whole(thing, QAccessible.Role(role), ""))
    return _kept[-1]
