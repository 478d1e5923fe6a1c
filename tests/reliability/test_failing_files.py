"""Every single write, sync or truncation fails, once or from then on: no data loss (T3)."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest
from apsw_library import judged_files
from crash_aftermath import Reported, examine, examine_open
from crash_driver import AREA_COUNT, small_model, take_step
from power_loss import Operation, Said, possible_disks

from app.errors import AppError, StorageUnavailable
from app.session.session import NewSession
from app.workshop.workshop import Workshop
from data.library.library import SqliteLibrary, open_library

STEPS = 6
NAME = "work.stufenplan"


class Fate:
    """Lets the k-th operation fail, once or from then on, with this error."""

    def __init__(self, at: int, error: type[apsw.Error], *, lasting: bool) -> None:
        self.at = at
        self.error = error
        self.lasting = lasting
        self.count = 0
        self.is_mended = False
        self.has_struck = False

    def __call__(self, _: Operation) -> None:
        self.count += 1
        if self.is_mended or not self.at:
            return
        if self.count == self.at or (self.lasting and self.count > self.at):
            self.has_struck = True
            error = self.error()
            is_full = self.error is apsw.FullError
            error.result = apsw.SQLITE_FULL if is_full else apsw.SQLITE_IOERR
            error.extendedresult = error.result if is_full else apsw.SQLITE_IOERR_FSYNC
            raise error


@pytest.fixture
def fresh(tmp_path: Path) -> dict[str, bytes]:
    """A library with one unscored session, as bytes."""
    library = open_library(tmp_path / NAME, create=True)
    library.create_session(NewSession("Acme", small_model(), title="Workshop"))
    library.close()
    return {NAME: (tmp_path / NAME).read_bytes()}


def score(library: SqliteLibrary, fate: Fate, steps: int) -> None:
    """Take steps on failing files; what is not saved is kept and stored in the end."""
    (summary,) = library.session_summaries()
    workshop = Workshop(library.load_session(summary.id), library)
    for number in range(1, steps + 1):
        acknowledged = workshop.session
        take_step(workshop, number)
        if workshop.unsaved:
            assert workshop.session == acknowledged, "shown although not saved"
            assert isinstance(workshop.unsaved[0].reason, StorageUnavailable)
    fate.is_mended = True
    assert workshop.retry(), "the same connection does not go on"
    assert library._store.sessions.session(summary.id) == workshop.session


def run_with(fate: Fate, fresh: dict[str, bytes], place: Path, steps: int) -> None:
    """Open, score and close a copy of the library; then look at it through Python's SQLite."""
    place.mkdir()
    path = place / NAME
    path.write_bytes(fresh[NAME])
    with judged_files(fate):
        try:
            library = open_library(path, check=False)
        except AppError:
            fate.is_mended = True
            library = open_library(path, check=False)
        score(library, fate, steps)
        examine_open(library, Reported(steps), exact=True)
        library._is_closed = True
        library._file.close()
    assert examine(path, Reported(steps), exact=True) == steps


def fail_everywhere(
    fresh: dict[str, bytes], folder: Path, error: type[apsw.Error], lasting: bool, steps: int
) -> int:
    """Let the first operation fail, then the second, until none is left; returns their number."""
    at, has_struck = 0, True
    while has_struck:
        at += 1
        fate = Fate(at, error, lasting=lasting)
        run_with(fate, fresh, folder / f"{at}", steps)
        has_struck = fate.has_struck
    return at


def test_every_operation_of_a_step_may_fail_and_nothing_is_lost_or_half(
    fresh: dict[str, bytes], tmp_path: Path
) -> None:
    assert fail_everywhere(fresh, tmp_path, apsw.FullError, lasting=True, steps=1) > 8


@pytest.mark.slow
@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("error", [apsw.FullError, apsw.IOError])
def test_every_operation_of_many_steps_may_fail_and_nothing_is_lost_or_half(
    fresh: dict[str, bytes], tmp_path: Path, error: type[apsw.Error], lasting: bool
) -> None:
    assert fail_everywhere(fresh, tmp_path, error, lasting, steps=STEPS) > STEPS * 8


@pytest.mark.slow
def test_power_loss_recorded_by_the_file_layer_loses_nothing(
    fresh: dict[str, bytes], tmp_path: Path
) -> None:
    record: list[Operation] = []
    path = tmp_path / NAME
    with judged_files(record.append):
        library = open_library(path, check=False)
        (summary,) = library.session_summaries()
        workshop = Workshop(library.load_session(summary.id), library)
        record.append(Said("READY 0"))
        for number in range(1, STEPS + 1):
            take_step(workshop, number)
            assert not workshop.unsaved
            record.append(Said(f"ACK {number}"))
        library._is_closed = True
        library._file.close()
    count = 0
    for number, (said, files) in enumerate(possible_disks(fresh, record, 8, seed=4)):
        place = tmp_path / f"disk-{number}"
        place.mkdir()
        for name, content in files.items():
            (place / name).write_bytes(content)
        examine(place / NAME, Reported(int(said[-1].split()[1])))
        count += 1
    assert count == 64
    assert STEPS < AREA_COUNT
