"""Lines of a label: breaking it into lines, breaking long words, shortening."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations, pairwise

from exports.hyphenation import best_break

Measure = Callable[[str, float], float]
"""Width of one line of text at a size, both in points."""

LINE_HEIGHT = 1.25
ELLIPSIS = "…"
_FEWEST_LETTERS = 5
_LONG_WORD = 12


@dataclass(frozen=True, slots=True)
class Wrap:
    """A label in lines, with its width and height in points."""

    lines: tuple[str, ...]
    width: float
    height: float

    @property
    def letters(self) -> int:
        """Number of letters of the label that are left, line breaks aside."""
        return sum(map(str.isalnum, "".join(self.lines)))


def shortened(text: str, room: float, size: float, measure: Measure) -> str:
    """The text, cut with … where it is wider than ``room``."""
    if measure(text, size) <= room:
        return text
    low, high = min(_FEWEST_LETTERS, len(text)), len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip() + ELLIPSIS, size) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


def wrapped(
    text: str, lines: int, size: float, measure: Measure, language: str = ""
) -> tuple[str, ...]:
    """The text in exactly so many lines where it has as many words, the longest line shortest.

    Lines may end after a hyphen of the text; with a ``language`` long words are broken too, as
    is right in that language.
    """
    parts = _parts(text, language)
    if not parts:
        return ("",)
    lines = max(1, min(lines, len(parts)))

    @cache
    def width(begin: int, end: int) -> float:
        return measure(_line(parts[begin:end]), size)

    best: tuple[int, ...] = (0, len(parts))
    best_width = float("inf")
    for breaks in combinations(range(1, len(parts)), lines - 1):
        bounds = (0, *breaks, len(parts))
        widest = max(width(begin, end) for begin, end in pairwise(bounds))
        if widest < best_width:
            best, best_width = bounds, widest
    return tuple(_line(parts[begin:end]) for begin, end in pairwise(best))


@lru_cache(maxsize=4096)
def _parts(text: str, language: str) -> tuple[tuple[str, str], ...]:
    """All words of a text as parts, as :func:`_parts_of_word` gives them."""
    return tuple(part for word in text.split() for part in _parts_of_word(word, language))


def _parts_of_word(word: str, language: str) -> list[tuple[str, str]]:
    """A word as parts with what follows each: a blank, nothing, or a hyphen at a line's end."""
    pieces = [piece for piece in re.split(r"(?<=\w{2}[-–])(?=\w)", word) if piece]
    parts: list[tuple[str, str]] = []
    for piece in pieces:
        place = best_break(piece, language) if language and len(piece) >= _LONG_WORD else 0
        if place:
            parts += [(piece[:place], "-"), (piece[place:], "")]
        else:
            parts.append((piece, ""))
    return [*parts[:-1], (parts[-1][0], " ")] if parts else []


def _line(parts: Sequence[tuple[str, str]]) -> str:
    """Parts as one line; only at its end a broken word shows a hyphen."""
    inside = "".join(text + follows.strip("-") for text, follows in parts[:-1])
    last, follows = parts[-1]
    return inside + last + follows.strip()
