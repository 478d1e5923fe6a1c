"""Runs LibreOffice Calc on workbooks: edits, sorts, recalculates and reads every cell.

The work is done by a Basic macro, because a plain ``libreoffice-calc`` has no Python bridge. Orders
and answers are text files of one entry a line.
"""

from __future__ import annotations

import math
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias

from openpyxl import load_workbook

_SECONDS = 300
HAS_CALC = shutil.which("soffice") is not None

Value: TypeAlias = str | float
Grid: TypeAlias = list[list[Value]]
"""A sheet: rows of cells from A1 on; an empty cell is an empty text."""


_DAY_ZERO = date(1899, 12, 30)


def stored(path: Path) -> list[Grid]:
    """The results that we stored, as :class:`Calc` reads those of LibreOffice."""
    return [
        [[_as_calc(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        for sheet in load_workbook(path, data_only=True).worksheets
    ]


def _as_calc(value: object) -> Value:
    if isinstance(value, datetime):
        return float((value.date() - _DAY_ZERO).days)
    if isinstance(value, int | float):
        return float(value)
    return "#error" if value == "#N/A" else str(value or "").replace("\t", " ")


def same(one: Value, two: Value) -> bool:
    """True if two cells show the same."""
    if isinstance(one, float) and isinstance(two, float):
        return math.isclose(one, two, rel_tol=1e-12, abs_tol=1e-12)
    return one == two


@dataclass(frozen=True)
class Sort:
    """Sort a table of a sheet by one of its columns; rows and columns count from 1."""

    sheet: int
    header: int
    last_row: int
    last_column: int
    by: int
    ascending: bool = True
    first_column: int = 1


@dataclass(frozen=True)
class Put:
    """Put a number or a text into a cell, or empty it with ``None``."""

    sheet: int
    row: int
    column: int
    value: float | str | None


@dataclass(frozen=True)
class Filter:
    """Show only the rows of a table that have a text in a column."""

    sheet: int
    header: int
    last_row: int
    last_column: int
    by: int
    text: str


@dataclass(frozen=True)
class DeleteRow:
    """Delete a row of a sheet."""

    sheet: int
    row: int


@dataclass(frozen=True)
class Read:
    """Recalculate everything and read all sheets."""


Order: TypeAlias = Sort | Put | Filter | DeleteRow | Read

_RECALCULATE_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Input"><prop oor:name="UpdateReferenceOnSort"
 oor:op="fuse"><value>{follow}</value></prop></item>
</oor:items>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Orders"/>
</library:library>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Orders"
 script:language="StarBasic">{code}</script:module>
"""
_BASIC = r"""
Dim Answers As Object

Sub ObeyAll(Source As String, OrderFile As String, AnswerFile As String)
  On Error GoTo Failed
  Dim Opening(0) As New com.sun.star.beans.PropertyValue
  Opening(0).Name = "Hidden"
  Opening(0).Value = True
  Dim Document As Object
  Document = StarDesktop.loadComponentFromURL(ConvertToURL(Source), "_blank", 0, Opening())
  Dim Files As Object
  Files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  Answers = createUnoService("com.sun.star.io.TextOutputStream")
  Answers.setOutputStream(Files.openFileWrite(ConvertToURL(AnswerFile)))
  Answers.setEncoding("UTF-8")
  Dim Told As Integer, Said As String
  Told = FreeFile
  Open OrderFile For Input As #Told
  Do While Not EOF(Told)
    Line Input #Told, Said
    If Len(Said) > 0 Then Obey(Document, Split(Said, Chr(9)))
  Loop
  Close #Told
  Answers.closeOutput()
  Document.close(True)
  StarDesktop.terminate()
  Exit Sub
Failed:
  If Not IsNull(Answers) Then
    Answers.writeString("failed" & Chr(9) & Error(Err) & " in line " & Erl & Chr(10))
    Answers.closeOutput()
  End If
  StarDesktop.terminate()
End Sub

Sub Obey(Document As Object, Parts As Variant)
  Select Case Parts(0)
    Case "read"
      ReadAll(Document)
    Case "sort"
      SortTable(Document, Parts)
    Case "filter"
      FilterTable(Document, Parts)
    Case "delete"
      Document.Sheets.getByIndex(CInt(Parts(1)) - 1).Rows.removeByIndex(CInt(Parts(2)) - 1, 1)
    Case "number", "text", "empty"
      PutCell(Document, Parts)
  End Select
End Sub

Sub PutCell(Document As Object, Parts As Variant)
  Dim Cell As Object
  Cell = Document.Sheets.getByIndex(CInt(Parts(1)) - 1)
  Cell = Cell.getCellByPosition(CInt(Parts(3)) - 1, CInt(Parts(2)) - 1)
  If Parts(0) = "number" Then Cell.setValue(Val(Parts(4)))
  If Parts(0) = "text" Then Cell.setString(Decoded(Parts(4)))
  If Parts(0) = "empty" Then Cell.setString("")
End Sub

Function Decoded(Codes As String) As String
  Dim Code As Variant, Text As String
  For Each Code In Split(Codes, ",")
    Text = Text & Chr(CLng(Code))
  Next
  Decoded = Text
End Function

Sub SortTable(Document As Object, Parts As Variant)
  Dim Fields(0) As New com.sun.star.table.TableSortField
  Fields(0).Field = CInt(Parts(6)) - CInt(Parts(5))
  Fields(0).IsAscending = Parts(7) = "1"
  Fields(0).IsCaseSensitive = False
  Dim Descriptor(2) As New com.sun.star.beans.PropertyValue
  Descriptor(0).Name = "SortFields"
  Descriptor(0).Value = Fields()
  Descriptor(1).Name = "ContainsHeader"
  Descriptor(1).Value = True
  Descriptor(2).Name = "BindFormatsToContent"
  Descriptor(2).Value = True
  Dim Sheet As Object, Table As Object
  Sheet = Document.Sheets.getByIndex(CInt(Parts(1)) - 1)
  Table = Sheet.getCellRangeByPosition(CInt(Parts(5)) - 1, CInt(Parts(2)) - 1, _
    CInt(Parts(4)) - 1, CInt(Parts(3)) - 1)
  Table.sort(Descriptor())
End Sub

Sub FilterTable(Document As Object, Parts As Variant)
  Dim Sheet As Object, Table As Object
  Sheet = Document.Sheets.getByIndex(CInt(Parts(1)) - 1)
  Table = Sheet.getCellRangeByPosition(CInt(Parts(5)) - 1, CInt(Parts(2)) - 1, _
    CInt(Parts(4)) - 1, CInt(Parts(3)) - 1)
  Dim Fields(0) As New com.sun.star.sheet.TableFilterField
  Fields(0).Field = CInt(Parts(6)) - CInt(Parts(5))
  Fields(0).IsNumeric = False
  Fields(0).StringValue = Decoded(Parts(7))
  Fields(0).Operator = com.sun.star.sheet.FilterOperator.EQUAL
  Dim Wanted As Object
  Wanted = Table.createFilterDescriptor(True)
  Wanted.ContainsHeader = True
  Wanted.setFilterFields(Fields())
  Table.filter(Wanted)
End Sub

Sub ReadAll(Document As Object)
  Document.calculateAll()
  Dim Index As Integer, Row As Long, Column As Long
  For Index = 0 To Document.Sheets.Count - 1
    Dim Cursor As Object, Data As Variant, Value As Variant
    Cursor = Document.Sheets.getByIndex(Index).createCursor()
    Cursor.gotoStartOfUsedArea(False)
    Cursor.gotoEndOfUsedArea(True)
    Dim Last As Object
    Last = Cursor.getRangeAddress()
    Data = Document.Sheets.getByIndex(Index).getCellRangeByPosition(0, 0, _
      Last.EndColumn, Last.EndRow).getDataArray()
    Answers.writeString("sheet" & Chr(9) & Index & Chr(10))
    For Row = 0 To UBound(Data)
      Dim Cells As Variant
      Cells = Data(Row)
      Dim Texts() As String
      ReDim Texts(UBound(Cells))
      For Column = 0 To UBound(Cells)
        Value = Cells(Column)
        If IsEmpty(Value) Or IsNull(Value) Then
          Texts(Column) = "e"
        ElseIf VarType(Value) = 8 Then
          Texts(Column) = "s" & Replace(Replace(Value, Chr(10), Chr(31)), Chr(9), " ")
        Else
          Texts(Column) = "n" & CStr(Value)
        End If
      Next
      Answers.writeString(Join(Texts, Chr(9)) & Chr(10))
    Next
  Next
  Answers.writeString("end" & Chr(10))
End Sub
"""


class Calc:
    """LibreOffice with settings of its own: it believes no stored result."""

    def __init__(self, folder: Path, *, references_follow: bool = False) -> None:
        self._folder = folder
        user = folder / "user"
        user.mkdir(parents=True)
        follow = str(references_follow).lower()
        self._write(user / "registrymodifications.xcu", _RECALCULATE_ALWAYS.format(follow=follow))
        self._soffice("--terminate_after_init")  # the first start fills the folder of macros
        self._write(user / "basic" / "Standard" / "script.xlb", _LIBRARY)
        code = _BASIC.replace("&", "&amp;").replace("<", "&lt;")
        self._write(user / "basic" / "Standard" / "Orders.xba", _MODULE.format(code=code))

    @staticmethod
    def _write(path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8")

    def _soffice(self, what: str) -> None:
        settings = f"-env:UserInstallation={self._folder.as_uri()}"
        process = subprocess.Popen(
            ["soffice", settings, "--headless", "--norestore", what],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(timeout=_SECONDS)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # the program proper is a child of soffice
        assert process.returncode == 0

    def run(self, workbook: Path, orders: Sequence[Order]) -> list[list[Grid]]:
        """All sheets at every :class:`Read`, after the orders before it."""
        copy = self._folder / "book.xlsx"
        shutil.copyfile(workbook, copy)  # beside which LibreOffice leaves its lock
        told, answer = self._folder / "orders.txt", self._folder / "answer.txt"
        self._write(told, "".join(_line(order) + "\n" for order in orders))
        answer.unlink(missing_ok=True)
        macro = f'macro:///Standard.Orders.ObeyAll("{copy}","{told}","{answer}")'
        self._soffice(macro)
        return _grids(answer.read_text(encoding="utf-8"))


def _line(order: Order) -> str:
    parts: tuple[object, ...]
    match order:
        case Read():
            parts = ("read",)
        case DeleteRow(sheet, row):
            parts = ("delete", sheet, row)
        case Put(sheet, row, column, value):
            kind = "empty" if value is None else "text" if isinstance(value, str) else "number"
            parts = (kind, sheet, row, column, _encoded(value))
        case Sort(sheet, header, last, end, by, ascending, first):
            parts = ("sort", sheet, header, last, end, first, by, int(ascending))
        case Filter(sheet, header, last, end, by, text):
            parts = ("filter", sheet, header, last, end, 1, by, _encoded(text))
    return "\t".join(map(str, parts))


def _encoded(value: float | str | None) -> str:
    """Texts as numbers of characters, because Basic reads files in the system's encoding."""
    if isinstance(value, str):
        return ",".join(str(ord(character)) for character in value)
    return "" if value is None else str(value)


def _grids(answer: str) -> list[list[Grid]]:
    reads: list[list[Grid]] = []
    sheets: list[Grid] = []
    for line in answer.split("\n"):
        if line.startswith("sheet\t"):
            sheets.append([])
        elif line.startswith("failed\t"):
            raise AssertionError(line)
        elif line == "end":
            reads.append(sheets)
            sheets = []
        elif line:
            sheets[-1].append([_value(text) for text in line.split("\t")])
    return reads


def _value(text: str) -> Value:
    kind, rest = text[:1], text[1:]
    if kind == "n":
        return float(rest.replace(",", "."))
    return rest.replace("\x1f", "\n") if kind == "s" else "#error" if kind == "e" else ""
