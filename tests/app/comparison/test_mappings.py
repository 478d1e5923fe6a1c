"""Mappings between versions of a model: canonical form, chains, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.comparison.mapping_export import mapping_of_decisions
from app.comparison.mappings import (
    MappedAreas,
    ModelMapping,
    ModelVersion,
    check_new_mapping,
    mapped_between,
    mapping_between,
    mapping_from_document,
    mapping_to_json,
    with_unchanged_areas,
)
from app.comparison.reviews import Verdict
from app.errors import InvalidFile, InvalidInput
from app.model.maturity_model import (
    Area,
    Dimension,
    Level,
    LevelDescription,
    LocalText,
    MaturityModel,
)

V1, V2, V3, V4 = (ModelVersion("m", str(number)) for number in range(1, 5))
EQUAL, PART_OF, COVERS, OVERLAPS = (
    Verdict.EQUAL, Verdict.PART_OF, Verdict.COVERS, Verdict.OVERLAPS,
)  # fmt: skip


def pairs_of(*written: str) -> tuple[MappedAreas, ...]:
    """``a=b`` equal, ``a<b`` part of, ``a>b`` covers, ``a~b`` overlaps."""
    signs = {"=": EQUAL, "<": PART_OF, ">": COVERS, "~": OVERLAPS}
    return tuple(MappedAreas(each[0], each[2], signs[each[1]]) for each in written)


def mapping_of(*written: str, earlier: ModelVersion = V1, later: ModelVersion = V2) -> ModelMapping:
    return ModelMapping(earlier, later, pairs_of(*written))


def model_of(version: str, **said: str) -> MaturityModel:
    """Areas by id with what they say."""
    text = LocalText.of(en="x")
    areas = tuple(
        Area(each, text, text, levels=(LevelDescription(1, LocalText.of(en=words)),))
        for each, words in said.items()
    )
    levels = tuple(Level(number, text) for number in (1, 2))
    return MaturityModel("m", version, ("en",), text, levels, (Dimension("D", text, areas=areas),))


def test_the_canonical_form_does_not_depend_on_the_order_of_pairs() -> None:
    one, other = mapping_of("a=b", "c<d", "c<b"), mapping_of("c<b", "c<d", "a=b")
    assert one == other
    assert one.digest == other.digest
    assert one.digest != mapping_of("a=b", "c<d").digest
    assert mapping_from_document(json.loads(mapping_to_json(one))) == one


def test_a_damaged_stored_mapping_is_a_sentence() -> None:
    with pytest.raises(InvalidFile, match="incomplete or damaged"):
        mapping_from_document({"from": {"model": "m"}})


def test_areas_that_did_not_change_are_added_unless_they_are_equal_to_another_one() -> None:
    then, now = model_of("1", a="1", b="2", c="3", d="4"), model_of("2", a="1", b="new", c="3")
    completed = with_unchanged_areas(mapping_of("d=b", "c<b"), then, now)
    assert completed.pairs == pairs_of("a=a", "c<b", "c=c", "d=b")
    assert with_unchanged_areas(mapping_of("a=b"), then, now).pairs == pairs_of("a=b", "c=c")
    assert mapping_between(then, now, pairs_of("d=b", "d=b")).pairs == pairs_of("a=a", "c=c", "d=b")


def test_equal_carries_on_over_versions_and_a_part_of_a_part_is_a_part() -> None:
    known = [
        mapping_of("a=b", "c<d", "e>f", "g<h", "i~j", "k=k"),
        mapping_of("b=x", "d<y", "f=z", "h>w", "j~v", "k<u", earlier=V2, later=V3),
    ]
    pairs, used = mapped_between(V1, V3, known)
    assert pairs == pairs_of("a=x", "c<y", "e>z", "k<u")
    assert used == tuple(known)
    back, _ = mapped_between(V3, V1, known)
    assert set(back) == {pair.reversed for pair in pairs}


def test_known_mappings_can_be_written_before_there_is_any_client() -> None:
    known = [mapping_of("a=b"), mapping_of("b=c", earlier=V2, later=V3)]
    earlier, later = model_of("1", a="words"), model_of("3", c="other words")
    assert mapping_of_decisions(earlier, later, (), known).pairs == pairs_of("a=c")


def test_the_shortest_chain_counts() -> None:
    known = [
        mapping_of("a=b"),
        mapping_of("b=c", earlier=V2, later=V3),
        mapping_of("a=z", earlier=V1, later=V3),
    ]
    assert mapped_between(V1, V3, known) == (pairs_of("a=z"), (known[2],))
    assert mapped_between(V1, V4, known) == ((), ())
    assert mapped_between(V1, V1, known) == ((), ())


def test_two_newer_versions_of_one_are_connected_by_it() -> None:
    known = [mapping_of("a=b"), mapping_of("a=c", later=V3)]
    assert mapped_between(V2, V3, known)[0] == pairs_of("b=c")


def test_a_circle_of_versions_is_refused_with_its_path() -> None:
    known = [mapping_of(), mapping_of(earlier=V2, later=V3)]
    with pytest.raises(InvalidInput, match="m 3 → m 1 → m 2 → m 3"):
        check_new_mapping(mapping_of(earlier=V3, later=V1), known)
    with pytest.raises(InvalidInput, match="m 2 → m 1 → m 2"):
        check_new_mapping(mapping_of(earlier=V2, later=V1), known)
    check_new_mapping(mapping_of(earlier=V1, later=V3), known)


def test_a_version_is_not_mapped_to_itself_nor_twice_to_another() -> None:
    with pytest.raises(InvalidInput, match="Both versions are the same, m 1"):
        check_new_mapping(mapping_of(later=V1), [])
    with pytest.raises(InvalidInput, match="another mapping from m 1 to m 2 already"):
        check_new_mapping(mapping_of("a=b"), [mapping_of("a=c")])
    check_new_mapping(mapping_of("a=b"), [mapping_of("a=b")])
    with pytest.raises(InvalidInput, match="Both versions are the same"):
        mapping_between(model_of("1", a=""), model_of("1", a=""), ())


@given(st.lists(st.permutations(range(5)), min_size=1, max_size=5))
def test_a_chain_of_renamings_is_their_composition(renamings: Sequence[Sequence[int]]) -> None:
    versions = [ModelVersion("m", str(number)) for number in range(len(renamings) + 1)]
    known = [
        ModelMapping(
            *ends, tuple(MappedAreas(str(n), str(to), EQUAL) for n, to in enumerate(renaming))
        )
        for ends, renaming in zip(pairwise(versions), renamings, strict=True)
    ]
    expected = {}
    for start in range(5):
        at = start
        for renaming in renamings:
            at = renaming[at]
        expected[str(start)] = str(at)
    pairs, _ = mapped_between(versions[0], versions[-1], known[::-1])
    assert {pair.area_then: pair.area_now for pair in pairs} == expected
