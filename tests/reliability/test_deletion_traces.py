"""After a deletion for good nothing of it is in any file that the program keeps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from two_clients import GONE, STAYS, build, found, settings_file, texts_of

from app.deletions import Choices, Kind, Target
from app.workshop.workshop import Workshop
from data.library.folders import data_folder
from data.library.library import SqliteLibrary, open_library


@pytest.fixture
def scene(tmp_path: Path) -> tuple[Path, dict[str, list[str]]]:
    folder = tmp_path / "libraries"
    folder.mkdir()
    path = folder / "work.stufenplan"
    return path, build(path)


def everything(path: Path) -> tuple[Path, ...]:
    return path.parent, data_folder(), settings_file()


def client_id(library: SqliteLibrary, name: str) -> str:
    return next(each.id for each in library.organisations() if each.name == name)


def content_of(library: SqliteLibrary, session_id: str, *, reviews: bool = True) -> object:
    """The session; its reviews go with the other session that they are about."""
    whole = library.whole_session(session_id)
    kept = whole.reviews if reviews else ()
    files = {digest: whole.files[digest] for digest in whole.digests}
    return replace(whole, files=files, reviews=kept)


def test_of_a_deleted_client_nothing_is_found_and_the_other_is_complete(
    scene: tuple[Path, dict[str, list[str]]],
) -> None:
    path, ids = scene
    library = open_library(path)
    client = client_id(library, GONE.name)
    traces = (*texts_of(GONE), client, *ids[GONE.name], *(u.id for u in library.units(client)))
    assert {text for text, _ in found(traces, *everything(path))} == set(traces)
    kept = [content_of(library, session_id) for session_id in ids[STAYS.name]]
    assert all(len(library.whole_session(each).reviews) == 2 for each in ids[STAYS.name])
    others = {text for text, _ in found(texts_of(STAYS), *everything(path))}
    plan = library.deletions.plan(Target(Kind.CLIENT, client))
    assert len(plan.sessions) == 2
    assert plan.files == 4
    assert len(plan.backups) == 5  # two were made by merges
    deleted = library.deletions.delete(
        plan.target, "Ana", Choices(backups=True), settings=settings_file()
    )
    assert deleted.remaining == ()
    assert deleted.backups == len(plan.backups)
    assert found(traces, *everything(path)) == []
    assert {text for text, _ in found(texts_of(STAYS), *everything(path))} == others
    assert library.check() == ()
    assert [content_of(library, each) for each in ids[STAYS.name]] == kept
    workshop = Workshop(library.load_session(ids[STAYS.name][0]), library)
    workshop.undo()
    assert workshop.session.rating("area-1").level is None
    library.close()
    assert found(traces, *everything(path)) == []


@pytest.mark.slow
def test_of_a_deleted_session_nothing_is_found_and_its_client_is_complete(
    scene: tuple[Path, dict[str, list[str]]],
) -> None:
    path, ids = scene
    library = open_library(path)
    gone, stays = ids[GONE.name]
    shared = set(GONE.words[:3]) | set(GONE.words[4:])
    kept = content_of(library, stays, reviews=False)
    Workshop(library.load_session(gone), library).set_detail("title", "Wiedehopf")
    library.back_up()
    deleted = library.deletions.delete(
        Target(Kind.SESSION, gone), "Ana", Choices(backups=True), settings=settings_file()
    )
    assert deleted.remaining == ()
    assert found((gone, "Wiedehopf", f"{GONE.words[3]}-0"), *everything(path)) == []
    assert {text for text, _ in found((GONE.name, *shared), *everything(path))} >= {GONE.name}
    assert content_of(library, stays) == kept
    assert library.check() == ()
    library.close()


def test_of_a_deleted_unit_nothing_is_found_and_its_client_is_complete(
    scene: tuple[Path, dict[str, list[str]]],
) -> None:
    path, ids = scene
    library = open_library(path)
    units = library.units(client_id(library, GONE.name))
    (top,) = [unit for unit in units if unit.parent_id is None and unit.name in GONE.unit]
    names = GONE.unit.split("/")
    below = [unit.id for unit in units if unit.name in names]
    kept = content_of(library, ids[GONE.name][1], reviews=False)
    deleted = library.deletions.delete(
        Target(Kind.UNIT, top.id), "Ana", Choices(backups=True), settings=settings_file()
    )
    assert deleted.remaining == ()
    assert found((*names, *below, ids[GONE.name][0]), *everything(path)) == []
    assert content_of(library, ids[GONE.name][1]) == kept
    assert library.check() == ()
    library.close()
