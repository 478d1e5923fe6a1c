"""Columns and place of the table of steps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from exports.workbook.book import Sheet, literal

TABLE_NAME = "GapsAndRoadmap"
HEADER_ROW = 4
FIRST = HEADER_ROW + 1


class Col(IntEnum):
    """The columns of the table of steps; hidden ones stand between visible ones, for sorting."""

    ORDER = 1
    STEP_ID = 2
    AREA_NUMBER = 3
    OPEN = 4
    DIMENSION = 5
    AREA = 6
    FROM = 7
    TO = 8
    TITLE = 9
    PERIOD = 10
    QUARTERS = 11
    START = 12
    END = 13
    DEMAND = 14
    EFFORT = 15
    LOW = 16
    HIGH = 17
    COST = 18
    COST_DEMAND = 19
    TEAM = 20
    OWNER = 21
    APPROVAL = 22
    STATUS = 23
    DUE = 24
    WHY_LATER = 25
    GAP = 26
    BENEFIT = 27
    PRIORITY = 28
    THEN_TRUE = 29
    OUTCOME = 30
    KPI = 31
    ACTIONS = 32
    NEEDS = 33
    STILL_NEEDED = 34
    PLACE = 35
    COMMENT = 36


@dataclass(frozen=True, slots=True)
class StepTable:
    """Location of the table of steps."""

    sheet: Sheet
    last: int

    def span(self, column: Col) -> str:
        """All cells of a column, as seen from other sheets."""
        return self.sheet.span(column, FIRST, self.last)

    def cell(self, column: Col, row: str) -> str:
        """Expression: the cell of a column in the row of the table that ``row`` gives."""
        return f"INDEX({self.span(column)},{row})"

    def row_of(self, number: str) -> str:
        """Expression: the row of the table, from 1, of the step whose number is in a cell."""
        return f"MATCH({number},{self.span(Col.ORDER)},0)"

    def text(self, column: Col, row: str) -> str:
        """Expression: the same cell, empty where it has no entry or the row was deleted."""
        cell = self.cell(column, row)
        return f'IFERROR(IF({cell}="","",{cell}),"")'

    def levels(self, row: str) -> str:
        """Expression: from and to level of a step, ``2 → 3``."""
        return f'{self.cell(Col.FROM, row)}&" → "&{self.cell(Col.TO, row)}'

    def first_action(self, row: str) -> str:
        """Expression: the first line of the actions without its bullet, else the target state."""
        actions = self.cell(Col.ACTIONS, row)
        first = f"MID({actions},3,FIND(CHAR(10),{actions}&CHAR(10))-3)"
        return f'IF({actions}="",{self.cell(Col.THEN_TRUE, row)}&"",{first})'

    @property
    def open_count(self) -> str:
        """Expression: how many steps are still to be done."""
        return f"COUNT({self.span(Col.OPEN)})"

    @property
    def without_owner(self) -> str:
        """Expression: number of open steps without an owner."""
        # SUMPRODUCT, because COUNTIFS with an empty text does not count alike everywhere.
        return f'SUMPRODUCT(ISNUMBER({self.span(Col.OPEN)})*({self.span(Col.OWNER)}=""))'

    def with_status(self, word: str) -> str:
        """Expression: number of steps with this status."""
        steps = f"--ISNUMBER({self.span(Col.TO)})"
        return f"SUMPRODUCT({steps},--({self.span(Col.STATUS)}={literal(word)}))"

    @property
    def planned(self) -> str:
        """Factor: 1 for steps with a quarter."""
        return f"--ISNUMBER({self.span(Col.START)})"

    @property
    def later(self) -> str:
        """Factors: 1 for open steps without a quarter."""
        return f"--ISNUMBER({self.span(Col.OPEN)}),1-ISNUMBER({self.span(Col.START)})"

    def in_period(self, column: Col, number: str) -> str:
        """Expression: the sum of a column over the steps that run in a quarter."""
        return (
            f'SUMIFS({self.span(column)},{self.span(Col.START)},"<="&{number},'
            f'{self.span(Col.END)},">="&{number})'
        )
