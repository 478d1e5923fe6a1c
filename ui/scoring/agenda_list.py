"""The agenda: all areas of the session with their states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction

from PySide6.QtCore import (
    QEvent,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.figures.scoring import Profile
from app.session.rating import Rating
from app.session.session import Session
from app.words.texts import Translator
from exports.hyphenation import best_break, load_patterns
from exports.palette import LIGHT, Palette
from ui.painting.marks import Mark, paint_mark
from ui.painting.rows import RIGHT, draw_shortened, paint_row_ground, sized
from ui.painting.squares import SQUARE, paint_square
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import ElidedLabel
from ui.widgets.controls import set_heading
from ui.widgets.readers import present_as
from ui.widgets.row_model import Index, RowModel
from ui.widgets.themed import ShareBar

COMPACT_WIDTH = 64
_NAME_LEFT, _NAME_RIGHT = 40, 38
_NEXT_LINE = 17
_CLOSEST, _ROOMIEST = 24, 28
_HEADING_GAP = 6


class AreaState(Enum):
    """Progress of an area."""

    OPEN = auto()
    SCORED = auto()
    NOT_APPLICABLE = auto()


@dataclass(frozen=True, slots=True)
class DimensionRow:
    """The heading of a dimension: ``number`` picks its colour, ``count`` reads "2/5"."""

    id: str
    number: int
    name: str
    count: str
    spoken: str


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area: its name, state and level as written."""

    id: str
    name: str
    state: AreaState
    level: str
    spoken: str


Row = DimensionRow | AreaRow


KnownRows = dict[str, tuple[Rating, "AreaRow"]]


def agenda_rows(
    session: Session, figures: Profile, tr: Translator, known: KnownRows | None = None
) -> list[Row]:
    """Dimensions and areas in model order.

    ``known`` keeps the rows of areas between two calls with the same model, language and
    translator: a rating is never altered, only replaced.
    """
    known = {} if known is None else known
    rows: list[Row] = []
    for number, dimension in enumerate(session.model.dimensions):
        counted = figures.dimension(dimension.id)
        name = dimension.name.line_in(session.language)
        spoken = tr.ngettext(
            "{dimension}: {scored} of {n} area scored",
            "{dimension}: {scored} of {n} areas scored",
            counted.applicable,
            dimension=name,
            scored=counted.scored,
        )
        count = f"{counted.scored}/{counted.applicable}"
        rows.append(DimensionRow(dimension.id, number, name, count, spoken))
        rows.extend(_known_row(session, area.id, tr, known) for area in dimension.areas)
    return rows


def _known_row(session: Session, area_id: str, tr: Translator, known: KnownRows) -> AreaRow:
    rating = session.ratings.get(area_id)
    found = known.get(area_id)
    if found is not None and found[0] is rating:
        return found[1]
    row = _area_row(session, area_id, tr)
    if rating is not None:
        known[area_id] = (rating, row)
    return row


def _area_row(session: Session, area_id: str, tr: Translator) -> AreaRow:
    rating = session.rating(area_id)
    name = session.label_of(area_id)
    if rating.not_applicable is not None:
        spoken = tr.gettext(
            "{area}: not applicable, {reason}", area=name, reason=rating.not_applicable
        )
        return AreaRow(area_id, name, AreaState.NOT_APPLICABLE, "", spoken)
    if rating.level is None:
        return AreaRow(
            area_id, name, AreaState.OPEN, "", tr.gettext("{area}: not scored", area=name)
        )
    level = _short_level(rating.level, tr)
    spoken = tr.gettext("{area}: level {level}", area=name, level=level)
    return AreaRow(area_id, name, AreaState.SCORED, level, spoken)


def _short_level(level: Fraction, tr: Translator) -> str:
    return tr.number(level)


