"""Days and intermediate targets as they are typed and shown."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import InvalidInput
from app.session.plan_settings import IntermediateTarget
from app.words.target_days import day_in_words, path_in_words, typed_day, typed_path
from app.words.texts import LANGUAGES, translator_for

JUNE = date(2027, 6, 30)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("Q2 2027", JUNE),
        ("q2 2027", JUNE),
        (" Q2  2027 ", JUNE),
        ("Q2/2027", JUNE),
        ("2027-Q2", JUNE),
        ("2027 Q2", JUNE),
        ("2027-06-30", JUNE),
        ("30.06.2027", JUNE),
        ("30.6.2027", JUNE),
        ("30. 6. 2027", JUNE),
        ("30 Jun 2027", JUNE),
        ("30. Juni 2027", JUNE),
        ("1 März 2027", date(2027, 3, 1)),
        ("Q4 2027", date(2027, 12, 31)),
        ("", None),
        ("  ", None),
    ],
)
def test_a_quarter_or_a_day_can_be_typed_in_many_ways(typed: str, day: date | None) -> None:
    assert typed_day(typed) == day


@pytest.mark.parametrize(
    "typed",
    [
        "Q5 2027",
        "Q2",
        "2027",
        "Q2 27",
        "31.06.2027",
        "2027-13-01",
        "soon",
        "30 Foo 2027",
        "Q1 0000",
    ],
)
def test_anything_else_is_refused_with_what_was_typed(typed: str) -> None:
    with pytest.raises(InvalidInput, match=typed):
        typed_day(typed)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", [JUNE, date(2027, 5, 7), date(2027, 3, 31), date(2027, 10, 1)])
def test_a_day_that_is_shown_can_be_typed_again(day: date, language: str) -> None:
    assert typed_day(day_in_words(day, translator_for(language))) == day


def test_the_last_day_of_a_quarter_is_shown_as_the_quarter() -> None:
    tr = translator_for("de")
    assert day_in_words(JUNE, tr) == "Q2 2027"
    assert day_in_words(date(2027, 6, 29), tr) == "29.06.2027"
    assert day_in_words(None, tr) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_intermediate_targets_can_be_typed_as_they_are_shown(language: str) -> None:
    path = (IntermediateTarget(3, date(2027, 3, 31)), IntermediateTarget(4, date(2027, 8, 9)))
    assert typed_path(path_in_words(path, translator_for(language))) == path


@pytest.mark.parametrize("typed", ["4 bis Q3 2027; 3: Q1 2027", "3 Q1 2027, 4 by 30.09.2027"])
def test_intermediate_targets_are_sorted_by_level(typed: str) -> None:
    assert [each.level for each in typed_path(typed)] == [3, 4]


@pytest.mark.parametrize("typed", ["3", "by Q1 2027", "3 by", "three by Q1 2027", "3 by soon"])
def test_half_an_intermediate_target_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        typed_path(typed)


def test_no_text_is_no_intermediate_target() -> None:
    assert typed_path(" , ") == ()
