"""Writes cells: labels, user text, numbers, dates and formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeVar

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.chart._chart import ChartBase
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from app.words.numbers import NO_NUMBER, plain
from exports.workbook.cell_text import cell_text, line_text, print_text
from exports.workbook.openpyxl_inside import merge_cells, set_measured_height
from exports.workbook.report import Report
from exports.workbook.stored_values import NOT_AVAILABLE, Result, StoredValues
from exports.workbook.styles import BODY, SECONDARY, Style, StyleBook
from exports.workbook.text_width import line_count, text_points

Column = TypeVar("Column", bound=int)
_LINE_SPACING = 1.25
_USUAL_ROW = 15.0  # points
_HIGHEST_ROW = 409.0  # points; Excel knows no higher row
_CELL_PADDING = 5.0  # points
_INDENT = 9.0  # points of one step of indent
_ROOM_USED = 0.97  # programs round the widths of letters to whole pixels
PIXELS_PER_WIDTH = 7  # of a column of width 1, in the standard face
_POINTS_PER_WIDTH = PIXELS_PER_WIDTH * 0.75
_LONGEST_DESCRIPTION = 1_000
DAY_ZERO = date(1899, 12, 30)
"""The day whose number is 0."""
_A4_LANDSCAPE = (29.7, 21.0)
MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM = 1.2, 1.6, 1.4
_CM_PER_INCH = 2.54


class Book:
    """The workbook while it is written, with its styles and its formulas."""

    def __init__(self) -> None:
        self.workbook = Workbook()
        self.values = StoredValues()
        self.chart_texts: dict[str, list[tuple[str, str]]] = {}
        self._styles = StyleBook(self.workbook)

    def close(self) -> None:
        """Remove what only the writing needed."""
        self._styles.close()

    def sheet(self, name: str) -> Sheet:
        """A new sheet at the end; ``name`` is made legal and unique."""
        taken = {sheet.title.casefold() for sheet in self.workbook.worksheets}
        fresh: Worksheet = self.workbook.create_sheet(_sheet_name(name, taken))
        return Sheet(self, fresh)

    def apply_style(self, cell: Cell, style: Style, *, text: bool = False) -> None:
        """Give a cell its style."""
        self._styles.apply_style(cell, style, text)


class Sheet:
    """One sheet; rows and columns count from 1."""

    def __init__(self, book: Book, worksheet: Worksheet) -> None:
        self.book = book
        self.raw = worksheet

    # ---- cells ---------------------------------------------------------------------------------

    def write_label(self, row: int, column: int, text: str, style: Style = BODY) -> None:
        """Write a trusted label; other text goes through :meth:`write_user_text`."""
        cell = self._cell(row, column, style, text=True)
        if text:
            cell.value = text
            cell.data_type = "s"

    def write_user_text(self, row: int, column: int, text: str, style: Style = BODY) -> None:
        """Write text of a user or a model: never a formula, whatever it begins with."""
        cell = self._cell(row, column, style, text=True)
        safe = cell_text(text)
        if safe:  # see exports.workbook.cell_text.put_text, which does the same for a single cell
            cell.value = safe
            cell.data_type = "s"

    def write_entry(self, row: int, column: int, text: str, style: Style) -> None:
        """Write text of a user into a cell to fill in; one without text takes any entry."""
        if text:
            self.write_user_text(row, column, text, style)
        else:
            self.leave_open(row, column, style)

    def number(self, row: int, column: int, value: Fraction | int | None, style: Style) -> None:
        """Write a number at full precision; nothing for ``None``."""
        cell = self._cell(row, column, style)
        if value is not None:
            cell.value = _plain(value)

    def day(self, row: int, column: int, day: date | None, style: Style) -> None:
        """Write a date, or leave an empty cell for one."""
        cell = self._cell(row, column, style)
        if day is not None:
            cell.value = day

    def formula(
        self,
        row: int,
        column: int,
        formula: str,
        result: Result,
        style: Style,
        *,
        array: bool = False,
    ) -> None:
        """Write a formula with its result; ``array`` for one that works on whole columns."""
        cell = self._cell(row, column, style)
        if isinstance(result, str):
            result = cell_text(result)
        self.book.values.put(cell, f"={formula}", result, array=array)

    def figure(
        self,
        row: int,
        column: int,
        formula: str,
        value: Fraction | int | None,
        style: Style,
        *,
        array: bool = False,
    ) -> None:
        """Write the formula of a figure; its result is a dash where there is no figure."""
        self.formula(row, column, formula, shown(value), style, array=array)

    def link(self, row: int, column: int, target: str) -> None:
        """Make a cell that has its text a link to an address outside."""
        self.raw.cell(row, column).hyperlink = target

    def link_to(self, row: int, column: int, sheet: str, place: str) -> None:
        """Make a cell that has its text a link to a place in the workbook."""
        location = f"{_quoted(sheet)}!{place}"
        self.raw.cell(row, column).hyperlink = Hyperlink(ref="", location=location)

    def apply_style(self, row: int, first: int, last: int, style: Style) -> None:
        """Give cells that stay empty a style."""
        for column in range(first, last + 1):
            self._cell(row, column, style, text=True)

    def leave_open(self, row: int, column: int, style: Style) -> None:
        """Leave a cell for the client to fill in."""
        self._cell(row, column, style)

    def merge(self, row: int, first: int, last: int, rows: int = 1) -> None:
        """Merge cells from column ``first`` to ``last``, over ``rows`` rows."""
        if last > first or rows > 1:
            merge_cells(self.raw, row, row + rows - 1, first, last)

    def _cell(self, row: int, column: int, style: Style, *, text: bool = False) -> Cell:
        cell: Cell = self.raw.cell(row, column)  # type: ignore[assignment] # no merged cells here
        self.book.apply_style(cell, style, text=text)
        return cell

    def mark_where(
        self, place: str, formula: str, *, font: Font | None = None, fill: PatternFill | None = None
    ) -> None:
        """Another look for the cells of ``place`` where the formula holds."""
        rule = Rule(type="expression", formula=[formula])
        rule.dxf = DifferentialStyle(font=font, fill=fill)
        self.raw.conditional_formatting.add(place, rule)

    def add_chart(self, chart: ChartBase, place: str, title: str, description: str) -> None:
        """Add a chart with the title and the alternative text that screen readers say."""
        self.raw.add_chart(chart, place)
        texts = self.book.chart_texts.setdefault(self.raw.title, [])
        texts.append((line_text(title), line_text(description, _LONGEST_DESCRIPTION)))

    def add_table(self, name: str, header: int, first: int, last_row: int, last: int) -> None:
        """Make rows a table with a marked header and filters.

        Cell styles stay, because LibreOffice knows no styles of tables.
        """
        place = f"{here(header, first)}:{here(last_row, last)}"
        table = Table(displayName=name, ref=place)
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
        self.raw.add_table(table)

    # ---- places --------------------------------------------------------------------------------

    def at(self, row: int, column: int) -> str:
        """The place as seen from other sheets: ``'Gaps'!$B$4``."""
        return f"{_quoted(self.raw.title)}!{fixed(row, column)}"

    def span(self, column: int, first: int, last: int) -> str:
        """A piece of a column as seen from other sheets: ``'Gaps'!$B$4:$B$25``."""
        return f"{self.at(first, column)}:{fixed(last, column)}"

    # ---- page ----------------------------------------------------------------------------------

    def widths(self, *widths: float) -> None:
        """The width of the columns from A on, in characters."""
        for column, width in enumerate(widths, 1):
            self.raw.column_dimensions[get_column_letter(column)].width = width

    def hide_columns(self, *columns: int) -> None:
        """Hide columns that only formulas and the way back need."""
        for column in columns:
            self.raw.column_dimensions[get_column_letter(column)].hidden = True

    def width_of(self, first: int, last: int) -> float:
        """The visible width of columns, in characters."""
        dimensions = [
            self.raw.column_dimensions[get_column_letter(column)]
            for column in range(first, last + 1)
        ]
        return sum(d.width for d in dimensions if not d.hidden)

    def height(self, row: int, points: float) -> None:
        """The height of a row in points."""
        self.raw.row_dimensions[row].height = points

    def points(self, first: int, last: int) -> float:
        """The height of rows in points."""
        heights = (self.raw.row_dimensions[row].height for row in range(first, last + 1))
        return sum(_USUAL_ROW if height is None else height for height in heights)

    def fit_height(
        self, row: int, *pieces: tuple[str, float, Style], least: float = 0, keep: bool = True
    ) -> None:
        """Make a row high enough for its texts.

        Each piece is a text, the width it has, and its look. With ``keep`` the height stays as it
        is: for joined cells, which no program measures. Without, programs that measure rows may
        do so, for instance after a comment was typed.
        """
        points = max((text_height(*piece) for piece in pieces), default=0.0)
        points = max(points, least)
        if keep:
            self.height(row, points)
        elif points > least:  # otherwise the usual height of a row will do
            set_measured_height(self.raw, row, points)

    def fit_cells(self, row: int, texts: Mapping[Column, tuple[str, Style]], least: float) -> None:
        """Make a row high enough for the texts of its cells by column; programs may measure it."""
        pieces = [
            (text, self.width_of(column, column), style)
            for column, (text, style) in texts.items()
            if text
        ]
        self.fit_height(row, *pieces, least=least, keep=False)

    def spread_over_pages(self, pages: int, last_column: int) -> None:
        """Print over several pages side by side, the columns up to ``last_column`` on each."""
        page: Any = self.raw
        page.page_setup.fitToWidth = pages
        page.print_title_cols = f"A:{get_column_letter(last_column)}"

    def new_page(self, row: int) -> None:
        """Begin a new page with this row."""
        self.raw.row_breaks.append(Break(id=row - 1))

    def print_setup(self, report: Report, title: str, *, one_page: bool = False) -> None:
        """Landscape on A4, as wide as the page, with header, footer and page numbers."""
        page: Any = self.raw  # the stubs take parts for optional that a new sheet always has
        page.page_setup.orientation = "landscape"
        page.page_setup.paperSize = 9  # A4
        page.page_setup.fitToWidth = 1
        page.page_setup.fitToHeight = 1 if one_page else 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.print_options.horizontalCentered = True
        margins = page.page_margins
        margins.left = margins.right = MARGIN_SIDE / _CM_PER_INCH
        margins.top, margins.bottom = MARGIN_TOP / _CM_PER_INCH, MARGIN_BOTTOM / _CM_PER_INCH
        margins.header = margins.footer = 0.7 / _CM_PER_INCH
        page.oddHeader.left.text = print_text(report.session.organisation.name)
        page.oddHeader.right.text = print_text(title)
        page.oddFooter.left.text = print_text(report.tr.long_date(report.session.date))
        page.oddFooter.center.text = print_text(report.subject)
        page.oddFooter.right.text = report.tr.gettext(
            "Page {page} of {pages}", page="&P", pages="&N"
        )
        for part in (page.oddHeader, page.oddFooter):
            for place in (part.left, part.center, part.right):
                place.font, place.size, place.color = "Arial,Regular", 8, SECONDARY
        page.sheet_view.showGridLines = False


_quoted = lru_cache(maxsize=64)(quote_sheetname)


@lru_cache(maxsize=4096)
def here(row: int, column: int) -> str:
    """The place as seen from its own row, ``B4``: it moves with the row when a table is sorted."""
    return f"{get_column_letter(column)}{row}"


@lru_cache(maxsize=4096)
def fixed(row: int, column: int) -> str:
    """The place within its sheet: ``$B$4``."""
    return f"${get_column_letter(column)}${row}"


def shown(value: Fraction | int | None) -> Result:
    """The stored result for a figure: full precision, or a dash."""
    return NO_NUMBER if value is None else _plain(value)


def point(value: Fraction | int | None) -> Result:
    """The stored result for a point of a chart: left out where there is no figure."""
    return NOT_AVAILABLE if value is None else _plain(value)


def _plain(value: Fraction | int) -> int | float:
    return value if isinstance(value, int) else plain(value)


def literal(text: str) -> str:
    """A string literal for a formula."""
    return '"' + text.replace('"', '""') + '"'


DASH = literal(NO_NUMBER)
_MARK = "\x1f"


def mark(number: int) -> str:
    """Placeholder in a translated sentence, which :func:`live` replaces by an expression."""
    return f"{_MARK}{number}{_MARK}"


def live(sentence: str, *expressions: str) -> str:
    """A sentence with live values, as an expression for a formula.

    ``sentence`` holds ``mark(0)``, ``mark(1)`` and so on for the expressions in their order.
    """
    pieces = sentence.split(_MARK)  # text, number, text, number, …, text
    joined = [
        f"({expressions[int(piece)]})" if index % 2 else literal(piece)
        for index, piece in enumerate(pieces)
        if piece
    ]
    return "&".join(joined)


def counted(forms: Callable[[int, object], str], count: str) -> str:
    """A sentence with a live count in its singular or plural, as an expression for a formula.

    ``forms`` gives the sentence for a number and for what is shown in its place, ``count`` is the
    expression that counts.
    """
    return f"IF({count}=1,{literal(forms(1, 1))},{live(forms(2, mark(0)), count)})"


@lru_cache(maxsize=4096)  # the same names stand in several tables
def text_height(text: str, width: float, style: Style) -> float:
    """Height in points of a row that holds this text in a column of ``width`` characters."""
    room = width * _POINTS_PER_WIDTH - _CELL_PADDING - style.indent * _INDENT
    count = line_count(text, room * _ROOM_USED, style.size, bold=style.bold)
    return min(count * style.size * _LINE_SPACING + 4, _HIGHEST_ROW)


def width_of_words(texts: Iterable[str], style: Style) -> float:
    """Width in characters of a column that breaks none of these texts within a word."""
    words = {word for text in texts for word in text.split()}
    longest = max((text_points(w, style.size, bold=style.bold) for w in words), default=0.0)
    room = longest / _ROOM_USED + _CELL_PADDING + style.indent * _INDENT
    return room / _POINTS_PER_WIDTH


def page_height_for(width_cm: float) -> float:
    """Height in centimetres that fits on one page when ``width_cm`` fills its width."""
    room_across = _A4_LANDSCAPE[0] - 2 * MARGIN_SIDE
    room_down = _A4_LANDSCAPE[1] - MARGIN_TOP - MARGIN_BOTTOM
    return room_down * max(1.0, width_cm / room_across)


def _sheet_name(name: str, taken: set[str]) -> str:
    clean = line_text(name)
    for forbidden in "[]:*?/\\":
        clean = clean.replace(forbidden, " ")
    clean = " ".join(clean.strip("' ").split())[:31] or "Sheet1"
    number = 2
    unique = clean
    while unique.casefold() in taken:
        unique = f"{clean[:27]} {number}"
        number += 1
    return unique
