"""Unfolds tabs, collapsible blocks and admonitions of site generators into bold names and text.

Each generator writes them in its own way, and CommonMark sees code or HTML in most of them. Their
texts become lines of the page, so that the headings, lists and tables in them count; tables of HTML
become those of Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.words.plain_text import inline_text
from data.models.pages.html_tables import rows_of_table

_INDENTED = re.compile(  # Python-Markdown, MkDocs
    r"(?P<indent> *)(?:===[!+]?|(?:!!!|\?\?\?\+?)(?: +[\w-]+)*) +\"(?P<name>[^\"]+)\"\s*"
)
_COLONS = re.compile(  # VitePress, Docusaurus, MyST
    r" {0,3}(?P<colons>:{3,}) *(?P<kind>\{?[\w-]+\}?)? *(?:\[(?P<name>[^\]]+)\]|(?P<rest>\S.*))?"
)
_TOKEN = re.compile(
    r"(?P<details><details\b[^>]*>)|(?P<end_details></details\s*>)"
    r"|<summary\b[^>]*>(?P<summary>.*?)</summary\s*>"
    r"|<TabItem\b(?P<item>[^>]*)>|(?P<end_item></TabItem\s*>)|(?P<tabs></?Tabs\b[^>]*>)"
    r"|\{\{[<%]\s*(?P<end>/)?\s*(?P<kind>tabs|tabpane|tab|details|expand)\b(?P<rest>[^{}]*?)[>%]\}\}"
    r"|\{%-?\s*(?P<liquid>tabs|tab|endtabs|endtab|details|enddetails)\b(?P<title>[^{}]*?)-?%\}",
    re.IGNORECASE,
)
_ATTRIBUTE = r"(?:\b(?:tabName|name|header|title|label)\s*=\s*)"
_NAME = re.compile(rf"{_ATTRIBUTE}[\"'](?P<name>[^\"']+)[\"']|(?<![=\w])\"(?P<first>[^\"]+)\"")
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_END_OF_TABLE = re.compile(r"</table\s*>", re.IGNORECASE)
_FENCE = re.compile(r"\s{0,12}(?P<mark>`{3,}|~{3,})(?P<info>[^`]*)")
_HIDDEN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|<!--.*?-->")
_END_TAG = re.compile(r"</\w+\s*>\s*$")
_HEADING = re.compile(r" {0,3}#{1,6}\s")
_SUMMARY_LINES = 5
_BODY_INDENT = 4


@dataclass(frozen=True, slots=True)
class Panel:
    """A tab or block: its name stands on line ``start``, its text from there to ``end``."""

    name: str
    start: int
    end: int


@dataclass(slots=True)
class _Open:
    """A panel that has begun; ``start`` is missing where it has no name."""

    kind: str
    name: str = ""
    start: int | None = None
    indent: int = 0


@dataclass(slots=True)
class Unfolded:
    """The lines of a page without the marks of panels, with their numbers, and the panels."""

    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)


def unfold(lines: Sequence[str], first_line: int) -> Unfolded:
    """Unfold the panels of a page; ``first_line`` is the number of its first line."""
    if not any(map(_may_be_mark, lines)):
        return Unfolded(list(lines), [first_line + index for index in range(len(lines))])
    unfolding = _Unfolding()
    for number, line in enumerate(_with_whole_summaries(lines), start=first_line):
        unfolding.take(line, number)
    return unfolding.finish()


def _may_be_mark(line: str) -> bool:
    marks = (_INDENTED.fullmatch, _TOKEN.search, _END_TAG.search, _TABLE.search)
    return ":::" in line or any(find(line) for find in marks)


def _in_sight(mark: re.Pattern[str], line: str) -> Iterator[re.Match[str]]:
    """The marks of a line that stand in no code and in no comment."""
    hidden = [found.span() for found in _HIDDEN.finditer(line)]
    for found in mark.finditer(line):
        if not any(start <= found.start() < end for start, end in hidden):
            yield found


def _with_whole_summaries(lines: Sequence[str]) -> Iterator[str]:
    """The lines, with a summary that is written over several of them on the first."""
    at = 0
    while at < len(lines):
        taken = 1
        line = lines[at]
        if "<summary" in line and "</summary" not in line:
            ahead = lines[at : at + _SUMMARY_LINES]
            taken = next((i for i, each in enumerate(ahead, start=1) if "</summary" in each), 1)
            line = " ".join(each.strip() for each in ahead[:taken])
        yield line
        yield from [""] * (taken - 1)
        at += taken


class _Unfolding:
    """The state of unfolding: what is open at a line."""

    def __init__(self) -> None:
        self._page = Unfolded()
        self._open: list[_Open] = []
        self._fence = ""
        self._is_in_comment = False
        self._number = 0
        self._table: list[tuple[int, str]] = []

    def take(self, line: str, number: int) -> None:
        """Add one line."""
        self._number = number
        line = self._without_indent(line)
        if self._table:
            self._take_table(line)
        elif self._is_verbatim(line):
            self._emit(line)
        elif indented := _INDENTED.fullmatch(line):
            indent = self._indent + len(indented["indent"]) + _BODY_INDENT
            self._begin(_Open("indent", indented["name"], indent=indent))
        elif colons := _COLONS.fullmatch(line):
            self._take_colons(colons, line)
        elif table := next(_in_sight(_TABLE, line), None):
            self._emit_text(line[: table.start()])
            self._take_table(line[table.start() :])
        else:
            self._take_tokens(line)

    def finish(self) -> Unfolded:
        """Close what is still open."""
        self._emit_as_it_was()
        self._close_from(0)
        self._page.panels.sort(key=lambda panel: panel.start)
        return self._page

    # ---- lines ---------------------------------------------------------------------------------

    def _without_indent(self, line: str) -> str:
        """The line without the indentation of its block; closes blocks that it is outside of."""
        if not self._indent:
            return line
        if not line.strip():
            return ""
        words = line.lstrip(" \t")
        line = line[: len(line) - len(words)].expandtabs(_BODY_INDENT) + words
        width = len(line) - len(words)
        for index, each in enumerate(self._open):
            if each.indent > width and not self._is_in_comment:
                self._close_from(index)
                self._fence = ""
                break
        return line[self._indent :]

    @property
    def _indent(self) -> int:
        """Of the innermost block; one inside of another is never indented less."""
        return self._open[-1].indent if self._open else 0

    def _is_verbatim(self, line: str) -> bool:
        """True within code and comments, whose signs are no marks."""
        if self._is_in_comment:
            self._is_in_comment = "-->" not in line
            return True
        fence = _FENCE.fullmatch(line)
        if self._fence:
            if fence and fence["mark"].startswith(self._fence) and not fence["info"].strip():
                self._fence = ""
            return True
        if fence:
            self._fence = fence["mark"]
            return True
        visible = _HIDDEN.sub("", line)
        self._is_in_comment = "<!--" in visible
        return self._is_in_comment

    def _emit(self, line: str) -> None:
        if _HEADING.match(line) and self._page.lines and _END_TAG.search(self._page.lines[-1]):
            self._emit("")  # CommonMark takes a heading right behind an end tag for HTML
        self._page.lines.append(line)
        self._page.numbers.append(self._number)

    # ---- tables --------------------------------------------------------------------------------

    def _take_table(self, line: str) -> None:
        """Collect the lines of a table up to its end, then emit its rows."""
        end = _END_OF_TABLE.search(line)
        self._table.append((self._number, line[: end.end()] if end else line))
        if end is None:
            return
        rows = rows_of_table("\n".join(text for _, text in self._table))
        if rows is None:
            self._emit_as_it_was()
        else:
            end_number, numbers = self._number, [number for number, _ in self._table]
            self._table = []
            self._number = numbers[0]
            self._separate()
            for at, row in rows:
                self._number = numbers[at]
                self._emit(row)
            self._number = end_number
            self._separate()
        self._emit_text(line[end.end() :])

    def _emit_as_it_was(self) -> None:
        for number, line in self._table:
            self._number = number
            self._emit(line)
        self._table = []

    # ---- marks ---------------------------------------------------------------------------------

    def _take_colons(self, found: re.Match[str], line: str) -> None:
        kind = found["kind"] or ""
        name = found["name"] or found["rest"] or (kind if not kind.startswith("{") else "")
        if kind or name:
            self._begin(_Open("colons", name))
        elif self._last("colons") is not None:
            self._close("colons")
        else:
            self._emit(line)

    def _take_tokens(self, line: str) -> None:
        tokens = list(_in_sight(_TOKEN, line))
        if not tokens:
            self._emit(line)
            return
        at = 0
        for token in tokens:
            self._emit_text(line[at : token.start()])
            self._take_token(token)
            at = token.end()
        self._emit_text(line[at:])

    def _emit_text(self, text: str) -> None:
        if text.strip():
            self._emit(text.strip())

    def _take_token(self, token: re.Match[str]) -> None:
        if token["details"]:
            self._begin(_Open("html"))
        elif token["summary"] is not None:
            self._name_details(token["summary"])
        elif token["end_details"]:
            self._close("html")
        elif token["item"] is not None:
            self._begin(_Open("item", _name_in(token["item"])))
        elif token["end_item"]:
            self._close("item")
        elif not token["tabs"]:
            self._take_shortcode(token)

    def _take_shortcode(self, token: re.Match[str]) -> None:
        """A tab of Hugo or Liquid; one that begins ends the one before it."""
        liquid = (token["liquid"] or "").lower()
        kind = (token["kind"] or liquid.removeprefix("end")).lower()
        is_end = token["end"] or liquid.startswith("end")
        if is_end or kind == "tab":
            self._close("tab")
        if not is_end and kind in ("tab", "details", "expand"):
            self._begin(_Open("tab", _name_in(token["rest"] or token["title"] or "")))

    def _name_details(self, summary: str) -> None:
        last = self._open[-1] if self._open else None
        if last is None or last.kind != "html" or last.start is not None:
            self._emit_text(summary)
            return
        self._open.pop()
        self._begin(_Open("html", summary))

    # ---- begin and end -------------------------------------------------------------------------

    def _begin(self, panel: _Open) -> None:
        panel.name = inline_text(panel.name)
        panel.indent = max(panel.indent, self._indent)
        if panel.name:
            self._separate()
            panel.start = len(self._page.lines)
            self._emit(f"**{panel.name.replace('*', '')}**")
            self._separate()
        self._open.append(panel)

    def _last(self, kind: str) -> int | None:
        places = (at for at in range(len(self._open) - 1, -1, -1) if self._open[at].kind == kind)
        return next(places, None)

    def _close(self, kind: str) -> None:
        at = self._last(kind)
        if at is not None:
            self._close_from(at)

    def _close_from(self, index: int) -> None:
        closed = self._open[index:]
        del self._open[index:]
        for each in closed:
            if each.start is not None:
                self._page.panels.append(Panel(each.name, each.start, len(self._page.lines)))
        if closed:
            self._separate()

    def _separate(self) -> None:
        """An empty line, unless there is one."""
        if self._page.lines and self._page.lines[-1].strip():
            self._emit("")


def _name_in(attributes: str) -> str:
    found = _NAME.search(attributes)
    return (found["name"] or found["first"]) if found else ""
