"""The areas that were found, with their dimension, state and level."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.figures.scoring import Profile
from app.session.session import Session
from app.words.texts import Translator
from exports.palette import LIGHT, Palette
from ui.painting.marks import paint_mark
from ui.painting.rows import RIGHT, draw_shortened, paint_row_ground, sized
from ui.painting.squares import SQUARE, paint_square
from ui.scoring.agenda_list import AreaRow, DimensionRow, agenda_rows, mark_of
from ui.type_scale import scaled
from ui.widgets.row_model import Index, RowModel

_ROW = 30
_MARGIN = 8


@dataclass(frozen=True, slots=True)
class Findable:
    """An area that can be found: as the agenda shows it, its dimension, and other names."""

    row: AreaRow
    dimension: str
    number: int
    other_names: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it may be called, the name as shown first."""
        return (self.row.name, self.other_names, self.dimension)


def findable_areas(session: Session, figures: Profile, tr: Translator) -> list[Findable]:
    """All areas in model order, as the agenda shows them."""
    found: list[Findable] = []
    dimension: DimensionRow | None = None
    for row in agenda_rows(session, figures, tr):
        if isinstance(row, DimensionRow):
            dimension = row
        elif dimension is not None:
            full_name = session.model.area(row.id).name.line_in(session.language)
            found.append(Findable(row, dimension.name, dimension.number, full_name))
    return found


class FoundAreas(RowModel):
    """The areas that match, best first."""

    def name_of(self, row: Findable) -> str:
        """The area with its dimension."""
        return f"{row.row.name} · {row.dimension}"

    def sentence_of(self, row: Findable) -> str:
        """The area with its dimension and state."""
        return f"{row.dimension} · {row.row.spoken}"


class FoundDelegate(QStyledItemDelegate):
    """Paints the square of the dimension, the state, the name, and the level at the right."""

    theme: Palette = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(option.rect.width(), scaled(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found: Findable = index.data(RowModel.RowRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            is_current = bool(option.state & QStyle.StateFlag.State_Selected)
            paint_row_ground(painter, QRectF(option.rect), self.theme, is_current=is_current)
        self._paint_marks(painter, option.rect, found)
        self._paint_words(painter, option, found)
        painter.restore()

    def _paint_marks(self, painter: QPainter, where: QRect, found: Findable) -> None:
        side, middle = scaled(SQUARE), where.center().y() + 0.5
        square = QRectF(where.left() + _MARGIN, middle - side / 2, side, side)
        paint_square(painter, square, self.theme.dimension_mark(found.number))
        centre = QPointF(where.left() + _MARGIN + scaled(26), middle)
        paint_mark(painter, centre, mark_of(found.row, is_current=False), self.theme)

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, found: Findable
    ) -> None:
        room = option.rect.adjusted(_MARGIN + scaled(40), 0, -_MARGIN, 0)
        painter.setFont(sized(option.font))
        painter.setPen(QColor(self.theme.text))
        painter.drawText(room, RIGHT, found.row.level)
        room.setRight(room.right() - scaled(32))
        used = draw_shortened(painter, room, found.row.name)
        room.setLeft(room.left() + used + scaled(8))
        if found.dimension not in found.row.name and room.width() > scaled(24):
            painter.setPen(QColor(self.theme.secondary))
            draw_shortened(painter, room, found.dimension)
