"""Hidden lists of areas in model order: where other sheets and the charts look areas up.

Every row finds its area in the table of the profile by the area's number, so no sort of that table
changes anything here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from app.figures.scoring import AreaFigures
from app.session.rating import Rating
from exports.workbook.book import DASH, Sheet, fixed, here, literal, point, shown
from exports.workbook.lists_sheet import FIRST, Lists
from exports.workbook.planned import StepRow
from exports.workbook.profile_table import AreaTable, Col
from exports.workbook.radar_charts import ChartName, chart_names
from exports.workbook.report import Report
from exports.workbook.stored_values import Result
from exports.workbook.styles import BODY


class ListCol(IntEnum):
    """The columns of the lists of areas."""

    NUMBER = 14
    ROW = 15
    NAME = 16
    CHART_NAME = 17
    LABEL = 18
    LEVEL = 19
    TARGET = 20
    EARLIER = 21
    GAP = 22
    WEIGHTED_GAP = 23
    RANK = 24
    WEIGHT = 25
    STATE = 26
    MISSING = 27
    HEADING = 28
    REASON = 29
    TEXTS = 30


@dataclass(frozen=True, slots=True)
class AreaLists:
    """Columns of the lists by which a sheet looks up an area's number."""

    sheet: Sheet
    count: int
    lowest: int
    highest: int

    def span(self, column: ListCol, start: int = 1, end: int | None = None) -> str:
        """The cells of a column, from one area's number to another."""
        last = self.count if end is None else end
        return self.sheet.span(column, FIRST + start - 1, FIRST + last - 1)

    def look_up(self, column: ListCol, number: str) -> str:
        """Expression: the entry of the area whose number ``number`` refers to."""
        return f"INDEX({self.span(column)},{number})"

    def text(self, number: str, level: str) -> str:
        """Expression: what the area looks like at a level; of a half level, at the one below."""
        last = ListCol.TEXTS + self.highest - self.lowest
        block = f"{self.sheet.at(FIRST, ListCol.TEXTS)}:{fixed(FIRST + self.count - 1, last)}"
        return f'INDEX({block},{number},INT({level})-{self.lowest}+1)&""'


def write_area_lists(lists: Lists, report: Report, table: AreaTable) -> AreaLists:
    """Fill the columns, one row per area."""
    sheet = lists.sheet
    _write_heads(sheet, report)
    places = {area.area_id: rank for rank, area in enumerate(report.figures.widest_gaps(), 1)}
    exported = _exported_steps(report)
    names = chart_names(report)
    found = AreaLists(
        sheet, len(report.numbers), report.model.lowest_level, report.model.highest_level
    )
    for number, _, area, figures, rating in report.rows():
        row = FIRST + number - 1
        _write_texts(sheet, report, row, figures, rating)
        sheet.write_user_text(row, ListCol.CHART_NAME, names[area.id].name)
        sheet.number(row, ListCol.NUMBER, number, BODY)
        key = here(row, ListCol.NUMBER)
        sheet.formula(row, ListCol.ROW, f"MATCH({key},{table.span(Col.NUMBER)},0)", number, BODY)
        _write_look_ups(sheet, report, table, row, figures)
        _write_label(sheet, report, row, figures, names[area.id])
        _write_rank(sheet, found, row, places.get(area.id))
        _write_missing(sheet, row, exported.get(area.id), figures)
        for offset, level in enumerate(report.model.levels):
            text = report.description(area.id, level.number)
            sheet.write_user_text(row, ListCol.TEXTS + offset, text)
    return found


def _write_heads(sheet: Sheet, report: Report) -> None:
    tr = report.tr
    heads = {
        ListCol.NUMBER: tr.gettext("No."),
        ListCol.ROW: tr.gettext("Row of the table"),
        ListCol.NAME: tr.gettext("Area"),
        ListCol.CHART_NAME: tr.gettext("Area in the chart"),
        ListCol.LABEL: tr.gettext("Area and state"),
        ListCol.LEVEL: tr.gettext("Current"),
        ListCol.TARGET: tr.gettext("Target"),
        ListCol.EARLIER: tr.gettext("Earlier"),
        ListCol.GAP: tr.gettext("Gap"),
        ListCol.WEIGHTED_GAP: tr.gettext("Weighted gap"),
        ListCol.RANK: tr.gettext("Place among the gaps"),
        ListCol.WEIGHT: tr.gettext("Weight"),
        ListCol.STATE: tr.gettext("State"),
        ListCol.MISSING: tr.gettext("Steps missing"),
        ListCol.HEADING: tr.gettext("Area and dimension"),
        ListCol.REASON: tr.gettext("Reason"),
    }
    for column, head in heads.items():
        sheet.write_label(1, column, head)
    for offset, level in enumerate(report.model.levels):
        sheet.write_user_text(1, ListCol.TEXTS + offset, report.level_in_words(level.number))


def _write_texts(
    sheet: Sheet, report: Report, row: int, figures: AreaFigures, rating: Rating
) -> None:
    name = report.area_names[figures.area_id]
    sheet.write_user_text(row, ListCol.NAME, name)
    sheet.write_user_text(row, ListCol.HEADING, area_heading(report, figures))
    if rating.not_applicable is not None:
        reason = report.tr.gettext("Not applicable: {reason}", reason=rating.not_applicable)
        sheet.write_user_text(row, ListCol.REASON, reason)


