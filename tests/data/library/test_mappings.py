"""Mappings of models in the library: stored, withdrawn, logged, checked and merged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.comparison.mappings import MappedAreas, ModelMapping, ModelVersion, version_of
from app.comparison.reviews import Verdict
from app.deletions import Kind, Target
from app.errors import InvalidInput, NotFound
from app.session.session import NewSession, Session
from data.library.library import SqliteLibrary, open_library
from data.library.mappings import StoredMapping
from data.models.builtin import builtin_model

V1, V2, V3 = (ModelVersion("small", str(number)) for number in (1, 2, 3))
PAIRS = (
    MappedAreas("people.0", "people.9", Verdict.EQUAL),
    MappedAreas("process.0", "process.9", Verdict.PART_OF),
)
FIRST = ModelMapping(V1, V2, PAIRS, "Ana’s reading")
SECOND = ModelMapping(V2, V3, PAIRS[:1])


def details(library: SqliteLibrary) -> list[object]:
    return [fault.values["detail"] for fault in library.check()]


def stored(library: SqliteLibrary) -> tuple[StoredMapping, ...]:
    with library._access.reading() as store:
        return store.mappings.all()


def merge(into: SqliteLibrary, source: SqliteLibrary, tmp_path: Path) -> int:
    copy = tmp_path / "copy-to-merge.stufenplan"
    source.save_copy(copy)
    count = into.merge(copy).mappings
    copy.unlink()
    assert into.check() == ()
    return count


@pytest.fixture
def other(library: SqliteLibrary, tmp_path: Path) -> Iterator[SqliteLibrary]:
    copy = tmp_path / "other.stufenplan"
    library.save_copy(copy)
    opened = open_library(copy)
    yield opened
    opened.close()


def test_mappings_are_stored_and_logged(library: SqliteLibrary) -> None:
    library.mappings.add(FIRST, " Ana ")
    library.mappings.add(SECOND)
    library.mappings.add(FIRST, "Ben")  # is there already
    assert library.mappings.all() == (FIRST, SECOND)
    rows = library._connection.execute(
        "SELECT content FROM change_log WHERE origin = 'mapping' ORDER BY seq"
    )
    entries = [json.loads(content) for (content,) in rows]
    assert [entry["digest"] for entry in entries] == [FIRST.digest, SECOND.digest]
    assert entries[0]["added_by"] == "Ana"
    path = library.path
    assert library.check() == ()
    library.close()
    again = open_library(path)
    assert again.mappings.all() == (FIRST, SECOND)
    again.close()


def test_what_is_withdrawn_can_be_added_again(library: SqliteLibrary) -> None:
    library.mappings.add(FIRST, "Ana")
    library.mappings.withdraw(FIRST.digest, "Ben")
    assert library.mappings.all() == ()
    assert stored(library)[0].withdrawn_by == "Ben"
    for digest in (FIRST.digest, SECOND.digest, "nothing"):
        with pytest.raises(NotFound):
            library.mappings.withdraw(digest)
    library.mappings.add(FIRST, "Eva")
    assert library.mappings.all() == (FIRST,)
    assert stored(library)[0].added_by == "Eva"
    assert library.check() == ()


def test_what_does_not_fit_to_the_others_is_refused(library: SqliteLibrary) -> None:
    library.mappings.add(FIRST)
    library.mappings.add(SECOND)
    for wrong in (
        replace(FIRST, source="Another reading"),
        ModelMapping(V3, V1, PAIRS),
        ModelMapping(V1, V1, PAIRS),
    ):
        with pytest.raises(InvalidInput):
            library.mappings.add(wrong)
    with pytest.raises(InvalidInput):
        library.mappings.add(ModelMapping(V1, V3, PAIRS), "x" * 201)
    assert library.mappings.all() == (FIRST, SECOND)
    assert library.check() == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE mapping SET document = replace(document, 'people.9', 'people.8')",
        "UPDATE mapping SET added_by = 'Ben'",
        "UPDATE mapping SET withdrawn_at = added_at",
        "DELETE FROM mapping",
    ],
)
def test_the_check_finds_what_was_altered(library: SqliteLibrary, statement: str) -> None:
    library.mappings.add(FIRST)
    library._connection.execute(statement)
    assert f"mapping {FIRST.digest}" in details(library)


def test_a_mapping_goes_for_good_with_the_last_version_of_its_model(
    library: SqliteLibrary, other: SqliteLibrary, session: Session, tmp_path: Path
) -> None:
    library.mappings.add(FIRST)
    merge(other, library, tmp_path)
    second = library.create_session(NewSession("Other", session.model, "Second"))
    library.deletions.delete(Target(Kind.CLIENT, session.organisation.id), "Ana")
    assert library.mappings.all() == (FIRST,)  # another client has the model
    library.deletions.delete(Target(Kind.CLIENT, second.organisation.id), "Ana")
    assert library.mappings.all() == ()
    assert library.check() == ()
    assert merge(library, other, tmp_path) == 0  # an old copy does not bring it back
    library.mappings.add(FIRST)
    assert library.mappings.all() == (FIRST,)


def test_mappings_of_the_built_in_model_stay(library: SqliteLibrary) -> None:
    model = builtin_model()
    session = library.create_session(NewSession("Acme", model, "Workshop"))
    version = version_of(model)
    mapping = ModelMapping(version, replace(version, content_version="9999"), PAIRS)
    library.mappings.add(mapping)
    library.deletions.delete(Target(Kind.CLIENT, session.organisation.id), "Ana")
    assert library.mappings.all() == (mapping,)


# ---- merging ----------------------------------------------------------------------------------


def test_mappings_come_along_and_only_once(
    library: SqliteLibrary, other: SqliteLibrary, tmp_path: Path
) -> None:
    other.mappings.add(FIRST, "Ana")
    assert merge(library, other, tmp_path) == 1
    assert stored(library) == stored(other)
    assert merge(library, other, tmp_path) == merge(other, library, tmp_path) == 0


def test_what_was_done_last_is_true_in_both(
    library: SqliteLibrary, other: SqliteLibrary, tmp_path: Path
) -> None:
    library.mappings.add(FIRST)
    merge(other, library, tmp_path)
    other.mappings.withdraw(FIRST.digest, "Ben")
    assert merge(library, other, tmp_path) == 1
    assert library.mappings.all() == ()
    library.mappings.add(FIRST, "Eva")
    assert merge(library, other, tmp_path) == 0
    assert merge(other, library, tmp_path) == 1
    assert stored(library) == stored(other)
    assert other.mappings.all() == (FIRST,)


def test_of_two_between_the_same_versions_the_newest_is_in_force_in_both(
    library: SqliteLibrary, other: SqliteLibrary, tmp_path: Path
) -> None:
    library.mappings.add(FIRST, "Ana")
    newer = replace(FIRST, source="Ben’s reading")
    other.mappings.add(newer, "Ben")
    for _ in range(2):
        merge(library, other, tmp_path)
        merge(other, library, tmp_path)
    assert library.mappings.all() == other.mappings.all() == (newer,)
    assert stored(library) == stored(other)
    assert merge(library, other, tmp_path) == merge(other, library, tmp_path) == 0


def test_one_that_would_close_a_circle_stays_out(
    library: SqliteLibrary, other: SqliteLibrary, tmp_path: Path
) -> None:
    library.mappings.add(FIRST)
    back = ModelMapping(V2, V1, PAIRS)
    other.mappings.add(back)
    assert merge(library, other, tmp_path) == merge(other, library, tmp_path) == 0
    assert library.mappings.all() == (FIRST,)
    assert other.mappings.all() == (back,)
