"""``unit rollup``: teams of one organisation side by side."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
Call = Callable[..., Any]
CSV = "area;level\nprocess.ci-cd;{}\ntechnology.testing;{}\npeople.upskilling;2\n"


def three_teams(call: Call, folder: Path) -> None:
    for day, (unit, levels) in enumerate(
        (("IT/Data", (2, 3)), ("IT/Platform", (3, 2)), ("Sales/Payments", (4, 1))), start=1
    ):
        new = ("session", "new", "--model", "cloud-native", "--organisation", "Nordwerk AG")
        made = call(*new, "--unit", unit, "--date", f"2027-05-0{day}", "--json").json["id"]
        scores = folder / "scores.csv"
        scores.write_text(CSV.format(*levels), encoding="utf-8")
        assert call("session", "score", made, scores).code == 0
    assert call("session", "new", "--model", "cloud-native", "--organisation", "Other").code == 0


@pytest.fixture
def teams(arrange: Callable[..., None]) -> None:
    """Three teams of one organisation and a session of another one."""
    arrange(three_teams)


@pytest.mark.usefixtures("teams")
def test_teams_are_counted_from_their_areas(call: Call) -> None:
    answer = call("unit", "rollup", "Nordwerk AG", "--json").json
    schema = json.loads((ROOT / "docs/json-schema/unit-rollup.schema.json").read_text("utf-8"))
    jsonschema.validate(answer, schema)
    (group,) = answer["models"]
    assert (group["overall"], group["areas_counted"]) == (pytest.approx(21 / 9), 9)
    assert [(each["name"], each["areas"], each["teams"]) for each in group["units"]] == [
        ("IT", 6, 2), ("IT / Data", 3, 1), ("IT / Platform", 3, 1),
        ("Sales", 3, 1), ("Sales / Payments", 3, 1),
    ]  # fmt: skip
    assert group["widest"] == ["process.ci-cd", "technology.testing"]
    names = {each["id"]: each["name"] for each in group["units"]}
    asked = [
        (each["area"], names[each["unit"]], [names[other] for other in each["ask"]])
        for each in group["can_ask"]
    ]
    assert asked == [
        ("process.ci-cd", "IT / Data", ["Sales / Payments"]),
        ("technology.testing", "Sales / Payments", ["IT / Data"]),
    ]  # fmt: skip
    assert group["nobody_above"] == {"level": 2, "areas": ["people.upskilling"]}


@pytest.mark.usefixtures("teams")
def test_one_unit_is_shown_with_those_below_it_only(call: Call) -> None:
    answer = call("unit", "rollup", "Nordwerk AG", "--unit", "IT", "--json").json
    assert answer["unit"] == "IT"
    assert len(answer["models"][0]["teams"]) == 2


@pytest.mark.usefixtures("teams")
def test_the_text_names_who_can_ask_whom_in_german(call: Call) -> None:
    said = call("unit", "rollup", "nordwerk ag", language="de").out
    assert "CI/CD: IT / Data (2) kann Sales / Payments (4) fragen." in said
    assert "Kein Team liegt über 2: " in said


@pytest.mark.usefixtures("teams")
def test_an_unknown_organisation_or_unit_is_refused(call: Call) -> None:
    assert call("unit", "rollup", "Nobody").code == 2
    assert call("unit", "rollup", "Nordwerk AG", "--unit", "Nowhere").code == 2


@pytest.mark.usefixtures("teams")
def test_an_organisation_with_a_session_but_no_units_has_no_table(call: Call) -> None:
    said = call("unit", "rollup", "Other").out
    assert "Average of 0 areas" in said
