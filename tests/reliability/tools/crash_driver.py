"""Score areas in an endless loop through the real workshop and library; print acknowledgements.

Run as a program: ``crash_driver.py LIBRARY [--steps N] [--synchronous off]``. It prints
``READY`` and the number of the last stored step, then ``ACK n`` each time a step has been
acknowledged and ``AT area`` each time a position has been. Step n sets the level and the note of
area n, so that what is stored tells which steps it holds. When a step cannot be saved it prints
``UNSAVED`` with the reason and waits for a line on standard input before it tries again;
``--file-limits N`` makes so many steps fail by limiting the size of files, and goes on by itself.
"""

from __future__ import annotations

import argparse
import os
import sys
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from app.model.maturity_model import Area, Dimension, Level, LocalText, MaturityModel
from app.session.session import NewSession, Session
from app.workshop.workshop import Workshop
from data.library.library import SqliteLibrary, open_library

AREA_COUNT = 22


def small_model() -> MaturityModel:
    """A model with as many areas as the built-in one and hardly any text."""

    def text(words: str) -> LocalText:
        return LocalText.of(en=words)

    areas = tuple(
        Area(f"area-{number}", text(f"Area {number}"), text(f"A{number}"))
        for number in range(AREA_COUNT)
    )
    levels = tuple(Level(number, text(f"Level {number}")) for number in range(1, 6))
    dimension = Dimension("all", text("All"), areas=areas)
    return MaturityModel("small", "1", ("en",), text("Small"), levels, (dimension,))


def the_session(library: SqliteLibrary) -> Session:
    """The only session of the library, created where missing."""
    summaries = library.session_summaries()
    if summaries:
        return library.load_session(summaries[0].id)
    return library.create_session(NewSession("Acme", small_model(), title="Workshop"))


def say(words: str) -> None:
    """Print one line, unbuffered, so that a kill cannot lose it."""
    os.write(1, f"{words}\n".encode())


def last_step(library: SqliteLibrary, session: Session) -> int:
    """The number of the last stored step."""
    changes = library.changes(session.id)
    return int(str(changes[-1].edits[-1].after)) if changes else 0


def take_step(workshop: Workshop, number: int) -> str:
    """Set level and note of the next area in one change; returns the area."""
    area = f"area-{number % AREA_COUNT}"
    level = Fraction(number // AREA_COUNT % 5 + 1)
    workshop.change_all({(area, "level"): level, (area, "note"): str(number)})
    return area


def score_until(workshop: Workshop, library: SqliteLibrary, steps: int, number: int) -> None:
    """Take steps; after a failed save, wait for a line on standard input, then retry."""
    for _ in range(steps):
        number += 1
        area = take_step(workshop, number)
        while workshop.unsaved:
            say(f"UNSAVED {workshop.unsaved[0].reason}")
            if not sys.stdin.readline():
                return
            workshop.retry()
        say(f"ACK {number}")
        library.remember_position(workshop.session.id, area)
        say(f"AT {area}")


def score_under_limits(workshop: Workshop, library: SqliteLibrary, limits: int, number: int) -> int:
    """Limit the file size, sweeping through sizes of journal and library."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = library.path.stat().st_size
    for turn in range(limits):
        limit = turn * 700 if turn % 2 else size + (turn - limits // 2) * 512
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        while not workshop.unsaved and number < turn * 4:
            number += 1
            take_step(workshop, number)
            if not workshop.unsaved:
                say(f"ACK {number}")
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        if workshop.unsaved:
            reason = workshop.unsaved[0].reason
            assert workshop.retry()
            say(f"UNSAVED {reason}")
            say(f"ACK {number}")
        size = library.path.stat().st_size
    return number


def main() -> None:
    """Score until killed, or for a number of steps."""
    parser = argparse.ArgumentParser()
    parser.add_argument("library", type=Path)
    parser.add_argument("--steps", type=int, default=10**9)
    parser.add_argument("--synchronous", default="full")
    parser.add_argument("--file-limits", type=int, default=0)
    given = parser.parse_args()
    library = open_library(given.library, create=True, check=False)
    session = the_session(library)
    library._connection.execute(f"PRAGMA synchronous = {given.synchronous}")
    workshop = Workshop(session, library)
    number = last_step(library, session)
    # The first write loads what later ones need.
    library.remember_position(session.id, library.position_in(session.id) or "area-0")
    say(f"READY {number}")
    number = score_under_limits(workshop, library, given.file_limits, number)
    score_until(workshop, library, given.steps, number)
    library.close()


if __name__ == "__main__":
    main()
