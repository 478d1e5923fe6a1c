"""A deletion that is killed, or meets a full disk, is whole after the next start, or never was."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from crash_aftermath import environment
from small_disk import fill
from two_clients import GONE, STAYS, build, found, settings_file, texts_of

from app.deletions import Choices, Kind, Target
from app.errors import StorageUnavailable
from data import leftovers
from data.library.folders import data_folder
from data.library.library import open_library

DRIVER = Path(__file__).with_name("tools") / "deletion_driver.py"


class Scene:
    """A library with all that lies around it, which can be brought back to how it was."""

    def __init__(self, folder: Path) -> None:
        self.library = folder / "libraries" / "work.stufenplan"
        self.library.parent.mkdir()
        self.ids = build(self.library)
        leftovers.empty_own()  # the folder of this process, which the killed ones cannot empty
        self._kept = folder / "kept"
        self._places = (self.library.parent, data_folder())
        for number, place in enumerate(self._places):
            shutil.copytree(place, self._kept / str(number))
        self._settings = settings_file().read_bytes()
        self.traces = (*texts_of(GONE), *self.ids[GONE.name])
        self.at_first = set(self.found(self.traces))
        self.others = {text for text, _ in self.found(texts_of(STAYS))}

    def bring_back(self) -> None:
        for number, place in enumerate(self._places):
            shutil.rmtree(place)
            shutil.copytree(self._kept / str(number), place)
        settings_file().write_bytes(self._settings)

    def found(self, texts: tuple[str, ...]) -> list[tuple[str, Path]]:
        return found(texts, *self._places, settings_file())

    def start(self, *options: str) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            [sys.executable, str(DRIVER), str(self.library), GONE.name, *options],
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=environment(),
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "READY\n"
        return child

    def examine(self) -> str:
        """Start once more, and tell if the deletion has happened; all or nothing."""
        library = open_library(self.library)
        assert library.check() == ()
        names = {each.name for each in library.organisations()}
        records = library.deletions.records()
        library.close()
        assert {text for text, _ in self.found(texts_of(STAYS))} >= self.others
        if records:
            assert names == {STAYS.name}
            assert self.found(self.traces) == []
            return "after"
        assert names == {STAYS.name, GONE.name}
        assert set(self.found(self.traces)) >= self.at_first
        assert list((data_folder() / "deletions").glob("*")) == []
        return "before"


KILLS = 40


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    yield Scene(tmp_path)
    shutil.rmtree(tmp_path / "kept")


@pytest.mark.slow
def test_a_deletion_that_is_not_killed_is_whole(scene: Scene) -> None:
    said, _ = scene.start().communicate()
    assert said.startswith("DONE")
    assert scene.examine() == "after"


@pytest.mark.slow  # the traces of a deletion are searched in a fast test
def test_a_deletion_that_is_killed_at_a_random_moment_is_all_done_or_not_begun(
    scene: Scene,
) -> None:
    chance = random.Random(11)
    begun = time.monotonic()
    scene.start().communicate()
    seconds = time.monotonic() - begun
    seen = set()
    for _ in range(KILLS):
        scene.bring_back()
        child = scene.start()
        time.sleep(chance.uniform(0, seconds))
        child.kill()
        child.communicate()
        seen.add(scene.examine())
    assert seen <= {"before", "after"}


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_deletion_that_dies_before_any_of_its_steps_is_all_done_or_not_begun(
    scene: Scene,
) -> None:
    said, _ = scene.start().communicate()
    steps = int(said.split()[1])
    seen = []
    for step in range(1, steps + 1, max(1, steps // 100)):
        scene.bring_back()
        scene.start("--die-at", str(step)).communicate()  # a few steps more or less each time
        seen.append(scene.examine())
    assert seen == sorted(seen, reverse=True)  # before the transaction, then after it
    assert set(seen) == {"before", "after"}


def test_on_a_full_disk_nothing_is_deleted_and_later_everything_is(small_disk: Path) -> None:
    path = small_disk / "work.stufenplan"
    path.parent.mkdir(exist_ok=True)
    ids = build(path)
    filler = fill(small_disk)
    library = open_library(path)
    content = path.read_bytes()
    (client,) = [each for each in library.organisations() if each.name == GONE.name]
    target = Target(Kind.CLIENT, client.id)
    with pytest.raises(StorageUnavailable, match="Nothing was deleted"):
        library.deletions.delete(target, "Ana", Choices(backups=True))
    assert path.read_bytes() == content
    assert library.load_session(ids[GONE.name][0]).organisation.name == GONE.name
    filler.unlink()
    assert library.deletions.delete(target, "Ana", Choices(backups=True)).remaining == ()
    assert found((*texts_of(GONE)[:1], client.id), path, data_folder()) == []
    assert library.check() == ()
    library.close()
