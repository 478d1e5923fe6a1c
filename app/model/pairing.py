"""Pairs the parts of two models that are the same thing in two languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Literal, Protocol, TypeVar

How = Literal["id", "position"]


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Part = TypeVar("Part", bound=_HasId)


@dataclass(frozen=True, slots=True)
class Pair(Generic[Part]):
    """Two parts that belong together, and how that was found."""

    ours: Part
    theirs: Part
    how: How


def _any_two(_ours: Part, _theirs: Part) -> bool:
    return True


def pair_up(
    ours: Sequence[Part],
    theirs: Sequence[Part],
    fits: Callable[[Part, Part], bool] = _any_two,
) -> list[Pair[Part]]:
    """Pair by id; what stands between two such pairs goes by position.

    Position decides only where both sides have equally many parts, in all and there, and all of
    them ``fits``; otherwise it would be a guess.
    """
    place_by_id = {part.id: place for place, part in enumerate(theirs)}
    anchors = [
        (place, place_by_id[part.id]) for place, part in enumerate(ours) if part.id in place_by_id
    ]
    pairs = [Pair(ours[place], theirs[other], "id") for place, other in anchors]
    taken = {other for _, other in anchors}
    for (start, their_start), (end, their_end) in pairwise(
        [(-1, -1), *anchors, (len(ours), len(theirs))]
    ):
        if taken.intersection(range(their_start + 1, their_end)):
            continue
        between, their_between = ours[start + 1 : end], theirs[their_start + 1 : their_end]
        is_even = len(ours) == len(theirs) and len(between) == len(their_between)
        if is_even and all(map(fits, between, their_between)):
            pairs += [
                Pair(part, other, "position")
                for part, other in zip(between, their_between, strict=True)
            ]
    return pairs
