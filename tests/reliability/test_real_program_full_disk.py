"""Disk full while scoring in the real window: reported, and nothing is lost (T4)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from small_disk import fill
from window_aftermath import DrivenWindow, examine, new_library

from data.library.library import open_library

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="full disks are made the Unix way")

Open = Callable[[Path], DrivenWindow]


def score_until_not_saved(window: DrivenWindow) -> None:
    """Score one area after another until something could not be saved."""
    for number in range(400):
        seen = window.press(str(number % 5 + 1), "Left" if number // 21 % 2 else "Right")
        if seen["waiting"]:
            return
    raise AssertionError("the disk never filled up")


def scored_until_full(open_window: Open, disk: Path) -> tuple[Path, DrivenWindow, Path]:
    """A library on a disk that is full by now, its window, and the file that takes the room."""
    library = new_library(disk / "work.stufenplan")
    window = open_window(library)
    window.press("Return")
    filler = fill(disk)
    score_until_not_saved(window)
    return library, window, filler


@pytest.mark.slow
def test_what_cannot_be_saved_is_shown_and_holds_closing_back_until_there_is_room(
    open_window: Open, tmp_path: Path
) -> None:
    library = new_library(tmp_path / "work.stufenplan")
    window = open_window(library)
    window.press("Return", "4", "Right")
    window.do(file_limit=0)
    seen = window.press("3")
    assert seen["saved"] == "NOT SAVED"
    assert window.says("NOT SAVED: 1 change is waiting")
    assert window.says("to 3")
    seen = window.press("Ctrl+Q")
    assert seen["visible"]
    assert seen["dialogs"] == ["unsaved-dialog"]
    assert window.says("If you close anyway, unsaved changes are lost.")
    window.press("Esc")
    window.do(file_limit=None)
    seen = window.do(button="Try again")
    assert seen["saved"].startswith("Saved ")
    assert not seen["waiting"]
    window.press("Right", "2")
    assert window.quit() == 0
    place = examine(library, window.reported)
    assert len(window.reported.acknowledged) == 3
    again = open_window(library)
    assert again.press()["area"] == place


@pytest.mark.slow
def test_work_goes_on_by_itself_when_the_full_disk_has_room_again(
    open_window: Open, small_disk: Path
) -> None:
    library, window, filler = scored_until_full(open_window, small_disk)
    assert window.says("is full")
    filler.unlink()
    seen = window.do(wait=3_500)
    assert not seen["waiting"]
    assert window.says("Everything is saved again.")
    acknowledged = len(window.reported.acknowledged)
    window.press("Del", "5")
    assert len(window.reported.acknowledged) >= acknowledged + 1
    assert window.quit() == 0
    examine(library, window.reported)


@pytest.mark.slow
def test_a_kill_while_something_is_not_saved_offers_it_at_the_next_start(
    open_window: Open, small_disk: Path
) -> None:
    library, window, filler = scored_until_full(open_window, small_disk)
    window.press("Right", "4", "Right", "C")
    window.do(write="why not")
    waiting = window.press("Esc")["waiting"]
    assert waiting == 3
    window.kill()
    examine(library, window.reported)
    filler.unlink()
    again = open_window(library)
    again.reported = window.reported
    again.press()
    assert again.says(f"{waiting} changes could not be saved last time. Enter them now?")
    again.do(button="Enter them")
    assert not again.seen["waiting"]
    assert not again.says("could not be saved last time")
    assert again.quit() == 0
    examine(library, again.reported)
    assert list(window.reported.acknowledged[-1].values()) == ["why not"]


@pytest.mark.slow
def test_what_cannot_be_saved_here_is_saved_elsewhere_and_work_goes_on_there(
    open_window: Open, small_disk: Path, tmp_path: Path
) -> None:
    library = new_library(small_disk / "work.stufenplan")
    window = open_window(library)
    window.press("Return")
    fill(small_disk)
    score_until_not_saved(window)
    examined = len(window.reported.acknowledged)
    seen = window.do(button="Save elsewhere…")
    assert "file-dialog" in seen["dialogs"] or "QFileDialog" in str(seen["dialogs"])
    elsewhere = tmp_path / "elsewhere.stufenplan"
    window.press("Ctrl+A")
    window.do(paste=str(elsewhere), keys=())
    seen = window.press("Return")
    assert not seen["dialogs"]
    assert not seen["waiting"]
    assert window.says(f"From now on you work in {elsewhere}.")
    window.press("Del", "5")
    assert window.quit() == 0
    assert len(window.reported.acknowledged) >= examined + 2
    examine(elsewhere, window.reported)
    with_old = open_library(library)
    try:
        assert with_old.check() == ()
        (summary,) = with_old.session_summaries()
        assert len(with_old.changes(summary.id)) == examined
    finally:
        with_old.close()
