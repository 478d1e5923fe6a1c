"""Command ``session plan``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_json_answers import check

Call = Callable[..., Any]


@pytest.fixture
def problem(tmp_path: Path) -> Path:
    """A file with a planning problem; A needs level 2 of B, beyond B's target."""
    file = tmp_path / "problem.json"
    document = {
        "areas": [
            {"id": "A", "weight": 3, "current": 2, "target": 4},
            {"id": "B", "weight": 2, "current": 1, "target": 1},
        ],
        "steps": [
            {"area": "A", "level": 3, "benefit": 5, "effort": 20},
            {"area": "A", "level": 4, "effort": 30},
            {"area": "B", "level": 2, "effort": 10.5},
        ],
        "prerequisites": [{"area": "A", "level": 4, "requires": {"area": "B", "level": 2}}],
        "capacity": 40,
        "periods": 2,
        "due": [{"area": "A", "level": 4, "by": 1}],
    }
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def test_a_problem_in_a_file_is_planned_without_a_library(call: Call, problem: Path) -> None:
    answer = call("session", "plan", "--input", problem, "--by", "priority", "--json")
    check(answer, "plan")
    assert answer.json == {
        "status": "priority",
        "value": 15 * 2 + 2 * 2 + 3,
        "best_bound": None,
        "lower_bound": 2,
        "steps": [
            {
                "area": "A", "level": 3, "order": 0,
                "priority": 1.5, "inherited_priority": 1.5,
                "effort": 20, "duration": 1, "start": 1, "unscheduled_reason": None,
                "requires": [], "owner": None,
            },
            {
                "area": "B", "level": 2, "order": 1,
                "priority": 2 / 10.5, "inherited_priority": 2 / 10.5,
                "effort": 10.5, "duration": 1, "start": 1, "unscheduled_reason": None,
                "requires": [], "owner": None,
            },
            {
                "area": "A", "level": 4, "order": 2,
                "priority": 0.1, "inherited_priority": 0.1,
                "effort": 30, "duration": 1, "start": 2, "unscheduled_reason": None,
                "requires": [{"area": "A", "level": 3}, {"area": "B", "level": 2}],
                "owner": None,
            },
        ],
        "periods": [
            {"quarter": None, "used": 30.5, "capacity": 40, "projected_mean": 13 / 5},
            {"quarter": None, "used": 30, "capacity": 40, "projected_mean": 16 / 5},
        ],
        "implied_targets": [{"area": "B", "level": 2, "needed_by": {"area": "A", "level": 4}}],
        "clash": [{"wish": "due", "area": "A", "level": 4, "number": 1, "team": None,
                   "text": "A 4 is done by the end of quarter 1"}],
        "undecided": 0,
    }  # fmt: skip


def test_capacity_periods_and_start_of_the_file_can_be_replaced(call: Call, problem: Path) -> None:
    answer = call(
        "session", "plan", "--input", problem, "--by", "priority", "--json",
        "--capacity", "20.5,10", "--periods", "3", "--start", "2026-Q4",
    )  # fmt: skip
    check(answer, "plan")
    assert [(each["quarter"], each["capacity"]) for each in answer.json["periods"]] == [
        ("2026-Q4", 20.5),
        ("2027-Q1", 10),
        ("2027-Q2", 10),
    ]
    reasons = [each["unscheduled_reason"] for each in answer.json["steps"]]
    assert reasons == [None, "no_room", "too_large"]


def test_a_session_is_planned_from_its_levels_to_its_targets(
    call: Call, session: str, scores: Callable[..., Path]
) -> None:
    rows = scores("process.ci-cd,3,5,1,", "people.teams,1,2,2,")
    assert call("session", "score", session, rows).code == 0
    answer = call(
        "session", "plan", session, "--capacity", "40", "--periods", "8", "--start", "2027-Q1",
        "--by", "priority", "--json",
    )  # fmt: skip
    check(answer, "session-plan")
    assert answer.json["title"] == "First workshop"
    steps = {(each["area"], each["level"]): each for each in answer.json["steps"]}
    assert steps["process.ci-cd", 5]["requires"][0] == {"area": "process.ci-cd", "level": 4}
    assert all(each["effort"] > 1 for each in steps.values())  # those of the model's actions
    assert [each["quarter"] for each in answer.json["periods"]][:2] == ["2027-Q1", "2027-Q2"]
    assert answer.json["late_targets"] == answer.json["done"] == []
    text = call("session", "plan", session, language="de")
    assert text.code == 0
    assert "CI/CD 4" in text.out


