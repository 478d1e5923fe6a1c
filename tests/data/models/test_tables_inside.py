"""Tables with levels whose other columns and rows hold something else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from data.models import load_model_source
from data.models.import_report import ImportedModel

ReadTable = Callable[..., ImportedModel]
COLUMN = "The column stands beside the levels and describes none of them."
ROW = "The row describes no level."


@pytest.fixture
def read(tmp_path: Path) -> ReadTable:
    """Reads a page with one table, given as its lines without the outer bars."""

    def call(header: str, *rows: str) -> ImportedModel:
        ruler = "|".join("---" for _ in header.split("|"))
        lines = ["# Check", "", *(f"| {line} |" for line in (header, ruler, *rows))]
        path = tmp_path / "page.md"
        path.write_text("\n".join(lines), encoding="utf-8")
        return load_model_source([path], "en")

    return call


def _areas(imported: ImportedModel) -> dict[str, tuple[str, str]]:
    """Dimension and question of each area."""
    return {
        area.name.in_language("en"): (
            dimension.name.in_language("en"),
            area.question.in_language("en"),
        )
        for dimension in imported.model.dimensions
        for area in dimension.areas
    }


def _texts(imported: ImportedModel) -> list[dict[int, str]]:
    return [
        {each.level: each.summary.in_language("en") for each in area.levels}
        for area in imported.model.areas
    ]


def _left_over(imported: ImportedModel) -> list[tuple[str, str]]:
    return [(part.heading, part.template) for part in imported.report.left_over]


@pytest.mark.parametrize(
    "head", ["Question", "**Key questions**", "Frage", "Leitfrage", "Prüffragen", "Pregunta"]
)
def test_a_column_headed_as_a_question_asks_it(head: str, read: ReadTable) -> None:
    imported = read(f"Area | Level 1 | Level 2 | {head}", "Skills | few | many | Who can?")
    assert _areas(imported) == {"Skills": ("Check", "Who can?")}
    assert _left_over(imported) == []


@pytest.mark.parametrize("head", ["Notes", "Owner", "Weight", "Bemerkung", "Level 1-2", ""])
def test_any_other_column_is_left_over_and_no_question(head: str, read: ReadTable) -> None:
    imported = read(f"Area | Level 1 | {head} | Level 2", "Skills | few | HR | many")
    assert _areas(imported) == {"Skills": ("Check", "")}
    assert _texts(imported) == [{1: "few", 2: "many"}]
    assert _left_over(imported) == [(head, COLUMN)]


def test_an_empty_column_is_not_reported(read: ReadTable) -> None:
    assert _left_over(read("Area | Level 1 | Level 2 | Notes", "Skills | few | many | ")) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Dimension", "Area"), ("Category", "Capability"), ("Säule", "Praktik"),
        ("Area", "Sub area"), ("", ""),
    ],
)  # fmt: skip
def test_a_column_above_the_areas_is_their_dimension(
    first: str, second: str, read: ReadTable
) -> None:
    imported = read(
        f"{first} | {second} | Level 1 | Level 2",
        "People | Skills | few | many",
        " | Teams | one | more",
        "Process | Release | by hand | by machine",
    )
    assert {name: each[0] for name, each in _areas(imported).items()} == {
        "Skills": "People",
        "Teams": "People",
        "Release": "Process",
    }


def test_numbers_of_the_rows_name_no_area(read: ReadTable) -> None:
    imported = read(
        "No. | Area | Level 1 | Level 2", "1.1 | Skills | few | many", "1.2 | Teams | one | more"
    )
    assert list(_areas(imported)) == ["Skills", "Teams"]
    assert _left_over(imported) == [("No.", COLUMN)]


def test_a_bold_row_begins_a_dimension_and_an_empty_one_is_reported(read: ReadTable) -> None:
    imported = read(
        "Area | Level 1 | Level 2",
        "**People** | | ",
        "Skills | few | many",
        "**Process** | | ",
        "Release | by hand | by machine",
        "Review | | ",
    )
    assert _areas(imported) == {"Skills": ("People", ""), "Release": ("Process", "")}
    assert _left_over(imported) == [("Review", ROW)]


def test_a_row_without_a_name_goes_on_with_the_area_above(read: ReadTable) -> None:
    imported = read("Area | Level 1 | Level 2", "Skills | few | many", " | and seldom | ")
    assert _texts(imported) == [{1: "few\n\nand seldom", 2: "many"}]


def test_a_table_of_levels_only_describes_the_area_above_it(read: ReadTable) -> None:
    imported = read("Level 1 | Level 2 | Level 3", "few | many | all")
    assert _texts(imported) == [{1: "few", 2: "many", 3: "all"}]


def test_rows_for_each_level_may_name_dimension_area_and_question(read: ReadTable) -> None:
    imported = read(
        "Dimension | Area | Question | Level | Description",
        "People | Skills | Who can? | 1 | few",
        "People | Skills | Who can? | 2 | many",
        "People | Teams | One? | 1 | one",
        " | | More? | 2 | more",
    )
    assert _areas(imported) == {"Skills": ("People", "Who can?"), "Teams": ("People", "")}
    assert _texts(imported)[0] == {1: "few", 2: "many"}
    assert "More?" in _texts(imported)[1][2]


@pytest.mark.parametrize("cell", [r"run a \| b", "run `a|b`", "run ``a || b`` and `c|d`"])
def test_a_bar_in_code_or_behind_a_backslash_shifts_no_cell(cell: str, read: ReadTable) -> None:
    imported = read("Area | Level 1 | Level 2 | Level 3", f"Skills | {cell} | many | all")
    assert _texts(imported) == [{1: cell.replace("\\|", "|"), 2: "many", 3: "all"}]


def test_cells_beyond_the_head_of_a_table_are_reported(read: ReadTable) -> None:
    imported = read("Area | Level 1 | Level 2", "Skills | few | many | too many | cells")
    assert _texts(imported) == [{1: "few", 2: "many"}]
    assert _left_over(imported) == [
        (
            "too many cells",
            "The row has more cells than its table has columns; the last cells were left out.",
        )
    ]


@pytest.mark.parametrize("corner", ["Level", r"Area \\ Level", "Bereich / Stufe"])
def test_numbers_head_the_levels_below_a_word_for_level(corner: str, read: ReadTable) -> None:
    imported = read(f"{corner} | 1 | 2 - Run | 3", "Skills | few | many | all")
    assert _texts(imported) == [{1: "few", 2: "many", 3: "all"}]
    assert imported.model.level(2).name.in_language("en") == "Run"


def test_several_tables_below_a_heading_are_read(tmp_path: Path) -> None:
    table = "| Area | Level 1 | Level 2 |\n|---|---|---|\n| {} | few | many |\n"
    page = f"# Check\n\n{table.format('Skills')}\nBetween.\n\n{table.format('Teams')}\nBehind.\n"
    (tmp_path / "page.md").write_text(page, encoding="utf-8")

    imported = load_model_source([tmp_path], "en")

    assert list(_areas(imported)) == ["Skills", "Teams"]
    assert [part.template[:22] for part in imported.report.left_over] == ["The text stands before"]
