"""Table of the areas by session: levels, dumbbell, difference and remark, or levels alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from exports.palette import Palette
from ui.compare.compared_rows import ComparedRow, LevelCell, TotalRow
from ui.painting.marks import Disc, paint_mark, paint_part
from ui.painting.rows import LEFT, RIGHT, draw_shortened, sized, x_on_track
from ui.results.area_rows import AreaList, Row, RowDelegate
from ui.type_scale import TYPE, scaled
from ui.widgets.themed import ThemedWidget

ROW_HEIGHT = 26
_CLOSEST = 24
_MARK, _SPACE, _CELL_SPACE, _CELL = 18, 12, 3, 40
_LABEL_SHARE, _WIDEST_LABEL, _LEAST_LABEL = 0.42, 260, 60
_LEAST_TRACK, _TRACK, _WIDEST_TRACK = 72, 120, 180
_LEAST_REMARK = 60
_MOST_TOTALS = 0.34
"""Share of the height that the totals may take; beyond it they scroll."""
_LATEST = Disc("current", 5.5)
_FIRST = Disc("secondary", 4.5, line=1.4, inside="surface")
CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class TableHead:
    """Two lines for each session, the words above difference and remark, and the scale.

    ``levels`` is empty where no dumbbells may be shown, ``change`` where no differences.
    """

    sessions: tuple[tuple[str, str], ...]
    area: str
    change: str
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Boxes of the columns of a row of some width; all rows alike. Empty ones are left out."""

    label: QRect
    cells: tuple[QRect, ...]
    track: QRect
    figure: QRect
    remark: QRect


class TableLayout:
    """The wishes of the columns for their widths, and the columns they get."""

    def __init__(self) -> None:
        self.head = TableHead((), "", "", ())
        self.label_width = self.figure_width = self.remark_width = 0
        self.shows_levels_only = False
        #: Width of a row: with a scroll bar beside one list, the others keep to it.
        self.width: Callable[[], int] = lambda: 0

    def measure(self, font: QFont, rows: Sequence[ComparedRow], totals: Sequence[TotalRow]) -> None:
        """Look at what the columns are to hold."""
        advance = QFontMetrics(font).horizontalAdvance
        small = QFontMetrics(sized(font, 12)).horizontalAdvance
        bold = QFontMetrics(sized(font, weight=QFont.Weight.DemiBold)).horizontalAdvance
        labels = [advance(row.label) for row in rows] + [bold(row.label) for row in totals]
        self.label_width = 8 + max(labels, default=0)
        figures = [bold(row.figure) for row in rows] + [bold(row.figure) for row in totals]
        self.figure_width = 0
        if self.head.change:
            self.figure_width = 8 + max([*figures, small(self.head.change)])
        remarks = [small(row.remark) for row in rows if row.remark]
        self.remark_width = 6 + max(remarks) if remarks else 0

    def columns(self, row: QRect, width: int = 0) -> Columns:
        """The columns of a row; ``width`` replaces that of the list."""
        count, space = len(self.head.sessions), scaled(_SPACE)
        top, height = row.top(), row.height()
        room = (width or self.width() or row.width()) - scaled(_MARK)
        figure = self.figure_width
        label = min(self.label_width, scaled(_WIDEST_LABEL), round(room * _LABEL_SHARE))
        cell = scaled(_CELL)
        cells_width = count * (cell + scaled(_CELL_SPACE))
        left = room - label - space - cells_width - (figure + space if figure else 0)
        if left < 0 and not self.shows_levels_only:
            label, left = max(scaled(_LEAST_LABEL), label + left), 0
        if self.shows_levels_only:
            left = room - label - space
            cell = left // max(1, count) - scaled(_CELL_SPACE)
            cells_width, figure, track, remark = left, 0, 0, 0
        else:
            track, remark = self._shared(left)
        x = row.left() + scaled(_MARK)
        label_box = QRect(x, top, label, height)
        x += label + space
        cells = tuple(
            QRect(x + n * (cell + scaled(_CELL_SPACE)), top, cell, height) for n in range(count)
        )
        x += cells_width
        track_box = QRect(x + scaled(4), top, track, height)
        x += track + scaled(4 if track else 8)
        figure_box = QRect(x, top, figure, height)
        x += figure + (space if figure else 0)
        return Columns(label_box, cells, track_box, figure_box, QRect(x, top, remark, height))

    def _shared(self, left: int) -> tuple[int, int]:
        """Widths of track and remark in what is left; a narrow one is left out."""
        wants_track = bool(self.head.levels)
        remark = min(self.remark_width, left)
        if not wants_track:
            remark = min(remark, left - scaled(8))
            return 0, remark if remark >= scaled(_LEAST_REMARK) else 0
        track = min(scaled(_WIDEST_TRACK), max(scaled(_TRACK), left - remark - scaled(12)))
        if left - track < remark:
            track = max(scaled(_LEAST_TRACK), left - remark - scaled(12))
        remark = min(remark, left - track - scaled(4))
        if remark < scaled(_LEAST_REMARK):
            remark = 0
            track = min(scaled(_WIDEST_TRACK), left - scaled(4))
        if track < scaled(_LEAST_TRACK):
            return 0, min(self.remark_width, left) if left >= scaled(_LEAST_REMARK) else 0
        return track, remark


