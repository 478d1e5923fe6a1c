"""The tree of units: departments with the number of their teams, teams with mark and date."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QCursor,
    QFont,
    QPainter,
    QPalette,
    QPen,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from app.session.units import Unit
from app.words.texts import Translator
from exports.palette import LIGHT, Palette
from ui.painting.rows import LEFT, RIGHT, draw_shortened, paint_choice_ground, sized
from ui.teams.team_marks import mark_width, paint_team_mark
from ui.teams.teams_shown import ORGANISATION, Board, counted_teams
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import plain_tool_tip
from ui.widgets.row_model import Index

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_INNER_HEIGHT, _TEAM_HEIGHT = 30, 42
_INDENT = 14


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit: ``remark`` stands below its name, ``count`` of its teams at the right."""

    unit_id: str
    name: str
    mark: str
    remark: str
    count: str
    is_inner: bool
    is_team: bool
    sentence: str


def unit_row(board: Board, unit: Unit | None, group: int, tr: Translator) -> UnitRow:
    """The words about a unit, or about the organisation for ``None``."""
    unit_id = ORGANISATION if unit is None else unit.id
    name = board.client.organisation.name if unit is None else unit.name
    team, is_inner = board.latest.get(unit_id), board.is_inner(unit_id)
    count = len(board.below(unit_id) & board.latest.keys()) if is_inner else 0
    remark = ""
    if team is not None:
        remark = tr.short_date(team.session.date)
        if board.group_of[unit_id] != group:
            model = board.groups[board.group_of[unit_id]].model
            remark += " · " + (model.name.line_in(tr.language) or model.id)
        elif not team.levels:
            remark += " · " + tr.gettext("nothing scored yet")
    elif not is_inner:
        remark = tr.gettext("no session yet")
    counted = counted_teams(count, tr) if is_inner else ""
    return UnitRow(
        unit_id,
        name,
        board.marks.get(unit_id, ""),
        remark,
        counted if unit is None else (str(count) if is_inner else ""),
        is_inner,
        team is not None,
        ", ".join(part for part in (name, counted, remark) if part),
    )


