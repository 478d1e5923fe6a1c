"""Profiles of teams as small multiples of one size, in alphabetical order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import cos, sin
from typing import overload

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.comparison.teams import Team
from app.words.numbers import MEAN_PLACES
from app.words.texts import Translator
from exports.hyphenation import best_break
from exports.palette import LIGHT, Palette
from exports.radar.geometry import FEWEST_AXES, angle_of
from ui.painting.radars import bars_in, paint_profile, paint_ring, radar_in, ring_shares
from ui.painting.rows import LEFT, RIGHT, draw_shortened, paint_choice_ground, sized
from ui.teams.team_marks import mark_width, paint_team_mark
from ui.teams.teams_shown import Scope
from ui.type_scale import TYPE, scaled
from ui.widgets.row_model import Index, RowModel

LARGE, COMPACT = (216, 222), (150, 136)
"""Least width, and height, of a profile with words and of one without."""
_LOW = 186
"""Height of a profile with words in a low window."""
_HEAD = 30
_MOST_LABELS = 8
_OUTSIDE, _BETWEEN = 7, 3
"""Space between the radar and its words, and that between two profiles."""
_AT_SIDE = 0.1
"""Sine of an angle from which words stand beside the radar, not above or below."""
_LEAST_RADIUS = 0.5


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a profile: its label with the value, and the colour of its dimension."""

    label: str
    dimension: int


@dataclass(frozen=True, slots=True)
class TeamProfile:
    """One team: shares from 0 to 1 by axis, its own and those of all teams.

    ``axes`` is empty where there are too many to be named.
    """

    team_id: str
    session_id: str
    mark: str
    name: str
    date: str
    shares: tuple[float | None, ...]
    all_shares: tuple[float | None, ...]
    axes: tuple[Axis, ...]
    remark: str
    sentence: str
    levels: int
    language: str


class TeamProfiles(Sequence[TeamProfile]):
    """The profile of each team, made when it is first seen: there may be hundreds."""

    def __init__(self, scope: Scope, tr: Translator, *, by_area: bool) -> None:
        self._scope, self._tr, self._by_area = scope, tr, by_area
        model = scope.group.model
        self.team_ids = tuple(team.id for team in scope.group.teams)
        self._names = [each.name.line_in(tr.language) for each in model.dimensions]
        self._all_shares = self._shares(scope.means_of_all(by_area=by_area))
        self._made: dict[int, TeamProfile] = {}

    def __len__(self) -> int:
        return len(self.team_ids)

    @overload
    def __getitem__(self, place: int) -> TeamProfile: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[TeamProfile]: ...
    def __getitem__(self, place: int | slice) -> TeamProfile | Sequence[TeamProfile]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if place not in self._made:
            self._made[place] = self._profile(self._scope.group.teams[place])
        return self._made[place]

    def _shares(self, values: Sequence[Fraction | None]) -> tuple[float | None, ...]:
        model = self._scope.group.model
        return tuple(ring_shares(values, model.lowest_level, model.highest_level))

    def _profile(self, team: Team) -> TeamProfile:
        scope, tr = self._scope, self._tr
        means = scope.means(team.levels, by_area=False)
        values = scope.means(team.levels, by_area=True) if self._by_area else means
        said = [
            f"{name} {tr.number(mean, MEAN_PLACES)}"
            for name, mean in zip(self._names, means, strict=True)
        ]
        is_named = not self._by_area and len(said) <= _MOST_LABELS
        name, day = scope.board.names[team.id], tr.short_date(team.session.date)
        remark = _remark(list(team.levels.values()), tr)
        return TeamProfile(
            team.id,
            team.session.id,
            scope.board.marks[team.id],
            name,
            day,
            self._shares(values),
            self._all_shares,
            tuple(Axis(words, place) for place, words in enumerate(said)) if is_named else (),
            remark,
            f"{name}, {day}: {remark}. {', '.join(said)}",
            len(scope.group.model.levels),
            tr.language,
        )


