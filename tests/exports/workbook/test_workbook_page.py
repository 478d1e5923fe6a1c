"""The documentation of the workbook lists exactly its sheets and columns."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from app.session.session import Session
from exports.workbook.steps_sheet import HEADER_ROW
from exports.workbook.workbook import write_workbook

PAGE = Path(__file__).parents[3] / "docs" / "workbook.md"


def _first_column(section: str) -> list[str]:
    return re.findall(r"^\| (?!column|sheet|-)([^|]+?) \|", section, flags=re.M)


def test_sheets_and_columns_are_those_of_the_page(session: Session, tmp_path: Path) -> None:
    sheets, profile, roadmap, _ = PAGE.read_text(encoding="utf-8").split("\n## ")
    write_workbook(session, tmp_path / "report.xlsx", "en", today=date(2026, 11, 24))
    book = load_workbook(tmp_path / "report.xlsx")
    assert _first_column(sheets) == book.sheetnames
    rows = book.worksheets[1].iter_rows(values_only=True)
    header = next(row for row in rows if row[0] == "Area id")
    assert _first_column(profile) == list(header)
    steps = [cell.value for cell in book.worksheets[2][HEADER_ROW]]
    assert _first_column(roadmap) == steps
