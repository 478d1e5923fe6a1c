"""Spread of every area between teams, widest first: marks on a line of levels, or counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.comparison.teams import AreaAcross, LevelOfTeams
from app.words.texts import Translator
from exports.palette import LIGHT, Palette
from ui.painting.rows import RIGHT, draw_shortened, sized
from ui.results.area_rows import AreaList, Row, RowDelegate
from ui.teams.team_marks import mark_width, paint_team_mark
from ui.teams.teams_shown import Scope, named_teams
from ui.type_scale import TYPE, scaled

ROW_HEIGHT, _CLOSEST = 27, 24
_LEFT, _SPACE, _LABEL_SHARE, _WIDEST_LABEL = 18, 28, 0.3, 240


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """One area: the teams at each level, and the distance in the last column."""

    area_id: str
    label: str
    dimension: int
    levels: tuple[LevelOfTeams, ...]
    figure: str
    is_wide: bool
    sentence: str


def spread_rows(scope: Scope, tr: Translator) -> tuple[SpreadRow, ...]:
    """Every area with a level, widest spread first."""
    model = scope.group.model
    places = {each.id: place for place, each in enumerate(model.dimensions)}
    rows = []
    for area in scope.areas:
        label = model.area(area.area_id).label.line_in(tr.language)
        levels = area.by_level
        figure = _distance(area, tr)
        said = "; ".join(
            tr.gettext("level {level}: {teams}", level=tr.number(each.level),
                       teams=named_teams(each.team_ids, scope.board.names, tr))
            for each in levels
        )  # fmt: skip
        rows.append(
            SpreadRow(
                area.area_id,
                label,
                places[area.dimension_id],
                levels,
                figure,
                area.spread > 1,
                f"{label}, {figure}: {said}",
            )
        )
    return tuple(rows)


def _distance(area: AreaAcross, tr: Translator) -> str:
    if len(area.levels) < 2:
        return tr.gettext("one team only")
    if not area.spread:
        return tr.gettext("same level")
    if area.spread == 1:
        return tr.gettext("1 level")
    return tr.gettext("{n} levels", n=tr.number(area.spread))


@dataclass(frozen=True, slots=True)
class _Columns:
    """Begin and end of the columns of a row of this width."""

    label: QRect
    track: QRect
    figure: QRect


class SpreadPainter:
    """Geometry and painting of the rows, for the list and for a picture of it."""

    def __init__(self) -> None:
        self.theme: Palette = LIGHT
        self.lowest, self.highest = 1, 5
        self.label_width = self.figure_width = 100
        self.marks: Mapping[str, str] = {}
        self.chosen = ""
        self.has_halves = False
        self.most_at_once: tuple[int, int] = (0, 0)

    def set_scope(self, scope: Scope, chosen: str) -> None:
        """Take scale and marks of the teams; those of the chosen one are filled."""
        model = scope.group.model
        self.lowest, self.highest = model.lowest_level, model.highest_level
        self.marks = {team.id: scope.board.marks[team.id] for team in scope.group.teams}
        self.chosen = chosen

    def take(self, rows: tuple[SpreadRow, ...], font: QFont, head: str) -> None:
        """Measure rows in this font; ``head`` stands above the last column."""
        metrics, bold = QFontMetrics(font), QFontMetrics(sized(font, weight=QFont.Weight.DemiBold))
        self.label_width = 8 + max((metrics.horizontalAdvance(r.label) for r in rows), default=0)
        figures = [bold.horizontalAdvance(row.figure) for row in rows]
        self.figure_width = 8 + max([*figures, metrics.horizontalAdvance(head)])
        self.has_halves = any(each.level.denominator > 1 for r in rows for each in r.levels)
        crowd = max((len(each.team_ids) for row in rows for each in row.levels), default=0)
        widest = max((mark_width(mark, font) for mark in self.marks.values()), default=0)
        self.most_at_once = (crowd, widest)

    def columns(self, row: QRect) -> _Columns:
        """The columns of a row."""
        label = min(self.label_width, scaled(_WIDEST_LABEL), round(row.width() * _LABEL_SHARE))
        left, space = row.left() + scaled(_LEFT), scaled(_SPACE)
        track_left = left + label + space
        track_right = row.right() - self.figure_width - space
        top, height = row.top(), row.height()
        return _Columns(
            QRect(left, top, label, height),
            QRect(track_left, top, max(40, track_right - track_left), height),
            QRect(row.right() - self.figure_width, top, self.figure_width - 4, height),
        )

    def x_of(self, level: Fraction | int, track: QRect) -> float:
        """Place of a level on the line."""
        return track.left() + track.width() * float(
            (level - self.lowest) / (self.highest - self.lowest)
        )

    def shows_counts(self, track: QRect) -> bool:
        """True where the marks of one level would run into those of the next."""
        crowd, widest = self.most_at_once
        steps = (self.highest - self.lowest) * (2 if self.has_halves else 1)
        return crowd * (widest - scaled(1)) > track.width() / steps - scaled(2)

    def paint(self, painter: QPainter, rect: QRect, row: SpreadRow) -> None:
        """Paint label, line of levels and distance."""
        theme, columns = self.theme, self.columns(rect)
        plain = painter.font()
        painter.setPen(QColor(theme.text))
        draw_shortened(painter, columns.label, row.label)
        painter.setPen(QColor(theme.text if row.is_wide else theme.secondary))
        if row.is_wide:
            painter.setFont(sized(plain, weight=QFont.Weight.DemiBold))
        painter.drawText(columns.figure, RIGHT, row.figure)
        painter.setFont(plain)
        track, y = columns.track, rect.center().y() + 0.5
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(QPointF(track.left(), y), QPointF(track.right(), y))
        if len(row.levels) > 1:
            band = QPen(QColor(theme.levels[2]), scaled(4))
            band.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(band)
            first, last = (self.x_of(row.levels[n].level, track) for n in (0, -1))
            painter.drawLine(QPointF(first, y), QPointF(last, y))
        for each in row.levels:
            centre = QPointF(self.x_of(each.level, track), y)
            if self.shows_counts(track):
                is_chosen = self.chosen in each.team_ids
                count = str(len(each.team_ids))
                paint_team_mark(painter, centre, count, theme, is_chosen=is_chosen)
            else:
                self._paint_marks(painter, centre, each)

    def _paint_marks(self, painter: QPainter, centre: QPointF, each: LevelOfTeams) -> None:
        """The marks of the teams at one level, side by side."""
        marks = [(self.marks[team_id], team_id == self.chosen) for team_id in each.team_ids]
        widths = [mark_width(mark, painter.font()) - scaled(1) for mark, _ in marks]
        x = centre.x() - sum(widths) / 2
        for (mark, is_chosen), width in zip(marks, widths, strict=True):
            where = QPointF(x + width / 2, centre.y())
            paint_team_mark(painter, where, mark, self.theme, is_chosen=is_chosen)
            x += width

    def paint_scale(self, painter: QPainter, box: QRect, area: str, distance: str) -> None:
        """The words above the columns, and the numbers of the levels above the line."""
        columns = self.columns(box)
        painter.setPen(QColor(self.theme.secondary))
        painter.setFont(sized(painter.font(), 11, QFont.Weight.Normal))
        draw_shortened(painter, columns.label.adjusted(-scaled(_LEFT), 0, 0, 0), area)
        for level in range(self.lowest, self.highest + 1):
            x = self.x_of(level, columns.track)
            number = QRectF(x - scaled(12), box.top(), scaled(24), box.height())
            painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(level))
        painter.drawText(columns.figure.adjusted(-scaled(_SPACE), 0, 0, 0), RIGHT, distance)


class _SpreadDelegate(RowDelegate):
    def __init__(self, painter: SpreadPainter) -> None:
        super().__init__(ROW_HEIGHT, _CLOSEST)
        self._painter = painter

    def paint_row(self, painter: QPainter, rect: QRect, row: Row) -> None:
        if isinstance(row, SpreadRow):
            self.paint_mark(painter, rect.left() + 4, rect.center().y(), row.dimension)
            self._painter.paint(painter, rect, row)


class _Scale(QWidget):
    def __init__(self, painter: SpreadPainter, rows: AreaList) -> None:
        super().__init__()
        self._painter, self._rows = painter, rows
        self.area = self.distance = ""
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(scaled(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        box = QRect(0, 0, self._rows.viewport().width(), self.height())
        self._painter.paint_scale(QPainter(self), box, self.area, self.distance)


class SpreadList(QWidget):
    """The rows under the numbers of the levels."""

    #: Id of the area that was clicked or activated.
    area_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.painter = SpreadPainter()
        self.rows: tuple[SpreadRow, ...] = ()
        self._delegate = _SpreadDelegate(self.painter)
        self.list = AreaList("spread-list", self._delegate)
        self._scale = _Scale(self.painter, self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._scale)
        layout.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        self.list.area_chosen.connect(self.area_chosen)
        self.list.verticalScrollBar().rangeChanged.connect(lambda *_: self._scale.update())

    @property
    def shows_counts(self) -> bool:
        """True where numbers of teams stand in for their marks."""
        box = QRect(0, 0, self.list.viewport().width(), 10)
        return self.painter.shows_counts(self.painter.columns(box).track)

    def fill(self, scope: Scope, chosen: str, rows: tuple[SpreadRow, ...]) -> None:
        """Show these rows on the scale of the model."""
        self.painter.set_scope(scope, chosen)
        self.painter.take(rows, self.font(), self._scale.distance)
        if rows != self.rows:
            self.rows = rows
            self.list.show_rows(rows)
        self.list.viewport().update()
        self._scale.update()

    def forget(self) -> None:
        """Name no team."""
        self.rows = ()
        self.list.show_rows(())

    def set_texts(self, name: str, area: str, distance: str) -> None:
        """Name of the list for readers, and the words above the columns."""
        self.list.setAccessibleName(name)
        self._scale.area, self._scale.distance = area, distance
        self._scale.update()

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self.painter.theme = theme
        self.list.apply_theme(theme)
        self._scale.update()
