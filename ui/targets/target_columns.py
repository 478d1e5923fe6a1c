"""Columns of the table of targets, and how they share its width."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics

from ui.painting.rows import sized
from ui.targets.target_rows import DimensionRow, Row, TargetRow
from ui.type_scale import scaled

_MARK, _SPACE, _STATE_MARK = 20, 10, 18
_WIDEST_LABEL, _LEAST_LABEL = 240, 90
_TRACK, _LEAST_TRACK = 150, 84
_WIDEST_SPONSOR, _USUAL_SPONSOR, _LEAST_SPONSOR = 150, 110, 64
_LEAST_REASON, _FAIR_REASON = 70, 150
_LABEL_SHARE = 0.2
"""Share of the width that a label keeps."""
_ROUNDED = 2
"""Widths of text are rounded, and half a pixel less would shorten it."""
FIELD_PADDING = 5
"""Space between the edge of a cell that can be edited and its text."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Boxes of the columns of a row; all rows alike. Empty ones are left out."""

    label: QRect
    track: QRect
    way: QRect
    by: QRect
    reason: QRect
    sponsor: QRect
    state: QRect


@dataclass(frozen=True, slots=True)
class Head:
    """Words above the columns, and the levels above the track."""

    area: str
    level: str
    by: str
    reason: str
    sponsor: str
    state: str
    levels: tuple[int, ...]


NO_HEAD = Head("", "", "", "", "", "", (1, 2))


class TargetLayout:
    """Widths that the columns need for their texts, and those they get."""

    def __init__(self) -> None:
        self.head = NO_HEAD
        self._label = self._way = self._by = self._sponsor = self._state = 0
        #: Width of a row: with a scroll bar beside the list, the head keeps to it.
        self.width: Callable[[], int] = lambda: 0

    def measure(self, font: QFont, rows: Sequence[Row]) -> None:
        """Measure the texts that the columns are to hold."""
        plain = QFontMetrics(font).horizontalAdvance
        bold = QFontMetrics(sized(font, weight=QFont.Weight.DemiBold)).horizontalAdvance
        small = QFontMetrics(sized(font, 11)).horizontalAdvance
        areas = [row for row in rows if isinstance(row, TargetRow)]
        names = [row.label for row in rows if isinstance(row, DimensionRow)]
        head, room = self.head, 2 * scaled(FIELD_PADDING) + _ROUNDED
        labels = [*names, *(row.label for row in areas)]
        self._label = _ROUNDED + max([small(head.area), *map(bold, labels)])
        self._way = _ROUNDED + max([small(head.level), *(bold(row.way) for row in areas)])
        days = [plain(row.by) for row in areas] + [plain("Q4 2028")]
        self._by = room + max([small(head.by), *days])
        names_of_sponsors = [plain(row.sponsor) for row in areas]
        self._sponsor = room + max([small(head.sponsor), *names_of_sponsors])
        states = [plain(row.state_words) for row in areas]
        self._state = scaled(_STATE_MARK) + _ROUNDED + max([small(head.state), *states])

    def columns(self, row: QRect) -> Columns:
        """The columns of a row."""
        space = scaled(_SPACE)
        width = self.width() or row.width()
        label, track, sponsor, reason = self._shared(width - scaled(_MARK) - 2)
        widths = (label, track, self._way, self._by, reason, sponsor, self._state)
        boxes, x = [], row.left() + scaled(_MARK)
        for each in widths:
            boxes.append(QRect(x, row.top(), each, row.height()))
            x += each + (space if each else 0)
        return Columns(*boxes)

    def _shared(self, room: int) -> tuple[int, int, int, int]:
        """Widths of label, track, sponsor and reason; where it is tight there is no track."""
        fixed = self._way + self._by + self._state + 6 * scaled(_SPACE)
        label = min(self._label, scaled(_WIDEST_LABEL))
        sponsor = min(max(self._sponsor, scaled(_USUAL_SPONSOR)), scaled(_WIDEST_SPONSOR))
        track = scaled(_TRACK)
        reason = room - fixed - label - sponsor - track
        fair, least = scaled(_FAIR_REASON), scaled(_LEAST_REASON)
        track, reason = _moved(track, reason, fair, scaled(_LEAST_TRACK))
        least_label = max(scaled(_LEAST_LABEL), round(room * _LABEL_SHARE))
        label, reason = _moved(label, reason, fair, least_label)
        if reason < least:
            track, reason = 0, reason + track + scaled(_SPACE)
        sponsor, reason = _moved(sponsor, reason, least, scaled(_LEAST_SPONSOR))
        return label, track, sponsor, max(scaled(24), reason)


def _moved(giver: int, taker: int, wanted: int, least: int) -> tuple[int, int]:
    """Widths after one column has filled up another one, down to its own least width."""
    given = max(0, min(wanted - taker, giver - least))
    return giver - given, taker + given
