"""One published page of a maturity model taken apart: title, level, dimensions and areas."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from app.model.comparability import normalised_text
from data.models.yaml.text import read_yaml

_HEADING = re.compile(r" {0,3}(#{1,6})(?![^ \t])")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$")
_ANCHOR = re.compile(r"\{[#:][^{}]*\}\s*$|\{\{[<%][^{}]*[%>]\}\}")
_ENTITIES = (("&amp;", "&"), ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"))
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
    """A dimension on a page; ``text`` stands before its first area."""

    heading: str
    line: int
    text: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class PageText:
    """A page as it was written; ``preface`` is the section before its first dimension."""

    title: str
    description: str
    preface: Section
    chapters: tuple[Chapter, ...]


def read_page(text: str) -> PageText:
    """Take a page apart: ``##`` begins a dimension, ``###`` an area, deeper headings are text.

    Headings inside code fences and comments are none. The title comes from the front matter,
    else from the first ``#`` heading.
    """
    front, lines, first_line = _split_front_matter(unicodedata.normalize("NFC", text))
    fields = _front_matter_fields(front)
    reading = _Reading(first_line)
    for line in lines:
        reading.take(line)
    chapters = reading.chapters()
    return PageText(
        title=fields.get("title") or reading.title,
        description=fields.get("description", ""),
        preface=reading.preface,
        chapters=chapters,
    )


def first_number(text: str) -> int | None:
    """The first whole number in a text, nothing where there is none or where it is absurd."""
    found = _NUMBER.search(text)
    return int(found.group()) if found and len(found.group()) <= 9 else None


def name_in_title(title: str) -> str:
    """What a title says besides the level: ``Level 5 - Optimierung`` gives ``Optimierung``."""
    rest = _LEVEL_WORD.sub(" ", title, count=1)
    rest = " ".join(rest.split()).strip(_EDGE_SIGNS)
    return rest if any(sign.isalpha() for sign in rest) else ""


def plain_heading(heading: str) -> str:
    """A heading without icons, tags, emphasis, anchors and shortcodes, on one short line."""
    for written, meant in _ENTITIES:
        heading = heading.replace(written, meant)
    return normalised_text(_ANCHOR.sub("", heading))[:MAX_HEADING_LENGTH].rstrip()


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


def _heading(line: str) -> tuple[int, str]:
    """Depth and words of a heading, without the closing signs; depth 0 for any other line."""
    mark = _HEADING.match(line)
    if not mark:
        return 0, ""
    words = line[mark.end() :].strip()
    without_signs = words.rstrip("#")
    if not without_signs or without_signs[-1] in " \t":
        words = without_signs
    return len(mark[1]), plain_heading(words)


class _Reading:
    """Goes through the lines of a page once."""

    def __init__(self, first_line: int) -> None:
        self.title = ""
        self.preface = Section("", first_line, "")
        self._number = first_line - 1
        self._fence = ""
        self._in_comment = False
        self._chapters: list[tuple[Section, list[Section]]] = []
        self._lines: list[str] = []
        self._depth = 1
        self._heading = ""
        self._line = first_line

    def take(self, line: str) -> None:
        self._number += 1
        if self._is_code(line):
            self._lines.append(line)
            return
        if self._is_comment(line):
            return
        depth, words = _heading(line)
        if depth == 1 and not self.title and self._depth == 1:
            self.title = words
        elif depth == 2 or (depth == 3 and self._depth > 1):
            self._begin(depth, words)
        else:
            self._lines.append(line)

    def chapters(self) -> tuple[Chapter, ...]:
        """The dimensions; to be asked for at the end of the page."""
        self._put_away()
        return tuple(
            Chapter(opening.heading, opening.line, opening.text, tuple(sections))
            for opening, sections in self._chapters
        )

    def _begin(self, depth: int, heading: str) -> None:
        self._put_away()
        self._lines = []
        self._depth, self._heading, self._line = depth, heading, self._number

    def _put_away(self) -> None:
        text = "\n".join(self._lines).strip("\n").rstrip()
        section = Section(self._heading, self._line, text)
        if self._depth == 1:
            self.preface = section
        elif self._depth == 2:
            self._chapters.append((section, []))
        else:
            self._chapters[-1][1].append(section)

    def _is_code(self, line: str) -> bool:
        if self._in_comment:
            return False
        fence = _FENCE.match(line)
        if self._fence:
            if fence and fence[1].startswith(self._fence) and not fence[2].strip():
                self._fence = ""
            return True
        if fence and not (fence[1][0] == "`" and "`" in fence[2]):
            self._fence = fence[1]
            return True
        return False

    def _is_comment(self, line: str) -> bool:
        if self._in_comment:
            self._in_comment = "-->" not in line
            return True
        if line.lstrip().startswith("<!--"):
            self._in_comment = "-->" not in line
            return True
        return False
