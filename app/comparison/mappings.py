"""Mappings between versions of a model: the areas of an older one, and those of a newer one.

Only *equal* carries a level over; the other relations are hints for people.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from operator import attrgetter
from typing import Any, Protocol

from app.comparison.reviews import Verdict
from app.errors import InvalidFile, InvalidInput
from app.model.comparability import comparable_area_ids
from app.model.maturity_model import MaturityModel
from app.session.compact_json import compact_json
from app.words.texts import N_

FORMAT = "stufenplan-mapping"
FORMAT_VERSION = 1

RELATIONS = tuple(verdict for verdict in Verdict if verdict is not Verdict.DIFFERENT)
"""Those that a mapping can state."""


@dataclass(frozen=True, slots=True, order=True)
class ModelVersion:
    """One version of a model."""

    model_id: str
    content_version: str

    def __str__(self) -> str:
        return f"{self.model_id} {self.content_version}"


def version_of(model: MaturityModel) -> ModelVersion:
    """The version that a model is."""
    return ModelVersion(model.id, model.content_version)


@dataclass(frozen=True, slots=True)
class MappedAreas:
    """An area of the older version and one of the newer, and how the old one relates to it."""

    area_then: str
    area_now: str
    relation: Verdict

    @property
    def reversed(self) -> MappedAreas:
        """The same, seen from the newer version."""
        return MappedAreas(self.area_now, self.area_then, reversed_relation(self.relation))


def reversed_relation(relation: Verdict) -> Verdict:
    """The relation seen from the other side: what is a part of something is covered by it."""
    return {Verdict.PART_OF: Verdict.COVERS, Verdict.COVERS: Verdict.PART_OF}.get(
        relation, relation
    )


@dataclass(frozen=True, slots=True)
class ModelMapping:
    """The areas of two versions of a model, or of two models; ``source`` tells who says so.

    ``pairs`` are kept in the order of their ids, so that equal mappings compare equal.
    """

    earlier: ModelVersion
    later: ModelVersion
    pairs: tuple[MappedAreas, ...]
    source: str = ""

    def __post_init__(self) -> None:
        """Sort the pairs."""
        by_ids = attrgetter("area_then", "area_now")
        object.__setattr__(self, "pairs", tuple(sorted(self.pairs, key=by_ids)))

    @property
    def versions(self) -> tuple[ModelVersion, ModelVersion]:
        """Both versions, the older one first."""
        return self.earlier, self.later

    @property
    def equal(self) -> tuple[MappedAreas, ...]:
        """The pairs that carry a level over."""
        return tuple(pair for pair in self.pairs if pair.relation is Verdict.EQUAL)

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON, 64 hexadecimal digits."""
        return hashlib.sha256(mapping_to_json(self).encode("utf-8")).hexdigest()


class Mappings(Protocol):
    """The mappings of one library. All of them are logged; one is taken back by withdrawing it."""

    def all(self) -> tuple[ModelMapping, ...]:
        """The mappings in force, oldest first."""

    def add(self, mapping: ModelMapping, by: str = "") -> None:
        """Store a mapping; one that is in force already changes nothing.

        Raises ``InvalidInput``, see :func:`check_new_mapping`.
        """

    def withdraw(self, digest: str, by: str = "") -> None:
        """Take the mapping with this digest back; raises ``NotFound`` unless it is in force."""


# ---- canonical form ----------------------------------------------------------------------------


