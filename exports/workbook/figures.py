"""Every key figure as a formula over the table of areas, with the value computed by the app.

Formulas take whole columns and pick the areas of a dimension by its number, so that the order of
the rows does not matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from exports.workbook.book import DASH, literal
from exports.workbook.profile_table import AreaTable, Col
from exports.workbook.report import Report


@dataclass(frozen=True, slots=True)
class Figure:
    """A formula (without its equals sign) and its value, ``None`` where there is no figure.

    ``is_array`` for a formula that has to be entered as one over whole columns.
    """

    formula: str
    value: Fraction | int | None
    is_array: bool = False


@dataclass(frozen=True, slots=True)
class Spans:
    """The columns that figures are computed from, for all areas or for one dimension.

    ``only`` is an expression that is true for the areas of the dimension; empty for all areas.
    """

    levels: str
    targets: str
    gaps: str
    weights: str
    weighted_gaps: str
    states: str
    only: str = ""

    @property
    def has_level(self) -> str:
        """Factor: 1 for the areas with a level, else 0."""
        levels = f"--ISNUMBER({self.levels})"
        return f"--({self.only}),{levels}" if self.only else levels

    @property
    def scored(self) -> str:
        """Expression: how many areas have a level."""
        return f"SUMPRODUCT({self.has_level})" if self.only else f"COUNT({self.levels})"

    def applicable(self, not_applicable: str) -> str:
        """Expression: how many areas count for this organisation."""
        out = literal(not_applicable)
        if self.only:
            return f"SUMPRODUCT(--({self.only}),--({self.states}<>{out}))"
        return f"(ROWS({self.levels})-COUNTIF({self.states},{out}))"

    @property
    def is_weighted(self) -> str:
        """Expression: true if the weights of areas with a level differ from 1."""
        return f"SUMPRODUCT({self.has_level},--({self.weights}<>1))>0"

    def if_scored(self, formula: str) -> str:
        """The formula, or a dash while no area has a level."""
        return f"IF({self.scored}=0,{DASH},{formula})"

    def weighted_mean(self, values: str) -> str:
        """Sum of weight times value over the sum of weights, of the areas with a level."""
        return self.if_scored(
            f"SUMPRODUCT({self.has_level},{self.weights},{values})"
            f"/SUMPRODUCT({self.has_level},{self.weights})"
        )

    def extreme(self, function: str) -> str:
        """``MIN`` or ``MAX`` of the levels; an array formula for one dimension."""
        if not self.only:
            return self.if_scored(f"{function}({self.levels})")
        chosen = f"IF(({self.only})*ISNUMBER({self.levels}),{self.levels})"
        return self.if_scored(f"{function}({chosen})")


def spans_of(table: AreaTable, dimension_id: str | None = None) -> Spans:
    """The columns of all areas, or of one dimension."""
    only = ""
    if dimension_id is not None:
        only = f"{table.span(Col.DIMENSION_NUMBER)}={table.dimension_numbers[dimension_id]}"
    return Spans(
        levels=table.span(Col.LEVEL),
        targets=table.span(Col.COUNTED_TARGET),
        gaps=table.span(Col.GAP),
        weights=table.span(Col.COUNTED_WEIGHT),
        weighted_gaps=table.span(Col.WEIGHTED_GAP),
        states=table.span(Col.STATE),
        only=only,
    )


def group_figures(report: Report, table: AreaTable, dimension_id: str | None) -> dict[str, Figure]:
    """Mean, floor, ceiling, target mean and counts of a dimension, or of all areas."""
    figures = report.figures
    group = figures.overall if dimension_id is None else figures.dimension(dimension_id)
    spans = spans_of(table, dimension_id)
    by_array = dimension_id is not None
    return {
        "mean": Figure(spans.weighted_mean(spans.levels), group.mean),
        "floor": Figure(spans.extreme("MIN"), group.floor, by_array),
        "ceiling": Figure(spans.extreme("MAX"), group.ceiling, by_array),
        "target_mean": Figure(spans.weighted_mean(spans.targets), group.target_mean),
        "scored": Figure(spans.scored, group.scored),
        "applicable": Figure(
            spans.applicable(report.unscored_state(applicable=False)), group.applicable
        ),
    }


def overall_figures(report: Report, table: AreaTable, dimension_means: str) -> Mapping[str, Figure]:
    """The figures of the whole session, by the names they have in the JSON.

    ``dimension_means`` is the range that holds the means of the dimensions.
    """
    figures = report.figures
    spans = spans_of(table)
    group = group_figures(report, table, None)
    lowest = report.model.lowest_level
    counts = spans.has_level
    wanted = (
        f"(SUMPRODUCT({spans.weights},{counts},{spans.targets})"
        f"-{lowest}*SUMPRODUCT({spans.weights},{counts}))"
    )
    targets = f"SUMPRODUCT({counts},{spans.targets})"
    complete = f"AND({group['scored'].formula}>0,{spans.scored}={group['applicable'].formula})"
    return {
        "mean_of_areas": group["mean"],
        "mean_of_dimensions": Figure(
            f"IF(COUNT({dimension_means})=0,{DASH},AVERAGE({dimension_means}))",
            figures.mean_of_dimensions,
        ),
        "floor": group["floor"],
        "ceiling": group["ceiling"],
        "target_mean": group["target_mean"],
        "staged_level": Figure(f"IF({complete},MIN({spans.levels}),{DASH})", figures.staged_level),
        "total_gap": Figure(f"SUM({spans.gaps})", figures.total_gap),
        "total_weighted_gap": Figure(f"SUM({spans.weighted_gaps})", figures.total_weighted_gap),
        "mean_gap": Figure(
            spans.if_scored(f"SUM({spans.weighted_gaps})/SUMPRODUCT({spans.weights},{counts})"),
            figures.mean_gap,
        ),
        "progress_to_target": Figure(
            spans.if_scored(f"IF({wanted}=0,1,1-SUM({spans.weighted_gaps})/{wanted})"),
            figures.progress_to_target,
        ),
        "percent_to_target": Figure(
            spans.if_scored(f"IF({targets}=0,1,1-SUM({spans.gaps})/{targets})"),
            figures.percent_to_target,
        ),
        "scored": group["scored"],
        "applicable": group["applicable"],
        "total": Figure(f"ROWS({spans.levels})", figures.overall.total),
    }
