"""Reads scores from a CSV file: all rows or none, and every faulty row is named."""

from __future__ import annotations

import codecs
import csv
import difflib
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from app.errors import Fault
from app.model.maturity_model import MaturityModel
from app.session.field_types import MAX_NOTE_LENGTH, MAX_WEIGHT
from app.session.rating import DEFAULT_WEIGHT, Confidence
from app.session.session import Session
from app.words.characters import first_unprintable, replace_unprintable
from app.words.texts import N_
from data.files import decode_text, read_bytes, refusal

COLUMNS = (
    "area", "level", "target", "weight", "confidence", "note", "not_applicable_reason",
)  # fmt: skip
REQUIRED_COLUMNS = ("area", "level")
DELIMITERS = (";", ",", "\t")
CLEAR = "-"
"""A cell that takes back what is there; an empty cell leaves it as it is."""

MAX_BYTES = 1_000_000
MAX_ROWS = 5_000
MAX_FAULTS = 200

REFUSED = N_("{file} was not imported; nothing was changed.")
_TOO_LONG = N_("A reason can have at most {most} characters. Attach longer texts as a file.")

Wanted = dict[tuple[str | None, str], object]

_NUMBER = re.compile(r"[+\-\N{MINUS SIGN}]?[0-9]{1,6}([.,][0-9]{1,20})?")
_GUARD = re.compile(r"'[=+\-@\t\r]")


