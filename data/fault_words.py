"""Wording of faults in input files: paths, shortened values, suggestions for misspelt keys."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from app.words.texts import N_

NO_AREA = N_("There is no area with the id {id}.")
NO_AREA_BUT = N_("There is no area with the id {id}; did you mean {suggestion}?")

Place = tuple[str | int, ...]
"""Keys and list positions (from 0) from the top of a document to one of its parts."""

_MAX_GUESSED_LENGTH = 60
_MAX_CANDIDATES = 200


def path_in_words(place: Sequence[str | int]) -> str:
    """For example ``dimensions.2.areas.0.id``; very long keys are shortened."""
    return ".".join(shortened(str(part)) for part in place)


def shortened(text: str, length: int = 40) -> str:
    """The text on one line and no longer than this, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def closest(word: str, candidates: Sequence[str]) -> str | None:
    """The closest candidate to a misspelt word; ``None`` if none is close or the search is slow."""
    if len(word) > _MAX_GUESSED_LENGTH or len(candidates) > _MAX_CANDIDATES:
        return None
    found = get_close_matches(word.casefold(), [*map(str.casefold, candidates)], n=1, cutoff=0.75)
    return next((each for each in candidates if found and each.casefold() == found[0]), None)
