"""Names in the order in which people look for them, in German and English."""

from __future__ import annotations

import re
import unicodedata

SortKey = tuple[tuple[tuple[int, int, str], ...], str]

_PARTS = re.compile(r"\d+|\D+")
_NO_WORD = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that Unicode does not take apart into a letter and a mark."""


def sort_key(name: str) -> SortKey:
    """The key to sort names by: *Ärztehaus* before *Zebra*, *Team 9* before *Team 10*.

    Letters with marks stand where those without stand (DIN 5007, variant 1), case and punctuation
    do not count, and digits are numbers. Names that are the same in all of this are told apart by
    their characters, so that the order is always the same.
    """
    return tuple(_part_key(part) for part in _PARTS.findall(_plain(name))), name


def _part_key(part: str) -> tuple[int, int, str]:
    """Numbers before words; a number by its length and digits, because it may be very long."""
    if not part[0].isdecimal():
        return (1, 0, part)
    digits = "".join(str(unicodedata.decimal(digit)) for digit in part).lstrip("0")
    return (0, len(digits), digits)


def _plain(name: str) -> str:
    """Letters, digits and single spaces, without marks and case."""
    if name.isascii():
        return " ".join(_NO_WORD.sub(" ", name.lower()).split())
    apart = unicodedata.normalize("NFKD", name.casefold()).translate(_LETTERS)
    kept = (c if c.isalnum() else " " for c in apart if not unicodedata.combining(c))
    return " ".join("".join(kept).split())
