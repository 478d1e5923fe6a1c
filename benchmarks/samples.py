"""Sessions, models and libraries of any size for benchmarks."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

from app.model.maturity_model import (
    Action,
    Area,
    Dimension,
    Indicator,
    Level,
    LevelDescription,
    LocalText,
    MaturityModel,
)
from app.ports import Library
from app.session.rating import Rating
from app.session.session import NewSession, Session
from app.session.units import Affiliation, Organisation
from app.workshop.history import Edit, new_change

DAY = date(2026, 11, 23)


def scored_session(model: MaturityModel) -> Session:
    """A session on this model in which every area has a level, a target and a reason."""
    ratings = {
        area.id: Rating(
            area.id,
            level=Fraction(1 + index % 4),
            target=4 + index % 2,
            note=f"Reason {index}: seen in the last release, two teams differ.",
        )
        for index, area in enumerate(model.areas)
    }
    affiliation = Affiliation(Organisation("o1", "Nordwerk"))
    return Session(
        "s1",
        affiliation,
        "Workshop",
        DAY,
        "en",
        model,
        ratings=ratings,
    )


def wide_model(areas: int, dimensions: int = 5) -> MaturityModel:
    """A model with this many areas, texts about as long as those of the built-in model."""
    per_dimension = -(-areas // dimensions)
    counted = range(areas)
    return MaturityModel(
        f"wide-{areas}",
        "1",
        ("en",),
        _text(f"Wide model with {areas} areas"),
        tuple(Level(number, _text(f"Level {number}")) for number in range(1, 6)),
        tuple(
            Dimension(
                f"d{d}",
                _text(f"Dimension {d}"),
                areas=tuple(
                    _area(f"d{d}.a{index}", index)
                    for index in counted
                    if index // per_dimension == d
                ),
            )
            for d in range(dimensions)
        ),
    )


def _area(area_id: str, index: int) -> Area:
    return Area(
        area_id,
        _text(f"Area number {index}"),
        _text(f"Area {index}"),
        _text("What would you have to see to be sure?"),
        levels=tuple(
            LevelDescription(
                level,
                _text("The teams release with a shared pipeline and look at the same figures."),
                _text("The teams release with a shared pipeline. " * 4),
                tuple(
                    Indicator(
                        f"{area_id}.{level}.{n}", _text("Every change is tested before it runs.")
                    )
                    for n in range(3)
                ),
            )
            for level in range(1, 6)
        ),
        actions=tuple(
            Action(
                f"{area_id}.{level}",
                level - 1,
                level,
                _text("Agree on one pipeline for all teams."),
            )
            for level in range(2, 6)
        ),
    )


def _text(words: str) -> LocalText:
    return LocalText.of(en=words)


def library_with(path: Path, sessions: int, model: MaturityModel, organisations: int = 20) -> None:
    """A library file with this many scored sessions of so many organisations."""
    from data.library.library import open_library

    library: Library = open_library(path, create=True)
    try:
        for number in range(sessions):
            session = library.create_session(
                NewSession(
                    f"Organisation {number % organisations:02}",
                    model,
                    f"Workshop {number}",
                    date=DAY,
                )
            )
            edits = [
                Edit(area.id, "level", None, Fraction(1 + (number + index) % 5))
                for index, area in enumerate(model.areas)
            ]
            library.record(new_change(session.id, edits))
    finally:
        library.close()
