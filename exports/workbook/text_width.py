"""Measures text as Arial sets it, to break it into lines the way a spreadsheet does."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_REGULAR_GROUPS = {
    191: "'",
    222: "ijl‘’",
    260: "|",
    278: " !,./:;I[\\]ft·",
    333: "()-`r¡“”„",
    334: "{}",
    350: "•",
    355: '"',
    389: "*",
    400: "°",
    469: "^",
    500: "Jcksvxyz",
    549: "≤≥",
    556: "#$0123456789?L_abdeghnopqu§«»–€",
    584: "+<=>~±×",
    611: "FTZ¿ßø",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    737: "©®",
    778: "GOQØ",
    833: "Mm",
    889: "%æ",
    944: "Wœ",
    1000: "ÆŒ—…",
    1015: "@",
}
_BOLD_GROUPS = {
    238: "'",
    278: " ,./I\\ijl·‘’",
    280: "|",
    333: "!()-:;[]`ft¡",
    350: "•",
    389: "*r{}",
    400: "°",
    474: '"',
    500: "z“”„",
    549: "≤≥",
    556: "#$0123456789J_aceksvxy§«»–€",
    584: "+<=>^~±×",
    611: "?FLTZbdghnopqu¿ßø",
    667: "EPSVXY",
    722: "&ABCDHKNRU",
    737: "©®",
    778: "GOQwØ",
    833: "M",
    889: "%mæ",
    944: "Wœ",
    975: "@",
    1000: "ÆŒ—…",
}
"""Characters by their advance width in thousandths of an em, from the published metrics of
Helvetica, whose widths Arial and Liberation Sans share. Accents do not change a width."""

_WIDE, _USUAL = 1_000, 600
"""East Asian characters and emoji fill an em; for other unknown ones a generous guess."""


def _by_character(groups: dict[int, str]) -> dict[str, int]:
    return {character: width for width, group in groups.items() for character in group}


_REGULAR, _BOLD = _by_character(_REGULAR_GROUPS), _by_character(_BOLD_GROUPS)


def text_points(text: str, size: float, *, bold: bool = False) -> float:
    """Width of one line of text in points, at this size in points."""
    return sum(_thousandths(character, bold) for character in text) * size / 1_000


def line_count(text: str, room: float, size: float, *, bold: bool = False) -> int:
    """Number of lines of a text in a width of ``room`` points.

    Breaks at blanks and after hyphens; a word that is wider than a line is broken anywhere.
    """
    room = max(room, 2 * size)
    return sum(_wrapped(part, room, size, bold) for part in text.split("\n"))


def _wrapped(text: str, room: float, size: float, bold: bool) -> int:
    if len(text) * size <= room or text_points(text, size, bold=bold) <= room:
        return 1
    blank = text_points(" ", size, bold=bold)
    count, used = 1, 0.0
    for word in text.split(" "):
        gap = blank if used else 0.0
        for piece in _pieces(word):
            width = text_points(piece, size, bold=bold)
            if used and used + gap + width > room:
                count, used, gap = count + 1, 0.0, 0.0
            if width > room:
                more, width = _broken(piece, room, size, bold)
                count += more
            used, gap = used + gap + width, 0.0
    return count


def _pieces(word: str) -> list[str]:
    """A word at its hyphens, which stay with the part before them."""
    parts = word.split("-")
    return [f"{part}-" for part in parts[:-1]] + parts[-1:]


def _broken(word: str, room: float, size: float, bold: bool) -> tuple[int, float]:
    """More lines that a word wider than a line begins, and the width of its last part."""
    more, used = 0, 0.0
    for character in word:
        width = _thousandths(character, bold) * size / 1_000
        if used + width > room:
            more, used = more + 1, 0.0
        used += width
    return more, used


@lru_cache(maxsize=4096)
def _thousandths(character: str, bold: bool) -> int:
    widths = _BOLD if bold else _REGULAR
    known = widths.get(character)
    if known is not None:
        return known
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    base = unicodedata.normalize("NFD", character)[0]
    return widths.get(base, _USUAL)
