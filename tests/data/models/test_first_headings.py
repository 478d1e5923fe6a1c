"""Pages with several ``#`` headings, of which the first one may be the title or an area."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from data.models import load_model_source
from data.models.import_report import ImportedModel

Read = Callable[..., ImportedModel]
FLAT = "# Skills\n\nfew\n\n# Teams\n\none\n"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads the pages given by name."""

    def call(**pages: str) -> ImportedModel:
        for name, text in pages.items():
            path = tmp_path / f"{name.replace('_', '-')}.md"
            path.write_text(text, encoding="utf-8")
        return load_model_source([tmp_path], "en")

    return call


def _areas(imported: ImportedModel) -> dict[str, list[str]]:
    return {
        dimension.name.in_language("en"): [area.name.in_language("en") for area in dimension.areas]
        for dimension in imported.model.dimensions
    }


@pytest.mark.parametrize("second", [FLAT, "# Teams\n\none\n\n# Skills\n\nmany\n"])
def test_the_first_of_several_areas_is_no_title(second: str, read: Read) -> None:
    imported = read(level_1=FLAT, level_2=second)

    assert _areas(imported) == {"Skills": ["Skills"], "Teams": ["Teams"]}
    assert imported.report.empty == tuple(
        (area.id, level) for area in imported.model.areas for level in (3, 4, 5)
    )
    assert imported.report.left_over == ()


def test_a_page_alone_has_all_its_areas(read: Read) -> None:
    assert _areas(read(level_3=FLAT)) == {"Skills": ["Skills"], "Teams": ["Teams"]}


def test_a_title_in_the_front_matter_leaves_all_headings_to_the_areas(read: Read) -> None:
    page = f"---\ntitle: Level 2\n---\n{FLAT}"
    assert _areas(read(page=page)) == {"Skills": ["Skills"], "Teams": ["Teams"]}


def test_the_first_of_several_dimensions_is_no_title(read: Read) -> None:
    page = "# People\n\n## Skills\n\nfew\n\n# Process\n\nby hand\n"
    assert _areas(read(level_1=page, level_2=page)) == {
        "People": ["Skills"],
        "Process": ["Process"],
    }


@pytest.mark.parametrize(
    "first",
    [
        "# The team model\n\nAn introduction.\n\n",
        "# A check\n\n",
        "# Level 1\n\nWhere to begin.\n\n",
    ],
)
def test_a_first_heading_that_names_the_whole_is_the_title(first: str, read: Read) -> None:
    pages = {f"level_{n}": first.replace("Level 1", f"Level {n}") + FLAT for n in (1, 2)}
    assert _areas(read(**pages)) == {"Skills": ["Skills"], "Teams": ["Teams"]}


def test_a_first_heading_that_only_one_page_has_names_its_level(read: Read) -> None:
    imported = read(
        level_1=f"# Build\n\nWe begin.\n\n{FLAT}", level_2=f"# Operate\n\nWe go on.\n\n{FLAT}"
    )

    assert _areas(imported) == {"Skills": ["Skills"], "Teams": ["Teams"]}
    names = [level.name.in_language("en") for level in imported.model.levels]
    assert names[:2] == ["Build", "Operate"]
    assert [(part.file, part.line) for part in imported.report.left_over] == [
        ("level-1.md", 1),
        ("level-2.md", 1),
    ]


@pytest.mark.parametrize(
    "levels", ["* Level 1: few\n* Level 2: many\n", "## Level 1\nfew\n## Level 2\nmany\n"]
)
def test_areas_with_levels_inside_do_not_give_the_page_their_name(levels: str, read: Read) -> None:
    imported = read(check=f"# Skills\n{levels}\n# Teams\n{levels}")
    assert _areas(imported) == {"check": ["Skills", "Teams"]}
