"""Relations between the areas of two sessions: the same, edited, only in one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Decisions of people about two models.

    ``equivalent`` holds ids of areas whose edited texts ask the same, ``renamed`` the id that an
    area of the earlier model has in the later one, where both ask the same.
    """

    equivalent: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


NOTHING_REVIEWED = Reviewed()


@dataclass(frozen=True, slots=True)
class AreaPair:
    """An area in both sessions; ``earlier`` or ``later`` is ``None`` where the model lacks it.

    ``area_id`` is the id of today, that of the earlier model for an area that is gone.
    """

    area_id: str
    dimension_id: str
    relation: Relation
    earlier: Rating | None
    later: Rating | None

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
    return rating is not None and rating.is_applicable and rating.level is not None


def _applies(rating: Rating | None) -> bool:
    return rating is not None and rating.is_applicable


def area_pairs(
    earlier: Session, later: Session, reviewed: Reviewed = NOTHING_REVIEWED
) -> tuple[AreaPair, ...]:
    """All areas of both models: those of the later one in its order, then those that are gone."""
    same = comparable_area_ids(later.model, earlier.model, (later.language, earlier.language))
    before = {
        new: old
        for old, new in reviewed.renamed.items()
        if earlier.model.has_area(old) and later.model.has_area(new)
    }
    taken = frozenset(before.values())
    pairs: list[AreaPair] = []
    met: set[str] = set()
    for dimension, area in later.model.entries():
        id_then = before.get(area.id, area.id)
        # An id may have been used again for something else, once its area had another one.
        was_there = earlier.model.has_area(id_then) and (area.id in before or id_then not in taken)
        if area.id in same and was_there and id_then == area.id:
            relation = Relation.SAME
        elif not was_there:
            relation = Relation.NEW
        elif area.id in before or area.id in reviewed.equivalent:
            relation = Relation.EQUIVALENT
        else:
            relation = Relation.EDITED
        then = earlier.rating(id_then) if was_there else None
        met.update({id_then} if was_there else ())
        pairs.append(AreaPair(area.id, dimension.id, relation, then, later.rating(area.id)))
    gone = [
        AreaPair(area.id, dimension.id, Relation.GONE, earlier.rating(area.id), None)
        for dimension, area in earlier.model.entries()
        if area.id not in met
    ]
    return (*pairs, *gone)
