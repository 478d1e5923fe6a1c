"""Hidden lists of the comparison: what its sentences and charts read.

Every row finds its area in the table by the area's number, so no sort of that table changes
anything here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from app.comparison.comparison import AreaOverTime
from app.session.rating import Rating
from exports.workbook.book import DASH, Sheet, fixed, here, literal, live, mark, shown
from exports.workbook.compared import AreaKey, Compared, NamedArea, key_of
from exports.workbook.comparison_table import AREA, NUMBER, ComparisonTable
from exports.workbook.lists_sheet import FIRST
from exports.workbook.styles import BODY

MOST_NAMED = 24
"""Areas that a list in words names; of more it says how many."""


class ListCol(IntEnum):
    """The columns of the lists, beyond those of the other sheets."""

    NUMBER = 46
    ROW = 47
    DIFFERENCE = 48
    MOVED = 49
    RISEN = 50
    FALLEN = 51
    OPEN = 52
    RISEN_WORDS = 53
    FALLEN_WORDS = 54
    OPEN_WORDS = 55
    AXIS = 56
    AXIS_MEANS = 57
    PART = 63
    PART_BASE = 64
    PART_TOTAL = 65
    PART_UP = 66
    PART_DOWN = 67
    PART_FLAT = 68
    PART_EDGE = 69
    STAGE = 70
    PART_NAME = 75
    DATE = 76
    TREND = 77


@dataclass(frozen=True, slots=True)
class Named:
    """A list of areas in words: a formula and its result, and an expression for their number."""

    words: tuple[str, str]
    count: str
    known: int


@dataclass(frozen=True, slots=True)
class ComparisonLists:
    """Areas that moved, in words; ``risen`` and ``fallen`` are absent where the grade forbids."""

    sheet: Sheet
    risen: Named | None
    fallen: Named | None
    newly_open: Named


def write_comparison_lists(
    sheet: Sheet, compared: Compared, table: ComparisonTable
) -> ComparisonLists:
    """Fill the columns on the sheet of lists, one row per area."""
    _write_heads(sheet, compared, table)
    comparison = compared.comparison
    places = {
        ListCol.RISEN: _places(comparison.risen),
        ListCol.FALLEN: _places(comparison.fallen),
        ListCol.OPEN: _places(comparison.newly_open),
    }
    for row, named in enumerate(compared.areas, FIRST):
        unique = key_of(named.area)
        sheet.number(row, ListCol.NUMBER, named.number, BODY)
        key = here(row, ListCol.NUMBER)
        found = f"MATCH({key},{table.span(NUMBER)},0)"
        sheet.formula(row, ListCol.ROW, found, row - FIRST + 1, BODY)
        _write_area(sheet, compared, table, row, named)
        if table.has_differences:
            for column, sign in ((ListCol.RISEN, ">"), (ListCol.FALLEN, "<")):
                _write_rank(sheet, table, column, row, sign, places[column].get(unique))
        _write_open(sheet, compared, table, row, places[ListCol.OPEN].get(unique))
    lists = [
        _write_words(sheet, compared, table, columns, moved)
        for columns, moved in (
            ((ListCol.RISEN, ListCol.RISEN_WORDS), comparison.risen),
            ((ListCol.FALLEN, ListCol.FALLEN_WORDS), comparison.fallen),
            ((ListCol.OPEN, ListCol.OPEN_WORDS), comparison.newly_open),
        )
        if table.has_differences or columns[0] is ListCol.OPEN
    ]
    if not table.has_differences:
        return ComparisonLists(sheet, None, None, *lists)
    return ComparisonLists(sheet, *lists)


def _write_heads(sheet: Sheet, compared: Compared, table: ComparisonTable) -> None:
    tr = compared.tr
    heads = {
        ListCol.NUMBER: tr.gettext("No."),
        ListCol.ROW: tr.gettext("Row of the table"),
        ListCol.MOVED: tr.gettext("Area"),
        ListCol.OPEN: tr.gettext("Newly open"),
    }
    if table.has_differences:
        heads |= {
            ListCol.DIFFERENCE: tr.gettext("Difference"),
            ListCol.RISEN: tr.gettext("Risen"),
            ListCol.FALLEN: tr.gettext("Fallen"),
        }
    for column, head in heads.items():
        sheet.write_label(1, column, head)


def _places(areas: Sequence[AreaOverTime]) -> dict[AreaKey, int]:
    return {key_of(area): place for place, area in enumerate(areas, 1)}


def _span(sheet: Sheet, table: ComparisonTable, column: ListCol) -> str:
    return f"{fixed(FIRST, column)}:{fixed(FIRST + table.areas - 1, column)}"


# ---- a row ------------------------------------------------------------------------------------


def _write_area(
    sheet: Sheet, compared: Compared, table: ComparisonTable, row: int, named: NamedArea
) -> None:
    """Difference and name of an area, the latter with both levels where it has a difference."""
    at = here(row, ListCol.ROW)

    def cell(column: int) -> str:
        return f"INDEX({table.span(column)},{at})"

    name, area = named.name, named.area
    if not table.has_differences:
        sheet.formula(row, ListCol.MOVED, f"IFERROR({cell(AREA)},{DASH})", name, BODY)
        return
    own = cell(table.difference)
    found = f"IFERROR(IF(ISNUMBER({own}),{own},{DASH}),{DASH})"
    sheet.formula(row, ListCol.DIFFERENCE, found, shown(area.difference), BODY)
    levels = f'" "&{cell(table.before)}&{literal(compared.between)}&{cell(table.latest)}'
    by = here(row, ListCol.DIFFERENCE)
    words = f'IFERROR({cell(AREA)}&IF(ISNUMBER({by}),{levels},""),{DASH})'
    result = name
    if area.difference is not None:
        before, now = (_number(compared, rating) for rating in area.ratings[-2:])
        result = f"{name} {before}{compared.between}{now}"
    sheet.formula(row, ListCol.MOVED, words, result, BODY)


def _number(compared: Compared, rating: Rating | None) -> str:
    return compared.tr.number(None if rating is None else rating.level)


def _write_rank(
    sheet: Sheet, table: ComparisonTable, column: ListCol, row: int, sign: str, place: int | None
) -> None:
    """Place among the areas that rose, or fell: widest first, then in model order."""
    others, numbers = (_span(sheet, table, c) for c in (ListCol.DIFFERENCE, ListCol.NUMBER))
    own, number = here(row, ListCol.DIFFERENCE), here(row, ListCol.NUMBER)
    before = f"(({others}{sign}{own})+({others}={own})*({numbers}<{number}))"
    formula = f"IF(N({own}){sign}0,1+SUMPRODUCT(ISNUMBER({others})*{before}),{DASH})"
    sheet.formula(row, column, formula, shown(place), BODY)


def _write_open(
    sheet: Sheet, compared: Compared, table: ComparisonTable, row: int, place: int | None
) -> None:
    """Place among the areas that had a level before and are open now, in model order."""
    at = here(row, ListCol.ROW)
    columns = (table.span(table.level(n)) for n in range(table.sessions - 1))
    earlier = ",".join(f"INDEX({span},{at})" for span in columns)
    is_open = f"INDEX({table.span(table.latest)},{at})={literal(compared.open)}"
    above = f"{fixed(1, ListCol.OPEN)}:{here(row - 1, ListCol.OPEN)}"
    formula = f"IFERROR(IF(AND({is_open},COUNT({earlier})>0),MAX({above})+1,{DASH}),{DASH})"
    sheet.formula(row, ListCol.OPEN, formula, shown(place), BODY)


# ---- lists in words ---------------------------------------------------------------------------


def _write_words(
    sheet: Sheet,
    compared: Compared,
    table: ComparisonTable,
    columns: tuple[ListCol, ListCol],
    moved: Sequence[AreaOverTime],
) -> Named:
    """The names one after the other, each cell with one more than the cell above it."""
    tr = compared.tr
    places, words = columns
    span, names = (_span(sheet, table, column) for column in (places, ListCol.MOVED))
    listed = ""
    named = min(MOST_NAMED, table.areas)
    for place in range(1, named + 1):
        row = FIRST + place - 1
        name = f"INDEX({names},MATCH({place},{span},0))"
        above = f'{here(row - 1, words)}&""' if place > 1 else '""'
        longer = name if place == 1 else f'{here(row - 1, words)}&"; "&{name}'
        if place <= len(moved):
            text = _moved_words(compared, table, moved[place - 1])
            listed = f"{listed}; {text}" if listed else text
        sheet.formula(
            row, words, f"IF(ISNUMBER(MATCH({place},{span},0)),{longer},{above})", listed, BODY
        )
    count = f"COUNT({sheet.span(places, FIRST, FIRST + table.areas - 1)})"
    last = sheet.at(FIRST + named - 1, words)
    nothing = tr.gettext("none")
    more = live(tr.gettext("; and {n} more", n=mark(0)), f"{count}-{MOST_NAMED}")
    formula = f'IF({count}=0,{literal(nothing)},{last}&IF({count}>{MOST_NAMED},{more},""))'
    result = listed or nothing
    if len(moved) > MOST_NAMED:
        result += tr.gettext("; and {n} more", n=len(moved) - MOST_NAMED)
    return Named((formula, result), count, len(moved))


def _moved_words(compared: Compared, table: ComparisonTable, area: AreaOverTime) -> str:
    name = compared.names[key_of(area)]
    if not table.has_differences or area.difference is None:
        return name
    before, now = (_number(compared, rating) for rating in area.ratings[-2:])
    return f"{name} {before}{compared.between}{now}"
