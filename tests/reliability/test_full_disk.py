"""Disk full while scoring: nothing acknowledged is lost, and work can continue (T4, T5)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from crash_aftermath import Reported, examine, killed, listen
from small_disk import fill

from app.errors import StorageUnavailable
from app.workshop.workshop import Workshop
from data.library.library import open_library

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are a Unix thing")
@pytest.mark.parametrize("limits", [15, pytest.param(80, marks=pytest.mark.slow)])
def test_files_that_may_not_grow_lose_nothing(
    start_driver: Start, tmp_path: Path, limits: int
) -> None:
    path = tmp_path / "work.stufenplan"
    child = start_driver(path, "--file-limits", str(limits), "--steps", "5")
    said, complaint = child.communicate(timeout=60)
    lines = said.splitlines()
    assert child.returncode == 0, complaint
    assert sum(line.startswith("UNSAVED") for line in lines) >= limits // 2
    reported = Reported()
    listen(lines, reported)
    examine(path, reported, exact=True)


def heard_until_unsaved(child: subprocess.Popen[str], reported: Reported) -> str:
    """Listen to the driver until the disk is full; returns the reason it gave."""
    assert child.stdout is not None
    for line in child.stdout:
        if line.startswith("UNSAVED"):
            return line
        listen([line], reported)
    raise AssertionError(child.communicate()[1])


@pytest.mark.slow
def test_work_goes_on_when_a_full_disk_has_room_again(
    start_driver: Start, small_disk: Path
) -> None:
    path = small_disk / "work.stufenplan"
    start_driver(path, "--steps", "1").wait(30)
    filler = fill(small_disk)
    child = start_driver(path)
    reported = Reported()
    assert "is full" in heard_until_unsaved(child, reported)
    filler.unlink()
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write("go on\n")
    child.stdin.flush()
    expected = reported.acknowledged + 1
    for _ in range(20):
        listen([child.stdout.readline()], reported)
    assert reported.acknowledged >= expected
    listen(killed(child), reported)
    examine(path, reported)


@pytest.mark.parametrize("times", [1, pytest.param(20, marks=pytest.mark.slow)])
def test_a_kill_on_a_full_disk_and_a_start_while_it_is_full_lose_nothing(
    start_driver: Start, small_disk: Path, times: int
) -> None:
    path = small_disk / "work.stufenplan"
    start_driver(path, "--steps", "1").wait(30)
    for _ in range(times):
        filler = fill(small_disk)
        child = start_driver(path)
        reported = Reported()
        heard_until_unsaved(child, reported)
        child.kill()
        child.communicate()
        examine(path, reported, exact=True)
        library = open_library(path)
        (summary,) = library.session_summaries()
        workshop = Workshop(library.load_session(summary.id), library)
        workshop.set_note("area-0", "x" * 19_000)
        assert isinstance(workshop.unsaved[0].reason, StorageUnavailable)
        library._is_closed = True
        library._file.close()
        filler.unlink()
        path.unlink()
        start_driver(path, "--steps", "1").wait(30)
