"""Import of published pages: matching of areas whatever their headings."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import AppError, InvalidFile, InvalidInput
from app.model.maturity_model import MaturityModel
from app.words.texts import Translator
from data.models import load_model_source
from data.models.builtin import builtin_model
from data.models.checks import checked_model
from data.models.import_report import ImportedModel
from data.models.pages.reader import import_pages
from data.models.yaml.text import read_yaml
from data.models.yaml.writer import model_to_yaml

Refused = Callable[[Callable[[], object]], list[str]]
WritePage = Callable[..., Path]

NO_LEVEL = (
    "No level was found in the title, in the file name or inside the page. Write it into the title,"
    " such as “Level 3”."
)
SMALL_PAGE = "## People\n\n### Skills\n\nSome.\n"


@pytest.fixture
def write_page(tmp_path_factory: pytest.TempPathFactory) -> WritePage:
    """Writes a page into a folder without a number in its name and gives its path."""
    folder = tmp_path_factory.mktemp("pages", numbered=False)

    def write(content: str | bytes, name: str = "level-1.md") -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    yield write
    shutil.rmtree(folder)


@pytest.fixture
def german(files: Path) -> ImportedModel:
    return load_model_source([files / "pages-de"])


@pytest.fixture
def foreign(files: Path) -> ImportedModel:
    return load_model_source([files / "pages-foreign"])


def texts_of(model: MaturityModel, area_id: str) -> dict[int, str]:
    language = model.languages[0]
    return {
        description.level: description.summary.in_language(language)
        for description in model.area(area_id).levels
    }


# The real pages


def test_the_users_page_alone_gives_22_areas_with_level_5_filled(shared: Path) -> None:
    imported = load_model_source([shared / "seed" / "level-5-optimierung.md"])

    assert (imported.report.dimensions, imported.report.areas) == (5, 22)
    assert imported.report.filled == {1: 0, 2: 0, 3: 0, 4: 0, 5: 22}
    assert imported.report.left_over == ()
    assert [area.id for area in imported.model.areas] == [a.id for a in builtin_model().areas]
    assert [level.name.in_language("de") for level in imported.model.levels] == [
        "Stufe 1", "Stufe 2", "Stufe 3", "Stufe 4", "Optimierung",
    ]  # fmt: skip
    description = imported.model.levels[4].description.in_language("de")
    assert description.startswith("Frühere Entscheidungen werden")
    assert imported.model.area("business.outcomes").description_of(5).summary


def test_the_five_german_pages_give_22_areas_at_every_level(shared: Path) -> None:
    imported = load_model_source([shared / "testdata" / "cartografos-de"])

    assert (imported.report.dimensions, imported.report.areas) == (5, 22)
    assert imported.report.filled == dict.fromkeys(range(1, 6), 22)
    assert imported.report.empty == ()
    assert [(part.file, part.heading) for part in imported.report.left_over] == [
        (f"level-{level}.md", "CNCF-Zertifizierungen") for level in range(1, 5)
    ]
    assert len(imported.report.matches) == 5 * 22
    certificates = ("Kubernetes Security Specialist", "Kubernetes Administrator")
    for area in imported.model.areas:
        for description in area.levels:
            text = description.summary.in_language("de")
            assert not any(name in text for name in certificates)


@pytest.mark.parametrize("level", range(1, 6))
def test_each_german_page_alone_gives_the_same_22_areas(level: int, shared: Path) -> None:
    path = shared / "testdata" / "cartografos-de" / f"level-{level}.md"
    imported = load_model_source([path])

    assert imported.report.filled[level] == 22
    assert [area.id for area in imported.model.areas] == [a.id for a in builtin_model().areas]


def test_the_five_german_pages_are_one_model_even_without_the_known_headings(
    shared: Path, files: Path
) -> None:
    paths = [shared / "testdata" / "cartografos-de" / f"level-{level}.md" for level in (1, 5)]
    unrelated = load_model_source([files / "two-languages.yaml"]).model

    imported = import_pages(paths, known=unrelated)

    assert imported.report.dimensions == 5
    assert imported.report.filled[1] == 22
    assert len({area.id for area in imported.model.areas}) == len(imported.model.areas)


# Known headings


def test_an_area_is_one_area_although_its_headings_differ(german: ImportedModel) -> None:
    model = german.model

    assert (german.report.dimensions, german.report.areas) == (3, 12)
    assert texts_of(model, "people.overview") == {
        1: "Alle sind **neu** hier.\n\n- ein Punkt\n- noch einer",
        3: "Viele wissen Bescheid.",
    }
    assert texts_of(model, "process.ci-cd")[3] == "Automatisch."
    assert texts_of(model, "business.outcomes") == {1: "Noch keiner.", 3: "Messbar."}


def test_areas_with_the_same_heading_in_two_dimensions_stay_two(german: ImportedModel) -> None:
    assert texts_of(german.model, "people.security")[1] == "Niemand kümmert sich."
    assert texts_of(german.model, "process.security")[1] == "Zum Schluss."


def test_an_unknown_heading_takes_the_one_free_place_of_its_dimension(
    german: ImportedModel,
) -> None:
    by_position = [match for match in german.report.matches if match.how == "position"]

    assert [(match.area_id, match.heading, match.level) for match in by_position] == [
        ("people.organisational-change", "Wandel im ganzen Haus", 3)
    ]


def test_an_optional_section_is_left_over_with_file_line_and_reason(
    german: ImportedModel, english: Translator
) -> None:
    (part,) = german.report.left_over

    assert (part.file, part.line, part.heading) == ("level-1.md", 34, "Zertifikate")
    assert part.is_optional
    assert "unless optional sections are asked for" in part.reason(english)


def test_an_area_takes_its_identity_from_the_known_model_and_its_texts_from_the_pages(
    german: ImportedModel,
) -> None:
    area, known = german.model.area("people.overview"), builtin_model().area("people.overview")

    assert german.model.languages == ("de",)
    assert area.label.as_dict() == {"de": known.label.in_language("de")}
    assert area.question.as_dict() == {"de": known.question.in_language("de")}
    assert [action.id for action in area.actions] == [action.id for action in known.actions]
    assert not any(description.indicators for description in area.levels)
    assert {entry.id for entry in german.model.roles} >= {area.actions[0].role}


def test_prerequisites_are_taken_only_between_areas_that_are_there(german: ImportedModel) -> None:
    assert german.model.prerequisites
    for prerequisite in german.model.prerequisites:
        assert german.model.has_area(prerequisite.area_id)
        assert german.model.has_area(prerequisite.required_area_id)


def test_an_empty_section_is_an_empty_cell(german: ImportedModel) -> None:
    assert german.report.filled == {1: 11, 2: 0, 3: 12, 4: 0, 5: 0}
    assert ("people.organisational-change", 1) in german.report.empty


def test_code_and_deeper_headings_stay_in_the_text_of_their_area(german: ImportedModel) -> None:
    assert "## kein Bereich\n### auch keiner" in texts_of(german.model, "process.ci-cd")[1]
    assert texts_of(german.model, "process.change-control")[1] == "#### Vorbereitung\n\nVon Hand."


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<!-- style off --> The team knows.", "The team knows."),
        ("Before.\n<!-- one\n\n### Hidden\n-->\nAfter.", "Before.\nAfter."),
        ("Before.\n\n<!-- never closed\n### Hidden", "Before."),
        ("```\n<!-- code -->\n### Code\n```", "```\n<!-- code -->\n### Code\n```"),
        ("    ### Code", "    ### Code"),
        ("- item\n\n  ### Inside of an item", "- item\n\n  ### Inside of an item"),
        ("> ### Quoted", "> ### Quoted"),
    ],
)
def test_a_comment_goes_alone_and_what_is_no_heading_stays_text(
    page: str, text: str, write_page: WritePage
) -> None:
    model = load_model_source([write_page(f"## People\n\n### Skills\n\n{page}\n")]).model

    assert [area.id for area in model.areas] == ["people.skills"]
    assert texts_of(model, "people.skills") == {1: text}


def test_underlined_headings_are_headings(write_page: WritePage) -> None:
    page = "Level 1\n===\n\nPeople\n---\nSome.\n\nProcess\n---\n### Delivery ###\nBy hand.\n"
    imported = load_model_source([write_page(page)])

    assert [area.id for area in imported.model.areas] == ["people.people", "process.delivery"]
    assert texts_of(imported.model, "process.delivery") == {1: "By hand."}
    assert [match.line for match in imported.report.matches] == [4, 10]


def test_levels_are_named_by_their_pages_or_numbered(german: ImportedModel) -> None:
    assert [level.name.in_language("de") for level in german.model.levels] == [
        "Anfang", "Stufe 2", "Ausbau", "Stufe 4", "Stufe 5",
    ]  # fmt: skip
    assert german.model.level(1).description.in_language("de") == (
        "Ein erster Versuch läuft, noch ohne Last."
    )


def test_a_heading_that_is_there_twice_is_not_joined(write_page: WritePage) -> None:
    body = "## People\n\n### Sicherheit\n\nOne.\n\n### Sicherheit\n\nTwo.\n"
    path = write_page(body)

    imported = import_pages([path], language="de")

    assert texts_of(imported.model, "people.security") == {1: "One."}
    assert texts_of(imported.model, "people.sicherheit") == {1: "Two."}
    assert imported.report.left_over == ()


def test_a_foreign_section_does_not_slip_into_the_place_of_a_missing_area(
    files: Path, write_page: WritePage
) -> None:
    first = (files / "pages-de" / "level-1.md").read_text(encoding="utf-8")
    first = first.replace("### Agilität der Entwickler\n\nWenig.\n\n", "")
    first = first.replace("### Zertifikate", "### Räume")
    third = (files / "pages-de" / "level-3.md").read_text(encoding="utf-8")

    model = load_model_source([write_page(first), write_page(third, "level-3.md")]).model

    assert texts_of(model, "people.developer-agility").keys() == {3}
    assert texts_of(model, "people.raeume").keys() == {1}


# Foreign models


def test_pages_of_another_model_are_matched_with_each_other(foreign: ImportedModel) -> None:
    model = foreign.model

    assert model.languages == ("en",)
    assert [area.id for area in model.areas] == [
        "garden.soil", "garden.water", "kitchen.stove", "kitchen.water",
    ]  # fmt: skip
    assert texts_of(model, "garden.soil") == {1: "The soil is dry.", 2: "The soil is moist."}
    assert texts_of(model, "kitchen.water") == {1: "There is a bucket.", 2: "There is a tap."}
    assert texts_of(model, "kitchen.stove") == {1: "There is a fire.", 2: "There is a stove."}
    assert model.area("garden.soil").headings == ("Soil", "Earth")
    assert foreign.report.left_over == ()


def test_labels_tell_areas_of_the_same_name_apart(foreign: ImportedModel) -> None:
    assert [area.label.in_language("en") for area in foreign.model.areas] == [
        "Soil", "Water", "Stove", "Water (Kitchen)",
    ]  # fmt: skip


def test_a_text_before_the_areas_that_is_the_same_everywhere_describes_the_dimension(
    foreign: ImportedModel,
) -> None:
    assert foreign.model.dimensions[0].description.in_language("en") == (
        "The garden is where it begins."
    )


def test_where_numbers_of_headings_differ_nothing_is_guessed(write_page: WritePage) -> None:
    first = write_page("## A\n### One\nx\n### Two\nx\n### Three\nx\n", "level-1.md")
    second = write_page("## A\n### One\ny\n### Zwei\ny\n", "level-2.md")

    imported = load_model_source([first, second])

    assert [area.id for area in imported.model.areas] == ["a.one", "a.zwei", "a.two", "a.three"]
    assert texts_of(imported.model, "a.zwei") == {2: "y"}
    assert imported.report.left_over == ()


def test_texts_outside_of_areas_are_reported(write_page: WritePage) -> None:
    first = write_page("Hello.\n\n## A\nIntro 1\n### One\nx\n", "level-1.md")
    second = write_page("## A\nIntro 2\n### One\ny\n", "level-2.md")

    left_over = load_model_source([first, second]).report.left_over

    assert [(part.file, part.line) for part in left_over] == [
        ("level-1.md", 1), ("level-1.md", 3), ("level-2.md", 1),
    ]  # fmt: skip


def test_headings_without_any_letter_get_a_name_and_an_id(write_page: WritePage) -> None:
    path = write_page("## <i></i>\n### ---\nx\n### 设计\ny\n###\nz\n")

    model = load_model_source([path], language="en").model

    assert len({area.id for area in model.areas}) == 3
    assert all(area.name and area.label for area in model.areas)


def test_a_dimension_without_area_headings_becomes_one_area(write_page: WritePage) -> None:
    model = load_model_source([write_page("## Outcome\n\nMore money.\n")]).model

    assert [area.id for area in model.areas] == ["outcome.outcome"]
    assert texts_of(model, "outcome.outcome") == {1: "More money."}


# Level, language, id


@pytest.mark.parametrize(
    ("title", "name", "level", "level_name"),
    [
        ("Level 5 - Optimierung", "page.md", 5, "Optimierung"),
        ("Stufe 2: Betrieb", "level-4.md", 2, "Betrieb"),
        ("Optimising (Level 5)", "page.md", 5, "Optimising"),
        ("**Level 1** &mdash; Build &amp; try", "page.md", 1, "Build & try"),
        ("Cloud check 2.0 – Level 4: Improve", "page-3.md", 4, "Improve"),
        ("S2C2F 2.0, Reifegrad III – Skalieren", "level-1.md", 3, "Skalieren"),
        ("Scale", "3.md", 3, "Scale"),
        ("Scale", "03-scale.md", 3, "Scale"),
        ("Scale", "level-2/README.md", 2, "Scale"),
        ("Level 4", "page.md", 4, "Level 4"),
        ("Scale", "level-3.md", 3, "Scale"),
        ("Scale", "level-2/index.md", 2, "Scale"),
        ("Level 0 - Nothing", "page.md", 0, "Nothing"),
        ("Level 7 - Beyond", "page.md", 7, "Beyond"),
        ("Level 10 - Beyond", "page.md", 10, "Beyond"),
    ],
)
def test_the_level_comes_from_the_title_else_from_the_name_of_the_file(
    title: str, name: str, level: int, level_name: str, write_page: WritePage
) -> None:
    path = write_page(f"---\ntitle: {title!r}\n---\n{SMALL_PAGE}", name)

    imported = load_model_source([path], language="en")

    assert imported.report.page_levels == (level,)
    assert imported.model.level(level).name.in_language("en") == level_name
    assert imported.model.lowest_level == min(1, level)
    assert imported.model.highest_level == max(5, level)


def test_a_title_that_several_pages_have_is_no_name_of_a_level(write_page: WritePage) -> None:
    page = f"---\ntitle: Cloud 2.0\n---\n{SMALL_PAGE}"
    paths = [write_page(page, f"level-{level}.md") for level in (1, 2)]

    model = load_model_source(paths, language="en").model

    assert [level.name.in_language("en") for level in model.levels[:2]] == ["Level 1", "Level 2"]


@pytest.mark.parametrize("titles", [["Cloud {}", "Run {}"], ["Cloud {}"] * 2, ["Cloud 2.0 {}"]])
def test_the_name_of_the_model_before_its_levels_names_none(
    titles: list[str], write_page: WritePage
) -> None:
    paths = [
        write_page(f"# {title.format('- Level')} {level}\n{SMALL_PAGE}", f"{level}.md")
        for level, title in enumerate(titles, start=1)
    ]
    model = load_model_source(paths, language="en").model

    names = [level.name.in_language("en") for level in model.levels[:2]]
    are_names = titles[0] != titles[-1]
    assert names == (["Cloud", "Run"] if are_names else ["Level 1", "Level 2"])
    own_name = model.name.in_language("en").removesuffix(" (imported pages)")
    assert own_name == ("People" if are_names else titles[0].removesuffix(" {}"))


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: Level 2: Run\n---\n",  # no proper YAML, yet people write it
        "---\ntitle: >\n  Level 2:\n  Run\n---\n",
        "+++\ntitle = \"Level 2 - Run\"\n+++\n",
        "# Level 2 - Run\n",
        "---\r\ntitle: 'Level 2 - Run' # comment\r\n---\r\n",
        "---\ntitle: Level 2 - Run\ntags: [a, &b c]\n---\n",
    ],
)  # fmt: skip
def test_any_way_to_write_a_title_is_understood(front: str, write_page: WritePage) -> None:
    model = load_model_source([write_page(front + SMALL_PAGE, "page.md")]).model

    assert model.level(2).name.in_language("en") == "Run"


def test_a_folder_of_folders_is_read_and_other_files_are_passed_over(
    write_page: WritePage, english: Translator
) -> None:
    write_page("# About these pages\n", "README.md")
    write_page("no page", "notes.txt")
    write_page(SMALL_PAGE, "level-1/index.md")
    folder = write_page(SMALL_PAGE, "level-2/index.md").parents[1]

    report = load_model_source([folder]).report

    assert report.page_levels == (1, 2)
    assert {match.file for match in report.matches} == {"level-1/index.md", "level-2/index.md"}
    assert [part.file for part in report.left_over] == ["README.md"]
    assert "no level number" in report.left_over[0].reason(english)


def test_a_page_without_a_level_is_never_guessed(write_page: WritePage, refused: Refused) -> None:
    """No version, no name, no number of a client and no chosen folder states a level."""
    for title in ("S2C2F", "Handbook 2.0", "Client 7", "3. Scale", "Top 10"):
        for name in ("page.md", "client-7.md", "s2c2f-v2.md", "README.md"):
            path = write_page(f"# {title}\n\n{SMALL_PAGE}", f"level-3 v5/{name}")
            lines = refused(lambda path=path: load_model_source([path.parent]))  # type: ignore[misc]
            assert lines == [f"{name}: {NO_LEVEL}"]
            path.unlink()


def test_a_page_without_a_level_beside_others_is_passed_over(write_page: WritePage) -> None:
    paths = [
        write_page(SMALL_PAGE, "level-1.md"),
        write_page(SMALL_PAGE, "README.md"),
        write_page(SMALL_PAGE, "02-introduction.md"),
    ]

    for chosen in (paths, [paths[0].parent]):
        report = load_model_source(chosen).report
        assert report.page_levels == (1,)
        assert {part.file for part in report.left_over} == {"README.md", "02-introduction.md"}


def test_a_page_in_another_language_than_the_others_is_named(write_page: WritePage) -> None:
    german = "## A\n### B\nDie Teams sind nicht allein, und das ist für alle gut.\n"
    paths = [write_page(german, f"level-{level}.md") for level in (1, 2)]
    english = "## A\n### B\nThe teams are not alone, and that is good for all of them.\n"
    paths.append(write_page(english, "level-3.md"))

    for language in (None, "de"):
        report = load_model_source(paths, language=language).report
        assert report.in_other_languages == (("level-3.md", "en"),)
    assert load_model_source(paths[:2], language="nl").report.in_other_languages == ()


def test_a_readme_counts_like_an_index_and_gives_way_to_one(write_page: WritePage) -> None:
    write_page(SMALL_PAGE, "level-1/README.md")
    write_page("# About this folder\n", "level-2/readme.md")
    write_page("# Notes\n", "level-2/notes.md")
    write_page(SMALL_PAGE, "level-3/index.en.md")
    write_page("# Picture\n", "images/picture.md")
    folder = write_page(SMALL_PAGE, "level-2/index.md").parents[1]

    report = load_model_source([folder]).report

    assert report.page_levels == (1, 2, 3)
    assert [part.file for part in report.left_over] == [
        "level-2/readme.md",
        "level-2/notes.md",
        "images/picture.md",
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [("Die Teams sind nicht allein.", "de"), ("The teams are not alone.", "en"), ("Hmm.", "en")],
)
def test_the_language_is_recognised(text: str, language: str, write_page: WritePage) -> None:
    path = write_page(f"## A\n### B\n{text}\n")

    assert load_model_source([path]).model.languages == (language,)
    assert load_model_source([path], language="fr").model.languages == ("fr",)


def test_pages_in_a_third_language_keep_their_own_names(write_page: WritePage) -> None:
    path = write_page("## People\n### Security\nbonjour\n")

    model = load_model_source([path], language="fr").model

    assert model.area("people.security").name.as_dict() == {"fr": "Security"}
    assert model.area("people.security").actions == ()
    assert checked_model(read_yaml(model_to_yaml(model)), "m.yaml") == model


def test_the_same_pages_give_the_same_model_and_other_texts_another_version(
    write_page: WritePage,
) -> None:
    path = write_page(SMALL_PAGE)
    first, again = load_model_source([path]).model, load_model_source([path]).model
    named = load_model_source([path], model_id="own").model
    write_page(SMALL_PAGE.replace("Some", "Many"))
    other = load_model_source([path], model_id="own").model

    assert first == again
    assert first.id == f"pages-{first.content_version}"
    assert named.id == other.id == "own"
    assert named.content_version != other.content_version


@pytest.mark.parametrize("folder", ["pages-de", "pages-foreign"])
def test_an_imported_model_is_a_valid_model_file(folder: str, files: Path) -> None:
    model = load_model_source([files / folder]).model

    assert checked_model(read_yaml(model_to_yaml(model)), "m.yaml") == model


# The report


def test_the_report_says_what_was_matched_left_over_and_empty(
    german: ImportedModel, english: Translator
) -> None:
    lines = german.report.lines(english)

    assert lines == [
        "Dimensions: 3. Areas: 12.",
        "Language of the pages: de.",
        "Areas with a text at level 1: 11 of 12.",
        "Areas with a text at level 3: 12 of 12.",
        "3 levels have no text: 2; 4; 5",
        "23 sections were matched by their headings.",
        "1 section was matched by its position: level-3.md, line 12: “Wandel im ganzen Haus”"
        " → people.organisational-change",
        "1 part was left over. Certifications and sample key figures are left out, unless optional"
        " sections are asked for. level-1.md, line 34: “Zertifikate”",
        "1 cell has no text: people.organisational-change (level 1)",
    ]


def test_the_report_on_a_model_file_counts_its_cells(files: Path, english: Translator) -> None:
    report = load_model_source([files / "two-languages.yaml"]).report

    assert report.filled == {1: 1, 2: 0, 3: 1}
    assert report.lines(english)[-1] == (
        "4 cells have no text: people.skills (level 2); technology.tools (level 1);"
        " technology.tools (level 2); technology.tools (level 3)"
    )


def test_the_report_has_a_line_for_each_kind_with_at_most_ten_examples(
    write_page: WritePage, english: Translator
) -> None:
    areas = "".join(f"### Area {number:02}\n{{0}}\n" for number in range(30))
    paths = [
        write_page("## A\n" + areas.format("text"), "level-1.md"),
        write_page("## A\n" + areas.format(""), "level-2.md"),
    ]

    lines = load_model_source(paths).report.lines(english)

    new = next(line for line in lines if "became new areas" in line)
    assert new.startswith("30 headings became new areas: “Area 00” → a.area-00; ")
    assert new.endswith("“Area 09” → a.area-09; 20 more")
    empty = next(line for line in lines if "cells have no text:" in line)
    assert empty.startswith("30 cells have no text: a.area-00 (level 2); ")
    assert empty.count("(level 2)") == 10
    assert len(lines) == 8


# What is refused


def test_a_page_without_a_dimension_is_refused(write_page: WritePage, refused: Refused) -> None:
    for body in ("# Title\n\n### Area\n\ntext\n", "text", "```\n## code\n```\n", "##Tight\n"):
        path = write_page(body)
        assert refused(lambda path=path: load_model_source([path])) == [  # type: ignore[misc]
            "level-1.md: There is no dimension: no heading that begins with ##."
        ]


def test_a_page_without_a_level_number_is_refused(write_page: WritePage, refused: Refused) -> None:
    path = write_page(SMALL_PAGE, "page.md")

    assert refused(lambda: load_model_source([path])) == [f"page.md: {NO_LEVEL}"]


def test_a_number_that_is_no_level_is_refused(write_page: WritePage, refused: Refused) -> None:
    path = write_page(f"# Level 2026\n{SMALL_PAGE}")

    assert refused(lambda: load_model_source([path])) == [
        "level-1.md: 2026 in the title is no level; levels go from 0 to 10."
    ]


def test_two_pages_for_one_level_are_refused(write_page: WritePage, refused: Refused) -> None:
    paths = [write_page(SMALL_PAGE, "level-1.md"), write_page(SMALL_PAGE, "stufe-1.md")]

    assert refused(lambda: load_model_source(paths)) == [
        "stufe-1.md: This is a second page for level 1; the first one is level-1.md."
    ]


def test_eleven_levels_are_refused(write_page: WritePage, refused: Refused) -> None:
    paths = [write_page(SMALL_PAGE, "level-0.md"), write_page(SMALL_PAGE, "level-10.md")]

    assert "at most 10 levels" in refused(lambda: load_model_source(paths))[0]


def test_faults_of_several_pages_are_told_at_once(write_page: WritePage, refused: Refused) -> None:
    paths = [
        write_page("no heading", "level-1.md"),
        write_page("## Größe".encode("cp1252"), "level-2.md"),
        write_page(b"\x89PNG\0\0", "level-3.md"),
        write_page(SMALL_PAGE, "level-4.md").with_name("level-5.md"),
        write_page("x" * 1_000_001, "level-6.md"),
    ]

    reported = sorted(refused(lambda: load_model_source(paths)))

    assert [line.rsplit(": ", 1)[0] for line in reported] == [
        "level-1.md: There is no dimension",
        "level-5.md",
        "level-6.md",
        "line 1: level-2.md",
        "line 1: level-3.md",
    ]


def test_an_empty_folder_is_refused(tmp_path: Path, refused: Refused) -> None:
    assert refused(lambda: load_model_source([tmp_path])) == [
        "There is no Markdown page (.md) in this folder."
    ]


def test_a_folder_of_very_many_pages_is_refused(write_page: WritePage, refused: Refused) -> None:
    for number in range(101):
        folder = write_page(SMALL_PAGE, f"page-{number}.md").parent

    assert refused(lambda: load_model_source([folder])) == [
        "There are more than 100 Markdown pages in this folder."
    ]


def test_a_page_of_headings_only_is_refused(write_page: WritePage, refused: Refused) -> None:
    path = write_page("## A\n" + "### B\n" * 100_000)

    assert refused(lambda: load_model_source([path])) == [
        "level-1.md: There are more than 2000 headings on the page."
    ]


def test_a_page_of_very_many_lines_is_refused(write_page: WritePage, refused: Refused) -> None:
    path = write_page("## A\n" + "- b\n" * 50_000)

    assert refused(lambda: load_model_source([path])) == [
        "level-1.md: The page has more than 20000 lines."
    ]


@pytest.mark.parametrize("name", ["model.txt", "model.xlsx", "model"])
def test_other_endings_are_refused(name: str, write_page: WritePage, refused: Refused) -> None:
    path = write_page("x", name)

    assert refused(lambda: load_model_source([path])) == [
        "The ending is not known; a model is a .yaml or .json file, .md pages or a folder."
    ]
    assert refused(lambda: load_model_source([path, write_page(SMALL_PAGE)])) == [
        "Only Markdown pages (.md) can be read several at a time."
    ]


def test_no_file_at_all_is_refused() -> None:
    with pytest.raises(InvalidInput, match="No file was named"):
        load_model_source([])


def test_a_file_that_is_missing_is_refused_whatever_its_ending(
    tmp_path: Path, refused: Refused
) -> None:
    for name in ("none.yaml", "none.json", "none.md", "none"):
        lines = refused(lambda name=name: load_model_source([tmp_path / name]))  # type: ignore[misc]
        assert lines[0].endswith("There is no such file or folder.")


@pytest.mark.parametrize("ending", [".yaml", ".json", ".md", ""])
def test_a_name_no_system_can_hold_gives_a_sentence(ending: str, tmp_path: Path) -> None:
    with pytest.raises(AppError):
        load_model_source([tmp_path / ("x" * 5_000 + ending)])


def test_very_long_headings_are_cut(write_page: WritePage) -> None:
    path = write_page(f"## {'ab ' * 400}\n### {'cd ' * 400}\ntext\n### {'cd ' * 400}\nmore\n")

    model = load_model_source([path], language="en").model

    assert len(model.areas) == 2
    assert checked_model(read_yaml(model_to_yaml(model)), "m.yaml") == model


def test_texts_of_pages_come_in_one_unicode_form(write_page: WritePage) -> None:
    model = load_model_source([write_page("## A\n### B\nfu\u0308r\n")]).model

    assert texts_of(model, "a.b") == {1: "f\u00fcr"}


# Any input


signs = st.text(st.sampled_from("#-+`~<>!i=\"'&\n\n\t aB1ß:.*_[]{}"), max_size=150)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(signs, min_size=1, max_size=3))
def test_any_page_with_a_dimension_gives_a_valid_model(
    bodies: list[str], write_page: WritePage
) -> None:
    paths = [
        write_page(f"---\ntitle: Level {level}\n---\n## A\n### B\n{body}", f"level-{level}.md")
        for level, body in enumerate(bodies, start=1)
    ]

    model = load_model_source(paths, language="en").model

    assert checked_model(read_yaml(model_to_yaml(model)), "m.yaml") == model


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_sentences(
    content: bytes, write_page: WritePage, answer: Callable[..., object]
) -> None:
    path = write_page(content)

    assert answer(lambda: load_model_source([path]))


def test_refusals_are_said_in_both_languages(write_page: WritePage) -> None:
    path = write_page("nothing")

    with pytest.raises(InvalidFile) as caught:
        load_model_source([path])

    assert all(caught.value.lines(Translator(language)) for language in ("de", "en"))


# Headings that the known model lacks


KNOWN_PAGE = """---
title: Level {level}
---

