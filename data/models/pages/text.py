"""Parses one published page: title, headings, and the dimensions and areas they begin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.words.plain_text import inline_text, without_comments
from data.models.languages import FRONT_MATTER_KEYS
from data.models.pages.alignment import heading_key
from data.models.pages.levels import find_label, phase_as_level
from data.models.pages.panels import Panel, unfold
from data.models.yaml.text import read_yaml

_PARSER = MarkdownIt("commonmark").disable(["inline", "reference"])  # only blocks and their lines
_ANCHOR = re.compile(r"\{[#:][^{}]*\}\s*$")
_BEFORE_FRONT_MATTER = re.compile(r"(?:\s|<!--(?:(?!-->).)*-->)*", re.DOTALL)
_FIELDS = ("title", "description", *FRONT_MATTER_KEYS)
_FIELD = re.compile(rf"({'|'.join(_FIELDS)})[ \t]*[:=](.*)")

_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)

_OF_MODEL = re.compile(
    r"maturity|reifegrad|madurez|maturit|zrelosti|model|modell|modèle|matrix|matrice|matriz|framework"
    r"|assessment|introduction|overview|einleitung|einführung|überblick|übersicht|成熟度|モデル",
    re.IGNORECASE,
)
"""Titles of a whole model or its introduction, which name no area."""

MAX_HEADINGS = 2_000
MAX_HEADING_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the Markdown text under it; ``line`` counts from 1.

    ``short`` and ``question`` are known only where a page says the levels of an area itself.
    """

    heading: str
    line: int
    text: str
    file: str = ""
    short: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A dimension on a page; ``text`` is the text before its first area."""

    heading: str
    line: int
    text: str
    sections: tuple[Section, ...]
    file: str = ""

    @property
    def lead(self) -> Section:
        """The text before the first area, under the heading of the dimension."""
        return Section(self.heading, self.line, self.text, self.file)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and the lines it takes, counted from 0; ``end`` is the line after it."""

    depth: int
    words: str
    start: int
    end: int


@dataclass(frozen=True)
class PageText:
    """A page as it was written.

    ``lines`` are those after the front matter, each with its number in the file; ``headings``
    does not hold the one that repeats or gives the title, which is ``titled``. ``panels`` are the
    tabs and blocks among the lines. ``code`` are lines that are no prose; ``unclosed`` is the line
    of a comment that never ends, ``unclosed_code`` that of such a code block.
    """

    file: str
    title: str
    description: str
    lines: tuple[str | None, ...]
    numbers: tuple[int, ...]
    headings: tuple[Heading, ...]
    panels: tuple[Panel, ...] = ()
    titled: Heading | None = None
    code: frozenset[int] = frozenset()
    unclosed: int | None = None
    unclosed_code: int | None = None
    language: str = ""
    """As the front matter states it."""
    is_title_stated: bool = False
    """True if the front matter states the title."""
    is_title_heading: bool = False
    """True if the heading that was taken for the title begins an area or dimension itself."""

    @property
    def own_title(self) -> str:
        """The title, unless it is the name of a dimension."""
        return "" if self.titled in self._possible else self.title

    @cached_property
    def tops(self) -> tuple[Heading, ...]:
        """The ``#`` headings, with the one that was taken for the title."""
        first = (self.titled,) if self.titled else ()
        return tuple(each for each in (*first, *self.headings) if each.depth == 1)

    @cached_property
    def may_title_be_heading(self) -> bool:
        """True if the title is one of several ``#`` headings, with a text or ``##`` of its own."""
        if self.titled is None or self.is_title_stated or len(self.tops) < 2:
            return False
        is_of_model = find_label(self.title) or _OF_MODEL.search(self.title)
        return not is_of_model and self._has_content(self.titled)

    def _has_content(self, heading: Heading) -> bool:
        following = next((each for each in self.headings if each.start > heading.start), None)
        if following and following.depth == 2:
            return _is_flat(self.headings)
        return bool(self.text(heading.end, following.start if following else None))

    @cached_property
    def preface(self) -> Section:
        """The text before the first dimension."""
        chapters = self._openings
        end = chapters[0].start if chapters else None
        return Section("", self.line_number(0), self.text(0, end), self.file)

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """The dimensions with their areas: usually ``##`` and ``###``; deeper headings are text.

        Where a page has its dimensions under ``#`` and its areas under ``##``, those count.
        """
        chapters: list[tuple[Section, list[Section]]] = []
        openings = self._openings
        for index, opening in enumerate(openings):
            end = openings[index + 1].start if index + 1 < len(openings) else None
            section = self.section(opening, end)
            if opening.depth <= self._dimension_depth:
                chapters.append((section, []))
            else:
                chapters[-1][1].append(section)
        return tuple(
            Chapter(opening.heading, opening.line, opening.text, tuple(sections), self.file)
            for opening, sections in chapters
        )

    def section(self, heading: Heading, end: int | None) -> Section:
        """A heading and the text from there to a line."""
        return Section(
            heading.words, self.line_number(heading.start), self.text(heading.end, end), self.file
        )

    def text(self, start: int, end: int | None) -> str:
        """The text between two lines, without what was dropped."""
        kept = (line for line in self.lines[start:end] if line is not None)
        return "\n".join(kept).strip("\n").rstrip()

    def line_number(self, index: int) -> int:
        """The number of a line as an editor shows it."""
        return self.numbers[min(index, len(self.numbers) - 1)] if self.numbers else 1

    @cached_property
    def _dimension_depth(self) -> int:
        is_one = len([each for each in self._possible if each.depth == 1]) == 1
        is_top = _is_flat(self._possible) if is_one else _tops_are_dimensions(self._possible)
        return 1 if is_top and _has_areas_below_tops(self._possible) else 2

    @cached_property
    def _possible(self) -> tuple[Heading, ...]:
        """The headings; with the title where it looks like all the other ``#`` headings."""
        if self.titled is None or find_label(self.title):
            return self.headings
        both = (self.titled, *self.headings)
        is_like_the_others = _tops_are_dimensions(both) and _all_tops_have_areas(both)
        return both if is_like_the_others or self.is_title_heading else self.headings

    @cached_property
    def _openings(self) -> tuple[Heading, ...]:
        depth = self._dimension_depth
        openings: list[Heading] = []
        for heading in self._possible:
            if heading.depth <= depth or (heading.depth == depth + 1 and openings):
                openings.append(heading)
        return tuple(openings)


