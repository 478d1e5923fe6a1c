"""Native Excel charts with cached values, visible before any recalculation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from openpyxl.chart import BarChart, RadarChart
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)

from exports.workbook.book import Sheet
from exports.workbook.cell_text import cell_text, line_text
from exports.workbook.label_room import PLOT_HEIGHT
from exports.workbook.stored_values import Result
from exports.workbook.styles import ACCENT, EARLIER, LINE, SECONDARY, TEXT, TYPEFACE

FEWEST_FOR_RADAR = 3
MOST_IN_ONE_CHART = 24
_TITLE_CM = 2.0
"""Room above the rings for the title and a label of two lines."""
_LOWEST_RING = 0.82
_EMU_PER_POINT = 12_700


@dataclass(frozen=True, slots=True)
class Column:
    """Cell references of a series, and their cached values."""

    name: str
    name_at: str
    values_at: str
    values: Sequence[Result]


@dataclass(frozen=True, slots=True)
class ProfileData:
    """A profile to draw: labels round the outside, up to three series on a scale of levels.

    ``description`` is the alternative text.
    """

    title: str
    description: str
    labels_at: str
    labels: Sequence[str]
    current: Column
    target: Column
    earlier: Column | None
    lowest: int
    highest: int
    text_size: float = 9


def add_profile_chart(
    sheet: Sheet, data: ProfileData, place: str, width_cm: float, height_cm: float
) -> None:
    """Draw the profile: a radar, or columns where fewer than three axes would make none.

    Areas without a figure are left out of the lines, never drawn at zero.
    """
    radar = len(data.labels) >= FEWEST_FOR_RADAR
    chart: Any = RadarChart(radarStyle="marker") if radar else BarChart()
    chart.width, chart.height = width_cm, height_cm
    chart.display_blanks = "gap"
    chart.roundedCorners = False
    chart.visible_cells_only = False  # additional chart data is hidden
    chart.title = _title(data)
    chart.title.overlay = False
    chart.legend.position = "b"
    chart.legend.txPr = _letters(data.text_size, TEXT)
    chart.graphical_properties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    looks = (_current_look, _target_look, _earlier_look)
    for column, look in zip((data.current, data.target, data.earlier), looks, strict=True):
        if column is not None:
            series = _series(data, column, len(chart.series))
            look(series, radar)
            chart.series.append(series)
    _scale(chart, data, radar)
    sheet.add_chart(chart, place, data.title, data.description)


def _title(data: ProfileData) -> Title:
    paragraph = Paragraph(
        pPr=ParagraphProperties(defRPr=_characters(data.text_size + 1, TEXT, bold=True)),
        r=[
            RegularTextRun(
                rPr=_characters(data.text_size + 1, TEXT, bold=True), t=line_text(data.title)
            )
        ],
    )
    return Title(tx=Text(rich=RichText(bodyPr=RichTextProperties(), p=[paragraph])))


def _series(data: ProfileData, column: Column, index: int) -> Series:
    """A series that refers to its cells and caches their values for viewers."""
    labels = [cell_text(label) for label in data.labels]
    return Series(
        idx=index,
        order=index,
        tx=SeriesLabel(strRef=_texts(column.name_at, [column.name])),
        cat=AxDataSource(strRef=_texts(data.labels_at, labels)),
        val=NumDataSource(numRef=_numbers(column.values_at, column.values)),
    )


def _texts(place: str, texts: Sequence[str]) -> StrRef:
    points = [StrVal(idx=index, v=text) for index, text in enumerate(texts)]
    return StrRef(f=place, strCache=StrData(ptCount=len(texts), pt=points))


def _numbers(place: str, values: Sequence[Result]) -> NumRef:
    """Numbers of a range; ``NOT_AVAILABLE`` is a gap in the line."""
    points = [
        NumVal(idx=index, v=value)
        for index, value in enumerate(values)
        if isinstance(value, int | float)
    ]
    return NumRef(f=place, numCache=NumData(formatCode="General", ptCount=len(values), pt=points))


def _current_look(series: Series, radar: bool) -> None:
    series.graphicalProperties = _line(ACCENT, 2.25)
    if radar:
        series.marker = _dot(ACCENT, 6)
    else:
        series.graphicalProperties.solidFill = ACCENT


def _target_look(series: Series, radar: bool) -> None:
    series.graphicalProperties = _line(TEXT, 1.5, dash="dash")
    if radar:
        series.marker = Marker(symbol="none")
    else:
        series.graphicalProperties.noFill = True


def _earlier_look(series: Series, radar: bool) -> None:
    series.graphicalProperties = _line(EARLIER, 1)
    if radar:
        series.marker = _dot(EARLIER, 3)
    else:
        series.graphicalProperties.solidFill = LINE


def _line(colour: str, points: float, dash: Literal["dash"] | None = None) -> GraphicalProperties:
    line = LineProperties(solidFill=colour, w=int(points * _EMU_PER_POINT), prstDash=dash)
    return GraphicalProperties(ln=line)


def _dot(colour: str, size: int) -> Marker:
    look = GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill=colour))
    return Marker(symbol="circle", size=size, spPr=look)


def _scale(chart: Any, data: ProfileData, radar: bool) -> None:
    """Whole levels as rings; the lowest level keeps a distance from the middle."""
    levels, words = chart.y_axis, chart.x_axis
    # Excel hides axes unless "delete" is explicitly off.
    levels.delete = words.delete = False
    levels.scaling.min, levels.scaling.max = data.lowest - 1, data.highest
    levels.majorUnit = 1
    # The ring inside the lowest level is no level and has no number: positive; negative; zero.
    levels.number_format = "0;;0" if data.lowest == 0 else "0;;"
    levels.majorGridlines.spPr = GraphicalProperties(
        ln=LineProperties(solidFill=LINE, w=_EMU_PER_POINT // 2)
    )
    levels.tickLblPos = words.tickLblPos = "nextTo"
    levels.majorTickMark = words.majorTickMark = "none"
    levels.txPr = _letters(data.text_size - 1, SECONDARY)
    words.txPr = _letters(data.text_size, TEXT)
    axis_line = LineProperties(solidFill=LINE, w=_EMU_PER_POINT // 2)
    levels.spPr = GraphicalProperties(ln=axis_line)
    words.spPr = GraphicalProperties(ln=axis_line)
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


def _letters(size: float, colour: str) -> RichText:
    look = _characters(size, colour)
    return RichText(
        bodyPr=RichTextProperties(),
        p=[Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)],
    )


def _characters(size: float, colour: str, *, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(
        sz=int(size * 100), solidFill=colour, latin=Font(typeface=TYPEFACE), b=bold
    )
