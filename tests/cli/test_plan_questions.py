"""Command ``session plan --question``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_json_answers import check

Call = Callable[..., Any]
ROWS = ("process.ci-cd,2,4,1,", "process.change-control,1,3,1,", "people.teams,3,3,1,")
OPTIONS = ("--start", "2027-Q1", "--time-limit", "60")


@pytest.fixture
def scored(call: Call, session: str, scores: Callable[..., Path]) -> str:
    """A session with four open steps."""
    assert call("session", "score", session, scores(*ROWS)).code == 0
    return session


def test_the_smallest_capacity_for_all_steps_is_named(call: Call, scored: str) -> None:
    ask = ("session", "plan", scored, *OPTIONS, "--periods", "4", "--question", "capacity")
    answer = call(*ask, "--json")
    check(answer, "session-question")
    assert answer.json["proven"]
    assert answer.json["found"] == answer.json["at_least"] > 0
    assert len(answer.json["steps"]) == 4
    days = f"{answer.json['found']} d"
    assert call(*ask).out == (
        f"All steps by the end of Q4 2027 need {days} in each quarter; no less suffices.\n"
    )
    assert "weniger reicht nicht" in call(*ask, language="de").out


def test_the_earliest_end_is_named(call: Call, scored: str) -> None:
    ask = ("session", "plan", scored, *OPTIONS, "--capacity", "1000", "--question", "end")
    answer = call(*ask, "--json")
    check(answer, "session-question")
    assert answer.json["found"] == 2
    assert call(*ask).out == ("All steps can be done by the end of Q2 2027, and no earlier.\n")


def test_a_step_too_large_for_any_quarter_is_named(call: Call, scored: str) -> None:
    answer = call("session", "plan", scored, *OPTIONS, "--capacity", "0.5", "--question", "end")
    assert answer.out.startswith("The steps cannot all be done within 40 quarters. ")
    assert answer.out.endswith("in one quarter: split it or give it more quarters.\n")


def test_the_least_effort_for_a_dimension_is_named_with_what_is_not_scored(
    call: Call, scored: str
) -> None:
    ask = ("session", "plan", scored, *OPTIONS, "--capacity", "1000", "--question", "process:2")
    answer = call(*ask, "--json")
    check(answer, "session-question")
    assert answer.json["steps"] == [{"area": "process.change-control", "level": 2}]
    assert answer.json["fits"] is True
    said, fits, unscored = call(*ask).out.splitlines()
    assert said.startswith("Level 2 in all of Process takes 1 step and ")
    assert fits == "That fits by the end of Q4 2028."
    assert unscored.startswith("Not scored yet: ")


def test_what_is_no_question_is_refused_with_those_there_are(call: Call, scored: str) -> None:
    for text in ("cost", "process:9", "cooking:3"):
        answer = call("session", "plan", scored, "--question", text)
        assert answer.code == 2
        assert answer.err == (
            f"“{text}” is no question. Ask for capacity, for end, or for a level of a dimension"
            " such as people:5.\n"
        )


def test_a_file_is_not_asked(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    file.write_text("{}", encoding="utf-8")
    answer = call("session", "plan", "--input", file, "--question", "end")
    assert answer.code == 2
    assert answer.err == "Questions are answered for sessions only.\n"
