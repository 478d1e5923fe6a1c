"""Search for pages in folders, and titles that state several levels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from data.models import load_model_source

Refused = Callable[[Callable[[], object]], list[str]]
PAGE = "# {title}\n\n## People\n\n### Skills\n\nSome text of the people.\n"


def _write(folder: Path, *pages: tuple[str, str]) -> Path:
    for name, title in pages:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE.format(title=title), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "names",
    [
        ("docs/level-1.md", "docs/level-2.md"),
        ("site/content/docs/level-1.md", "site/content/docs/level-2.md"),
        ("en/level-1/index.md", "en/level-2/README.md"),
    ],
)
def test_the_one_folder_further_down_that_has_pages_is_read(
    names: tuple[str, str], tmp_path: Path
) -> None:
    folder = _write(tmp_path, (names[0], "Level 1"), (names[1], "Level 2"))

    report = load_model_source([folder], "en").report

    assert report.page_levels == (1, 2)
    assert {match.file for match in report.matches} == set(names)
    assert report.left_over == ()


def test_several_folders_with_pages_are_named(tmp_path: Path, refused: Refused) -> None:
    folder = _write(
        tmp_path,
        ("en/v1/level-1.md", "Level 1"),
        ("de/level-1/index.md", "Stufe 1"),
        ("de/level-2/notes.md", "Notes"),
        (".git/level-1.md", "Level 1"),
    )

    assert refused(lambda: load_model_source([folder])) == [
        "There is no Markdown page (.md) in this folder itself, but there are some in de,"
        " en/v1. Choose one of these folders."
    ]


def test_where_no_page_of_a_folder_helps_those_further_down_are_named(
    tmp_path: Path, refused: Refused
) -> None:
    folder = _write(tmp_path, ("README.md", "About"), ("docs/model/level-1.md", "Level 1"))

    lines = refused(lambda: load_model_source([folder]))

    assert lines[0].startswith("README.md: No level was found")
    assert lines[1] == (
        "Further pages are in docs/model. To import them, choose the folder they are in."
    )


def test_pages_further_down_than_those_read_are_reported(tmp_path: Path) -> None:
    folder = _write(
        tmp_path, ("level-1.md", "Level 1"), ("x/level-2.md", "Level 2"), ("x/y/z.md", "Level 3")
    )

    left_over = load_model_source([folder], "en").report.left_over

    assert [part.file for part in left_over] == ["x/level-2.md", "x/y/z.md"]
    assert {part.template for part in left_over} == {
        "The page is in a subfolder that was not read; import that folder to use it."
    }


@pytest.mark.parametrize(
    "title",
    [
        "Levels 1 to 2", "Level 1-2", "Level 1 – Level 2", "Level 1, Level 2", "Stages 1 through 3",
        "Stufen 1 bis 2", "Stufe 1 und 2", "Reifegradstufen 1–3", "Level I-III", "ML1 to ML3",
        "Niveaux 1 à 3", "第1级至第3级", "Levels one to three",
    ],
)  # fmt: skip
def test_a_page_on_several_levels_counts_for_none_whatever_its_name(
    title: str, tmp_path: Path, refused: Refused
) -> None:
    path = _write(tmp_path, ("level-1.md", title)) / "level-1.md"
    reason = (
        "The title or name states several levels. Give each level a page of its own, or describe"
        " the levels under headings inside the page."
    )
    assert refused(lambda: load_model_source([path], "en")) == [f"level-1.md: {reason}"]

    _write(tmp_path, ("level-3.md", "Level 3"))
    report = load_model_source([tmp_path], "en").report

    assert report.page_levels == (3,)
    assert [(part.file, part.template) for part in report.left_over] == [("level-1.md", reason)]


def test_a_file_name_may_not_state_several_levels_either(tmp_path: Path, refused: Refused) -> None:
    path = _write(tmp_path, ("level-1-2.md", "People")) / "level-1-2.md"
    (line,) = refused(lambda: load_model_source([path], "en"))
    assert "states several levels" in line


@pytest.mark.parametrize(
    "title", ["Stufe 1 / Level 1", "Level 1 of 5", "Level 1/5", "Level 1 - V-Model", "ML1", "L1"]
)
def test_a_level_said_twice_or_counted_is_one(title: str, tmp_path: Path) -> None:
    path = _write(tmp_path, ("page.md", title)) / "page.md"
    assert load_model_source([path], "en").report.page_levels == (1,)


@pytest.mark.parametrize("title", ["Level IIII", "Level IIX", "XML1", "ML1.2"])
def test_what_looks_like_a_number_states_no_level(
    title: str, tmp_path: Path, refused: Refused
) -> None:
    path = _write(tmp_path, ("page.md", title)) / "page.md"
    (line,) = refused(lambda: load_model_source([path], "en"))
    assert line.startswith("page.md: No level was found")


def test_the_title_of_the_whole_model_leaves_the_level_to_the_names(tmp_path: Path) -> None:
    title = "Cloud check, levels 1 to 5"
    folder = _write(tmp_path, ("level-1.md", title), ("level-2.md", title))
    assert load_model_source([folder], "en").report.page_levels == (1, 2)
