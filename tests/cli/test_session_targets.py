"""Command ``session targets``: shows targets with their states, and sets them, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.session.plan_settings import AddedPrerequisite
from app.workshop.workshop import Workshop
from data.library.library import open_library

Call = Callable[..., Any]


@pytest.fixture
def session_id(call: Call, tmp_path: Path) -> str:
    """A session in which some areas are scored."""
    created = call(
        "session", "new", "--model", "cloud-native", "--organisation", "Nordwerk AG",
        "--title", "Kick-off", "--language", "en", "--json",
    ).json  # fmt: skip
    scores = tmp_path / "scores.csv"
    scores.write_text(
        "area,level,target\npolicy.compliance,2,\nprocess.ci-cd,4,4\ntechnology.infrastructure,3,5\n",
        encoding="utf-8",
    )
    assert call("session", "score", created["id"], scores).code == 0
    return str(created["id"])


def targets_of(call: Call, session_id: str, *more: Path) -> dict[str, dict[str, Any]]:
    found = call("session", "targets", session_id, *more, "--json").json["targets"]
    return {entry["area"]: entry for entry in found}


def test_targets_are_shown_with_their_states_in_words(call: Call, session_id: str) -> None:
    lines = call("session", "targets", session_id).out.splitlines()
    assert lines[0].split("  ")[0] == "Area"
    said = {line.split("  ")[0]: line for line in lines}
    assert "decided against" in said["CI/CD"]
    assert "not discussed" in said["Compliance"]
    german = call("session", "targets", session_id, language="de").out
    assert "bewusst belassen" in german
    assert "nicht vereinbart" in german


def test_a_file_sets_level_date_reason_and_sponsor_as_one_step(
    call: Call, session_id: str, library: Path, tmp_path: Path
) -> None:
    file = tmp_path / "targets.csv"
    file.write_text(
        "Bereich;Ziel;Zieltermin;Begründung;Sponsor\r\n"
        "Compliance;4;Q3 2028;Gleiche Prüfungen;CISO\r\nprocess.ci-cd;;30.06.2027;;CFO\r\n",
        encoding="cp1252",
    )
    answer = call("session", "targets", session_id, file)
    assert answer.out.splitlines()[0].startswith("The file is not in UTF-8")
    assert answer.out.splitlines()[1].startswith("Changed 2 areas, saved ")
    found = targets_of(call, session_id)
    compliance = found["policy.compliance"]
    assert (compliance["target"], compliance["date"], compliance["state"]) == (
        4, "2028-09-30", "discussed"
    )  # fmt: skip
    assert (compliance["reason"], compliance["sponsor"]) == ("Gleiche Prüfungen", "CISO")
    assert found["process.ci-cd"]["target"] == 4
    again = call("session", "targets", session_id, file, "--json").json
    assert (again["changed"], again["saved_at"]) == ([], None)
    opened = open_library(library)
    workshop = Workshop(opened.load_session(session_id), opened)
    workshop.undo()
    assert workshop.session.rating("policy.compliance").target_sponsor == ""
    assert workshop.session.rating("process.ci-cd").target_date is None
    opened.close()


def test_a_faulty_file_changes_nothing_and_every_row_is_named(
    call: Call, session_id: str, tmp_path: Path
) -> None:
    before = targets_of(call, session_id)
    file = tmp_path / "targets.csv"
    file.write_text("area,target,date\nprocess.ci-cd,5,2027-06-30\nx,6,soon\n", encoding="utf-8")
    refused = call("session", "targets", session_id, file)
    assert refused.code == 2
    assert [line.split(": ")[1:3] for line in refused.complaints] == [
        ["line 3", "area"], ["line 3", "target"], ["line 3", "date"]
    ]  # fmt: skip
    assert targets_of(call, session_id) == before


def test_implied_targets_are_marked_with_the_step_that_needs_them(
    call: Call, session_id: str, library: Path
) -> None:
    opened = open_library(library)
    workshop = Workshop(opened.load_session(session_id), opened)
    workshop.set_target("policy.compliance", 3)
    needs_compliance = AddedPrerequisite("technology.infrastructure", 5, "policy.compliance", 4)
    workshop.change_plan(prerequisites=(needs_compliance,))
    opened.close()
    entry = targets_of(call, session_id)["policy.compliance"]
    assert (entry["implied"], entry["target"]) == (4, 3)
    assert entry["needed_by"] == {"area": "technology.infrastructure", "level": 5}
    (line,) = (
        line
        for line in call("session", "targets", session_id).out.splitlines()
        if line.startswith("Compliance")
    )
    assert "4 implied by Infrastructure 5" in line
