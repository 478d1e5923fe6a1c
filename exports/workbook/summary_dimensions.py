"""Summary sheet: profile by dimension, with radar and table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from openpyxl.utils import get_column_letter

from app.model.maturity_model import Dimension
from app.words.numbers import MEAN_PLACES
from exports.workbook.book import (
    Sheet,
    counted,
    here,
    literal,
    live,
    mark,
    point,
    text_height,
)
from exports.workbook.chart_parts import Column
from exports.workbook.charts import ProfileData, add_profile_chart
from exports.workbook.figures import Figure, group_figures, spans_of
from exports.workbook.label_room import Ring
from exports.workbook.lists_sheet import (
    DIMENSION_EARLIER,
    DIMENSION_LABEL,
    DIMENSION_MEAN,
    DIMENSION_NAME,
    DIMENSION_TARGET,
    FIRST,
    Lists,
)
from exports.workbook.profile_table import AreaTable
from exports.workbook.report import Report
from exports.workbook.styles import (
    ACCENT,
    BODY,
    HEADER,
    HEADER_NUMBER,
    ONE_PLACE,
    QUIET,
    ROW,
    ROW_NUMBER,
    SECTION,
    Style,
    dimension_text,
)
from exports.workbook.summary_grid import LEFT, RIGHT, width_cm, write_section

_NAME, _MEAN, _LOWEST, _HIGHEST, _TARGET, _SCORED = 12, 17, 19, 21, 23, 25
_CHART_POINTS = 245
_HIGHEST_CHART = 420
_HEADER_POINTS = 30.0
_TEXT_SIZE = 9.0


def write_dimensions(
    sheet: Sheet, report: Report, areas: AreaTable, lists: Lists, row: int
) -> tuple[int, str]:
    """Radar and table side by side; the next free row and the range of the means."""
    tr = report.tr
    write_section(sheet, row, LEFT, _NAME - 2, tr.gettext("Profile by dimension"))
    _write_table_title(sheet, report, areas, row)
    sheet.height(row, 20)
    _dimension_header(sheet, report, row + 1)
    first = row + 2
    dimensions = report.model.dimensions
    usual = max(18.0, (_CHART_POINTS - _HEADER_POINTS) / (len(dimensions) + 2))
    heights = [_HEADER_POINTS]
    for number, dimension in enumerate(dimensions):
        figures = group_figures(report, areas, dimension.id)
        style = replace(ROW, colour=dimension_text(number), bold=True, vertical="center")
        name = report.dimension_names[dimension.id]
        heights.append(max(usual, text_height(name, sheet.width_of(_NAME, _MEAN - 1), style)))
        _dimension_row(sheet, first + number, (name, style), figures)
        _write_chart_row(sheet, report, lists, first + number, number, dimension)
    last = first + len(dimensions) - 1
    total = replace(ROW, bold=True, vertical="center", line_above=ACCENT)
    all_areas = group_figures(report, areas, None)
    _dimension_row(sheet, last + 1, (tr.gettext("All areas"), total), all_areas)
    _staged_row(sheet, report, areas, last + 2)
    heights += [usual, usual]
    for line, height in enumerate(heights[1:], first):
        sheet.height(line, height)
    _add_radar(sheet, report, lists, row + 1, min(sum(heights), _HIGHEST_CHART))
    return last + 3, sheet.span(_MEAN, first, last)


def _write_table_title(sheet: Sheet, report: Report, areas: AreaTable, row: int) -> None:
    """The title says so when the means are weighted."""
    tr = report.tr
    plain = tr.gettext("Dimensions in figures")
    weighted = tr.gettext("Dimensions in figures, weighted")
    write_section(sheet, row, _NAME, RIGHT, "")
    formula = f"IF({spans_of(areas).is_weighted},{literal(weighted)},{literal(plain)})"
    result = weighted if report.figures.is_weighted else plain
    sheet.formula(row, _NAME, formula, result, SECTION)


def _dimension_header(sheet: Sheet, report: Report, row: int) -> None:
    tr = report.tr
    heads = {
        _MEAN: tr.gettext("Mean"),
        _LOWEST: tr.gettext("Lowest level"),
        _HIGHEST: tr.gettext("Highest level"),
        _TARGET: tr.gettext("Target"),
        _SCORED: tr.gettext("Scored"),
    }
    sheet.apply_style(row, _NAME + 1, RIGHT, HEADER)
    sheet.write_label(row, _NAME, tr.gettext("Dimension"), replace(HEADER, wrap=False))
    for column, head in heads.items():
        sheet.write_label(row, column, head, replace(HEADER_NUMBER, wrap=False))
    sheet.height(row, _HEADER_POINTS)


def _dimension_row(
    sheet: Sheet, row: int, name: tuple[str, Style], figures: dict[str, Figure]
) -> None:
    words, style = name
    number = replace(ROW_NUMBER, vertical="center", line_above=style.line_above)
    sheet.apply_style(row, _NAME + 1, RIGHT, number)
    sheet.write_user_text(row, _NAME, words, style)
    sheet.merge(row, _NAME, _MEAN - 1)
    columns = (
        (_MEAN, figures["mean"], replace(number, number_format=ONE_PLACE, bold=True)),
        (_LOWEST, figures["floor"], number),
        (_HIGHEST, figures["ceiling"], number),
        (_TARGET, figures["target_mean"], replace(number, number_format=ONE_PLACE)),
    )
    for column, figure, look in columns:
        sheet.figure(row, column, figure.formula, figure.value, look, array=figure.is_array)
    scored, applicable = figures["scored"], figures["applicable"]
    formula = f'{scored.formula}&" / "&{applicable.formula}'
    sheet.formula(row, _SCORED, formula, f"{scored.value} / {applicable.value}", number)


def _staged_row(sheet: Sheet, report: Report, areas: AreaTable, row: int) -> None:
    """The level that every applicable area has reached, known once all are scored."""
    tr, figures = report.tr, report.figures
    spans = spans_of(areas)
    applicable = spans.applicable(report.unscored_state(applicable=False))
    reached = tr.gettext("Every applicable area has reached level {level}.", level=mark(0))
    missing = f"({applicable}-{spans.scored})"

    def still_open(n: int, said: object) -> str:
        return tr.ngettext(
            "Level reached by every area: known once {n} more area is scored.",
            "Level reached by every area: known once {n} more areas are scored.",
            n,
            n=said,
        )

    nothing = tr.gettext("No area is applicable.")
    formula = (
        f"IF({applicable}=0,{live(nothing)},IF({missing}=0,"
        f"{live(reached, f'MIN({spans.levels})')},{counted(still_open, missing)}))"
    )
    if figures.overall.applicable == 0:
        result = nothing
    elif figures.staged_level is None:
        result = still_open(figures.open_count, figures.open_count)
    else:
        result = tr.gettext(
            "Every applicable area has reached level {level}.",
            level=tr.number(figures.staged_level),
        )
    sheet.formula(row, _NAME, formula, result, replace(QUIET, vertical="center", wrap=False))


def _write_chart_row(
    sheet: Sheet, report: Report, lists: Lists, row: int, number: int, dimension: Dimension
) -> None:
    """What the radar reads: a dimension without a figure is left out instead of drawn at zero."""
    group = report.figures.dimension(dimension.id)
    at = FIRST + number
    mean, target = (sheet.at(row, column) for column in (_MEAN, _TARGET))
    lists.sheet.write_user_text(at, DIMENSION_NAME, _chart_name(report, dimension))
    name = here(at, DIMENSION_NAME)
    state = report.state(group) if group.mean is None else report.unscored_state(applicable=True)
    target_sheet = lists.sheet
    target_sheet.formula(
        at,
        DIMENSION_LABEL,
        f'IF(ISNUMBER({mean}),{name},{name}&CHAR(10)&"("&{literal(state)}&")")',
        _dimension_label(report, dimension),
        BODY,
    )
    target_sheet.formula(
        at, DIMENSION_MEAN, f"IF(ISNUMBER({mean}),{mean},NA())", point(group.mean), BODY
    )
    target_sheet.formula(
        at,
        DIMENSION_TARGET,
        f"IF(ISNUMBER({target}),{target},NA())",
        point(group.target_mean),
        BODY,
    )
    target_sheet.number(at, DIMENSION_EARLIER, report.earlier_means.get(dimension.id), BODY)


def _chart_name(report: Report, dimension: Dimension) -> str:
    dimensions = report.model.dimensions
    ring = Ring(len(dimensions), _CHART_POINTS * 2.54 / 72, _TEXT_SIZE)
    index = report.dimension_numbers[dimension.id]
    return ring.label(report.dimension_names[dimension.id], index, report.language)


def _dimension_label(report: Report, dimension: Dimension) -> str:
    group = report.figures.dimension(dimension.id)
    name = _chart_name(report, dimension)
    return name if group.mean is not None else f"{name}\n({report.state(group)})"


def _description(report: Report) -> str:
    """The chart in words, for readers who do not see it."""
    tr = report.tr
    sentences = [tr.gettext("Means of the levels by dimension, at the export:")]
    for dimension in report.model.dimensions:
        group = report.figures.dimension(dimension.id)
        name = report.dimension_names[dimension.id]
        if group.mean is None:
            sentences.append(f"{name}: {report.state(group)}.")
            continue
        sentences.append(
            tr.gettext(
                "{dimension}: {mean}, target {target}.",
                dimension=name,
                mean=tr.number(group.mean, MEAN_PLACES),
                target=tr.number(group.target_mean, MEAN_PLACES),
            )
        )
    return " ".join(sentences)


def _add_radar(sheet: Sheet, report: Report, lists: Lists, row: int, points: float) -> None:
    tr = report.tr
    dimensions = report.model.dimensions
    groups = report.figures.dimensions
    last = FIRST + len(dimensions) - 1
    source = lists.sheet

    def column(col: int, name: str, values: Sequence[object]) -> Column:
        return Column(
            name,
            source.at(1, col),
            source.span(col, FIRST, last),
            list(values),  # type: ignore[arg-type]
        )

    earlier = None
    if report.earlier is not None and report.earlier_means:
        source.write_label(1, DIMENSION_EARLIER, tr.month(report.earlier.date))
        then = [point(report.earlier_means.get(d.id)) for d in dimensions]
        earlier = column(DIMENSION_EARLIER, tr.month(report.earlier.date), then)
    title = tr.gettext("Current and target levels by dimension")
    data = ProfileData(
        title=title,
        description=_description(report),
        labels_at=source.span(DIMENSION_LABEL, FIRST, last),
        labels=[_dimension_label(report, d) for d in dimensions],
        current=column(DIMENSION_MEAN, tr.gettext("Current"), [point(g.mean) for g in groups]),
        target=column(
            DIMENSION_TARGET, tr.gettext("Target"), [point(g.target_mean) for g in groups]
        ),
        earlier=earlier,
        lowest=report.model.lowest_level,
        highest=report.model.highest_level,
        text_size=_TEXT_SIZE,
    )
    place, width = f"{get_column_letter(LEFT)}{row}", width_cm(_NAME - 1 - LEFT)
    add_profile_chart(sheet, data, place, width, points * 2.54 / 72)
