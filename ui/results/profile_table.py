"""The profile as a table: dimensions with figures, areas with levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.figures.earlier import EarlierFigures
from app.figures.scoring import AreaFigures, GroupFigures, Profile
from app.session.session import Session
from app.words.numbers import MEAN_PLACES
from app.words.texts import Translator
from exports.palette import LIGHT, Palette
from ui.painting.rows import LEFT, RIGHT, draw_shortened, sized
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import plain_tool_tip

ROW_HEIGHT = 28
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@dataclass(frozen=True, slots=True)
class TableRow:
    """A dimension (``area_id`` empty) or an area.

    ``cells`` are today, target, gap and earlier, unless the table has other headings; ``position``
    is the place of the level in the shaded column on the scale, -1 for none; ``number`` is the
    place of an area in the model; ``note`` and, in whole words, ``more`` say how complete a
    dimension is and how far its levels are apart.
    """

    area_id: str
    label: str
    note: str
    dimension: int
    position: int
    number: str
    cells: tuple[str, str, str, str]
    more: str = ""

    @property
    def spoken(self) -> str:
        """The name with all that stands beside it, in whole words."""
        return ": ".join(part for part in (self.label, self.more) if part)


def table_rows(
    session: Session, figures: Profile, before: EarlierFigures | None, tr: Translator
) -> tuple[TableRow, ...]:
    """Dimensions in model order, each followed by its areas."""
    levels = {} if before is None else before.levels
    means = {} if before is None else before.means(figures)
    rows: list[TableRow] = []
    for place, dimension in enumerate(session.model.dimensions):
        group = figures.dimension(dimension.id)
        name = dimension.name.line_in(session.language)
        rows.append(_dimension_row(group, name, place, means, tr))
        for area in dimension.areas:
            label = area.label.line_in(session.language)
            found = figures.area(area.id)
            rows.append(_area_row(found, label, place, levels, session, tr))
    return tuple(rows)


def _dimension_row(
    group: GroupFigures, name: str, place: int, means: Mapping[str, Fraction], tr: Translator
) -> TableRow:
    note = tr.gettext("{scored} of {applicable}", scored=group.scored, applicable=group.applicable)
    more = tr.gettext(
        "{scored} of {applicable} scored", scored=group.scored, applicable=group.applicable
    )
    if group.floor is not None:
        lowest, highest = tr.number(group.floor), tr.number(group.ceiling)
        note += f" · {lowest}" if lowest == highest else f" · {lowest}–{highest}"
        spread = tr.gettext("levels {lowest} to {highest}", lowest=lowest, highest=highest)
        more += f", {spread}"
    earlier = means.get(group.id)
    cells = (
        tr.number(group.mean, MEAN_PLACES),
        "" if group.target_mean is None else tr.number(group.target_mean, MEAN_PLACES),
        "",
        "" if earlier is None else tr.number(earlier, MEAN_PLACES),
    )
    return TableRow("", name, note, place, -1, "", cells, more)


def _area_row(
    area: AreaFigures,
    label: str,
    place: int,
    levels: Mapping[str, Fraction],
    session: Session,
    tr: Translator,
) -> TableRow:
    earlier = levels.get(area.area_id)
    number = str(session.model.position_of(area.area_id) + 1)
    before = "" if earlier is None else tr.number(earlier)
    if not area.is_applicable:
        cells = (tr.pgettext("short for not applicable", "n/a"), "", "", before)
        return TableRow(area.area_id, label, "", place, -1, number, cells)
    gap = "" if area.gap is None else tr.number(area.gap)
    cells = (tr.number(area.level), tr.number(area.target), gap, before)
    position = -1 if area.level is None else floor(area.level) - session.model.lowest_level
    return TableRow(area.area_id, label, "", place, position, number, cells)


class _TableModel(QAbstractTableModel):
    """Rows and headings; a screen reader gets whole words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[TableRow, ...] = ()
        self.headings: tuple[str, ...] = ("",) * 5

    def show_rows(self, rows: tuple[TableRow, ...], headings: tuple[str, ...]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.rows, self.headings = rows, headings
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(RIGHT if section else LEFT)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        words = row.cells[index.column() - 1] if index.column() else row.label
        if role == Qt.ItemDataRole.DisplayRole or (role == _SPOKEN and index.column()):
            return words
        if role == _SPOKEN:
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole and not index.column():
            return plain_tool_tip(row.spoken)
        return None


class _TableDelegate(QStyledItemDelegate):
    """Paints a cell: dimensions in bold, levels in their shade."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self.theme: Palette = LIGHT
        self.levels = 5
        self.number_width = 24
        self.shaded, self.strong = 1, 3

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(super().sizeHint(option, index).width() + 16, scaled(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, _TableModel):
            return
        row = model.rows[index.row()]
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._view.hasFocus() and self._view.currentIndex().row() == index.row():
            painter.fillRect(rect, QColor(self.theme.selected))
            if not index.column():
                painter.fillRect(
                    rect.adjusted(0, 0, 3 - rect.width(), 0), QColor(self.theme.accent)
                )
        if index.column() == 0:
            self._paint_name(painter, rect, row)
        else:
            self._paint_cell(painter, rect, row, index.column())
        painter.setPen(QColor(self.theme.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _paint_name(self, painter: QPainter, rect: QRect, row: TableRow) -> None:
        theme = self.theme
        inside = rect.adjusted(4, 0, -4, 0)
        if row.area_id:
            number = QRect(rect.left(), rect.top(), self.number_width, rect.height())
            painter.setPen(QColor(theme.secondary))
            draw_shortened(painter, number, row.number, RIGHT)
            painter.setPen(QColor(theme.text))
            inside.setLeft(number.right() + 10)
        else:
            painter.setFont(sized(painter.font(), weight=QFont.Weight.DemiBold))
            painter.setPen(QColor(theme.dimension_text(row.dimension)))
        metrics = painter.fontMetrics()
        kept = metrics.horizontalAdvance(row.note) + 14 if row.area_id and row.note else 0
        used = draw_shortened(painter, inside.adjusted(0, 0, -kept, 0), row.label)
        if row.note:
            painter.setFont(sized(painter.font(), 12, QFont.Weight.Normal))
            painter.setPen(QColor(theme.secondary))
            rest = inside.adjusted(used + 10, 0, 0, 0)
            if kept or rest.width() > 60:
                draw_shortened(painter, rest, row.note)

    def _paint_cell(self, painter: QPainter, rect: QRect, row: TableRow, column: int) -> None:
        theme = self.theme
        is_strong = column in (self.shaded, self.strong)
        ink = theme.text if is_strong or not row.area_id else theme.secondary
        if column == self.shaded and row.position >= 0:
            fill, ink = theme.level_colours(row.position, self.levels)
            width = max(
                scaled(30), painter.fontMetrics().horizontalAdvance(row.cells[column - 1]) + 16
            )
            chip = QRect(rect.right() - width - 1, rect.top() + 4, width, rect.height() - 8)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(fill))
            painter.drawRoundedRect(chip, 3, 3)
        if is_strong or not row.area_id:
            painter.setFont(sized(painter.font(), weight=QFont.Weight.DemiBold))
        painter.setPen(QColor(ink))
        draw_shortened(painter, rect.adjusted(2, 0, -9, 0), row.cells[column - 1], RIGHT)


class ProfileTable(QWidget):
    """The table; Enter or a click on an area leads to it."""

    #: Id of the area that was clicked or activated.
    area_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("profile-table")
        self._model = _TableModel(self)
        self.view = QTableView()
        self._delegate = _TableDelegate(self.view)
        self._build()
        self.view.activated.connect(self._on_activated)
        self.view.clicked.connect(self._on_activated)

    def _build(self) -> None:
        self.view.setObjectName("profile-table-view")
        self.view.setModel(self._model)
        self.view.setItemDelegate(self._delegate)
        self.view.setFrameShape(QTableView.Shape.NoFrame)
        self.view.setShowGrid(False)
        self.view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setTabKeyNavigation(False)
        rows = self.view.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns = self.view.horizontalHeader()
        columns.setSectionsClickable(False)
        columns.setHighlightSections(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.setFocusProxy(self.view)
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.view.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
        self.view.horizontalHeader().setMinimumSectionSize(scaled(44))

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """The rows shown, in order."""
        return self._model.rows

    def emphasise(self, shaded: int, strong: int) -> None:
        """Show one column in the shades of levels, and one in bold; by default today and gap."""
        self._delegate.shaded, self._delegate.strong = shaded, strong

    def fill(self, rows: tuple[TableRow, ...], headings: tuple[str, ...], levels: int) -> None:
        """Show these rows; without a fifth heading there is no earlier session."""
        self._delegate.levels = levels
        count = str(sum(bool(row.area_id) for row in rows))
        self._delegate.number_width = self.fontMetrics().horizontalAdvance(count) + 6
        self._model.show_rows(rows, headings)
        columns = self.view.horizontalHeader()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        columns.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def take_focus(self) -> None:
        """Put the focus on the current row, else on the first."""
        if not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self._model.index(0, 0))
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_name(self, name: str) -> None:
        """Set the accessible name of the table."""
        self.view.setAccessibleName(name)

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self._delegate.theme = theme
        self.view.viewport().update()

    def _on_activated(self, index: QModelIndex) -> None:
        area_id = self._model.rows[index.row()].area_id
        if area_id:
            self.area_chosen.emit(area_id)
