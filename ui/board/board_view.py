"""The board: cards are moved between with the arrow keys, and dragged with the mouse."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent

from ui.board.board_canvas import BoardCanvas
from ui.board.board_layout import HEAD, PlacedCard
from ui.board.board_model import LATER, Card
from ui.type_scale import scaled
from ui.widgets.announcer import announce

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_EDGE = 24
_NONE = Qt.KeyboardModifier.NoModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class BoardView(BoardCanvas):
    """The board with keys; announces what is selected."""

    # ---- keys --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if arrow is not None and event.modifiers() in (_NONE, _KEYPAD):
            self.go(*arrow)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to_end(last=event.key() == Qt.Key.Key_End)
        else:
            event.ignore()

    def go(self, right: int, down: int) -> None:
        """Select the next card in a direction."""
        card = self.selected
        if card is None:
            return
        found = self._beside(card, right) if right else self._below(card, down)
        if found is not None:
            self._go_to(found, tells_column=bool(right))

    def _go_to_end(self, *, last: bool) -> None:
        cards = [each.card for each in self._in_column(self._places()[-1 if last else 0])]
        if cards:
            self._go_to(cards[0], tells_column=True)

    def _go_to(self, card: Card, *, tells_column: bool) -> None:
        self.select(card.key)
        column = self.board.column_of(card)
        announce(self, f"{column.sentence}. {card.sentence}" if tells_column else card.sentence)

    def _places(self) -> list[int]:
        """Columns that have a card beginning in them, from left to right, *Later* last."""
        taken = {card.column for card in self.board.cards}
        return [*sorted(taken - {LATER}), *([LATER] if LATER in taken else [])]

    def _in_column(self, column: int) -> list[PlacedCard]:
        cards = (each for each in self.layout_of_cards.cards if each.card.column == column)
        return sorted(cards, key=lambda each: each.where.top())

    def _below(self, card: Card, down: int) -> Card | None:
        cards = [each.card for each in self._in_column(card.column)]
        place = cards.index(card) + down
        return cards[place] if 0 <= place < len(cards) else None

    def _beside(self, card: Card, right: int) -> Card | None:
        """The card of the next column that is nearest in height."""
        places = self._places()
        place = places.index(card.column) + right
        if not 0 <= place < len(places):
            return None
        middle = self.layout_of_cards.placed(card).where.center().y()
        return min(
            self._in_column(places[place]),
            key=lambda each: abs(each.where.center().y() - middle),
        ).card

    # ---- mouse -------------------------------------------------------------------------------

    def _follow_drag(self, where: QPoint) -> None:
        """Scroll sideways while a card is held at an edge of the quarters."""
        room, edge, bar = self.quarters(), scaled(_EDGE), self.horizontalScrollBar()
        if where.x() < room.left() + edge:
            bar.setValue(bar.value() - edge)
        elif room.right() - edge < where.x() <= room.right():
            bar.setValue(bar.value() + edge)

    def words_at(self, where: QPoint) -> str:
        """Text of the tool tip at a point: a card or the head of a column."""
        card = self.step(self.step_at(where))
        if card is not None:
            return card.sentence
        column = self.column_at(where) if where.y() < scaled(HEAD) else None
        if column is None:
            return ""
        return (self.board.later if column == LATER else self.board.columns[column]).sentence
