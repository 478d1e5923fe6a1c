"""Scales have 2 to 10 levels and begin at 0 or 1."""

from __future__ import annotations

import pytest

from app.model.scale import HIGHEST_LEVEL, MAX_LEVEL_COUNT, missing_levels, scale_of_pages


def test_the_highest_level_belongs_to_the_longest_scale_that_begins_at_1() -> None:
    assert len(range(1, HIGHEST_LEVEL + 1)) == MAX_LEVEL_COUNT


@pytest.mark.parametrize(
    ("pages", "scale"),
    [([1], (1, 5)), ([3], (1, 5)), ([0, 2], (0, 5)), ([7, 2], (1, 7)), ([10], (1, 10))],
)
def test_a_scale_of_pages_goes_from_1_or_0_to_at_least_5(
    pages: list[int], scale: tuple[int, int]
) -> None:
    found = scale_of_pages(pages)

    assert (found[0], found[-1]) == scale


def test_holes_in_a_scale_are_found() -> None:
    assert missing_levels([1, 2, 5, 3, 7]) == [4, 6]
    assert missing_levels([0, 1]) == []
