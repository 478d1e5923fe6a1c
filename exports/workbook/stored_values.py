"""Cached results of formulas, for previews that do not recalculate.

openpyxl writes formulas without results, so phones, previews and Protected View would show empty
cells. Every formula is registered here with the result that our own rules give;
``openpyxl_inside`` writes both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.formula import ArrayFormula


class Missing(Enum):
    """Placeholder in a cell without a value."""

    NOT_AVAILABLE = "#N/A"


NOT_AVAILABLE = Missing.NOT_AVAILABLE
"""The result of ``NA()``: charts leave such a point out instead of drawing it at zero."""

Result: TypeAlias = int | float | str | Missing


@dataclass(frozen=True, slots=True)
class FormulaResult:
    """A formula without its ``=``, and its result."""

    formula: str
    result: Result


class StoredValues:
    """The formulas of one workbook and their results; nothing else may become a formula."""

    def __init__(self) -> None:
        self._by_sheet: dict[str, dict[str, FormulaResult]] = {}

    def put(self, cell: Cell, formula: str, result: Result, *, array: bool = False) -> None:
        """Put a formula (English names, commas, starting with ``=``) into a cell.

        ``array`` for one that works on whole columns, as ``MIN(IF(…))`` does.
        """
        cell.value = ArrayFormula(cell.coordinate, formula) if array else formula
        sheet = self._by_sheet.setdefault(cell.parent.title, {})
        sheet[cell.coordinate] = FormulaResult(formula[1:], result)

    def of(self, sheet_title: str) -> Mapping[str, FormulaResult]:
        """The formulas of a sheet by coordinate."""
        return self._by_sheet.get(sheet_title, {})
