"""Commands on a full disk: error messages, and no lost or partial data."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]

NO_ROOM = ("is full", "not enough room", "ist voll", "nicht genug Platz")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with room for a library and little more; only root can have one."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("needs to mount a disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1400k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting is not allowed here")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)  # our lock is still there


@pytest.fixture
def full(small_disk: Path, call: Call, sample: list[str], library: Path) -> tuple[Path, Path]:
    """A library with two sessions on a disk without any room, and what takes up the room."""
    assert sample
    there = small_disk / "work.stufenplan"
    shutil.copyfile(library, there)
    filler = small_disk / "filler"
    with filler.open("wb") as stream:
        for size in (65536, 4096):
            while _is_written(stream, size):
                pass
    return there, filler


def _is_written(stream: Any, size: int) -> bool:
    try:
        os.write(stream.fileno(), bytes(size))
    except OSError:
        return False
    return True


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("language", ["en", pytest.param("de", marks=pytest.mark.slow)])
def test_scores_on_a_full_disk_are_all_taken_or_none(
    call: Call,
    full: tuple[Path, Path],
    sample: list[str],
    scores: Callable[..., Path],
    language: str,
) -> None:
    library, filler = full
    before = digest(library)
    file = scores("process.ci-cd,1,,,first", "process.overview,1,,," + "long " * 3000)
    score = ("--library", library, "session", "score", sample[1], file)
    refused = call(*score, language=language)
    assert (refused.code, len(refused.complaints), refused.out) == (1, 1, "")
    assert any(words in refused.err for words in NO_ROOM)
    assert digest(library) == before
    assert sorted(path.name for path in library.parent.iterdir()) == ["filler", library.name]
    filler.unlink()
    assert call(*score).code == 0
    assert call("--library", library, "library", "check").out == "ok\n"


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (("session", "export", "SESSION"), "report.json"),
        (("session", "export", "SESSION"), "one.stufenplan"),
        (("library", "restore", "LIBRARY"), "restored.stufenplan"),
        *(
            pytest.param(command, name, marks=pytest.mark.slow)
            for command, name in [
                (("session", "export", "SESSION"), "report.xlsx"),
                (("session", "chart", "SESSION"), "radar.png"),
                (("model", "export", "cloud-native"), "model.yaml"),
            ]
        ),
    ],
)
def test_files_on_a_full_disk_are_whole_or_not_there(
    call: Call, full: tuple[Path, Path], sample: list[str], command: tuple[str, ...], name: str
) -> None:
    library, filler = full
    target = library.parent / name
    is_replaced = target.suffix not in {".stufenplan"}
    if is_replaced:
        filler.unlink()
        target.write_text("old", encoding="utf-8")
        filler.write_bytes(bytes(shutil.disk_usage(library.parent).free))
    names = {"SESSION": sample[1], "LIBRARY": str(library)}
    answer = call("--library", library, *[names.get(part, part) for part in command], target)
    assert (answer.code, len(answer.complaints), answer.out) == (1, 1, "")
    assert any(words in answer.err for words in NO_ROOM)
    left = {path.name for path in library.parent.iterdir()} - {"filler", library.name}
    assert left == ({name} if is_replaced else set())
    assert not is_replaced or target.read_text(encoding="utf-8") == "old"


def test_a_full_disk_of_temporary_files_is_named_instead_of_that_of_the_other_library(
    call: Call,
    sample: list[str],
    library: Path,
    small_disk: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert sample
    other = shutil.copyfile(library, tmp_path / "other.stufenplan")
    before = digest(library)
    monkeypatch.setenv("STUFENPLAN_DATA_DIR", str(small_disk / "data"))
    with (small_disk / "filler").open("wb") as stream:
        while _is_written(stream, 65536):
            pass
    refused = call("library", "merge", other)
    assert (refused.code, refused.out) == (1, "")
    assert f"The disk that holds {small_disk / 'data'}" in refused.complaints[-1]
    assert digest(library) == before


def test_without_a_place_for_temporary_files_there_is_a_sentence_that_names_it(
    call: Call, sample: list[str], library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sample
    other = shutil.copyfile(library, tmp_path / "other.stufenplan")
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("STUFENPLAN_DATA_DIR", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    refused = call("library", "merge", other)
    assert refused.code == 1
    assert refused.complaints[-1].startswith(
        f"No temporary file can be written in {tmp_path / 'file' / 'work'}"
    )
    report = tmp_path / "report.xlsx"
    assert call("session", "export", sample[0], report).code == 0
    assert report.stat().st_size > 10_000
