"""Translation of pydantic's errors into our faults, with locations."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from app.errors import Fault
from app.words.texts import translator_for
from data.fault_words import Place, closest, path_in_words, shortened
from data.pydantic_faults import faults_of, wrong


def even(number: int) -> int:
    if number % 2:
        raise wrong("{value} is odd; {near} is even.", near=number + 1)
    return number


class Leg(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    length: Annotated[int, Field(ge=1), AfterValidator(even)]
    colour: Annotated[str, Field(pattern="^[a-z]+$")] = "red"


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    legs: Annotated[list[Leg], Field(min_length=1)] | None = None


def fault_at(template: str, place: Place, /, **values: object) -> Fault:
    return Fault(template, path=path_in_words(place), values=tuple(values.items()))


def lines(document: object) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        Table.model_validate(document)
    faults = faults_of(caught.value, Table, fault_at, {"^[a-z]+$": "{value} is no colour."})
    return [f"{fault.path}: {fault.say(translator_for('en'))}" for fault in faults]


@pytest.mark.parametrize(
    ("leg", "expected"),
    [
        ({"length": 3}, "legs.0.length: 3 is odd; 4 is even."),
        ({"length": 0}, "legs.0.length: 0 is too small; the smallest possible number is 1."),
        ({"length": "long"}, "legs.0.length: This value does not fit here."),
        ({}, "legs.0.length: The key length is missing."),
        ({"length": 2, "colour": "RED"}, "legs.0.colour: RED is no colour."),
        (
            {"length": 2, "color": "red"},
            "legs.0.color: The key color is not known here; did you mean colour?",
        ),
        ({"length": 2, "xyz": 1}, "legs.0.xyz: The key xyz is not known here."),
        (7, "legs.0: Keys with values are expected here, one in each line below."),
    ],
)
def test_an_error_is_said_in_our_words_at_its_place(leg: object, expected: str) -> None:
    assert lines({"legs": [leg]}) == [expected]


def test_all_errors_are_told() -> None:
    assert lines({"legs": [], "legz": 1}) == [
        "legs: There are too few entries: 0; at least 1 must be there.",
        "legz: The key legz is not known here; did you mean legs?",
    ]


def test_places_and_values_stay_short() -> None:
    assert path_in_words(("levels", 2, "x" * 50)) == f"levels.2.{'x' * 39}…"
    assert shortened("a\n b" * 20) == "a ba ba ba ba ba ba ba ba ba ba ba ba b…"


def test_a_slip_is_guessed_only_where_it_is_close() -> None:
    assert closest("QUESTON", ["question", "label"]) == "question"
    assert closest("x", ["question", "label"]) is None
    assert closest("q" * 100, ["q" * 100]) is None
