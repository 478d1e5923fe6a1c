"""Aligns headings that denote the same area but are worded differently on other pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal

Found = tuple[int, Literal["heading", "position"]]
"""Index of the slot a heading belongs to, and how that was found."""

_KEPT_SIGNS = frozenset("+#&")


def heading_key(heading: str) -> str:
    """Key for comparing headings: normalised, case-folded letters and digits.

    Spaces, hyphens, slashes and icons do not count, so ``Container- und Runtime-Management`` and
    ``Container und Runtimemanagement`` are the same.
    """
    folded = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(sign for sign in folded if sign.isalnum() or sign in _KEPT_SIGNS)


def heading_keys(headings: Iterable[str]) -> frozenset[str]:
    """The keys of several headings; one without any letter has none."""
    return frozenset(key for heading in headings if (key := heading_key(heading)))


def align(
    slots: Sequence[frozenset[str]],
    headings: Sequence[str],
    *,
    min_known: int = 0,
    in_order: bool = False,
) -> list[Found | None]:
    """For each heading the slot it belongs to, each slot at most once, or ``None``.

    First by heading: a heading goes to a slot that knows it; where several slots do, only if
    there are enough such headings to serve all of them in order. The others go by position among
    the slots still free, but only if both have the same number and at least ``min_known``
    headings were known; otherwise position would be a guess. With ``in_order`` a heading must
    also stand between the known ones its slot stands between, because a page that lacks an area
    and has a foreign section elsewhere gives equal numbers too.
    """
    found: list[Found | None] = [None] * len(headings)
    _by_heading(slots, headings, found)
    open_headings = [index for index, each in enumerate(found) if each is None]
    taken = {each[0] for each in found if each}
    open_slots = [index for index in range(len(slots)) if index not in taken]
    known = len(headings) - len(open_headings)
    if len(open_headings) == len(open_slots) and known >= min_known:
        by_heading = list(found)
        for index, slot in zip(open_headings, open_slots, strict=True):
            if not in_order or _stands_between(index, slot, by_heading):
                found[index] = (slot, "position")
    return found


def _stands_between(index: int, slot: int, found: Sequence[Found | None]) -> bool:
    before = next((each[0] for each in reversed(found[:index]) if each), -1)
    after = next((each[0] for each in found[index + 1 :] if each), slot + 1)
    return before < slot < after


def _by_heading(
    slots: Sequence[frozenset[str]], headings: Sequence[str], found: list[Found | None]
) -> None:
    slots_by_key: dict[str, list[int]] = {}
    for slot, keys in enumerate(slots):
        for key in keys:
            slots_by_key.setdefault(key, []).append(slot)
    indices_by_key: dict[str, list[int]] = {}
    for index, heading in enumerate(headings):
        indices_by_key.setdefault(heading_key(heading), []).append(index)
    taken: set[int] = set()
    for key, indices in indices_by_key.items():
        free = [slot for slot in slots_by_key.get(key, ()) if slot not in taken]
        if len(indices) >= len(free):
            for index, slot in zip(indices, free, strict=False):
                found[index] = (slot, "heading")
                taken.add(slot)
