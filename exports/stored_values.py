"""Formulas with their results: what a phone, a mail preview or Protected View shows at once.

openpyxl writes formulas without results, so such viewers show empty cells until something
recalculates. Here every formula is registered with the result we know, and the results are put
into the saved file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from typing import BinaryIO, TypeAlias
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from lxml import etree
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.writer.excel import ExcelWriter

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL, _FORMULA, _VALUE = f"{_MAIN}c", f"{_MAIN}f", f"{_MAIN}v"
_COMPRESSION = 5  # a few per cent larger than the default, a good deal quicker


class _Missing(Enum):
    NOT_AVAILABLE = "#N/A"


NOT_AVAILABLE = _Missing.NOT_AVAILABLE
"""The result of ``NA()``: charts leave such a point out instead of drawing it at zero."""

Result: TypeAlias = int | float | str | _Missing


@dataclass(frozen=True, slots=True)
class _Known:
    formula: str
    result: Result


class StoredValues:
    """The formulas of one workbook and their results; nothing else may become a formula."""

    def __init__(self) -> None:
        self._by_sheet: dict[str, dict[str, _Known]] = {}

    def put(self, cell: Cell, formula: str, result: Result) -> None:
        """Put a formula of ours (English names, commas, beginning with ``=``) into a cell."""
        cell.value = formula
        sheet = self._by_sheet.setdefault(cell.parent.title, {})
        sheet[cell.coordinate] = _Known(formula[1:], result)

    def of(self, sheet_title: str) -> Mapping[str, _Known]:
        """The formulas of a sheet by coordinate."""
        return self._by_sheet.get(sheet_title, {})


def save_with_values(workbook: Workbook, values: StoredValues, file: BinaryIO) -> None:
    """Save the workbook with the result of every formula.

    Raises ``ValueError`` for a formula that was not registered: somebody's text became one.
    """
    raw = BytesIO()
    ExcelWriter(workbook, ZipFile(raw, "w", ZIP_STORED)).save()
    known = {
        f"xl/worksheets/sheet{number}.xml": values.of(title)
        for number, title in enumerate(workbook.sheetnames, 1)
    }
    with (
        ZipFile(raw) as source,
        ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name in known:
                content = _with_results(content, known[name], name)
            target.writestr(name, content)


def _with_results(sheet: bytes, known: Mapping[str, _Known], name: str) -> bytes:
    if not known and b"<f>" not in sheet:
        return sheet
    root = etree.fromstring(sheet)
    found = 0
    for formula in root.iter(_FORMULA):
        cell = formula.getparent()
        if cell is None or cell.tag != _CELL:
            continue  # formulas of conditional formats have another name; nothing else has <f>
        entry = known.get(str(cell.get("r")))
        if entry is None or entry.formula != formula.text:
            raise ValueError(f"{name}: unexpected formula in {cell.get('r')}")
        _set_result(cell, entry.result)
        found += 1
    if found != len(known):
        raise ValueError(f"{name}: {len(known) - found} formulas are missing")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _set_result(cell: etree._Element, result: Result) -> None:
    value = cell.find(_VALUE)
    if value is None:
        value = etree.SubElement(cell, _VALUE)
    if isinstance(result, _Missing):
        cell.set("t", "e")
        value.text = result.value
    elif isinstance(result, str):
        cell.set("t", "str")
        value.text = result
    else:
        cell.attrib.pop("t", "")
        value.text = repr(result)
