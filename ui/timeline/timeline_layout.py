"""Places of rows, bars and arrows on the timeline, in pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect

from app.planning.problem import StepKey
from ui.timeline.timeline_model import Arrow, Group, Row, Timeline
from ui.type_scale import scaled

HEAD = 50
ROW = 20
LEAST_ROW = 18
GROUP = 24
NAMES = 264
LATER = 128
LEAST_COLUMN = 168
PAD = 16
_INSET = 8
_GUTTER = 24
_LANE = 5
_LANES = 3


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A line of the timeline: the head of a group, a row, or both where there is one row only."""

    top: int
    height: int
    group: Group | None
    row: Row | None

    @property
    def name(self) -> str:
        """Its words."""
        if self.group is not None:
            return self.group.name
        return "" if self.row is None else self.row.name

    @property
    def keys(self) -> tuple[StepKey, ...]:
        """Its steps, in the order they are taken."""
        return () if self.row is None else self.row.keys


@dataclass(frozen=True, slots=True)
class TimelineLayout:
    """Places of everything that is scrolled.

    ``bars`` are in columns, from their left and top edge; ``later`` from the left edge of *Later*.
    ``lines`` has the line of each step.
    ``width`` is that of all columns, ``height`` that of all rows.
    """

    column: int
    width: int
    height: int
    rows: tuple[PlacedRow, ...]
    lines: Mapping[StepKey, PlacedRow]
    bars: Mapping[StepKey, QRect]
    later: Mapping[StepKey, QRect]

    def line_of(self, key: StepKey | None) -> PlacedRow | None:
        """The line that a step stands in."""
        return None if key is None else self.lines.get(key)


def lay_out(timeline: Timeline, width: int, height: int) -> TimelineLayout:
    """Lay the timeline out in the room that bars have; rows move closer together if all then fit.

    What does not fit is wider and higher than the room.
    """
    count = max(1, len(timeline.columns))
    column = max(scaled(LEAST_COLUMN), width // count)
    rows = _lines(timeline, height)
    bars: dict[StepKey, QRect] = {}
    later: dict[StepKey, QRect] = {}
    for line in rows:
        if line.row is None:
            continue
        inner = line.top + 2, line.height - 4
        for bar in line.row.bars:
            left = bar.column * column + scaled(_INSET)
            length = bar.span * column - scaled(_INSET) - scaled(_GUTTER)
            bars[bar.key] = QRect(left, inner[0], length, inner[1])
        for place, postponed in enumerate(line.row.later):
            share = (scaled(LATER) - scaled(PAD)) // len(line.row.later)
            later[postponed.key] = QRect(place * share, inner[0], share, inner[1])
    lines = {key: line for line in rows if line.row is not None for key in line.row.keys}
    return TimelineLayout(column, column * count, _height(rows), rows, lines, bars, later)


def path_of(arrow: Arrow, lane: int, layout: TimelineLayout) -> tuple[QPointF, ...]:
    """Corners of an arrow from the end of one bar to the beginning of another.

    It turns in the gap behind the first bar; arrows in different lanes do not lie on each other.
    """
    before, after = layout.bars[arrow.before], layout.bars[arrow.after]
    begin = QPointF(before.right() + 1, before.center().y() + 0.5)
    end = QPointF(after.left(), after.center().y() + 0.5)
    turn = begin.x() + scaled(_LANE) * (1 + lane % _LANES)
    return begin, QPointF(turn, begin.y()), QPointF(turn, end.y()), end


def _lines(timeline: Timeline, height: int) -> tuple[PlacedRow, ...]:
    """Lines from top to bottom, as far apart as lets all of them fit, if that is possible."""
    wide = _lines_of_height(timeline, scaled(ROW), scaled(GROUP))
    if _height(wide) <= height:
        return wide
    for of_row in range(scaled(ROW) - 1, scaled(LEAST_ROW) - 1, -1):
        close = _lines_of_height(timeline, of_row, of_row + 2)
        if _height(close) <= height:
            return close
    return wide


def _height(lines: tuple[PlacedRow, ...]) -> int:
    return lines[-1].top + lines[-1].height if lines else 0


def _lines_of_height(timeline: Timeline, of_row: int, of_group: int) -> tuple[PlacedRow, ...]:
    lines: list[PlacedRow] = []
    top = 0
    for group in timeline.groups:
        rows: list[tuple[Group | None, Row | None]] = [(group, None)]
        if len(group.rows) == 1 and group.rows[0].name == group.name:
            rows = [(group, group.rows[0])]
        else:
            rows += [(None, row) for row in group.rows]
        for head, row in rows:
            height = of_row if head is None else of_group
            lines.append(PlacedRow(top, height, head, row))
            top += height
    return tuple(lines)
