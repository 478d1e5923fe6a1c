"""JSON export: documentation, schemas and output agree, and exports can be imported."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from app.comparison.reviews import Review, Subject, Verdict
from app.session.session import Session
from app.session.units import affiliation_along
from app.session.whole import WholeSession
from app.workshop.history import Edit, apply_change, new_change
from data.sessions.document import read_session_document
from exports.session_json import (
    json_text,
    session_to_document,
    show_document,
    write_session_json,
)
from tests.exports.samples import PDF, PDF_DIGEST, planned

DOCS = Path(__file__).parents[2] / "docs"
SCHEMAS = {
    path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8"))
    for path in (DOCS / "json-schema").glob("*.schema.json")
}
CASES = ["session", "almost_empty", "unscored", "nothing_applies", "half_levels"]
OF_MODEL_FILES = "model"


def _validate(document: object, name: str) -> None:
    Draft202012Validator(SCHEMAS[name]).validate(document)


def _keys_of_schema(schema: dict[str, Any], path: str = "") -> Iterator[str]:
    for key, inner in schema.get("properties", {}).items():
        place = f"{path}{key}"
        yield place if key in schema.get("required", ()) else f"{place}?"
        yield from _keys_of_schema(inner, f"{place}.")
        if "items" in inner:
            yield from _keys_of_schema(inner["items"], f"{place}[].")
    if isinstance(schema.get("additionalProperties"), dict):
        yield f"{path}<level>"


def _keys_of_document(value: object, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{path}{key}"
            yield from _keys_of_document(inner, f"{path}{key}.")
    elif isinstance(value, list):
        for inner in value:
            yield from _keys_of_document(inner, f"{path.removesuffix('.')}[].")


def _keys_of_page() -> dict[str, list[str]]:
    sections = re.split(r"^## ", (DOCS / "json.md").read_text(encoding="utf-8"), flags=re.M)[1:]
    found = {}
    for section in sections:
        name = re.search(r"json-schema/([a-z-]+)\.schema\.json", section)
        assert name is not None, section[:80]
        found[name[1]] = re.findall(r"^\| `([^`]+)` \|", section, flags=re.M)
    return found


def alone(session: Session) -> WholeSession:
    """The session with its unit and its files, without changes."""
    whole = WholeSession(session)
    return replace(whole, files=dict.fromkeys(whole.digests, PDF))


@pytest.fixture
def whole(session: Session) -> dict[str, Any]:
    """A document in which every key occurs."""
    area = session.model.areas[0].id
    before = session.rating(area).note
    change = new_change(session.id, [Edit(area, "note", before, "Three teams.")], "typing")
    path = [("unit-0", "IT", "department"), ("unit-1", "Platform team", "team")]
    affiliation = affiliation_along(session.organisation, path)
    after = replace(apply_change(planned(session), change), affiliation=affiliation)
    review = Review(
        "review",
        session.organisation.id,
        "earlier",
        session.id,
        Subject.PEOPLE,
        Verdict.EQUAL,
        datetime(2026, 11, 23, tzinfo=UTC),
        by="Ana",
    )
    complete = WholeSession(
        after, changes=(change,), files={PDF_DIGEST: PDF}, position=area, reviews=(review,)
    )
    return session_to_document(complete, exported_with="0.1.0")


# ---- page, schemas, answers -------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_page_and_schema_name_the_same_keys(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert _keys_of_page()[name] == list(_keys_of_schema(SCHEMAS[name]))


def test_every_section_of_the_page_has_its_schema() -> None:
    assert set(_keys_of_page()) == set(SCHEMAS)


@pytest.mark.parametrize("case", CASES)
def test_both_documents_keep_to_their_schema(case: str, request: pytest.FixtureRequest) -> None:
    session: Session = request.getfixturevalue(case)
    _validate(show_document(session), "session-show")
    _validate(session_to_document(alone(session), exported_with="0.1.0"), "session-file")


def test_every_documented_key_of_the_figures_occurs(session: Session) -> None:
    documented = {key.removesuffix("?") for key in _keys_of_schema(SCHEMAS["session-show"])}
    assert set(_keys_of_document(show_document(planned(session)))) == documented


def test_every_documented_key_of_the_session_file_occurs(whole: dict[str, Any]) -> None:
    documented = {key.removesuffix("?") for key in _keys_of_schema(SCHEMAS["session-file"])}
    present = {
        key
        for key in _keys_of_document(whole)
        if not key.startswith((f"{OF_MODEL_FILES}.", f"{OF_MODEL_FILES}["))
    }
    assert present == documented
    _validate(whole, "session-file")


def test_a_plan_is_read_back_as_it_was(session: Session) -> None:
    whole = WholeSession(planned(session), files={PDF_DIGEST: PDF})
    document = json.loads(json_text(session_to_document(whole, exported_with="0.1.0")))
    assert read_session_document(document).session == whole.session


def test_figures_are_exact_and_unknown_ones_are_null(half_levels: Session) -> None:
    shown = show_document(half_levels)
    assert [area["level"] for area in shown["areas"]][:8] == [1.5, 2, 2.5, 3, 4.5, 5, None, None]
    assert shown["areas"][7]["not_applicable"] == "Done by the parent company"
    assert shown["areas"][6]["gap"] is None
    assert shown["areas"][2]["weight"] == 0.3
    assert shown["overall"]["staged_level"] is None
    assert shown["dimensions"][4]["range"] is None
    assert shown["roadmap"][0]["from"] == 1.5 or shown["roadmap"][0]["to"] > 1


def test_the_roadmap_leads_from_every_level_to_its_target(session: Session) -> None:
    shown = show_document(session)
    steps = {(step["area"], step["to"]) for step in shown["roadmap"]}
    for area in shown["areas"]:
        if area["level"] is not None:
            for level in range(area["level"] + 1, area["target"] + 1):
                assert (area["id"], level) in steps
    agreed = [step for step in shown["roadmap"] if not step["implied"]]
    assert len(agreed) == shown["overall"]["total_gap"]


# ---- the copy -----------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES)
def test_a_session_read_back_is_equal(case: str, request: pytest.FixtureRequest) -> None:
    session: Session = request.getfixturevalue(case)
    written = alone(session)
    text = json_text(session_to_document(written, exported_with="0.1.0"))
    whole = read_session_document(json.loads(text))
    assert whole.files == written.files
    assert whole.session.model == session.model
    assert whole.session.all_ratings() == session.all_ratings()
    assert replace(whole.session, ratings={}, model=session.model) == replace(session, ratings={})


def test_the_same_session_gives_the_same_text(session: Session) -> None:
    whole = alone(session)
    texts = {json_text(session_to_document(whole, exported_with="0.1.0")) for _ in range(2)}
    assert len(texts) == 1


def test_files_that_undo_needs_are_part_of_a_copy(session: Session) -> None:
    area = session.model.areas[0].id
    evidence = session.rating(area).evidence
    change = new_change(session.id, [Edit(area, "evidence", evidence, ())])
    after = apply_change(session, change)
    assert WholeSession(after).digests == ()
    assert WholeSession(after, changes=(change,)).digests == (PDF_DIGEST,)


def test_what_is_no_number_is_never_written() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        json_text({"mean": float("nan")})


def test_a_session_is_written_as_one_file(session: Session, tmp_path: Path) -> None:
    whole = alone(session)
    write_session_json(whole, tmp_path / "session.json", exported_with="0.1.0")
    written = (tmp_path / "session.json").read_text(encoding="utf-8")
    assert written == json_text(session_to_document(whole, exported_with="0.1.0"))


def test_numbers_and_dates_stay_what_they_are(session: Session) -> None:
    document = json.loads(json_text(session_to_document(alone(session), exported_with="0.1.0")))
    assert date.fromisoformat(document["session"]["date"]) == session.date
    assert document["ratings"][0]["weight"] == 2.5
    assert isinstance(document["ratings"][0]["level"], int)
    assert Fraction(str(document["ratings"][0]["weight"])) == Fraction(5, 2)
