"""Quarters of calendar years."""

from __future__ import annotations

from datetime import date

import pytest

from app.session.quarters import Quarter


@pytest.mark.parametrize(
    ("quarter", "first", "last"),
    [
        (Quarter(2027, 1), date(2027, 1, 1), date(2027, 3, 31)),
        (Quarter(2028, 2), date(2028, 4, 1), date(2028, 6, 30)),
        (Quarter(2027, 4), date(2027, 10, 1), date(2027, 12, 31)),
        (Quarter(9999, 4), date(9999, 10, 1), date.max),
        (Quarter(10_000, 1), date.max, date.max),
    ],
)
def test_a_quarter_has_a_first_and_a_last_day_even_at_the_end_of_the_calendar(
    quarter: Quarter, first: date, last: date
) -> None:
    assert (quarter.first_day, quarter.last_day) == (first, last)