def read_page(text: str, file: str = "") -> PageText:
    """Take a page apart.

    What a heading is, CommonMark decides: none inside of code, lists and comments, but underlined
    ones too. The title comes from the front matter, else from the first ``#`` heading; where only
    the latter states a level, it comes from there.
    """
    front, lines, first_line = _split_front_matter(unicodedata.normalize("NFC", text))
    fields = _front_matter_fields(front)
    page = unfold(lines, first_line)
    blocks = _Blocks(page.lines)
    titled = _title_heading(blocks, fields.get("title", ""))
    title = plain_heading(fields.get("title", "")) or (titled.words if titled else "")
    if titled and not find_label(title) and find_label(titled.words):
        title = titled.words
    if titled:
        blocks.drop(titled)
    return PageText(
        file=file,
        title=title,
        description=fields.get("description", ""),
        language=next((fields[key] for key in FRONT_MATTER_KEYS if key in fields), ""),
        lines=tuple(blocks.lines),
        numbers=tuple(page.numbers),
        headings=tuple(each for each in blocks.headings if each is not titled),
        panels=tuple(page.panels),
        titled=titled,
        code=frozenset(blocks.code),
        unclosed=blocks.unclosed,
        unclosed_code=blocks.unclosed_code,
        is_title_stated=bool(plain_heading(fields.get("title", ""))),
    )


def with_phases_as_levels(page: PageText) -> PageText:
    """A page whose headings and panels state phases, with levels instead."""
    return replace(
        page,
        headings=tuple(replace(each, words=phase_as_level(each.words)) for each in page.headings),
        panels=tuple(replace(each, name=phase_as_level(each.name)) for each in page.panels),
    )


def plain_heading(heading: str) -> str:
    """A heading without icons, tags, emphasis, anchors and shortcodes, on one short line."""
    return inline_text(_ANCHOR.sub("", heading))[:MAX_HEADING_LENGTH].rstrip()


def _title_heading(blocks: _Blocks, title: str) -> Heading | None:
    """The ``#`` heading that is the page's title and no dimension or area."""
    headings = blocks.headings
    first = next((each for each in headings if each.depth <= 2), None)
    if first is None or first.depth == 2:
        return None
    stated = [find_label(each.words) for each in headings if each.depth == 1]
    if len({label.number for label in stated if label}) > 1:
        return None  # each of them is a level, none the title
    if find_label(first.words) or heading_key(first.words) == heading_key(title):
        return first
    if title and len(stated) > 1 and _is_flat(headings) and blocks.has_text_below(first):
        return None
    return None if title and _tops_are_dimensions(headings) else first


