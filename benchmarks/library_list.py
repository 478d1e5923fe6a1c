"""Opening a library with 5,000 sessions against one with 50."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.measure import Row, in_turns, milliseconds
from benchmarks.samples import library_with

FEW, MANY = 50, 5_000
PAGE = 50
"""How many rows the list asks for before it is scrolled."""


def measure() -> list[Row]:
    """Open, count, read the first page of the list."""
    from data.library import open_library
    from data.model_files.builtin import builtin_model

    model = builtin_model("cloud-native")
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few.db", Path(folder) / "many.db"
        library_with(few, FEW, model)
        library_with(many, MANY, model)

        def show(path: Path) -> None:
            library = open_library(path, check=False)
            library.session_count()
            library.session_summaries(limit=PAGE)
            library.abandon() if hasattr(library, "abandon") else library.close()

        ours, bare = in_turns(
            lambda: milliseconds(lambda: show(many)), lambda: milliseconds(lambda: show(few))
        )
    return [Row(f"list of {MANY:,} sessions against {FEW}", ours, bare, "ms", 2.0)]
