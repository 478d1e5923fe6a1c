"""Qt's accessible tree as a screen reader meets it, without a screen or a bus."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget

Role, Text = QAccessible.Role, QAccessible.Text


def interface(widget: QWidget) -> QAccessibleInterface:
    """Accessible interface of a widget."""
    return QAccessible.queryAccessibleInterface(widget)


def role(widget: QWidget) -> QAccessible.Role:
    return interface(widget).role()


def name(widget: QWidget) -> str:
    return interface(widget).text(Text.Name)


def description(widget: QWidget) -> str:
    return interface(widget).text(Text.Description)


def focused() -> QAccessibleInterface:
    """The widget that has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return interface(widget)


def tree(top: QWidget) -> Iterator[QAccessibleInterface]:
    """Everything visible below a widget, parents first."""
    waiting: list[QAccessibleInterface | None] = [interface(top)]
    while waiting:
        each = waiting.pop(0)
        if each is None or not each.isValid() or each.state().invisible:
            continue
        yield each
        waiting[:0] = [each.child(number) for number in range(each.childCount())]