def profiles(scope: Scope, tr: Translator) -> TeamProfiles:
    """The profile of each team by dimension."""
    return TeamProfiles(scope, tr, by_area=False)


def profiles_by_area(scope: Scope, tr: Translator) -> TeamProfiles:
    """The profile of each team by area."""
    return TeamProfiles(scope, tr, by_area=True)


def _remark(levels: Sequence[Fraction], tr: Translator) -> str:
    """Number of areas with a level, and the lowest and highest of them."""
    if not levels:
        return tr.gettext("nothing scored yet")
    low, high, count = tr.number(min(levels)), tr.number(max(levels)), len(levels)
    if low == high:
        return tr.ngettext("{n} area, at {level}", "{n} areas, all at {level}", count, level=low)
    return tr.ngettext(
        "{n} area, from {low} to {high}", "{n} areas, from {low} to {high}",
        count, low=low, high=high,
    )  # fmt: skip


class _Profiles(RowModel):
    def name_of(self, row: TeamProfile) -> str:
        return row.name

    def sentence_of(self, row: TeamProfile) -> str:
        return row.sentence


def paint_team_profile(
    painter: QPainter, box: QRect, row: TeamProfile, theme: Palette, *, is_large: bool
) -> None:
    """Paint mark, name, date and profile into a box; words around it where it is large."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = box.adjusted(scaled(8), scaled(4), -scaled(8), -scaled(4))
    head = QRect(inner.left(), inner.top(), inner.width(), scaled(_HEAD - 6))
    _paint_head(painter, head, row, theme, is_large=is_large)
    below = inner.adjusted(0, scaled(_HEAD), 0, 0)
    if is_large:
        foot = QRect(inner.left(), inner.bottom() - scaled(18), inner.width(), scaled(18))
        painter.setFont(sized(painter.font(), 12, QFont.Weight.Normal))
        painter.setPen(QColor(theme.secondary))
        draw_shortened(painter, foot, row.remark, Qt.AlignmentFlag.AlignCenter)
        below.setBottom(foot.top() - scaled(2))
    if len(row.shares) < FEWEST_AXES:
        _paint_bars(painter, below, row, theme)
    else:
        _paint_radar(painter, below, row, theme, has_words=is_large and bool(row.axes))
    painter.restore()


def _paint_head(
    painter: QPainter, head: QRect, row: TeamProfile, theme: Palette, *, is_large: bool
) -> None:
    width = mark_width(row.mark, painter.font())
    paint_team_mark(painter, QPointF(head.left() + width / 2, head.center().y()), row.mark, theme)
    words = head.adjusted(width + scaled(8), 0, 0, 0)
    if is_large:
        painter.setFont(sized(painter.font(), 12, QFont.Weight.Normal))
        painter.setPen(QColor(theme.secondary))
        painter.drawText(words, RIGHT, row.date)
        words.setRight(
            words.right() - painter.fontMetrics().horizontalAdvance(row.date) - scaled(8)
        )
    painter.setFont(sized(painter.font(), 14 if is_large else 12, QFont.Weight.DemiBold))
    painter.setPen(QColor(theme.text))
    draw_shortened(painter, words, row.name, LEFT)


def _paint_radar(
    painter: QPainter, box: QRect, row: TeamProfile, theme: Palette, *, has_words: bool
) -> None:
    count = len(row.shares)
    margin = scaled(22) if has_words else scaled(2)
    radar = radar_in(QRectF(box), count, margin=margin)
    if has_words:
        margin += round(radar.radius - _radius_for_words(painter, box, row, radar.radius))
        radar = radar_in(QRectF(box), count, margin=margin)
    for level in range(1, row.levels + 1):
        paint_ring(painter, radar, level / row.levels, QPen(QColor(theme.line), 1))
    paint_profile(painter, radar, row.shares, theme, line=1.8)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.earlier), 1.3))
    corners = [
        QPointF(*radar.point(place, share))
        for place, share in enumerate(row.all_shares)
        if share is not None
    ]
    if len(corners) >= FEWEST_AXES:
        painter.drawPolygon(QPolygonF(corners))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.current))
    for place, share in enumerate(row.shares):
        if share is not None:
            painter.drawEllipse(QPointF(*radar.point(place, share)), *(2 * (scaled(2),)))
    if has_words:
        _paint_words(painter, box, row, theme, radar.radius)


def _radius_for_words(painter: QPainter, box: QRect, row: TeamProfile, radius: float) -> float:
    """A radius that leaves room for the words at the sides, at least half of the largest one."""
    metrics = QFontMetrics(sized(painter.font(), 11, QFont.Weight.Normal))
    largest = radius
    for place, axis in enumerate(row.axes):
        share = abs(sin(angle_of(place, len(row.axes))))
        if share >= _AT_SIDE:
            words = wrapped(axis.label, 1, metrics, row.language)
            needed = max(metrics.horizontalAdvance(word) for word in words)
            room = (box.width() - 1) / 2 + scaled(_BETWEEN) - needed - 1  # whole pixels
            largest = min(largest, room / share - scaled(_OUTSIDE))
    return max(largest, radius * _LEAST_RADIUS)


def _paint_words(
    painter: QPainter, box: QRect, row: TeamProfile, theme: Palette, radius: float
) -> None:
    """Words at the ends of the axes, aligned by side and wrapped."""
    painter.setFont(sized(painter.font(), 11, QFont.Weight.Normal))
    metrics, middle = painter.fontMetrics(), QPointF(box.center())
    out, line = radius + scaled(_OUTSIDE), metrics.height()
    for place, axis in enumerate(row.axes):
        angle = angle_of(place, len(row.axes))
        x, y = middle.x() + out * sin(angle), middle.y() - out * cos(angle)
        side = 0 if abs(sin(angle)) < _AT_SIDE else (1 if sin(angle) > 0 else -1)
        room = box.width() if not side else (box.right() - x if side > 0 else x - box.left())
        room += scaled(_BETWEEN) if side else 0  # the space between two profiles is free
        words = wrapped(axis.label, round(room), metrics, row.language)
        height = line * len(words)
        top = max(box.top(), min(box.bottom() - height, round(y - height / 2)))
        left = round(x) if side > 0 else box.left() - (scaled(_BETWEEN) if side else 0)
        align = (Qt.AlignmentFlag.AlignCenter, LEFT, RIGHT)[side]
        painter.setPen(QColor(theme.dimension_text(axis.dimension)))
        for number, word in enumerate(words):
            where = QRect(left, top + number * line, round(room), line)
            draw_shortened(painter, where, word, align)


def wrapped(text: str, room: int, metrics: QFontMetrics, language: str) -> list[str]:
    """The lines of a text; a word that is too long alone is broken where that may be done."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else ""
        if longer and metrics.horizontalAdvance(longer) <= room:
            lines[-1] = longer
        elif metrics.horizontalAdvance(word) > room and (place := best_break(word, language)):
            lines += (f"{word[:place]}-", word[place:])
        else:
            lines.append(word)
    return lines


