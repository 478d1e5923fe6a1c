"""Finds levels in tables: one with a column of levels, or with a column for each level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.model.scale import HIGHEST_LEVEL
from app.words.plain_text import inline_text
from data.models.pages.alignment import heading_key
from data.models.pages.levels import find_label, name_beside, without_edges
from data.models.pages.marks import Cell, Found, Line, Run, joined

_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_CELL_END = re.compile(r"(?<!\\)\|")
_LEVEL_HEADER = re.compile(r"(?:maturity |required |target )?[^\W\d_]+", re.IGNORECASE)
_SIGNS_BEFORE_LABEL = 2
_NUMBER_IN_CELL = re.compile(r"\W*(\d{1,2})(?:\s*[:.–—-]\s*(?P<name>\D.*))?\W*")
_NAMES = "name title label bezeichnung titel nom titre nombre título nome titolo naam 名称 名前"
_NAME_HEADERS = frozenset(_NAMES.split())
_TEXTS = (
    "area bereich practice praktik topic thema id aspect aspekt dimension category kategorie"
    " description beschreibung text summary zusammenfassung meaning bedeutung definition criteria"
    " criterion kriterien kriterium characteristics merkmale example examples beispiel beispiele"
    " evidence nachweis nachweise indicator indicators indikatoren requirement requirements"
    " anforderung anforderungen goal goals ziel ziele note notes hinweis hinweise comment kommentar"
    " benefit nutzen short kurz details question frage descripción descrição descrizione"
    " beschrijving ejemplo ejemplos exemple exemples critères 描述 说明 説明"
)
_TEXT_HEADERS = _NAME_HEADERS | frozenset(_TEXTS.split())


@dataclass(frozen=True, slots=True)
class _Table:
    """A table; ``rows`` are line number and cells."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def column(self, index: int) -> list[str]:
        """The values of a column; an empty cell repeats the one above it."""
        values: list[str] = []
        for _, row in self.rows:
            values.append(row[index] or (values[-1] if values else ""))
        return values

    def is_headed(self, index: int, words: frozenset[str]) -> bool:
        """True if the heading of a column has one of these words."""
        return not words.isdisjoint(inline_text(self.header[index]).casefold().split())


def levels_in_table(lines: Sequence[Line]) -> Found | None:
    """The levels in the first table that has some."""
    for start, end in _table_places(lines):
        table = _table(lines[start:end])
        runs = _by_level_column(table) or _by_column_for_each_level(table)
        if runs:
            return Found(tuple(runs), joined(lines[:start]), joined(lines[end:]))
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
    fitting = ((number, _fitting(row, len(header))) for number, row in rows)
    return _Table(header, tuple(fitting))


def _fitting(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    """As many cells as the head has; a line typed within a code span leaves no text out."""
    filled = (*row[: width - 1], " | ".join(row[width - 1 :])) if len(row) > width else row
    return (*filled, *("",) * (width - len(filled)))


def _cells(line: str) -> tuple[str, ...]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return tuple(cell.strip().replace("\\|", "|") for cell in _CELL_END.split(inner))


# ---- a column of levels ------------------------------------------------------------------------


def _by_level_column(table: _Table) -> list[Run]:
    """Each row is a level, or belongs to one.

    Where levels come again, the column before the texts names the area. Otherwise the columns
    are areas, unless their headings say that they describe the levels of one area.
    """
    column = _level_column(table)
    if column is None:
        return []
    levels = [_level_of_cell(value) for value in table.column(column)]
    others = [index for index in range(len(table.header)) if index != column]
    if len(levels) > len(set(levels)) and len(others) > 1:
        return _areas_in_rows(table, levels, others)
    if len(others) > 1 and not any(table.is_headed(each, _TEXT_HEADERS) for each in others):
        return _areas_in_columns(table, levels, others)
    named = next((each for each in others if table.is_headed(each, _NAME_HEADERS)), None)
    texts = [each for each in others if each != named]
    if named is None or not texts:
        named, texts = None, others
    cells = [
        Cell(level[0], number, _row_text(table, row, texts), _name(level[1], row, named))
        for (number, row), level in zip(table.rows, levels, strict=True)
        if level
    ]
    return [Run("", cells[0].line, tuple(cells))]


_Levels = Sequence[tuple[int, str] | None]
"""Number and name of the level of each row."""


def _areas_in_rows(table: _Table, levels: _Levels, others: Sequence[int]) -> list[Run]:
    headings = [inline_text(name) for name in table.column(others[0])]
    keys = [heading_key(heading) for heading in headings]
    counts = Counter(zip(keys, (level and level[0] for level in levels), strict=True))
    is_list = any(count > 1 for count in counts.values())
    cells_by_area: dict[str, list[Cell]] = {}
    first: dict[str, tuple[str, int]] = {}
    for (number, row), level, heading, key in zip(table.rows, levels, headings, keys, strict=True):
        first.setdefault(key, (heading, number))
        if level:
            text = _row_text(table, row, others[1:], separator="; " if is_list else "\n\n")
            cell = Cell(level[0], number, f"- {text}" if is_list else text, level[1])
            cells_by_area.setdefault(key, []).append(cell)
    return [Run(*first[key], tuple(cells)) for key, cells in cells_by_area.items()]


def _areas_in_columns(table: _Table, levels: _Levels, others: Sequence[int]) -> list[Run]:
    runs = []
    for index in others:
        cells = tuple(
            Cell(level[0], number, row[index], level[1])
            for (number, row), level in zip(table.rows, levels, strict=True)
            if level and row[index]
        )
        if cells:
            runs.append(Run(inline_text(table.header[index]), cells[0].line, cells))
    return runs


def _name(in_level_cell: str, row: Sequence[str], column: int | None) -> str:
    return in_level_cell or (inline_text(row[column]) if column is not None else "")


def _level_column(table: _Table) -> int | None:
    for index, header in enumerate(table.header):
        values = [_level_of_cell(value) for value in table.column(index)]
        if not values or None in values or len({level for level, _ in filter(None, values)}) < 2:
            continue
        words = inline_text(header)
        is_headed = find_label(f"{words} 1") and _LEVEL_HEADER.fullmatch(words)
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


# ---- a column for each level -------------------------------------------------------------------


def _by_column_for_each_level(table: _Table) -> list[Run]:
    """Each row is an area; the columns of the levels hold its texts, another one its question."""
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