def read_scores(path: Path, session: Session) -> Wanted:
    """What the file wants of the session, for ``Workshop.change_all``; nothing is changed here.

    Keys are area id and field, values are legal for the session's scale. Columns are
    ``COLUMNS``, of which ``REQUIRED_COLUMNS`` must be there, in any order, separated by
    semicolon, comma or tab. Raises ``InvalidFile`` with all faults, each with its line and
    column; ``StorageUnavailable`` where the system does not let us read the file.
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


class _Rejected(Exception):
    """The cell cannot be taken; carries the sentence that says why."""

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template)
        self.template = template
        self.values = values


@dataclass
class _Reader:
    """Goes through the rows and collects what is wanted and what is wrong."""

    text: str
    session: Session
    faults: list[Fault] = field(default_factory=list)

    def read(self) -> Wanted:
        wanted: Wanted = {}
        names = _AreaNames(self.session.model)
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
        """Each row that is not blank, with the number of the line it begins in."""
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
                self._say(begins, "", _TOO_LONG, most=MAX_NOTE_LENGTH)
                return
            # strict: a quotation mark in the middle of a cell, or one that never closes and
            # would otherwise swallow the rest of the file
            self._say(
                begins,
                "",
                N_("A quotation mark is missing or too much in the row that begins here."),
            )

    def _columns(self, line: int, header: Sequence[str]) -> list[str] | None:
        """The columns by name; ``None`` where they are not as they must be."""
        names = [_folded(cell).replace(" ", "_") for cell in header]
        while names and not names[-1]:
            names.pop()
        for position, name in enumerate(names):
            self._check_column(line, name, names[:position])
        for name in REQUIRED_COLUMNS:
            if name not in names:
                self._say(line, "", N_("The column “{column}” is missing."), column=name)
        return None if self.faults else names

    def _check_column(self, line: int, name: str, before: Sequence[str]) -> None:
        close = difflib.get_close_matches(name, COLUMNS, 1)
        shown = _shortened(name)
        if not name:
            self._say(line, "", N_("A column between others has no name."))
        elif name in before:
            self._say(line, "", N_("The column “{column}” appears twice."), column=shown)
        elif name not in COLUMNS and close:
            self._say(
                line,
                "",
                N_("The column “{column}” is not known. Did you mean “{close}”?"),
                column=shown,
                close=close[0],
            )
        elif name not in COLUMNS:
            self._say(
                line,
                "",
                N_("The column “{column}” is not known. Possible columns: {known}."),
                column=shown,
                known=", ".join(COLUMNS),
            )

    def _row(self, line: int, columns: Sequence[str], cells: Sequence[str]) -> _Row | None:
        surplus = [cell for cell in cells[len(columns) :] if cell.strip()]
        if surplus or len(cells) < len(columns):
            # One cell too many is mostly a decimal comma in a file that separates by commas.
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
        return _Row(line, {column: _clean(cell) for column, cell in pairs})

    # ---- cells -------------------------------------------------------------------------------

    def _area(self, row: _Row, names: _AreaNames, line_of_area: dict[str, int]) -> str | None:
        try:
            area_id = names.area_id(row.cell("area"))
        except _Rejected as rejected:
            self._say(row.line, "area", rejected.template, **rejected.values)
            return None
        if area_id in line_of_area:
            self._say(
                row.line,
                "area",
                N_("“{area}” is in line {line} already; each area may appear only once."),
                area=_shortened(row.cell("area")),
                line=line_of_area[area_id],
            )
        line_of_area.setdefault(area_id, row.line)
        return area_id

    def _values(self, row: _Row, area_id: str | None) -> dict[str, object]:
        values: dict[str, object] = {}
        for column, (name, cleared, convert) in self._converters().items():
            cell = row.cell(column)
            if cell == CLEAR:
                values[name] = cleared
            elif cell:
                try:
                    values[name] = convert(cell)
                except _Rejected as rejected:
                    self._say(row.line, column, rejected.template, **rejected.values)
        if values.get("level") is not None:
            self._make_applicable(row, area_id, values)
        return values

    def _make_applicable(self, row: _Row, area_id: str | None, values: dict[str, object]) -> None:
        """A level says that the area applies; a reason why it does not contradicts it."""
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

    def _converters(self) -> dict[str, tuple[str, object, Callable[[str], object]]]:
        """Column to field, value when cleared, and how a cell is read."""
        return {
            "level": ("level", None, self._level),
            "target": ("target", None, self._target),
            "weight": ("weight", DEFAULT_WEIGHT, _weight),
            "confidence": ("confidence", None, _confidence),
            "note": ("note", "", _note),
            "not_applicable_reason": ("not_applicable", None, _note),
        }

    def _level(self, cell: str) -> Fraction:
        level = self._on_scale(cell)
        if level.denominator == 1:
            return level
        if not self.session.half_levels:
            raise _Rejected(
                N_("This session allows whole levels only. Please enter a whole number.")
            )
        if level.denominator != 2:
            raise _Rejected(N_("A level is a whole number or a half, such as 3 or 3.5."))
        return level

    def _target(self, cell: str) -> int:
        target = self._on_scale(cell)
        if target.denominator != 1:
            raise _Rejected(N_("A target is a whole level."))
        return target.numerator

    def _on_scale(self, cell: str) -> Fraction:
        model = self.session.model
        level = _number(cell)
        scale = {"lowest": model.lowest_level, "highest": model.highest_level}
        if level is None:
            raise _Rejected(
                N_("“{text}” is not a level. Levels run from {lowest} to {highest}."),
                text=_shortened(cell),
                **scale,
            )
        if not model.lowest_level <= level <= model.highest_level:
            raise _Rejected(
                N_("Level {level} is not on the scale from {lowest} to {highest}."),
                level=_shortened(cell),
                **scale,
            )
        return level


class _AreaNames:
    """Finds an area by its id, or by a label or name that only one area has."""

    def __init__(self, model: MaturityModel) -> None:
        self._by_id = {_folded(area.id): area.id for area in model.areas}
        self._by_name: dict[str, set[str]] = {}
        for area in model.areas:
            for text in (area.label, area.name):
                for _, name in text.by_language:
                    self._by_name.setdefault(_folded(name), set()).add(area.id)

    def area_id(self, cell: str) -> str:
        """The id of the area that is meant."""
        key = _folded(cell)
        if not key:
            raise _Rejected(N_("The area is missing."))
        if key in self._by_id:
            return self._by_id[key]
        named = self._by_name.get(key, set())
        if len(named) == 1:
            return next(iter(named))
        if named:
            raise _Rejected(
                N_("“{area}” is the name of several areas. Please use one of the ids: {ids}."),
                area=_shortened(cell),
                ids=", ".join(sorted(named)),
            )
        close = difflib.get_close_matches(key, [*self._by_id, *self._by_name], 1)
        if close:
            raise _Rejected(
                N_("The model has no area “{area}”. Did you mean “{close}”?"),
                area=_shortened(cell),
                close=self._by_id.get(close[0], self._id_for(close[0])),
            )
        raise _Rejected(N_("The model has no area “{area}”."), area=_shortened(cell))

    def _id_for(self, name: str) -> str:
        return min(self._by_name.get(name, {name}))


# ---- values ----------------------------------------------------------------------------------


def _weight(cell: str) -> Fraction:
    weight = _number(cell)
    if weight is None or not 0 < weight <= MAX_WEIGHT:
        raise _Rejected(N_("A weight is greater than 0 and at most {most}."), most=MAX_WEIGHT)
    return weight


def _confidence(cell: str) -> Confidence:
    try:
        return Confidence(_folded(cell))
    except ValueError:
        known = ", ".join(confidence.value for confidence in Confidence)
        raise _Rejected(
            N_("“{text}” is not a confidence. Possible values: {known}."),
            text=_shortened(cell),
            known=known,
        ) from None


def _note(cell: str) -> str:
    if len(cell) > MAX_NOTE_LENGTH:
        raise _Rejected(_TOO_LONG, most=MAX_NOTE_LENGTH)
    code = first_unprintable(cell)
    if code:
        raise _Rejected(
            N_("The invisible control character {code} is not allowed in a text."), code=code
        )
    return cell


def _number(cell: str) -> Fraction | None:
    """The exact number in a cell; ``float`` would also take ``1_0``, ``nan`` and ``1e3``."""
    digits = unicodedata.normalize("NFKC", cell)
    if not _NUMBER.fullmatch(digits):
        return None
    return Fraction(digits.replace(",", ".").replace("\N{MINUS SIGN}", "-"))


def _clean(cell: str) -> str:
    """The cell as text: without the guard of a spreadsheet export, outer blanks and odd forms."""
    text = cell[1:] if _GUARD.match(cell) else cell
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return unicodedata.normalize("NFC", text)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _shortened(text: str, most: int = 60) -> str:
    plain = " ".join(replace_unprintable(text).split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"


# ---- the file --------------------------------------------------------------------------------


def _delimiter(text: str) -> str:
    """The separator that finds most of our columns in the header line.

    The standard library's sniffer guesses from the rows, and wrongly where notes are long.
    """
    header = next((line for line in text.splitlines() if line.strip()), "")

    def known_columns(delimiter: str) -> int:
        names = (_folded(cell.strip(' "')).replace(" ", "_") for cell in header.split(delimiter))
        return sum(name in COLUMNS for name in names)

    return max(DELIMITERS, key=lambda delimiter: (known_columns(delimiter), delimiter in header))


def _text_of(path: Path) -> str:
    content = read_bytes(path, REFUSED, MAX_BYTES)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        fault = Fault(N_("The file is in UTF-16. Please save it as CSV UTF-8."))
        raise refusal(REFUSED, path, fault)
    return decode_text(content, path, REFUSED)
