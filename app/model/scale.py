"""Limits on scales of levels; the scale in use is the one of the session's model."""

from __future__ import annotations

from collections.abc import Iterable

MIN_LEVEL_COUNT = 2
MAX_LEVEL_COUNT = 10
LOWEST_LEVELS = (0, 1)
"""Allowed lowest levels of a scale."""

HIGHEST_LEVEL = max(LOWEST_LEVELS) + MAX_LEVEL_COUNT - 1
"""The highest number a level can have."""

HIGHEST_WITH_KEY = 9
"""The highest level with a digit of its own on the keyboard; the others are picked."""

USUAL_HIGHEST_LEVEL = 5
"""A scale of imported pages ends at this level or higher."""


def scale_of_pages(levels: Iterable[int]) -> range:
    """The scale that pages with these levels describe: from 1 (or 0) to at least 5."""
    known = tuple(levels)
    return range(min(1, *known), max(USUAL_HIGHEST_LEVEL, *known) + 1)


def missing_levels(levels: Iterable[int]) -> list[int]:
    """The holes in a scale, in ascending order."""
    known = set(levels)
    return sorted(set(range(min(known), max(known))) - known)
