"""Tables of HTML as rows of Markdown, so that levels in them are read alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from app.words.plain_text import inline_text
from data.models.pages.levels import find_label

_FRAME = frozenset(("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot"))
_BREAKS = frozenset(("br", "p", "div", "li", "ul", "ol", "tr"))
_MOST_COLUMNS = 50
_LONGEST = 100_000


@dataclass(slots=True)
class _Cell:
    text: str = ""
    is_head: bool = False
    across: int = 1
    down: int = 1


@dataclass(slots=True)
class _Row:
    line: int
    cells: list[_Cell] = field(default_factory=list)


class _Table(HTMLParser):
    """Reads the rows of one table; the markup within its cells stays.

    ``outside`` is what stands in no cell, such as a caption.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.rows: list[_Row] = []
        self.outside = ""
        self.is_nested = False
        self._depth = 0
        self._is_in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell; keep any other tag."""
        if tag == "table":
            self._depth += 1
            self.is_nested = self.is_nested or self._depth > 1
        if tag in _FRAME:
            self._is_in_cell = False
        elif tag == "tr":
            self.rows.append(_Row(self.getpos()[0] - 1))
            self._is_in_cell = False
        elif tag in ("td", "th") and self.rows:
            spans = (_span(dict(attrs).get(name)) for name in ("colspan", "rowspan"))
            self.rows[-1].cells.append(_Cell("", tag == "th", *spans))
            self._is_in_cell = True
        else:
            self._add("<br>" if tag in _BREAKS else self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        """End a table or a cell; keep any other tag."""
        if tag == "table":
            self._depth -= 1
        if tag in ("td", "th", "tr") or tag in _FRAME:
            self._is_in_cell = False
        elif tag not in _BREAKS:
            self._add(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self._add(data)

    def handle_comment(self, data: str) -> None:
        """Keep a comment: what reads the page sees to it."""
        self._add(f"<!--{data}-->")

    def handle_entityref(self, name: str) -> None:
        """Keep a reference such as ``&mdash;``."""
        self._add(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Keep a reference such as ``&#8212;``."""
        self._add(f"&#{name};")

    def _add(self, text: str) -> None:
        if self._is_in_cell:
            self.rows[-1].cells[-1].text += text
        else:
            self.outside += text


def _span(value: str | None) -> int:
    return min(max(int(value), 1), _MOST_COLUMNS) if value and value.isdecimal() else 1


def rows_of_table(html: str) -> list[tuple[int, str]] | None:
    """The lines of a table in Markdown, each with its line in ``html``, counted from 0.

    A caption stands above it. ``None`` for what is no plain table, such as one within another, and
    for a very long one.
    """
    if len(html) > _LONGEST:
        return None
    table = _Table()
    table.feed(html)
    table.close()
    rows = [row for row in table.rows if row.cells]
    if table.is_nested or not rows:
        return None
    grid = _grid(rows)
    width = max(map(len, grid))
    if not width or width > _MOST_COLUMNS:
        return None
    lines = [(row.line, _written(cells, width)) for row, cells in zip(rows, grid, strict=True)]
    head = lines.pop(0) if _is_head(rows[0]) else (rows[0].line, _written([], width))
    above = _tidy(table.outside)
    captions = [(0, above), (0, "")] if above else []
    return [*captions, head, (head[0], "|" + " --- |" * width), *lines]


def _is_head(row: _Row) -> bool:
    if all(cell.is_head for cell in row.cells):
        return True
    label = find_label(inline_text(row.cells[0].text))
    return label is None or label.start > 0


def _grid(rows: list[_Row]) -> list[list[str]]:
    """The texts by row and column; a cell over several of them is there in each.

    One that begins a row and goes over columns heads the row: there it is once.
    """
    grid: list[list[str]] = []
    going_on: dict[int, tuple[int, str]] = {}
    for row in rows:
        texts: list[str] = []
        cells = iter(row.cells)
        while len(texts) < _MOST_COLUMNS:
            column = len(texts)
            if column in going_on:
                left, text = going_on.pop(column)
                texts.append(text)
                if left > 1:
                    going_on[column] = (left - 1, text)
                continue
            cell = next(cells, None)
            if cell is None:
                break
            text = _tidy(cell.text)
            for each in range(column, column + cell.across):
                texts.append(text if each == column or column else "")
                if cell.down > 1:
                    going_on[each] = (cell.down - 1, texts[-1])
        grid.append(texts)
    return grid


def _tidy(text: str) -> str:
    """The text of a cell on one line, without breaks around it."""
    parts = (" ".join(part.split()) for part in text.split("<br>"))
    return " <br> ".join(filter(None, parts)).replace("|", "\\|")


def _written(cells: list[str], width: int) -> str:
    filled = [*cells, *[""] * (width - len(cells))]
    return "| " + " | ".join(filled) + " |"
