"""``session review``: what there is to decide on two sessions, deciding and withdrawing it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from app.model.maturity_model import (
    Area,
    Dimension,
    Level,
    LevelDescription,
    LocalText,
    MaturityModel,
)
from app.session.session import NewSession
from data.library.library import open_library

Call = Callable[..., Any]
SCHEMA = Path(__file__).resolve().parents[2] / "docs/json-schema/session-review.schema.json"


def model_of(version: str, **said: str) -> MaturityModel:
    text = LocalText.of(en="Model")
    areas = tuple(
        Area(
            key,
            LocalText.of(en=f"Area {key}"),
            LocalText.of(en=f"Area {key}"),
            levels=(LevelDescription(1, LocalText.of(en=words)),),
        )
        for key, words in said.items()
    )
    levels = tuple(Level(number, LocalText.of(en=str(number))) for number in (1, 2, 3))
    dimensions = (Dimension("d", text, areas=areas),)
    return MaturityModel("m", version, ("en",), text, levels, dimensions)


@pytest.fixture
def pair(library: Path) -> tuple[str, str]:
    """Two sessions: area a was edited, c is gone, x is new, the scope is described otherwise."""
    opened = open_library(library, create=True)
    then = NewSession(
        "Nordwerk", model_of("1", a="code", b="tests", c="backups"), "Then",
        date=date(2025, 3, 1), scope="Shop",
    )  # fmt: skip
    now = replace(
        then, model=model_of("2", a="changes", b="tests", x="copies"), title="Now",
        date=date(2026, 3, 1), scope="Online shop",
    )  # fmt: skip
    ids = opened.create_session(then).id, opened.create_session(now).id
    opened.close()
    return ids


def listed(call: Call, pair: tuple[str, str], *arguments: str) -> list[dict[str, Any]]:
    answer = call("session", "review", *pair, *arguments, "--json")
    assert answer.code == 0, answer.err
    jsonschema.validate(answer.json, json.loads(SCHEMA.read_text(encoding="utf-8")))
    found: list[dict[str, Any]] = answer.json["review"]
    return found


def about(found: list[dict[str, Any]], subject: str, area: str | None = None) -> dict[str, Any]:
    (one,) = [
        each
        for each in found
        if each["subject"] == subject
        and area in ((None,) if area is None else (each["area_then"], each["area_now"]))
    ]
    return one


def test_everything_that_can_be_decided_is_listed(call: Call, pair: tuple[str, str]) -> None:
    found = listed(call, pair)
    assert [(each["subject"], each["relation"]) for each in found] == [
        ("scope", None), ("people", None), ("area", "edited"), ("area", "new"), ("area", "gone"),
    ]  # fmt: skip
    assert [each["open"] for each in found] == [True, True, True, False, True]
    text = call("session", "review", *pair).out
    assert "Not decided yet:" in text
    assert "[a]" in text
    assert "[c]" in text
    assert text.endswith("Decide with --area and --verdict, with --scope or with --people.\n")


def test_a_decision_is_kept_with_who_and_when_and_can_be_withdrawn(
    call: Call, pair: tuple[str, str]
) -> None:
    options = ("--area", "a", "--verdict", "equal", "--facilitator", "Ana")
    (decided,) = about(listed(call, pair, *options), "area", "a")["decided"]
    assert (decided["verdict"], decided["by"]) == ("equal", "Ana")
    text = call("session", "review", *pair).out
    assert "asks the same (Ana, " in text
    assert f"[{decided['review'][:8]}]" in text
    assert "equivalent" in call("session", "compare", *pair, "--json").out
    found = listed(call, pair, "--withdraw", decided["review"][:8], "--facilitator", "Ben")
    assert about(found, "area", "a")["decided"] == []
    answer = call("session", "review", *pair, "--withdraw", decided["review"])
    assert (answer.code, len(answer.complaints)) == (2, 1)
    assert call("library", "check").code == 0


def test_areas_are_mapped_whichever_session_is_named_first(
    call: Call, pair: tuple[str, str]
) -> None:
    found = listed(call, (pair[1], pair[0]), "--area", "c=x", "--verdict", "part_of")
    (decided,) = about(found, "area", "c")["decided"]
    assert (decided["area_then"], decided["area_now"]) == ("c", "x")
    text = call("session", "review", *pair).out
    assert text.count("Area c – Area x: is a part of the new area (") == 1
    assert "is new in the model" not in text
    hints = call("session", "compare", *pair, "--json").json["hints"]
    assert [(each["area_then"], each["area"]) for each in hints] == [("c", "x")]


def test_scope_and_people_change_the_grade(call: Call, pair: tuple[str, str]) -> None:
    assert about(listed(call, pair, "--scope", "same"), "scope")["open"] is False
    assert about(listed(call, pair, "--people", "other"), "people")["open"] is False
    codes = [each["code"] for each in call("session", "compare", *pair, "--json").json["reasons"]]
    assert "other_people" in codes
    assert "scope" not in codes
    (changed,) = about(listed(call, pair, "--people", "same"), "people")["decided"]
    assert changed["verdict"] == "equal"


def test_two_sessions_that_share_everything_leave_people_to_decide(
    call: Call, pair: tuple[str, str]
) -> None:
    new = call("session", "new", "--from", pair[1], "--same-model", "--json").json["id"]
    both = (pair[1], new)
    assert [each["subject"] for each in listed(call, both)] == ["people"]
    listed(call, both, "--people", "same")
    assert "Not decided yet" not in call("session", "review", *both).out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--area", "a"], "--area and --verdict belong together."),
        (["--verdict", "equal"], "--area and --verdict belong together."),
        (["--people", "same", "--scope", "same"], "one decision at a time"),
        (["--area", "b", "--verdict", "equal"], "there is nothing to decide"),
        (["--area", "q", "--verdict", "equal"], "“Then” has no area “q”"),
        (["--area", "b=x", "--verdict", "equal"], "an area can be equal to only one other"),
        (["--withdraw", "q"], "No review “q”"),
        (["--withdraw", ""], "No review “”"),
        (["--verdict", "maybe", "--area", "a"], "maybe"),
        (["--people", "same", "--facilitator", "x" * 201], "at most 200"),
    ],
)
def test_a_wrong_decision_changes_nothing(
    call: Call, pair: tuple[str, str], arguments: list[str], sentence: str
) -> None:
    before = listed(call, pair)
    answer = call("session", "review", *pair, *arguments)
    assert (answer.code, answer.out, len(answer.complaints)) == (2, "", 1)
    assert sentence in answer.complaints[0]
    assert listed(call, pair) == before


def test_the_same_session_twice_and_two_clients_are_refused(
    call: Call, pair: tuple[str, str]
) -> None:
    assert "named twice" in call("session", "review", pair[0], pair[0]).err
    other = call("session", "new", "--from", pair[0], "--client", "Other", "--json").json["id"]
    assert "different organisations" in call("session", "review", pair[0], other).err


def test_german_answers(call: Call, pair: tuple[str, str]) -> None:
    call("session", "review", *pair, "--people", "same")
    text = call("session", "review", *pair, language="de").out
    assert "Noch nicht entschieden:" in text
    assert "Entschieden:" in text
