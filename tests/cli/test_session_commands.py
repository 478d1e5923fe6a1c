"""Commands ``session``, on real files."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.workshop.workshop import Workshop
from data.library.library import open_library
from stufenplan import __version__

Call = Callable[..., Any]
Scores = Callable[..., Path]


def areas_of(call: Call, session: str) -> dict[str, dict[str, Any]]:
    shown = call("session", "show", session, "--json").json
    return {area["id"]: area for area in shown["areas"]}


# ---- new, list, show ---------------------------------------------------------------------------


def test_a_new_session_has_what_was_asked_for(call: Call) -> None:
    created = call(
        "session", "new", "--model", "cloud-native", "--organisation", "Nordwerk AG",
        "--unit", "Platform team", "--title", "Kick-off", "--date", "2026-02-03",
        "--language", "de", "--scope", "Two clusters", "--half-levels",
        "--facilitator", "Ana Köhler", "--json",
    ).json  # fmt: skip
    shown = call("session", "show", created["id"], "--json").json
    assert shown["organisation"]["name"] == "Nordwerk AG"
    assert shown["unit"]["name"] == "Platform team"
    assert (shown["title"], shown["date"]) == ("Kick-off", "2026-02-03")
    assert (shown["language"], shown["scope"]) == ("de", "Two clusters")
    assert shown["half_levels"] is True
    assert shown["facilitator"] == "Ana Köhler"
    assert "Facilitator: Ana Köhler" in call("session", "show", created["id"]).out
    assert shown["overall"]["scored"] == 0
    assert shown["overall"]["mean_of_areas"] is None


def test_a_unit_is_named_with_those_above_it_everywhere(call: Call, tmp_path: Path) -> None:
    created = call(
        "session", "new", "--model", "cloud-native", "--organisation", "Nordwerk AG",
        "--unit", "IT/Platform team", "--json",
    ).json  # fmt: skip
    assert created["unit"] == "IT / Platform team"
    assert "Nordwerk AG · IT / Platform team" in call("session", "show", created["id"]).out
    assert "IT / Platform team" in call("session", "list").out
    assert call("session", "list", "--json").json["sessions"][0]["unit"] == "IT / Platform team"
    unit = call("session", "show", created["id"], "--json").json["unit"]
    assert (unit["name"], unit["path"]) == ("Platform team", ["IT", "Platform team"])


def test_names_are_kept_on_one_line_without_what_is_invisible(call: Call) -> None:
    hostile = "A\u0308cme\n\x1b[31m\u202etxt\u2028 =1+1 "
    created = call(
        "session", "new", "--model", "cloud-native", "--organisation", hostile,
        "--unit", f"IT/{hostile}", "--title", hostile, "--json",
    ).json  # fmt: skip
    plain = "Äcme [31mtxt =1+1"
    assert (created["organisation"], created["title"]) == (plain, plain)
    assert created["unit"] == f"IT / {plain}"
    assert len(call("session", "list").out.splitlines()) == 3


def test_a_title_is_made_from_the_date(call: Call) -> None:
    created = call(
        "session", "new", "--model", "cloud-native", "--organisation", "A",
        "--date", "2026-02-03", "--json",
    ).json  # fmt: skip
    assert created["title"] == "Maturity workshop 3 Feb 2026"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--model", "none", "--organisation", "A"), "There is no model “none”."),
        (("--model", "cloud-native", "--organisation", "  "), "Please name the organisation."),
        (
            ("--model", "cloud-native", "--organisation", "A" * 201),
            "A name can have at most 200 characters.",
        ),
        (
            ("--model", "cloud-native", "--organisation", "A", "--title", "A" * 201),
            "A title can have at most 200 characters.",
        ),
        (
            ("--model", "cloud-native", "--organisation", "A", "--scope", "A" * 20_001),
            "The scope can have at most 20000 characters.",
        ),
        (
            ("--model", "cloud-native", "--organisation", "\u202e\u2066 \n"),
            "Please name the organisation.",
        ),
        (
            ("--model", "cloud-native", "--organisation", "A", "--unit", "IT//Team"),
            "A name is missing in the unit “IT//Team”.",
        ),
        (
            ("--model", "cloud-native", "--organisation", "A", "--language", "fr"),
            "The model has no texts in “fr”. It has: de, en.",
        ),
    ],
)
def test_a_session_that_cannot_be_is_refused(
    call: Call, session: str, options: tuple[str, ...], sentence: str
) -> None:
    answer = call("session", "new", *options)
    assert answer.code == 2
    assert answer.err.startswith(sentence)
    assert len(call("session", "list", "--json").json["sessions"]) == 1


def test_sessions_are_listed_and_searched(call: Call, sample: list[str]) -> None:
    listed = call("session", "list", "--json").json["sessions"]
    assert {item["id"] for item in listed} == set(sample)
    assert {(item["scored"], item["applicable"]) for item in listed} == {(20, 21), (21, 21)}
    found = call("session", "list", "--search", "AUTUMN", "--json").json["sessions"]
    assert [item["id"] for item in found] == [sample[1]]
    assert call("session", "list", "--search", "nothing").out == "No session was found.\n"
    assert sample[1][:8] in call("session", "list").out


def test_a_session_is_shown_as_a_table_with_its_figures(call: Call, sample: list[str]) -> None:
    lines = call("session", "show", sample[0]).out.splitlines()
    assert lines[0] == "Nordwerk AG · Platform team"
    (ci_cd,) = [line.split() for line in lines if line.strip().startswith("CI/CD")]
    assert ci_cd[1:5] == ["3", "5", "2", "2"]
    (open_area,) = [line for line in lines if line.startswith("  Business outcomes")]
    assert open_area.endswith("not scored yet")
    assert "Scored: 20 of 21 areas" in lines
    assert any(line.startswith("Application patterns is not applicable: The") for line in lines)
    widths = {len(line) for line in lines}
    assert max(widths) <= 100


def test_a_name_cannot_command_the_terminal(call: Call) -> None:
    call("session", "new", "--model", "cloud-native", "--organisation", "A\x1b[2J\u202eB")
    listed = call("session", "list")
    assert "\x1b" not in listed.out
    assert "\u202e" not in listed.out
    assert "A" in listed.out


def test_numbers_are_written_as_the_language_has_them(call: Call, sample: list[str]) -> None:
    assert "1.5" in call("session", "show", sample[0]).out
    assert "1,5" in call("session", "show", sample[0], language="de").out


def test_a_session_is_found_by_beginning_and_title_but_never_guessed(
    call: Call, sample: list[str]
) -> None:
    for wanted in (sample[0][:8], "maturity workshop, SPRING 2026"):
        assert call("session", "show", wanted, "--json").json["id"] == sample[0]
    for wanted in ("Maturity", "", "zzz"):
        answer = call("session", "show", wanted)
        assert answer.code == 2
        assert answer.err.startswith(f"There is no session “{wanted}” in this library.")


def test_a_title_that_two_sessions_have_names_both(call: Call, session: str) -> None:
    second = call(
        "session", "new", "--model", "cloud-native", "--organisation", "B",
        "--title", "First workshop", "--json",
    ).json["id"]  # fmt: skip
    answer = call("session", "show", "First workshop")
    assert answer.code == 2
    assert session in answer.err
    assert second in answer.err
    assert len(answer.complaints) == 1


def test_a_wrong_model_leaves_no_empty_library(call: Call, library: Path) -> None:
    assert call("session", "new", "--model", "none", "--organisation", "A").code == 2
    assert not library.exists()


# ---- score -------------------------------------------------------------------------------------


def test_scores_from_a_file_are_stored_as_one_step(
    call: Call, session: str, scores: Scores, library: Path
) -> None:
    file = scores("process.ci-cd,3,4,1.5,Shared modules", "people.teams,2,,,")
    answer = call("session", "score", session, file, "--json").json
    assert answer["changed"] == ["people.teams", "process.ci-cd"]
    assert answer["saved_at"]
    areas = areas_of(call, session)
    ci_cd = areas["process.ci-cd"]
    assert (ci_cd["level"], ci_cd["target"], ci_cd["weight"], ci_cd["gap"]) == (3, 4, 1.5, 1)
    assert ci_cd["note"] == "Shared modules"
    opened = open_library(library)
    try:
        workshop = Workshop(opened.load_session(session), opened)
        workshop.undo()
    finally:
        opened.close()
    assert all(area["level"] is None for area in areas_of(call, session).values())


def test_one_faulty_row_keeps_all_rows_out(call: Call, session: str, scores: Scores) -> None:
    file = scores("process.ci-cd,3,,,", "people.teams,6,,,", "people.none,2,,,")
    answer = call("session", "score", session, file)
    assert (answer.code, answer.out) == (2, "")
    assert [line.split(":")[:3] for line in answer.complaints] == [
        ["scores.csv", " line 3", " level"],
        ["scores.csv", " line 4", " area"],
    ]
    assert areas_of(call, session)["process.ci-cd"]["level"] is None


@pytest.mark.parametrize(
    ("header", "row", "sentence"),
    [
        ("area,target", "process.ci-cd,3", "The column “Level” is missing."),
        ("\ufeffarea,level", "process.ci-cd,6", "Level 6 is not on the scale from 1 to 5."),
    ],
)
def test_bad_files_are_refused_in_words(
    call: Call, session: str, scores: Scores, header: str, row: str, sentence: str
) -> None:
    answer = call("session", "score", session, scores(row, header=header))
    assert answer.code == 2
    assert len(answer.complaints) == 1
    assert answer.complaints[0].endswith(sentence)


def test_a_byte_order_mark_is_no_obstacle(call: Call, session: str, scores: Scores) -> None:
    file = scores("process.ci-cd;3", header="\ufeffarea;level")
    assert call("session", "score", session, file).code == 0
    assert areas_of(call, session)["process.ci-cd"]["level"] == 3


def test_the_same_scores_again_change_nothing(call: Call, session: str, scores: Scores) -> None:
    file = scores("process.ci-cd,3,,,")
    assert call("session", "score", session, file).out.startswith("Changed 1 area, saved ")
    answer = call("session", "score", session, file)
    assert answer.out == "Nothing to change: the session says the same already.\n"
    assert call("session", "score", session, file, "--json").json["saved_at"] is None


@pytest.mark.usefixtures("impatient")
def test_scores_that_cannot_be_stored_are_not_called_saved(
    call: Call, session: str, scores: Scores, library: Path
) -> None:
    held = sqlite3.connect(library)
    try:
        held.execute("BEGIN EXCLUSIVE")
        answer = call("session", "score", session, scores("process.ci-cd,3,,,"))
    finally:
        held.close()
    assert (answer.code, answer.out) == (1, "")
    assert len(answer.complaints) == 1
    assert areas_of(call, session)["process.ci-cd"]["level"] is None


# ---- export, import, chart ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("report.pptx", ".pptx is not available yet."),
        ("report.pdf", ".pdf is not available yet."),
        ("report.md", ".md is not available yet."),
        ("report.png", "Pictures come from “session chart”."),
        ("report.docx", "The ending of “report.docx” is not known."),
        ("report", "The ending of “report” is not known."),
    ],
)
def test_an_ending_that_cannot_be_written_is_refused_in_words(
    call: Call, session: str, tmp_path: Path, name: str, sentence: str
) -> None:
    answer = call("session", "export", session, tmp_path / name)
    assert answer.code == 2
    assert answer.err.startswith(sentence)
    assert not (tmp_path / name).exists()


def test_a_session_comes_back_equal_from_its_json(
    call: Call, sample: list[str], tmp_path: Path
) -> None:
    file, again = tmp_path / "session.json", tmp_path / "again.json"
    assert call("session", "export", sample[0], file).code == 0
    elsewhere = tmp_path / "elsewhere.stufenplan"
    imported = call("--library", elsewhere, "session", "import", file, "--json")
    assert imported.json["id"] == sample[0]
    assert call("--library", elsewhere, "session", "export", sample[0], again).code == 0
    assert again.read_text(encoding="utf-8") == file.read_text(encoding="utf-8")


def test_the_history_of_a_session_keeps_its_times(
    call: Call, session: str, scores: Scores, tmp_path: Path
) -> None:
    call("session", "score", session, scores("process.ci-cd,3,,,"))
    file, again = tmp_path / "session.json", tmp_path / "again.json"
    call("session", "export", session, file)
    document = json.loads(file.read_text(encoding="utf-8"))
    document["changes"][0]["at"] = "2020-02-29T14:07:32.500000+01:00"
    file.write_text(json.dumps(document), encoding="utf-8")
    elsewhere = tmp_path / "elsewhere.stufenplan"
    assert call("--library", elsewhere, "session", "import", file).code == 0
    call("--library", elsewhere, "session", "export", session, again)
    changes = json.loads(again.read_text(encoding="utf-8"))["changes"]
    assert [change["at"] for change in changes] == ["2020-02-29T14:07:32.500000+01:00"]


@pytest.mark.parametrize("at", ["yesterday", "2020-02-30T00:00:00+01:00", "2020-02-29T14:07:32", 5])
def test_a_time_that_is_none_is_named(
    call: Call, session: str, scores: Scores, tmp_path: Path, at: object
) -> None:
    call("session", "score", session, scores("process.ci-cd,3,,,"))
    file = tmp_path / "session.json"
    call("session", "export", session, file)
    document = json.loads(file.read_text(encoding="utf-8"))
    document["changes"][0]["at"] = at
    file.write_text(json.dumps(document), encoding="utf-8")
    answer = call("--library", tmp_path / "elsewhere.stufenplan", "session", "import", file)
    assert answer.code == 2
    assert "changes.0.at: A moment such as" in answer.err


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is empty."),
        ('{"a": 1,}', "This is not valid JSON"),
        ("[]", "The file holds no session."),
        ('{"a": NaN}', "“NaN” is not a number in JSON."),
        ('{"a": 1, "a": 2}', "The name “a” appears twice in one object."),
        ('{"a": "\\ud800"}', "A text holds half a character (a lone surrogate)."),
        ("[" * 200_000, "The file is nested too deeply"),
        ('{"a": ' + "9" * 10_000 + "}", "or has a number that is far too long"),
        ("{}", "“format” is missing."),
    ],
)
def test_what_is_no_session_is_refused(
    call: Call, library: Path, tmp_path: Path, text: str, sentence: str
) -> None:
    file = tmp_path / "session.json"
    file.write_text(text, encoding="utf-8")
    answer = call("session", "import", file)
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err
    assert all(line.startswith("session.json: ") for line in answer.complaints)
    assert not library.exists()


def test_a_library_with_one_session_can_be_opened(
    call: Call, sample: list[str], tmp_path: Path
) -> None:
    alone = tmp_path / "alone.stufenplan"
    assert call("session", "export", sample[0], alone).code == 0
    listed = call("--library", alone, "session", "list", "--json").json["sessions"]
    assert [item["id"] for item in listed] == [sample[0]]
    assert call("session", "export", sample[1], alone).code == 2  # nothing is overwritten


@pytest.mark.slow
def test_a_workbook_is_written_in_the_language_that_was_asked_for(
    call: Call, sample: list[str], tmp_path: Path
) -> None:
    import openpyxl

    sheets = []
    for language in ("en", "de"):
        file = tmp_path / f"{language}.xlsx"
        answer = call(
            "session", "export", sample[1], file, "--language", language, "--earlier", sample[0]
        )
        assert (answer.code, answer.out) == (0, f"Wrote {file}.\n"), answer.err
        book = openpyxl.load_workbook(file)
        sheets.append(book.sheetnames)
        method = [cell.value for row in book[book.sheetnames[-2]].iter_rows() for cell in row]
        assert any(str(value).endswith(f"Stufenplan {__version__}") for value in method)
    assert len(sheets[0]) == len(sheets[1])


def test_a_workbook_compares_with_several_earlier_sessions(
    call: Call, sample: list[str], tmp_path: Path
) -> None:
    import openpyxl

    another = call("session", "new", "--from", sample[0], "--date", "2025-05-05", "--json").json[
        "id"
    ]
    file = tmp_path / "over-time.xlsx"
    earlier = [part for each in (sample[0], another) for part in ("--earlier", each)]
    answer = call("session", "export", sample[1], file, *earlier)
    assert answer.code == 0, answer.err
    header = next(openpyxl.load_workbook(file)["Comparison by area"].iter_rows(min_row=4))
    assert len([cell.value for cell in header if " 202" in str(cell.value)]) == 3


def test_more_sessions_than_can_be_compared_are_refused(
    call: Call, sample: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "over-time.xlsx"
    answer = call("session", "export", sample[1], file, *["--earlier", sample[0]] * 2)
    assert answer.code == 2
    assert "is named twice" in answer.err
    assert not file.exists()


def test_a_folder_that_is_not_there_is_named(call: Call, sample: list[str], tmp_path: Path) -> None:
    for name in ("out.xlsx", "out.json", "out.stufenplan"):
        answer = call("session", "export", sample[1], tmp_path / "none" / name)
        assert answer.code == 1
        assert len(answer.complaints) == 1


@pytest.mark.parametrize(
    ("ending", "magic", "by"),
    [
        ("png", b"\x89PNG", "area"),
        ("svg", b"<?xml", "dimension"),
        pytest.param("png", b"\x89PNG", "dimension", marks=pytest.mark.slow),
        pytest.param("svg", b"<?xml", "area", marks=pytest.mark.slow),
        pytest.param("pdf", b"%PDF", "area", marks=pytest.mark.slow),
        pytest.param("pdf", b"%PDF", "dimension", marks=pytest.mark.slow),
    ],
)
def test_charts_are_drawn(
    call: Call, sample: list[str], tmp_path: Path, by: str, ending: str, magic: bytes
) -> None:
    file = tmp_path / f"radar.{ending}"
    answer = call("session", "chart", sample[1], file, "--by", by, "--earlier", sample[0])
    assert answer.code == 0, answer.err
    assert file.read_bytes().startswith(magic)


def test_a_chart_is_a_picture(call: Call, session: str, tmp_path: Path) -> None:
    answer = call("session", "chart", session, tmp_path / "radar.xlsx")
    assert answer.code == 2
    assert "one of .png .svg .pdf, not “radar.xlsx”" in answer.err


def test_a_chart_after_a_quarter_that_the_plan_does_not_reach_is_refused(
    call: Call, session: str, tmp_path: Path
) -> None:
    file = tmp_path / "radar.png"
    answer = call("session", "chart", session, file, "--after", "2050-Q1")
    assert answer.code == 2
    assert "Choose a quarter in between, not 2050-Q1." in answer.err
    assert not file.exists()


@pytest.mark.parametrize("command", [("export", "out.xlsx"), ("chart", "out.png")])
def test_only_an_earlier_session_is_shown_as_the_earlier_one(
    call: Call, sample: list[str], tmp_path: Path, command: tuple[str, str]
) -> None:
    name, file = command
    for session, earlier in ((sample[0], sample[1]), (sample[1], sample[1])):
        answer = call("session", name, session, tmp_path / file, "--earlier", earlier)
        assert answer.code == 2
        assert "is not earlier than" in answer.err
    assert not (tmp_path / file).exists()


def test_of_two_sessions_of_one_day_the_first_by_title_is_the_earlier_one(
    call: Call, sample: list[str], tmp_path: Path
) -> None:
    for session_id, title in zip(sample, ("Noon", "Morning"), strict=True):
        call("session", "edit", session_id, "--date", "2026-05-04", "--title", title)
    noon, morning = sample
    answer = call("session", "export", morning, tmp_path / "out.xlsx", "--earlier", noon)
    assert answer.code == 2
    assert "“Noon” is not earlier than “Morning”" in answer.err
    assert call("session", "export", noon, tmp_path / "o.xlsx", "--earlier", morning).code == 0


def test_checkpoints_are_shown_with_their_time(call: Call, session: str, library: Path) -> None:
    opened = open_library(library)
    Workshop(opened.load_session(session), opened).add_checkpoint("Before lunch")
    opened.close()
    (checkpoint,) = call("session", "show", session, "--json").json["milestones"]
    assert checkpoint["name"] == "Before lunch"
    shown = call("session", "show", session).out
    assert f"Checkpoint “Before lunch”, {int(checkpoint['at'][8:10])} " in shown
    assert checkpoint["at"][11:16] in shown


# ---- correcting --------------------------------------------------------------------------------


def test_a_session_is_corrected_as_one_step(call: Call, session: str, library: Path) -> None:
    before = call("session", "show", session, "--json").json
    answer = call(
        "session", "edit", session, "--client", "Südwerk AG", "--unit", "IT/Platform team",
        "--title", "Spring", "--date", "2027-03-01", "--scope", "Portal", "--facilitator", "Ana",
        "--half-levels", "--language", "DE", "--json",
    )  # fmt: skip
    assert answer.json["changed"] == [
        "organisation", "unit", "title", "date", "scope", "facilitator", "half_levels", "language"
    ]  # fmt: skip
    shown = call("session", "show", session, "--json").json
    assert shown["organisation"]["name"] == "Südwerk AG"
    assert shown["unit"]["path"] == ["IT", "Platform team"]
    assert (shown["title"], shown["date"], shown["language"]) == ("Spring", "2027-03-01", "de")
    assert (shown["scope"], shown["facilitator"], shown["half_levels"]) == ("Portal", "Ana", True)
    opened = open_library(library)
    try:
        Workshop(opened.load_session(session), opened).undo()
    finally:
        opened.close()
    assert call("session", "show", session, "--json").json == before


def test_tags_and_the_next_workshop_are_set_shown_and_cleared(call: Call, session: str) -> None:
    arguments = ("--tag", "Pilot, cloud", "--tag", "PILOT", "--next-workshop", "2027-05-03")
    answer = call("session", "edit", session, *arguments, "--json")
    assert answer.json["changed"] == ["tags", "next_date"]
    shown = call("session", "show", session, "--json").json
    assert (shown["tags"], shown["next_date"]) == (["cloud", "Pilot"], "2027-05-03")
    text = call("session", "show", session).out
    assert "Next workshop: 3 May 2027\nTags: cloud, Pilot\n" in text
    following = call("session", "new", "--from", session, "--json").json["id"]
    shown = call("session", "show", following, "--json").json
    assert (shown["tags"], shown["next_date"]) == (["cloud", "Pilot"], None)
    call("session", "edit", session, "--tag", "", "--next-workshop", "")
    shown = call("session", "show", session, "--json").json
    assert (shown["tags"], shown["next_date"]) == ([], None)


def test_a_new_session_takes_tags_and_the_next_workshop(call: Call, session: str) -> None:
    arguments = ("--from", session, "--tag", "b", "--tag", "a", "--next-workshop", "2027-05-03")
    new = call("session", "new", *arguments, "--json").json["id"]
    shown = call("session", "show", new, "--json").json
    assert (shown["tags"], shown["next_date"]) == (["a", "b"], "2027-05-03")


def test_another_client_takes_the_session_out_of_its_unit(call: Call, session: str) -> None:
    call("session", "edit", session, "--unit", "IT")
    answer = call("session", "edit", session, "--organisation", "Südwerk AG", "--unit", "HR")
    assert "Organisation, Unit" in answer.out
    call("session", "edit", session, "--organisation", "Südwerk AG", "--title", "Same client")
    (listed,) = call("session", "list", "--json").json["sessions"]
    assert (listed["organisation"], listed["unit"]) == ("Südwerk AG", "HR")
    call("session", "edit", session, "--client", "Third")
    (listed,) = call("session", "list", "--json").json["sessions"]
    assert (listed["organisation"], listed["unit"]) == ("Third", None)
    call("session", "edit", session, "--unit", "IT")
    call("session", "edit", session, "--unit", "")
    assert call("session", "list", "--json").json["sessions"][0]["unit"] is None


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Please name what to change, for example --title."),
        (["--title", " "], "Please enter a title."),
        (["--client", " "], "Please enter the name of the organisation."),
        (["--unit", "IT//Team"], "A slash leads from one name to the next."),
        (["--language", "fr"], "It has: de, en."),
        (["--date", "tomorrow"], "Dates look like 2026-11-24."),
        (["--next-workshop", "soon"], "Dates look like 2026-11-24."),
        (["--tag", "x" * 41], "A tag can have at most 40 characters."),
        (["--tag", ",".join(map(str, range(21)))], "at most 20 tags."),
        (["--title", "Good", "--scope", "x" * 20_001], "at most 20000 characters."),
    ],
)
def test_a_wrong_correction_changes_nothing(
    call: Call, session: str, arguments: list[str], sentence: str
) -> None:
    before = call("session", "show", session, "--json").json
    answer = call("session", "edit", session, *arguments)
    assert (answer.code, answer.out, len(answer.complaints)) == (2, "", 1)
    assert sentence in answer.complaints[0]
    assert call("session", "show", session, "--json").json == before


def test_another_spelling_of_a_name_is_refused(call: Call, session: str) -> None:
    name = call("session", "show", session, "--json").json["organisation"]["name"]
    answer = call("session", "edit", session, "--client", name.upper())
    assert answer.code == 2
    assert f"is only another spelling of “{name}”" in answer.err


def test_half_levels_are_not_forbidden_while_some_are_set(
    call: Call, session: str, scores: Scores
) -> None:
    call("session", "edit", session, "--half-levels")
    call("session", "score", session, scores("process.ci-cd,2.5,,,"))
    answer = call("session", "edit", session, "--no-half-levels")
    assert answer.code == 2
    assert answer.err.startswith("Half levels are set in: CI/CD.")


def test_what_is_right_already_is_not_changed(call: Call, session: str) -> None:
    title = call("session", "show", session, "--json").json["title"]
    answer = call("session", "edit", session, "--title", title)
    assert answer.out == "Nothing to change: the session says the same already.\n"
    assert call("session", "edit", session, "--title", title, "--json").json["changed"] == []


# ---- following an earlier session --------------------------------------------------------------


@pytest.fixture
def scored(call: Call, session: str, scores: Scores) -> str:
    """A session with a target, a weight and an area that does not apply."""
    file = scores(
        "process.ci-cd,3,4,1.5,Shared modules,", "people.teams,,,,,Done by the parent company",
        header="area,level,target,weight,note,not_applicable_reason",
    )  # fmt: skip
    assert call("session", "score", session, file).code == 0
    call("session", "edit", session, "--unit", "IT/Team", "--facilitator", "Ana", "--half-levels")
    return session


def test_a_session_follows_an_earlier_one(call: Call, scored: str) -> None:
    answer = call("session", "new", "--from", scored, "--json")
    assert answer.json["left_behind"] == []
    before = call("session", "show", scored, "--json").json
    shown = call("session", "show", answer.json["id"], "--json").json
    for key in ("organisation", "unit", "language", "facilitator", "half_levels", "model"):
        assert shown[key] == before[key]
    assert (shown["date"], shown["title"]) != (before["date"], before["title"])
    areas = areas_of(call, answer.json["id"])
    ci_cd = areas["process.ci-cd"]
    assert (ci_cd["level"], ci_cd["target"], ci_cd["weight"], ci_cd["note"]) == (None, 4, 1.5, "")
    assert areas["people.teams"]["not_applicable"] == "Done by the parent company"


def test_what_is_taken_along_can_be_chosen(call: Call, scored: str) -> None:
    arguments = ("--take", "weights", "--take", "open-points", "--title", "Next", "--unit", "")
    new = call("session", "new", "--from", scored, *arguments, "--json").json
    assert (new["title"], new["unit"]) == ("Next", None)
    areas = areas_of(call, new["id"])
    assert (areas["process.ci-cd"]["weight"], areas["process.ci-cd"]["target"]) == (1.5, 5)
    assert areas["people.teams"]["not_applicable"] is None
    assert areas["people.overview"]["note"].endswith("not scored")
    nothing = call("session", "new", "--from", scored, "--take", "nothing", "--json").json
    assert {area["weight"] for area in areas_of(call, nothing["id"]).values()} == {1}


def test_no_words_of_a_client_reach_the_session_of_another(
    call: Call, scored: str, tmp_path: Path
) -> None:
    call("session", "edit", scored, "--scope", "Zaunkönig portal", "--tag", "zaunkönig-2026")
    parts = ("--take", "targets", "--take", "not-applicable", "--take", "open-points")
    new = call("session", "new", "--from", scored, "--client", "Other", *parts, "--json").json
    (sentence,) = new["left_behind"]
    assert sentence.startswith("Words of one organisation are not taken along")
    file = tmp_path / "other.json"
    call("session", "export", new["id"], file)
    text = file.read_text(encoding="utf-8")
    for word in ("Zaunkönig", "zaunkönig", "parent company", '"Ana"', '"IT"', "Open since"):
        assert word not in text
    assert areas_of(call, new["id"])["process.ci-cd"]["target"] == 4
    name = call("session", "show", scored, "--json").json["organisation"]["name"]
    same = call("session", "new", "--from", scored, "--client", name.upper(), "--json").json
    assert same["left_behind"] == []
    assert call("session", "show", same["id"], "--json").json["tags"] == ["zaunkönig-2026"]


@pytest.mark.slow
def test_areas_that_are_gone_are_named_when_a_session_follows(
    call: Call, scored: str, tmp_path: Path
) -> None:
    file = tmp_path / "model.json"
    call("model", "export", "cloud-native", file)
    text = file.read_text(encoding="utf-8")
    text = text.replace("process.ci-cd", "process.delivery").replace("2026.12", "2027.1")
    file.write_text(text, encoding="utf-8")
    assert call("model", "import", file).code == 0
    answer = call("session", "new", "--from", scored, "--json", language="en")
    assert answer.err.startswith("1 area is not in this version of the model")
    assert answer.json["left_behind"] == answer.complaints
    shown = call("session", "show", answer.json["id"], "--json").json
    assert shown["model"]["content_version"] == "2027.1"
    same = call("session", "new", "--from", scored, "--same-model", "--json")
    assert same.err == ""
    shown = call("session", "show", same.json["id"], "--json").json
    assert shown["model"]["content_version"] == "2026.12"


def test_options_of_a_following_session_need_one_to_follow(call: Call, scored: str) -> None:
    for arguments in (["--take", "targets"], ["--same-model"]):
        answer = call("session", "new", "--model", "cloud-native", "--client", "A", *arguments)
        assert answer.code == 2
        assert answer.err.startswith("--take and --same-model need --from")
    assert call("session", "new", "--from", "nobody").code == 2
    assert call("session", "new", "--client", "A").err.startswith("Missing option")


def test_memory_that_has_run_out_is_said_in_a_sentence(
    call: Call, sample: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def grow(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("stufenplan.commands.session.begin_export", grow)
    answer = call("session", "export", sample[0], tmp_path / "report.xlsx")
    assert (answer.code, len(answer.complaints)) == (1, 1)
    assert answer.err.startswith("There is not enough memory for this.")
