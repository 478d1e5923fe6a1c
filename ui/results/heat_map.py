"""Heat map: one column per dimension, one chip per area, shaded by level."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import floor

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.figures.scoring import Profile
from app.session.session import Session
from app.words.texts import Translator
from exports.hyphenation import break_places, load_patterns
from exports.palette import LIGHT, Palette
from exports.radar.lines import wrapped
from ui.painting.rows import RIGHT, draw_shortened, sized
from ui.type_scale import TYPE, scaled
from ui.widgets.announcer import announce
from ui.widgets.basics import plain_tool_tip
from ui.widgets.readers import present_as

_CHIP, _LINE, _CHIP_SPACE, _HEAD, _COLUMN_SPACE, _ROW_SPACE = 24, 13, 2, 22, 8, 12
_PADDING = 6
_NARROWEST, _ROOMIEST = 92, 200
_MOST_LAYOUTS = 16
_MOST_LINES = 3
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One area: label, text at its right, and position on the scale (-1: none)."""

    area_id: str
    label: str
    figure: str
    position: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Column:
    """One dimension and its areas."""

    name: str
    chips: tuple[Chip, ...]


def columns_of(session: Session, figures: Profile, tr: Translator) -> tuple[Column, ...]:
    """All dimensions and areas in model order."""
    return tuple(
        Column(
            dimension.name.line_in(session.language),
            tuple(_chip(session, figures, area.id, tr) for area in dimension.areas),
        )
        for dimension in session.model.dimensions
    )


def _chip(session: Session, figures: Profile, area_id: str, tr: Translator) -> Chip:
    found = figures.area(area_id)
    label = session.label_of(area_id)
    if not found.is_applicable:
        said = tr.gettext("{area} not applicable", area=label)
        return Chip(area_id, label, tr.pgettext("short for not applicable", "n/a"), -1, said)
    if found.level is None:
        return Chip(area_id, label, "–", -1, tr.gettext("{area}: not scored", area=label))
    level = tr.number(found.level)
    position = floor(found.level) - session.model.lowest_level
    target = tr.number(found.target)
    said = tr.gettext(
        "{area}: level {level}, target {target}", area=label, level=level, target=target
    )
    return Chip(area_id, label, level, position, said)


