"""Opening a library of 5,000 sessions compared with 50, until its list can be shown."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.measure import Row, in_turns, milliseconds
from benchmarks.samples import library_with

FEW, MANY = 50, 5_000
PAGE = 50
"""How many rows the list asks for before it is scrolled."""


def measure() -> list[Row]:
    """Open, count and read the first page of the list; closing is not measured."""
    from data.library.library import open_library
    from data.models.builtin import builtin_model

    model = builtin_model("cloud-native")
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few.stufenplan", Path(folder) / "many.stufenplan"
        library_with(few, FEW, model)
        library_with(many, MANY, model)

        def shown(path: Path, sessions: int) -> float:
            opened = []

            def show() -> None:
                library = open_library(path, check=False)
                opened.append(library)
                if library.session_count() != sessions:
                    raise SystemExit("sessions are missing")
                library.session_summaries(limit=PAGE)

            took = milliseconds(show)
            opened[0].close()
            return took

        ours, bare = in_turns(lambda: shown(many, MANY), lambda: shown(few, FEW), rounds=15)
        slices = _slices_of_check(many)
    note = (
        f"checked in {len(slices)} slices, {sum(slices):.0f} ms in all, the longest"
        f" {max(slices):.0f} ms"
    )
    return [Row(f"library of {MANY:,} sessions opened, against {FEW}", ours, bare, "ms", 2.0, note)]


def _slices_of_check(path: Path) -> list[float]:
    """Milliseconds the UI thread is blocked by each slice of the check."""
    from data.library.library import open_library

    library = open_library(path, check=False)
    slices, is_done = [], False

    def go_on() -> None:
        nonlocal is_done
        is_done = library.sliced_check.next_slice() is not None

    while not is_done:
        slices.append(milliseconds(go_on))
    library.close()
    return slices
