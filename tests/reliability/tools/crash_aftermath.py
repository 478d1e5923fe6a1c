"""What has to hold of a library after a crash: everything acknowledged, nothing half, all sound."""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crash_driver import AREA_COUNT

from app.workshop.history import apply_change
from data.library.library import SqliteLibrary, open_library


@dataclass(slots=True)
class Heard:
    """What a driver said before it died."""

    acknowledged: int = 0
    area: str | None = None


def examine(path: Path, heard: Heard, *, exact: bool = False) -> int:
    """Open the library and look at everything; returns the number of the last stored step.

    With ``exact`` nothing may be stored beyond what was acknowledged.
    """
    library = open_library(path)
    try:
        return examine_open(library, heard, exact=exact)
    finally:
        library._is_closed = True  # a backup of every simulated disk would only take time
        library._file.close()


def examine_open(library: SqliteLibrary, heard: Heard, *, exact: bool = False) -> int:
    """Like :func:`examine` for a library that is open."""
    assert library.check() == ()
    (summary,) = library.session_summaries()
    session = library.load_session(summary.id)
    changes = library.changes(session.id)
    stored = len(changes)
    assert stored >= heard.acknowledged, f"lost {heard.acknowledged - stored} steps"
    assert stored <= heard.acknowledged + (0 if exact else 1)
    replayed = library._store.initial_session(session.id)
    for change in changes:
        replayed = apply_change(replayed, change)
    assert replayed == session
    notes = {int(rating.note) for rating in session.ratings.values() if rating.note}
    assert notes == set(range(max(1, stored - AREA_COUNT + 1), stored + 1))
    if heard.area is not None:
        expected = {heard.area, f"area-{stored % AREA_COUNT}", f"area-{(stored - 1) % AREA_COUNT}"}
        assert library.position_in(session.id) in expected
    return stored


def listen(lines: list[str], heard: Heard) -> None:
    """Take note of what a driver said."""
    for line in lines:
        word, _, rest = line.strip().partition(" ")
        if word in ("ACK", "READY"):
            heard.acknowledged = max(heard.acknowledged, int(rest))
        elif word == "AT":
            heard.area = rest


def kill_again_and_again(
    start: Callable[[Path], subprocess.Popen[str]],
    library: Path,
    kills: int,
    seed: int,
    examine_library: Callable[[Path, Heard], int] = examine,
) -> int:
    """Start a driver, kill it at a random moment, look at the library; so many times.

    ``start`` may run any program that speaks like ``crash_driver``, for example the window.
    Returns how many steps were acknowledged in all. The library begins anew every 25 kills,
    because looking at a long log takes its time.
    """
    chance = random.Random(seed)
    total = 0
    heard = Heard()
    path = library
    for number in range(kills):
        if number % 25 == 0:
            path = library.with_name(f"{library.stem}-{number}{library.suffix}")
            total, heard = total + heard.acknowledged, Heard()
        child = start(path)
        assert child.stdout is not None
        first = child.stdout.readline()
        assert first.startswith("READY"), (first, child.communicate()[1])
        time.sleep(chance.uniform(0, 0.25))
        child.kill()
        said, _ = child.communicate()
        # The last line may have been cut off in the middle; it was not heard then.
        listen([first, *said[: said.rfind("\n") + 1].splitlines()], heard)
        begun = time.monotonic()
        heard.acknowledged = examine_library(path, heard)
        assert time.monotonic() - begun < 2, "not usable within two seconds"
    return total + heard.acknowledged


def environment() -> dict[str, str]:
    """The environment for a child that finds our packages."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3])}
