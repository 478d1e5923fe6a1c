"""Cell styles of the workbook: the product's colours, one typeface, thin lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.workbook import Workbook

from exports.palette import LIGHT, channels, contrast
from exports.workbook.openpyxl_inside import set_default_font, share_style, style_of

TYPEFACE = "Arial"
"""Every system has this face or one of the same widths, so that lines break in the same places."""


def _without_hash(*colours: str) -> tuple[str, ...]:
    """Colours as openpyxl takes them: ``RRGGBB``."""
    return tuple(colour.removeprefix("#") for colour in colours)


ACCENT, TEXT, SECONDARY, LINE, GROUND, WHITE = _without_hash(
    LIGHT.accent, LIGHT.text, LIGHT.secondary, LIGHT.line, LIGHT.ground, LIGHT.surface
)
EARLIER, QUIET_MARK = _without_hash(LIGHT.earlier, LIGHT.frame)
NOTICE, NOTICE_MARK, NOTICE_GROUND = _without_hash(
    LIGHT.notice, LIGHT.notice_mark, LIGHT.notice_ground
)
LEVEL_SHADES = _without_hash(*LIGHT.levels)
DIMENSION_MARKS = _without_hash(*LIGHT.dimension_marks)
_LAST_PALE = 2


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a cell."""

    size: float = 10
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    colour: str = TEXT
    fill: str | None = None
    horizontal: Literal["left", "center", "right"] | None = None
    vertical: Literal["top", "center", "bottom"] = "top"
    wrap: bool = False
    indent: int = 0
    line_below: str | None = None
    line_above: str | None = None
    number_format: str = "General"


BODY = Style()
WRAPPED = Style(wrap=True)
TITLE = Style(size=22, bold=True, vertical="center")
LEAD = Style(size=13, colour=SECONDARY, vertical="center")
QUIET = Style(size=9, colour=SECONDARY, wrap=True)
SECTION = Style(size=12, bold=True, colour=ACCENT, vertical="bottom", line_below=ACCENT)
HEADER = Style(size=9, bold=True, colour=WHITE, fill=ACCENT, vertical="center", wrap=True, indent=1)
HEADER_NUMBER = replace(HEADER, horizontal="right")
HEADER_LEVEL = replace(HEADER, horizontal="center", indent=0)
ROW = Style(wrap=True, line_below=LINE, indent=1)
ROW_NUMBER = Style(horizontal="right", line_below=LINE, indent=1)
ROW_TO_FILL = Style(wrap=True, line_below=LINE, fill=GROUND, indent=1)
ROW_LEVEL = Style(horizontal="center", line_below=LINE)
ROW_LEVEL_BOLD = replace(ROW_LEVEL, bold=True)
ROW_BOLD = replace(ROW, bold=True)
ROW_QUIET = replace(ROW, colour=SECONDARY, italic=True)
ROW_DAY = replace(ROW, horizontal="left")
ROW_NOTICE = replace(ROW, colour=NOTICE)
LINK = Style(size=9, colour=ACCENT, underlined=True)
ROW_LINK = replace(ROW, colour=ACCENT, underlined=True)
ONE_PLACE, TWO_PLACES, PERCENT = "0.0", "0.00", "0%"
SIGNED, SIGNED_MEAN, SIGNED_PART = "+General;-General;0", "+0.0;-0.0;0.0", "+0.00;-0.00;0.00"
"""Formats without codes of a locale: every program takes its user's separators."""
DAY_FORMATS = {"de": "dd.mm.yyyy", "en": "yyyy-mm-dd"}
"""Number format of dates, by language."""


def level_shade(level: int, lowest: int, highest: int) -> str:
    """Background colour of a level: five shades spread over the scale, light to dark."""
    if highest == lowest:
        return LEVEL_SHADES[0]
    position = (level - lowest) * (len(LEVEL_SHADES) - 1) / (highest - lowest)
    low = int(position)
    high = min(low + 1, len(LEVEL_SHADES) - 1)
    share = position - low
    if (
        low == _LAST_PALE
    ):  # halfway between pale and dark neither dark nor white text is easy to read
        return LEVEL_SHADES[low if share < 0.5 else high]
    return "".join(
        f"{round(a + (b - a) * share):02X}"
        for a, b in zip(channels(LEVEL_SHADES[low]), channels(LEVEL_SHADES[high]), strict=True)
    )


