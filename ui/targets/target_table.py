"""Table of the areas with their targets; date, reason and sponsor are typed in their row."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.planning.target_state import TargetState
from app.words.texts import Translator
from exports.palette import LIGHT, Palette
from ui.painting.marks import Disc, paint_mark, paint_part
from ui.painting.rows import draw_shortened, paint_choice_ground, sized, x_on_track
from ui.painting.squares import SQUARE, paint_square
from ui.shell.application import running_application
from ui.targets.dimension_buttons import DimensionButtons
from ui.targets.target_columns import FIELD_PADDING, Columns, Head, TargetLayout
from ui.targets.target_rows import DimensionRow, Row, TargetRow
from ui.targets.typed_field import TypedField
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import discard
from ui.widgets.controls import follow_in_tabs
from ui.widgets.row_model import Index, RowModel
from ui.widgets.themed import ThemedWidget

ROW_HEIGHT, _CLOSEST = 28, 24
"""Fields and buttons stand in the rows, so these never get lower than what can be hit."""
_TODAY = Disc("current", 5)
_IMPLIED = 4.5
"""Half the side of the dashed box around an implied target."""
_MOVES = QListView.CursorAction


class TargetRows(RowModel):
    """The rows as a model; a row that only looks different stays the same row."""

    def name_of(self, row: Row) -> str:
        """The area or dimension alone."""
        return row.label

    def sentence_of(self, row: Row) -> str:
        """The row with everything decided."""
        return row.sentence

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self.rows[index.row()], DimensionRow):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def replace_rows(self, rows: Sequence[Row]) -> bool:
        """Show these rows; True if they are others than before."""
        if [_key(row) for row in rows] != [_key(row) for row in self.rows]:
            self.show_rows(rows)
            return True
        before, self.rows = self.rows, rows
        for place, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(place), self.index(place))
        return False

    def row_of(self, area_id: str) -> int:
        """Place of the row of an area, -1 without one."""
        found = (n for n, row in enumerate(self.rows) if row.area_id == area_id)
        return next(found, -1) if area_id else -1


def _key(row: Row) -> tuple[str, str]:
    return (row.dimension_id, "") if isinstance(row, DimensionRow) else ("", row.area_id)


class _TargetDelegate(QStyledItemDelegate):
    """Paints headings of dimensions, and areas with dumbbell, words and state."""

    def __init__(self, layout: TargetLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme: Palette = LIGHT
        self._layout = layout
        self._fitting = 0
        #: Id of the area whose date, reason and sponsor stand in fields above the row.
        self.edited_id = ""
        self.mean_word = ""
        #: Width of the buttons at the right of a heading.
        self.buttons_width = 0

    def fit(self, room: int, rows: int) -> None:
        """Move the rows closer where that shows them all in so many pixels."""
        self._fitting = room // rows if rows else 0

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        least, most = max(_CLOSEST, scaled(_CLOSEST)), scaled(ROW_HEIGHT)
        return QSize(200, max(least, min(most, self._fitting or most)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(RowModel.RowRole)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        box: QRect = option.rect
        if isinstance(row, DimensionRow):
            self._paint_dimension(painter, box, row, is_first=index.row() == 0)
        else:
            is_chosen = bool(state & QStyle.StateFlag.State_Selected)
            if is_chosen or state & QStyle.StateFlag.State_MouseOver:
                ground = QRectF(box).adjusted(0, 0.5, -1, -0.5)
                has_focus = is_chosen and bool(state & QStyle.StateFlag.State_HasFocus)
                paint_choice_ground(
                    painter, ground, self.theme, is_chosen=is_chosen, has_focus=has_focus
                )
            self._paint_area(painter, box, row, is_chosen=is_chosen)
        painter.restore()

    # ---- dimensions --------------------------------------------------------------------------

    def _paint_dimension(
        self, painter: QPainter, box: QRect, row: DimensionRow, *, is_first: bool
    ) -> None:
        theme, columns = self.theme, self._layout.columns(box)
        if not is_first:
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(box.left(), box.top(), box.right(), box.top())
        side = scaled(SQUARE)
        square = QRectF(box.left() + 6, box.center().y() - side // 2, side, side)
        paint_square(painter, square, theme.dimension_mark(row.dimension))
        plain = painter.font()
        bold = sized(plain, weight=QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(theme.text))
        right = columns.track if columns.track.width() else columns.way
        name = QRect(columns.label)
        name.setRight(right.left() - scaled(6) if row.mean else columns.reason.left())
        draw_shortened(painter, name, row.label)
        x = right.left()
        box = box.adjusted(0, 0, -self.buttons_width, 0)
        word = self.mean_word if row.mean else ""
        needed = sum(map(QFontMetrics(bold).horizontalAdvance, (word, row.mean, row.remark)))
        if row.remark and x + needed + scaled(3 * 5) > box.right():
            word = ""  # the figures speak for themselves, half a remark does not
        x = self._write(painter, x, box, word, plain, theme.secondary)
        x = self._write(painter, x, box, row.mean, bold, theme.text)
        if word:
            x = max(x, columns.way.left())
        self._write(painter, x, box, row.remark, plain, theme.notice)

    @staticmethod
    def _write(painter: QPainter, x: int, box: QRect, text: str, font: QFont, colour: str) -> int:
        """Write from a position on; returns the position behind it."""
        if not text:
            return x
        painter.setFont(font)
        painter.setPen(QColor(colour))
        room = QRect(x, box.top(), box.right() - x, box.height())
        return x + draw_shortened(painter, room, text) + scaled(5)

    # ---- areas -------------------------------------------------------------------------------

    def _paint_area(
        self, painter: QPainter, box: QRect, row: TargetRow, *, is_chosen: bool
    ) -> None:
        theme, columns, plain = self.theme, self._layout.columns(box), painter.font()
        bold = sized(plain, weight=QFont.Weight.DemiBold)
        painter.setFont(bold if is_chosen else plain)
        applies = row.state is not None
        painter.setPen(QColor(theme.text if applies else theme.secondary))
        draw_shortened(painter, columns.label, row.label)
        painter.setFont(plain)
        if not applies:
            painter.setPen(QColor(theme.secondary))
            room = columns.track.united(columns.state) if columns.track.width() else (
                columns.way.united(columns.state))  # fmt: skip
            draw_shortened(painter, room, row.remark)
            return
        if columns.track.width():
            self._paint_track(painter, columns.track, row)
        painter.setFont(bold)
        painter.setPen(QColor(theme.text))
        draw_shortened(painter, columns.way, row.way)
        painter.setFont(plain)
        if row.area_id != self.edited_id:
            self._paint_details(painter, columns, row)
        self._paint_state(painter, columns.state, row)

    def _paint_details(self, painter: QPainter, columns: Columns, row: TargetRow) -> None:
        theme, padding = self.theme, scaled(FIELD_PADDING)
        for box, text in (
            (columns.by, row.by or ("–" if row.state is TargetState.DECIDED_AGAINST else "")),
            (columns.reason, row.reason or row.default),
            (columns.sponsor, row.sponsor),
        ):
            quiet = text in ("–", row.default) and not (row.reason and box is columns.reason)
            painter.setPen(QColor(theme.secondary if quiet else theme.text))
            draw_shortened(painter, box.adjusted(padding, 0, -2, 0), text)

    def _paint_track(self, painter: QPainter, track: QRect, row: TargetRow) -> None:
        theme, levels = self.theme, self._layout.head.levels
        lowest, highest = levels[0], levels[-1]
        middle = track.center().y() + 0.5

        def at(level: Fraction | int) -> QPointF:
            return QPointF(x_on_track(track, level, lowest, highest), middle)

        if row.remark:
            painter.setPen(QColor(theme.secondary))
            draw_shortened(painter, track, row.remark)
            return
        painter.setPen(QPen(QColor(theme.line), scaled(2)))
        painter.drawLine(at(lowest), at(highest))
        painter.setPen(QPen(QColor(theme.line), 1))
        tick = QPointF(0, scaled(3))
        for level in levels:
            painter.drawLine(at(level) - tick, at(level) + tick)
        current = row.current
        if current is not None and current < row.target:
            _line(painter, at(current), at(row.target), theme.levels[2], dotted=row.is_open)
        if row.implied is not None:
            start = max(row.target, current or row.target)
            _line(painter, at(start), at(row.implied), theme.notice_mark, dotted=True)
        self._paint_target(painter, at(row.target), is_open=row.is_open)
        if row.implied is not None:
            self._paint_implied(painter, at(row.implied))
        if current is not None:
            paint_part(painter, at(current), _TODAY, theme)

    def _paint_target(self, painter: QPainter, at: QPointF, *, is_open: bool) -> None:
        if not is_open:
            paint_mark(painter, at, "bar", self.theme)
            return
        pen = QPen(QColor(self.theme.notice_mark), scaled(2))
        pen.setDashPattern([1.4, 1.4])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        reach = QPointF(0, scaled(6))
        painter.drawLine(at - reach, at + reach)

    def _paint_implied(self, painter: QPainter, at: QPointF) -> None:
        reach = scaled(10) * _IMPLIED / 10
        pen = QPen(QColor(self.theme.notice_mark), scaled(15) / 10)
        pen.setDashPattern([2, 1.5])
        painter.setPen(pen)
        painter.setBrush(QColor(self.theme.surface))
        painter.drawRoundedRect(QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach), 2, 2)

    def _paint_state(self, painter: QPainter, box: QRect, row: TargetRow) -> None:
        theme = self.theme
        centre = QPointF(box.left() + scaled(6), box.center().y() + 0.5)
        if row.wants_a_look:
            pen = QPen(QColor(theme.notice_mark), scaled(15) / 10)
            pen.setDashPattern([2, 1.5])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, scaled(4), scaled(4))
        else:
            paint_mark(painter, centre, "tick", theme)
        painter.setPen(QColor(theme.notice if row.wants_a_look else theme.text))
        draw_shortened(painter, box.adjusted(scaled(18), 0, 0, 0), row.state_words)


def _line(painter: QPainter, begin: QPointF, end: QPointF, colour: str, *, dotted: bool) -> None:
    pen = QPen(QColor(colour), scaled(4))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dotted:
        pen.setDashPattern([0.6, 0.5])
    painter.setPen(pen)
    painter.drawLine(begin, end)


class TargetList(QListView):
    """The rows; the arrows pass the headings."""

    #: Another area became the current one, by key or mouse.
    area_chosen = Signal(str)
    #: The rows have moved in the view.
    moved = Signal()
    #: There is another size for the rows.
    resized = Signal()

    def __init__(self, delegate: _TargetDelegate, rows: TargetRows) -> None:
        super().__init__()
        self.setObjectName("target-list")
        self.rows = rows
        self.setModel(rows)
        self.setItemDelegate(delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self.moved)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and (area_id := self.rows.rows[current.row()].area_id):
            self.area_chosen.emit(area_id)

    def moveCursor(
        self, action: QListView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go where Qt would go, or beyond a heading to the next area."""
        found = super().moveCursor(action, modifiers)
        step = -1 if action in (_MOVES.MoveUp, _MOVES.MovePrevious, _MOVES.MovePageUp) else 1
        row = found.row()
        while 0 <= row < len(self.rows.rows) and not self.rows.rows[row].area_id:
            row += step
        if 0 <= row < len(self.rows.rows):
            return self.rows.index(row)
        return self.currentIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def show_area(self, area_id: str) -> None:
        """Make the row of an area the current one, with the heading above a first one in view."""
        row = self.rows.row_of(area_id)
        if row < 0:
            self.setCurrentIndex(QModelIndex())
            return
        self.setCurrentIndex(self.rows.index(row))
        if row and not self.rows.rows[row - 1].area_id:
            self.scrollTo(self.rows.index(row - 1))
        self.scrollTo(self.rows.index(row))


