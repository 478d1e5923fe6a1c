"""The field table: declarations, and rejection of values of a wrong type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, cast

import pytest

from app.errors import InvalidInput
from app.ports import SessionRepository
from app.session.rating import RATING, Rating
from app.session.session import SESSION, Session
from app.workshop.history import Edit, apply_change, new_change, taken_back
from app.workshop.workshop import Workshop

AREA = "Process.1"
STRUCTURE = {"id", "model", "ratings"}


@pytest.fixture
def workshop(disk: Any) -> Workshop:
    return Workshop(disk.stored, cast("SessionRepository", disk))


def test_everything_but_the_structure_is_declared() -> None:
    assert {item.name for item in fields(Rating)} == {"area_id", *RATING.fields}
    assert {item.name for item in fields(Session)} == STRUCTURE | set(SESSION.fields)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("level", "high", "A level from 1 to 5"),
        ("level", 2.5, "A level from 1 to 5"),
        ("level", True, "A level from 1 to 5"),
        ("target", Fraction(5, 2), "A whole level from 1 to 5"),
        ("target", 2.5, "A whole level from 1 to 5"),
        ("target", 6, "not on the scale from 1 to 5"),
        ("level", 6, "not on the scale from 1 to 5"),
        ("level", Fraction(10**400, 3), "A level from 1 to 5"),
        ("weight", "heavy", "A weight greater than 0 and at most 10"),
        ("weight", Fraction(0), "greater than 0 and at most 10"),
        ("confidence", 7, "null, guess, example, evidence"),
        ("confidence", "guess", "null, guess, example, evidence"),
        ("note", None, "A text of at most 20000 characters"),
        ("not_applicable", " ", "Please give a reason"),
        ("not_applicable", 1, "A reason, or null"),
        ("evidence", ("a link",), "A list"),
        ("colour", "red", "no field “colour”"),
    ],
)
def test_a_wrong_value_of_a_rating_is_refused_whatever_the_caller(
    workshop: Workshop, session: Session, disk: Any, field: str, value: object, sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        workshop.change_all({(AREA, field): value})
    before = getattr(session.rating(AREA), field, None)
    with pytest.raises(InvalidInput, match=sentence):
        apply_change(session, new_change("s1", [Edit(AREA, field, before, value)]))
    assert disk.log == []


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", 3, "one line and at most 200"),
        ("title", "", "Please enter a title"),
        ("date", "2026-11-24", "A date such as"),
        ("date", datetime(2026, 11, 24, tzinfo=UTC), "A date such as"),
        ("language", "a language", "A language code"),
        ("scope", date(2026, 11, 24), "A text of at most 20000"),
        ("half_levels", 1, "true or false"),
        ("milestones", ["lunch"], "A list"),
        ("mood", "good", "no field “mood”"),
    ],
)
def test_a_wrong_value_of_a_session_is_refused(
    workshop: Workshop, disk: Any, field: str, value: object, sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        workshop.change_all({(None, field): value})
    assert disk.log == []


def test_an_area_of_another_model_is_refused(session: Session) -> None:
    with pytest.raises(InvalidInput, match="no area “moon”"):
        apply_change(session, new_change("s1", [Edit("moon", "note", "", "far")]))


def test_half_levels_and_a_half_level_can_be_set_in_one_step(workshop: Workshop) -> None:
    workshop.change_all({(None, "half_levels"): True, (AREA, "level"): Fraction(5, 2)})
    assert workshop.session.rating(AREA).level == Fraction(5, 2)


@pytest.mark.parametrize("table", [RATING, SESSION])
def test_every_default_survives_json_and_columns(table: Any) -> None:
    for field in table.fields.values():
        if isinstance(field.default, str | bool | Fraction | tuple | type(None)):
            assert field.type.from_json(field.type.to_json(field.default)) == field.default
            if field.has_column:
                assert field.type.from_sql(field.type.to_sql(field.default)) == field.default


def test_typed_values_are_those_that_a_file_gives_back(a_model: Callable[..., Any]) -> None:
    model = a_model({"People": 1})
    weight = RATING["weight"].type
    third = weight.typed(Fraction(1, 3), model)
    assert weight.from_sql(weight.to_sql(third)) == weight.from_json(weight.to_json(third)) == third


@pytest.mark.parametrize("name", ["title", "facilitator"])
def test_an_edit_sets_a_text_as_it_is_in_the_log(session: Session, name: str) -> None:
    before = session.value(None, name)
    change = new_change("s1", [Edit(None, name, before, " A  title")])
    after = apply_change(session, change)
    assert after.value(None, name) == " A  title"
    assert taken_back(after, [change]) == session


@pytest.mark.parametrize("name", ["level", "target", "weight"])
def test_a_number_too_large_for_a_float_is_refused(session: Session, name: str) -> None:
    with pytest.raises(InvalidInput):
        RATING[name].type.read(10**400, session.model)
