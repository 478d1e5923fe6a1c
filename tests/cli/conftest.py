"""Runs the command line in-process, on a library of its own."""

import json
import shutil
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from data.library.folders import library_key
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


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[Path, Any]]:
    """A library made by one command, with the user data folder beside it, and the JSON answer.

    Each is made once; tests work on a copy.
    """

    @cache
    def made(*arguments: str) -> tuple[Path, Any]:
        library = tmp_path_factory.mktemp("made") / "client.stufenplan"
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()) as out:
            patch.setenv("STUFENPLAN_DATA_DIR", str(library.parent / "data"))
            assert cli.run(["--library", str(library), *arguments, "--json"]) == 0
        return library, json.loads(out.getvalue())

    return made


def copied(made: Path, library: Path, user_folders: Path) -> None:
    """Copy a library and its backups, which lie under the name of its path."""
    shutil.copyfile(made, library)
    backups = made.parent / "data" / "backups" / library_key(made)
    shutil.copytree(backups, user_folders / "data" / "backups" / library_key(library))


Steps = Callable[[Call, Path], Any]
"""Fills a library by commands; gets a folder for files, too."""


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Steps], tuple[Path, Any]]:
    """A library that several commands filled, and what these steps returned; each made once."""

    @cache
    def filled(steps: Steps) -> tuple[Path, Any]:
        folder = tmp_path_factory.mktemp("filled")
        library = folder / "client.stufenplan"

        def call(*arguments: str | Path) -> Answer:
            with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
                code = cli.run(["--library", str(library), *map(str, arguments)])
            return Answer(code, out.getvalue(), err.getvalue())

        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("STUFENPLAN_DATA_DIR", str(folder / "data"))
            return library, steps(call, folder)

    return filled


@pytest.fixture
def arrange(
    filled: Callable[[Steps], tuple[Path, Any]], library: Path, own_user_folders: Path
) -> Callable[[Steps], Any]:
    """Put what steps make into the library, which is all that it has then."""

    def arrange(steps: Steps) -> Any:
        file, returned = filled(steps)
        copied(file, library, own_user_folders)
        return returned

    return arrange


@pytest.fixture
def session(made: Callable[..., tuple[Path, Any]], library: Path, own_user_folders: Path) -> str:
    """The id of a session on the built-in model, the only one of the library."""
    file, answer = made(
        "session", "new", "--model", "cloud-native", "--organisation", "Nordwerk AG",
        "--title", "First workshop", "--date", "2026-11-23",
    )  # fmt: skip
    copied(file, library, own_user_folders)
    identity: str = answer["id"]
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
def sample(
    made: Callable[..., tuple[Path, Any]], library: Path, own_user_folders: Path
) -> list[str]:
    """The ids of the sample's sessions, earlier one first; they are all the library has."""
    file, answer = made("demo")
    copied(file, library, own_user_folders)
    ids: list[str] = answer["sessions"]
    return ids


@pytest.fixture
def large_in(
    made: Callable[..., tuple[Path, Any]], library: Path, own_user_folders: Path
) -> Callable[[str], dict[str, Any]]:
    """Put the large sample in a language into the library, which is all that it has then."""

    def large_in(language: str) -> dict[str, Any]:
        file, answer = made("demo", "--large", "--language", language)
        copied(file, library, own_user_folders)
        return dict(answer)

    return large_in


@pytest.fixture
def large(large_in: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """The answer about the large sample in English."""
    return large_in("en")
