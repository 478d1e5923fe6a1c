"""``session compare``: grade, lists and figures as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

Call = Callable[..., Any]

ROOT = Path(__file__).resolve().parents[2]
CSV = "area;level\nprocess.ci-cd;{}\ntechnology.testing;{}\npeople.teams;{}\n"


def three_sessions(call: Call, folder: Path) -> tuple[str, ...]:
    ids = []
    for year, levels in ((2024, (2, 3, 1)), (2025, (3, 2, 1)), (2026, (4, 2, 1))):
        new = ("session", "new", "--model", "cloud-native", "--organisation", "Nordwerk")
        session_id = call(*new, "--date", f"{year}-03-02", "--json").json["id"]
        scores = folder / "scores.csv"
        scores.write_text(CSV.format(*levels), encoding="utf-8")
        assert call("session", "score", session_id, scores).code == 0
        ids.append(session_id)
    return tuple(ids)


@pytest.fixture
def sessions(arrange: Callable[..., tuple[str, ...]]) -> tuple[str, ...]:
    """Ids of three sessions of one client, a year apart each."""
    return arrange(three_sessions)


@pytest.fixture
def compared(call: Call, sessions: tuple[str, ...]) -> Any:
    return call("session", "compare", *reversed(sessions), "--same-people", "yes", "--json")


def test_sessions_are_compared_oldest_first_on_what_they_have_in_common(
    compared: Any, sessions: tuple[str, ...]
) -> None:
    answer = compared.json
    assert [each["id"] for each in answer["sessions"]] == list(sessions)
    assert (answer["grade"], answer["reasons"]) == ("A", [])
    assert answer["overall"]["means"] == [2, 2, pytest.approx(7 / 3)]
    assert answer["risen"] == ["process.ci-cd"]
    assert answer["fallen"] == [], "it fell the time before, and stayed"
    assert len(answer["overall"]["why"]) == 2
    assert [part["by"] for part in answer["overall"]["why"][1]["parts"]] == [
        0, 0, 0, pytest.approx(1 / 3),
    ]  # fmt: skip


def test_every_pair_has_its_grade_and_what_is_open_is_listed(
    compared: Any, sessions: tuple[str, ...]
) -> None:
    pairs = compared.json["pairs"]
    assert [(each["earlier"], each["later"], each["grade"]) for each in pairs] == [
        (sessions[0], sessions[1], "A"),
        (sessions[0], sessions[2], "A"),
        (sessions[1], sessions[2], "A"),
    ]
    assert [each["code"] for each in pairs[0]["fulfilled"]] == ["scale", "scope", "areas", "people"]
    assert compared.json["hints"] == []
    assert [(each["subject"], each["open"]) for each in compared.json["review"]] == [
        ("people", False), ("people", False),
    ]  # fmt: skip


def test_the_answer_fits_its_published_schema(compared: Any) -> None:
    schema = json.loads((ROOT / "docs/json-schema/session-compare.schema.json").read_text("utf-8"))
    jsonschema.validate(compared.json, schema)


def test_what_a_grade_does_not_allow_is_null_and_not_printed(
    call: Call, sessions: tuple[str, ...]
) -> None:
    new = ("session", "new", "--model", "cloud-native", "--organisation", "Nordwerk")
    other = call(*new, "--scope", "Another team", "--date", "2027-01-01", "--json").json["id"]
    answer = call("session", "compare", sessions[0], other, "--json").json
    assert answer["grade"] == "C"
    assert {reason["code"] for reason in answer["reasons"]} == {"scope", "people_unknown"}
    assert [answer[key] for key in ("overall", "dimensions", "risen", "fallen")] == [None] * 4
    assert {area["difference"] for area in answer["areas"]} == {None}
    said = call("session", "compare", sessions[0], other).out
    assert "not comparable" in said
    assert "Difference" not in said
    assert "Risen" not in said


def test_the_text_says_the_grade_and_what_fell_in_german(
    call: Call, sessions: tuple[str, ...]
) -> None:
    said = call("session", "compare", *sessions[:2], language="de").out
    assert "Vergleich: B, mit Vorsicht vergleichbar" in said
    assert "Gesunken: " in said
    assert "−1 (3 → 2)" in said
    assert "Neu bewertet: „CI/CD“ ist von 2 auf 3 gestiegen." in " ".join(said.split())


def test_teams_beside_one_another_neither_rise_nor_fall(
    call: Call, sessions: tuple[str, ...]
) -> None:
    assert call("session", "edit", sessions[1], "--unit", "Sales").code == 0
    said = call("session", "compare", *sessions[:2]).out
    assert "Higher: CI/CD +1 (2 | 3)" in said
    assert "Lower: Testing & issue detection −1 (3 | 2)" in said
    assert "Risen" not in said
    assert "Newly open" not in said


def test_sessions_of_one_day_are_told_apart_by_their_titles(
    call: Call, sessions: tuple[str, ...]
) -> None:
    for session_id, title in zip(sessions[:2], ("Morning", "Noon"), strict=True):
        call("session", "edit", session_id, "--date", "2026-05-04", "--title", title)
    said = " ".join(call("session", "compare", *sessions[:2]).out.split())
    assert "Area 4 May 2026 · Morning 4 May 2026 · Noon" in said
    assert "scored areas, 4 May 2026 · Morning to 4 May 2026 · Noon:" in said
    assert "take part on 4 May 2026 (Morning) and on 4 May 2026 (Noon)?" in said


@pytest.mark.parametrize(
    ("named", "complaint"),
    [((0,), "Two to six sessions"), ((0, 0), "named twice"), ((0, 1, 2, 0), "named twice")],
)
def test_too_few_sessions_and_one_named_twice_are_refused(
    call: Call, sessions: tuple[str, ...], named: tuple[int, ...], complaint: str
) -> None:
    answer = call("session", "compare", *(sessions[n] for n in named))
    assert answer.code == 2
    assert complaint in answer.err
    assert answer.out == ""


def test_sessions_of_two_clients_are_not_compared(call: Call, sessions: tuple[str, ...]) -> None:
    new = ("session", "new", "--model", "cloud-native", "--organisation", "Sparkasse", "--json")
    answer = call("session", "compare", sessions[0], call(*new).json["id"])
    assert answer.code == 2
    assert "belong to different organisations" in answer.err


@pytest.mark.parametrize(
    ("options", "name", "beginning"),
    [
        ((), "profiles.png", b"\x89PNG"),
        (("--kind", "waterfall", "--dimension", "process"), "why.svg", b"<?xml"),
        (("--kind", "trend"), "trend.pdf", b"%PDF"),
        (("--by", "area"), "areas.svg", b"<?xml"),
    ],
)
def test_charts_are_drawn_to_picture_files(
    call: Call,
    sessions: tuple[str, ...],
    tmp_path: Path,
    options: tuple[str, ...],
    name: str,
    beginning: bytes,
) -> None:
    file = tmp_path / name
    answer = call(
        "session", "compare", *sessions, "--same-people", "yes", "--chart", file, *options
    )
    assert answer.code == 0
    assert name in answer.out + answer.err
    assert file.read_bytes().startswith(beginning)
    if name == "why.svg":
        assert "Why did it move? Process" in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("overlay", "The grade is C, not comparable, so averages are not drawn."),
        ("waterfall", "so there is no change of an average to explain."),
        ("trend", "A trend needs sessions of grade A."),
    ],
)
def test_a_chart_that_the_grade_forbids_is_refused_and_nothing_written(
    call: Call, sessions: tuple[str, ...], tmp_path: Path, kind: str, sentence: str
) -> None:
    new = ("session", "new", "--model", "cloud-native", "--organisation", "Nordwerk")
    other = call(*new, "--scope", "Another team", "--date", "2027-01-01", "--json").json["id"]
    file = tmp_path / "chart.png"
    answer = call("session", "compare", sessions[0], other, "--chart", file, "--kind", kind)
    assert answer.code == 2
    assert sentence in answer.err
    assert answer.out == ""
    assert not file.exists()


def test_a_chart_with_an_ending_that_is_no_picture_is_refused(
    call: Call, sessions: tuple[str, ...], tmp_path: Path
) -> None:
    answer = call("session", "compare", *sessions, "--chart", tmp_path / "chart.xlsx")
    assert answer.code == 2
    assert ".png .svg .pdf" in answer.err


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--kind", "trend"), "need --chart"),
        (("--chart", "c.png", "--kind", "trend", "--by", "area"), "--by is for an overlay only"),
        (("--chart", "c.png", "--dimension", "people"), "Add --kind waterfall"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    call: Call, sessions: tuple[str, ...], options: tuple[str, ...], complaint: str
) -> None:
    answer = call("session", "compare", *sessions, *options)
    assert answer.code == 2
    assert complaint in answer.err