def test_prerequisites_that_hold_nothing_back_are_mentioned(
    call: Call, session: str, scores: Callable[..., Path]
) -> None:
    rows = scores(
        "process.ci-cd,4,", "people.overview,3,", "business.outcomes,,none here",
        header="area,level,not_applicable_reason",
    )  # fmt: skip
    assert call("session", "score", session, rows).code == 0
    said = call("session", "plan", session).out.splitlines()
    assert "CI/CD 5 needs Business outcomes 2, which is not applicable and counts as met." in said
    assert (
        "People overview 4 needs Upskilling 3, which is not scored yet and holds nothing back."
        in said
    )


def test_without_any_level_or_any_gap_there_is_nothing_to_plan(
    call: Call, session: str, scores: Callable[..., Path]
) -> None:
    answer = call("session", "plan", session)
    assert answer.out.splitlines() == ["Nothing is scored yet, so there is nothing to plan."]
    check(call("session", "plan", session, "--json"), "session-plan")
    call("session", "score", session, scores("process.ci-cd,3,3,1,"))
    answer = call("session", "plan", session)
    assert answer.out.startswith("No step is open: every scored area has reached its target.")


def test_more_figures_than_quarters_are_refused(call: Call, session: str) -> None:
    answer = call("session", "plan", session, "--capacity", "1,2,3", "--periods", "2")
    assert answer.code == 2
    assert answer.complaints == ["There are 3 figures for 2 periods."]


@pytest.mark.parametrize("arguments", [(), ("any", "--input", "file.json")])
def test_either_a_session_or_a_file_is_planned(call: Call, arguments: tuple[str, ...]) -> None:
    answer = call("session", "plan", *arguments)
    assert answer.code == 2
    assert "either a session, or a file" in answer.err


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--capacity", "-1"),
        ("--capacity", "40,"),
        ("--capacity", "1e3"),
        ("--periods", "0"),
        ("--periods", "x"),
        ("--start", "2027"),
        ("--by", "luck"),
        ("--time-limit", "0"),
        ("--time-limit", "nan"),
    ],
)
def test_a_wrong_option_is_refused_in_one_line(
    call: Call, problem: Path, option: str, value: str
) -> None:
    answer = call("session", "plan", "--input", problem, option, value, language="de")
    assert answer.code == 2
    (complaint,) = answer.complaints
    assert complaint.startswith(f"Ungültiger Wert für „{option}“: ")
    assert " is " not in complaint


def test_every_fault_of_a_file_has_its_own_line(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    file.write_text('{"areas": [], "capacity": -1}', encoding="utf-8")
    answer = call("session", "plan", "--input", file)
    assert answer.code == 2
    assert answer.complaints == [
        "problem.json: capacity: A number that is 0 or more is needed here.",
        "problem.json: periods: “periods” is missing.",
    ]


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_text_shows_steps_and_quarters(call: Call, problem: Path, language: str) -> None:
    answer = call(
        "session", "plan", "--input", problem, "--start", "2027-Q1", "--periods", "1",
        "--by", "priority", language=language,
    )  # fmt: skip
    assert answer.code == 0
    lines = [line.split() for line in answer.out.splitlines()]
    assert ["A", "3", "Q1", "2027", "20"] in [line[:5] for line in lines]
    assert ["A", "4", {"en": "Later", "de": "Später"}[language]] in [line[:3] for line in lines]
    said = {"en": "too few quarters are left after A 3", "de": "bleiben zu wenige Quartale"}
    assert said[language] in answer.out


def test_without_steps_the_text_still_says_what_cannot_hold(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    document = {"areas": [], "capacity": 1, "periods": 1, "first_period_at_least": 1}
    file.write_text(json.dumps(document), encoding="utf-8")
    assert call("session", "plan", "--input", file).out.splitlines() == [
        "Nothing is scored yet, so there is nothing to plan.",
        "This cannot hold: at least 1 step is done in quarter 1.",
    ]