def mapping_to_document(mapping: ModelMapping) -> dict[str, Any]:
    """The mapping as plain dictionaries, lists and texts, keys in the order of a file."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "from": _version_to_document(mapping.earlier),
        "to": _version_to_document(mapping.later),
        **({"source": mapping.source} if mapping.source else {}),
        "pairs": [
            {"from": pair.area_then, "to": pair.area_now, "relation": pair.relation.value}
            for pair in mapping.pairs
        ],
    }


def _version_to_document(version: ModelVersion) -> dict[str, str]:
    return {"model": version.model_id, "version": version.content_version}


def mapping_to_json(mapping: ModelMapping) -> str:
    """The canonical JSON text, in Unicode form NFC; :func:`mapping_from_document` reads it."""
    return unicodedata.normalize("NFC", compact_json(mapping_to_document(mapping)))


def mapping_from_document(document: dict[str, Any]) -> ModelMapping:
    """The mapping of a document that was checked before it was stored.

    Raises ``InvalidFile`` where the structure does not fit. A file from outside goes through
    ``data.models`` instead, which names every fault.
    """
    try:
        return ModelMapping(
            _version_from_document(document["from"]),
            _version_from_document(document["to"]),
            tuple(
                MappedAreas(pair["from"], pair["to"], Verdict(pair["relation"]))
                for pair in document["pairs"]
            ),
            document.get("source", ""),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidFile(
            N_("The stored mapping of a model is incomplete or damaged ({detail})."),
            detail=f"{type(error).__name__}: {error}",
        ) from error


def _version_from_document(document: dict[str, str]) -> ModelVersion:
    return ModelVersion(document["model"], document["version"])


# ---- completeness and faults -------------------------------------------------------------------


def with_unchanged_areas(
    mapping: ModelMapping, earlier: MaturityModel, later: MaturityModel
) -> ModelMapping:
    """The mapping with areas added that have one id and the same texts in both versions.

    So it can be continued by another one without either model at hand.
    """
    taken = {(side, area_id) for side, area_id in _equal_sides(mapping)}
    unchanged = tuple(
        MappedAreas(area_id, area_id, Verdict.EQUAL)
        for area_id in unchanged_area_ids(earlier, later)
        if not {(0, area_id), (1, area_id)} & taken
    )
    return replace(mapping, pairs=(*mapping.pairs, *unchanged)) if unchanged else mapping


def unchanged_area_ids(earlier: MaturityModel, later: MaturityModel) -> frozenset[str]:
    """Areas with the same texts in every language that both versions have."""
    return comparable_area_ids(later, earlier, (*later.languages, *earlier.languages))


def _equal_sides(mapping: ModelMapping) -> Iterator[tuple[int, str]]:
    for pair in mapping.equal:
        yield 0, pair.area_then
        yield 1, pair.area_now


def mapping_between(
    earlier: MaturityModel,
    later: MaturityModel,
    pairs: Iterable[MappedAreas],
    source: str = "",
) -> ModelMapping:
    """A mapping of these pairs and of all areas that did not change; the first of a kind counts.

    Raises ``InvalidInput`` for one and the same version.
    """
    _check_ends(version_of(earlier), version_of(later))
    listed: dict[tuple[str, str], MappedAreas] = {}
    for pair in pairs:
        listed.setdefault((pair.area_then, pair.area_now), pair)
    made = ModelMapping(version_of(earlier), version_of(later), tuple(listed.values()), source)
    return with_unchanged_areas(made, earlier, later)


def _check_ends(earlier: ModelVersion, later: ModelVersion) -> None:
    if earlier == later:
        raise InvalidInput(SAME_VERSION, version=earlier)


SAME_VERSION = N_(
    "Both versions are the same, {version}. A mapping leads from one version to another."
)


def check_new_mapping(new: ModelMapping, known: Iterable[ModelMapping]) -> None:
    """Raise ``InvalidInput`` for a mapping that does not fit to those known already.

    It leads from one version to itself, there is another one for the same two versions, or the
    versions would form a circle.
    """
    known = tuple(known)
    _check_ends(new.earlier, new.later)
    if any(each.versions == new.versions and each != new for each in known):
        raise InvalidInput(
            N_(
                "There is another mapping from {earlier} to {later} already. Withdraw that one"
                " first."
            ),
            earlier=new.earlier,
            later=new.later,
        )
    if path := circle_with(new, known):
        raise InvalidInput(
            N_(
                "The versions would form a circle: {path}. A mapping leads from an older version"
                " to a newer one."
            ),
            path=" → ".join(map(str, path)),
        )


def circle_with(new: ModelMapping, known: Iterable[ModelMapping]) -> tuple[ModelVersion, ...]:
    """The versions of a circle that a new mapping would close, the first one repeated at the end.

    Empty if there is none.
    """
    back = _path(new.later, new.earlier, [each.versions for each in known])
    return (new.earlier, *back) if back else ()


# ---- chains ------------------------------------------------------------------------------------


def mapped_between(
    earlier: ModelVersion, later: ModelVersion, known: Sequence[ModelMapping]
) -> tuple[tuple[MappedAreas, ...], tuple[ModelMapping, ...]]:
    """The areas of two versions along the shortest chain of mappings, and the mappings used.

    A chain may also lead back to an older version. *Equal* and the other relations are put
    together where that says something: a part of a part is a part, whereas what is a part of
    something may or may not overlap with another part. Both are empty without a chain.
    """
    by_ends: dict[tuple[ModelVersion, ModelVersion], ModelMapping] = {}
    for mapping in known:
        by_ends.setdefault(mapping.versions, mapping)
    both_ways = [*by_ends, *((after, before) for before, after in by_ends)]
    path = _path(earlier, later, both_ways)
    if len(path) < 2:
        return (), ()
    steps: list[tuple[MappedAreas, ...]] = []
    used: list[ModelMapping] = []
    for ends in pairwise(path):
        is_forward = ends in by_ends
        mapping = by_ends[ends if is_forward else ends[::-1]]
        used.append(mapping)
        steps.append(
            mapping.pairs if is_forward else tuple(pair.reversed for pair in mapping.pairs)
        )
    return reduce(_continued, steps), tuple(used)


def _path(
    start: ModelVersion, end: ModelVersion, ways: Iterable[tuple[ModelVersion, ModelVersion]]
) -> tuple[ModelVersion, ...]:
    """The shortest way between two versions, of several the first in their order; else empty."""
    after: dict[ModelVersion, list[ModelVersion]] = {}
    for one, other in sorted(ways):
        after.setdefault(one, []).append(other)
    came_from: dict[ModelVersion, ModelVersion | None] = {start: None}
    queue = [start]
    for version in queue:
        if version == end:
            break
        for following in after.get(version, ()):
            if following not in came_from:
                came_from[following] = version
                queue.append(following)
    if end not in came_from:
        return ()
    path: list[ModelVersion] = []
    at: ModelVersion | None = end
    while at is not None:
        path.append(at)
        at = came_from[at]
    return tuple(reversed(path))


def _continued(
    first: tuple[MappedAreas, ...], second: tuple[MappedAreas, ...]
) -> tuple[MappedAreas, ...]:
    """Two mappings, one after the other; of two ways between the same areas the first one."""
    following: dict[str, list[MappedAreas]] = {}
    for pair in second:
        following.setdefault(pair.area_then, []).append(pair)
    found: dict[tuple[str, str], MappedAreas] = {}
    for pair in sorted(first, key=lambda each: each.relation is not Verdict.EQUAL):
        for after in following.get(pair.area_now, ()):
            relation = _put_together(pair.relation, after.relation)
            if relation is not None:
                ends = (pair.area_then, after.area_now)
                found.setdefault(ends, MappedAreas(*ends, relation))
    return tuple(found[ends] for ends in sorted(found))


def _put_together(first: Verdict, second: Verdict) -> Verdict | None:
    """The relation of two areas by way of a third; ``None`` where it can be any."""
    if first is Verdict.EQUAL or first is second is not Verdict.OVERLAPS:
        return second
    return first if second is Verdict.EQUAL else None
