"""Runs the command line in-process, on a library of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from stufenplan import cli


@dataclass(frozen=True)
class Answer:
    """Result of a command: exit code, stdout and stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def complaints(self) -> list[str]:
        return self.err.splitlines()


Call = Callable[..., Answer]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Path of this test's library, which does not exist yet."""
    return tmp_path / "client.stufenplan"


@pytest.fixture
def call(library: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command on the test's library."""

    def call(*arguments: str | Path, named: bool = True, language: str | None = None) -> Answer:
        front = ["--library", str(library)] if named else []
        front += ["--language", language] if language else []
        capsys.readouterr()
        code = cli.run([*front, *map(str, arguments)])
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return call


@pytest.fixture
def session(call: Call) -> str:
    """The id of a new session on the built-in model."""
    answer = call(
        "session", "new", "--model", "cloud-native", "--organisation", "Nordwerk AG",
        "--title", "First workshop", "--date", "2026-11-23", "--json",
    )  # fmt: skip
    assert answer.code == 0, answer.err
    identity: str = answer.json["id"]
    return identity


@pytest.fixture
def scores(tmp_path: Path) -> Callable[..., Path]:
    """Write a CSV file from its rows."""

    def scores(*rows: str, header: str = "area,level,target,weight,note") -> Path:
        file = tmp_path / "scores.csv"
        file.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        return file

    return scores


@pytest.fixture
def sample(call: Call) -> list[str]:
    """The ids of the sample's sessions, earlier one first."""
    answer = call("demo", "--json")
    assert answer.code == 0, answer.err
    ids: list[str] = answer.json["sessions"]
    return ids
