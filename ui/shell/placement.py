"""Placement of the window on a screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication

DEFAULT_SIZE = QSize(1280, 800)
SMALLEST = (640, 360)
"""A screen of 1366x768 at 200 % has little more; the pages scroll where they do not fit."""
FRAME = QSize(16, 48)
"""About what title bar and borders take, which is known only once the window is shown."""


def available_for(frame: QRect) -> QRect:
    """The part without panels of the screen that shows most of a frame, else of the first one."""
    places = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    shown = [(place.intersected(frame), place) for place in places if place.intersects(frame)]
    if not shown:
        return QGuiApplication.primaryScreen().availableGeometry()
    return max(shown, key=lambda pair: pair[0].width() * pair[0].height())[1]


def has_room_for_default(available: QRect) -> bool:
    """True if a window of the usual size fits with its frame."""
    return (DEFAULT_SIZE + FRAME).boundedTo(available.size()) == DEFAULT_SIZE + FRAME


def first_place(available: QRect) -> QRect:
    """Place of the window at its very first start: as large as usual, in the middle."""
    size = DEFAULT_SIZE.boundedTo(available.size() - FRAME)
    place = QRect(QPoint(0, 0), size)
    place.moveCenter(available.center())
    return place


def fitted(frame: QRect, available: QRect) -> QRect:
    """The frame no larger than what is available, and moved into it."""
    place = QRect(frame.topLeft(), frame.size().boundedTo(available.size()))
    place.moveRight(min(place.right(), available.right()))
    place.moveBottom(min(place.bottom(), available.bottom()))
    place.moveLeft(max(place.left(), available.left()))
    place.moveTop(max(place.top(), available.top()))
    return place
