"""Session documents: formats of earlier releases, declared fields, located faults."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from app.errors import InvalidFile
from app.session.field_types.texts import NOTE_TOO_LONG, Text
from app.session.fields import declared
from app.session.quarters import Quarter
from app.session.rating import RATING, Rating
from app.session.step_details import StepDetails
from app.words.texts import translator_for
from app.workshop.history import Edit, apply_change, new_change
from app.workshop.workshop import Workshop
from data.library.library import open_library
from data.sessions.document import read_session, read_session_document
from data.sessions.schema import session_file
from exports.session_json import session_to_document

OF_THE_FIRST_RELEASE = Path(__file__).parents[2] / "files" / "sessions" / "format-1.json"


@pytest.fixture
def document() -> dict[str, Any]:
    """A session with all kinds of content, as the first release wrote it."""
    loaded: dict[str, Any] = json.loads(OF_THE_FIRST_RELEASE.read_text(encoding="utf-8"))
    return loaded


def test_a_file_of_the_first_release_is_imported_and_exported_as_it_was(
    document: dict[str, Any], tmp_path: Path
) -> None:
    library = open_library(tmp_path / "library.stufenplan", create=True)
    session = library.import_session(read_session(OF_THE_FIRST_RELEASE)).session
    again = session_to_document(library.whole_session(session.id), exported_with="0.1.0")
    library.close()
    came_later = {
        "facilitator": "", "next_date": None, "tags": [], "hide_earlier": False, "plan": {},
        "scenarios": [], "plan_versions": [],
    }  # fmt: skip
    assert {key: again["session"].pop(key) for key in came_later} == came_later
    came_later = {
        "target_date": None, "target_reason": "", "target_sponsor": "", "target_path": [],
        "steps": [],
    }  # fmt: skip
    for rating in again["ratings"]:
        assert {key: rating.pop(key) for key in came_later} == came_later
    assert again.pop("reviews") == []
    assert [step.pop("implied") for step in again["figures"]["roadmap"]] == [False] * 26
    assert json.loads(json.dumps(again)) == document


@dataclass(frozen=True, slots=True)
class MoodRating(Rating):
    """A rating with a field that is declared here and nowhere else."""

    mood: str = field(
        default="",
        metadata=declared(Text(NOTE_TOO_LONG), words="Mood of {area}", meaning="How it felt."),
    )


@pytest.fixture
def with_mood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RATING, "holder", MoodRating)


@pytest.mark.usefixtures("with_mood")
def test_a_declared_field_is_exported_and_read_back(document: dict[str, Any]) -> None:
    whole = read_session_document(document)
    area = whole.session.model.areas[0].id
    change = new_change(whole.session.id, [Edit(area, "mood", "", "cheerful")])
    moody = replace(
        whole,
        session=apply_change(whole.session, change),
        changes=(*whole.changes, change),
    )
    written = json.loads(json.dumps(session_to_document(moody, exported_with="0.1.0")))
    assert written["ratings"][0]["mood"] == "cheerful"
    read = read_session_document(written)
    assert read.session.rating(area) == moody.session.rating(area)
    assert read.changes == moody.changes


@pytest.mark.usefixtures("with_mood")
def test_a_wrong_value_of_a_declared_field_is_named_with_its_place(
    document: dict[str, Any],
) -> None:
    document["ratings"][1]["mood"] = 7
    with pytest.raises(InvalidFile) as caught:
        read_session_document(document)
    assert caught.value.lines(translator_for("en")) == [
        "ratings.1.mood: A text of at most 20000 characters is needed here."
    ]


@pytest.mark.usefixtures("with_mood")
def test_the_schema_has_the_key_of_a_declared_field() -> None:
    schema = session_file().model_json_schema(mode="serialization")["$defs"]["Rating"]
    assert schema["properties"]["mood"]["description"] == "How it felt."
    assert "mood" in schema["required"]


def test_without_it_the_schema_has_no_such_key() -> None:
    assert "mood" not in session_file().model_json_schema()["$defs"]["Rating"]["properties"]


Damage = Callable[[dict[str, Any]], None]


def _in_evidence(document: dict[str, Any]) -> None:
    rating = next(rating for rating in document["ratings"] if rating["evidence"])
    rating["evidence"][0]["kind"] = "rumour"
    del rating["evidence"][0]["title"]


def test_faults_inside_a_list_of_evidence_are_located(document: dict[str, Any]) -> None:
    _in_evidence(document)
    place = next(n for n, rating in enumerate(document["ratings"]) if rating["evidence"])
    with pytest.raises(InvalidFile) as caught:
        read_session_document(document)
    assert caught.value.lines(translator_for("en")) == [
        f"ratings.{place}.evidence.0.kind: One of these is needed here: link, file.",
        f"ratings.{place}.evidence.0.title: “title” is missing.",
    ]


def test_levels_are_checked_even_while_the_model_is_faulty(document: dict[str, Any]) -> None:
    document["model"]["levels"][0]["level"] = 7
    document["ratings"][0]["level"] = "high"
    with pytest.raises(InvalidFile) as caught:
        read_session_document(document)
    paths = [fault.path for fault in caught.value.faults]
    assert "ratings.0.level" in paths
    assert any(path.startswith("model.") for path in paths)


def test_every_fault_is_said_in_german_too(document: dict[str, Any]) -> None:
    _in_evidence(document)
    document["session"] |= {"date": "soon", "units": {}, "id": "../..", "title": "two\nlines"}
    document["session"]["organisation"] = []
    document["session"]["milestones"] = [{"id": "m", "name": "x" * 201, "at": "soon"}] * 2
    document["ratings"][0] |= {"level": 9, "weight": 11, "note": 5, "not_applicable": " "}
    document["ratings"].append(document["ratings"][-1])
    document["changes"][0] |= {"edits": [], "origin": "guess", "at": 3}
    document["files"][0]["content"] = "bm90IHNlZW4="
    with pytest.raises(InvalidFile) as caught:
        read_session_document(document)
    english, german = (caught.value.lines(translator_for(code)) for code in ("en", "de"))
    assert len(english) > 15
    assert [line for line in english if line in german] == []


def test_what_a_newer_version_adds_is_ignored(document: dict[str, Any]) -> None:
    expected = read_session_document(json.loads(json.dumps(document)))
    document["session"]["mood"] = document["colour"] = {"new": True}
    assert read_session_document(document) == expected


def test_a_level_is_exact(document: dict[str, Any]) -> None:
    document["changes"] = []
    document["ratings"][0] |= {"level": 2.5, "weight": 0.1}
    rating = read_session_document(document).session.rating(document["ratings"][0]["area_id"])
    assert (rating.level, rating.weight) == (Fraction(5, 2), Fraction(1, 10))


def test_a_title_with_two_blanks_can_be_changed_undone_and_exported_again(
    document: dict[str, Any], tmp_path: Path
) -> None:
    document["session"]["title"] = "Review  2026"
    document["changes"] = []
    library = open_library(tmp_path / "library.stufenplan", create=True)
    session = library.import_session(read_session_document(document)).session
    workshop = Workshop(session, library)
    workshop.set_detail("title", "Other")
    workshop.undo()
    workshop.redo()
    workshop.undo()
    assert library.load_session(session.id).title == workshop.session.title == "Review  2026"
    again = session_to_document(library.whole_session(session.id), exported_with="0.1.0")
    library.close()
    assert read_session_document(again).session.title == "Review  2026"


def test_a_level_too_large_for_a_float_is_a_fault_like_others(document: dict[str, Any]) -> None:
    document["ratings"][0]["level"] = 10**400
    document["ratings"][1]["weight"] = 10**400
    with pytest.raises(InvalidFile) as caught:
        read_session_document(document)
    assert {fault.path for fault in caught.value.faults} == {
        "ratings.0.level",
        "ratings.1.weight",
    }


@pytest.mark.parametrize(
    ("change", "path", "said"),
    [
        ({"plan": []}, "session.plan", "An object with keys and values is needed here."),
        (
            {"plan": {"periods": "8"}},
            "session.plan.periods",
            "A number of quarters from 1 to 40 is needed here.",
        ),
        (
            {"plan": {"teams": [{"name": "SRE"}]}},
            "session.plan.teams.0.capacity",
            "“capacity” is missing.",
        ),
        (
            {"plan": {"capacity": [1, -1]}},
            "session.plan.capacity.1",
            "Person-days from 0 to 100000 are needed here.",
        ),
        (
            {"plan": {"periods": 1, "capacity": [1, 1]}},
            "session.plan",
            "There are more figures (2) than quarters (1). Remove some, or plan more quarters.",
        ),
        (
            {"plan": {"blocked": ["2027-Q5"]}},
            "session.plan.blocked.0",
            "A quarter such as 2027-Q1 is needed here.",
        ),
    ],
)
def test_a_fault_in_a_plan_is_named_with_its_place(
    document: dict[str, Any], change: dict[str, Any], path: str, said: str
) -> None:
    document["session"] |= change
    assert faults_in(document) == [(path, said)]


@pytest.mark.parametrize(
    ("steps", "path", "said"),
    [
        ([{"level": 9}], "steps.0.level", "A whole level from 2 to 5 is needed here."),
        ([{"owner": "Ana"}], "steps.0.level", "“level” is missing."),
        (
            [{"level": 3, "effort": {"likely": 0}}],
            "steps.0.effort.likely",
            "Person-days greater than 0 and at most 10000 are needed here.",
        ),
        (
            [{"level": 3, "effort": {"likely": 5, "low": 6}}],
            "steps.0.effort",
            "The low effort must not exceed the likely one, and the likely one not the high one.",
        ),
        (
            [{"level": 3, "actions": [{"id": "a", "text": 1}]}],
            "steps.0.actions.0.text",
            "A text of at most 20000 characters is needed here.",
        ),
        (
            [{"level": 3, "owner": "A"}, {"level": 3, "owner": "B"}],
            "steps",
            "“3” appears twice.",
        ),
        (
            [{"level": 3, "status": "paused"}],
            "steps.0.status",
            "One of these is needed here: open, in_progress, blocked, done, dropped.",
        ),
    ],
)
def test_a_fault_in_a_step_is_named_with_its_place(
    document: dict[str, Any], steps: list[Any], path: str, said: str
) -> None:
    document["ratings"][0]["steps"] = steps
    assert faults_in(document) == [(f"ratings.0.{path}", said)]


def test_steps_of_a_file_are_put_in_order_and_unknown_keys_ignored(
    document: dict[str, Any],
) -> None:
    steps = [{"level": 4, "team": "SRE", "mood": "good"}, {"level": 2}, {"level": 3, "pin": None}]
    document["ratings"][0]["steps"] = [*steps, {"level": 5, "pin": "2027-Q1"}]
    session = read_session_document(document).session
    area = document["ratings"][0]["area_id"]
    assert session.rating(area).steps == (
        StepDetails(4, team="SRE"), StepDetails(5, pin=Quarter(2027, 1))
    )  # fmt: skip


def faults_in(document: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(InvalidFile) as refused:
        read_session_document(document)
    english = translator_for("en")
    return [
        (fault.path, english.gettext(fault.template, **dict(fault.values)))
        for fault in refused.value.faults
    ]
