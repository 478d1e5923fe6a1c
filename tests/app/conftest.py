"""A small model, a session on it, and an in-memory repository that can fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from app.errors import InvalidInput, StorageUnavailable
from app.model.maturity_model import (
    Action,
    Area,
    Dimension,
    Level,
    LocalText,
    MaturityModel,
    Prerequisite,
)
from app.ports import Saved
from app.session.evidence import Evidence, EvidenceKind
from app.session.rating import Rating
from app.session.session import Session
from app.session.units import Affiliation, Organisation
from app.workshop.history import Change, apply_change


def text(words: str) -> LocalText:
    return LocalText.of(de=words, en=words)


def make_model(
    sizes: dict[str, int], levels: int = 5, lowest: int = 1,
    prerequisites: tuple[tuple[str, int, str, int], ...] = (),
) -> MaturityModel:  # fmt: skip
    """Dimensions with so many areas each; areas are called ``<dimension>.<number from 0>``."""
    numbers = range(lowest, lowest + levels)
    dimensions = tuple(
        Dimension(
            name,
            text(name),
            areas=tuple(
                Area(
                    f"{name}.{i}",
                    text(f"{name}.{i}"),
                    text(f"{name}.{i}"),
                    actions=tuple(
                        Action(f"{name}.{i}.a{n}", n - 1, n, text(f"Reach {n}"))
                        for n in numbers
                        if n > lowest
                    ),
                )
                for i in range(size)
            ),
        )
        for name, size in sizes.items()
    )
    return MaturityModel(
        "small", "1", ("de", "en"), text("Small"),
        tuple(Level(n, text(f"L{n}")) for n in numbers), dimensions,
        prerequisites=tuple(
            Prerequisite(f"p{i}", *given) for i, given in enumerate(prerequisites)
        ),
    )  # fmt: skip


def make_session(model: MaturityModel, *ratings: Rating, half_levels: bool = False) -> Session:
    return Session(
        "s1", Affiliation(Organisation("o1", "Acme")), "Workshop", date(2026, 11, 23), "en", model,
        half_levels=half_levels, ratings={rating.area_id: rating for rating in ratings},
    )  # fmt: skip


class FailingDisk:
    """Keeps one session and its changes; every write fails while ``is_full``.

    While ``refuses`` is set, changes are rejected as invalid input instead.
    """

    def __init__(self, session: Session) -> None:
        self.stored = session
        self.log: list[Change] = []
        self.is_full = False
        self.refuses = False

    def load_session(self, _session_id: str) -> Session:
        return self.stored

    def changes(self, _session_id: str, newest: int | None = None) -> list[Change]:
        return self.log if newest is None else self.log[max(0, len(self.log) - newest) :]

    def record(self, change: Change) -> Saved:
        if self.is_full:
            raise StorageUnavailable("The disk is full.")
        if self.refuses:
            raise InvalidInput("This cannot be stored.")
        if not self.is_recorded(change.id):
            self.stored = apply_change(self.stored, change)
            self.log.append(change)
        return Saved(len(self.log), datetime(2026, 11, 23, 14, 7, 32, tzinfo=UTC))

    def is_recorded(self, change_id: str) -> bool:
        return any(change.id == change_id for change in self.log)

    def add_file(self, path: Path) -> Evidence:
        return Evidence("f1", EvidenceKind.FILE, path.name, path.name, 3, "0" * 64)


@pytest.fixture
def model() -> MaturityModel:
    return make_model({"People": 2, "Process": 3})


@pytest.fixture
def session(model: MaturityModel) -> Session:
    return make_session(model)


@pytest.fixture
def disk(session: Session) -> FailingDisk:
    return FailingDisk(session)


@pytest.fixture
def new_disk(session: Session) -> Callable[[bool], FailingDisk]:
    return lambda half_levels: FailingDisk(replace(session, half_levels=half_levels))


@pytest.fixture
def levels() -> Callable[[Session], dict[str, Fraction | None]]:
    return lambda session: {r.area_id: r.level for r in session.all_ratings()}


@pytest.fixture(scope="session")
def a_model() -> Callable[..., MaturityModel]:
    return make_model


@pytest.fixture(scope="session")
def a_session() -> Callable[..., Session]:
    return make_session
