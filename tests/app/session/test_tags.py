"""Tags of a session: trimmed, each once, sorted; and the day of the next session."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidInput
from app.session.field_types.choices import OptionalDay
from app.session.field_types.texts import MAX_TAG_LENGTH, MAX_TAGS
from app.session.session import TAGS


@pytest.mark.parametrize(
    ("entered", "stored"),
    [
        ((" b ", "A", "a"), ("A", "b")),
        (("Team 10", "Team 9", "Ärzte", "Zebra"), ("Ärzte", "Team 9", "Team 10", "Zebra")),
        (("one, two,,", " ", "TWO"), ("one", "two")),
        (("two\nlines",), ("two lines",)),
        (("Gro\u0308ße", "GRÖSSE"), ("Größe",)),
    ],
)
def test_tags_are_stored_once_and_in_order(
    entered: tuple[str, ...], stored: tuple[str, ...]
) -> None:
    assert TAGS.typed(entered) == stored


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (["a"], "A list of tags"),
        (("a", 7), "A list of tags"),
        ("a", "A list of tags"),
        (("x" * 41,), "at most 40 characters"),
        (tuple(map(str, range(21))), "at most 20 tags"),
        (("\ud800",), "half a character"),
    ],
)
def test_what_no_session_can_have_is_refused(value: object, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        TAGS.typed(value)


@given(st.lists(st.text(max_size=30), max_size=30))
def test_any_tags_come_back_the_same_from_every_form(texts: list[str]) -> None:
    try:
        tags = TAGS.typed(tuple(texts))
    except InvalidInput:
        return
    assert len(tags) <= MAX_TAGS
    assert all(0 < len(tag) <= MAX_TAG_LENGTH and "," not in tag for tag in tags)
    assert len({tag.casefold() for tag in tags}) == len(tags)
    assert TAGS.typed(tags) == tags
    assert TAGS.typed(tuple(reversed(tags))) == tags
    assert TAGS.typed((",".join(tags),)) == tags
    assert TAGS.read(TAGS.to_json(tags)) == tags
    assert TAGS.from_sql(TAGS.to_sql(tags)) == tags


def test_the_next_session_has_a_day_or_none() -> None:
    field = OptionalDay()
    day = date(2027, 5, 3)
    for value, written in ((day, "2027-05-03"), (None, None)):
        assert field.typed(value) == field.read(written) == value
        assert field.to_sql(value) == field.to_json(value) == written
        assert field.from_sql(written) == value
    for wrong in (datetime(2027, 5, 3, tzinfo=UTC), "2027-05-03", 7):
        with pytest.raises(InvalidInput, match="or null"):
            field.typed(wrong)
    with pytest.raises(InvalidInput, match="or null"):
        field.read("3.5.2027")
