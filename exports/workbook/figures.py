"""Every key figure as a formula over the table of areas, with the value computed by the app."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from exports.workbook.book import DASH, literal
from exports.workbook.profile_sheet import AreaTable, Col
from exports.workbook.report import Report


@dataclass(frozen=True, slots=True)
class Figure:
    """A formula (without its equals sign) and its value, ``None`` where there is no figure."""

    formula: str
    value: Fraction | int | None


@dataclass(frozen=True, slots=True)
class Spans:
    """The columns that figures are computed from, for all areas or for one dimension."""

    levels: str
    targets: str
    gaps: str
    weights: str
    weighted_gaps: str
    states: str

    @property
    def scored(self) -> str:
        """Expression: how many areas have a level."""
        return f"COUNT({self.levels})"

    def applicable(self, not_applicable: str) -> str:
        """Expression: how many areas count for this organisation."""
        return f"(ROWS({self.levels})-COUNTIF({self.states},{literal(not_applicable)}))"

    def if_scored(self, formula: str) -> str:
        """The formula, or a dash while no area has a level."""
        return f"IF({self.scored}=0,{DASH},{formula})"

    def weighted_mean(self, values: str) -> str:
        """Sum of weight times value over the sum of weights, of the areas with a level."""
        weights = f"SUMPRODUCT({self.weights},--ISNUMBER({self.levels}))"
        if values == self.levels:
            return self.if_scored(f"SUMPRODUCT({self.weights},{self.levels})/{weights}")
        total = f"SUMPRODUCT({self.weights},--ISNUMBER({self.levels}),{values})"
        return self.if_scored(f"{total}/{weights}")


def spans_of(table: AreaTable, dimension_id: str | None = None) -> Spans:
    """The columns of all areas, or of one dimension."""

    def span(column: Col) -> str:
        if dimension_id is None:
            return table.span(column)
        return table.dimension_span(column, dimension_id)

    return Spans(
        levels=span(Col.LEVEL),
        targets=span(Col.TARGET),
        gaps=span(Col.GAP),
        weights=span(Col.WEIGHT),
        weighted_gaps=span(Col.WEIGHTED_GAP),
        states=span(Col.STATE),
    )


def group_figures(report: Report, table: AreaTable, dimension_id: str | None) -> dict[str, Figure]:
    """Mean, floor, ceiling, target mean and counts of a dimension, or of all areas."""
    figures = report.figures
    group = figures.overall if dimension_id is None else figures.dimension(dimension_id)
    if dimension_id is not None and dimension_id not in table.rows_by_dimension:
        nothing = Figure(DASH, None)
        none = Figure("0", 0)
        return dict.fromkeys(("mean", "floor", "ceiling", "target_mean"), nothing) | {
            "scored": none,
            "applicable": none,
        }
    spans = spans_of(table, dimension_id)
    return {
        "mean": Figure(spans.weighted_mean(spans.levels), group.mean),
        "floor": Figure(spans.if_scored(f"MIN({spans.levels})"), group.floor),
        "ceiling": Figure(spans.if_scored(f"MAX({spans.levels})"), group.ceiling),
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
    counts = f"--ISNUMBER({spans.levels})"
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
