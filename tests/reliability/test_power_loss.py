"""Power loss at any moment: no acknowledged step is lost in any possible disk state (T2)."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from crash_aftermath import Reported, examine, listen
from crash_driver import last_step, take_step, the_session
from power_loss import Operation, can_trace, possible_disks, read_trace, strace

from app.errors import AppError, UnusableLibrary
from app.workshop.workshop import Workshop
from data.library import stale_journals
from data.library.library import open_library

Start = Callable[..., "subprocess.Popen[str]"]
NAME = "work.stufenplan"


@pytest.fixture
def record(
    start_driver: Start, tmp_path: Path
) -> Callable[[int, str], tuple[dict[str, bytes], list[Operation]]]:
    """Score a number of steps and record it; returns the disk before and the record."""
    if not can_trace(tmp_path):
        pytest.skip("strace is not there or may not trace; the file layer records instead")

    def run(steps: int, synchronous: str) -> tuple[dict[str, bytes], list[Operation]]:
        folder = tmp_path / "folder"
        folder.mkdir()
        first = start_driver(folder / NAME, "--steps", "1")
        assert first.wait(60) == 0
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        trace = tmp_path / "trace"
        options = ("--steps", str(steps), "--synchronous", synchronous)
        child = start_driver(folder / NAME, *options, before=strace(trace))
        said, complaint = child.communicate(timeout=300)
        assert f"ACK {steps + 1}" in said, complaint
        return before, read_trace(trace, folder)

    return run


def outcomes(
    disks: tuple[dict[str, bytes], list[Operation]], points: int, folder: Path
) -> Counter[str]:
    """How many disks were whole, how many had lost steps, how many could not be used."""
    found: Counter[str] = Counter()
    for number, (said, files) in enumerate(possible_disks(*disks, points, seed=3)):
        place = folder / f"disk-{number}"
        place.mkdir(parents=True)
        for name, content in files.items():
            (place / name).write_bytes(content)
        reported = Reported()
        listen(said, reported)
        reported.area = None  # the last position may lag behind by one transaction
        try:
            examine(place / NAME, reported)
        except AssertionError as error:
            found["lost" if "lost" in str(error) else "half"] += 1
        except AppError:
            found["unusable"] += 1
        else:
            found["whole"] += 1
        for path in place.iterdir():
            path.unlink()
    return found


@pytest.mark.slow
def test_no_acknowledged_step_is_lost_on_any_of_some_dozens_of_disks(
    record: Callable[..., tuple[dict[str, bytes], list[Operation]]], tmp_path: Path
) -> None:
    found = outcomes(record(8, "full"), 20, tmp_path)
    assert set(found) == {"whole"}
    assert found["whole"] == 160


@pytest.mark.slow
def test_what_is_saved_under_a_second_name_stays_under_the_first_on_any_disk(
    record: Callable[..., tuple[dict[str, bytes], list[Operation]]], tmp_path: Path
) -> None:
    found: Counter[str] = Counter()
    for number, (said, files) in enumerate(possible_disks(*record(8, "full"), 40, seed=5)):
        place = tmp_path / f"names-{number}"
        place.mkdir()
        for name, content in files.items():
            (place / name).write_bytes(content)
        reported = Reported()
        listen(said, reported)
        reported.area = None
        second = place / "second.stufenplan"
        second.hardlink_to(place / NAME)
        try:
            library = open_library(second)
        except UnusableLibrary:
            found["refused"] += 1
        else:
            session = the_session(library)
            step = last_step(library, session) + 1
            take_step(Workshop(session, library), step)
            library._is_closed = True  # a backup would only cost time
            library._file.close()
            reported.acknowledged = step
            found["scored with a journal" if len(files) > 1 else "scored"] += 1
        examine(place / NAME, reported)
    assert found["scored with a journal"] > 0
    assert found["refused"] > 0


@pytest.mark.slow
def test_the_simulation_shows_losses_where_nothing_is_synced(
    record: Callable[..., tuple[dict[str, bytes], list[Operation]]], tmp_path: Path
) -> None:
    found = outcomes(record(8, "off"), 10, tmp_path)
    assert found["lost"] + found["unusable"] + found["half"] > found.total() // 4


@pytest.mark.slow
def test_no_acknowledged_step_is_lost_on_any_of_six_thousand_disks(
    record: Callable[..., tuple[dict[str, bytes], list[Operation]]], tmp_path: Path
) -> None:
    found = outcomes(record(80, "full"), 800, tmp_path)
    assert set(found) == {"whole"}
    assert found["whole"] == 6400


@pytest.mark.slow
def test_a_journal_that_comes_back_with_a_power_cut_takes_nothing_away(
    record: Callable[..., tuple[dict[str, bytes], list[Operation]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With ``synchronous=normal`` its end is not synced; SQLite would roll back what was saved."""
    disks = record(40, "normal")
    assert outcomes(disks, 40, tmp_path / "now")["lost"] == 0
    monkeypatch.setattr(stale_journals, "remove_if_stale", lambda *_: None)
    assert outcomes(disks, 40, tmp_path / "otherwise")["lost"] > 0
