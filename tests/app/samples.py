"""Builds sessions from plain lists of levels, and random ones for property tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

from hypothesis import strategies as st

from app.model.maturity_model import Area, Dimension, Level, LocalText, MaturityModel, Prerequisite
from app.session.rating import Rating
from app.session.session import Session
from app.session.units import Affiliation, Organisation

Score = Fraction | int | Literal["n/a"] | None

#: The example of the method paper, sections 6 and 7.
PAPER_LEVELS: dict[str, list[Score]] = {
    "People": [2, 3, 2, 2, 3, 1],
    "Process": [3, 4, 3, 2, 3],
    "Policy": [2, "n/a", 1],
    "Technology": [4, 4, 3, 3, 2, 2, 3],
    "Business": [1],
}
PAPER_TARGETS: dict[str, list[int | None]] = {
    "People": [4, 4, 4, 4, 4, 3],
    "Process": [5, 5, 5, 5, 5],
    "Policy": [3, None, 3],
    "Technology": [5, 5, 5, 4, 4, 5, 4],
    "Business": [3],
}


def session_of(
    levels: dict[str, list[Score]],
    targets: dict[str, list[int | None]] | None = None,
    weights: dict[str, list[Fraction | int]] | None = None,
    *,
    lowest: int = 1,
    count: int = 5,
    prerequisites: Sequence[tuple[str, int, str, int]] = (),
) -> Session:
    """One dimension per key; its areas are called ``<dimension>.<number from 0>``.

    A single area per dimension is named after the dimension. ``prerequisites`` are area, level,
    required area and required level.
    """
    ratings: dict[str, Rating] = {}
    dimensions: list[Dimension] = []
    for name, scores in levels.items():
        ids = [name] if len(scores) == 1 else [f"{name}.{i}" for i in range(len(scores))]
        text = LocalText.of(en=name)
        areas = tuple(Area(id_, LocalText.of(en=id_), LocalText.of(en=id_)) for id_ in ids)
        dimensions.append(Dimension(name, text, areas=areas))
        for place, (id_, score) in enumerate(zip(ids, scores, strict=True)):
            ratings[id_] = Rating(
                id_,
                level=None if score in (None, "n/a") else Fraction(score),
                target=targets[name][place] if targets else None,
                weight=Fraction(weights[name][place]) if weights else Fraction(1),
                not_applicable="not ours" if score == "n/a" else None,
            )
    scale = tuple(Level(n, LocalText.of(en=f"L{n}")) for n in range(lowest, lowest + count))
    model = MaturityModel(
        "sample", "1", ("en",), LocalText.of(en="Sample"), scale, tuple(dimensions),
        prerequisites=tuple(Prerequisite(f"p{i}", *p) for i, p in enumerate(prerequisites)),
    )  # fmt: skip
    return Session(
        "s", Affiliation(Organisation("o", "Acme")), "Workshop", date(2026, 11, 23), "en", model,
        ratings=ratings,
    )  # fmt: skip


def halves(lowest: int, highest: int) -> st.SearchStrategy[Fraction]:
    """Levels of a scale, including half levels."""
    return st.integers(2 * lowest, 2 * highest).map(lambda n: Fraction(n, 2))


@st.composite
def sessions(draw: st.DrawFn, *, at_least_scored: int = 0, whole: bool = False) -> Session:
    """Random sessions: scale, sizes, levels, targets, weights, areas without level or taken out."""
    lowest = draw(st.integers(0, 1))
    count = draw(st.integers(2, 10))
    highest = lowest + count - 1
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    level = st.integers(lowest, highest).map(Fraction) if whole else halves(lowest, highest)
    score = st.none() | st.just("n/a") | level
    levels: dict[str, list[Score]] = {}
    targets: dict[str, list[int | None]] = {}
    weights: dict[str, list[Fraction | int]] = {}
    for number, size in enumerate(sizes):
        name = f"d{number}"
        levels[name] = draw(st.lists(score, min_size=size, max_size=size))
        target = st.none() | st.integers(lowest, highest)
        targets[name] = draw(st.lists(target, min_size=size, max_size=size))
        weight = st.fractions(Fraction(1, 10), 10, max_denominator=10)
        weights[name] = draw(st.lists(weight, min_size=size, max_size=size))
    places = [(name, place) for name, scores in levels.items() for place in range(len(scores))]
    for name, place in places[:at_least_scored]:
        if levels[name][place] in (None, "n/a"):
            levels[name][place] = draw(level)
    return session_of(levels, targets, weights, lowest=lowest, count=count)