def _tops_are_dimensions(headings: Sequence[Heading]) -> bool:
    """True if several ``#`` headings have ``##`` below them, as dimensions have areas."""
    tops = [each for each in headings if each.depth == 1]
    is_several = len(tops) > 1 and _has_areas_below_tops(headings)
    return is_several and (_is_flat(headings) or _all_tops_have_areas(headings))


def _has_areas_below_tops(headings: Sequence[Heading]) -> bool:
    depths = [each.depth for each in headings if each.depth <= 2]
    return depths[:1] == [1] and 2 in depths


def _all_tops_have_areas(headings: Sequence[Heading]) -> bool:
    depths = [each.depth for each in headings if each.depth <= 2]
    pairs = zip(depths, [*depths[1:], 1], strict=True)
    return all(below == 2 for depth, below in pairs if depth == 1)


def _is_flat(headings: Sequence[Heading]) -> bool:
    return all(each.depth != 3 for each in headings)


def _split_front_matter(text: str) -> tuple[str, list[str], int]:
    """The front matter, the lines after it, and the number of the first of these lines.

    Empty lines and comments may stand before it.
    """
    lines = text.split("\n")
    before = _BEFORE_FRONT_MATTER.match(text)
    first = text.count("\n", 0, before.end()) if before else 0
    mark = lines[first].rstrip()
    ends = {"---": ("---", "..."), "+++": ("+++",)}.get(mark, ())
    for index, line in enumerate(lines[first + 1 :], start=first + 1):
        if line.rstrip() in ends:
            return "\n".join(lines[first + 1 : index]), lines[index + 1 :], index + 2
    return "", lines, 1


def _front_matter_fields(front: str) -> dict[str, str]:
    """Title, description, language; read line by line where it is not proper YAML."""
    document = read_yaml(front)
    if isinstance(document.data, dict) and not document.faults:
        found = {key: document.data.get(key) for key in _FIELDS}
    else:
        matches = (_FIELD.match(line) for line in front.split("\n"))
        found = {match[1]: match[2].strip().strip("\"'") for match in matches if match}
    return {key: " ".join(text.split()) for key, text in found.items() if isinstance(text, str)}


class _Blocks:
    """The headings of a page, its lines without comments, and which of them are code."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines: list[str | None] = list(lines)
        self.headings: list[Heading] = []
        self.code: set[int] = set()
        self.unclosed: int | None = None
        self.unclosed_code: int | None = None
        self._take(_PARSER.parse("\n".join(lines)))

    def drop(self, heading: Heading) -> None:
        """Take a heading out of the text."""
        self._replace(heading.start, heading.end, "")

    def has_text_below(self, heading: Heading) -> bool:
        """True if a text stands between a heading and the next one."""
        end = next((each.start for each in self.headings if each.start > heading.start), None)
        return any((line or "").strip() for line in self.lines[heading.end : end])

    def _take(self, tokens: Sequence[Token]) -> None:
        for index, token in enumerate(tokens):
            if not token.map:
                continue
            if token.type == "html_block":
                self._drop_unseen(*token.map)
            elif token.type in ("fence", "code_block"):
                self.code.update(range(*token.map))
                self._note_unclosed(token)
            elif token.type == "heading_open" and token.level == 0:
                words = plain_heading(tokens[index + 1].content)
                self.headings.append(Heading(int(token.tag[1:]), words, *token.map))

    def _note_unclosed(self, token: Token) -> None:
        """Remember the first fence that hides the rest of the page, or all up to the next one."""
        if token.type != "fence" or not token.map or self.unclosed_code is not None:
            return
        start, end = token.map
        inner = [(line or "").strip(" \t>") for line in self.lines[start + 1 : end]]
        fences = [line for line in inner if line.startswith(token.markup)]
        is_closed = inner[-1:] == fences[-1:] and not "".join(fences[-1:]).strip(token.markup[0])
        is_last = not any((line or "").strip() for line in self.lines[end:])
        if (not is_closed and is_last) or len(fences) > 1:
            self.unclosed_code = start

    def _drop_unseen(self, start: int, end: int) -> None:
        """Drop comments and scripts; the words beside a comment stay."""
        html = "\n".join(line or "" for line in self.lines[start:end])
        kept = _SCRIPT.sub("", without_comments(html))
        if html.rfind("<!--") > html.rfind("-->"):
            self.unclosed = start + html.count("\n", 0, html.rfind("<!--"))
        if kept != html:
            indent = html[: len(html) - len(html.lstrip())]
            self._replace(start, end, indent + kept.strip() if kept.strip() else "")

    def _replace(self, start: int, end: int, text: str) -> None:
        self.lines[start:end] = [text or None, *[None] * (end - start - 1)]
