"""The documentation of the workbook lists exactly its sheets and columns."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from app.session.session import Session
from exports.workbook.workbook import write_workbook

PAGE = Path(__file__).parents[3] / "docs" / "workbook.md"


def _first_column(section: str) -> list[str]:
    return re.findall(r"^\| (?!column|sheet|-)([^|]+?) \|", section, flags=re.M)


def test_sheets_and_columns_are_those_of_the_page(session: Session, tmp_path: Path) -> None:
    sheets, _, profile, roadmap, actions, evidence, _ = PAGE.read_text(encoding="utf-8").split(
        "\n## "
    )
    write_workbook(session, tmp_path / "report.xlsx", "en", today=date(2026, 11, 24))
    book = load_workbook(tmp_path / "report.xlsx")
    assert _first_column(sheets) == book.sheetnames
    columns = {
        "Profile": profile,
        "Gaps and roadmap": roadmap,
        "Actions": actions,
        "Evidence": evidence,
    }
    for name, section in columns.items():
        (table,) = book[name].tables.values()
        assert _first_column(section) == [cell.value for cell in book[name][table.ref][0]]