def text_on(ground: str) -> str:
    """Dark or white, whichever has more contrast on this background (WCAG)."""
    return WHITE if contrast(ground, WHITE) > contrast(ground, TEXT) else TEXT


def dimension_text(index: int) -> str:
    """The text colour of a dimension by its place in the model."""
    return LIGHT.dimension_text(index).removeprefix("#")


@cache
def hatched() -> PatternFill:
    """The ground of a cell that calls for a change, kept by a grey print."""
    return PatternFill("lightUp", fgColor=NOTICE_MARK, bgColor=NOTICE_GROUND)


def dimension_row(index: int) -> Style:
    """The look of a dimension's name in a table."""
    return replace(ROW, colour=dimension_text(index))


class StyleBook:
    """Cache of the styles of one workbook: openpyxl is slow when every cell gets its own.

    The sheet that a new workbook begins with serves for trying them on.
    """

    def __init__(self, workbook: Workbook) -> None:
        self._scratch = workbook.worksheets[0]
        set_default_font(workbook, Font(name=TYPEFACE, size=10, color=TEXT))
        self._ready: dict[tuple[Style, bool], StyleArray] = {}
        self._parts: dict[tuple[str, tuple[Any, ...]], int] = {}
        self._workbook = workbook

    def apply_style(self, cell: Cell, style: Style, text: bool) -> None:
        """Give a cell its look; do so before its value, which may otherwise choose a format.

        ``text`` is for words: with the quote prefix they stay words when edited.
        """
        ready = self._ready.get((style, text))
        if ready is None:
            ready = self._ready[style, text] = self._built(style, text)
        share_style(cell, ready)

    def close(self) -> None:
        """Remove the scratch sheet."""
        self._workbook.remove(self._scratch)

    def _built(self, style: Style, text: bool) -> StyleArray:
        cell: Any = self._scratch.cell(row=len(self._ready) + 1, column=1)
        cell.number_format = style.number_format
        cell.quotePrefix = text
        built = style_of(cell)
        built.fontId = self._part(
            cell,
            "font",
            (style.size, style.bold, style.italic, style.underlined, style.colour),
            _font,
        )
        built.fillId = self._part(cell, "fill", (style.fill,), _fill)
        built.alignmentId = self._part(
            cell,
            "alignment",
            (style.horizontal, style.vertical, style.wrap, style.indent),
            _alignment,
        )
        built.borderId = self._part(cell, "border", (style.line_below, style.line_above), _border)
        return built

    def _part(self, cell: Any, name: str, key: tuple[Any, ...], make: Callable[..., object]) -> int:
        """Index of a font, fill, alignment or border; cached, because openpyxl's search is slow."""
        known = self._parts.get((name, key))
        if known is None:
            setattr(cell, name, make(*key))
            known = self._parts[name, key] = getattr(style_of(cell), f"{name}Id")
        return known


@cache
def _font(size: float, bold: bool, italic: bool, underlined: bool, colour: str) -> Font:
    underline: Literal["single"] | None = "single" if underlined else None
    return Font(
        name=TYPEFACE, size=size, bold=bold, italic=italic, underline=underline, color=colour
    )


@cache
def _fill(colour: str | None) -> PatternFill:
    return PatternFill() if colour is None else PatternFill("solid", fgColor=colour)


@cache
def _alignment(horizontal: Any, vertical: Any, wrap: bool, indent: int) -> Alignment:
    side = horizontal or ("left" if indent else None)  # without a side there is no indent
    return Alignment(horizontal=side, vertical=vertical, wrap_text=wrap, indent=indent)


@cache
def _border(below: str | None, above: str | None) -> Border:
    return Border(bottom=_side(below), top=_side(above)) if below or above else Border()


def _side(colour: str | None) -> Side:
    return Side() if colour is None else Side(style="thin", color=colour)
