"""Finds levels in the text of a section that begin its list items, bold lines or paragraphs."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.model.scale import HIGHEST_LEVEL
from app.words.plain_text import inline_text
from data.models.import_report import SEVERAL_LEVELS_IN_ITEM
from data.models.pages.levels import find_label, starts_with_several, without_edges


class Line(NamedTuple):
    """A line with its number in the file; what is code begins neither level nor table."""

    number: int
    text: str
    is_code: bool = False

    @property
    def prose(self) -> str:
        """The text that may hold marks."""
        return "" if self.is_code else self.text


@dataclass(frozen=True, slots=True)
class Cell:
    """An area at one level.

    ``name`` is what stands beside the number: the level's name, or a short text of the area.
    """

    level: int
    line: int
    text: str
    name: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Levels that belong together; ``heading`` is empty where they stand right in their section.

    ``parent`` is the dimension, where a table names it.
    """

    heading: str
    line: int
    cells: tuple[Cell, ...]
    question: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Rest:
    """A part of a table that belongs to no level: its line, its first words, and the reason."""

    line: int
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """The levels in a section; ``before`` and ``after`` are the texts around them."""

    runs: tuple[Run, ...]
    before: str = ""
    after: str = ""
    rest: tuple[Rest, ...] = ()


_LINE = re.compile(r"(?P<indent> {0,12})(?P<mark>(?:[*+-]|\d{1,9}[.)])[ \t]+)?(?P<rest>\S.*)")
_BOX = re.compile(r"^\[[ xX]\][ \t]+")
_OPENING = re.compile("(?:[\U0001f000-\U0001faff\u2600-\u27bf]\ufe0f?|[0-9]\ufe0f\u20e3|[*_\\[ ])*")
_TABS = re.compile(r"^[ \t]*\t")
_BOLD_END = re.compile(r"\*\*|__")
_LINK_END = re.compile(r"\]\([^)]*\)")
_NAME_IN_BRACKETS = re.compile(r"\s*[(（](?P<name>[^()（）]{1,80})[)）]")
_AFTER_LABEL = re.compile(r"\s*(?:[:：.,，、;；]|[-–—]{1,3}(?=\s)|$)\s*")
_COLON = re.compile(r"\s*[:：]\s*")
_BOLD_LINE = re.compile(r"(?:\*\*|__)(?P<words>[^*_]+)(?:\*\*|__):?")
_DEFINITION = re.compile(r" {0,3}:[ \t]+(?P<text>\S.*)")
_CONTINUATION = 4
_SHORT_LINE = 80
_LABEL_LENGTH = 60


@dataclass(frozen=True, slots=True)
class _Mark:
    """The line on which a level begins; ``width`` is how far the text of its item is indented.

    An item on several levels has none.
    """

    at: int
    level: int | None
    name: str
    text: str
    width: int
    is_item: bool


def levels_in_items(lines: Sequence[Line]) -> Found | None:
    """Levels that begin with ``* Level 1: …``, ``**Level 1** …`` or ``Level 1: …``.

    The terms of a definition list count as bold lines.
    """
    lines = _without_definitions([_without_tabs(line) for line in lines])
    marks = _marks(lines)
    if all(mark.level is None for mark in marks):
        return None
    marked = {mark.at for mark in marks}
    runs = _runs(marks)
    starts = [_heading_before(lines, run[0].at, marked, len(runs)) for run in runs]
    found: list[Run] = []
    after: list[str] = []
    rest: list[Rest] = []
    for run, (heading, start), (_, end) in zip(
        runs, starts, [*starts[1:], ("", len(lines))], strict=True
    ):
        ends = [*(mark.at for mark in run[1:]), end]
        if run[-1].is_item:
            ends[-1] = _end_of_item(lines, run[-1], end)
            after.append(joined(lines[ends[-1] : end]))
        cells = tuple(
            _cell(lines, mark, mark.level, last)
            for mark, last in zip(run, ends, strict=True)
            if mark.level is not None
        )
        rest += [
            Rest(lines[mark.at].number, mark.name, SEVERAL_LEVELS_IN_ITEM)
            for mark in run
            if mark.level is None
        ]
        if found and not heading:
            found[-1] = Run(found[-1].heading, found[-1].line, (*found[-1].cells, *cells))
        else:
            found.append(Run(heading, lines[start].number, cells))
    before, behind = joined(lines[: starts[0][1]]), "\n\n".join(filter(None, after))
    return Found(tuple(found), before, behind, tuple(rest))


def _without_tabs(line: Line) -> Line:
    """The line indented by blanks alone; a tab reaches to the next of every four columns."""
    found = _TABS.match(line.text)
    if found is None:
        return line
    indent = found[0].expandtabs(_CONTINUATION)
    return line._replace(text=indent + line.text[found.end() :])


def _without_definitions(lines: Sequence[Line]) -> list[Line]:
    """Definition lists (``Level 1``, below it ``: text``) as bold terms and paragraphs."""
    result: list[Line] = []
    is_inside = False
    for line in lines:
        found = _DEFINITION.fullmatch(line.prose)
        term = _term_above(result) if found and not is_inside else None
        if found and term is not None:
            above = result[term]
            result[term:] = [Line(above.number, f"**{above.text.strip().strip('*_')}**")]
        if found and (is_inside or term is not None):
            result += [Line(line.number, "")] if is_inside else []
            result.append(Line(line.number, found["text"]))
            is_inside = True
            continue
        is_inside = is_inside and (not line.text.strip() or line.text.startswith((" ", "\t")))
        indent = _CONTINUATION if is_inside else 0
        result.append(line._replace(text=_dedented(line.text, indent)))
    return result


