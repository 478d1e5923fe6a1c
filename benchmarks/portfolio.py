"""First rows of the portfolio of a library of 5,000 sessions compared with 50."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from app.portfolio import SortBy, portfolio
from app.ports import Library
from benchmarks.measure import Row, in_turns, milliseconds
from benchmarks.samples import library_with

FEW, MANY = 50, 5_000
CLIENTS_OF_MANY = 100
"""More sessions come with more clients: here five times as many."""
FIRST = 20
"""Profiles that the list asks for before it is scrolled."""
TODAY = date(2027, 5, 31)


def measure() -> list[Row]:
    """Read all clients, sort and filter them, and read the profiles of the first rows."""
    from data.library.library import open_library
    from data.models.builtin import builtin_model

    model = builtin_model("cloud-native")
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few.stufenplan", Path(folder) / "many.stufenplan"
        library_with(few, FEW, model)
        library_with(many, MANY, model, organisations=CLIENTS_OF_MANY)

        def shown(path: Path) -> float:
            opened = []

            def show() -> None:
                library = open_library(path, check=False)
                opened.append(library)
                _first_rows(library)

            took = milliseconds(show)
            opened[0].close()
            return took

        ours, bare = in_turns(lambda: shown(many), lambda: shown(few), rounds=15)
        library = open_library(many, check=False)
        _first_rows(library)
        again = milliseconds(lambda: _first_rows(library))
        library.close()
    note = f"with the library open already {again:.0f} ms"
    name = f"portfolio of {MANY:,} sessions of {CLIENTS_OF_MANY} clients, against {FEW} of 20"
    return [Row(name, ours, bare, "ms", 3.0, note)]


def _first_rows(library: Library) -> None:
    clients = portfolio(library.portfolio(TODAY), TODAY, order=SortBy.DUE)
    latest = [client.latest.id for client in clients[:FIRST] if client.latest is not None]
    if len(library.shapes(latest)) != FIRST:
        raise SystemExit("profiles are missing")
