"""Limits on scales of levels; the scale in use is the one of the session's model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MIN_LEVEL_COUNT = 2
MAX_LEVEL_COUNT = 10
LOWEST_LEVELS = (0, 1)
"""Allowed lowest levels of a scale."""

HIGHEST_LEVEL = max(LOWEST_LEVELS) + MAX_LEVEL_COUNT - 1
"""The highest number a level can have."""

LEVEL_KEYS = tuple("1234567890")
"""The digits that set a level, in the order of the keyboard."""

USUAL_HIGHEST_LEVEL = 5
"""A scale of imported pages ends at this level or higher."""


def scale_of_pages(levels: Iterable[int]) -> range:
    """The scale that pages with these levels describe: from 1 (or 0) to at least 5."""
    known = tuple(levels)
    return range(min(1, *known), max(USUAL_HIGHEST_LEVEL, *known) + 1)


def key_of_level(level: int) -> str:
    """The digit that sets a level: its own, and for level 10 the ``0`` of a scale without level 0.

    Unique within a scale, as none has more than ten levels.
    """
    return str(level % 10)


def keys_of_levels(scale: Sequence[int]) -> tuple[str, str]:
    """First and last key of the run of digits that sets a scale's levels, without a 10."""
    return str(scale[0]), str(min(scale[-1], 9))


def missing_levels(levels: Iterable[int]) -> list[int]:
    """The holes in a scale, in ascending order."""
    known = set(levels)
    return sorted(set(range(min(known), max(known))) - known)
