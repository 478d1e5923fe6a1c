"""Commands ``library``."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]
Scores = Callable[..., Path]


def test_a_sound_library_is_ok(call: Call, sample: list[str]) -> None:
    assert call("library", "check").out == "ok\n"
    assert call("library", "check", "--json").json == {"ok": True, "problems": []}


def test_a_changed_score_is_found_and_ends_with_exit_code_1(
    call: Call, sample: list[str], library: Path
) -> None:
    connection = sqlite3.connect(library)
    with connection:
        connection.execute("UPDATE rating SET level = 5 WHERE area_id = 'process.ci-cd'")
    connection.close()
    plain = call("library", "check")
    assert (plain.code, plain.out) == (1, "")
    assert plain.complaints
    answer = call("library", "check", "--json")
    assert answer.code == 1
    assert answer.json["ok"] is False
    assert answer.json["problems"]


def test_a_file_that_cannot_be_opened_is_a_problem_too(
    call: Call, sample: list[str], library: Path
) -> None:
    content = library.read_bytes()
    library.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    answer = call("library", "check", "--json")
    assert answer.code == 1
    assert answer.json["ok"] is False
    assert len(answer.json["problems"]) >= 1


def test_a_backup_is_listed_and_comes_back_under_a_new_name(
    call: Call, sample: list[str], library: Path, tmp_path: Path
) -> None:
    backup = Path(call("library", "backup").out.strip())
    assert backup.is_file()
    listed = call("library", "backups", "--json").json["backups"]
    assert listed[0]["path"] == str(backup)
    assert listed[0]["reason"] == "manual"
    assert str(backup) in call("library", "backups").out
    german = call("library", "backups", language="de").out
    assert "manual" not in german.replace(str(backup), "")
    library.unlink()  # the list is there when the library is lost
    assert len(call("library", "backups", "--json").json["backups"]) == len(listed)
    new = tmp_path / "restored.stufenplan"
    assert call("library", "restore", backup, new).code == 0
    restored = call("--library", new, "session", "list", "--json").json["sessions"]
    assert {item["id"] for item in restored} == set(sample)


def test_restoring_never_overwrites(call: Call, sample: list[str], library: Path) -> None:
    backup = call("library", "backup", "--json").json["path"]
    before = library.read_bytes()
    answer = call("library", "restore", backup, library)
    assert answer.code == 2
    assert library.read_bytes() == before


def test_a_backup_that_is_none_is_refused(call: Call, tmp_path: Path) -> None:
    new = tmp_path / "new.stufenplan"
    (tmp_path / "notes.txt").write_text("notes " * 1000, encoding="utf-8")
    for name in ("none", "notes.txt"):
        answer = call("library", "restore", tmp_path / name, new)
        assert answer.code == 2
        assert len(answer.complaints) == 1
        assert not new.exists()


def test_without_backups_the_list_says_so(call: Call) -> None:
    assert call("library", "backups").out == "There is no backup of this library yet.\n"
    assert call("library", "backups", "--json").json == {"backups": []}


def test_merging_takes_in_what_is_new_and_overwrites_nothing(
    call: Call, sample: list[str], scores: Scores, tmp_path: Path
) -> None:
    other = tmp_path / "other.stufenplan"
    call("session", "export", sample[0], other)
    elsewhere = tmp_path / "elsewhere.stufenplan"
    call(
        "--library", elsewhere, "session", "new", "--model", "cloud-native",
        "--organisation", "Other", "--title", "Theirs",
    )  # fmt: skip
    first = call("--library", elsewhere, "library", "merge", other, "--json").json
    assert first["added"] == ["Maturity workshop, spring 2026"]
    again = call("--library", elsewhere, "library", "merge", other)
    assert again.out == "Known already: Maturity workshop, spring 2026\n"
    call("session", "score", sample[0], scores("process.ci-cd,5,,,"))
    changed = tmp_path / "changed.stufenplan"
    call("session", "export", sample[0], changed)
    merged = call("--library", elsewhere, "library", "merge", changed)
    assert merged.out == "Continued there, extended here: Maturity workshop, spring 2026\n"
    older = call("--library", elsewhere, "library", "merge", other)
    assert older.out == "Known already, and newer here: Maturity workshop, spring 2026\n"
    call("session", "score", sample[0], scores("process.ci-cd,4,,,"))
    call("--library", elsewhere, "session", "score", sample[0], scores("process.ci-cd,3,,,"))
    call("session", "export", sample[0], tmp_path / "again.stufenplan")
    again = call(
        "--library", elsewhere, "library", "merge", tmp_path / "again.stufenplan", "--json"
    )
    assert again.json["kept_both"] == ["Maturity workshop, spring 2026 (second version)"]
    listed = call("--library", elsewhere, "session", "list", "--json").json["sessions"]
    assert len(listed) == 3
    assert call("--library", elsewhere, "library", "check").out == "ok\n"


@pytest.mark.parametrize("name", ["none.stufenplan", "notes.txt"])
def test_only_libraries_are_merged(
    call: Call, sample: list[str], tmp_path: Path, name: str
) -> None:
    (tmp_path / "notes.txt").write_text("notes " * 1000, encoding="utf-8")
    answer = call("library", "merge", tmp_path / name)
    assert answer.code == 2
    assert len(answer.complaints) == 1
    assert len(call("session", "list", "--json").json["sessions"]) == 2


def test_a_newer_library_is_refused_with_both_versions(
    call: Call, sample: list[str], library: Path
) -> None:
    connection = sqlite3.connect(library)
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    answer = call("session", "list")
    assert answer.code == 2
    assert len(answer.complaints) == 1


def test_the_same_problem_is_said_once(call: Call, sample: list[str], library: Path) -> None:
    connection = sqlite3.connect(library)
    connection.execute("UPDATE rating SET level = 5 WHERE session_id = ?", (sample[0],))
    connection.commit()
    connection.close()
    answer = call("library", "check")
    assert (answer.code, answer.out) == (1, "")
    assert len(answer.complaints) == len(set(answer.complaints)) <= 2
    assert len(call("library", "check", "--json").json["problems"]) == len(answer.complaints)


def test_a_write_protected_library_is_listed_shown_exported_drawn_and_checked(
    call: Call,
    sample: list[str],
    library: Path,
    tmp_path: Path,
    write_protected: Callable[[Path], None],
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    library.rename(folder / library.name)
    before = (folder / library.name).read_bytes()
    write_protected(folder)
    named = ("--library", folder / library.name)
    for command in (
        ("session", "list"),
        ("session", "show", sample[-1]),
        ("session", "export", sample[-1], tmp_path / "report.csv"),
        ("session", "export", sample[-1], tmp_path / "report.json"),
        ("session", "export", sample[-1], tmp_path / "report.stufenplan"),
        ("session", "chart", sample[-1], tmp_path / "chart.svg"),
        ("model", "list"),
        ("library", "check"),
    ):
        answer = call(*named, *command, named=False)
        assert (answer.code, answer.err) == (0, ""), command
        assert answer.out
    assert [path.name for path in folder.iterdir()] == [library.name]
    assert (folder / library.name).read_bytes() == before


def test_a_command_that_changes_a_write_protected_library_is_refused_in_one_sentence(
    call: Call,
    sample: list[str],
    library: Path,
    tmp_path: Path,
    scores: Scores,
    write_protected: Callable[[Path], None],
) -> None:
    report = tmp_path / "report.json"
    assert call("session", "export", sample[-1], report).code == 0
    folder = tmp_path / "stick"
    folder.mkdir()
    library.rename(folder / library.name)
    write_protected(folder)
    named = ("--library", folder / library.name)
    for command in (
        ("session", "score", sample[-1], scores("process.ci-cd,1,,,")),
        ("session", "new", "--model", "cloud-native", "--organisation", "Acme"),
        ("session", "import", report),
        ("library", "merge", tmp_path / "other.stufenplan"),
        ("demo",),
    ):
        answer = call(*named, *command, named=False, language="de")
        if command == ("demo",) and answer.code == 0:
            continue  # the sample is there already
        assert answer.code == 1, command
        assert answer.complaints == [
            f"„{library.name}“ kann nur angesehen werden: Die Datei oder ihr Ordner {folder} ist"
            " schreibgeschützt. Um etwas zu ändern, speichern Sie eine Kopie in einem eigenen"
            " Ordner und öffnen diese."
        ]


def test_a_client_and_a_unit_are_renamed_and_found_by_their_new_names(
    call: Call, sample: list[str]
) -> None:
    assert sample
    renamed = call("library", "rename-client", "nordwerk ag", "Nordwerk SE")
    assert renamed.out == "“Nordwerk AG” is now “Nordwerk SE”.\n"
    unit = call("session", "list", "--json").json["sessions"][0]["unit"]
    path = unit.replace(" / ", "/")
    assert call("library", "rename-unit", "Nordwerk SE", path, "Core").code == 0
    listed = call("session", "list", "--search", "se core", "--json").json["sessions"]
    assert [each["organisation"] for each in listed] == ["Nordwerk SE", "Nordwerk SE"]
    again = call("library", "rename-client", "Nordwerk SE", "Nordwerk SE", language="de")
    assert again.out == "Nichts zu ändern: Der Name ist schon „Nordwerk SE“.\n"
    assert call("library", "check").out == "ok\n"


def test_a_name_that_is_taken_leads_to_a_merge_that_names_its_backup(
    call: Call, sample: list[str]
) -> None:
    assert sample
    call(
        "session", "new", "--model", "cloud-native",
        "--organisation", "Nordwerg", "--unit", "IT", "--title", "Theirs",
    )  # fmt: skip
    refused = call("library", "rename-client", "Nordwerg", "Nordwerk AG")
    assert (refused.code, len(refused.complaints)) == (2, 1)
    assert "merge the two" in refused.err
    merged = call("library", "merge-clients", "Nordwerg", "Nordwerk AG")
    first, second = merged.out.splitlines()
    assert first == "“Nordwerg” is part of “Nordwerk AG” now."
    backups = call("library", "backups", "--json").json["backups"]
    (backup,) = [each for each in backups if each["reason"] == "merge"]
    assert second == f"What was before is in the backup {backup['path']}."
    units = call("library", "merge-units", "Nordwerk AG", "IT", "none")
    assert (units.code, "Available: " in units.err) == (2, True)
    listed = call("session", "list", "--json").json["sessions"]
    assert {each["organisation"] for each in listed} == {"Nordwerk AG"}
    other = listed[-1]["unit"].replace(" / ", "/")
    assert call("library", "merge-units", "Nordwerk AG", "IT", other).code == 0
    assert call("library", "check").out == "ok\n"
