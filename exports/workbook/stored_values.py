"""Formulas and charts with their results: what a phone or a mail preview shows at once.

openpyxl writes formulas without results, so phones, previews and Protected View show empty cells
until something recalculates. Here every formula and every range that a chart reads is registered
with what we know to be there, and that is put into the saved file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.writer.excel import ExcelWriter

MAIN_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_CELL, _FORMULA, _VALUE = (f"{{{MAIN_NAMESPACE}}}{name}" for name in "cfv")
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
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
        self._by_range: dict[str, tuple[Result, ...]] = {}

    def put(self, cell: Cell, formula: str, result: Result) -> None:
        """Put a formula of ours (English names, commas, beginning with ``=``) into a cell."""
        cell.value = formula
        sheet = self._by_sheet.setdefault(cell.parent.title, {})
        sheet[cell.coordinate] = _Known(formula[1:], result)

    def put_points(self, place: str, points: Iterable[Result]) -> None:
        """What a chart finds in the range ``place``: texts, or numbers and ``NOT_AVAILABLE``."""
        self._by_range[place] = tuple(points)

    @property
    def points(self) -> Mapping[str, tuple[Result, ...]]:
        """What the charts find, by range."""
        return self._by_range

    def of(self, sheet_title: str) -> Mapping[str, _Known]:
        """The formulas of a sheet by coordinate."""
        return self._by_sheet.get(sheet_title, {})


def save_with_values(workbook: Workbook, values: StoredValues, file: BinaryIO) -> None:
    """Save the workbook with the result of every formula.

    Raises ``ValueError`` for a formula that was not registered: somebody's text became one.
    """
    archive = _ResultsArchive(file, workbook, values)
    try:
        ExcelWriter(workbook, archive).save()
    except BaseException:
        archive.give_up()
        raise


class _ResultsArchive(ZipFile):
    """The workbook's zip file; every part gets its results on the way in."""

    def __init__(self, file: BinaryIO, workbook: Workbook, values: StoredValues) -> None:
        super().__init__(file, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION)
        self._points = values.points
        self._formulas = {
            f"xl/worksheets/sheet{number}.xml": values.of(title)
            for number, title in enumerate(workbook.sheetnames, 1)
        }

    def give_up(self) -> None:
        """Leave the file alone from now on.

        Otherwise the archive would try to finish it when it is thrown away, long after the file
        was closed, and complain on the console.
        """
        self.fp = None

    def write(self, filename: Any, arcname: Any = None, *_: Any) -> None:
        """Take in a sheet, which openpyxl has written to a temporary file."""
        self.writestr(str(arcname), Path(filename).read_bytes())

    def writestr(self, name: Any, content: str | bytes, *_: Any) -> None:  # type: ignore[override]
        """Take in a part, with its results where it has any."""
        part = content.encode("utf-8") if isinstance(content, str) else content
        if name in self._formulas:
            part = _with_results(part, self._formulas[name], name)
        elif name.startswith("xl/charts/"):
            part = _with_points(part, self._points)
        super().writestr(name, part)


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


def _with_points(chart: bytes, points: Mapping[str, tuple[Result, ...]]) -> bytes:
    """The chart with a cache behind every range it reads."""
    root = etree.fromstring(chart)
    for place in root.iter(f"{_CHART}f"):
        reference = place.getparent()
        if reference is None:
            continue
        for cache in list(reference)[1:]:
            reference.remove(cache)
        numbers = reference.tag == f"{_CHART}numRef"
        cache = etree.SubElement(reference, f"{_CHART}numCache" if numbers else f"{_CHART}strCache")
        if numbers:
            etree.SubElement(cache, f"{_CHART}formatCode").text = "General"
        _add_points(cache, points[str(place.text)])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _add_points(cache: etree._Element, points: Sequence[Result]) -> None:
    etree.SubElement(cache, f"{_CHART}ptCount").set("val", str(len(points)))
    for index, value in enumerate(points):
        if not isinstance(value, _Missing):
            point = etree.SubElement(cache, f"{_CHART}pt")
            point.set("idx", str(index))
            etree.SubElement(point, f"{_CHART}v").text = str(value)


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
