"""Layouts that wrap what does not fit side by side, and scroll areas for what is taller."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QWidget,
)


class FlowLayout(QLayout):
    """Items from left to right, on a new line where the width ends."""

    def __init__(
        self, parent: QWidget | None = None, *, spacing: int = 0, align_right: bool = False
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._align_right = align_right
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, where: QRect) -> None:
        super().setGeometry(where)
        self._arrange(where, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, where: QRect, *, move: bool) -> int:
        y = where.y()
        for line in self._lines(where.width()):
            widths = [min(item.sizeHint().width(), where.width()) for item in line]
            used = sum(widths) + self.spacing() * (len(line) - 1)
            x = where.x() + (where.width() - used if self._align_right else 0)
            for item, width in zip(line, widths, strict=True):
                if move:
                    item.setGeometry(QRect(QPoint(x, y), QSize(width, item.sizeHint().height())))
                x += width + self.spacing()
            y += max(item.sizeHint().height() for item in line) + self.spacing()
        return max(0, y - self.spacing() - where.y())

    def _lines(self, room: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            width = min(item.sizeHint().width(), room)
            if not lines or used + self.spacing() + width > room:
                lines.append([])
                used = -self.spacing()
            lines[-1].append(item)
            used += self.spacing() + width
        return lines


class SideBySide(QWidget):
    """Two rows of widgets side by side; one below the other where the width is too small."""

    def __init__(self, left: QLayout, right: QLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left, self._right = left, right
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addLayout(left, 1)
        self._layout.addLayout(right)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider row: this widget decides how they stand."""
        left, right = self._left.minimumSize(), self._right.minimumSize()
        return QSize(max(left.width(), right.width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refit()

    def refit(self) -> None:
        """Choose the direction for the width and the content of this moment."""
        wanted = self._left.minimumSize().width() + self._right.minimumSize().width()
        fits = wanted + self._layout.spacing() <= self.width()
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.LeftToRight if fits else direction.TopToBottom)


def scroll_around(inside: QWidget) -> QScrollArea:
    """An area that scrolls up and down where its content needs more height than there is."""
    scroll = QScrollArea()
    # Asking Qt for its own one has PySide6 load every kind of widget, to find out which it is.
    scroll.setViewport(QWidget())
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidgetResizable(True)
    scroll.setWidget(inside)
    scroll.viewport().setAutoFillBackground(False)
    inside.setAutoFillBackground(False)
    return scroll


class FittingScroll(QScrollArea):
    """As tall as its content, up to a limit; beyond that it scrolls."""

    def __init__(self, tallest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tallest = tallest
        # Asking Qt for its own one has PySide6 load every kind of widget, to find out which it is.
        self.setViewport(QWidget())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_content(self, content: QWidget) -> None:
        """Take the widget in; its layout must tell a height for a width."""
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)

    def set_tallest(self, tallest: int) -> None:
        """Change the limit; takes effect with the next :meth:`refit`."""
        self._tallest = tallest

    def refit(self) -> None:
        """Take the height the content needs now."""
        content = self.widget()
        layout = content.layout() if content is not None else None
        if layout is None:
            return
        wanted = layout.heightForWidth(self.viewport().width())
        self.setFixedHeight(max(1, min(wanted, self._tallest)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refit()
