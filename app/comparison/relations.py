"""Relations between the areas of two sessions: the same, edited, only in one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from app.model.comparability import comparable_area_ids
from app.session.rating import Rating
from app.session.session import Session


class Relation(StrEnum):
    """An area of the earlier and of the later session."""

    SAME = "same"
    """Same id and same level texts."""

    EQUIVALENT = "equivalent"
    """Edited or renamed, and people said that it still asks the same."""

    EDITED = "edited"
    """Same id, other level texts, and nobody said that they ask the same."""

    GONE = "gone"
    """Only in the earlier model."""

    NEW = "new"
    """Only in the later model."""

    @property
    def is_comparable(self) -> bool:
        """True if a difference of levels means something."""
        return self in (Relation.SAME, Relation.EQUIVALENT)


Key = tuple[str, bool]
"""Id of an area, and if it is one that is gone; see :attr:`AreaPair.key`."""

NOTHING_EQUAL: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class AreaPair:
    """An area in both sessions; ``earlier`` or ``later`` is ``None`` where the model lacks it.

    ``area_id`` and ``dimension_id`` are those of today, or of the earlier model for an area that is
    gone. ``dimension_then`` is that of the earlier model, ``None`` for a new area.
    """

    area_id: str
    dimension_id: str
    relation: Relation
    earlier: Rating | None
    later: Rating | None
    dimension_then: str | None

    @property
    def key(self) -> Key:
        """Unique in two sessions: an id may be that of a gone area and of another one of today."""
        return self.area_id, self.relation is Relation.GONE

    @property
    def area_then(self) -> str | None:
        """The id in the earlier model, if it has the area."""
        return None if self.earlier is None else self.earlier.area_id

    @property
    def is_in_either(self) -> bool:
        """True if the area applied in at least one of the sessions."""
        return _applies(self.earlier) or _applies(self.later)

    @property
    def is_in_both(self) -> bool:
        """True if the area applied both times and asks the same."""
        return self.relation.is_comparable and _applies(self.earlier) and _applies(self.later)

    @property
    def is_common(self) -> bool:
        """True if it is scored both times and asks the same: part of totals that are compared."""
        return self.relation.is_comparable and counts(self.earlier) and counts(self.later)


def counts(rating: Rating | None) -> bool:
    """True if an area is applicable and scored, and so part of a mean."""
    return rating is not None and rating.is_scored


def _applies(rating: Rating | None) -> bool:
    return rating is not None and rating.is_applicable


def area_pairs(
    earlier: Session, later: Session, equal: Mapping[str, str] = NOTHING_EQUAL
) -> tuple[AreaPair, ...]:
    """All areas of both models: those of the later one in its order, then those that are gone.

    ``equal`` holds areas of the earlier model with those of the later one that people called the
    same. It is ignored for areas that the other model has with the same texts.
    """
    same = comparable_area_ids(later.model, earlier.model, (later.language, earlier.language))
    before = {
        now: then
        for then, now in equal.items()
        if earlier.model.has_area(then) and later.model.has_area(now) and not {then, now} & same
    }
    taken = frozenset(before.values())
    pairs: list[AreaPair] = []
    met: set[str] = set()
    for dimension, area in later.model.entries():
        then = before.get(area.id, area.id)
        # An id may have been used again for something else, once its area had another one.
        was_there = earlier.model.has_area(then) and (area.id in before or then not in taken)
        if not was_there:
            relation = Relation.NEW
        elif area.id in before:
            relation = Relation.EQUIVALENT
        else:
            relation = Relation.SAME if area.id in same else Relation.EDITED
        if was_there:
            met.add(then)
        pairs.append(
            AreaPair(
                area.id,
                dimension.id,
                relation,
                earlier.rating(then) if was_there else None,
                later.rating(area.id),
                earlier.model.dimension_of(then).id if was_there else None,
            )
        )
    gone = [
        AreaPair(area.id, dimension.id, Relation.GONE, earlier.rating(area.id), None, dimension.id)
        for dimension, area in earlier.model.entries()
        if area.id not in met
    ]
    return (*pairs, *gone)


def within_dimension(pairs: Iterable[AreaPair], dimension_id: str) -> Iterator[AreaPair]:
    """The areas of one dimension; those that moved come and go like those of the model."""
    for pair in pairs:
        is_in = pair.dimension_id == dimension_id and pair.later is not None
        was_in = pair.dimension_then == dimension_id
        if is_in and not was_in:
            yield replace(pair, relation=Relation.NEW, earlier=None, dimension_then=None)
        elif was_in and not is_in:
            yield replace(
                pair,
                area_id=pair.area_then or pair.area_id,
                relation=Relation.GONE,
                later=None,
                dimension_id=dimension_id,
            )
        elif is_in:
            yield pair
