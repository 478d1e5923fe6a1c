"""Native Excel charts with cached values, visible before any recalculation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.chart import BarChart, RadarChart
from openpyxl.chart.data_source import AxDataSource
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series

from exports.workbook.book import Sheet
from exports.workbook.chart_parts import (
    Column,
    dot,
    hair_line,
    letters,
    line,
    series_of,
    set_up_chart,
    texts_at,
)
from exports.workbook.label_room import PLOT_HEIGHT
from exports.workbook.styles import ACCENT, EARLIER, LINE, SECONDARY, TEXT

FEWEST_FOR_RADAR = 3
MOST_IN_ONE_CHART = 24
_TITLE_CM = 2.0
"""Room above the rings for the title and a label of two lines."""
_LOWEST_RING = 0.82


@dataclass(frozen=True, slots=True)
class ProfileData:
    """A profile to draw: labels round the outside, up to four series on a scale of levels.

    ``description`` is the alternative text; ``earlier`` is thin and grey, ``oldest`` dotted.
    """

    title: str
    description: str
    labels_at: str
    labels: Sequence[str]
    current: Column
    target: Column | None
    earlier: Column | None
    lowest: int
    highest: int
    text_size: float = 9
    oldest: Column | None = None


def add_profile_chart(
    sheet: Sheet, data: ProfileData, place: str, width_cm: float, height_cm: float
) -> None:
    """Draw the profile: a radar, or columns where fewer than three axes would make none.

    Areas without a figure are left out of the lines, never drawn at zero.
    """
    radar = len(data.labels) >= FEWEST_FOR_RADAR
    chart: Any = RadarChart(radarStyle="marker") if radar else BarChart()
    set_up_chart(chart, data.title, (width_cm, height_cm), data.text_size)
    chart.legend.position = "b"
    chart.legend.txPr = letters(data.text_size, TEXT)
    labels = AxDataSource(strRef=texts_at(data.labels_at, data.labels))
    looks = (_current_look, _target_look, _earlier_look, _oldest_look)
    columns = (data.current, data.target, data.earlier, data.oldest)
    for column, look in zip(columns, looks, strict=True):
        if column is not None:
            series = series_of(column, len(chart.series), labels)
            look(series, radar)
            chart.series.append(series)
    _scale(chart, data, radar)
    sheet.add_chart(chart, place, data.title, data.description)


def _current_look(series: Series, radar: bool) -> None:
    series.graphicalProperties = line(ACCENT, 2.25)
    if radar:
        series.marker = dot(ACCENT, 6)
    else:
        series.graphicalProperties.solidFill = ACCENT


def _target_look(series: Series, radar: bool) -> None:
    series.graphicalProperties = line(TEXT, 1.5, dash="dash")
    if radar:
        series.marker = Marker(symbol="none")
    else:
        series.graphicalProperties.noFill = True


def _earlier_look(series: Series, radar: bool) -> None:
    series.graphicalProperties = line(EARLIER, 1)
    if radar:
        series.marker = dot(EARLIER, 3)
    else:
        series.graphicalProperties.solidFill = LINE


def _oldest_look(series: Series, radar: bool) -> None:
    series.graphicalProperties = line(EARLIER, 1, dash="sysDot")
    if radar:
        series.marker = Marker(symbol="none")
    else:
        series.graphicalProperties.noFill = True


def _scale(chart: Any, data: ProfileData, radar: bool) -> None:
    """Whole levels as rings; the lowest level keeps a distance from the middle."""
    levels, words = chart.y_axis, chart.x_axis
    # Excel hides axes unless "delete" is explicitly off.
    levels.delete = words.delete = False
    levels.scaling.min, levels.scaling.max = data.lowest - 1, data.highest
    levels.majorUnit = 1
    # The ring inside the lowest level is no level and has no number: positive; negative; zero.
    levels.number_format = "0;;0" if data.lowest == 0 else "0;;"
    levels.majorGridlines.spPr = hair_line()
    levels.tickLblPos = words.tickLblPos = "nextTo"
    levels.majorTickMark = words.majorTickMark = "none"
    levels.txPr = letters(data.text_size - 1, SECONDARY)
    words.txPr = letters(data.text_size, TEXT)
    levels.spPr, words.spPr = hair_line(), hair_line()
    words.crosses = "min"
    if radar:
        # Long labels need their own room: the programs' own choice makes the radar small.
        top = max(0.18, _TITLE_CM / chart.height)
        inner = ManualLayout(
            layoutTarget="inner",
            xMode="edge",
            yMode="edge",
            x=0.2,
            y=top,
            w=0.6,
            h=min(PLOT_HEIGHT, _LOWEST_RING - top),
        )
        chart.layout = Layout(manualLayout=inner)
