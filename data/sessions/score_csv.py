"""Import of scores from CSV: all rows or none; reports every faulty row."""

from __future__ import annotations

import codecs
import csv
import difflib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import Fault, InvalidInput
from app.session.field_types import MAX_NOTE_LENGTH, NOTE_TOO_LONG
from app.session.fields import Field as TableField
from app.session.rating import RATING
from app.session.session import Session
from app.words.texts import N_
from data.files import decode_text, read_bytes, refusal
from data.sessions.score_cells import AreaNames, clean, folded, shortened, value_of

REQUIRED_COLUMNS = ("area", "level")
DELIMITERS = (";", ",", "\t")
CLEAR = "-"
"""A cell that resets the field; an empty cell leaves it unchanged."""

MAX_BYTES = 1_000_000
MAX_ROWS = 5_000
MAX_FAULTS = 200

REFUSED = N_("{file} was not imported; nothing was changed.")

Wanted = dict[tuple[str | None, str], object]


def fields_by_column() -> dict[str, TableField]:
    """Column to field, besides the column of the area."""
    return {known.csv_column: known for known in RATING.fields.values() if known.csv_column}


def columns() -> tuple[str, ...]:
    """All columns that a file may have."""
    return ("area", *fields_by_column())


def read_scores(path: Path, session: Session) -> Wanted:
    """Parse a file into changes for ``Workshop.change_all``; changes nothing itself.

    Keys are area id and field, values are legal for the session's scale. Columns are
    :func:`columns`, of which ``REQUIRED_COLUMNS`` must be there, in any order, separated by
    semicolon, comma or tab. Raises ``InvalidFile`` with all faults, each with its line and
    column; ``StorageUnavailable`` if the file cannot be read.
    """
    reader = _Reader(_text_of(path), session)
    wanted = reader.read()
    if reader.faults:
        raise refusal(REFUSED, path, *reader.faults, most=MAX_FAULTS)
    return wanted


@dataclass(frozen=True, slots=True)
class _Row:
    """One row that has a cell for each column; ``line`` is where it begins in the file."""

    line: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass
