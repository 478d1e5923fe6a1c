"""Deleting for good on the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from app.errors import ReadOnlyLibrary
from data.library.folders import data_folder
from data.library.library import SqliteLibrary

Call = Callable[..., Any]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answers to prompts in order; an empty list means that standard input is closed."""
    answers: list[str] = []

    def prompt(question: str, **_: object) -> str:
        click.echo(question, err=True)
        if not answers:
            raise click.Abort
        return answers.pop(0)

    monkeypatch.setattr(click, "prompt", prompt)
    return answers


@pytest.fixture
def two_clients(call: Call) -> Iterator[None]:
    for client, unit in (("Nordwerk AG", "IT/Platform"), ("Other", "")):
        new = ("session", "new", "--model", "cloud-native", "--organisation", client)
        assert call(*new, "--unit", unit, "--title", f"Workshop at {client}").code == 0
    return


def clients(call: Call) -> set[str]:
    return {each["organisation"] for each in call("session", "list", "--json").json["sessions"]}


def test_a_session_is_deleted_once_its_title_was_typed(
    call: Call, session: str, typed: list[str]
) -> None:
    typed.append(" first  WORKSHOP")
    answer = call("session", "delete", session, "--for-good")
    assert answer.code == 0
    assert answer.out.startswith("1 session was deleted for good.\n")
    assert "The session “First workshop” with its levels" in answer.err
    assert "Exports and copies of the library lie where they were saved" in answer.err
    assert call("session", "show", session).code == 2
    assert call("library", "check").out == "ok\n"


@pytest.mark.parametrize("answer", [[], [""], ["y"], ["First"]])
def test_nothing_is_deleted_unless_the_title_was_typed(
    call: Call, session: str, library: Path, typed: list[str], answer: list[str]
) -> None:
    typed += answer
    content = library.read_bytes()
    refused = call("session", "delete", session, "--for-good", language="de")
    assert refused.code == 1
    assert refused.out == ""
    assert refused.complaints[-1] == "Es wurde nichts gelöscht."
    assert library.read_bytes() == content


def test_a_session_is_not_deleted_without_saying_for_good(call: Call, session: str) -> None:
    refused = call("session", "delete", session, "--yes")
    assert refused.code == 2
    assert "--for-good" in refused.err
    assert call("session", "show", session).code == 0


@pytest.mark.usefixtures("two_clients")
def test_a_client_is_deleted_with_its_backups_and_the_log_remembers_who(
    call: Call, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("library", "backup")
    monkeypatch.setenv("STUFENPLAN_FACILITATOR", "Ana Köhler")
    delete = ("library", "delete-client", "nordwerk ag", "--with-backups", "--yes", "--json")
    answer = call(*delete).json
    assert (answer["kind"], answer["sessions"], answer["units"]) == ("client", 1, 2)
    assert answer["by"] == "Ana Köhler"
    assert answer["backups"] >= 1
    assert answer["kept_backups"] == 0
    assert answer["remaining"] == []
    assert clients(call) == {"Other"}
    listed = call("library", "deletions", language="de").out
    assert "Ana Köhler" in listed
    assert "Organisation" in listed
    assert "Nordwerk" not in listed
    assert call("library", "deletions", "--json").json["deletions"][0]["by"] == "Ana Köhler"
    for place in (library.parent, data_folder()):
        for path in (each for each in place.rglob("*") if each.is_file()):
            assert b"Nordwerk" not in path.read_bytes(), path


@pytest.mark.usefixtures("two_clients")
def test_a_unit_is_deleted_by_its_path(call: Call) -> None:
    answer = call("library", "delete-unit", "Nordwerk AG", "it/platform", "--yes", "--json").json
    assert (answer["kind"], answer["sessions"], answer["units"]) == ("unit", 1, 1)
    assert clients(call) == {"Other"}
    assert call("library", "delete-unit", "Nordwerk AG", "IT", "--yes").code == 0
    assert call("library", "deletions").out.count("Unit") == 3  # two rows, and a column


@pytest.mark.usefixtures("two_clients")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("delete-client", "Nobody"), "There is no organisation “Nobody” in this library."),
        (("delete-unit", "Other", "IT"), "“Other” has no unit “IT”. Available: –."),
        (("delete-unit", "Nordwerk AG", "Sales"), "Available: IT, IT/Platform."),
    ],
)
def test_who_or_what_is_not_there_is_said(
    call: Call, arguments: tuple[str, ...], sentence: str
) -> None:
    refused = call("library", *arguments, "--yes")
    assert refused.code == 2
    assert sentence in refused.err


def test_nothing_was_deleted_yet(call: Call, session: str) -> None:
    assert call("library", "deletions").out.startswith("Nothing was deleted from this library")
    assert call("library", "deletions", "--json").json == {"deletions": []}


def test_an_old_copy_is_merged_without_what_was_deleted_unless_that_is_wanted(
    call: Call, session: str, library: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.stufenplan"
    copy.write_bytes(library.read_bytes())
    call("session", "delete", session, "--for-good", "--yes")
    said = call("library", "merge", copy).out
    assert "“First workshop” was deleted here for good on " in said
    assert "--with-deleted" in said
    merged = call("library", "merge", copy, "--json").json
    assert [each["title"] for each in merged["deleted_here"]] == ["First workshop"]
    assert call("session", "show", session).code == 2
    assert call("library", "merge", copy, "--with-deleted").out == "New: First workshop\n"
    assert call("session", "show", session).code == 0


def test_a_session_file_is_refused_if_it_was_deleted_here_unless_it_is_wanted(
    call: Call, session: str, tmp_path: Path
) -> None:
    file = tmp_path / "session.json"
    call("session", "export", session, file)
    call("session", "delete", session, "--for-good", "--yes")
    refused = call("session", "import", file)
    assert (refused.code, refused.out) == (2, "")
    assert "was deleted here for good on" in refused.complaints[0]
    assert "--with-deleted" in refused.complaints[1]
    assert call("session", "import", file, "--with-deleted").code == 0
    assert call("session", "show", session).code == 0


def test_nothing_is_deleted_from_a_library_that_may_not_be_written_to(
    call: Call, session: str, library: Path, typed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    why = ReadOnlyLibrary("“client.stufenplan” can only be viewed.")
    monkeypatch.setattr(SqliteLibrary, "read_only", property(lambda _: why))
    typed.append("First workshop")
    refused = call("session", "delete", session, "--for-good")
    assert refused.code != 0
    assert refused.complaints == ["“client.stufenplan” can only be viewed."]
    assert typed
