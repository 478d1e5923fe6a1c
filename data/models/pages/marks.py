"""Finds the levels inside the text of one section: list items, bold lines and tables."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from app.model.scale import HIGHEST_LEVEL
from app.words.plain_text import inline_text
from data.models.pages.alignment import heading_key
from data.models.pages.levels import find_label, name_beside, without_edges

Line = tuple[int, str]
"""Index of a line on its page, and its text."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What an area looks like at one level.

    ``name`` is what stands beside the number: the level's name, or a short text of the area.
    """

    level: int
    line: int
    text: str
    name: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Levels that belong together; ``heading`` is empty where they stand right in their section."""

    heading: str
    line: int
    cells: tuple[Cell, ...]
    question: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The levels in a section; ``before`` and ``after`` are the texts around them."""

    runs: tuple[Run, ...]
    before: str = ""
    after: str = ""


# ---- list items and bold lines -----------------------------------------------------------------

_LINE = re.compile(r"(?P<indent> {0,12})(?P<mark>(?:[*+-]|\d{1,9}[.)])[ \t]+)?(?P<rest>\S.*)")
_OPENING = re.compile(r"[*_\[ ]*")
_BOLD_END = re.compile(r"\*\*|__")
_LINK_END = re.compile(r"\]\([^)]*\)")
_NAME_IN_BRACKETS = re.compile(r"\s*[(（](?P<name>[^()（）]{1,80})[)）]")
_AFTER_LABEL = re.compile(r"\s*(?:[:：.,，、;；]|[-–—]{1,3}(?=\s)|$)\s*")
_COLON = re.compile(r"\s*[:：]\s*")
_BOLD_LINE = re.compile(r"(?:\*\*|__)(?P<words>[^*_]+)(?:\*\*|__):?")
_SHORT_LINE = 80
_LABEL_LENGTH = 60


@dataclass(frozen=True, slots=True)
class _Mark:
    """The line on which a level begins; ``width`` is how far the text of its item is indented."""

    at: int
    level: int
    name: str
    text: str
    width: int
    is_item: bool


def levels_in_items(lines: Sequence[Line]) -> Found | None:
    """Levels that begin with ``* Level 1: …``, ``**Level 1** …`` or ``Level 1: …``."""
    marks = _marks(lines)
    if not marks:
        return None
    marked = {mark.at for mark in marks}
    runs = _runs(marks)
    starts = [_heading_before(lines, run[0].at, marked, len(runs)) for run in runs]
    found: list[Run] = []
    after: list[str] = []
    for run, (heading, start), (_, end) in zip(
        runs, starts, [*starts[1:], ("", len(lines))], strict=True
    ):
        ends = [*(mark.at for mark in run[1:]), end]
        if run[-1].is_item:
            ends[-1] = _end_of_item(lines, run[-1], end)
            after.append(_joined(lines[ends[-1] : end]))
        cells = tuple(_cell(lines, *each) for each in zip(run, ends, strict=True))
        if found and not heading:
            found[-1] = Run(found[-1].heading, found[-1].line, (*found[-1].cells, *cells))
        else:
            found.append(Run(heading, lines[start][0], cells))
    return Found(tuple(found), _joined(lines[: starts[0][1]]), "\n\n".join(filter(None, after)))


def _marks(lines: Sequence[Line]) -> list[_Mark]:
    marks: list[_Mark] = []
    begins_a_paragraph = True
    for at, (_, line) in enumerate(lines):
        mark = _mark(at, line, begins_a_paragraph=begins_a_paragraph)
        if mark:
            marks.append(mark)
        begins_a_paragraph = mark is not None or not line.strip()
    return marks


def _mark(at: int, line: str, *, begins_a_paragraph: bool) -> _Mark | None:
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    rest = found["rest"]
    opening = _OPENING.match(rest)
    start = opening.end() if opening else 0
    label = find_label(rest[: start + _LABEL_LENGTH])
    if label is None or label.start > start or label.number > HIGHEST_LEVEL:
        return None
    is_item, is_bold = found["mark"] is not None, _BOLD_END.search(rest[:start]) is not None
    split = _split_at_label(rest[:start], rest[label.end :], is_bold, is_item)
    if split is None or not (is_item or is_bold or begins_a_paragraph):
        return None
    width = len(found["indent"]) + len(found["mark"] or "")
    return _Mark(at, label.number, *split, width, is_item)


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
        if not runs or any(mark.level == each.level for each in runs[-1]):
            runs.append([])
        runs[-1].append(mark)
    return runs


def _heading_before(
    lines: Sequence[Line], at: int, marked: Container[int], runs: int
) -> tuple[str, int]:
    """The line that names the area of a run, where there are several, and where the run begins."""
    if runs > 1:
        before = next((i for i in range(at - 1, -1, -1) if lines[i][1].strip()), None)
        found = _LINE.fullmatch(lines[before][1]) if before is not None else None
        if found and before is not None and before not in marked:
            words = found["rest"].strip()
            is_heading = found["mark"] or _BOLD_LINE.fullmatch(words) or words.endswith((":", "："))
            if is_heading and len(words) <= _SHORT_LINE:
                return without_edges(inline_text(words)), before
    return "", at


def _end_of_item(lines: Sequence[Line], mark: _Mark, end: int) -> int:
    """End of the last item of a list: before the next paragraph that is not indented."""
    for at in range(mark.at + 1, end):
        line = lines[at][1]
        is_outside = line.strip() and not line.startswith((" ", "\t"))
        is_paragraph = not lines[at - 1][1].strip() and not _begins_an_item(line)
        if is_outside and is_paragraph:
            return at
    return end


def _begins_an_item(line: str) -> bool:
    found = _LINE.fullmatch(line)
    return found is not None and found["mark"] is not None


def _cell(lines: Sequence[Line], mark: _Mark, end: int) -> Cell:
    rest = [_dedented(line, mark.width) for _, line in lines[mark.at + 1 : end]]
    return Cell(mark.level, lines[mark.at][0], _tidied([mark.text, *rest]), mark.name)


def _dedented(line: str, width: int) -> str:
    return line[min(width, len(line) - len(line.lstrip(" "))) :]


def _tidied(lines: Sequence[str]) -> str:
    stripped = [line if line.strip() else "" for line in lines]
    return "\n".join(stripped).strip("\n").rstrip()


def _joined(lines: Sequence[Line]) -> str:
    return _tidied([line for _, line in lines])


# ---- tables ------------------------------------------------------------------------------------

_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_CELL_END = re.compile(r"(?<!\\)\|")
_LEVEL_HEADER = re.compile(r"(?:maturity |required |target )?[^\W\d_]+", re.IGNORECASE)
_SIGNS_BEFORE_LABEL = 2
_NUMBER_IN_CELL = re.compile(r"\W*(\d{1,2})(?:\s*[:.–—-]\s*(?P<name>\D.*))?\W*")


@dataclass(frozen=True, slots=True)
class _Table:
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def column(self, index: int) -> list[str]:
        """The values of a column; an empty cell repeats the one above it."""
        values: list[str] = []
        for _, row in self.rows:
            values.append(row[index] or (values[-1] if values else ""))
        return values


def levels_in_table(lines: Sequence[Line]) -> Found | None:
    """Levels in a table: one with a column of levels, or with a column for each level."""
    for start, end in _table_places(lines):
        table = _table(lines[start:end])
        runs = _by_level_column(table) or _by_column_for_each_level(table)
        if runs:
            return Found(tuple(runs), _joined(lines[:start]), _joined(lines[end:]))
    return None


def _table_places(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    at = 0
    while at + 1 < len(lines):
        is_head = "|" in lines[at][1] and "|" in lines[at + 1][1]
        if is_head and _DELIMITER.fullmatch(lines[at + 1][1]):
            end = at + 2
            while end < len(lines) and "|" in lines[end][1]:
                end += 1
            yield at, end
            at = end
        else:
            at += 1


def _table(lines: Sequence[Line]) -> _Table:
    header = _cells(lines[0][1])
    rows = ((number, _cells(line)) for number, line in lines[2:])
    padded = ((number, (*row, *("",) * len(header))[: len(header)]) for number, row in rows)
    return _Table(header, tuple(padded))


def _cells(line: str) -> tuple[str, ...]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return tuple(cell.strip().replace("\\|", "|") for cell in _CELL_END.split(inner))


def _by_level_column(table: _Table) -> list[Run]:
    """Each row is a level, or belongs to one; another column may name the area."""
    column = _level_column(table)
    if column is None:
        return []
    levels = [_level_of_cell(value) for value in table.column(column)]
    others = [index for index in range(len(table.header)) if index != column]
    first_of_area = len(levels) > len(set(levels))
    if not first_of_area or not others:
        cells = [
            Cell(level[0], number, _row_text(table, row, others), level[1])
            for (number, row), level in zip(table.rows, levels, strict=True)
            if level
        ]
        return [Run("", cells[0].line, tuple(cells))]
    headings = [inline_text(name) for name in table.column(others[0])]
    cells_by_area: dict[str, list[Cell]] = {}
    first: dict[str, tuple[str, int]] = {}
    for (number, row), level, heading in zip(table.rows, levels, headings, strict=True):
        first.setdefault(heading_key(heading), (heading, number))
        if level:
            text = "- " + _row_text(table, row, others[1:], separator="; ")
            cell = Cell(level[0], number, text, level[1])
            cells_by_area.setdefault(heading_key(heading), []).append(cell)
    return [Run(*first[key], tuple(cells)) for key, cells in cells_by_area.items()]


def _level_column(table: _Table) -> int | None:
    for index, header in enumerate(table.header):
        values = [_level_of_cell(value) for value in table.column(index)]
        if not values or None in values or len({level for level, _ in filter(None, values)}) < 2:
            continue
        is_headed = find_label(f"{inline_text(header)} 1") and _LEVEL_HEADER.fullmatch(
            inline_text(header)
        )
        if is_headed or all(map(_is_in_words, table.column(index))):
            return index
    return None


def _is_in_words(value: str) -> bool:
    """True for ``Level 3``, which needs no heading to be a level; ``L3`` may be anything."""
    label = find_label(inline_text(value))
    return label is not None and label.end - label.start > len("L3")


def _level_of_cell(value: str) -> tuple[int, str] | None:
    plain = inline_text(value)
    label = find_label(plain)
    found = _NUMBER_IN_CELL.fullmatch(plain)
    if label and label.start <= _SIGNS_BEFORE_LABEL:
        level = label.number, name_beside(plain)
    elif found and not label:
        level = int(found[1]), without_edges(found["name"] or "")
    else:
        return None
    return level if level[0] <= HIGHEST_LEVEL else None


def _row_text(
    table: _Table, row: Sequence[str], columns: Sequence[int], separator: str = "\n\n"
) -> str:
    """The cells of a row, each with its heading where there are several."""
    filled = [(inline_text(table.header[each]), row[each]) for each in columns if row[each]]
    if len(columns) == 1:
        return "".join(text for _, text in filled)
    return separator.join(f"**{head}:** {text}" if head else text for head, text in filled)


def _by_column_for_each_level(table: _Table) -> list[Run]:
    """Each row is an area; the columns of the levels hold its texts."""
    levels = {
        index: (label.number, name_beside(inline_text(header)))
        for index, header in enumerate(table.header)
        if (label := find_label(inline_text(header))) and label.number <= HIGHEST_LEVEL
    }
    others = [index for index in range(len(table.header)) if index not in levels]
    if len({number for number, _ in levels.values()}) < max(2, len(levels)) or not others:
        return []
    runs = []
    for number, row in table.rows:
        cells = [
            Cell(level, number, row[index], name)
            for index, (level, name) in levels.items()
            if row[index]
        ]
        question = " ".join(inline_text(row[index]) for index in others[1:] if row[index])
        runs.append(Run(inline_text(row[others[0]]), number, tuple(cells), question))
    return [run for run in runs if run.cells]
