"""Import of scores or targets from CSV: all rows or none; reports every faulty row."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import Fault, InvalidInput, Listed
from app.session.field_types.numbers import Level, WholeLevel
from app.session.field_types.texts import MAX_NOTE_LENGTH, NOTE_TOO_LONG
from app.session.fields import Field as TableField
from app.session.rating import RATING
from app.session.score_words import (
    DIMENSION,
    ID,
    SCORES,
    TARGETS,
    Vocabulary,
    folded,
    levels_by_word,
    says_no_value,
    says_not_applicable,
)
from app.session.session import Session
from app.words.texts import N_
from data.files import refusal
from data.sessions.score_cells import AreaNames, clean, is_clear, shortened, value_of
from data.sessions.score_file import MAX_BYTES, REFUSED, rows_of, score_text

_ONLY_TO_READ = (ID, DIMENSION)
"""Columns that help people; the id takes precedence over the area's name."""

MAX_ROWS = 5_000
MOST_COLUMNS = 100
"""A header with more is not looked at name by name."""
MAX_FAULTS = 200

__all__ = [
    "MAX_BYTES", "MAX_ROWS", "ScoresRead", "Wanted", "columns", "read_scores", "read_target_file",
]  # fmt: skip

Wanted = dict[tuple[str | None, str], object]


@dataclass(frozen=True, slots=True)
class _Layout:
    """A kind of file: its words, the columns it needs, and if it is about targets only."""

    vocabulary: Vocabulary
    required: tuple[str, ...]
    only_targets: bool = False

    def fields(self) -> dict[str, TableField]:
        """Column to field, besides the column of the area."""
        return {
            known.csv_column: known
            for known in RATING.fields.values()
            if known.csv_column
            and (not self.only_targets or known.csv_column in self.vocabulary.headings)
        }

    def columns(self) -> tuple[str, ...]:
        """All columns that a file may have."""
        return ("area", *self.fields())

    def headed(self, *names: str) -> Listed:
        """Columns by the headings they have in the reader's language."""
        return Listed(self.vocabulary.headings.get(name, name) for name in names)


_SCORES = _Layout(SCORES, ("area", "level"))
_TARGETS = _Layout(TARGETS, ("area",), only_targets=True)


def columns() -> tuple[str, ...]:
    """All columns that score CSV may have."""
    return _SCORES.columns()


@dataclass(frozen=True, slots=True)
class ScoresRead:
    """The changes in a file, and how many rows it has; see :func:`read_score_file`.

    ``is_guessed`` if the encoding of the file could only be assumed.
    """

    wanted: Wanted
    rows: int
    is_guessed: bool


def read_scores(path: Path, session: Session) -> Wanted:
    """The changes of :func:`read_score_file` alone."""
    return read_score_file(path, session).wanted


def read_score_file(path: Path, session: Session) -> ScoresRead:
    """Parse a file into changes for ``Workshop.change_all``; changes nothing itself.

    Keys are area id and field, values are legal for the session's scale. Columns are
    :func:`columns`, of which those of area and level must be there, in any order, separated by
    semicolon, comma or tab, under any heading of ``score_words``. Raises ``InvalidFile`` with all
    faults, each with its line and column; ``StorageUnavailable`` if the file cannot be read.
    """
    return _read(path, session, _SCORES)


def read_target_file(path: Path, session: Session) -> ScoresRead:
    """Like :func:`read_score_file`, for a file of targets: level, date, reason and sponsor."""
    return _read(path, session, _TARGETS)


