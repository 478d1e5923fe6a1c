"""Rounding: half away from zero, on the exact fraction."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.words.numbers import NO_NUMBER, exact, format_number, format_percent, plain, rounded


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "−3"),
        (Fraction(1, 20), 1, "0.1"),
        (Fraction(-1, 20), 1, "−0.1"),
        (Fraction(-1, 25), 1, "0.0"),
        (Fraction(13, 6), 1, "2.2"),
        (Fraction(53, 21), 1, "2.5"),
        (2.675, 2, "2.68"),  # the number that was typed, not its binary neighbour below
        (0, 1, "0.0"),
    ],
)
def test_halves_are_rounded_away_from_zero(
    value: Fraction | float, places: int, shown: str
) -> None:
    assert format_number(value, places) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(3, "3"), (Fraction(7, 2), "3.5"), (Fraction(1, 3), "0.333"), (10, "10"), (0, "0")],
)
def test_without_places_a_number_has_as_many_decimals_as_it_needs(
    value: Fraction | float, shown: str
) -> None:
    assert format_number(value) == shown


def test_german_numbers_have_a_comma_and_no_number_is_a_dash() -> None:
    assert format_number(Fraction(5, 2), 1, "de") == "2,5"
    assert format_number(None) == format_percent(None) == NO_NUMBER


def test_a_share_has_no_decimals() -> None:
    assert format_percent(Fraction(8, 17)) == "47%"
    assert format_percent(Fraction(1, 200), "de") == "1\N{NO-BREAK SPACE}%"


def test_what_was_typed_is_exact_and_comes_back_as_it_was() -> None:
    assert exact(0.1) == exact("0.1") == Fraction(1, 10)
    assert (plain(Fraction(3)), plain(Fraction(7, 2))) == (3, 3.5)


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "", "three"])
def test_what_is_no_finite_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Invalid literal"):
        exact(text)


@given(value=st.fractions(-100, 100), places=st.integers(0, 3))
def test_rounding_moves_by_half_a_place_at_most_and_mirrors_at_zero(
    value: Fraction, places: int
) -> None:
    result = rounded(value, places)
    assert (result * 10**places).denominator == 1
    assert abs(result - value) <= Fraction(1, 2 * 10**places)
    assert rounded(-value, places) == -result
