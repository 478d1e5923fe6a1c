"""Commands ``model``."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.figures.earlier import earlier_figures
from data.library.library import open_library
from data.models.builtin import builtin_model

Call = Callable[..., Any]

SHARED = Path(__file__).parents[3] / "shared"
SEED = SHARED / "seed" / "level-5-optimierung.md"
PAGES = SHARED / "testdata" / "cartografos-de"

PAGE = """---
title: Level {level} - Something
---

## People

### Skills

Skills at level {level}.

## Tools

### Pipelines

Pipelines at level {level}.
"""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with two pages of a model of its own."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for level in (1, 2):
        text = PAGE.format(level=level)
        (folder / f"level-{level}.md").write_text(text, encoding="utf-8")
    return folder


def test_an_imported_model_is_listed_shown_and_ready_for_sessions(call: Call, pages: Path) -> None:
    imported = call("model", "import", pages, "--id", "own", "--language", "en", "--json").json
    assert imported["id"] == "own"
    assert (imported["dimensions"], imported["areas"]) == (2, 2)
    assert imported["filled"] == {"1": 2, "2": 2, "3": 0, "4": 0, "5": 0}
    listed = call("model", "list", "--json").json["models"]
    assert [(m["id"], m["areas"], m["built_in"]) for m in listed] == [
        ("cloud-native", 22, True),
        ("own", 2, False),
    ]
    assert "Pipelines" in call("model", "show", "own").out
    created = call("session", "new", "--model", "own", "--organisation", "A", "--json")
    assert created.json["model"] == "own"


def test_import_reports_in_words_what_became_of_the_pages(call: Call, pages: Path) -> None:
    answer = call("model", "import", pages, "--id", "own")
    assert answer.out.startswith("Imported the model “own”.\nDimensions: 2. Areas: 2.\n")


def test_a_check_reports_what_an_import_would(call: Call, library: Path, pages: Path) -> None:
    (pages / "README.md").write_text("# About these pages\n", encoding="utf-8")
    checked = call("model", "check", pages).out.splitlines()
    assert call("model", "check", *sorted(pages.iterdir())).out.splitlines()[1:] == checked[1:]
    assert not library.exists()
    imported = call("model", "import", pages).out.splitlines()
    assert checked[0] == "ok"
    assert checked[1:] == imported[1:]
    assert checked[-1] == (
        "1 part was left over. The file has no level number in its title or name, so it was passed"
        " over. README.md, line 1"
    )


def test_optional_sections_are_areas_on_request(call: Call, pages: Path) -> None:
    with (pages / "level-1.md").open("a", encoding="utf-8") as page:
        page.write("\n### Certifications\n\nPass one.\n")
    plain = call("model", "check", pages, "--json").json
    asked = call("model", "check", pages, "--with-optional", "--json").json
    assert [(part["heading"], part["optional"]) for part in plain["left_over"]] == [
        ("Certifications", True)
    ]
    assert (plain["areas"], asked["areas"], asked["left_over"]) == (2, 3, [])
    assert call("model", "import", pages, "--with-optional", "--json").json["areas"] == 3


def test_all_faults_of_all_pages_are_named_one_line_each(call: Call, pages: Path) -> None:
    (pages / "level-1.md").write_text("---\ntitle: Level 1\n---\nNo heading\n", encoding="utf-8")
    (pages / "level-2.md").write_bytes(b"---\ntitle: Level 2\n---\n## gr\xf6\xdfer\n")
    answer = call("model", "check", pages)
    assert answer.code == 2
    assert [line.partition(":")[0] for line in answer.complaints] == ["level-1.md", "level-2.md"]


def test_a_faulty_model_file_is_refused_with_lines_and_leaves_no_library(
    call: Call, library: Path, tmp_path: Path
) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("format_version: 1\nid: own\nid: again\nlevels: 7\n", encoding="utf-8")
    for command in ("check", "import"):
        answer = call("model", command, file)
        assert (answer.code, answer.out) == (2, "")
        assert all(line.startswith("own.yaml: ") for line in answer.complaints)
        assert any("line 3" in line for line in answer.complaints)
    assert not library.exists()


@pytest.fixture
def own(call: Call, pages: Path) -> str:
    """The id of a small imported model: the built-in one takes a second to write and to read."""
    assert call("model", "import", pages, "--id", "own", "--language", "en").code == 0
    return "own"


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_an_exported_model_reads_back_equal(
    call: Call, own: str, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"model.{ending}"
    assert call("model", "export", own, file).code == 0
    assert call("model", "check", file, named=False).out.startswith("ok\nDimensions: 2. Areas: 2.")
    checked = call("model", "check", file, "--json", named=False).json
    assert (checked["ok"], checked["areas"], checked["filled"]["2"]) == (True, 2, 2)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_the_exported_built_in_model_reads_back_equal(
    call: Call, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"model.{ending}"
    assert call("model", "export", "cloud-native", file, named=False).code == 0
    assert call("model", "check", file, named=False).out.startswith("ok\nDimensions: 5. Areas: 22.")
    checked = call("model", "check", file, "--json", named=False).json
    assert (checked["ok"], checked["areas"], checked["filled"]["3"]) == (True, 22, 22)


@pytest.mark.parametrize("model", ["own", pytest.param("cloud-native", marks=pytest.mark.slow)])
def test_the_json_of_a_model_is_a_model_file(
    call: Call, own: str, tmp_path: Path, model: str
) -> None:
    assert own == "own"
    shown = call("model", "show", model, "--json")
    file = tmp_path / "shown.json"
    file.write_text(shown.out, encoding="utf-8")
    assert call("model", "check", file, named=False).out.startswith("ok\n")
    assert json.loads(shown.out)["id"] == model


def test_a_model_is_found_by_the_beginning_of_its_id_and_by_its_name(call: Call) -> None:
    title = builtin_model().name.in_language("de")
    for wanted in ("cloud", "Cloud Native Maturity Model", title.upper()):
        assert call("model", "show", wanted, named=False).code == 0


def test_a_beginning_that_fits_two_models_names_them(call: Call, pages: Path) -> None:
    for model_id in ("own-one", "own-two"):
        assert call("model", "import", pages, "--id", model_id).code == 0
    answer = call("model", "show", "own")
    assert answer.code == 2
    assert answer.err == "“own” fits several models: own-one, own-two.\n"


def test_an_unknown_model_is_refused_with_those_there_are(call: Call) -> None:
    answer = call("model", "show", "nothing", named=False)
    assert (answer.code, answer.err) == (
        2,
        "There is no model “nothing”. Available models: cloud-native.\n",
    )


def test_a_model_goes_to_yaml_or_json_only(call: Call, tmp_path: Path) -> None:
    answer = call("model", "export", "cloud-native", tmp_path / "model.docx", named=False)
    assert answer.code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["model.yaml", "model.json"])
def test_a_model_that_cannot_be_written_leaves_the_old_file(
    call: Call, own: str, tmp_path: Path, name: str
) -> None:
    missing = call("model", "export", own, tmp_path / "none" / name)
    assert (missing.code, len(missing.complaints)) == (1, 1)
    assert "does not exist" in missing.err
    before = set(tmp_path.iterdir())
    (tmp_path / name).mkdir()
    folder = call("model", "export", own, tmp_path / name)
    assert (folder.code, len(folder.complaints)) == (1, 1)
    assert "is a folder" in folder.err
    assert set(tmp_path.iterdir()) - before == {tmp_path / name}
    assert list((tmp_path / name).iterdir()) == []


def test_a_model_that_takes_the_place_of_another_one_is_announced(
    call: Call, own: str, tmp_path: Path
) -> None:
    file = tmp_path / "own.yaml"
    call("model", "export", own, file)
    assert "already" not in call("model", "import", file).err  # the same one
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("content_version: ", "content_version: own-", 1), encoding="utf-8")
    answer = call("model", "import", file, "--json")
    assert answer.code == 0
    assert answer.complaints == [
        "There was a model “own” already. New sessions use the one imported now."
    ]
    *_, listed = call("model", "list", "--json").json["models"]
    assert (listed["id"], listed["content_version"][:4]) == ("own", "own-")


@pytest.mark.slow
def test_a_model_that_takes_the_place_of_the_built_in_one_is_announced(
    call: Call, tmp_path: Path
) -> None:
    file = tmp_path / "own.yaml"
    call("model", "export", "cloud-native", file, named=False)
    assert "already" not in call("model", "import", file).err  # the same one
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("content_version: ", "content_version: own-", 1), encoding="utf-8")
    answer = call("model", "import", file, "--json")
    assert answer.code == 0
    assert answer.complaints == [
        "There was a model “cloud-native” already. New sessions use the one imported now."
    ]
    (listed,) = call("model", "list", "--json").json["models"]
    assert (listed["built_in"], listed["content_version"][:4]) == (False, "own-")


def test_the_id_of_a_model_file_is_its_own(call: Call, own: str, tmp_path: Path) -> None:
    file = tmp_path / "model.yaml"
    call("model", "export", own, file)
    answer = call("model", "import", file, "--id", "mine")
    assert answer.code == 2
    assert "has an id of its own" in answer.err


def test_the_origin_of_pages_is_kept_and_a_model_file_names_its_own(
    call: Call, pages: Path, tmp_path: Path
) -> None:
    named = ("--source", "Ours", "--repository", "https://example.org/x", "--commit", "1a2b",
             "--license", "CC-BY-4.0")  # fmt: skip
    call("model", "import", pages, "--id", "own", "--language", "en", *named)
    assert call("model", "show", "own", "--json").json["sources"][0] == {
        "title": "Ours", "repository": "https://example.org/x", "commit": "1a2b",
        "license": "CC-BY-4.0",
    }  # fmt: skip
    file = tmp_path / "own.yaml"
    call("model", "export", "own", file)
    answer = call("model", "import", file, "--license", "MIT")
    assert answer.code == 2
    assert answer.err.startswith(
        "“own.yaml” names its sources itself; a source can be given for pages only."
    )


@pytest.mark.parametrize("model_id", ["ä", "a b", "", "-x", "a" * 81])
def test_an_id_no_model_can_have_is_refused(call: Call, pages: Path, model_id: str) -> None:
    for command in (("import", pages), ("join", pages, "cloud-native")):
        answer = call("model", *command, "--id", model_id)
        assert answer.code == 2
        assert "cannot be an id: up to 80 letters (A to Z), digits" in answer.err


@pytest.fixture
def german_pages(tmp_path: Path) -> Path:
    """The same two pages in German."""
    folder = tmp_path / "german"
    folder.mkdir()
    for level in (1, 2):
        text = PAGE.format(level=level)
        for english, german in (
            ("Level", "Stufe"), ("People", "Menschen"), ("### Skills", "### Können"),
            ("Tools", "Werkzeuge"), ("Skills at level", "Das Können auf der Stufe"),
            ("Pipelines at level", "Die Pipelines auf der Stufe"),
        ):  # fmt: skip
            text = text.replace(english, german)
        (folder / f"level-{level}.md").write_text(text, encoding="utf-8")
    return folder


def test_two_languages_are_joined_into_the_library_or_a_file(
    call: Call, pages: Path, german_pages: Path, tmp_path: Path
) -> None:
    assert call("model", "import", pages, "--id", "own", "--language", "en").code == 0
    file = tmp_path / "both.yaml"
    joined = ("model", "join", "own", german_pages, "--language", "DE")
    assert call(*joined, "--to", file).out.endswith(f"Wrote {file}.\n")
    assert call("model", "show", "own", "--json").json["languages"] == ["en"]

    answer = call(*joined, "--json")
    assert answer.complaints == [
        "There was a model “own” already. New sessions use the one imported now."
    ]
    assert answer.json["texts"] == [
        {"language": "en", "described": 4}, {"language": "de", "described": 4}
    ]  # fmt: skip
    assert {match["how"] for match in answer.json["matched"]} == {"position"}
    shown = call("model", "show", "own", "--json").json
    assert shown["dimensions"][0]["areas"][0]["name"] == {"en": "Skills", "de": "Können"}
    assert call("model", "import", file, "--json").json["areas"] == 2


def test_a_session_stays_comparable_when_its_model_gets_another_language(
    call: Call, library: Path, pages: Path, german_pages: Path, tmp_path: Path
) -> None:
    call("model", "import", pages, "--id", "own", "--language", "en")
    new = ("session", "new", "--model", "own", "--organisation", "A", "--json")
    earlier = call(*new, "--date", "2026-01-01").json["id"]
    scores = tmp_path / "scores.csv"
    scores.write_text("area,level\nSkills,1\nPipelines,2\n", encoding="utf-8")
    assert call("session", "score", earlier, scores).code == 0
    call("model", "join", "own", german_pages, "--language", "de")
    later = [
        call(*new, "--date", "2026-02-01", "--language", language).json["id"]
        for language in ("en", "de")
    ]
    with closing(open_library(library)) as stored:
        then = stored.load_session(earlier)
        for session in map(stored.load_session, later):
            figures = earlier_figures(session.model, session.language, then)
            assert sorted(figures.levels.values()) == [1, 2]
            assert figures.left_out == {}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("own", "nothing"), "“nothing” is neither a file or folder nor a model."),
        (("own", "cloud-native", "--to", "m.docx"), "ends in .yaml or .json, not “m.docx”"),
        (("own", "own"), "“own” has no language that “own” lacks (en)."),
        (("own", "cloud-native", "--language", "Deutsch"), "“Deutsch” is not a language tag"),
        (("own", "none.md"), "none.md: There is no such file or folder."),
    ],
)
def test_what_cannot_be_joined_is_said_in_a_sentence(
    call: Call, pages: Path, arguments: tuple[str, ...], said: str
) -> None:
    call("model", "import", pages, "--id", "own", "--language", "en")
    answer = call("model", "join", *arguments)
    assert answer.code == 2
    assert said in answer.err


@pytest.mark.skipif(not SEED.exists(), reason="the published pages are not here")
def test_the_seed_page_alone_fills_level_5_of_22_areas(call: Call) -> None:
    imported = call("model", "import", SEED, "--json").json
    assert (imported["dimensions"], imported["areas"]) == (5, 22)
    assert imported["filled"]["5"] == 22
    assert imported["left_over"] == []


@pytest.mark.skipif(not PAGES.exists(), reason="the published pages are not here")
def test_five_pages_give_22_areas_at_every_level(call: Call) -> None:
    imported = call("model", "import", PAGES, "--json").json
    assert imported["areas"] == 22
    assert set(imported["filled"].values()) == {22}
    assert {part["heading"] for part in imported["left_over"]} == {"CNCF-Zertifizierungen"}
    assert len(imported["left_over"]) == 4


@pytest.mark.skipif(not PAGES.exists(), reason="the published pages are not here")
def test_the_published_english_and_german_pages_join_completely(call: Call) -> None:
    english = SHARED / "testdata" / "models" / "cncf-cloud-native" / "en-v2-1d0b7e8"
    joined = call("model", "join", english, PAGES, "--json").json
    assert (joined["dimensions"], joined["areas"]) == (5, 22)
    assert joined["languages"] == ["en", "de"]
    assert [each["described"] for each in joined["texts"]] == [110, 110]
    assert joined["untranslated"] == []
