"""Columns and place of the table of areas over time, which the comparison is computed from."""

from __future__ import annotations

from dataclasses import dataclass

from app.comparison.relations import Relation
from exports.workbook.book import Sheet

HEADER_ROW = 4
FIRST = HEADER_ROW + 1
TABLE_NAME = "ComparisonByArea"
NUMBER, DIMENSION_NUMBER, ID, DIMENSION, AREA = range(1, 6)
_LEVELS = 6
RELATION_KEYS = {
    Relation.SAME: 1,
    Relation.EQUIVALENT: 1,
    Relation.EDITED: 2,
    Relation.NEW: 3,
    Relation.GONE: 4,
}
"""In formulas; 0 stands for an area that neither of the last two sessions has."""
SAME, EDITED = 1, 2


@dataclass(frozen=True, slots=True)
class ComparisonTable:
    """Location of the table, with one column for the levels of each session.

    The columns that only differences need are hidden, and left out where the grade forbids them.
    Hidden ones stand between visible ones, as in the profile.
    """

    sheet: Sheet
    last: int
    sessions: int
    has_differences: bool

    @property
    def areas(self) -> int:
        """Number of rows."""
        return self.last - HEADER_ROW

    def level(self, session: int) -> int:
        """The column of the levels of a session, oldest first from 0."""
        return _LEVELS + session

    @property
    def latest(self) -> int:
        """The column of the latest levels."""
        return self.level(self.sessions - 1)

    @property
    def before(self) -> int:
        """The column of the levels of the session before the latest."""
        return self.level(self.sessions - 2)

    @property
    def asks_the_same(self) -> int:
        """1 where the area asks the same in all sessions, else 0."""
        return self.latest + 1

    @property
    def common(self) -> int:
        """1 where the area asks the same and is scored in all sessions, else 0."""
        return self.latest + 2

    @property
    def difference(self) -> int:
        """From the session before to the latest."""
        return self.latest + 3

    @property
    def relation(self) -> int:
        """One of ``RELATION_KEYS``, from the session before to the latest."""
        return self.latest + 4

    @property
    def dimension_before(self) -> int:
        """Number of the dimension in the session before the latest; 0 where it is gone."""
        return self.latest + 5

    @property
    def weight_before(self) -> int:
        """The weight in the session before the latest."""
        return self.latest + 6

    @property
    def weight(self) -> int:
        """The weight in the latest session, with which all averages are computed."""
        return self.latest + (7 if self.has_differences else 1)

    @property
    def wording(self) -> int:
        """Relation of the texts; the last column."""
        return self.weight + 1

    @property
    def hidden(self) -> tuple[int, ...]:
        """Keys, and what only formulas need."""
        if not self.has_differences:
            return DIMENSION_NUMBER, ID
        return (
            DIMENSION_NUMBER,
            ID,
            self.asks_the_same,
            self.common,
            self.relation,
            self.dimension_before,
            self.weight_before,
        )

    def span(self, column: int) -> str:
        """All cells of a column, as seen from other sheets; in whatever order they stand."""
        return self.sheet.span(column, FIRST, self.last)
