"""Two published versions of one model, with a session each: compared as a consultant would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.comparison.reviews import NewReview, Subject, Verdict
from data.library.library import open_library

Call = Callable[..., Any]

PAGES = Path(__file__).parents[3] / "shared" / "testdata" / "models" / "cncf-cloud-native"
VERSIONS = {"2026-03-12": "en-v2-1d0b7e8", "2027-05-05": "en-v3-652eac2"}
EDITED = ["people.teams", "business.outcomes"]

pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="the published pages are not here")


def two_versions(call: Call, folder: Path) -> list[str]:
    ids = []
    for rise, (day, pages) in enumerate(VERSIONS.items()):
        assert call("model", "import", PAGES / pages, "--id", "cncf").code == 0
        new = ("session", "new", "--model", "cncf", "--organisation", "Nordwerk AG")
        session_id = call(*new, "--date", day, "--scope", "The platform", "--json").json["id"]
        areas = call("session", "show", session_id, "--json").json["areas"]
        levels = [number % 3 + 1 + (rise if number % 3 == 0 else 0) for number in range(len(areas))]
        rows = [f"{area['id']},{level}" for area, level in zip(areas, levels, strict=True)]
        scores = folder / "scores.csv"
        scores.write_text("\n".join(["area,level", *rows]), encoding="utf-8")
        assert call("session", "score", session_id, scores).code == 0
        ids.append(session_id)
    return ids


@pytest.fixture
def sessions(arrange: Callable[..., list[str]]) -> list[str]:
    """A session on version 2 of the model, and one on version 3, in which every third area rose."""
    return arrange(two_versions)


def test_20_of_22_areas_of_the_published_versions_ask_the_same(
    call: Call, sessions: list[str]
) -> None:
    answer = call("session", "compare", *sessions, "--same-people", "yes", "--json").json
    assert (answer["grade"], answer["reasons"]) == ("A", [])
    assert (answer["same"], answer["comparable"], answer["applicable"]) == (20, 20, 23)
    relations = {area["id"]: area["relations"][0] for area in answer["areas"]}
    then = {area_id for area_id, relation in relations.items() if relation != "new"}
    assert len(then) == 22
    assert [each for each in relations if relations[each] == "edited"] == EDITED
    assert set(relations) - then == {"business.cost"}
    assert answer["common"] == [each for each in relations if relations[each] == "same"]

    differences = {area["id"]: area["difference"] for area in answer["areas"]}
    assert {differences[each] for each in (*EDITED, "business.cost")} == {None}
    assert answer["fallen"] == []
    assert answer["risen"] == [each for each in answer["common"] if differences[each] == 1]
    (moved,) = answer["overall"]["why"]
    by = {part["cause"]: part["by"] for part in moved["parts"]}
    assert (by["applicable"], by["weights"]) == (0, 0)
    assert sum(by.values()) == pytest.approx(moved["after"] - moved["before"])


def test_without_a_word_about_the_people_they_are_compared_with_caution(
    call: Call, sessions: list[str]
) -> None:
    answer = call("session", "compare", *sessions, "--json").json
    assert (answer["grade"], [each["code"] for each in answer["reasons"]]) == (
        "B", ["people_unknown"],
    )  # fmt: skip


def test_the_text_names_what_was_edited_what_is_new_and_what_follows(
    call: Call, sessions: list[str]
) -> None:
    said = call("session", "compare", *sessions, "--same-people", "yes").out
    words = " ".join(said.split())
    assert (
        "Comparison: A, like for like Same scale, same scope, mostly the same people; areas that"
        " ask the same: 20 of 23. So: differences, averages and trends of the 20 areas that all"
        " share." in words
    )
    assert "Business outcomes has new texts: 1 before, 2 under the new text." in words
    assert "Cost is new in the model, level 2." in words
    assert (
        "The texts of “Teams & decentralisation” were edited. Do they still ask the same?" in said
    )
    assert "The texts of “Business outcomes” were edited. Do they still ask the same?" in said
    assert "Average of 20 common areas" in said
    remarks = {" ".join(line.split()[:-5]): line.split()[-2:] for line in said.splitlines()}
    assert remarks["Business outcomes"] == ["text", "changed"]


def test_edited_texts_that_people_called_equivalent_are_compared(
    call: Call, sessions: list[str], library: Path
) -> None:
    opened = open_library(library)
    try:
        for area_id in EDITED:
            opened.reviews.decide(
                NewReview(
                    *sessions, Subject.AREA, Verdict.EQUAL, area_id, area_id, by="Ines Albers"
                )
            )
    finally:
        opened.close()
    answer = call("session", "compare", *sessions, "--same-people", "yes", "--json").json
    assert (answer["same"], answer["comparable"], len(answer["common"])) == (20, 22, 22)
    assert answer["risen"][-1] == "business.outcomes"
    assert (
        "Not decided yet" not in call("session", "compare", *sessions, "--same-people", "yes").out
    )