class _ComparedDelegate(RowDelegate):
    """Paints the rows of areas and of totals."""

    def __init__(self, layout: TableLayout) -> None:
        super().__init__(ROW_HEIGHT, _CLOSEST)
        self._layout = layout

    def paint_row(self, painter: QPainter, rect: QRect, row: Row) -> None:
        columns = self._layout.columns(rect)
        if isinstance(row, ComparedRow):
            self._paint_area(painter, rect, row, columns)
        elif isinstance(row, TotalRow):
            self._paint_total(painter, row, columns)

    def _paint_area(
        self, painter: QPainter, rect: QRect, row: ComparedRow, columns: Columns
    ) -> None:
        theme, plain = self.theme, painter.font()
        if row.dimension >= 0:
            self.paint_mark(painter, rect.left() + 4, rect.center().y(), row.dimension)
        painter.setPen(QColor(theme.text if row.dimension >= 0 else theme.secondary))
        draw_shortened(painter, columns.label, row.label)
        for cell, box in zip(row.cells, columns.cells, strict=True):
            self._paint_cell(painter, cell, box)
        if columns.track.width():
            self._paint_track(painter, row, columns)
        if columns.figure.width():
            fell = row.difference is not None and row.difference < 0
            painter.setPen(QColor(theme.warning if fell else theme.text))
            painter.setFont(sized(plain, weight=QFont.Weight.DemiBold))
            painter.drawText(columns.figure, RIGHT, row.figure)
        self._paint_remark(painter, plain, row.remark, columns)

    def _paint_remark(self, painter: QPainter, plain: QFont, remark: str, columns: Columns) -> None:
        if columns.remark.width() and remark:
            painter.setFont(sized(plain, 12))
            painter.setPen(QColor(self.theme.secondary))
            draw_shortened(painter, columns.remark, remark)

    def _paint_cell(self, painter: QPainter, cell: LevelCell, box: QRect) -> None:
        theme, plain = self.theme, painter.font()
        chip = QRectF(box.adjusted(0, 2, 0, -2))
        painter.setPen(Qt.PenStyle.NoPen)
        ink = theme.secondary
        if cell.position >= 0:
            fill, ink = theme.level_colours(cell.position, cell.count)
            painter.setBrush(QColor(fill))
            painter.drawRoundedRect(chip, 3, 3)
        if cell.is_apart or (cell.position < 0 and cell.text):
            colour = theme.notice_mark if cell.is_apart else theme.frame
            pen = QPen(QColor(colour), 1.4 if cell.is_apart else 1, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        weight = QFont.Weight.DemiBold if cell.position >= 0 else None
        painter.setFont(sized(plain, 0 if cell.position >= 0 else 11, weight))
        painter.setPen(QColor(ink))
        draw_shortened(painter, box, cell.text, CENTRE)
        painter.setFont(plain)

    def _paint_track(self, painter: QPainter, row: ComparedRow, columns: Columns) -> None:
        theme, levels = self.theme, self._layout.head.levels
        middle = columns.track.center().y() + 0.5

        def at(level: Fraction | int) -> QPointF:
            return QPointF(x_on_track(columns.track, level, levels[0], levels[-1]), middle)

        painter.setPen(QPen(QColor(theme.line), scaled(2)))
        painter.drawLine(at(levels[0]), at(levels[-1]))
        today, then = row.cells[-1].level, row.cells[-2].level
        if row.difference and today is not None and then is not None:
            colour = theme.levels[2] if row.difference > 0 else theme.warning
            band = QPen(QColor(colour), scaled(4))
            band.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(band)
            painter.drawLine(at(then), at(today))
        for place, cell in enumerate(row.cells[:-1]):
            if cell.level is None or cell.is_apart:
                continue
            if place:
                paint_mark(painter, at(cell.level), "between", theme)
            else:
                paint_part(painter, at(cell.level), _FIRST, theme)
        if today is not None:
            if row.difference is None:
                paint_mark(painter, at(today), "apart", theme)
            else:
                paint_part(painter, at(today), _LATEST, theme)

    def _paint_total(self, painter: QPainter, row: TotalRow, columns: Columns) -> None:
        theme, plain = self.theme, painter.font()
        bold = sized(plain, weight=QFont.Weight.DemiBold)
        painter.setFont(bold)
        ink = theme.text if row.dimension < 0 else theme.dimension_text(row.dimension)
        painter.setPen(QColor(ink))
        name = columns.label.adjusted(-scaled(_MARK) + 4, 0, 0, 0)
        draw_shortened(painter, name, row.label)
        painter.setPen(QColor(theme.text))
        for mean, box in zip(row.means, columns.cells, strict=True):
            painter.drawText(box, CENTRE, mean)
        if columns.figure.width():
            painter.drawText(columns.figure, RIGHT, row.figure)
        painter.setFont(sized(plain, 12))
        painter.setPen(QColor(theme.secondary))
        room = max(columns.track, columns.remark, key=QRect.width)
        if painter.fontMetrics().horizontalAdvance(row.remark) <= room.width():
            painter.drawText(room, LEFT, row.remark)


class _Head(ThemedWidget):
    """Dates above the cells, levels above the track, and the word above the differences."""

    def __init__(self, layout: TableLayout, rows: QListView) -> None:
        super().__init__()
        self._layout, self._rows = layout, rows
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(scaled(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        head = self._layout.head
        columns = self._layout.columns(QRect(0, 0, self._rows.viewport().width(), self.height()))
        painter.setPen(QColor(self.theme.secondary))
        painter.setFont(sized(self.font(), 11))
        lower = QRect(0, self.height() - scaled(18), self.width(), scaled(16))
        label = QRect(4, lower.top(), columns.label.right() - 4, lower.height())
        draw_shortened(painter, label, head.area)
        for (upper_words, lower_words), box in zip(head.sessions, columns.cells, strict=True):
            for words, above in ((upper_words, scaled(14)), (lower_words, 0)):
                where = QRect(box.left() - 2, lower.top() - above, box.width() + 4, lower.height())
                draw_shortened(painter, where, words, CENTRE)
        if columns.track.width():
            for level in head.levels:
                x = round(x_on_track(columns.track, level, head.levels[0], head.levels[-1]))
                where = QRect(x - scaled(12), lower.top(), scaled(24), lower.height())
                painter.drawText(where, CENTRE, str(level))
        if columns.figure.width():
            where = QRect(
                columns.figure.left(), lower.top(), columns.figure.width(), lower.height()
            )
            painter.drawText(where, RIGHT, head.change)
        painter.setPen(QColor(self.theme.line))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class ComparedTable(QWidget):
    """The areas with a head above and the totals below; Enter or a click leads to an area."""

    #: Id of the area that was clicked or activated.
    area_chosen = Signal(str)
    #: There are dumbbells now, or none any more.
    marks_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compared-table")
        self._shows_marks = False
        self._layout = TableLayout()
        self._delegate = _ComparedDelegate(self._layout)
        self.list = AreaList("compared-areas", self._delegate)
        self._layout.width = lambda: self.list.viewport().width()
        self._totals_delegate = _ComparedDelegate(self._layout)
        self.totals_list = AreaList("compared-totals", self._totals_delegate)
        self._head = _Head(self._layout, self.list)
        self._rows: tuple[ComparedRow, ...] = ()
        self._totals: tuple[TotalRow, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._head)
        column.addWidget(self.list, 1)
        column.addWidget(self.totals_list)
        self.setFocusProxy(self.list)
        self.list.area_chosen.connect(self.area_chosen)
        self.list.verticalScrollBar().rangeChanged.connect(lambda *_: self._head.update())
        TYPE.changed.connect(self._fit)

    @property
    def rows(self) -> tuple[ComparedRow, ...]:
        """The rows of areas, in order."""
        return self._rows

    @property
    def shows_marks(self) -> bool:
        """True if there is room for the dumbbells, and they may be shown."""
        return self._shows_marks

    @property
    def totals(self) -> tuple[TotalRow, ...]:
        """The rows of totals."""
        return self._totals

    def fill(
        self, head: TableHead, rows: tuple[ComparedRow, ...], totals: tuple[TotalRow, ...]
    ) -> None:
        """Show these rows."""
        self._layout.head = head
        current = self.list.currentIndex().row()
        kept = self._rows[current].area_id if 0 <= current < len(self._rows) else ""
        self._rows, self._totals = rows, totals
        self.list.show_rows(rows)
        for place, row in enumerate(rows):
            if kept and row.area_id == kept:
                self.list.setCurrentIndex(self.list.model().index(place, 0))
        self.totals_list.show_rows(totals)
        self.totals_list.setVisible(bool(totals))
        self._fit()
        self._head.update()

    def show_levels_only(self, is_so: bool) -> None:
        """Show a heat map of the levels, or all columns."""
        self._layout.shows_levels_only = is_so
        self._fit()
        for view in (self.list, self.totals_list):
            view.viewport().update()
        self._head.update()

    def set_names(self, areas: str, totals: str) -> None:
        """Set the accessible names of the lists."""
        self.list.setAccessibleName(areas)
        self.totals_list.setAccessibleName(totals)

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        for view in (self.list, self.totals_list):
            view.apply_theme(theme)
        self._head.apply_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = len(self._totals) * scaled(_CLOSEST)
        most = round(self.height() * _MOST_TOTALS) // scaled(_CLOSEST) * scaled(_CLOSEST)
        self.totals_list.setFixedHeight(max(scaled(_CLOSEST), min(wanted, most)))
        self._layout.measure(self.list.font(), self._rows, self._totals)
        # By the width without a scroll bar, which comes and goes with the room for a legend.
        columns = self._layout.columns(QRect(0, 0, 1, 1), max(1, self.width() - scaled(8)))
        shows_marks = columns.track.width() > 0
        if shows_marks != self._shows_marks:
            self._shows_marks = shows_marks
            self.marks_changed.emit()
