"""Invariants of a library after a crash: nothing acknowledged lost, nothing partial, all sound."""

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
class Reported:
    """What a driver reported before it was killed."""

    acknowledged: int = 0
    area: str | None = None


def examine(path: Path, reported: Reported, *, exact: bool = False) -> int:
    """Open the library and check all invariants; returns the number of the last stored step.

    With ``exact`` nothing may be stored beyond what was acknowledged.
    """
    library = open_library(path)
    try:
        return examine_open(library, reported, exact=exact)
    finally:
        library._is_closed = True  # skip the backup: one per simulated disk would only cost time
        library._file.close()


def examine_open(library: SqliteLibrary, reported: Reported, *, exact: bool = False) -> int:
    """Like :func:`examine` for a library that is open."""
    assert library.check() == ()
    (summary,) = library.session_summaries()
    session = library.load_session(summary.id)
    changes = library.changes(session.id)
    stored = len(changes)
    assert stored >= reported.acknowledged, f"lost {reported.acknowledged - stored} steps"
    assert stored <= reported.acknowledged + (0 if exact else 1)
    replayed = library._store.sessions.first_state(session.id)
    for change in changes:
        replayed = apply_change(replayed, change)
    assert replayed == session
    notes = {int(rating.note) for rating in session.ratings.values() if rating.note}
    assert notes == set(range(max(1, stored - AREA_COUNT + 1), stored + 1))
    if reported.area is not None:
        expected = {
            reported.area,
            f"area-{stored % AREA_COUNT}",
            f"area-{(stored - 1) % AREA_COUNT}",
        }
        assert library.position_in(session.id) in expected
    return stored


def killed(child: subprocess.Popen[str]) -> list[str]:
    """Kill a driver; returns the lines it said that nobody has read yet.

    ``communicate`` would pass over what an earlier ``readline`` has read ahead.
    """
    assert child.stdout is not None
    child.kill()
    said = child.stdout.read()
    child.wait()
    lines = said.splitlines()
    return lines if said.endswith("\n") else lines[:-1]  # perhaps in the middle of the last one


def listen(lines: list[str], reported: Reported) -> None:
    """Record lines printed by a driver."""
    for line in lines:
        word, _, rest = line.strip().partition(" ")
        if word in ("ACK", "READY"):
            reported.acknowledged = max(reported.acknowledged, int(rest))
        elif word == "AT":
            reported.area = rest


def kill_repeatedly(
    start: Callable[[Path], subprocess.Popen[str]],
    library: Path,
    kills: int,
    seed: int,
    examine_library: Callable[[Path, Reported], int] = examine,
) -> int:
    """Repeatedly start a driver, kill it at a random moment and check the library.

    ``start`` may run any program that speaks like ``crash_driver``, for example the window.
    Returns the total number of acknowledged steps. A new library is used every 25 kills,
    because checking a long log takes time.
    """
    chance = random.Random(seed)
    total = 0
    reported = Reported()
    path = library
    for number in range(kills):
        if number % 25 == 0:
            path = library.with_name(f"{library.stem}-{number}{library.suffix}")
            total, reported = total + reported.acknowledged, Reported()
        child = start(path)
        assert child.stdout is not None
        first = child.stdout.readline()
        assert first.startswith("READY"), (first, child.communicate()[1])
        time.sleep(chance.uniform(0, 0.25))
        listen([first, *killed(child)], reported)
        begun = time.monotonic()
        reported.acknowledged = examine_library(path, reported)
        assert time.monotonic() - begun < 2, "not usable within two seconds"
    return total + reported.acknowledged


def environment() -> dict[str, str]:
    """The environment for a child that finds our packages."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3])}
