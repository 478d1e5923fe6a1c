"""All access to openpyxl's private API, where no public one exists.

* results beside formulas: openpyxl writes ``<v/>`` only;
* one style shared by many cells: the public way, attribute by attribute, takes ten times longer;
* the default font, from which programs take the unit of column widths;
* merged cells without comparing every new range with all before;
* row heights that programs may measure again;
* alternative texts of charts, for which openpyxl has no place;
* sheets in memory: openpyxl writes them to temporary files, and what lxml cannot write there it
  reports on standard error, past every handler.

Tests of the workbook read all of it back, so a release of openpyxl that changes its inside fails
there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, BinaryIO, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Font
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import SHEET_DRAWING_NS

from exports.workbook.stored_values import FormulaResult, Missing, Result, StoredValues

MAIN_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ChartTexts: TypeAlias = Mapping[str, Sequence[tuple[str, str]]]
"""Title and alternative text of every chart, by the title of its sheet."""
_CELL, _FORMULA, _VALUE = (f"{{{MAIN_NAMESPACE}}}{name}" for name in "cfv")
_COMPRESSION = 5  # a few per cent larger than the default, a good deal quicker


def style_of(cell: Cell) -> StyleArray:
    """The style of a cell, to be changed or shared."""
    style: StyleArray = cell._style  # type: ignore[attr-defined] # noqa: SLF001
    return style


def share_style(cell: Cell, style: StyleArray) -> None:
    """Give a cell a style that other cells have too."""
    cell._style = style  # type: ignore[attr-defined] # noqa: SLF001


def set_default_font(workbook: Any, font: Font) -> None:
    """Replace the font of cells without one."""
    workbook._fonts[0] = font  # noqa: SLF001
    workbook._named_styles["Normal"].font = font  # noqa: SLF001


def merge_cells(sheet: Worksheet, first_row: int, last_row: int, first: int, last: int) -> None:
    """Merge a range of cells; the caller sees to it that ranges do not overlap."""
    sheet.merged_cells.ranges.add(
        CellRange(min_row=first_row, max_row=last_row, min_col=first, max_col=last)
    )


def set_measured_height(sheet: Worksheet, row: int, points: float) -> None:
    """Set the height of a row without fixing it: programs may measure it again."""
    sheet.row_dimensions[row] = _MeasuredRow(sheet, index=row, ht=points)


class _MeasuredRow(RowDimension):
    @property
    def customHeight(self) -> bool:  # noqa: N802 (openpyxl's name, after the file format)
        return False


_DATE_OF_PARTS = (1980, 1, 1, 0, 0, 0)


def save_with_values(
    workbook: Workbook, values: StoredValues, charts: ChartTexts, file: BinaryIO
) -> None:
    """Save the workbook with the result of every formula and the alternative texts of charts.

    Raises ``ValueError`` for a formula that was not registered: user text became one.
    """
    archive = _ResultsArchive(file, workbook, values, charts)
    try:
        _WriterInMemory(workbook, archive).save()
    except BaseException:
        archive.give_up()
        raise


class _WriterInMemory(ExcelWriter):
    """Writes sheets without temporary files."""

    _archive: ZipFile

    def write_worksheet(self, ws: Any) -> None:
        """Write one sheet, as openpyxl does."""
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001
        ws._drawing.charts = ws._charts  # noqa: SLF001
        sheet = BytesIO()
        writer: Any = WorksheetWriter(ws, sheet)
        writer.write()
        ws._rels = writer._rels  # noqa: SLF001
        self._archive.writestr(ws.path[1:], sheet.getvalue())
        self.manifest.append(ws)


class _ResultsArchive(ZipFile):
    """The zip file of a workbook; sheets and drawings are completed on the way in."""

    def __init__(
        self, file: BinaryIO, workbook: Workbook, values: StoredValues, charts: ChartTexts
    ) -> None:
        super().__init__(file, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION)
        self._formulas = {
            f"xl/worksheets/sheet{number}.xml": values.of(title)
            for number, title in enumerate(workbook.sheetnames, 1)
        }
        with_charts = [title for title in workbook.sheetnames if title in charts]
        self._charts = {
            f"xl/drawings/drawing{number}.xml": charts[title]
            for number, title in enumerate(with_charts, 1)
        }

    def give_up(self) -> None:
        """Do not touch the file any more.

        Otherwise the garbage collector would make the archive finish a file that is closed.
        """
        self.fp = None

    def writestr(self, name: Any, content: str | bytes, *_: Any) -> None:  # type: ignore[override]
        """Add a part, with its results where it has any."""
        part = content.encode("utf-8") if isinstance(content, str) else content
        if name in self._formulas:
            part = _with_results(part, self._formulas[name], name)
        elif name in self._charts:
            part = _with_chart_texts(part, self._charts[name], name)
        # a date of its own: zip files know none before 1980 and after 2107, clocks do
        info = ZipInfo(str(name), _DATE_OF_PARTS)
        info.external_attr = 0o600 << 16
        super().writestr(info, part, ZIP_DEFLATED, _COMPRESSION)


def _with_chart_texts(drawing: bytes, texts: Sequence[tuple[str, str]], name: str) -> bytes:
    """Give every chart of a drawing its title and its alternative text."""
    root = etree.fromstring(drawing)
    frames = list(root.iter(f"{{{SHEET_DRAWING_NS}}}cNvPr"))
    if len(frames) != len(texts):
        raise ValueError(f"{name}: {len(frames)} charts and {len(texts)} texts")
    for frame, (title, description) in zip(frames, texts, strict=True):
        frame.set("name", title)
        frame.set("title", title)
        frame.set("descr", description)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _with_results(sheet: bytes, known: Mapping[str, FormulaResult], name: str) -> bytes:
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
    if isinstance(result, Missing):
        cell.set("t", "e")
        value.text = result.value
    elif isinstance(result, str):
        cell.set("t", "str")
        value.text = result
    else:
        cell.attrib.pop("t", "")
        value.text = repr(result)