@dataclass(frozen=True, slots=True)
class PlacedChip:
    """A chip, its position, and the lines of its label."""

    chip: Chip
    where: QRect
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Positions of headings and chips in a heat map of some width."""

    height: int
    heads: tuple[QRect, ...]
    chips: tuple[PlacedChip, ...]


def lines_of(text: str, room: int, metrics: QFontMetrics, language: str) -> tuple[str, ...]:
    """A label on up to three lines, broken as well as there is room, or else elided."""
    if metrics.horizontalAdvance(text) <= room:
        return (text,)

    def measure(line: str, _size: float) -> float:
        return metrics.horizontalAdvance(line)

    lines: tuple[str, ...] = ()
    for count, hyphenated_in in ((2, ""), (2, language), (_MOST_LINES, language)):
        lines = wrapped(text, count, 0, measure, hyphenated_in)
        if max(measure(line, 0) for line in lines) <= room:
            return lines
    broken = _broken_anywhere(text, room, metrics, language)
    if len(broken) <= _MOST_LINES and max(map(metrics.horizontalAdvance, broken)) <= room:
        return broken
    right = Qt.TextElideMode.ElideRight
    return tuple(metrics.elidedText(line, right, room) for line in lines)


def _broken_anywhere(text: str, room: int, metrics: QFontMetrics, language: str) -> tuple[str, ...]:
    """A label on as few lines as it takes, broken wherever the language allows."""
    lines = [""]
    for word in text.split():
        bounds = (0, *break_places(word, language), len(word))
        for begin, end in pairwise(bounds):
            line = f"{lines[-1]} " if lines[-1] and not begin else lines[-1]
            line += word[begin:end]
            if metrics.horizontalAdvance(line if end == len(word) else f"{line}-") <= room:
                lines[-1] = line
                continue
            if begin:
                lines[-1] += "-"
            lines.append(word[begin:end])
    return tuple(line for line in lines if line)


class HeatMap(QWidget):
    """Paints the columns, wrapped to several rows in a narrow space.

    With the focus, the arrow keys go from area to area and Enter opens the one.
    """

    #: Id of the area that was clicked or activated.
    area_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("heat-map")
        self.setMouseTracking(True)
        self._columns: tuple[Column, ...] = ()
        self._levels = 5
        self._language = ""
        self._theme = LIGHT
        #: By width, room and type: Qt asks for the heights of a few widths again and again.
        self._layouts: dict[tuple[int, int, int], _Layout] = {}
        self._room = 0
        self._cursor = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        present_as(self, QAccessible.Role.Graphic)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def fill(self, columns: tuple[Column, ...], levels: int, language: str) -> None:
        """Show these columns, named in ``language``; the scale has so many ``levels``."""
        # Not when Qt asks for a height: loading allocates much, which lets Python collect old
        # widgets, and that must not happen while Qt lays out.
        load_patterns(language)
        self._columns, self._levels, self._language = columns, levels, language
        self._layouts.clear()
        self._cursor = 0
        said = (f"{each.name} – {'; '.join(c.sentence for c in each.chips)}" for each in columns)
        self.setAccessibleDescription(". ".join(said))
        self.updateGeometry()
        self.update()

    def apply_theme(self, theme: Palette) -> None:
        """Take the colours."""
        self._theme = theme
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._laid_out(width).height

    def sizeHint(self) -> QSize:
        return QSize(480, self.heightForWidth(max(self.width(), 480)))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    # ---- layout ------------------------------------------------------------------------------

    def set_room(self, height: int) -> None:
        """Limit the height: where there is room, fewer columns stand side by side."""
        if height != self._room:
            self._room = height
            self.updateGeometry()
            self.update()

    def _laid_out(self, width: int) -> _Layout:
        key = width, self._room, TYPE.body
        if key not in self._layouts:
            if len(self._layouts) >= _MOST_LAYOUTS:
                self._layouts.clear()
            self._layouts[key] = self._best(width)
        return self._layouts[key]

    def _best(self, width: int) -> _Layout:
        """The widest columns with which all fits into the room there is."""
        count = max(1, len(self._columns))
        space = scaled(_COLUMN_SPACE)
        fitting = max(1, (width + space) // (scaled(_NARROWEST) + space))
        most = -(-count // -(-count // fitting))
        for per_row in range(1, most):
            is_roomy = (width + space) // per_row - space <= scaled(_ROOMIEST)
            if is_roomy and (layout := self._lay_out(width, per_row)).height <= self._room:
                return layout
        return self._lay_out(width, most)

    def _lay_out(self, width: int, per_row: int) -> _Layout:
        column_width = (width + scaled(_COLUMN_SPACE)) // per_row - scaled(_COLUMN_SPACE)
        heads: list[QRect] = []
        chips: list[PlacedChip] = []
        top = bottom = 0
        most = max((len(self._head_lines(c, column_width)) for c in self._columns), default=1)
        head = scaled(_HEAD) + (most - 1) * scaled(_LINE)
        for index, column in enumerate(self._columns):
            place = index % per_row
            if not place:
                top = bottom + (scaled(_ROW_SPACE) if index else 0)
            left = place * (column_width + scaled(_COLUMN_SPACE))
            heads.append(QRect(left, top, column_width, head))
            y = top + head
            for chip in column.chips:
                placed = self._place(chip, left, y, column_width)
                chips.append(placed)
                y = placed.where.bottom() + 1 + scaled(_CHIP_SPACE)
            bottom = max(bottom, y - scaled(_CHIP_SPACE))
        return _Layout(bottom, tuple(heads), tuple(chips))

    def _place(self, chip: Chip, left: int, top: int, width: int) -> PlacedChip:
        metrics = QFontMetrics(self._small())
        figure = QFontMetrics(self._small(bold=True)).horizontalAdvance(chip.figure)
        room = width - 2 * scaled(_PADDING) - figure - 5  # one more: widths are rounded
        lines = lines_of(chip.label, room, metrics, self._language)
        height = scaled(_CHIP) + (len(lines) - 1) * scaled(_LINE)
        return PlacedChip(chip, QRect(left, top, width, height), lines)

    def _head_lines(self, column: Column, width: int) -> tuple[str, ...]:
        return lines_of(column.name, width, QFontMetrics(self._bold()), self._language)

    def _bold(self) -> QFont:
        return sized(self.font(), 12, QFont.Weight.DemiBold)

    def _small(self, *, bold: bool = False) -> QFont:
        return sized(self.font(), 11, QFont.Weight.DemiBold if bold else None)

    def chip_at(self, where: QPoint) -> Chip | None:
        """The chip at a point."""
        chips = self._laid_out(self.width()).chips
        return next((placed.chip for placed in chips if placed.where.contains(where)), None)

    def _said_at(self, where: QPoint) -> str:
        """Text of the tool tip at a point: an area with its level, or a dimension's name."""
        chip = self.chip_at(where)
        if chip is not None:
            return chip.sentence
        heads = zip(self._columns, self._laid_out(self.width()).heads, strict=True)
        return next((column.name for column, head in heads if head.contains(where)), "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        layout = self._laid_out(self.width())
        painter.setFont(self._bold())
        for index, (column, head) in enumerate(zip(self._columns, layout.heads, strict=True)):
            painter.setPen(QColor(self._theme.dimension_text(index)))
            lines = self._head_lines(column, head.width())
            # Names are bottom-aligned in the heading, next to their areas.
            step = scaled(_LINE) + 1
            y = head.bottom() - scaled(5) - len(lines) * step
            for number, line in enumerate(lines):
                where = QRect(head.left(), y + number * step, head.width(), step + 1)
                draw_shortened(painter, where, line)
        for placed in layout.chips:
            self._paint_chip(painter, placed)
        if self.hasFocus() and layout.chips:
            painter.setPen(QPen(QColor(self._theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = layout.chips[self._cursor].where
            painter.drawRoundedRect(ring.adjusted(1, 1, -1, -1), 3, 3)

    def _paint_chip(self, painter: QPainter, placed: PlacedChip) -> None:
        theme, chip, rect = self._theme, placed.chip, placed.where
        if chip.position < 0:
            outline = QPen(QColor(theme.frame), 1)
            if chip.figure != "–":
                outline.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(outline)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ink = theme.secondary
        else:
            fill, ink = theme.level_colours(chip.position, self._levels)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(fill))
        # A line lies half inside and half outside its edge, where the last row would lose it.
        inset = painter.pen().widthF() / 2 if painter.pen().style() != Qt.PenStyle.NoPen else 0
        edge = QRectF(rect).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(edge, 3, 3)
        painter.setPen(QColor(ink))
        painter.setFont(self._small(bold=True))
        inside = rect.adjusted(scaled(_PADDING), 0, -scaled(_PADDING), 0)
        figure = painter.fontMetrics().horizontalAdvance(chip.figure) + 4
        draw_shortened(painter, inside, chip.figure, RIGHT)
        painter.setFont(self._small())
        for number, line in enumerate(placed.lines):
            top = rect.top() + (scaled(_CHIP) - scaled(_LINE)) // 2 + number * scaled(_LINE)
            where = QRect(inside.left(), top, inside.width() - figure, scaled(_LINE))
            draw_shortened(painter, where, line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chips = [chip for column in self._columns for chip in column.chips]
        if event.key() in _STEPS and chips:
            self._cursor = (self._cursor + _STEPS[Qt.Key(event.key())]) % len(chips)
            self.update()
            announce(self, chips[self._cursor].sentence)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chips:
            self.area_chosen.emit(chips[self._cursor].area_id)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        chip = self.chip_at(event.position().toPoint())
        if chip is not None:
            self.area_chosen.emit(chip.area_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.chip_at(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tool_tip(self._said_at(event.pos())))
            return True
        return super().event(event)