class _Reader:
    """One pass over the rows that collects values and faults."""

    text: str
    session: Session
    faults: list[Fault] = field(default_factory=list)

    def read(self) -> Wanted:
        wanted: Wanted = {}
        names = AreaNames(self.session.model)
        line_of_area: dict[str, int] = {}
        for row in self._rows():
            area_id = self._area(row, names, line_of_area)
            values = self._values(row, area_id)
            if area_id is not None:
                wanted |= {(area_id, name): value for name, value in values.items()}
        return wanted

    def _say(self, line: int, column: str, template: str, /, **values: object) -> None:
        self.faults.append(Fault(template, line, column, tuple(values.items())))

    # ---- lines and columns -------------------------------------------------------------------

    def _rows(self) -> Iterator[_Row]:
        lines = self._lines()
        line, header = next(lines, (0, []))
        columns = self._columns(line, header) if header else None
        if columns is None:
            return
        count = 0
        for count, (line, cells) in enumerate(lines, start=1):
            if count > MAX_ROWS:
                self._say(
                    line, "", N_("The file has more than {most} rows. Split it."), most=MAX_ROWS
                )
                return
            row = self._row(line, columns, cells)
            if row is not None:
                yield row
        if not count and not self.faults:
            self._say(0, "", N_("The file has a header line but no rows."))

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        """Non-blank rows, each with the number of its first line."""
        stream = io.StringIO(self.text, newline="")
        reader = csv.reader(stream, delimiter=_delimiter(self.text), strict=True)
        begins = 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield begins, cells
                begins = reader.line_num + 1
        except csv.Error as error:
            if "field limit" in str(error):
                self._say(begins, "", NOTE_TOO_LONG, most=MAX_NOTE_LENGTH)
                return
            # strict: a quotation mark in the middle of a cell, or one that never closes and
            # would otherwise swallow the rest of the file
            self._say(
                begins,
                "",
                N_("A quotation mark is missing or too much in the row that begins here."),
            )

    def _columns(self, line: int, header: Sequence[str]) -> list[str] | None:
        """Names of the columns; ``None`` if the header is faulty."""
        names = [folded(cell).replace(" ", "_") for cell in header]
        while names and not names[-1]:
            names.pop()
        for position, name in enumerate(names):
            self._check_column(line, name, names[:position])
        for name in REQUIRED_COLUMNS:
            if name not in names:
                self._say(line, "", N_("The column “{column}” is missing."), column=name)
        return None if self.faults else names

    def _check_column(self, line: int, name: str, before: Sequence[str]) -> None:
        close = difflib.get_close_matches(name, columns(), 1)
        shown = shortened(name)
        if not name:
            self._say(line, "", N_("A column between others has no name."))
        elif name in before:
            self._say(line, "", N_("The column “{column}” appears twice."), column=shown)
        elif name not in columns() and close:
            self._say(
                line,
                "",
                N_("The column “{column}” is not known. Did you mean “{close}”?"),
                column=shown,
                close=close[0],
            )
        elif name not in columns():
            self._say(
                line,
                "",
                N_("The column “{column}” is not known. Possible columns: {known}."),
                column=shown,
                known=", ".join(columns()),
            )

    def _row(self, line: int, columns: Sequence[str], cells: Sequence[str]) -> _Row | None:
        surplus = [cell for cell in cells[len(columns) :] if cell.strip()]
        if surplus or len(cells) < len(columns):
            # A surplus cell is usually a decimal comma in a comma-separated file.
            self._say(
                line,
                "",
                N_(
                    "The row has {cells} cells, the header has {columns}."
                    " A cell that holds the separator needs quotation marks."
                ),
                cells=len(cells),
                columns=len(columns),
            )
            return None
        pairs = zip(columns, cells, strict=False)
        return _Row(line, {column: clean(cell) for column, cell in pairs})

    # ---- cells -------------------------------------------------------------------------------

    def _area(self, row: _Row, names: AreaNames, line_of_area: dict[str, int]) -> str | None:
        try:
            area_id = names.area_id(row.cell("area"))
        except InvalidInput as error:
            self._say(row.line, "area", error.template, **error.values)
            return None
        if area_id in line_of_area:
            self._say(
                row.line,
                "area",
                N_("“{area}” is in line {line} already; each area may appear only once."),
                area=shortened(row.cell("area")),
                line=line_of_area[area_id],
            )
        line_of_area.setdefault(area_id, row.line)
        return area_id

    def _values(self, row: _Row, area_id: str | None) -> dict[str, object]:
        values: dict[str, object] = {}
        for column, known in fields_by_column().items():
            cell = row.cell(column)
            if cell == CLEAR:
                values[known.name] = known.default
            elif cell:
                try:
                    values[known.name] = value_of(cell, known, self.session)
                except InvalidInput as error:
                    self._say(row.line, column, error.template, **error.values)
        if values.get("level") is not None:
            self._make_applicable(row, area_id, values)
        return values

    def _make_applicable(self, row: _Row, area_id: str | None, values: dict[str, object]) -> None:
        """Let a level make the area applicable; a reason in the same row contradicts it."""
        if values.get("not_applicable") is not None:
            self._say(
                row.line,
                "not_applicable_reason",
                N_(
                    "The row has a level and a reason why the area does not apply;"
                    " please keep one of them."
                ),
            )
        elif area_id is not None and not self.session.rating(area_id).is_applicable:
            values["not_applicable"] = None


# ---- the file --------------------------------------------------------------------------------


def _delimiter(text: str) -> str:
    """Detect the separator: the one that yields most known columns in the header.

    ``csv.Sniffer`` guesses from the rows, wrongly if notes are long.
    """
    header = next((line for line in text.splitlines() if line.strip()), "")

    def known_columns(delimiter: str) -> int:
        names = (folded(cell.strip(' "')).replace(" ", "_") for cell in header.split(delimiter))
        return sum(name in columns() for name in names)

    return max(DELIMITERS, key=lambda delimiter: (known_columns(delimiter), delimiter in header))


def _text_of(path: Path) -> str:
    content = read_bytes(path, REFUSED, MAX_BYTES)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        fault = Fault(N_("The file is in UTF-16. Please save it as CSV UTF-8."))
        raise refusal(REFUSED, path, fault)
    return decode_text(content, path, REFUSED)
