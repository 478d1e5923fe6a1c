"""Layout and scrolling of the timeline: rows above, the curve below, *Later* at the right."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

from app.planning.problem import StepKey
from app.words.texts import Translator
from ui.board.board_model import LATER as LATER_COLUMN
from ui.roadmap.steps_area import StepsArea
from ui.timeline.curve_painting import LABEL, label_lines
from ui.timeline.timeline_layout import (
    HEAD,
    LATER,
    NAMES,
    PAD,
    ROW,
    TimelineLayout,
    lay_out,
)
from ui.timeline.timeline_model import Bar, Postponed, Timeline
from ui.type_scale import scaled

CURVE = 150
_CURVE_LOW = 104
_LOW = 560
"""Below this height of the view the curve has less of it, so that rows have more."""
_LOWEST = 300
"""Below this height there are only rows; the curve is on the board, and in the description."""
_MOST_NAMES = Fraction(3, 10)
"""So much of the width of the view names may have."""
_GAP = 12
_NEAR = 6
"""So far from the line of a day its names are shown as a tool tip."""


class TimelineArea(StepsArea):
    """Places everything; names, heads, *Later* and the curve stay in view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("timeline-view", parent)
        self.timeline = Timeline()
        self.shows_arrows = True
        self._layout: TimelineLayout | None = None
        self._places: dict[str, int] = {}

    # ---- filling -----------------------------------------------------------------------------

    def fill(self, timeline: Timeline, tr: Translator) -> None:
        """Show a timeline; the selected step stays selected while it is on it."""
        self.timeline, self._tr = timeline, tr
        self._places = {row.area_id: g.place for g in timeline.groups for row in g.rows}
        self._keep_selection(_first_key(timeline))
        heads = [column.sentence for column in timeline.columns]
        days = [mark.text for mark in timeline.marks]
        self.setAccessibleDescription(". ".join([timeline.curve.sentence, *heads, *days]))
        self._lay_out_again()

    def step(self, key: StepKey | None) -> Bar | Postponed | None:
        """A step, if it is on the timeline."""
        return self.timeline.step(key)

    # ---- layout ------------------------------------------------------------------------------

    @property
    def placed(self) -> TimelineLayout:
        """Places of rows and bars in the width there is."""
        if self._layout is None:
            room = self._rows().size()
            self._layout = lay_out(self.timeline, room.width(), room.height())
        return self._layout

    def _lay_out_again(self) -> None:
        self._layout = None
        layout, room = self.placed, self._rows().size()
        self._set_ranges(
            QSize(layout.width, layout.height) - room, room, QSize(layout.column // 2, scaled(ROW))
        )

    @property
    def _has_curve(self) -> bool:
        return self.viewport().height() > scaled(_LOWEST)

    def _names(self) -> int:
        """Width of the names at the left."""
        return min(scaled(NAMES), int(self.viewport().width() * _MOST_NAMES))

    def _upper(self) -> QRect:
        """The card of heads and rows."""
        view = self.viewport().rect()
        if not self._has_curve:
            return view
        below = scaled(CURVE if view.height() > scaled(_LOW) else _CURVE_LOW)
        return view.adjusted(0, 0, 0, -below - scaled(_GAP))

    def _lower(self) -> QRect:
        """The card of the curve."""
        view, upper = self.viewport().rect(), self._upper()
        return QRect(0, upper.bottom() + scaled(_GAP), view.width(), view.bottom() - upper.bottom()
                     - scaled(_GAP))  # fmt: skip

    def _columns(self) -> QRect:
        """The part of the view that quarters are scrolled in, from top to bottom."""
        view = self.viewport().rect()
        return view.adjusted(self._names(), 0, -scaled(LATER), 0)

    def _rows(self) -> QRect:
        """The part of the view that bars are scrolled in."""
        upper, columns = self._upper(), self._columns()
        return QRect(columns.left(), upper.top() + scaled(HEAD), columns.width(),
                     upper.height() - scaled(HEAD) - scaled(_GAP) // 2)  # fmt: skip

    def _x(self, columns: float) -> float:
        """X position in the view of a number of columns from the first day."""
        return self._rows().left() - self.horizontalScrollBar().value() + columns * (
            self.placed.column
        )  # fmt: skip

    def _shift(self, *, later: bool = False) -> QPoint:
        """From places of the layout to places in the view."""
        rows = self._rows()
        left = rows.right() + 1 + scaled(PAD) // 2
        if not later:
            left = rows.left() - self.horizontalScrollBar().value()
        return QPoint(left, rows.top() - self.verticalScrollBar().value())

    def place_of(self, key: StepKey) -> QRect:
        """Place of a step in the view now."""
        if key in self.placed.bars:
            return self.placed.bars[key].translated(self._shift())
        return self.placed.later[key].translated(self._shift(later=True))

    def selected_place(self) -> QRect:
        """Place of the selected step in the view now."""
        return QRect() if self._key is None else self.place_of(self._key)

    def show_selected(self) -> None:
        """Scroll so that the selected step is seen."""
        line = self.placed.line_of(self._key)
        if line is None or self._key is None:
            return
        rows, down, sideways = self._rows(), self.verticalScrollBar(), self.horizontalScrollBar()
        if line.top < down.value():
            down.setValue(line.top)
        elif line.top + line.height > down.value() + rows.height():
            down.setValue(line.top + line.height - rows.height())
        bar = self.placed.bars.get(self._key)
        if bar is not None:
            if bar.right() > sideways.value() + rows.width():
                sideways.setValue(bar.right() + scaled(PAD) - rows.width())
            if bar.left() < sideways.value():
                sideways.setValue(bar.left() - scaled(PAD))

    def step_at(self, where: QPoint) -> StepKey | None:
        """The step at a point of the view."""
        upper = self._upper().adjusted(0, scaled(HEAD), 0, 0)
        if not upper.contains(where):
            return None
        is_in_quarters = self._rows().contains(where)
        places = self.placed.bars if is_in_quarters else self.placed.later
        point = where - self._shift(later=not is_in_quarters)
        return next((key for key, place in places.items() if place.contains(point)), None)

    def words_at(self, where: QPoint) -> str:
        """All that is known of what stands at a point: a step, the name of a row, or days."""
        rows, names = self._rows(), self._upper()
        names = QRect(names.left(), rows.top(), rows.left() - names.left(), rows.height())
        if names.contains(where):
            y = where.y() - self._shift().y()
            lines = (each for each in self.placed.rows if each.top <= y < each.top + each.height)
            return next((line.name for line in lines), "")
        key = self.step_at(where)
        if key is not None or not self._columns().contains(where):
            return self.timeline.sentence_of(key)
        near = [m for m in self.timeline.marks if abs(self._x(m.at) - where.x()) <= scaled(_NEAR)]
        return "\n".join(mark.text for mark in near)

    def column_at(self, where: QPoint) -> int | None:
        """The column at a point of the view, from 0, or ``LATER`` of the board."""
        columns = self._columns()
        if where.x() > columns.right():
            return LATER_COLUMN
        column = int((where.x() - self._x(0)) // self.placed.column)
        is_there = where.x() >= columns.left() and column < len(self.timeline.columns)
        return column if is_there else None

    def minimumSizeHint(self) -> QSize:
        return QSize(480, 240)

    def _label_lines(self) -> list[tuple[float, int]]:
        """Left edge and line of the words of each milestone."""
        metrics = self.viewport().fontMetrics()
        columns = self._columns()
        widths = [
            (self._x(mark.at), float(metrics.horizontalAdvance(mark.text) + scaled(16)))
            for mark in self.timeline.marks
        ]
        return label_lines(widths, columns.left(), columns.right(), scaled(8))

    def _curve_box(self) -> QRect:
        """The box of the axis, between the lowest and the highest level shown."""
        lower, columns = self._lower(), self._columns()
        lines = 1 + max((line for _, line in self._label_lines()), default=0)
        below = scaled(10) + (lines * scaled(LABEL) if self.timeline.marks else 0)
        return QRect(columns.left(), lower.top() + scaled(18), columns.width(),
                     lower.height() - scaled(18) - below)  # fmt: skip


def _first_key(timeline: Timeline) -> StepKey | None:
    """The topmost of the steps that begin first."""
    bars = [bar for row in timeline.rows for bar in row.bars]
    if bars:
        return min(bars, key=lambda bar: bar.column).key
    return next((key for row in timeline.rows for key in row.keys), None)
