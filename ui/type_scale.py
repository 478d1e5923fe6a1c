"""Type scale of the window: one size of running text, from which all others follow.

Sizes in the code and in the style sheet are drawn for running text of 13 pixels, as it is at
1440x900. ``type_pixels`` gives the size a type has now, ``scaled`` that of what holds type: heights
of rows, widths of columns, marks.
"""

from __future__ import annotations

from math import floor, sqrt

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont, QFontInfo

DRAWN = 13
"""Pixels of running text that all sizes are drawn for."""
SMALLEST = 11
"""No type is smaller, in pixels."""
_LARGEST = 64
_SMALLEST_BODY = 12
_BODY_AT_DRAWN_SIZE = 12.5
_DRAWN_WINDOW = 1440 * 900
_USUAL_SYSTEM_FONT = 15
"""Systems come with fonts up to this size in pixels; a larger one was chosen."""
ZOOMS = (80, 90, 100, 110, 125, 150, 175, 200)
"""Steps of the zoom, in per cent."""


class TypeScale(QObject):
    """The size of running text at this moment, and a signal for what is fitted to it."""

    #: The size is another one, and the style sheet is already made for it.
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        #: Pixels of running text.
        self.body = DRAWN


TYPE = TypeScale()


def body_for(width: int, height: int, system_font: int, zoom: int) -> int:
    """Pixels of running text in a window of this size.

    Grows with the root of the area, so that a title bar or panel less does not cost a step; very
    wide or high windows count as 16:9 or 16:10. ``system_font`` in pixels, ``zoom`` in per cent.
    """
    area = min(width, height * 16 / 9) * min(height, width * 10 / 16)
    by_window = max(_SMALLEST_BODY, floor(_BODY_AT_DRAWN_SIZE * sqrt(area / _DRAWN_WINDOW) + 0.5))
    chosen = system_font if system_font > _USUAL_SYSTEM_FONT else 0
    return min(_LARGEST, max(SMALLEST, floor(max(by_window, chosen) * zoom / 100 + 0.5)))


def font_pixels(font: QFont) -> int:
    """Height of a font in pixels, also of one that is given in points."""
    return QFontInfo(font).pixelSize()


def next_zoom(zoom: int, *, larger: bool) -> int:
    """The step after this one; the last one stays."""
    steps = [step for step in ZOOMS if (step > zoom if larger else step < zoom)]
    return (min(steps) if larger else max(steps)) if steps else zoom


def type_pixels(drawn: int) -> int:
    """Size of a type drawn for so many pixels; never smaller than ``SMALLEST``."""
    return max(min(SMALLEST, drawn), floor(drawn * TYPE.body / DRAWN + 0.5))


def scaled(drawn: float) -> int:
    """Size of something that holds type; small type makes nothing smaller than drawn."""
    return floor(drawn * scale() + 0.5)


def scale() -> float:
    """Factor of everything that grows with the type, at least 1."""
    return max(1.0, TYPE.body / DRAWN)
