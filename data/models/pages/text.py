"""Parses one published page: title, level, dimensions and areas."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.words.plain_text import inline_text, without_comments
from data.models.yaml.text import read_yaml

_PARSER = MarkdownIt("commonmark").disable(["inline", "reference"])  # only blocks and their lines
_DIMENSION_DEPTH, _AREA_DEPTH = 2, 3
_ANCHOR = re.compile(r"\{[#:][^{}]*\}\s*$")
_FIELD = re.compile(r"(title|description)[ \t]*[:=](.*)")
_NUMBER = re.compile(r"\d+")
_LEVEL_WORD = re.compile(
    r"(?:\b(?:maturity\s+)?(?:level|stufe|reifegrad|grad)\b)?\s*\d+", re.IGNORECASE
)
_EDGE_SIGNS = " \t-–—:.,;|/()[]#"

MAX_HEADINGS = 2_000
MAX_HEADING_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the Markdown text under it; ``line`` counts from 1."""

    heading: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A dimension on a page; ``text`` is the text before its first area."""

    heading: str
    line: int
    text: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading and the lines it takes, counted from 0; ``end`` is the line after it."""

    depth: int
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PageText:
    """A page as it was written; ``preface`` is the section before its first dimension."""

    title: str
    description: str
    preface: Section
    chapters: tuple[Chapter, ...]


def read_page(text: str) -> PageText:
    """Take a page apart: ``##`` begins a dimension, ``###`` an area, deeper headings are text.

    What a heading is, CommonMark decides: none inside of code, lists and comments, but underlined
    ones too. The title comes from the front matter,
    else from the first ``#`` heading.
    """
    front, lines, first_line = _split_front_matter(unicodedata.normalize("NFC", text))
    fields = _front_matter_fields(front)
    outline = _Outline(lines, first_line)
    return PageText(
        title=fields.get("title") or outline.title,
        description=fields.get("description", ""),
        preface=outline.preface,
        chapters=outline.chapters(),
    )


def first_number(text: str) -> int | None:
    """The first whole number in a text, nothing where there is none or where it is absurd."""
    found = _NUMBER.search(text)
    return int(found.group()) if found and len(found.group()) <= 9 else None


def name_in_title(title: str) -> str:
    """Title without the level: ``Level 5 - Optimierung`` gives ``Optimierung``."""
    rest = _LEVEL_WORD.sub(" ", title, count=1)
    rest = " ".join(rest.split()).strip(_EDGE_SIGNS)
    return rest if any(sign.isalpha() for sign in rest) else ""


def plain_heading(heading: str) -> str:
    """A heading without icons, tags, emphasis, anchors and shortcodes, on one short line."""
    return inline_text(_ANCHOR.sub("", heading))[:MAX_HEADING_LENGTH].rstrip()


def _split_front_matter(text: str) -> tuple[str, list[str], int]:
    """The front matter, the lines after it, and the number of the first of these lines."""
    lines = text.split("\n")
    mark = lines[0].rstrip()
    ends = {"---": ("---", "..."), "+++": ("+++",)}.get(mark, ())
    for index, line in enumerate(lines[1:], start=1):
        if line.rstrip() in ends:
            return "\n".join(lines[1:index]), lines[index + 1 :], index + 2
    return "", lines, 1


def _front_matter_fields(front: str) -> dict[str, str]:
    """Title and description; read line by line where the front matter is not proper YAML."""
    document = read_yaml(front)
    if isinstance(document.data, dict) and not document.faults:
        found = {key: document.data.get(key) for key in ("title", "description")}
    else:
        matches = (_FIELD.match(line) for line in front.split("\n"))
        found = {match[1]: match[2].strip().strip("\"'") for match in matches if match}
    return {key: " ".join(text.split()) for key, text in found.items() if isinstance(text, str)}


class _Outline:
    """The headings of a page and the text between them."""

    def __init__(self, lines: Sequence[str], first_line: int) -> None:
        self.title = ""
        self._first_line = first_line
        self._lines: list[str | None] = list(lines)
        self._openings = [_Heading(1, "", 0, 0)]
        self._take(_PARSER.parse("\n".join(lines)))

    @property
    def preface(self) -> Section:
        """What stands before the first dimension."""
        return self._section(0)

    def chapters(self) -> tuple[Chapter, ...]:
        """The dimensions with their areas."""
        chapters: list[tuple[Section, list[Section]]] = []
        for index, opening in enumerate(self._openings[1:], start=1):
            if opening.depth == _DIMENSION_DEPTH:
                chapters.append((self._section(index), []))
            else:
                chapters[-1][1].append(self._section(index))
        return tuple(
            Chapter(opening.heading, opening.line, opening.text, tuple(sections))
            for opening, sections in chapters
        )

    def _take(self, tokens: Sequence[Token]) -> None:
        for index, token in enumerate(tokens):
            if token.type == "html_block" and token.map:
                self._drop_comments(*token.map)
            elif token.type == "heading_open" and token.level == 0 and token.map:
                words = plain_heading(tokens[index + 1].content)
                self._take_heading(_Heading(int(token.tag[1:]), words, *token.map))

    def _take_heading(self, heading: _Heading) -> None:
        is_inside = len(self._openings) > 1
        if heading.depth == 1 and not self.title and not is_inside:
            self.title = heading.words
            self._replace(heading.start, heading.end, "")
        elif heading.depth == _DIMENSION_DEPTH or (heading.depth == _AREA_DEPTH and is_inside):
            self._openings.append(heading)

    def _drop_comments(self, start: int, end: int) -> None:
        html = "\n".join(line or "" for line in self._lines[start:end])
        kept = without_comments(html)
        if kept != html:
            self._replace(start, end, kept)

    def _replace(self, start: int, end: int, text: str) -> None:
        self._lines[start:end] = [text.strip() or None, *[None] * (end - start - 1)]

    def _section(self, index: int) -> Section:
        opening = self._openings[index]
        following = self._openings[index + 1 : index + 2]
        end = following[0].start if following else len(self._lines)
        lines = [line for line in self._lines[opening.end : end] if line is not None]
        text = "\n".join(lines).strip("\n").rstrip()
        return Section(opening.words, self._first_line + opening.start, text)