def _read(path: Path, session: Session, layout: _Layout) -> ScoresRead:
    file = score_text(path)
    reader = _Reader(file.text, session, layout)
    wanted = reader.read()
    if reader.faults:
        raise refusal(REFUSED, path, *reader.faults, most=MAX_FAULTS)
    return ScoresRead(wanted, reader.rows, file.is_guessed)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row that has a cell for each column; ``line`` is where it begins in the file."""

    line: int
    cells: Mapping[str, str]
    cleared: frozenset[str] = frozenset()
    """Columns whose cell resets the field; an empty cell leaves it unchanged."""

    def cell(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def area(self) -> str:
        return self.cell(ID) or self.cell("area")


@dataclass
class _Reader:
    """One pass over the rows that collects values and faults."""

    text: str
    session: Session
    layout: _Layout
    faults: list[Fault] = field(default_factory=list)
    rows: int = 0
    _headings: dict[str, str] = field(default_factory=dict)
    _levels: dict[str, str] = field(default_factory=dict)

    def read(self) -> Wanted:
        wanted: Wanted = {}
        names = AreaNames(self.session.model)
        self._levels = levels_by_word(self.session.model)
        line_of_area: dict[str, int] = {}
        for row in self._rows():
            area_id = self._area(row, names, line_of_area)
            values = self._values(row, area_id)
            if area_id is not None:
                wanted |= {(area_id, name): value for name, value in values.items()}
        return wanted

    def _say(self, line: int, column: str, template: str, /, **values: object) -> None:
        shown = self._headings.get(column, column)
        self.faults.append(Fault(template, line, shown, tuple(values.items())))

    # ---- lines and columns -------------------------------------------------------------------

    def _rows(self) -> Iterator[_Row]:
        lines = self._lines()
        line, header = next(lines, (0, []))
        if not header and not self.faults:
            self._say(0, "", N_("The file has no header line: all of its cells are empty."))
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
            self.rows = count
            if row is not None:
                yield row
        if not count and not self.faults:
            self._say(0, "", N_("The file has a header line but no rows."))

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        """Non-blank rows, each with the number of its first line."""
        return rows_of(self.text, self.layout.vocabulary, self._say_broken)

    def _say_broken(self, line: int, error: csv.Error) -> None:
        if "field limit" in str(error):
            self._say(line, "", NOTE_TOO_LONG, most=MAX_NOTE_LENGTH)
            return
        # strict: a quotation mark in the middle of a cell, or one that never closes and would
        # otherwise swallow the rest of the file
        self._say(
            line, "", N_("A quotation mark is missing or too much in the row that begins here.")
        )

    def _columns(self, line: int, header: Sequence[str]) -> list[str] | None:
        """Names of the columns; ``None`` if the header is faulty."""
        names = [self.layout.vocabulary.column_of(cell) for cell in header]
        while names and not names[-1]:
            names.pop()
        if len(names) > MOST_COLUMNS:
            self._say(
                line,
                "",
                N_("The header has {count} columns. Possible columns: {known}."),
                count=len(names),
                known=self.layout.headed(*self.layout.columns()),
            )
            return None
        for position, name in enumerate(names):
            self._check_column(line, name, names[:position], header[position])
        for name in self.layout.required:
            if name not in names and not (name == "area" and ID in names):
                self._say(
                    line,
                    "",
                    N_("The column “{column}” is missing."),
                    column=self.layout.headed(name),
                )
        if self.faults:
            return None
        typed = (shortened(clean(cell)) for cell in header)
        self._headings = dict(zip(names, typed, strict=False))
        return names

    def _check_column(self, line: int, name: str, before: Sequence[str], typed: str) -> None:
        known = (*self.layout.columns(), *_ONLY_TO_READ)
        shown = shortened(clean(typed))
        if not name:
            self._say(line, "", N_("A column between others has no name."))
        elif name in before:
            self._say(line, "", N_("The column “{column}” appears twice."), column=shown)
        elif name not in known:
            self._say_unknown(line, name, shown)

    def _say_unknown(self, line: int, name: str, shown: str) -> None:
        vocabulary = self.layout.vocabulary
        words = (*self.layout.columns(), *vocabulary.headings_known())
        close = difflib.get_close_matches(name, words, 1)
        close = close or difflib.get_close_matches(name.replace("_", " "), words, 1)
        if close:
            self._say(
                line,
                "",
                N_("The column “{column}” is not known. Did you mean “{close}”?"),
                column=shown,
                close=self.layout.headed(vocabulary.column_of(close[0])),
            )
        else:
            self._say(
                line,
                "",
                N_("The column “{column}” is not known. Possible columns: {known}."),
                column=shown,
                known=self.layout.headed(*self.layout.columns()),
            )

    def _row(self, line: int, columns: Sequence[str], cells: Sequence[str]) -> _Row | None:
        if any(clean(cell) for cell in cells[len(columns) :]):
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
        # Excel leaves out the last cells of rows where they are empty.
        pairs = list(zip(columns, cells, strict=False))
        return _Row(
            line,
            {column: clean(cell) for column, cell in pairs},
            frozenset(column for column, cell in pairs if is_clear(cell)),
        )

    # ---- cells -------------------------------------------------------------------------------

    def _area(self, row: _Row, names: AreaNames, line_of_area: dict[str, int]) -> str | None:
        try:
            area_id = names.area_id(row.area)
        except InvalidInput as error:
            self._say(row.line, "area", error.template, **error.values)
            return None
        if area_id in line_of_area:
            self._say(
                row.line,
                "area",
                N_("“{area}” is in line {line} already; each area may appear only once."),
                area=shortened(row.area),
                line=line_of_area[area_id],
            )
        line_of_area.setdefault(area_id, row.line)
        return area_id

    def _values(self, row: _Row, area_id: str | None) -> dict[str, object]:
        values: dict[str, object] = {}
        for column, known in self.layout.fields().items():
            cell = self._meant(row, column, known)
            if column in row.cleared:
                values[known.name] = known.default
            elif cell:
                try:
                    values[known.name] = value_of(cell, known, self.session)
                except InvalidInput as error:
                    self._say(row.line, column, error.template, **error.values)
        if values.get("level") is not None:
            self._make_applicable(row, area_id, values)
        return values

    def _meant(self, row: _Row, column: str, known: TableField) -> str:
        """The cell; the words of our window for a level, or for none, as what they mean."""
        cell = row.cell(column)
        if not isinstance(known.type, Level | WholeLevel):
            return "" if says_no_value(cell) and column == "confidence" else cell
        is_out = says_not_applicable(cell) and row.cell("not_applicable_reason")
        return "" if says_no_value(cell) or is_out else self._levels.get(folded(cell), cell)

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