class AgendaRows(RowModel):
    """The rows for the list; a refill signals only rows that differ."""

    def fill(self, rows: list[Row]) -> None:
        """Show these rows."""
        before = self.rows
        pairs = list(zip(before, rows, strict=False))
        changed = [number for number, (old, new) in enumerate(pairs) if old is not new]
        if len(before) != len(rows) or any(
            (before[number].id, before[number].name) != (rows[number].id, rows[number].name)
            for number in changed
        ):
            self.show_rows(rows)
            return
        self.rows = rows
        for number in changed:
            if before[number] != rows[number]:
                self.dataChanged.emit(self.index(number), self.index(number))

    def row_of(self, area_id: str) -> int:
        """Number of the row that shows an area; -1 for none."""
        for number, row in enumerate(self.rows):
            if isinstance(row, AreaRow) and row.id == area_id:
                return number
        return -1

    def headings(self) -> int:
        """Number of rows that are dimensions."""
        return sum(isinstance(row, DimensionRow) for row in self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self.rows[index.row()], DimensionRow):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def name_of(self, row: Row) -> str:
        """The area or dimension alone."""
        return row.name

    def sentence_of(self, row: Row) -> str:
        """The row with its state."""
        return row.spoken


class AgendaDelegate(QStyledItemDelegate):
    """Paints a row: square or state mark, name on up to two lines, count or level."""

    def __init__(self, view: AgendaView) -> None:
        super().__init__(view)
        self._view = view
        self.theme: Palette = LIGHT
        self.language = ""
        self.line_height = scaled(_ROOMIEST)
        self._lines: dict[tuple[str, int], list[str]] = {}
        self._bold_fits: dict[tuple[str, int], bool] = {}
        self._fonts: dict[tuple[QFont.Weight, int], QFont] = {}

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(AgendaRows.RowRole)
        width = self._view.viewport().width()
        if isinstance(row, DimensionRow):
            return QSize(
                width, self.line_height + (0 if index.row() == 0 else scaled(_HEADING_GAP))
            )
        return QSize(width, self.line_height + self.extra_height(index))

    def extra_height(self, index: Index) -> int:
        """Height of a row beyond its first line."""
        row: Row = index.data(AgendaRows.RowRole)
        if isinstance(row, DimensionRow) or self._view.is_compact:
            return 0
        return scaled(_NEXT_LINE) * (len(self._name_lines(row, self._view.viewport().width())) - 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row: Row = index.data(AgendaRows.RowRole)
        where: QRect = option.rect
        if isinstance(row, DimensionRow):
            self._paint_dimension(painter, where, row)
        else:
            self._paint_area(painter, where, row, self._view.is_current(row.id))
        painter.restore()

    def _paint_dimension(self, painter: QPainter, where: QRect, row: DimensionRow) -> None:
        line = QRect(where.left(), where.bottom() - self.line_height + 1, where.width(), 0)
        line.setHeight(self.line_height)
        compact = self._view.is_compact
        side = scaled(SQUARE)
        left = line.left() + ((line.width() - side) // 2 if compact else 12)
        square = QRectF(left, line.center().y() - side // 2, side, side)
        paint_square(painter, square, self.theme.dimension_mark(row.number))
        if compact:
            return
        painter.setFont(self._font(QFont.Weight.DemiBold))
        painter.setPen(QColor(self.theme.text))
        draw_shortened(painter, line.adjusted(12 + scaled(16), 0, -scaled(52), 0), row.name)
        painter.setFont(self._font(QFont.Weight.Normal, 12))
        painter.setPen(QColor(self.theme.secondary))
        painter.drawText(line.adjusted(0, 0, -16, 0), RIGHT, row.count)

    def _paint_area(self, painter: QPainter, where: QRect, row: AreaRow, is_current: bool) -> None:
        if is_current:
            ground = QRectF(where).adjusted(8, 0, -8, -1)
            ring = 1 if self._view.hasFocus() else 0
            paint_row_ground(painter, ground, self.theme, ring=ring, is_current=True)
        first = QRect(where.left(), where.top(), where.width(), self.line_height)
        x = 6 + scaled(10) if self._view.is_compact else 11 + scaled(16)
        centre = QPointF(x, first.center().y() + 0.5)
        paint_mark(painter, centre, mark_of(row, is_current=is_current), self.theme)
        lines = self._name_lines(row, where.width())
        bold = is_current and self._fits_in_bold(row, lines, where.width())
        painter.setFont(self._font(QFont.Weight.DemiBold if bold else QFont.Weight.Normal))
        quiet = row.state is AreaState.NOT_APPLICABLE and not is_current
        painter.setPen(QColor(self.theme.secondary if quiet else self.theme.text))
        margin = 14 if self._view.is_compact else 16
        painter.drawText(first.adjusted(0, 0, -margin, 0), RIGHT, row.level)
        if self._view.is_compact:
            return
        for number, text in enumerate(lines):
            line = first.translated(0, number * scaled(_NEXT_LINE))
            line.setLeft(line.left() + scaled(_NAME_LEFT))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)

    def forget_lines(self) -> None:
        """Discard measurements when the font changes."""
        self._lines.clear()
        self._bold_fits.clear()
        self._fonts.clear()

    def _name_lines(self, row: AreaRow, width: int) -> list[str]:
        """The name on one or two lines, the same lines for a current and for another row."""
        key = (row.name, width)
        if key not in self._lines:
            self._lines[key] = self._measured_lines(row, width)
        return self._lines[key]

    def _measured_lines(self, row: AreaRow, width: int) -> list[str]:
        metrics = self._view.metrics(QFont.Weight.Normal)
        room = width - scaled(_NAME_LEFT) - scaled(_NAME_RIGHT)
        if metrics.horizontalAdvance(row.name) <= room:
            return [row.name]
        words = row.name.split()
        first = words.pop(0)
        while words and metrics.horizontalAdvance(f"{first} {words[0]}") <= room:
            first = f"{first} {words.pop(0)}"
        mode = Qt.TextElideMode.ElideRight
        parts = [first, " ".join(words)] if words else broken_word(first, self.language)
        return [metrics.elidedText(part, mode, room + 1) for part in parts]

    def _fits_in_bold(self, row: AreaRow, lines: list[str], width: int) -> bool:
        key = (row.name, width)
        if key not in self._bold_fits:
            metrics = self._view.metrics(QFont.Weight.DemiBold)
            room = width - scaled(_NAME_LEFT) - scaled(_NAME_RIGHT) + 4
            self._bold_fits[key] = all(metrics.horizontalAdvance(line) <= room for line in lines)
        return self._bold_fits[key]

    def _font(self, weight: QFont.Weight, size: int = 13) -> QFont:
        if (weight, size) not in self._fonts:
            self._fonts[weight, size] = sized(self._view.font(), size, weight)
        return self._fonts[weight, size]


def broken_word(word: str, language: str) -> list[str]:
    """A long word on two lines, as the language breaks it, or whole."""
    place = best_break(word, language) if language else 0
    return [f"{word[:place]}-", word[place:]] if place else [word]


def mark_of(row: AreaRow, *, is_current: bool) -> Mark:
    """The mark before the name of an area."""
    if is_current:
        return "now"
    if row.state is AreaState.SCORED:
        return "scored"
    return "open" if row.state is AreaState.OPEN else "left_out"


class AgendaView(QListView):
    """The list itself; a click or the arrow keys go to an area."""

    #: Id of the area that was chosen.
    area_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("agenda")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.is_compact = False
        self._area_id = ""
        self.rows = AgendaRows(self)
        self._delegate = AgendaDelegate(self)
        self.setModel(self.rows)
        self.rows.modelReset.connect(self.refit)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._choose)

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def set_language(self, language: str) -> None:
        """Break long names by the rules of this language."""
        load_patterns(language)  # now, not when Qt asks for the height of a row
        self._delegate.language = language
        self._delegate.forget_lines()

    def is_current(self, area_id: str) -> bool:
        """True if this is the area the page shows."""
        return area_id == self._area_id

    def metrics(self, weight: QFont.Weight) -> QFontMetrics:
        """Metrics of the font a name is painted in."""
        return QFontMetrics(sized(self.font(), 13, weight))

    def set_current(self, area_id: str) -> None:
        """Mark the area the page shows, and bring it into view."""
        if area_id == self._area_id and self.currentIndex().row() == self.rows.row_of(area_id):
            return
        self._area_id = area_id
        number = self.rows.row_of(area_id)
        if number >= 0:
            self.setCurrentIndex(self.rows.index(number))
            self.bring_into_view()
        self.viewport().update()

    def bring_into_view(self) -> None:
        """Scroll to the current area, and for the first of a dimension to its heading, too."""
        number = self.rows.row_of(self._area_id)
        if number < 0:
            return
        if isinstance(self.rows.rows[number - 1], DimensionRow):
            self.scrollTo(self.rows.index(number - 1))
        self.scrollTo(self.rows.index(number))

    def set_compact(self, compact: bool) -> None:
        """Show marks and levels only."""
        if compact != self.is_compact:
            self.is_compact = compact
            self.refit()
            self.scheduleDelayedItemsLayout()

    def measure_rows(self) -> None:
        """Fit the rows to another font."""
        self._delegate.forget_lines()
        self.refit()
        self.scheduleDelayedItemsLayout()

    def refit(self) -> None:
        """Roomy rows where they fit, closer ones where that shows the whole agenda."""
        rows = self.rows.rowCount()
        taken = scaled(_HEADING_GAP) * self.rows.headings() + sum(
            self._delegate.extra_height(self.rows.index(number)) for number in range(rows)
        )
        line = roomiest = scaled(_ROOMIEST)
        if rows:
            fitting = (self.viewport().height() - taken) // rows
            line = max(scaled(_CLOSEST), min(roomiest, fitting))
        if line != self._delegate.line_height:
            self._delegate.line_height = line
            self.scheduleDelayedItemsLayout()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Repaint the rows that differ; their heights depend on names, which stay."""
        del roles
        for number in range(first.row(), last.row() + 1):
            self.viewport().update(self.visualRect(self.rows.index(number)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave signs to the window: a list would swallow them for its search."""
        if event.text().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters belong to the actions; ``Ctrl+F`` finds an area."""

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self.hasFocus():
            self._choose(current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refit()
        if event.size().width() != event.oldSize().width():  # a scroll bar has come or gone, too
            self.scheduleDelayedItemsLayout()
        QTimer.singleShot(0, self, self.bring_into_view)  # once the rows have their new places

    def _choose(self, index: Index) -> None:
        row = index.data(AgendaRows.RowRole) if index.isValid() else None
        if isinstance(row, AreaRow) and row.id != self._area_id:
            self.area_chosen.emit(row.id)


class Agenda(QFrame):
    """The left column: progress and the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self.setObjectName("agenda-column")
        self._heading = ElidedLabel("heading")
        self._heading.setObjectName("agenda-heading")
        self.bar = ShareBar(6)
        self.bar.setObjectName("agenda-progress")
        present_as(self.bar, QAccessible.Role.ProgressBar)
        self.view = AgendaView()
        self._shown_as: tuple[object, object, object] = (None, None, None)
        self._known: KnownRows = {}
        self._top = QVBoxLayout()
        self._top.setContentsMargins(12, 16, 12, 8)
        self._top.setSpacing(8)
        self._top.addWidget(self._heading)
        self._top.addWidget(self.bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(0)
        layout.addLayout(self._top)
        layout.addWidget(self.view, 1)
        TYPE.changed.connect(self._measure_rows)

    def fill(self, session: Session, figures: Profile, tr: Translator) -> None:
        """Show the state of every area."""
        counted = figures.overall
        values = {"scored": counted.scored, "applicable": counted.applicable}
        if self.view.is_compact:
            self._heading.setText("{scored}/{applicable}".format(**values))
        else:
            set_heading(self._heading, tr.gettext("Areas · {scored} of {applicable}", **values))
        self.bar.set_share(counted.scored / counted.applicable if counted.applicable else 0.0)
        spoken = tr.ngettext(
            "{scored} of {n} area scored",
            "{scored} of {n} areas scored",
            counted.applicable,
            scored=counted.scored,
        )
        self.bar.setAccessibleName(spoken)
        shown_as = (session.model, session.language, tr)
        if any(a is not b for a, b in zip(shown_as, self._shown_as, strict=True)):
            self._shown_as = shown_as
            self._known.clear()
            self.view.set_language(session.language)
        self.view.rows.fill(agenda_rows(session, figures, tr, self._known))
        self.view.setAccessibleName(tr.gettext("Areas of this session"))

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self.bar.apply_theme(theme)
        self.view.apply_theme(theme)

    def set_compact(self, compact: bool) -> None:
        """Shrink to a strip of marks where the window is narrow."""
        self.view.set_compact(compact)
        side = 6 if compact else 12
        self._top.setContentsMargins(side, 16, side, 8)
        middle = Qt.AlignmentFlag.AlignHCenter if compact else Qt.AlignmentFlag.AlignLeft
        self._heading.setAlignment(middle | Qt.AlignmentFlag.AlignVCenter)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.view.measure_rows()

    def _measure_rows(self) -> None:
        self.view.measure_rows()
