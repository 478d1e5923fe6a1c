"""Libraries that do not open: the real window explains why and offers remedies (T9)."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from window_aftermath import DrivenWindow, begin, examine, new_library, wait_for

from app.errors import LibraryInUse
from data.library.library import open_library

Open = Callable[[Path], DrivenWindow]


def text_file(path: Path) -> Path:
    path.write_text("Notes of a workshop", encoding="utf-8")
    return path


def other_program(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE moz_places (id INTEGER)")
    return path


def newer_library(path: Path) -> Path:
    new_library(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 7")
    return path


def nothing_there(path: Path) -> Path:
    return path


@pytest.mark.parametrize(
    ("make", "sentence", "ways_out"),
    [
        (newer_library, "newer", ["Open another library…", "Create a new library…"]),
        pytest.param(
            text_file,
            "is not a library",
            ["Open another library…", "Create a new library…"],
            marks=pytest.mark.slow,
        ),
        pytest.param(
            other_program,
            "is a database of another program",
            ["Open another library…", "Create a new library…"],
            marks=pytest.mark.slow,
        ),
        pytest.param(
            nothing_there,
            "There is no library at",
            ["Create a new library…", "Open another library…"],
            marks=pytest.mark.slow,
        ),
    ],
)
def test_a_file_that_is_no_library_of_ours_stays_as_it_is_and_the_window_says_so(
    open_window: Open,
    tmp_path: Path,
    make: Callable[[Path], Path],
    sentence: str,
    ways_out: list[str],
) -> None:
    path = make(tmp_path / "work.stufenplan")
    before = path.read_bytes() if path.exists() else None
    window = open_window(path)
    assert window.says("The library was not opened")
    assert window.says(sentence), window.seen["words"]
    offered = [each for each in window.seen["buttons"] if each in ways_out]
    assert offered == ways_out
    assert window.quit() == 0
    assert (path.read_bytes() if path.exists() else None) == before


@pytest.fixture
def read_only_folder(small_disk: Path) -> Iterator[Path]:
    """A disk with a library that nobody, not even root, can write to."""
    new_library(small_disk / "work.stufenplan")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    yield small_disk
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)


@pytest.mark.slow
def test_a_library_on_a_read_only_disk_can_be_viewed(
    open_window: Open, read_only_folder: Path
) -> None:
    path = read_only_folder / "work.stufenplan"
    before = path.read_bytes()
    window = open_window(path)
    assert window.says("can only be viewed"), window.seen["words"]
    assert "Save a copy…" in window.seen["buttons"]
    seen = window.press("Return", "3")
    assert seen["saved"] == "Read only"
    assert window.quit() == 0
    assert path.read_bytes() == before
    assert [each.name for each in read_only_folder.iterdir()] == [path.name]


@pytest.mark.slow
def test_a_second_start_brings_the_first_window_forward_and_leaves(
    open_window: Open, tmp_path: Path
) -> None:
    path = new_library(tmp_path / "work.stufenplan")
    window = open_window(path)
    window.press("Return", "3")
    window.do(wait=300)
    second = begin(["-m", "stufenplan", "--library", str(path)])
    _, complaint = second.communicate(timeout=30)
    assert second.returncode == 0
    assert "Traceback" not in complaint
    assert window.press("Right", "4")["saved"].startswith("Saved ")
    assert window.quit() == 0
    examine(path, window.reported)


@pytest.mark.slow
def test_a_window_on_a_library_somebody_else_holds_says_who_and_opens_it_once_it_is_free(
    open_window: Open, tmp_path: Path
) -> None:
    path = new_library(tmp_path / "work.stufenplan")
    holder = open_library(path)
    window = open_window(path)
    assert window.says("in use by the command line"), window.seen["words"]
    holder.close()
    window.do(button="Try again")
    assert not window.says("The library was not opened")
    seen = window.press("Return", "3")
    assert seen["saved"].startswith("Saved ")
    assert window.quit() == 0
    examine(path, window.reported)


@pytest.mark.slow
def test_a_file_given_as_the_only_argument_is_opened(tmp_path: Path) -> None:
    path = new_library(tmp_path / "work.stufenplan")
    trace = tmp_path / "trace.jsonl"
    first = begin(["-m", "stufenplan", str(path)], STUFENPLAN_TRACE=str(trace))
    try:
        wait_for(lambda: trace.exists() and "filled" in trace.read_text(encoding="utf-8"), first)
        with pytest.raises(LibraryInUse):
            open_library(path)
    finally:
        first.kill()
        first.communicate()
    open_library(path).close()
