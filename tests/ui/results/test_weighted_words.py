"""Headings say "weighted" where weights differ from 1."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from fakes import small_model

from app.figures.scoring import Profile, profile
from app.session.rating import Rating
from app.session.session import Session
from app.words.texts import translator_for
from tests.exports.samples import scored
from ui.results.dumbbells import gaps_heading
from ui.results.key_figures import key_figures

TR = translator_for("en")


@pytest.fixture
def session() -> Session:
    return scored(small_model(), [2, 3])


def _with_weight(session: Session, number: int, weight: Fraction) -> Profile:
    rating: Rating = session.rating(session.model.areas[number].id)
    return profile(session.with_rating(replace(rating, weight=weight)))


def test_plain_means_are_not_called_weighted(session: Session) -> None:
    figures = profile(session)
    words = [card.meaning for card in key_figures(figures, None, None, TR)]
    assert not figures.is_weighted
    assert not [each for each in words if "weight" in each]
    assert gaps_heading(figures, TR) == "Gaps, widest first"


def test_a_weight_that_counts_is_said(session: Session) -> None:
    figures = _with_weight(session, 1, Fraction(5, 2))
    overall, gap, *_ = key_figures(figures, None, None, TR)
    assert figures.is_weighted
    assert overall.meaning.startswith("weighted average of 2 areas")
    assert gap.meaning.startswith("levels on weighted average")
    assert "weighted progress to target" in gap.meaning
    assert gaps_heading(figures, TR) == "Gaps × weight, widest first"


def test_the_weight_of_an_unscored_area_changes_no_mean(session: Session) -> None:
    assert len(session.model.areas) > 2
    assert not _with_weight(session, 2, Fraction(5, 2)).is_weighted
