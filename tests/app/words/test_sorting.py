"""The order of names."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.words.sorting import sort_key


@pytest.mark.parametrize(
    "names",
    [
        ("Apotheke", "Ärztehaus", "Arzthaus Nord", "Zebra"),
        ("Team 9", "Team 10", "Team 010b", "Team 100"),
        ("öffentlicher Dienst", "Office", "Oper"),
        ("Müller", "Muller & Söhne", "Mulligan"),
        ("2 Brüder", "10 Schwestern", "Bank"),
        ("Łódź", "Lodz Süd", "Lyon"),
        ("Straße", "Straße 2", "Strassenbau"),
        ("E.ON", "e-on Energie", "Eon"),
    ],
)
def test_names_stand_where_people_look_for_them(names: tuple[str, ...]) -> None:
    mixed = list(names)
    random.Random(3).shuffle(mixed)
    assert sorted(mixed, key=sort_key) == list(names)


def test_names_that_differ_in_case_only_keep_one_order() -> None:
    assert sorted(["team a", "Team A"], key=sort_key) == sorted(["Team A", "team a"], key=sort_key)


@given(st.text(), st.text())
def test_any_two_names_can_be_sorted_and_only_equal_ones_tie(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) == (one == other)
    assert (sort_key(one) < sort_key(other)) or (sort_key(other) <= sort_key(one))


def test_a_number_of_any_length_is_sorted() -> None:
    assert sort_key("Team " + "9" * 5_000) < sort_key("Team 1" + "0" * 5_000)
