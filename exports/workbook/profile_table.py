"""Columns and place of the table of areas, which every figure is computed from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from exports.workbook.book import Sheet

HEADER_ROW = 4
FIRST = HEADER_ROW + 1
TABLE_NAME = "Profile"


class Col(IntEnum):
    """The columns of the area table.

    The hidden ones stand between visible ones, so that sorting a selection of the visible
    ones sorts them too.
    """

    NUMBER = 1
    ID = 2
    DIMENSION_NUMBER = 3
    DIMENSION = 4
    AREA = 5
    EARLIER = 6
    LEVEL = 7
    TARGET = 8
    COUNTED_TARGET = 9
    GAP = 10
    WEIGHT = 11
    COUNTED_WEIGHT = 12
    WEIGHTED_GAP = 13
    STATE = 14
    TARGET_STATE = 15
    TARGET_DATE = 16
    SPONSOR = 17
    TARGET_REASON = 18
    CONFIDENCE = 19
    NOTE = 20
    EVIDENCE = 21
    ROADMAP = 22


@dataclass(frozen=True, slots=True)
class AreaTable:
    """Location of the table of areas, the source of every figure in the workbook.

    ``dimension_numbers`` are the keys of the dimensions in the table, from 1.
    """

    sheet: Sheet
    last: int
    dimension_numbers: dict[str, int]

    def span(self, column: Col) -> str:
        """All cells of a column, as seen from other sheets; in whatever order they stand."""
        return self.sheet.span(column, FIRST, self.last)
