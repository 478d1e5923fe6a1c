"""Output of commands with ``--json`` conforms to the published schemas."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from stufenplan import cli

SCHEMAS = Path(__file__).parents[2] / "docs" / "json-schema"
Ask = Callable[..., Any]


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Run a command on a library of this test; its answer, checked against a schema."""

    def ask(schema: str, *arguments: str | Path) -> Any:
        capsys.readouterr()
        library = ["--library", str(tmp_path / "client.stufenplan")]
        code = cli.run([*library, *map(str, arguments), "--json"])
        captured = capsys.readouterr()
        assert code == 0, captured.err
        answer = json.loads(captured.out)
        text = (SCHEMAS / f"{schema}.schema.json").read_text(encoding="utf-8")
        Draft202012Validator(json.loads(text)).validate(answer)
        return answer

    return ask


def test_answers_about_sessions(ask: Ask, tmp_path: Path) -> None:
    created = ask(
        "session-created",
        "session", "new", "--model", "cloud-native", "--organisation", "Nordwerk AG",
    )  # fmt: skip
    scores = tmp_path / "scores.csv"
    scores.write_text("area,level\nprocess.ci-cd,3\n", encoding="utf-8")
    scored = ask("session-score", "session", "score", created["id"], scores)
    assert scored["changed"] == ["process.ci-cd"]
    assert ask("session-score", "session", "score", created["id"], scores)["saved_at"] is None
    assert len(ask("session-list", "session", "list")["sessions"]) == 1
    assert ask("session-show", "session", "show", created["id"])["overall"]["scored"] == 1


def test_a_session_file_keeps_to_its_schema_and_comes_back(ask: Ask, tmp_path: Path) -> None:
    sample = ask("demo", "demo")
    library = str(tmp_path / "client.stufenplan")
    target = tmp_path / "session.json"
    session = sample["sessions"][-1]
    assert cli.run(["--library", library, "session", "export", session, str(target)]) == 0
    schema = json.loads((SCHEMAS / "session-file.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(json.loads(target.read_text(encoding="utf-8")))
    ask("session-imported", "session", "import", target)


def test_answers_about_models(ask: Ask, tmp_path: Path) -> None:
    page = tmp_path / "level-2.md"
    page.write_text("---\ntitle: Level 2\n---\n## People\n### Skills\nText.\n", encoding="utf-8")
    assert ask("model-import", "model", "import", page)["filled"]["2"] == 1
    ask("model-check", "model", "check", page)
    assert len(ask("model-list", "model", "list")["models"]) == 2


def test_answers_about_libraries(ask: Ask, tmp_path: Path) -> None:
    ask("demo", "demo")
    assert ask("library-check", "library", "check") == {"ok": True, "problems": []}
    backup = ask("library-backup", "library", "backup")
    assert ask("library-backups", "library", "backups")["backups"]
    copy = tmp_path / "copy.stufenplan"
    ask("library-restore", "library", "restore", backup["path"], copy)
    assert len(ask("library-merge", "library", "merge", copy)["identical"]) == 2
