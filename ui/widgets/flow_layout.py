"""Layouts that wrap what does not fit side by side, and scroll areas for what is taller."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
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

_KEY_STEP = 80
ANY_SIZE = 16_777_215
"""The largest size of a widget in Qt: no limit."""


class FlowLayout(QLayout):
    """Items from left to right, on a new line where the width ends."""

    def __init__(
        self, parent: QWidget | None = None, *, spacing: int = 0, align_right: bool = False
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._align_right = align_right
        #: By width; layouts ask for the same ones again and again.
        self._heights: dict[int, int] = {}
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
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

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

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def _arrange(self, where: QRect, *, move: bool) -> int:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        space, room, used = self.spacing(), where.width(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(room, ANY_SIZE))
            if not lines or used + space + size.width() > room:
                lines.append([])
                used = -space
            lines[-1].append((item, size))
            used += space + size.width()
        y = where.y()
        for line in lines:
            if move:
                self._place(line, where, y)
            y += max(size.height() for _, size in line) + space
        return max(0, y - space - where.y())

    def _place(self, line: list[tuple[QLayoutItem, QSize]], where: QRect, y: int) -> None:
        space, x = self.spacing(), where.x()
        if self._align_right:
            x += where.width() + space - sum(size.width() + space for _, size in line)
        for item, size in line:
            item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + space


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

    def event(self, event: QEvent) -> bool:
        """Choose again when a text or font has changed what the rows need."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.refit()
        return done

    def refit(self) -> None:
        """Choose the direction for the width and the content of this moment."""
        wanted = self._left.minimumSize().width() + self._right.minimumSize().width()
        fits = wanted + self._layout.spacing() <= self.width()
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.LeftToRight if fits else direction.TopToBottom)


def scroll_around(inside: QWidget) -> QScrollArea:
    """An area that scrolls up and down where its content needs more height than there is."""
    scroll = QScrollArea()
    make_plain(scroll)
    scroll.setWidgetResizable(True)
    take_in(scroll, inside)
    return scroll


def scrolled_by_key(scroll: QScrollArea, key: int) -> bool:
    """Scroll by the arrow keys; False for other keys, or where there is nothing to scroll."""
    bar = scroll.verticalScrollBar()
    if not bar.maximum() or key not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        return False
    bar.setValue(bar.value() + (_KEY_STEP if key == Qt.Key.Key_Down else -_KEY_STEP))
    return True


def make_plain(scroll: QScrollArea) -> None:
    """Leave only the vertical scroll bar: no frame, no ground, no place in the Tab order."""
    # Asking Qt for its own one has PySide6 load every kind of widget, to find out which it is.
    scroll.setViewport(QWidget())
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def take_in(scroll: QScrollArea, inside: QWidget) -> None:
    """Put a widget into a plain area, whose ground shines through it."""
    scroll.setWidget(inside)
    scroll.viewport().setAutoFillBackground(False)
    inside.setAutoFillBackground(False)


class FittingScroll(QScrollArea):
    """As tall as its content, up to a limit; beyond that it scrolls."""

    def __init__(self, tallest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tallest = tallest
        make_plain(self)
        self.setWidgetResizable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_content(self, content: QWidget) -> None:
        """Take the widget in; its layout must tell a height for a width."""
        take_in(self, content)

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