## <i class="fas fa-building"></i> Business Outcomes

{outcomes}

### **Cost**

Cost {level}.

## People

### Organizational Change

Change {level}.

### Teams and Decentralization

Teams {level}.

### Culture

Culture {level}.

### CNCF Certifications

Pass exams.

## Policy

### Policy Creation

Creation {level}.

### AI

AI {level}.
"""


@pytest.fixture
def known_pages(write_page: WritePage) -> list[Path]:
    """Pages of the built-in model with areas it lacks; level 1 sets its outcomes apart."""
    outcomes = {1: "### **Business Outcomes**\n\nOutcomes 1.", 2: "Outcomes 2."}
    return [
        write_page(KNOWN_PAGE.format(level=level, outcomes=text), f"level-{level}.md")
        for level, text in outcomes.items()
    ]


def test_headings_that_the_known_model_lacks_become_areas(known_pages: list[Path]) -> None:
    imported = load_model_source(known_pages)

    assert [area.id for area in imported.model.areas] == [
        "people.organisational-change", "people.teams", "people.culture", "policy.creation",
        "policy.ai", "business.outcomes", "business.cost",
    ]  # fmt: skip
    assert texts_of(imported.model, "people.culture") == {1: "Culture 1.", 2: "Culture 2."}
    assert imported.report.filled == {1: 7, 2: 7, 3: 0, 4: 0, 5: 0}


def test_text_right_under_a_dimension_belongs_to_its_area_of_the_same_name(
    known_pages: list[Path],
) -> None:
    together = load_model_source(known_pages).model
    alone = load_model_source(known_pages[1:]).model

    assert texts_of(together, "business.outcomes") == {1: "Outcomes 1.", 2: "Outcomes 2."}
    assert texts_of(alone, "business.outcomes") == {2: "Outcomes 2."}
    assert texts_of(alone, "business.cost") == {2: "Cost 2."}


def test_the_same_holds_for_pages_of_another_model(write_page: WritePage) -> None:
    first = write_page("## Yield\n### Yield\nOne.\n### Cost\nOne.\n", "level-1.md")
    second = write_page("## Yield\nTwo.\n### Cost\nTwo.\n", "level-2.md")

    imported = load_model_source([first, second])

    assert texts_of(imported.model, "yield.yield") == {1: "One.", 2: "Two."}
    assert imported.report.left_over == ()


def test_certifications_are_left_over_or_an_area_of_their_own(
    known_pages: list[Path],
) -> None:
    left_over = load_model_source(known_pages).report.left_over
    model = load_model_source(known_pages, with_optional=True).model

    assert [(part.heading, part.is_optional) for part in left_over] == [
        ("CNCF Certifications", True)
    ] * 2
    assert texts_of(model, "people.cncf-certifications") == {1: "Pass exams.", 2: "Pass exams."}


def test_a_dimension_for_certifications_is_left_over_as_a_whole(known_pages: list[Path]) -> None:
    for path in known_pages:
        text = path.read_text(encoding="utf-8")
        path.write_text(text + "\n## Certifications\n\n### CKA\n\nPass it.\n", encoding="utf-8")

    plain = load_model_source(known_pages)
    asked = load_model_source(known_pages, with_optional=True)

    assert (plain.report.areas, asked.report.areas) == (7, 9)
    assert sum(part.heading == "CKA" and part.is_optional for part in plain.report.left_over) == 2


def test_a_new_area_never_takes_the_id_of_a_known_one(
    known_pages: list[Path], write_page: WritePage
) -> None:
    text = known_pages[1].read_text(encoding="utf-8").replace("### AI", "### Compliance!")
    text = text.replace("Policy Creation", "Compliance")

    model = load_model_source([write_page(text, "level-2.md")]).model

    assert [area.id for area in model.dimensions[1].areas] == [
        "policy.compliance", "policy.compliance-2",
    ]  # fmt: skip


def test_what_every_page_of_another_model_has_is_no_optional_section(
    write_page: WritePage,
) -> None:
    body = "## Quality\n### Tests\nx\n### Certification\nx\n"
    paths = [write_page(body, f"level-{level}.md") for level in (1, 2)]
    without = write_page("## Quality\n### Tests\nx\n", "level-3.md")

    assert load_model_source(paths).report.areas == 2
    assert load_model_source([*paths, without]).report.areas == 1


def test_an_empty_file_among_others_is_reported(write_page: WritePage) -> None:
    write_page(SMALL_PAGE, "level-1/index.md")
    folder = write_page("", "level-2/index.md").parents[1]

    left_over = load_model_source([folder]).report.left_over

    assert [part.file for part in left_over] == ["level-2/index.md"]


def test_a_number_as_name_counts_only_where_no_page_states_a_level(write_page: WritePage) -> None:
    paths = [write_page(SMALL_PAGE, f"{number}.md") for number in (1, 2)]
    assert load_model_source(paths).report.page_levels == (1, 2)

    titled = write_page(f"# Level 3\n{SMALL_PAGE}", "page.md")
    assert load_model_source([*paths, titled]).report.page_levels == (3,)


def test_an_empty_page_among_others_is_reported(write_page: WritePage, english: Translator) -> None:
    paths = [
        write_page(SMALL_PAGE, "level-1.md"),
        write_page("---\ntitle: Level 2 - Run\n---\nTo be written.\n", "level-2.md"),
    ]

    imported = load_model_source(paths)

    assert imported.report.filled == {1: 1, 2: 0, 3: 0, 4: 0, 5: 0}
    assert imported.model.level(2).name.in_language("en") == "Run"
    assert [(part.file, part.line) for part in imported.report.left_over] == [
        ("level-2.md", 1), ("level-2.md", 4),
    ]  # fmt: skip
    assert "no dimension" in imported.report.left_over[0].reason(english)


# Headings of the first depth, and what is not seen


def test_dimensions_may_be_headings_of_the_first_depth(write_page: WritePage) -> None:
    titled = (
        "---\ntitle: Level 1 - Start\n---\n# People\n## Skills\nA.\n# Process\n## Delivery\nB.\n"
    )
    named = "People\n===\n## Skills\nC.\n\nProcess\n===\n## Delivery\nD.\n"

    imported = load_model_source(
        [write_page(titled, "one.md"), write_page(named, "level-2.md")], language="en"
    )

    assert [area.id for area in imported.model.areas] == ["people.skills", "process.delivery"]
    assert texts_of(imported.model, "process.delivery") == {1: "B.", 2: "D."}
    assert imported.model.level(2).name.in_language("en") == "Level 2"


def test_a_single_heading_of_the_first_depth_begins_a_dimension(write_page: WritePage) -> None:
    page = "# Level 1\n## People\n### Skills\nA.\n\nProcess\n===\n### Delivery\nB.\n## Tools\nC.\n"

    model = load_model_source([write_page(page)]).model

    assert [area.id for area in model.areas] == ["people.skills", "process.delivery", "tools.tools"]


def test_a_comment_that_is_never_closed_is_reported(
    write_page: WritePage, english: Translator
) -> None:
    path = write_page("---\ntitle: Level 1\n---\n## A\n### B\nx\n\n<!-- open\n### C\ny\n")

    imported = load_model_source([path])

    assert [area.id for area in imported.model.areas] == ["a.b"]
    (part,) = imported.report.left_over
    assert (part.line, "never closed" in part.reason(english)) == (8, True)


@pytest.mark.parametrize("before", ["\n", "<!-- a\nb -->\n", "\n<!-- a --> <!-- b -->\n\n"])
def test_front_matter_is_read_behind_empty_lines_and_comments(
    before: str, write_page: WritePage
) -> None:
    path = write_page(f"{before}---\ntitle: Level 2\n---\n{SMALL_PAGE}", "page.md")

    report = load_model_source([path]).report

    assert report.page_levels == (2,)
    assert report.matches[0].line == 6 + before.count("\n")


def test_a_comment_between_the_lines_of_a_list_leaves_their_place(write_page: WritePage) -> None:
    page = "## A\n### B <!-- b -->\n- one\n\n  <!-- two --> two\n- `<!-- three -->`\n"
    page += "\n<script>\n### Hidden\n</script>\n"

    model = load_model_source([write_page(page)]).model

    assert texts_of(model, "a.b") == {1: "- one\n\n  two\n- `<!-- three -->`"}