def _write_look_ups(
    sheet: Sheet, report: Report, table: AreaTable, row: int, figures: AreaFigures
) -> None:
    """Formulas that fetch a row of the profile; an area whose row was deleted has no figure."""
    at = here(row, ListCol.ROW)

    def cell(column: Col) -> str:
        return f"INDEX({table.span(column)},{at})"

    def number(column: Col) -> str:
        return f"IF(ISNUMBER({cell(column)}),{cell(column)},NA())"

    out = literal(report.unscored_state(applicable=False))
    level = point(figures.level)
    sheet.formula(row, ListCol.LEVEL, number(Col.LEVEL), level, BODY)
    target = point(figures.target if figures.is_applicable else None)
    counted = f"IF({cell(Col.STATE)}={out},NA(),{cell(Col.COUNTED_TARGET)})"
    sheet.formula(row, ListCol.TARGET, counted, target, BODY)
    earlier = point(report.earlier_levels.get(figures.area_id))
    sheet.formula(row, ListCol.EARLIER, number(Col.EARLIER), earlier, BODY)
    gap = f"IFERROR({cell(Col.GAP)},{DASH})"
    sheet.formula(row, ListCol.GAP, gap, shown(figures.gap), BODY)
    # Rounded, so that equal gaps are equal whatever the order of the multiplication.
    weighted = f"IFERROR(ROUND({cell(Col.WEIGHTED_GAP)},9),{DASH})"
    sheet.formula(row, ListCol.WEIGHTED_GAP, weighted, _rounded(figures), BODY)
    weight = f"IFERROR({cell(Col.COUNTED_WEIGHT)},{DASH})"
    sheet.formula(row, ListCol.WEIGHT, weight, shown(figures.weight), BODY)
    state = report.state(figures)
    removed = literal(report.tr.gettext("removed"))
    sheet.formula(row, ListCol.STATE, f"IFERROR({cell(Col.STATE)},{removed})", state, BODY)


def _write_label(
    sheet: Sheet, report: Report, row: int, figures: AreaFigures, chart_name: ChartName
) -> None:
    name, level, state = (
        here(row, column) for column in (ListCol.CHART_NAME, ListCol.LEVEL, ListCol.STATE)
    )
    joint = "CHAR(10)" if chart_name.joint == "\n" else literal(chart_name.joint)
    label = f'IF(ISNUMBER({level}),{name},{name}&{joint}&"("&{state}&")")'
    sheet.formula(row, ListCol.LABEL, label, chart_label(report, figures, chart_name), BODY)


def _rounded(figures: AreaFigures) -> Result:
    value = shown(figures.weighted_gap)
    return round(value, 9) if isinstance(value, float) else value


def _write_rank(sheet: Sheet, found: AreaLists, row: int, place: int | None) -> None:
    """Place among the gaps: widest weighted gap first, then widest gap, then model order."""
    gaps, weighted, numbers = (
        found.span(column) for column in (ListCol.GAP, ListCol.WEIGHTED_GAP, ListCol.NUMBER)
    )
    gap, own, number = (
        here(row, column) for column in (ListCol.GAP, ListCol.WEIGHTED_GAP, ListCol.NUMBER)
    )
    before = f"(({gaps}>{gap})+({gaps}={gap})*({numbers}<{number}))"
    formula = (
        f"IF(N({gap})>0,1+SUMPRODUCT(ISNUMBER({gaps})*"
        f"(({weighted}>{own})+({weighted}={own})*{before})),{DASH})"
    )
    sheet.formula(row, ListCol.RANK, formula, shown(place), BODY)


def _exported_steps(report: Report) -> dict[str, tuple[int, int]]:
    """The lowest and highest level that the steps of an area lead to."""
    steps: dict[str, list[StepRow]] = {}
    for step in report.steps:
        steps.setdefault(step.area_id, []).append(step)
    return {
        key: (min(s.to_level for s in listed), max(s.to_level for s in listed))
        for key, listed in steps.items()
    }


def _write_missing(
    sheet: Sheet, row: int, exported: tuple[int, int] | None, figures: AreaFigures
) -> None:
    """1 where the levels of now ask for steps that the export did not know, else 0."""
    level, target = here(row, ListCol.LEVEL), here(row, ListCol.TARGET)
    unknown = "TRUE"
    if exported is not None:
        unknown = f"OR(INT({level})+1<{exported[0]},{target}>{exported[1]})"
    formula = f"IF(ISNUMBER({level}+{target}),IF(AND(INT({level})<{target},{unknown}),1,0),0)"
    sheet.formula(row, ListCol.MISSING, formula, 0, BODY)


# ---- names ----------------------------------------------------------------------------------


def area_heading(report: Report, figures: AreaFigures) -> str:
    """Name and dimension of an area, the latter unless the name says it."""
    name = report.area_names[figures.area_id]
    dimension = report.dimension_names[figures.dimension_id]
    return name if dimension.casefold() in name.casefold() else f"{name} · {dimension}"


def chart_label(report: Report, figures: AreaFigures, name: ChartName) -> str:
    """The name in the chart, with the state where the area is not scored."""
    return name.name if figures.level is not None else name.with_state(report.state(figures))
