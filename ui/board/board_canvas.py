"""Layout and painting of the board: heads of columns, cards, and *Later* at the right."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.planning.problem import StepKey
from app.words.texts import Translator
from exports.hyphenation import load_patterns
from ui.board.board_layout import (
    GAP,
    HEAD,
    PAD,
    BoardLayout,
    CardTexts,
    PlacedCard,
    lay_out,
)
from ui.board.board_model import LATER, Board, Card
from ui.board.card_painting import (
    CardState,
    paint_average_label,
    paint_card,
    paint_head,
    paint_later_head,
)
from ui.painting.rows import sized
from ui.roadmap.steps_area import Drag, StepsArea
from ui.type_scale import scaled

_WHEEL_STEP = 60
_DRAGGED = 0.85


class BoardCanvas(StepsArea):
    """Paints the board; *Later* stays in view while the quarters are scrolled sideways."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("board-view", parent)
        self.board = Board()
        self._language = ""
        self._texts = CardTexts()
        self._layout: BoardLayout | None = None

    # ---- filling -----------------------------------------------------------------------------

    def fill(self, board: Board, language: str, tr: Translator) -> None:
        """Show a board; the selected step stays selected while it is on it."""
        load_patterns(language)
        self.board, self._language, self._tr = board, language, tr
        self._keep_selection(self._first_key())
        columns = (each.sentence for each in (*board.columns, board.later) if each.sentence)
        self.setAccessibleDescription(". ".join(columns))
        self._lay_out_again()

    def _first_key(self) -> StepKey | None:
        placed = sorted(self.board.cards, key=lambda card: (card.column == LATER, card.column))
        return placed[0].key if placed else None

    def step(self, key: StepKey | None) -> Card | None:
        """The card of a step, if it is on the board."""
        return self.board.card(key)

    @property
    def selected(self) -> Card | None:
        """The selected card."""
        return self.step(self._key)

    # ---- layout ------------------------------------------------------------------------------

    @property
    def layout_of_cards(self) -> BoardLayout:
        """Places of columns and cards in the width there is."""
        if self._layout is None:
            width = self.viewport().width()
            self._layout = lay_out(self.board, width, self.font(), self._language, self._texts)
        return self._layout

    def _lay_out_again(self) -> None:
        self._layout = None
        room, wheel = self.quarters(), scaled(_WHEEL_STEP)
        below = max(self._hidden(later=False), self._hidden(later=True))
        self._set_ranges(
            QSize(self.layout_of_cards.width - room.width(), below),
            QSize(room.width(), self._body().height()),
            QSize(wheel, wheel // 3),
        )

    def _hidden(self, *, later: bool) -> int:
        """Height in pixels that does not fit of the quarters' cards, or of those in *Later*."""
        layout = self.layout_of_cards
        height = layout.later_height if later else layout.height
        return max(0, height + scaled(GAP) - self._body().height())

    def _scrolled(self, *, later: bool) -> int:
        """Distance that the quarters or *Later* are scrolled down; what fits stays in view."""
        return min(self.verticalScrollBar().value(), self._hidden(later=later))

    def quarters(self) -> QRect:
        """The part of the view that the quarters are scrolled in."""
        view = self.viewport().rect()
        return view.adjusted(0, 0, -self.layout_of_cards.later_width - scaled(GAP), 0)

    def _later(self) -> QRect:
        view, width = self.viewport().rect(), self.layout_of_cards.later_width
        left = min(self.layout_of_cards.width + scaled(GAP), view.width() - width)
        return QRect(left, view.top(), width, view.height())

    def _body(self) -> QRect:
        """The part of the view below the heads."""
        return self.viewport().rect().adjusted(0, scaled(HEAD), 0, 0)

    def place_of(self, placed: PlacedCard) -> QRect:
        """Place of a card in the view now."""
        is_later = placed.card.column == LATER
        down = scaled(HEAD) - self._scrolled(later=is_later)
        if is_later:
            return placed.where.translated(self._later().left(), down)
        return placed.where.translated(-self.horizontalScrollBar().value(), down)

    def selected_place(self) -> QRect:
        """Place of the selected card in the view now."""
        card = self.selected
        return QRect() if card is None else self.place_of(self.layout_of_cards.placed(card))

    def show_selected(self) -> None:
        """Scroll until the selected card is in view."""
        card = self.selected
        if card is None:
            return
        placed, gap = self.layout_of_cards.placed(card), scaled(GAP)
        down, sideways = self.verticalScrollBar(), self.horizontalScrollBar()
        top, bottom = placed.where.top(), placed.where.bottom() + gap
        if top < self._scrolled(later=card.column == LATER):
            down.setValue(top)
        elif bottom > self._scrolled(later=card.column == LATER) + self._body().height():
            down.setValue(bottom - self._body().height())
        if card.column != LATER:
            left, right = placed.where.left(), placed.where.right() + 1
            if right > sideways.value() + self.quarters().width():
                sideways.setValue(right - self.quarters().width())
            if left < sideways.value():
                sideways.setValue(left)

    def step_at(self, where: QPoint) -> StepKey | None:
        """The step whose card is at a point of the view."""
        if where.y() < scaled(HEAD):
            return None
        is_later = self._later().contains(where)
        if not is_later and not self.quarters().contains(where):
            return None
        return next(
            (
                each.card.key
                for each in self.layout_of_cards.cards
                if (each.card.column == LATER) == is_later and self.place_of(each).contains(where)
            ),
            None,
        )

    def column_at(self, where: QPoint) -> int | None:
        """The column at a point of the view, from 0, or ``LATER``."""
        if self._later().contains(where):
            return LATER
        x = where.x() + self.horizontalScrollBar().value()
        for place, column in enumerate(self.layout_of_cards.columns):
            if column.left() <= x <= column.right() + scaled(GAP):
                return place
        return None

    # ---- painting ----------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 160)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.board.columns:
            return
        self._paint_quarters(painter)
        self._paint_later(painter)
        if self.drag is not None:
            self._paint_dragged(painter, self.drag)

    def _paint_quarters(self, painter: QPainter) -> None:
        room = self.quarters()
        words = self._tr.gettext("average")
        painter.setClipRect(room)
        shift = -self.horizontalScrollBar().value()
        for column, place in zip(self.board.columns, self.layout_of_cards.columns, strict=True):
            box = QRect(place.left() + shift, 2, place.width(), scaled(HEAD))
            if box.intersects(room):
                paint_head(painter, box, column, self.theme)
                paint_average_label(painter, box, column, words, self.theme)
        painter.setClipRect(room.intersected(self._body()))
        self._paint_cards(painter, room, later=False)
        painter.setClipping(False)

    def _paint_later(self, painter: QPainter) -> None:
        box, pad = self._later(), scaled(PAD)
        edge = QPen(QColor(self.theme.frame), 1)
        edge.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(edge)
        painter.setBrush(QColor(self.theme.surface))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        head = QRect(box.left() + pad, 4, box.width() - 2 * pad, scaled(HEAD))
        later, small = self.board.later, sized(self.font(), 11)
        note = self._texts.lines(later.note, head.width(), small, self._language)
        paint_later_head(painter, head, later, note, self.theme)
        painter.setClipRect(box.intersected(self._body()).adjusted(0, 0, 0, -pad))
        self._paint_cards(painter, box, later=True)
        painter.setClipping(False)

    def _paint_cards(self, painter: QPainter, room: QRect, *, later: bool) -> None:
        for placed in self.layout_of_cards.cards:
            if (placed.card.column == LATER) is later:
                where = self.place_of(placed)
                if where.intersects(room):
                    paint_card(painter, placed, where, self._state_of(placed.card), self.theme)

    def _state_of(self, card: Card) -> CardState:
        selected = self.selected
        is_selected = card is selected
        needs = ""
        if selected is not None and selected.key in card.needs:
            needs = self._tr.gettext("needs {step}", step=selected.title)
        return CardState(is_selected, is_selected and self.hasFocus(), needs)

    def _paint_dragged(self, painter: QPainter, drag: Drag) -> None:
        """Paint the card at the pointer, and mark the column it would be dropped on."""
        column, card = self.column_at(drag.at), self.selected
        if column is not None:
            painter.setPen(QPen(QColor(self.theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self._box_of(column)).adjusted(1, 1, -1, -1), 8, 8)
        if card is not None:
            placed = self.layout_of_cards.placed(card)
            shift = drag.at - drag.begin
            painter.setOpacity(_DRAGGED)
            at = self.place_of(placed).translated(shift)
            paint_card(painter, placed, at, CardState(is_selected=True), self.theme)

    def _box_of(self, column: int) -> QRect:
        if column == LATER:
            return self._later()
        place = self.layout_of_cards.columns[column]
        left = place.left() - self.horizontalScrollBar().value()
        return QRect(left, 0, place.width(), self.viewport().height())