class _Head(ThemedWidget):
    """Words above the columns, and the levels above the track."""

    def __init__(self, layout: TargetLayout) -> None:
        super().__init__()
        self._layout = layout
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(scaled(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        head, columns = self._layout.head, self._layout.columns(self.rect())
        painter.setPen(QColor(self.theme.secondary))
        painter.setFont(sized(self.font(), 11))
        padding = scaled(FIELD_PADDING)
        for box, words, left in (
            (columns.label, head.area, 0),
            (columns.way, head.level, 0),
            (columns.by, head.by, padding),
            (columns.reason, head.reason, padding),
            (columns.sponsor, head.sponsor, padding),
            (columns.state, head.state, 0),
        ):
            draw_shortened(painter, box.adjusted(left, 0, 0, 0), words)
        if columns.track.width():
            for level in head.levels:
                x = x_on_track(columns.track, level, head.levels[0], head.levels[-1])
                where = QRectF(x - scaled(12), 0, scaled(24), self.height())
                painter.drawText(where, Qt.AlignmentFlag.AlignCenter, str(level))
        painter.setPen(QColor(self.theme.line))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class TargetTable(QWidget):
    """Head and list, with fields above the row of the current area and buttons in the headings."""

    #: Id of the dimension and the target level for all its areas.
    level_chosen = Signal(str, int)
    #: Id of the dimension whose date and sponsor are to be set.
    details_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("target-table")
        self._theme: Palette = LIGHT
        self._tr = Translator()
        self._layout = TargetLayout()
        self._rows = TargetRows(self)
        self._delegate = _TargetDelegate(self._layout, self)
        self.list = TargetList(self._delegate, self._rows)
        self._layout.width = lambda: self.list.viewport().width()
        self._head = _Head(self._layout)
        self._buttons: dict[int, DimensionButtons] = {}
        self._levels_of_buttons: tuple[int, ...] = ()
        self.by, self.reason, self.sponsor = (
            TypedField(name, self.list.viewport())
            for name in ("target-by", "target-reason", "target-sponsor")
        )
        self._area_id = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._head)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        for field in self.fields:
            field.hide()
        self.list.moved.connect(self._place)
        running_application().focusChanged.connect(self._on_focus_changed)
        self.list.resized.connect(self._on_resized)
        TYPE.changed.connect(self._on_resized)

    @property
    def fields(self) -> tuple[TypedField, ...]:
        """The fields of the current row, from left to right."""
        return self.by, self.reason, self.sponsor

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows shown, in order."""
        return tuple(self._rows.rows)

    @property
    def current(self) -> TargetRow | None:
        """The row of the current area."""
        place = self._rows.row_of(self._area_id)
        row = self._rows.rows[place] if place >= 0 else None
        return row if isinstance(row, TargetRow) else None

    def retranslate(self, tr: Translator) -> None:
        """Set the texts that no row has."""
        self._tr = tr
        self.list.setAccessibleName(tr.gettext("Areas with their targets"))
        self._delegate.mean_word = tr.pgettext("dimension", "mean")
        self.by.setAccessibleName(tr.gettext("By when"))
        self.reason.setAccessibleName(tr.gettext("Why this level"))
        self.sponsor.setAccessibleName(tr.gettext("Sponsor"))
        self.by.setAccessibleDescription(
            tr.gettext("A quarter such as Q2 2027, or a day such as 2027-06-30")
        )

    def fill(self, head: Head, rows: tuple[Row, ...], area_id: str) -> None:
        """Show these rows, the one of this area as the current one."""
        self._layout.head = head
        is_other = self._rows.replace_rows(rows)
        if is_other or self._levels_of_buttons != head.levels:
            self._make_buttons(head.levels)
        for place, buttons in self._buttons.items():
            row = self._rows.rows[place]
            buttons.fill(row.label, self._theme, self._tr)
            buttons.setVisible(row.can_decide)
        self._area_id = area_id
        self.list.show_area(area_id)
        self._fill_fields()
        self._refit()
        self.list.viewport().update()

    def show_area(self, area_id: str) -> None:
        """Make another area the current one."""
        if area_id == self._area_id:
            return
        self._area_id = area_id
        self.list.show_area(area_id)
        self._fill_fields()
        self._place()

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self._theme = self._delegate.theme = theme
        self._head.apply_theme(theme)
        for field in self.fields:
            field.apply_theme(theme)
        self.list.viewport().update()

    # ---- fields and buttons ------------------------------------------------------------------

    def _fill_fields(self) -> None:
        row = self.current
        self._delegate.edited_id = row.area_id if row is not None and row.state else ""
        if row is None:
            return
        for field, text in zip(self.fields, (row.by, row.reason, row.sponsor), strict=True):
            field.show_text(row.area_id, text)
        self.by.setPlaceholderText("–" if row.state is TargetState.DECIDED_AGAINST else "")
        self.reason.setPlaceholderText(row.default)

    def _make_buttons(self, levels: tuple[int, ...]) -> None:
        for buttons in self._buttons.values():
            discard(buttons)
        self._buttons, self._levels_of_buttons = {}, levels
        for place, row in enumerate(self._rows.rows):
            if isinstance(row, DimensionRow):
                buttons = DimensionButtons(row.dimension_id, levels, self.list.viewport())
                buttons.level_chosen.connect(self.level_chosen)
                buttons.details_wanted.connect(self.details_wanted)
                self._buttons[place] = buttons

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Bring the row into view that the focus has come to by Tab."""
        viewport = self.list.viewport()
        if now is not None and viewport.isAncestorOf(now):
            self.list.scrollTo(self.list.indexAt(now.mapTo(viewport, now.rect().center())))

    def _on_resized(self) -> None:
        self._refit()
        self.list.scrollTo(self.list.currentIndex())

    def _refit(self) -> None:
        """Fit rows and columns to another size or type, and what stands in them."""
        self._layout.measure(self.list.font(), self._rows.rows)
        self._delegate.fit(self.list.viewport().height(), len(self._rows.rows))
        self.list.scheduleDelayedItemsLayout()
        self._place()

    def _place(self) -> None:
        """Put fields and buttons where their rows are."""
        self._place_fields()
        self._place_buttons()
        self._head.update()

    def _place_fields(self) -> None:
        is_shown = bool(self._delegate.edited_id)
        if is_shown:
            rect = self.list.visualRect(self._rows.index(self._rows.row_of(self._area_id)))
            columns = self._layout.columns(rect)
            for field, box in zip(
                self.fields, (columns.by, columns.reason, columns.sponsor), strict=True
            ):
                field.setGeometry(box)
        for field in self.fields:
            field.setVisible(is_shown)

    def _place_buttons(self) -> None:
        dimension = None if self.current is None else self.current.dimension
        order: list[QWidget] = [*self.fields]
        widths = [buttons.sizeHint().width() for buttons in self._buttons.values()]
        self._delegate.buttons_width = max(widths, default=0)
        for place, buttons in self._buttons.items():
            rect = self.list.visualRect(self._rows.index(place))
            wide = buttons.sizeHint().width()
            columns = self._layout.columns(rect)
            right = columns.state.right()
            buttons.setGeometry(QRect(right - wide + 1, rect.top(), wide, rect.height()))
            row = self._rows.rows[place]
            is_current = isinstance(row, DimensionRow) and row.dimension == dimension
            buttons.let_tab_in(is_current)
            order += buttons.buttons if is_current else ()
        follow_in_tabs(self.list, order)
