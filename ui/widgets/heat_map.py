"""The heat map: one column per dimension, one chip per area in the shade of its level."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.scoring import Profile
from app.session import Session
from app.texts import Translator
from ui.theme import LIGHT, Theme
from ui.widgets.basics import plain_tool_tip

_CHIP, _STEP, _HEAD, _COLUMN_SPACE, _ROW_SPACE = 20, 23, 22, 8, 10
_NARROWEST = 92


@dataclass(frozen=True, slots=True)
class Chip:
    """One area: its label, what stands at its right, and its place on the scale (-1: none)."""

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
            dimension.name.in_language(session.language),
            tuple(_chip(session, figures, area.id, tr) for area in dimension.areas),
        )
        for dimension in session.model.dimensions
    )


def _chip(session: Session, figures: Profile, area_id: str, tr: Translator) -> Chip:
    found = figures.area(area_id)
    label = session.model.area(area_id).label.in_language(session.language)
    if not found.is_applicable:
        said = tr.gettext("{area} not applicable", area=label)
        return Chip(area_id, label, tr.pgettext("short for not applicable", "n/a"), -1, said)
    if found.level is None:
        return Chip(area_id, label, "–", -1, tr.gettext("{area}: not scored", area=label))
    level = tr.number(found.level)
    position = floor(found.level) - session.model.lowest_level
    said = tr.gettext("{area}: level {level}", area=label, level=level)
    return Chip(area_id, label, level, position, said)


class HeatMap(QWidget):
    """Paints the columns; in a narrow space they stand in several rows."""

    #: The id of an area somebody wants to look at.
    area_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("heat-map")
        self.setMouseTracking(True)
        self._columns: tuple[Column, ...] = ()
        self._levels = 5
        self._theme = LIGHT
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def fill(self, columns: tuple[Column, ...], levels: int) -> None:
        """Show these columns; ``levels`` is how many levels the scale has."""
        self._columns, self._levels = columns, levels
        chips = [chip.sentence for column in columns for chip in column.chips]
        self.setAccessibleDescription("; ".join(chips))
        self.updateGeometry()
        self.update()

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours."""
        self._theme = theme
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(self._row_heights(width)) or _HEAD

    def sizeHint(self) -> QSize:
        return QSize(480, self.heightForWidth(max(self.width(), 480)))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def _per_row(self, width: int) -> int:
        count = max(1, len(self._columns))
        fitting = max(1, (width + _COLUMN_SPACE) // (_NARROWEST + _COLUMN_SPACE))
        rows = -(-count // fitting)
        return -(-count // rows)

    def _row_heights(self, width: int) -> list[int]:
        per_row = self._per_row(width)
        heights = []
        for start in range(0, len(self._columns), per_row):
            longest = max(len(c.chips) for c in self._columns[start : start + per_row])
            heights.append(_HEAD + longest * _STEP + _ROW_SPACE)
        return heights

    def _places(self) -> list[tuple[Column, QRect, int]]:
        """Each column with its heading's rectangle and its index."""
        per_row = self._per_row(self.width())
        width = (self.width() + _COLUMN_SPACE) // per_row - _COLUMN_SPACE
        heights = self._row_heights(self.width())
        places = []
        for index, column in enumerate(self._columns):
            row, place = divmod(index, per_row)
            left = place * (width + _COLUMN_SPACE)
            places.append((column, QRect(left, sum(heights[:row]), width, _HEAD), index))
        return places

    def _chips(self) -> list[tuple[Chip, QRect]]:
        return [
            (chip, QRect(head.left(), head.bottom() + 1 + number * _STEP, head.width(), _CHIP))
            for column, head, _ in self._places()
            for number, chip in enumerate(column.chips)
        ]

    def chip_at(self, where: QPoint) -> Chip | None:
        """The chip at a point."""
        return next((chip for chip, rect in self._chips() if rect.contains(where)), None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bold = QFont(self.font())
        bold.setPixelSize(12)
        bold.setWeight(QFont.Weight.DemiBold)
        for column, head, index in self._places():
            painter.setFont(bold)
            painter.setPen(QColor(self._theme.dimension_text(index)))
            _draw(painter, head, column.name, Qt.AlignmentFlag.AlignLeft)
        for chip, rect in self._chips():
            self._paint_chip(painter, chip, rect)

    def _paint_chip(self, painter: QPainter, chip: Chip, rect: QRect) -> None:
        theme = self._theme
        if chip.position < 0:
            outline = QPen(QColor(theme.line), 1)
            if chip.figure != "–":
                outline.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(outline)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ink = theme.secondary
        else:
            fill, ink = theme.level_colours(chip.position, self._levels)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(fill))
        painter.drawRoundedRect(rect, 3, 3)
        font = QFont(self.font())
        font.setPixelSize(11)
        painter.setPen(QColor(ink))
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        figure = painter.fontMetrics().horizontalAdvance(chip.figure) + 4
        inside = rect.adjusted(6, 0, -6, 0)
        _draw(painter, inside, chip.figure, Qt.AlignmentFlag.AlignRight)
        painter.setFont(font)
        _draw(painter, inside.adjusted(0, 0, -figure, 0), chip.label, Qt.AlignmentFlag.AlignLeft)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        chip = self.chip_at(event.position().toPoint())
        if chip is not None:
            self.area_chosen.emit(chip.area_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.chip_at(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            chip = self.chip_at(event.pos())
            QToolTip.showText(event.globalPos(), plain_tool_tip(chip.sentence) if chip else "")
            return True
        return super().event(event)


def _draw(painter: QPainter, rect: QRect, text: str, side: Qt.AlignmentFlag) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)
