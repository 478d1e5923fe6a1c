"""One rounding rule everywhere: half away from zero, on the exact fraction."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.numbers import NO_NUMBER, exact, format_number, format_percent, plain, rounded

MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(53, 21), 1, "2.5"),
        (Fraction(32, 15), 1, "2.1"),
        (Fraction(9, 4), 1, "2.3"),      # 2.25: half goes away from zero, not to the even digit
        (Fraction(47, 20), 1, "2.4"),    # 2.35 is below 2.35 as a binary fraction
        (Fraction(1, 20), 1, "0.1"),
        (Fraction(-1, 20), 1, f"{MINUS}0.1"),
        (Fraction(-1, 100), 1, "0.0"),   # no minus before a zero
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, f"{MINUS}3"),
        (3, 1, "3.0"),
        (1.005, 2, "1.01"),              # as it was typed, not as the machine stores it
        (Fraction(2, 3), 2, "0.67"),
    ],
)  # fmt: skip
def test_half_is_rounded_away_from_zero(
    value: Fraction | float, places: int, expected: str
) -> None:
    assert format_number(value, places) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(3), "3"),
        (Fraction(5, 2), "2.5"),
        (Fraction(1, 3), "0.333"),
        (Fraction(6667, 10_000), "0.667"),
        (10, "10"),
        (0, "0"),
        (-2, f"{MINUS}2"),
    ],
)
def test_without_places_as_few_decimals_as_needed_are_shown(
    value: Fraction | int, expected: str
) -> None:
    assert format_number(value) == expected


def test_german_numbers_have_a_decimal_comma() -> None:
    assert format_number(Fraction(5, 2), 1, "de") == "2,5"
    assert format_number(Fraction(-1, 2), None, "de") == f"{MINUS}0,5"


def test_a_missing_number_is_a_dash_and_never_zero() -> None:
    assert format_number(None) == format_percent(None) == NO_NUMBER


@pytest.mark.parametrize(
    ("share", "english", "german"),
    [
        (Fraction(8, 17), "47%", "47\N{NO-BREAK SPACE}%"),
        (Fraction(53, 89), "60%", "60\N{NO-BREAK SPACE}%"),
        (Fraction(1, 200), "1%", "1\N{NO-BREAK SPACE}%"),
        (0, "0%", "0\N{NO-BREAK SPACE}%"),
        (1, "100%", "100\N{NO-BREAK SPACE}%"),
    ],
)
def test_percentages_are_whole_numbers(share: Fraction | int, english: str, german: str) -> None:
    assert format_percent(share, "en") == english
    assert format_percent(share, "de") == german


@pytest.mark.parametrize("typed", ["", "x", "1,5", "nan", "inf"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="Invalid literal"):
        exact(typed)


def test_a_typed_decimal_is_taken_exactly() -> None:
    assert exact("0.1") == exact(0.1) == Fraction(1, 10)


def test_a_whole_number_is_stored_as_one() -> None:
    assert plain(Fraction(4)) == 4
    assert isinstance(plain(Fraction(4)), int)
    assert plain(Fraction(5, 2)) == 2.5


fractions = st.fractions(-1000, 1000, max_denominator=10_000)


@given(fractions, st.integers(0, 4))
def test_rounding_moves_a_number_by_half_a_unit_at_most(value: Fraction, places: int) -> None:
    assert abs(rounded(value, places) - value) <= Fraction(1, 2 * 10**places)


@given(fractions, st.integers(0, 4))
def test_rounding_is_the_same_on_both_sides_of_zero(value: Fraction, places: int) -> None:
    assert rounded(-value, places) == -rounded(value, places)


@given(fractions, st.integers(0, 3))
def test_what_is_written_can_be_read_back(value: Fraction, places: int) -> None:
    written = format_number(value, places, "de").replace(",", ".").replace(MINUS, "-")
    assert Fraction(written) == rounded(value, places)
