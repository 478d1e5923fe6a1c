"""Search for names as people type them: without case and accents, beginnings of words first."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def matches(query: str, name: str) -> bool:
    """True if a name holds every word of the query.

    Case and accents play no part: ``uberblick``, ``UEBERBLICK`` and ``Überblick`` are the same.
    """
    spellings = _spellings(name)
    return all(
        any(word in spelling for word in _spellings(part) for spelling in spellings)
        for part in query.split()
    )


def starts_a_word(query: str, name: str) -> bool:
    """True if every word of the query begins a word of the name."""
    spellings = [f" {_words_only(spelling)}" for spelling in _spellings(name)]
    return all(
        any(f" {word}" in spelling for word in _spellings(part) for spelling in spellings)
        for part in _words_only(query).split()
    )


def rank(query: str, names: Sequence[str]) -> int | None:
    """Rank of a match, 0 best; ``None`` if it does not.

    ``names`` are the name as shown first, then others that are searched, too. The name that begins
    with the query comes first, then words of the name, words of the others, and parts of words.
    """
    everything = " ".join(names)
    if not matches(query, everything):
        return None
    asked = _words_only(query).strip()
    if any(_words_only(spelling).startswith(asked) for spelling in _spellings(names[0])):
        return 0
    if starts_a_word(query, names[0]):
        return 1
    return 2 if starts_a_word(query, everything) else 3


def _words_only(text: str) -> str:
    """The text with a space for everything that is no letter or digit."""
    return "".join(sign if sign.isalnum() else " " for sign in text.casefold())


def _spellings(text: str) -> set[str]:
    folded = unicodedata.normalize("NFC", text).casefold()
    bare = unicodedata.normalize("NFKD", folded)
    without_marks = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return {folded, without_marks, folded.translate(_GERMAN)}
