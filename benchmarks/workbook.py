"""The workbook compared with plain openpyxl writing the same cells; growth with the model."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from app.session.session import Session
from benchmarks.measure import Row, exponent, in_turns, milliseconds
from benchmarks.samples import DAY, scored_session, wide_model

FEW, MANY = 250, 1_000
GROWTH_ROUNDS = 7
LINEAR = 1.2
"""Linear growth is 1 or less, quadratic growth would be 4; a fifth is left to measuring."""

_Cells = list[tuple[str, list[tuple[int, int, Any, Any]]]]


def measure() -> list[Row]:
    """The 22-area workbook, and the cost of an area among 1,000 against one among 250."""
    from data.models.builtin import builtin_model

    session = scored_session(builtin_model("cloud-native"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def ours() -> float:
            return milliseconds(lambda: _write(session, folder / "ours.xlsx"))

        whole, bare = in_turns(ours, _bare_writer(session, folder))
        again, values = in_turns(ours, _bare_writer(session, folder, with_looks=False))
        plain = f"against their values alone: {values:.1f} ms, ratio {again / values:.2f}"
        rows = [Row("workbook of 22 areas, against bare openpyxl", whole, bare, "ms", 3.0, plain)]
        many, few = in_turns(_cost(MANY, folder), _cost(FEW, folder), GROWTH_ROUNDS)
    slope = exponent((FEW, MANY), (few, many))
    note = f"{many:.0f} against {few:.0f} ms; time grows with the areas to the power of {slope:.2f}"
    name = f"workbook, one of {MANY:,} areas against one of {FEW}"
    rows.append(Row(name, many / MANY, few / FEW, "ms", LINEAR, note))
    return rows


def _write(session: Session, target: Path) -> None:
    from exports.workbook.workbook import write_workbook

    write_workbook(session, target, "en", today=DAY)


def _bare_writer(session: Session, folder: Path, *, with_looks: bool = True) -> Callable[[], float]:
    """Puts every cell of our workbook, with formula and look, into new sheets, and saves them.

    The looks are given in the quickest way openpyxl has, by their number; without looks, cells
    that are empty are left out. There are no charts, widths, drop-downs, results of formulas or
    checks.
    """
    _write(session, folder / "model.xlsx")
    book = load_workbook(folder / "model.xlsx")
    cells: _Cells = [
        (sheet.title, [_as_written(cell) for row in sheet.iter_rows() for cell in row if _is(cell)])
        for sheet in book.worksheets
    ]

    def write() -> None:
        for sheet in book.worksheets:
            book.remove(sheet)
        for title, written in cells:
            sheet = book.create_sheet(title)
            for row, column, value, look in written:
                if with_looks:
                    cell: Any = sheet.cell(row, column, value)
                    cell._style = look  # noqa: SLF001
                elif value is not None:
                    sheet.cell(row, column, value)
        book.save(folder / "bare.xlsx")

    return lambda: milliseconds(write)


def _is(cell: Any) -> bool:
    """True if the file has this cell; openpyxl invents cells between existing ones."""
    return cell.value is not None or cell.has_style


def _as_written(cell: Any) -> tuple[int, int, Any, Any]:
    return cell.row, cell.column, cell.value, cell._style  # noqa: SLF001


def _cost(areas: int, folder: Path) -> Callable[[], float]:
    session = scored_session(wide_model(areas))
    return lambda: milliseconds(lambda: _write(session, folder / "wide.xlsx"))
