"""Aligns headings that denote the same area but are worded differently on other pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

_KEPT_SIGNS = frozenset("+#&")


def heading_key(heading: str) -> str:
    """Key for comparing headings: normalised, case-folded letters and digits.

    Spaces, hyphens, slashes and icons do not count, so ``Container- und Runtime-Management`` and
    ``Container und Runtimemanagement`` are the same.
    """
    folded = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(sign for sign in folded if _counts(sign))


def _counts(sign: str) -> bool:
    """True for letters, digits, the vowel signs of many scripts, and a few others."""
    return sign.isalnum() or sign in _KEPT_SIGNS or unicodedata.category(sign) in {"Mn", "Mc"}


def heading_keys(headings: Iterable[str]) -> frozenset[str]:
    """The keys of several headings; one without any letter has none."""
    return frozenset(key for heading in headings if (key := heading_key(heading)))


def match_headings(slots: Sequence[frozenset[str]], headings: Sequence[str]) -> dict[int, int]:
    """Index of a heading to index of the slot that knows it; each slot is taken at most once.

    Where several slots know a heading, only if there are enough such headings to serve all of
    them in order.
    """
    slots_by_key: dict[str, list[int]] = {}
    for slot, keys in enumerate(slots):
        for key in keys:
            slots_by_key.setdefault(key, []).append(slot)
    indices_by_key: dict[str, list[int]] = {}
    for index, heading in enumerate(headings):
        indices_by_key.setdefault(heading_key(heading), []).append(index)
    found: dict[int, int] = {}
    for key, indices in indices_by_key.items():
        free = [slot for slot in slots_by_key.get(key, ()) if slot not in found.values()]
        if len(indices) >= len(free):
            found |= zip(indices, free, strict=False)
    return found


def match_positions(
    open_headings: Sequence[int],
    open_slots: Sequence[int],
    found: Mapping[int, int],
    *,
    in_order: bool,
) -> dict[int, int]:
    """Headings that no slot knows to the free slots, in order; all of them or none.

    Both must have the same number, otherwise position would be a guess. With ``in_order`` each
    heading must also stand between the known ones its slot stands between, because a page that
    lacks an area and has a foreign section elsewhere gives equal numbers too.
    """
    if len(open_headings) != len(open_slots):
        return {}
    matched = dict(zip(open_headings, open_slots, strict=True))
    if in_order and not all(_stands_between(*pair, found) for pair in matched.items()):
        return {}
    return matched


def _stands_between(index: int, slot: int, found: Mapping[int, int]) -> bool:
    before = max((each for at, each in found.items() if at < index), default=-1)
    after = min((each for at, each in found.items() if at > index), default=slot + 1)
    return before < slot < after
