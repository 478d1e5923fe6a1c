"""Every JSON answer conforms to its documented schema."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

Call = Callable[..., Any]
Scores = Callable[..., Path]

SCHEMAS = Path(__file__).parents[2] / "docs" / "json-schema"


def check(answer: Any, name: str) -> None:
    """Hold an answer to its schema; dates and times included."""
    assert answer.code == 0, answer.err
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.validate(answer.json, schema, format_checker=checker)


@pytest.mark.parametrize("language", ["en", pytest.param("de", marks=pytest.mark.slow)])
def test_answers_about_sessions_keep_to_their_schemas(
    call: Call, scores: Scores, tmp_path: Path, language: str
) -> None:
    new = call(
        "session", "new", "--model", "cloud-native", "--organisation", "A", "--half-levels",
        "--json", language=language,
    )  # fmt: skip
    check(new, "session-created")
    session = new.json["id"]
    check(call("session", "show", session, "--json", language=language), "session-show")
    rows = scores("process.ci-cd;2,5;4;1,5;why", header="area;level;target;weight;note")
    for _ in range(2):  # the second time there is nothing to change
        check(call("session", "score", session, rows, "--json"), "session-score")
    check(call("session", "show", session, "--json"), "session-show")
    check(call("session", "list", "--json", language=language), "session-list")
    for _ in range(2):
        check(call("session", "edit", session, "--unit", "IT", "--json"), "session-edit")
    file = tmp_path / "session.json"
    assert call("session", "export", session, file).code == 0
    elsewhere = tmp_path / "elsewhere.stufenplan"
    imported = call("--library", elsewhere, "session", "import", file, "--json")
    check(imported, "session-imported")


def test_answers_about_models_keep_to_their_schemas(call: Call, tmp_path: Path) -> None:
    page = tmp_path / "level-5.md"
    page.write_text(
        "---\ntitle: Level 5 - Best\n---\n## People\n\nBefore the first area.\n\n### Skills\n\nX\n",
        encoding="utf-8",
    )
    check(call("model", "import", page, "--json"), "model-import")
    check(call("model", "check", page, "--json"), "model-check")
    check(call("model", "list", "--json"), "model-list")
    german = tmp_path / "level-4.md"
    german.write_text("# Stufe 4\n## Menschen\n### Können\nDas X ist da.\n", encoding="utf-8")
    check(call("model", "join", page, german, "--language", "de", "--json"), "model-join")


def test_answers_about_the_library_keep_to_their_schemas(call: Call, tmp_path: Path) -> None:
    sample = call("demo", "--json")
    check(sample, "demo")
    check(call("demo", "--json"), "demo")
    check(call("session", "show", sample.json["sessions"][1], "--json"), "session-show")
    check(call("library", "check", "--json"), "library-check")
    backup = call("library", "backup", "--json")
    check(backup, "library-backup")
    check(call("library", "backups", "--json"), "library-backups")
    new = tmp_path / "new.stufenplan"
    restored = call("library", "restore", backup.json["path"], new, "--json")
    check(restored, "library-restore")
    check(call("library", "merge", new, "--json"), "library-merge")
    session = sample.json["sessions"][0]
    names = ("Nordwerk AG", "Nordwerk SE", "--json")
    check(call("library", "rename-client", *names), "library-rename")
    call("session", "new", "--model", "cloud-native", "--organisation", "Nordwerk AG")
    check(call("library", "merge-clients", *names), "library-merge-places")
    check(call("session", "delete", session, "--for-good", "--yes", "--json"), "deletion")
    check(call("library", "deletions", "--json"), "library-deletions")


def test_an_exported_session_keeps_to_its_schema(
    call: Call, sample: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "session.json"
    assert call("session", "export", sample[1], file).code == 0
    schema = json.loads((SCHEMAS / "session-file.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(file.read_text(encoding="utf-8")), schema)
