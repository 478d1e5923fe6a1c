"""Radar sheet: the profile by area, on as many charts as stay readable."""

from __future__ import annotations

from math import ceil

from exports.workbook.area_lists import AreaLists, ListCol, chart_label
from exports.workbook.book import Sheet, point
from exports.workbook.chart_parts import Column
from exports.workbook.charts import ProfileData, add_profile_chart
from exports.workbook.profile_table import HEADER_ROW, AreaTable, Col
from exports.workbook.radar_charts import (
    CM_PER_POINT,
    COLUMN_WIDTH,
    COLUMNS,
    HEAD_POINTS,
    TEXT_SIZE,
    ChartName,
    chart_groups,
    chart_names,
    chart_size,
)
from exports.workbook.report import Report
from exports.workbook.stored_values import Result
from exports.workbook.styles import LINK, QUIET, TITLE

_FIRST_CHART = 4
_HIGHEST_ROW = 400.0


def write_radar(sheet: Sheet, report: Report, table: AreaTable, areas: AreaLists) -> None:
    """Fill the sheet; every chart is one page."""
    tr = report.tr
    title = tr.gettext("Radar by area")
    sheet.widths(*[COLUMN_WIDTH] * COLUMNS)
    sheet.print_setup(report, title)
    sheet.write_label(1, 1, title, TITLE)
    explanation = tr.gettext(
        "Solid line: current level. Dashed line: target. Areas that are not scored or not "
        "applicable are left out of the lines; they never count as the lowest level."
    )
    sheet.write_label(2, 1, explanation, QUIET)
    sheet.merge(2, 1, COLUMNS)
    sheet.write_label(3, 1, tr.gettext("To the table that can be changed"), LINK)
    sheet.link_to(3, 1, table.sheet.raw.title, f"A{HEADER_ROW}")
    for row, height in enumerate(HEAD_POINTS, 1):
        sheet.height(row, height)
    row = _FIRST_CHART
    width, height = chart_size()
    points = height / CM_PER_POINT + 4
    rows = ceil(points / _HIGHEST_ROW)
    names = chart_names(report)
    for start, end in chart_groups(report):
        if row > _FIRST_CHART:
            sheet.new_page(row)
        for line in range(row, row + rows):
            sheet.height(line, points / rows)
        data = _profile_data(report, table, areas, names, start, end)
        add_profile_chart(sheet, data, f"A{row}", width, height)
        row += rows


def _profile_data(
    report: Report,
    table: AreaTable,
    areas: AreaLists,
    names: dict[str, ChartName],
    start: int,
    end: int,
) -> ProfileData:
    """The areas from one number to another; read from the lists, so that no sort moves them."""
    tr = report.tr
    figures = report.figures.areas[start - 1 : end]

    def column(source: ListCol, header: Col, name: str, values: list[Result]) -> Column:
        name_at = table.sheet.at(HEADER_ROW, header)
        return Column(name, name_at, areas.span(source, start, end), values)

    earlier = None
    if report.earlier is not None and report.earlier_levels:
        then = [point(report.earlier_levels.get(area.area_id)) for area in figures]
        earlier = column(ListCol.EARLIER, Col.EARLIER, tr.month(report.earlier.date), then)
    levels = [point(area.level) for area in figures]
    targets = [point(area.target if area.is_applicable else None) for area in figures]
    title = tr.gettext("Current and target levels by area")
    if len(figures) < len(report.numbers):
        title = tr.gettext("{title}: areas {first} to {last}", title=title, first=start, last=end)
    return ProfileData(
        title=title,
        description=_description(report, start, end),
        labels_at=areas.span(ListCol.LABEL, start, end),
        labels=[chart_label(report, area, names[area.area_id]) for area in figures],
        current=column(ListCol.LEVEL, Col.LEVEL, tr.gettext("Current"), levels),
        target=column(ListCol.TARGET, Col.TARGET, tr.gettext("Target"), targets),
        earlier=earlier,
        lowest=report.model.lowest_level,
        highest=report.model.highest_level,
        text_size=TEXT_SIZE,
    )


def _description(report: Report, start: int, end: int) -> str:
    """Alternative text of the chart; the table holds the figures."""
    tr = report.tr
    figures = report.figures.areas[start - 1 : end]
    scored = [area for area in figures if area.level is not None]
    sentences = [
        tr.ngettext(
            "Chart of {n} area: current level against target.",
            "Chart of {n} areas: current levels against targets.",
            len(figures),
        )
    ]
    if scored:
        levels = [area.level for area in scored if area.level is not None]
        sentences.append(
            tr.gettext(
                "At the export: lowest level {lowest}, highest level {highest}, "
                "areas below their target: {n}.",
                lowest=tr.number(min(levels)),
                highest=tr.number(max(levels)),
                n=sum(bool(area.gap) for area in scored),
            )
        )
    sentences.append(
        tr.gettext(
            "The table on the sheet “{sheet}” holds every value.",
            sheet=tr.pgettext("sheet of the workbook", "Profile"),
        )
    )
    return " ".join(sentences)
