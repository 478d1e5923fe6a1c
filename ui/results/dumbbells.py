"""Dumbbell chart of gaps: earlier, current and target level per area, widest gap first."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from app.figures.earlier import EarlierFigures
from app.figures.scoring import AreaFigures, Profile
from app.session.session import Session
from app.words.texts import Translator
from exports.palette import Palette
from ui.painting.marks import Disc, paint_mark, paint_part
from ui.painting.rows import RIGHT, draw_shortened, sized, x_on_track
from ui.results.area_rows import AreaList, Row, RowDelegate
from ui.type_scale import TYPE, scaled

ROW_HEIGHT = 27
_CLOSEST = 23
_MARK, _GAP_COLUMN, _SPACE = 18, 44, 12
_TODAY, _SAME = Disc("current", 5.5), Disc("current", 3)
_EARLIER = Disc("secondary", 4.5, line=1.4, inside="surface")
_LABEL_SHARE, _WIDEST_LABEL = 0.42, 260


@dataclass(frozen=True, slots=True)
class GapRow:
    """One area: its label, dimension index, levels, and text of the last column.

    An area without a level has a ``remark`` instead of a dumbbell.
    """

    area_id: str
    label: str
    dimension: int
    current: Fraction | None
    target: int | None
    earlier: Fraction | None
    figure: str
    remark: str
    sentence: str


def gaps_heading(figures: Profile, tr: Translator) -> str:
    """The heading of the gaps; says so when weights decide their order."""
    if figures.is_weighted:
        return tr.gettext("Gaps × weight, widest first")
    return tr.gettext("Gaps, widest first")


def gap_rows(
    session: Session, figures: Profile, earlier: EarlierFigures | None, tr: Translator
) -> tuple[GapRow, ...]:
    """Every area: gaps widest first, then reached ones, then unscored, then not applicable."""
    dimension_index = {d.id: i for i, d in enumerate(session.model.dimensions)}
    levels_then = {} if earlier is None else earlier.levels
    widest = figures.widest_gaps()
    others = sorted(
        (a for a in figures.areas if not a.gap), key=lambda a: (not a.is_applicable, not a.counts)
    )
    rows = []
    for area in (*widest, *others):
        before = levels_then.get(area.area_id)
        label = session.label_of(area.area_id)
        place = session.model.dimension_of(area.area_id).name.line_in(session.language)
        spoken = tr.gettext("{area} ({dimension})", area=label, dimension=place)
        figure, remark, sentence = _in_words(area, spoken, before, tr)
        rows.append(
            GapRow(
                area_id=area.area_id,
                label=label,
                dimension=dimension_index[area.dimension_id],
                current=area.level,
                target=area.target if area.is_applicable else None,
                earlier=before,
                figure=figure,
                remark=remark,
                sentence=sentence,
            )
        )
    return tuple(rows)


def _in_words(
    area: AreaFigures, label: str, before: Fraction | None, tr: Translator
) -> tuple[str, str, str]:
    """The gap, the remark shown instead of a dumbbell, and an accessible description."""
    if not area.is_applicable:
        said = tr.gettext("{area} not applicable", area=label)
        return "", tr.gettext("not applicable"), said
    if area.level is None or area.gap is None:
        return "", tr.gettext("not scored"), tr.gettext("{area}: not scored", area=label)
    sentence = tr.gettext(
        "{area}: current {level}, target {target}, gap {gap}",
        area=label,
        level=tr.number(area.level),
        target=tr.number(area.target),
        gap=tr.number(area.gap),
    )
    if before is not None:
        sentence += ", " + tr.gettext("earlier {level}", level=tr.number(before))
    if area.is_over_target:
        over = area.level - area.target
        return "+" + tr.number(over), "", sentence + ", " + tr.gettext("above the target")
    return tr.number(area.gap), "", sentence


@dataclass(frozen=True, slots=True)
class _Columns:
    """Boxes of the columns of a row."""

    label: QRect
    track: QRect
    figure: QRect

    @classmethod
    def of(cls, row: QRect, label_width: int, figure_width: int) -> _Columns:
        label = min(label_width, scaled(_WIDEST_LABEL), round(row.width() * _LABEL_SHARE))
        left = row.left() + scaled(_MARK)
        track_left = left + label + scaled(_SPACE)
        track_right = row.right() - figure_width - scaled(_SPACE)
        top, height = row.top(), row.height()
        return cls(
            QRect(left, top, label, height),
            QRect(track_left, top, max(40, track_right - track_left), height),
            QRect(row.right() - figure_width, top, figure_width - 6, height),
        )


class _GapDelegate(RowDelegate):
    """Paints mark, label, dumbbell and gap."""

    def __init__(self) -> None:
        super().__init__(ROW_HEIGHT, _CLOSEST)
        self.lowest, self.highest = 1, 5
        self.label_width = _WIDEST_LABEL
        self.figure_width = _GAP_COLUMN

    def paint_row(self, painter: QPainter, rect: QRect, row: Row) -> None:
        if isinstance(row, GapRow):
            self._paint_words(painter, rect, row)
            self._paint_track(painter, rect, row)

    def columns(self, row: QRect) -> _Columns:
        """The columns of a row, all rows alike."""
        return _Columns.of(row, self.label_width, self.figure_width)

    def _paint_words(self, painter: QPainter, rect: QRect, row: GapRow) -> None:
        theme, columns = self.theme, self.columns(rect)
        self.paint_mark(painter, rect.left() + 4, rect.center().y(), row.dimension)
        is_open = row.current is None
        painter.setPen(QColor(theme.secondary if is_open else theme.text))
        draw_shortened(painter, columns.label, row.label)
        if not is_open:
            painter.setFont(sized(painter.font(), weight=QFont.Weight.DemiBold))
        painter.drawText(columns.figure, RIGHT, row.figure)

    def _paint_track(self, painter: QPainter, rect: QRect, row: GapRow) -> None:
        theme, columns = self.theme, self.columns(rect)
        middle = rect.center().y() + 0.5

        def at(level: Fraction | int) -> float:
            return x_on_track(columns.track, level, self.lowest, self.highest)

        if row.remark:
            painter.setPen(QColor(theme.secondary))
            draw_shortened(painter, columns.track.adjusted(2, 0, 0, 0), row.remark)
            return
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(QPointF(at(self.lowest), middle), QPointF(at(self.highest), middle))
        if row.target is None:
            return
        if row.current is not None and row.current < row.target:
            band = QPen(QColor(theme.levels[3]), scaled(3))
            band.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(band)
            painter.drawLine(QPointF(at(row.current), middle), QPointF(at(row.target), middle))
        paint_mark(painter, QPointF(at(row.target), middle), "bar", theme)
        if row.earlier is not None:
            paint_part(painter, QPointF(at(row.earlier), middle), _EARLIER, theme)
        if row.current is not None:
            today = _SAME if row.earlier == row.current else _TODAY
            paint_part(painter, QPointF(at(row.current), middle), today, theme)


class _Scale(QWidget):
    """The level numbers above the tracks."""

    def __init__(
        self, delegate: _GapDelegate, rows: QListView, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._delegate = delegate
        self._rows = rows
        self.word = ""
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(scaled(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        delegate = self._delegate
        painter.setPen(QColor(delegate.theme.secondary))
        painter.setFont(sized(self.font(), 11))
        columns = delegate.columns(QRect(0, 0, self._rows.viewport().width(), self.height()))
        for level in range(delegate.lowest, delegate.highest + 1):
            x = x_on_track(columns.track, level, delegate.lowest, delegate.highest)
            number = QRectF(x - scaled(12), 0, scaled(24), scaled(16))
            painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(level))
        above = QRect(columns.figure.left() - 8, 0, columns.figure.width() + 8, scaled(16))
        painter.drawText(above, RIGHT, self.word)


class Dumbbells(QWidget):
    """The list of gaps; Enter or a click on a row leads to its area."""

    #: Id of the area that was clicked or activated.
    area_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[GapRow, ...] = ()
        self._delegate = _GapDelegate()
        self._list = AreaList("gap-list", self._delegate)
        self._scale = _Scale(self._delegate, self._list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._scale)
        layout.addWidget(self._list, 1)
        self.setFocusProxy(self._list)
        self._list.area_chosen.connect(self.area_chosen)
        # Keeps the scale aligned with the tracks, with or without a scroll bar.
        self._list.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    @property
    def rows(self) -> tuple[GapRow, ...]:
        """The rows shown, in order."""
        return self._rows

    def fill(self, rows: tuple[GapRow, ...], lowest: int, highest: int) -> None:
        """Show these rows on this scale."""
        self._delegate.lowest, self._delegate.highest = lowest, highest
        metrics = self.fontMetrics()
        advance = metrics.horizontalAdvance
        figures = [row.figure for row in rows] + [self._scale.word]
        self._delegate.figure_width = 14 + max(map(advance, figures))
        self._delegate.label_width = 8 + max((advance(row.label) for row in rows), default=0)
        self._rows = rows
        self._list.show_rows(rows)
        self._scale.update()

    def set_texts(self, name: str, gap: str) -> None:
        """Set the accessible name of the list, and the word above the last column."""
        self._list.setAccessibleName(name)
        self._scale.word = gap
        self._scale.update()

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self._list.apply_theme(theme)
        self._scale.update()

    def _on_range_changed(self, _lowest: int, _highest: int) -> None:
        self._scale.update()
