"""Builds sessions and models for the tests of exports."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Literal

from app.model.maturity_model import (
    Area,
    Dimension,
    Level,
    LevelDescription,
    LocalText,
    MaturityModel,
)
from app.session.rating import Rating
from app.session.session import Session
from app.session.units import Affiliation, Organisation, Unit

PDF = b"pdf"
PDF_DIGEST = hashlib.sha256(PDF).hexdigest()

Score = Fraction | float | int | Literal["n/a"] | None

LEVELS: list[Score] = [
    2, 3, 2, 2, 3, 1, 3, 4, 3, 2, 3, 2, "n/a", 1, 4, 4, 3, 3, 2, 2, 3, 1,
]  # fmt: skip
TARGETS = [4, 4, 4, 4, 4, 3, 5, 5, 5, 5, 5, 3, None, 3, 5, 5, 5, 4, 4, 5, 4, 3]
"""The example of the method paper, sections 6 and 7."""
EARLIER_LEVELS: list[Score] = [2, 2, 2, 1, 3, 1, 2, 4, 2, 1, 2, 2, 1, 1, 3, 3, 2, 2, 2, 2, 2, 1]


def scored(
    model: MaturityModel,
    levels: Sequence[Score],
    targets: Sequence[int | None] = (),
    **details: object,
) -> Session:
    """A session with these levels in model order."""
    ratings = {}
    for index, area in enumerate(model.areas):
        level = levels[index] if index < len(levels) else None
        target = targets[index] if index < len(targets) else None
        if level == "n/a":
            ratings[area.id] = Rating(area.id, not_applicable="Done by the parent company")
        else:
            exact = None if level is None else Fraction(str(level))
            ratings[area.id] = Rating(area.id, level=exact, target=target)
    session = Session(
        id="session-1",
        affiliation=Affiliation(
            Organisation("organisation-1", "Nordwerk AG"),
            (Unit("unit-1", "organisation-1", "Platform team"),),
        ),
        title="Workshop November",
        date=date(2026, 11, 23),
        language="de",
        model=model,
        scope="Customer portal",
        ratings={key: rating for key, rating in ratings.items() if rating != Rating(key)},
    )
    return replace(session, **details)  # type: ignore[arg-type]


def wide_model(dimensions: int, areas_each: int, levels: int = 5) -> MaturityModel:
    """A model of any size, with repeated area names."""
    numbers = range(1, levels + 1)
    return MaturityModel(
        id="wide",
        content_version="1",
        languages=("en",),
        name=LocalText.of(en="Wide"),
        levels=tuple(Level(n, LocalText.of(en=f"Name {n}")) for n in numbers),
        dimensions=tuple(
            Dimension(
                f"d{d}",
                LocalText.of(en=f"Dimension {d}"),
                areas=tuple(
                    Area(
                        f"d{d}.a{a}",
                        LocalText.of(en=f"Area {a}"),
                        LocalText.of(en=f"Area {a}"),
                        levels=tuple(
                            LevelDescription(n, LocalText.of(en=f"Short {n}")) for n in numbers
                        ),
                    )
                    for a in range(areas_each)
                ),
            )
            for d in range(dimensions)
        ),
    )
