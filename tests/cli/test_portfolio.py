"""``library portfolio``: all clients, when they were assessed, and when they are due again."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
Call = Callable[..., Any]
NEW = ("session", "new", "--model", "cloud-native", "--organisation")


def two_clients(call: Call, folder: Path) -> None:
    day = date.today() + timedelta(days=20)  # noqa: DTZ011
    scores = folder / "scores.csv"
    scores.write_text("area;level\nprocess.ci-cd;3\n", encoding="utf-8")
    made = call(*NEW, "Nordwerk AG", "--unit", "IT/Data", "--date", "2026-05-19",
                "--facilitator", "Ada", "--tag", "pilot", "--next-workshop", "2026-06-01",
                "--json").json["id"]  # fmt: skip
    assert call("session", "score", made, scores).code == 0
    call(*NEW, "Nordwerk AG", "--unit", "IT/Platform", "--date", "2026-05-20")
    call(*NEW, "Weidenthal", "--date", day.isoformat())


@pytest.fixture
def clients(arrange: Callable[..., None]) -> None:
    """One client that was assessed in one of two teams, and one with a workshop to come."""
    arrange(two_clients)


def portfolio(call: Call, *options: str) -> Any:
    answer = call("library", "portfolio", *options, "--json")
    assert answer.code == 0, answer.err
    path = ROOT / "docs/json-schema/library-portfolio.schema.json"
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(answer.json, schema, format_checker=checker)
    return answer.json


def names(call: Call, *options: str) -> list[str]:
    return [each["organisation"] for each in portfolio(call, *options)["clients"]]


@pytest.mark.usefixtures("clients")
def test_every_client_is_listed_with_what_was_last_and_what_is_next(call: Call) -> None:
    answer = portfolio(call)
    nordwerk, weidenthal = answer["clients"]
    assert (nordwerk["units"], nordwerk["units_assessed"]) == (2, 1)
    assert (nordwerk["last"]["date"], nordwerk["last"]["unit"]) == ("2026-05-19", "IT / Data")
    assert nordwerk["models"] == [{"id": "cloud-native", "name": "Cloud Native Maturity Model"}]
    assert (nordwerk["tags"], answer["overdue"]) == (["pilot"], 1)
    late = nordwerk["next"]
    assert (late["date"], late["unit"], late["state"]) == ("2026-06-01", "IT / Data", "overdue")
    assert late["days"] < 0
    assert weidenthal["last"] is None
    assert weidenthal["next"] | {"date": ""} == {
        "date": "", "unit": None, "days": 20, "state": "soon", "first": True
    }  # fmt: skip


@pytest.mark.usefixtures("clients")
def test_filters_and_orders(call: Call) -> None:
    assert names(call, "--sort", "due") == ["Nordwerk AG", "Weidenthal"]
    assert names(call, "--due-within", "28") == ["Nordwerk AG", "Weidenthal"]
    assert names(call, "--due-within", "19") == ["Nordwerk AG"]
    assert names(call, "--overdue") == names(call, "--tag", "Pilot") == ["Nordwerk AG"]
    assert names(call, "--facilitator", "ada", "--unit", "data") == ["Nordwerk AG"]
    assert names(call, "--since", "2026-05-20") == []
    assert names(call, "--before", "2026-05-20") == ["Nordwerk AG", "Weidenthal"]
    assert names(call, "--search", "platform") == ["Nordwerk AG"]
    assert len(names(call, "--model", "Cloud Native Maturity Model")) == 2


@pytest.mark.usefixtures("clients")
def test_the_table_says_that_nobody_is_compared(call: Call) -> None:
    answer = call("library", "portfolio", language="de")
    assert answer.code == 0
    assert "1 von 2 Einheiten bewertet" in answer.out
    assert "noch nicht bewertet" in answer.out
    assert "in 2 Wochen" in answer.out
    assert "Hier wird niemand mit niemandem verglichen" in answer.out


@pytest.mark.usefixtures("clients")
def test_what_is_not_there_is_answered_in_one_sentence(call: Call) -> None:
    unknown = call("library", "portfolio", "--model", "none")
    assert (unknown.code, unknown.complaints) == (
        2, ["There is no model “none”. Available models: cloud-native."]
    )  # fmt: skip
    assert call("library", "portfolio", "--search", "zzz").out == "No organisation was found.\n"
    assert call("library", "portfolio", "--due-within", "-1").code == 2
