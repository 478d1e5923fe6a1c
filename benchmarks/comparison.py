"""Six sessions read and compared, against reading them only; growth with the areas."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

from app.comparison.comparison import MOST_SESSIONS, Comparison, compare
from app.session.rating import Rating
from app.session.session import Session
from benchmarks.measure import Row, exponent, in_turns, milliseconds
from benchmarks.samples import DAY, library_with, scored_session, wide_model

FEW, MANY = 90, 900
LINEAR = 1.2
"""Linear growth is 1 or less; a fifth is left to measuring."""


def measure() -> list[Row]:
    """Six sessions of a library compared with all figures, and the cost of an area among many."""
    from data.library.library import open_library
    from data.models.builtin import builtin_model

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "six.stufenplan"
        library_with(path, MOST_SESSIONS, builtin_model("cloud-native"), organisations=1)
        library = open_library(path, check=False)
        ids = [each.id for each in library.session_summaries(limit=MOST_SESSIONS)]

        def read() -> list[Session]:
            return [library.load_session(session_id) for session_id in ids]

        sessions = read()
        ours, bare = in_turns(
            lambda: milliseconds(lambda: _figures(read())), lambda: milliseconds(read)
        )
        alone, two = in_turns(
            lambda: milliseconds(lambda: _figures(sessions)),
            lambda: milliseconds(lambda: _figures(sessions[:2])),
        )
        library.close()
    note = f"compared alone: {alone:.1f} ms; two of them: {two:.1f} ms"
    name = f"{MOST_SESSIONS} sessions of 22 areas read and compared, against reading them"
    rows = [Row(name, ours, bare, "ms", 5.0, note)]
    many, few = in_turns(_cost(MANY), _cost(FEW))
    slope = exponent((FEW, MANY), (few, many))
    note = f"{many:.0f} against {few:.0f} ms; time grows with the areas to the power of {slope:.2f}"
    name = f"comparison of {MOST_SESSIONS} sessions, one of {MANY} areas against one of {FEW}"
    rows.append(Row(name, many / MANY, few / FEW, "ms", LINEAR, note))
    return rows


def _figures(sessions: Sequence[Session]) -> Comparison:
    """Compare, and calculate all that the page and its charts show."""
    compared = compare(sessions, same_people=True)
    figures = (
        compared.graded, compared.areas, compared.overall, compared.dimensions, compared.risen,
        compared.fallen, compared.newly_open,
    )  # fmt: skip
    if compared.overall is None or not figures:
        raise SystemExit("nothing was compared")
    return compared


def _cost(areas: int) -> Callable[[], float]:
    """Compares six sessions of so many areas; each is on a copy of the model of its own."""
    sessions = [_moved(areas, number) for number in range(MOST_SESSIONS)]
    return lambda: milliseconds(lambda: _figures(sessions))


def _moved(areas: int, number: int) -> Session:
    session = scored_session(wide_model(areas))
    ratings = {
        area.id: Rating(area.id, level=Fraction(1 + (place + number) % 5))
        for place, area in enumerate(session.model.areas)
    }
    day = DAY + timedelta(days=number)
    return replace(session, id=f"s{number}", date=day, ratings=ratings)
