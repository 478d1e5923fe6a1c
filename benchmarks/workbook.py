"""The workbook against openpyxl writing the same cells, and its growth with the model."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from openpyxl import Workbook, load_workbook

from app.session import Session
from benchmarks.measure import Row, exponent, in_turns, milliseconds
from benchmarks.samples import DAY, scored_session, wide_model

SIZES = (125, 250, 500, 1_000)


def measure() -> list[Row]:
    """The 22-area workbook, and the time from 125 to 1,000 areas."""
    from data.model_files.builtin import builtin_model

    session = scored_session(builtin_model("cloud-native"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours, bare = in_turns(
            lambda: milliseconds(lambda: _write(session, folder / "ours.xlsx")),
            _bare_writer(session, folder),
        )
        rows = [Row("workbook, 22 areas, against bare openpyxl", ours, bare, "ms", 3.0)]
        costs = [_cost(size, folder) for size in SIZES]
    slope = exponent(SIZES, costs)
    note = f"exponent over {SIZES[0]} to {SIZES[-1]:,} areas; 1 is linear"
    rows.append(Row("workbook, growth with areas", slope, 1.0, "", 1.15, note))
    return rows


def _write(session: Session, target: Path) -> None:
    from exports.gap_roadmap_xlsx import write_workbook

    write_workbook(session, target, "en", today=DAY)


def _bare_writer(session: Session, folder: Path) -> object:
    _write(session, folder / "model.xlsx")
    cells = [
        (
            sheet.title,
            [
                (c.row, c.column, c.value)
                for r in sheet.iter_rows()
                for c in r
                if c.value is not None
            ],
        )
        for sheet in load_workbook(folder / "model.xlsx").worksheets
    ]

    def write() -> None:
        book = Workbook()
        book.remove(book.active)
        for title, values in cells:
            sheet = book.create_sheet(title)
            for row, column, value in values:
                sheet.cell(row, column, value)
        book.save(folder / "bare.xlsx")

    return lambda: milliseconds(write)


def _cost(areas: int, folder: Path) -> float:
    session = scored_session(wide_model(areas))
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        _write(session, folder / "wide.xlsx")
        best = min(best, time.perf_counter() - began)
    return best