class _UnitDelegate(QStyledItemDelegate):
    """Paints a :class:`UnitRow`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme: Palette = LIGHT

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW_ROLE)
        is_high = isinstance(row, UnitRow) and row.remark
        return QSize(100, scaled(_TEAM_HEIGHT if is_high else _INNER_HEIGHT))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, UnitRow):
            return
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        inner = box.adjusted(scaled(2), 0, -scaled(8), 0)
        if row.mark:
            width = mark_width(row.mark, painter.font())
            centre = QPointF(inner.left() + width / 2, box.center().y() + 0.5)
            paint_team_mark(painter, centre, row.mark, self.theme)
            inner.setLeft(inner.left() + width + scaled(8))
        self._paint_count(painter, inner, row)
        self._paint_words(painter, inner, row)
        painter.restore()

    def _paint_count(self, painter: QPainter, inner: QRect, row: UnitRow) -> None:
        painter.save()
        painter.setFont(sized(painter.font(), 12))
        painter.setPen(QColor(self.theme.secondary))
        painter.drawText(inner, RIGHT, row.count)
        used = painter.fontMetrics().horizontalAdvance(row.count)
        painter.restore()
        if used:
            inner.setRight(inner.right() - used - scaled(8))

    def _paint_words(self, painter: QPainter, inner: QRect, row: UnitRow) -> None:
        weight = QFont.Weight.DemiBold if row.is_inner else QFont.Weight.Normal
        upper, lower = QRect(inner), QRect(inner)
        if row.remark:
            half = inner.height() // 2
            upper.setBottom(inner.top() + half + scaled(2))
            lower.setTop(inner.top() + half - scaled(1))
            lower.setBottom(inner.bottom() - scaled(2))
        painter.setFont(sized(painter.font(), 13, weight))
        has_nothing = not (row.is_inner or row.is_team)
        painter.setPen(QColor(self.theme.secondary if has_nothing else self.theme.text))
        draw_shortened(painter, upper, row.name)
        if row.remark:
            painter.setFont(sized(painter.font(), 11, QFont.Weight.Normal))
            painter.setPen(QColor(self.theme.secondary))
            draw_shortened(painter, lower, row.remark, LEFT)


class UnitTree(QTreeView):
    """Units of one client; the first row is the organisation with everything below it."""

    #: Id of the unit that is selected now.
    unit_selected = Signal(str)
    #: Id of the unit that was double-clicked.
    unit_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unit-tree")
        self.setProperty("role", "plain")
        self._items: dict[str, QStandardItem] = {}
        self._rows = QStandardItemModel(self)
        self._delegate = _UnitDelegate(self)
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        palette = self.palette()  # the ground of the selected row is painted here, all over the row
        palette.setBrush(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        TYPE.changed.connect(self._fit)
        self._fit()
        self.doubleClicked.connect(lambda index: self.unit_activated.emit(_id_of(index)))
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def _fit(self) -> None:
        self.setIndentation(scaled(_INDENT))
        self.scheduleDelayedItemsLayout()

    @property
    def current_id(self) -> str:
        """Id of the selected unit."""
        return _id_of(self.currentIndex())

    def fill(self, board: Board, group: int, tr: Translator) -> None:
        """Show the units of a client; selection and what is collapsed stay. Emits nothing."""
        before, collapsed = self.current_id, self._collapsed()
        self.selectionModel().blockSignals(True)
        self._rows.clear()
        self._items = {}
        top = self._add(self._rows.invisibleRootItem(), unit_row(board, None, group, tr))
        self._add_below(board, ORGANISATION, top, group, tr)
        self.expandAll()
        for unit_id in collapsed & self._items.keys():
            self.collapse(self._items[unit_id].index())
        self.setCurrentIndex(self._items.get(before, top).index())
        self.selectionModel().blockSignals(False)

    def forget(self) -> None:
        """Name no unit. Emits nothing."""
        self.selectionModel().blockSignals(True)
        self._rows.clear()
        self._items = {}
        self.selectionModel().blockSignals(False)

    def _add_below(
        self, board: Board, unit_id: str, item: QStandardItem, group: int, tr: Translator
    ) -> None:
        for unit in board.children.get(unit_id, ()):
            below = self._add(item, unit_row(board, unit, group, tr))
            self._add_below(board, unit.id, below, group, tr)

    def _add(self, above: QStandardItem, row: UnitRow) -> QStandardItem:
        item = QStandardItem(row.name)
        item.setData(row, ROW_ROLE)
        item.setData(row.sentence, Qt.ItemDataRole.AccessibleTextRole)
        item.setToolTip(plain_tool_tip(row.sentence))
        above.appendRow(item)
        self._items[row.unit_id] = item
        return item

    def _collapsed(self) -> set[str]:
        return {
            unit_id
            for unit_id, item in self._items.items()
            if item.hasChildren() and not self.isExpanded(item.index())
        }

    def select(self, unit_id: str) -> None:
        """Select a unit and scroll to it."""
        if unit_id in self._items:
            self.setCurrentIndex(self._items[unit_id].index())

    def rows(self) -> list[UnitRow]:
        """All rows from top to bottom."""
        return [item.data(ROW_ROLE) for item in self._items.values()]

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground over the whole width, then the row without Qt's own selection."""
        is_current = index == self.currentIndex()
        is_hovered = index == self._hovered()
        if is_current or is_hovered:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_choice_ground(
                painter,
                QRectF(option.rect).adjusted(0, 1, -1, -1),
                self._delegate.theme,
                is_chosen=is_current,
                has_focus=is_current and self.hasFocus(),
            )
            painter.restore()
        plain = QStyleOptionViewItem(option)
        plain.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        super().drawRow(painter, plain, index)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint an arrow before units that have others below them, and no lines."""
        if not self._rows.hasChildren(index):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._delegate.theme.secondary), 1.4))
        x, y, reach = (
            rect.right() - scaled(_INDENT) / 2 + 1,
            rect.center().y() + 0.5,
            float(scaled(3)),
        )
        if self.isExpanded(index):
            corners = ((-reach, -reach / 2), (0.0, reach / 2), (reach, -reach / 2))
        else:
            corners = ((-reach / 2, -reach), (reach / 2, 0.0), (-reach / 2, reach))
        painter.drawPolyline([QPointF(x + dx, y + dy) for dx, dy in corners])
        painter.restore()

    def _hovered(self) -> QModelIndex:
        viewport = self.viewport()
        where = viewport.mapFromGlobal(QCursor.pos())
        return self.indexAt(where) if viewport.underMouse() else QModelIndex()

    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.unit_selected.emit(_id_of(current))

    def needed_height(self) -> int:
        """Height in which all rows are seen."""
        heights = (scaled(_TEAM_HEIGHT if r.remark else _INNER_HEIGHT) for r in self.rows())
        return sum(heights) + 2


def _id_of(index: QModelIndex) -> str:
    row = index.data(ROW_ROLE) if index.isValid() else None
    return row.unit_id if isinstance(row, UnitRow) else ORGANISATION
