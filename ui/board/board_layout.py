"""Geometry of the board: where columns and cards stand, and how their words are broken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

from exports.hyphenation import break_places
from ui.board.board_model import LATER, Board, Card
from ui.painting.rows import sized
from ui.type_scale import scaled

HEAD, GAP, CARD_GAP = 62, 8, 8
PAD, EDGE = 7, 4
SMALL, TITLE = 15, 17
_MOST_TEXTS, _LINES_OF_A_REASON = 4000, 5
_HYPHENS, _SOFT = ("-", "/", "–"), "\N{SOFT HYPHEN}"
_NARROWEST, _WIDEST, _LATER, _LATER_SHARE = 142, 300, 188, 0.24


@dataclass(frozen=True, slots=True)
class PlacedCard:
    """A card, its place in the content, and the lines of its title and remark."""

    card: Card
    where: QRect
    title: tuple[str, ...]
    remark: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoardLayout:
    """Places of all columns and cards; y counts from below the heads of the columns.

    ``columns`` count x from the left edge of the first one and are scrolled sideways; cards in
    *Later* count x from the left edge of that column, which stays in view. ``height`` is that of
    the cards in quarters, ``later_height`` that of the others.
    """

    columns: tuple[QRect, ...]
    later_width: int
    cards: tuple[PlacedCard, ...]
    height: int
    later_height: int

    @property
    def width(self) -> int:
        """Width of all quarters side by side."""
        return self.columns[-1].right() + 1 if self.columns else 0

    def placed(self, card: Card) -> PlacedCard:
        """The place of a card; raises ``StopIteration`` for a card of another board."""
        return next(each for each in self.cards if each.card is card)


class CardTexts:
    """Broken lines of titles and remarks, kept for the next layout."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, str, int], tuple[str, ...]] = {}

    def lines(
        self, text: str, room: int, font: QFont, language: str, most: int = 3
    ) -> tuple[str, ...]:
        """The text on up to so many lines."""
        key = text, room, language, font.pixelSize()
        if key not in self._known:
            if len(self._known) > _MOST_TEXTS:
                self._known.clear()
            self._known[key] = broken_lines(text, room, QFontMetrics(font), language, most)
        return self._known[key]


def lay_out(board: Board, width: int, font: QFont, language: str, texts: CardTexts) -> BoardLayout:
    """Place everything in a view of this width.

    The quarters share the room beside *Later* while they are wide enough to read; otherwise they
    keep a least width and are scrolled. A card of several quarters stands above those of one.
    """
    count = max(1, len(board.columns))
    share = min(scaled(_WIDEST), width // (count + 1) - scaled(GAP))
    later = max(share, min(scaled(_LATER), max(scaled(_NARROWEST), round(width * _LATER_SHARE))))
    gap = scaled(GAP)
    room = width - later - gap
    each = min(scaled(_WIDEST), max(scaled(_NARROWEST), (room + gap) // count - gap))
    columns = tuple(QRect(n * (each + gap), 0, each, 0) for n in range(len(board.columns)))
    placer = _Placer(len(columns), font, language, texts)
    wide_first = sorted(board.cards, key=lambda card: -card.span)
    placed = {id(card): placer.place(card, columns, later) for card in wide_first}
    cards = tuple(placed[id(card)] for card in board.cards)
    heights = {
        is_later: max(
            (e.where.bottom() + 1 for e in cards if (e.card.column == LATER) is is_later),
            default=0,
        )
        for is_later in (False, True)
    }
    return BoardLayout(columns, later, cards, heights[False], heights[True])


class _Placer:
    """Puts each card into the first gap that it fits in, from the top."""

    def __init__(self, columns: int, font: QFont, language: str, texts: CardTexts) -> None:
        self._taken: dict[int, list[tuple[int, int]]] = {
            column: [] for column in (LATER, *range(columns))
        }
        self._bold = sized(font, 13, QFont.Weight.DemiBold)
        self._small = sized(font, 11)
        self._language, self._texts = language, texts

    def place(self, card: Card, columns: tuple[QRect, ...], later: int) -> PlacedCard:
        """Find the place of a card, and keep it free of others."""
        if card.column == LATER:
            left, width = scaled(PAD), later - 2 * scaled(PAD)
            covered: Iterable[int] = (LATER,)
        else:
            last = min(card.column + card.span, len(columns)) - 1
            left = columns[card.column].left()
            width = columns[last].right() + 1 - left
            covered = range(card.column, last + 1)
        inside = width - 2 * scaled(PAD) - scaled(EDGE)
        title = self._texts.lines(card.title, inside, self._bold, self._language)
        remark = self._texts.lines(
            card.remark, inside, self._small, self._language, _LINES_OF_A_REASON
        )
        height = card_height(card, len(title), len(remark))
        top = self._first_gap(tuple(covered), height)
        for column in covered:
            self._taken[column].append((top, top + height + scaled(CARD_GAP)))
            self._taken[column].sort()
        return PlacedCard(card, QRect(left, top, width, height), title, remark)

    def _first_gap(self, covered: tuple[int, ...], height: int) -> int:
        top = 0
        for begin, end in sorted(span for column in covered for span in self._taken[column]):
            if begin < top + height and end > top:
                top = end
        return top


def broken_lines(
    text: str, room: int, metrics: QFontMetrics, language: str, most: int
) -> tuple[str, ...]:
    """A text on up to so many full lines, the last of them elided where there is more."""
    lines = [""]
    for word in text.split():
        for place, piece in enumerate(_pieces(word, room, metrics, language)):
            line = f"{lines[-1]} {piece}" if lines[-1] and not place else lines[-1] + piece
            if metrics.horizontalAdvance(_ended(line, word)) <= room or not lines[-1]:
                lines[-1] = line
                continue
            if place and not lines[-1].endswith(_HYPHENS):
                lines[-1] += _SOFT
            lines.append(piece)
    if len(lines) > most:
        rest = "".join(
            line if line.endswith((*_HYPHENS, _SOFT)) else f"{line} " for line in lines[most - 1 :]
        ).replace(_SOFT, "")
        last = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room)
        lines = [*lines[: most - 1], last]
    return tuple(line.replace(_SOFT, "-") for line in lines if line)


def _pieces(word: str, room: int, metrics: QFontMetrics, language: str) -> Iterator[str]:
    """Parts of a word at its hyphens and, in one that is too long for a line, its syllables."""
    places = {found.end() for found in re.finditer(r"\w[-/–](?=\w)", word)}
    if metrics.horizontalAdvance(word) > room:
        places.update(break_places(word, language))
    for begin, end in pairwise((0, *sorted(places), len(word))):
        yield word[begin:end]


def _ended(line: str, word: str) -> str:
    """The line as it looks if it ends here: with a hyphen inside of a word."""
    return line if line.endswith((word, *_HYPHENS)) else f"{line}-"


def card_height(card: Card, title_lines: int, remark_lines: int) -> int:
    """Height of a card: area, title, then owner, effort and state, or the reason for *Later*."""
    lines = remark_lines if is_reasoned(card) else remark_lines + 2
    return 2 * scaled(PAD) + title_lines * scaled(TITLE) + (lines + 1) * scaled(SMALL)


def is_reasoned(card: Card) -> bool:
    """True for a card in *Later*, which has its reason in place of owner, effort and state."""
    return card.column == LATER and bool(card.remark)
