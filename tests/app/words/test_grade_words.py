"""Sentences about a grade say what it allows, and no more."""

from __future__ import annotations

import pytest

from app.comparison.comparison import Comparison, compare
from app.words.comparison import consequence_in_words, what_holds
from app.words.texts import translator_for
from tests.app.comparison.test_comparison import model_of, of_levels, session_of

EN, DE = translator_for("en"), translator_for("de")


def compared(*levels: float | None, same_people: bool | None = None, scope: str = "") -> Comparison:
    """Five areas at level 2, compared with these levels of a year later."""
    model = model_of("abcde")
    then = session_of(model, of_levels(**dict.fromkeys("abcde", 2)), 2025)
    now = dict(zip("abcde", levels, strict=True))
    return compare(
        [then, session_of(model, of_levels(**now), scope=scope)], same_people=same_people
    )


@pytest.mark.parametrize(
    ("comparison", "sentence"),
    [
        (
            compared(3, 3, 3, 3, 3, same_people=True),
            "So: differences, averages and trends of the 5 areas that all share.",
        ),
        (
            compared(3, 3, 3, 3, -1),
            "So: differences only on the 4 areas that all share, and no trend line.",
        ),
        (
            compared(3, 3, 3, 3, 3, scope="Another"),
            "So: levels side by side only; no differences, no averages, no trend.",
        ),
        (
            compared(-1, -1, -1, -1, -1),
            "So: no differences, because no area is scored every time.",
        ),
    ],
)
def test_the_consequence_says_what_the_grade_allows(comparison: Comparison, sentence: str) -> None:
    assert consequence_in_words(comparison, EN) == sentence
    assert consequence_in_words(comparison, DE).startswith("Daher: ")


def test_what_holds_counts_the_areas_that_ask_the_same() -> None:
    assert what_holds(compared(3, 3, 3, 3, None, same_people=True), EN).endswith("4 of 5.")
