"""Hyphenation of long words: pyphen's patterns, plus joints of German compounds.

A part at either end of a word has at least four letters, because a shorter one on a line of its
own looks like a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyphen import HyphDict

LEAST_PART = 4
_RUN_OF_LETTERS = re.compile(rf"[^\W\d_]{{{2 * LEAST_PART},}}")
_LEVELS = b"\nNEXTLEVEL\n"
_SECOND_PARTS = re.compile(
    r"(?<=\w{4})(?=ablauf|abläufe|analyse|anforder|arbeit|architektur|aufgabe|einsatz|einstellung"
    r"|entwicklung|erfahrung|erkennung|ergebnis|investition|release|scan|sicherheit|stand|strategi"
    r"|struktur|team|umgebung|verantwort)",
    re.IGNORECASE,
)
"""Second parts of German compounds, many of which the patterns do not tell from the first."""
_LINKING_S = re.compile(
    r"((?<=beits|heits|keits|hmens)|(?<=ungs|ions|afts|äfts|täts))(?=\w{4})", re.IGNORECASE
)
_VOWELS = frozenset("aeiouyäöü")


def with_soft_hyphens(text: str, language: str) -> str:
    """The text with a soft hyphen wherever a word of at least eight letters may be broken."""
    bounds = (0, *break_places(text, language), len(text))
    return "\N{SOFT HYPHEN}".join(text[begin:end] for begin, end in pairwise(bounds))


def best_break(text: str, language: str) -> int:
    """Best position to break a long word, in characters; 0 if there is none.

    At a joint of a German compound if there is one, else at a syllable; nearest to the middle.
    """
    places = break_places(text, language)
    joints = [place for place in places if language == "de" and place in _joints(text)]
    return min(joints or places, key=lambda place: abs(place - len(text) / 2), default=0)


def load_patterns(language: str) -> None:
    """Load the patterns of a language, some 50 ms, so that the first text does not pay for it."""
    _patterns(language)


@lru_cache(maxsize=4096)
def break_places(text: str, language: str) -> tuple[int, ...]:
    """All places where a text may be broken inside its words, in ascending order."""
    patterns = _patterns(language)
    if patterns is None:
        return ()
    return tuple(
        run.start() + place
        for run in _RUN_OF_LETTERS.finditer(text)
        for place in _syllables(run.group(), patterns, is_german=language == "de")
        if LEAST_PART <= place <= len(run.group()) - LEAST_PART
    )


def _syllables(word: str, patterns: HyphDict, *, is_german: bool) -> Iterator[int]:
    if not is_german:
        yield from _positions(word, patterns)
        return
    for begin, end in pairwise(sorted({0, *_joints(word), len(word)})):
        if begin:
            yield begin
        part = word[begin:end]
        yield from (begin + place for place in _with_vowels(part, _positions(part, patterns)))


def _joints(word: str) -> set[int]:
    """Joints of a German compound, guessed from its letters."""
    return {
        match.start() for joint in (_SECOND_PARTS, _LINKING_S) for match in joint.finditer(word)
    }


def _with_vowels(word: str, places: list[int]) -> Iterator[int]:
    """Drop breaks that leave consonants alone: they belong to the syllable before them.

    LibreOffice, for which the dictionary is made, drops them at the joints of compounds.
    """
    for place, after in pairwise([*places, len(word)]):
        if not _VOWELS.isdisjoint(word[place:after].lower()):
            yield place


def _positions(word: str, patterns: HyphDict) -> list[int]:
    """Breaks that change no letter, neither at the very beginning nor at the very end."""
    return [
        place for place in patterns.positions(word) if not place.data and 1 < place < len(word) - 1
    ]


@lru_cache(maxsize=4)
def _patterns(language: str) -> HyphDict | None:
    """The patterns of a language, read once; ``None`` where pyphen has none."""
    import pyphen

    known = pyphen.language_fallback("en_GB" if language == "en" else language)
    if not known:
        return None
    file: Any = _SyllablePatterns(pyphen.LANGUAGES[known])
    return pyphen.HyphDict(file)


class _SyllablePatterns:
    """A dictionary file without its first level, with what pyphen asks of a path.

    Where a dictionary has two levels, the first is for compounds and meant to be applied before
    the second; pyphen mixes both, which yields wrong breaks (*Forts-chritt*). The German list of
    69,000 compounds would also take most of a second to read.
    """

    def __init__(self, path: Path) -> None:
        content = path.read_bytes()
        encoding, _, patterns = content.partition(b"\n")
        self._content = encoding + b"\n" + patterns.rpartition(_LEVELS)[2]

    def open(self, _mode: str) -> BytesIO:
        return BytesIO(self._content)

    def read_text(self, encoding: str) -> str:
        return self._content.decode(encoding)
