"""The documentation of the workbook lists exactly its sheets and columns."""

from __future__ import annotations

import re
from pathlib import Path

from openpyxl import load_workbook

PAGE = Path(__file__).parents[3] / "docs" / "workbook.md"


def _first_column(section: str) -> list[str]:
    return re.findall(r"^\| (?!column|sheet|-)([^|]+?) \|", section, flags=re.M)


def test_sheets_and_columns_are_those_of_the_page(workbook: Path) -> None:
    sheets, _, profile, roadmap, quarters, risks, actions, evidence, over_time, _ = PAGE.read_text(
        encoding="utf-8"
    ).split("\n## ")
    book = load_workbook(workbook)
    assert _first_column(sheets) == book.sheetnames
    dates = "17 Mar 2026", "23 Nov 2026"
    periods = [f"{year}-Q{n}" for year in (2027, 2028) for n in (1, 2, 3, 4)]
    columns = {
        "Profile": profile.replace("| Earlier |", "| March 2026 |"),
        "Gaps and roadmap": roadmap,
        "Quarter plan": quarters.replace(
            "| *quarter* |", "\n".join(f"| {period} |" for period in periods)
        ),
        "Dependencies and risks": risks,
        "Actions": actions,
        "Evidence": evidence,
        "Comparison by area": over_time.replace("| *date* |", f"| {dates[0]} |\n| {dates[1]} |"),
    }
    for name, section in columns.items():
        (table,) = book[name].tables.values()
        assert _first_column(section) == [cell.value for cell in book[name][table.ref][0]]
