"""Sessions to export: realistic, almost empty, without applicable areas, with half levels."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from app.model.maturity_model import MaturityModel
from app.session.checkpoints import Checkpoint
from app.session.evidence import Evidence, EvidenceKind
from app.session.rating import Confidence
from app.session.session import Session
from data.models.builtin import builtin_model
from tests.exports.samples import (
    EARLIER_LEVELS,
    LEVELS,
    PDF,
    PDF_DIGEST,
    TARGETS,
    Score,
    fully_planned,
    scored,
)


@pytest.fixture(scope="session")
def model() -> MaturityModel:
    return builtin_model()


@pytest.fixture(scope="session")
def today() -> date:
    return date(2026, 11, 24)


@pytest.fixture(scope="session")
def session(model: MaturityModel) -> Session:
    """A session with every field in use."""
    session = scored(model, LEVELS, TARGETS)
    first = model.areas[0].id
    evidence = (
        Evidence("e1", EvidenceKind.LINK, "Wiki", "https://example.org/wiki"),
        Evidence("e2", EvidenceKind.FILE, "Report", "report.pdf", len(PDF), PDF_DIGEST),
    )
    rating = replace(
        session.rating(first),
        weight=Fraction(5, 2),
        confidence=Confidence.EVIDENCE,
        note="Two teams work this way.",
        evidence=evidence,
    )
    checkpoint = Checkpoint("m1", "Before lunch", datetime(2026, 11, 23, 11, 7, 32, tzinfo=UTC))
    return replace(session.with_rating(rating), milestones=(checkpoint,))


@pytest.fixture(scope="session")
def earlier(model: MaturityModel) -> Session:
    return scored(
        model, EARLIER_LEVELS, id="session-0", title="Workshop March", date=date(2026, 3, 17)
    )


@pytest.fixture(scope="session")
def almost_empty(model: MaturityModel) -> Session:
    return scored(model, [2])


@pytest.fixture(scope="session")
def unscored(model: MaturityModel) -> Session:
    return scored(model, [])


@pytest.fixture(scope="session")
def nothing_applies(model: MaturityModel) -> Session:
    return scored(model, ["n/a"] * len(model.areas))


@pytest.fixture(scope="session")
def half_levels(model: MaturityModel) -> Session:
    levels: list[Score] = [1.5, 2, 2.5, 3, 4.5, 5, None, "n/a"]
    session = scored(model, levels, [5, 4, 3, 3, 5, 2], half_levels=True)
    rating = session.rating(model.areas[2].id)
    return session.with_rating(replace(rating, weight=Fraction(3, 10)))


@pytest.fixture(scope="session")
def with_plan(model: MaturityModel) -> Session:
    """A session with every field of a plan in use."""
    return fully_planned(model)
