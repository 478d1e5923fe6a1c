"""Parts of native charts: references with cached values, titles, letters and lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

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
from openpyxl.chart.label import DataLabelList
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

from exports.workbook.cell_text import cell_text, line_text
from exports.workbook.stored_values import Result
from exports.workbook.styles import LINE, TEXT, TYPEFACE

EMU_PER_POINT = 12_700


@dataclass(frozen=True, slots=True)
class Column:
    """Cell references of a series, and their cached values."""

    name: str
    name_at: str
    values_at: str
    values: Sequence[Result]


def chart_title(text: str, size: float) -> Title:
    """A title in bold letters of this size, beside the plot and not over it."""
    look = characters(size, TEXT, bold=True)
    paragraph = Paragraph(
        pPr=ParagraphProperties(defRPr=look), r=[RegularTextRun(rPr=look, t=line_text(text))]
    )
    title = Title(tx=Text(rich=RichText(bodyPr=RichTextProperties(), p=[paragraph])))
    title.overlay = False
    return title


def set_up_chart(chart: Any, title: str, size_cm: tuple[float, float], text_size: float) -> None:
    """Width and height, the title, gaps where there is no value, and no frame."""
    chart.width, chart.height = size_cm
    chart.display_blanks = "gap"
    chart.roundedCorners = False
    chart.visible_cells_only = False  # the data of charts is hidden
    chart.title = chart_title(title, text_size + 1)
    chart.graphical_properties = unpainted()


def unpainted() -> GraphicalProperties:
    """Neither ground nor line."""
    return GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))


def series_of(
    column: Column, index: int, labels: AxDataSource, number_format: str = "General"
) -> Series:
    """A series that refers to its cells and caches their values for viewers."""
    return Series(
        idx=index,
        order=index,
        tx=SeriesLabel(strRef=texts_at(column.name_at, [column.name])),
        cat=labels,
        val=NumDataSource(numRef=numbers_at(column.values_at, column.values, number_format)),
    )


def show_values(series: Series, position: str, size: float) -> None:
    """Print the values, and nothing else, beside the points."""
    series.dLbls = DataLabelList()
    series.dLbls.showVal, series.dLbls.position = True, position
    series.dLbls.txPr = letters(size, TEXT)
    for part in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(series.dLbls, part, False)


def texts_at(place: str, texts: Sequence[str]) -> StrRef:
    """Texts of a range, with their cache."""
    points = [StrVal(idx=index, v=cell_text(text)) for index, text in enumerate(texts)]
    return StrRef(f=place, strCache=StrData(ptCount=len(texts), pt=points))


def numbers_at(place: str, values: Sequence[Result], number_format: str = "General") -> NumRef:
    """Numbers of a range, with their cache; ``NOT_AVAILABLE`` is a gap in the line."""
    points = [
        NumVal(idx=index, v=value)
        for index, value in enumerate(values)
        if isinstance(value, int | float)
    ]
    cache = NumData(formatCode=number_format, ptCount=len(values), pt=points)
    return NumRef(f=place, numCache=cache)


def line(
    colour: str, points: float, dash: Literal["dash", "sysDot"] | None = None
) -> GraphicalProperties:
    """A line of this width."""
    return GraphicalProperties(
        ln=LineProperties(solidFill=colour, w=int(points * EMU_PER_POINT), prstDash=dash)
    )


def hair_line() -> GraphicalProperties:
    """The line of grids and axes."""
    return GraphicalProperties(ln=LineProperties(solidFill=LINE, w=EMU_PER_POINT // 2))


def dot(colour: str, size: int) -> Marker:
    """A round mark of a point."""
    look = GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill=colour))
    return Marker(symbol="circle", size=size, spPr=look)


def letters(size: float, colour: str) -> RichText:
    """The look of labels and legends."""
    look = characters(size, colour)
    return RichText(
        bodyPr=RichTextProperties(),
        p=[Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)],
    )


def characters(size: float, colour: str, *, bold: bool = False) -> CharacterProperties:
    """Characters of the workbook's typeface."""
    return CharacterProperties(
        sz=int(size * 100), solidFill=colour, latin=Font(typeface=TYPEFACE), b=bold
    )
