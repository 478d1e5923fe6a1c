"""Averages over time as formulas over the table of areas, with the values computed by the app.

Formulas take whole columns and pick the areas of a dimension by its number, so that the order of
the rows does not matter. ``SUMPRODUCT`` counts words in a column as 0 where it stands as an
argument of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from app.comparison.causes import Movement
from app.comparison.comparison import MeanOverTime
from exports.workbook.book import DASH
from exports.workbook.comparison_table import (
    DIMENSION_NUMBER,
    EDITED,
    SAME,
    ComparisonTable,
)
from exports.workbook.figures import Figure


@dataclass(frozen=True, slots=True)
class Group:
    """All areas, or those of the dimension with this number."""

    table: ComparisonTable
    dimension: int | None = None

    def _sum(self, *factors: str) -> str:
        if self.dimension is not None:
            only = f"--({self.table.span(DIMENSION_NUMBER)}={self.dimension})"
            factors = (only, *factors)
        return f"SUMPRODUCT({','.join(factors)})"

    def areas(self, known: MeanOverTime | None) -> Figure:
        """Number of common areas."""
        formula = self._sum(self.table.span(self.table.common))
        return Figure(formula, 0 if known is None else known.areas)

    def mean(self, session: int, known: MeanOverTime | None) -> Figure:
        """The average of the common areas in a session, with the weights of the latest."""
        table = self.table
        common, weights = table.span(table.common), table.span(table.weight)
        above = self._sum(common, weights, table.span(table.level(session)))
        value = None if known is None else known.means[session]
        return Figure(_ratio(above, self._sum(common, weights)), value)

    def stages(self, known: Movement) -> tuple[Figure, ...]:
        """The average of all scored areas before a change and after each of its four parts.

        The same steps as :func:`app.comparison.causes.movement`.
        """
        table = self.table
        then, now = table.span(table.before), table.span(table.latest)
        weight_then, weight_now = table.span(table.weight_before), table.span(table.weight)
        had, has = f"ISNUMBER({then})", f"ISNUMBER({now})"
        was_in, is_in = self._is_in(table.dimension_before), self._is_in(DIMENSION_NUMBER)
        relation = table.span(table.relation)
        same, edited = (f"({relation}={key})*{was_in}*{is_in}" for key in (SAME, EDITED))
        stays = f"({same}+{edited})"
        ratios: tuple[tuple[list[tuple[str, ...]], list[tuple[str, ...]]], ...] = (
            ([(f"1*{was_in}", weight_then, then)], [(f"{was_in}*{had}", weight_then)]),
            (
                [
                    (f"{same}+{edited}*(1-{has})", weight_then, then),
                    (f"{edited}*{had}*{has}", weight_then, now),
                    (f"{is_in}*(1-{stays})", weight_now, now),
                ],
                [(f"{stays}*{had}", weight_then), (f"{is_in}*(1-{stays})*{has}", weight_now)],
            ),
            (
                [
                    (f"{same}*{had}*{has}", weight_then, then),
                    (f"{edited}*{had}", weight_then, now),
                    (f"{is_in}*(1-{stays}*{had})", weight_now, now),
                ],
                [
                    (f"{stays}*{had}*{has}", weight_then),
                    (f"{is_in}*{has}*(1-{stays}*{had})", weight_now),
                ],
            ),
            (
                [
                    (f"{same}*{had}*{has}", weight_now, then),
                    (f"{is_in}*(1-{same}*{had})", weight_now, now),
                ],
                [(f"{is_in}*{has}", weight_now)],
            ),
            ([(f"1*{is_in}", weight_now, now)], [(f"{is_in}*{has}", weight_now)]),
        )
        values = (known.before, *(part.mean for part in known.parts))
        return tuple(
            Figure(_ratio(_total(above), _total(below)), value)
            for (above, below), value in zip(ratios, values, strict=True)
        )

    def _is_in(self, column: int) -> str:
        """Factor: 1 for the areas whose dimension has the number of this group, else 0."""
        span = self.table.span(column)
        return f"({span}={span})" if self.dimension is None else f"({span}={self.dimension})"


def _total(products: list[tuple[str, ...]]) -> str:
    return "+".join(f"SUMPRODUCT({','.join(factors)})" for factors in products)


def _ratio(above: str, below: str) -> str:
    return f"IF(({below})=0,{DASH},({above})/({below}))"


def difference(later: str, earlier: str, known: Fraction | None) -> Figure:
    """The difference of two cells, or a dash where one of them has no figure."""
    return Figure(f"IF(COUNT({earlier},{later})=2,{later}-{earlier},{DASH})", known)