def _term_above(lines: Sequence[Line]) -> int | None:
    """Index of the line a definition belongs to, which states a level."""
    last = range(len(lines) - 1, max(len(lines) - 3, -1), -1)
    at = next((each for each in last if lines[each].text.strip()), None)
    if at is None:
        return None
    words = inline_text(lines[at].prose)
    label = find_label(words)
    return at if label and not words[: label.start].strip(" *_") else None


def _marks(lines: Sequence[Line]) -> list[_Mark]:
    marks: list[_Mark] = []
    begins_a_paragraph = True
    for at, line in enumerate(lines):
        mark = _mark(at, line.prose, begins_a_paragraph=begins_a_paragraph)
        if mark:
            marks.append(mark)
        begins_a_paragraph = mark is not None or not line.text.strip()
    return marks


def _mark(at: int, line: str, *, begins_a_paragraph: bool) -> _Mark | None:
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    rest = _BOX.sub("", found["rest"], count=1) if found["mark"] else found["rest"]
    opening = _OPENING.match(rest)
    start = opening.end() if opening else 0
    is_item, is_bold = found["mark"] is not None, _BOLD_END.search(rest[:start]) is not None
    if (is_item or is_bold) and _is_several(rest[start : start + _LABEL_LENGTH]):
        return _Mark(at, None, inline_text(rest)[:_LABEL_LENGTH], "", 0, is_item)
    label = find_label(rest[: start + _LABEL_LENGTH])
    if label is None or label.start > start or label.number > HIGHEST_LEVEL:
        return None
    split = _split_at_label(rest[:start], rest[label.end :], is_bold, is_item)
    if split is None or not (is_item or is_bold or begins_a_paragraph):
        return None
    width = len(found["indent"]) + len(found["mark"] or "")
    return _Mark(at, label.number, *split, width, is_item)


def _is_several(words: str) -> bool:
    """True for words that begin with several levels, up to a colon."""
    head = re.split(r"[:：]|\*\*|__", words, maxsplit=1)[0]
    return len(head) < len(words) and starts_with_several(head)


def _split_at_label(
    opening: str, after: str, is_bold: bool, is_item: bool
) -> tuple[str, str] | None:
    """Name and text behind a level label; nothing where the line only speaks of the level."""
    if is_bold or "[" in opening:
        end = (_BOLD_END if is_bold else _LINK_END).search(after)
        if end is None:
            return None
        name = inline_text(without_edges(after[: end.start()].replace("\\", "")))
        text = (
            _LINK_END.sub("", after[end.end() :], count=1) if "[" in opening else after[end.end() :]
        )
        return name, text.lstrip(" \t:：–—-")
    named = _NAME_IN_BRACKETS.match(after)
    rest = after[named.end() :] if named else after
    separator = (_AFTER_LABEL if is_item else _COLON).match(rest)
    if separator is None:
        return None
    return inline_text(named["name"]) if named else "", rest[separator.end() :]


def _runs(marks: Sequence[_Mark]) -> list[list[_Mark]]:
    """A level that comes again begins the levels of the next area."""
    runs: list[list[_Mark]] = []
    for mark in marks:
        levels = {each.level for each in runs[-1]} - {None} if runs else set()
        if not runs or mark.level in levels:
            runs.append([])
        runs[-1].append(mark)
    return runs


def _heading_before(
    lines: Sequence[Line], at: int, marked: Container[int], runs: int
) -> tuple[str, int]:
    """The line that names the area of a run, where there are several, and where the run begins."""
    if runs > 1:
        before = next((i for i in range(at - 1, -1, -1) if lines[i].text.strip()), None)
        found = _LINE.fullmatch(lines[before].prose) if before is not None else None
        if found and before is not None and before not in marked:
            words = found["rest"].strip()
            is_heading = found["mark"] or _BOLD_LINE.fullmatch(words) or words.endswith((":", "："))
            if is_heading and len(words) <= _SHORT_LINE:
                return without_edges(inline_text(words)), before
    return "", at


def _end_of_item(lines: Sequence[Line], mark: _Mark, end: int) -> int:
    """End of the last item of a list: before the next paragraph that is not indented."""
    for at in range(mark.at + 1, end):
        line = lines[at].text
        is_outside = line.strip() and not line.startswith((" ", "\t"))
        is_paragraph = not lines[at - 1].text.strip() and not _begins_an_item(line)
        if is_outside and is_paragraph:
            return at
    return end


def _begins_an_item(line: str) -> bool:
    found = _LINE.fullmatch(line)
    return found is not None and found["mark"] is not None


def _cell(lines: Sequence[Line], mark: _Mark, level: int, end: int) -> Cell:
    rest = [_dedented(line.text, mark.width) for line in lines[mark.at + 1 : end]]
    return Cell(level, lines[mark.at].number, _tidied([mark.text, *rest]), mark.name)


def _dedented(line: str, width: int) -> str:
    return line[min(width, len(line) - len(line.lstrip(" "))) :]


def _tidied(lines: Sequence[str]) -> str:
    stripped = [line if line.strip() else "" for line in lines]
    return "\n".join(stripped).strip("\n").rstrip()


def joined(lines: Sequence[Line]) -> str:
    """The text of some lines, without empty ones around it."""
    return _tidied([line.text for line in lines])