def _paint_bars(painter: QPainter, box: QRect, row: TeamProfile, theme: Palette) -> None:
    """One bar per axis; a grey line is where all teams are."""
    height = scaled(18) if row.axes else 0
    bars = bars_in(QRectF(box.adjusted(0, 0, 0, -height)), len(row.shares))
    for bar, share, of_all in zip(bars, row.shares, row.all_shares, strict=True):
        painter.setPen(QPen(QColor(theme.frame), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)
        if share is not None:
            filled = QRectF(bar)
            filled.setTop(bar.bottom() - bar.height() * share)
            painter.fillRect(filled, QColor(theme.current))
        if of_all is not None:
            y = bar.bottom() - bar.height() * of_all
            painter.setPen(QPen(QColor(theme.earlier), 2))
            painter.drawLine(QPointF(bar.left() - 4, y), QPointF(bar.right() + 4, y))
    painter.setFont(sized(painter.font(), 11, QFont.Weight.Normal))
    part = box.width() // max(1, len(row.axes))
    for place, axis in enumerate(row.axes):
        is_first = place == 0 and len(row.axes) > 1
        where = QRect(box.left() + place * part, box.bottom() - height, part, height)
        painter.setPen(QColor(theme.dimension_text(axis.dimension)))
        align = (
            Qt.AlignmentFlag.AlignCenter if len(row.axes) == 1 else (RIGHT if is_first else LEFT)
        )
        draw_shortened(painter, where.adjusted(4, 0, -4, 0), axis.label, align)


class _ProfileDelegate(QStyledItemDelegate):
    """Paints a :class:`TeamProfile` in a cell of the grid."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme: Palette = LIGHT
        self.cell = QSize(100, 100)
        self.is_large = True

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return self.cell

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        row = index.data(RowModel.RowRole)
        if not isinstance(row, TeamProfile):
            return
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setFont(option.font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen or has_focus or state & QStyle.StateFlag.State_MouseOver:
            ground = QRectF(box).adjusted(2, 2, -2, -2)
            paint_choice_ground(
                painter, ground, self.theme, is_chosen=is_chosen, has_focus=has_focus
            )
        elif self.is_large and index.row():
            painter.setPen(QPen(QColor(self.theme.line), 1))
            x = box.left() + 0.5
            painter.drawLine(QPointF(x, box.top() + 4), QPointF(x, box.bottom() - 4))
        paint_team_profile(painter, box, row, self.theme, is_large=self.is_large)
        painter.restore()


class ProfileList(QListView):
    """One row of large profiles where all fit, else a grid of small ones, row by row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("team-profiles")
        self._rows = _Profiles(self)
        self._delegate = _ProfileDelegate(self)
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerItem)
        self.viewport().setAutoFillBackground(False)
        self._is_low = False
        TYPE.changed.connect(self.refit)

    @property
    def rows(self) -> Sequence[TeamProfile]:
        """The profiles in order."""
        return self._rows.rows

    @property
    def current(self) -> TeamProfile | None:
        """The profile the focus is on."""
        index = self.currentIndex()
        row: TeamProfile | None = self._rows.rows[index.row()] if index.isValid() else None
        return row

    @property
    def is_large(self) -> bool:
        """True if the profiles stand in one row with their words."""
        return self._delegate.is_large

    def fill(self, rows: TeamProfiles, chosen: str) -> None:
        """Show these profiles; the chosen team is selected and in view."""
        if rows is not self._rows.rows:
            self._rows.show_rows(rows)
            self.refit()
        if chosen in rows.team_ids:
            index = self._rows.index(rows.team_ids.index(chosen))
            self.setCurrentIndex(index)
            self.scrollTo(index)
        else:
            self.clearSelection()

    def forget(self) -> None:
        """Name no team."""
        self._rows.show_rows(())

    def set_low(self, is_low: bool) -> None:
        """Take less height: lower profiles, and one row of small ones instead of two."""
        if is_low != self._is_low:
            self._is_low = is_low
            self.refit()

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refit()

    def refit(self) -> None:
        """Choose size and number of the cells for the width of this moment."""
        count, width = max(1, self._rows.rowCount()), self.width()
        most = max(1, width // scaled(LARGE[0]))
        is_large = count <= most
        if is_large:
            columns, rows = max(count, min(most, 3)), 1
            height = scaled(_LOW if self._is_low else LARGE[1])
            width -= 2
        else:
            room = width - self.verticalScrollBar().sizeHint().width() - 4
            columns = max(1, min(count, room // scaled(COMPACT[0])))
            height = scaled(COMPACT[1])
            rows = min(1 if self._is_low else 2, -(-count // columns))
            width = room
        off, as_needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(off if is_large else as_needed)
        cell = QSize(max(1, width // columns), height)
        self._delegate.is_large = is_large
        if self.height() != rows * height or self.maximumHeight() != rows * height:
            self.setFixedHeight(rows * height)
        if cell != self._delegate.cell:
            self._delegate.cell = cell
            self.setGridSize(cell)
        self.scheduleDelayedItemsLayout()
