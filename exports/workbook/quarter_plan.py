"""Place of the quarter plan: capacity block above, grid of steps by quarter below."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from exports.workbook.book import Sheet, fixed, here
from exports.workbook.report import Report

BLOCK_ROW = 4
"""The row of the quarters above the figures of each."""


class Col(IntEnum):
    """The columns of the grid before those of the quarters, the last of which is the reason."""

    NUMBER = 1
    ROW = 2
    START = 3
    END = 4
    DEMAND = 5
    DIMENSION = 6
    AREA = 7
    LEVELS = 8
    TITLE = 9
    OWNER = 10
    DAYS = 11


FIRST_QUARTER = Col.DAYS + 1


@dataclass(frozen=True, slots=True)
class QuarterPlan:
    """Rows of the figures by quarter, and the grid of steps.

    ``teams`` are the ids of the teams with a capacity, ``years`` those with a budget.
    """

    sheet: Sheet
    quarters: int
    teams: tuple[str, ...]
    years: tuple[int, ...]
    steps: int

    @property
    def capacity(self) -> int:
        """The row of the capacity."""
        return BLOCK_ROW + 1

    @property
    def used(self) -> int:
        """The row of the person-days used."""
        return BLOCK_ROW + 2

    @property
    def free(self) -> int:
        """The row of the person-days left."""
        return BLOCK_ROW + 3

    def team(self, index: int) -> int:
        """The row of a team's capacity; what it has left stands below."""
        return BLOCK_ROW + 4 + 2 * index

    @property
    def running(self) -> int:
        """The row of the number of steps that run."""
        return BLOCK_ROW + 4 + 2 * len(self.teams)

    @property
    def cost(self) -> int:
        """The row of the cost."""
        return self.running + 1

    def budget(self, index: int) -> int:
        """The row of what is left of a year's budget."""
        return self.cost + 1 + index

    @property
    def average(self) -> int:
        """The row of the average that is reached."""
        return self.cost + 1 + len(self.years)

    @property
    def header(self) -> int:
        """The header of the grid."""
        return self.average + 3

    @property
    def last(self) -> int:
        """The last row of the grid."""
        return self.header + self.steps

    @property
    def reason(self) -> int:
        """The column of the reason why a step has no quarter."""
        return FIRST_QUARTER + self.quarters

    def column(self, period: int) -> int:
        """The column of a quarter, from 1."""
        return FIRST_QUARTER + period - 1

    def own_span(self, row: int) -> str:
        """The figures of all quarters, as seen from this sheet."""
        return f"{here(row, self.column(1))}:{here(row, self.column(self.quarters))}"

    def at(self, row: int, period: int) -> str:
        """A figure of a quarter, as seen from other sheets."""
        return self.sheet.at(row, self.column(period))

    def span(self, row: int, first: int = 1, last: int | None = None) -> str:
        """The figures of quarters, as seen from other sheets."""
        end = self.quarters if last is None else last
        return f"{self.at(row, first)}:{fixed(row, self.column(end))}"


def quarter_place(sheet: Sheet, report: Report) -> QuarterPlan:
    """Place of the quarter plan of a report."""
    limits = report.plan.problem.limits
    return QuarterPlan(
        sheet, limits.periods, tuple(limits.teams), tuple(sorted(limits.budgets)), len(report.steps)
    )
