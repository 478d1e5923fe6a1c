"""Finds levels in tables: one with a column of levels, or with a column for each level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.model.scale import HIGHEST_LEVEL
from app.words.plain_text import inline_text
from data.models.import_report import COLUMN_WITHOUT_LEVEL, LONG_ROW, ROW_WITHOUT_LEVEL
from data.models.pages.alignment import heading_key
from data.models.pages.columns import NAME_HEADERS, TEXT_HEADERS, Roles, Table, roles_of
from data.models.pages.levels import find_label, name_beside, without_edges
from data.models.pages.marks import Cell, Found, Line, Rest, Run, joined

_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_CELL_END = re.compile(r"(?<!\\)\|")
_LEVEL_HEADER = re.compile(r"(?:maturity |required |target )?[^\W\d_]+", re.IGNORECASE)
_SIGNS_BEFORE_LABEL = 2
_NUMBER_IN_CELL = re.compile(r"\W*(\d{1,2})(?:\s*[:.–—-]\s*(?P<name>\D.*))?\W*")
_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
_BOLD_CELL = re.compile(r"(\*\*|__)[^*_].*\1")
_SHOWN = 80


def levels_in_table(lines: Sequence[Line]) -> Found | None:
    """The levels in the first table that has some, and in further ones that name their areas."""
    runs: list[Run] = []
    rest: list[Rest] = []
    around: list[str] = []
    at = 0
    for start, end in _table_places(lines):
        table = _table(lines[start:end])
        found, left = _by_level_column(table), list[Rest]()
        if not found:
            found, left = _by_column_for_each_level(table)
        if found and all(run.heading for run in (*runs, *found) if runs):
            around.append(joined(lines[at:start]))
            runs += found
            rest += [*left, *_long_rows(lines[start:end])]
            at = end
    if not runs:
        return None
    around.append(joined(lines[at:]))
    after = "\n\n".join(filter(None, around[1:]))
    return Found(tuple(_merged(runs)), around[0], after, tuple(rest))


def _table_places(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    at = 0
    while at + 1 < len(lines):
        is_head = "|" in lines[at].prose and "|" in lines[at + 1].prose
        if is_head and _DELIMITER.fullmatch(lines[at + 1].prose):
            end = at + 2
            while end < len(lines) and "|" in lines[end].prose:
                end += 1
            yield at, end
            at = end
        else:
            at += 1


def _table(lines: Sequence[Line]) -> Table:
    header = _cells(lines[0].text)
    width = len(header)
    rows = ((number, _cells(line, width)) for number, line, _ in lines[2:])
    fitting = ((number, (*row[:width], *("",) * (width - len(row)))) for number, row in rows)
    return Table(lines[0].number, header, tuple(fitting))


def _cells(line: str, width: int | None = None) -> tuple[str, ...]:
    """The cells of a row; a bar within code ends none unless the width of the table says so."""
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    plain = _CELL_END.split(inner)
    if len(plain) != width:
        code = (range(*found.span()) for found in _CODE.finditer(inner))
        hidden = {at for span in code for at in span}
        ends = [found.start() for found in _CELL_END.finditer(inner) if found.start() not in hidden]
        starts = [0, *(at + 1 for at in ends)]
        plain = [inner[start:end] for start, end in zip(starts, [*ends, None], strict=True)]
    return tuple(cell.strip().replace("\\|", "|") for cell in plain)


def _long_rows(lines: Sequence[Line]) -> Iterator[Rest]:
    """Rows with more cells than the head, whose last ones no column takes."""
    width = len(_cells(lines[0].text))
    for number, line, _ in lines[2:]:
        if words := without_edges(" ".join(_cells(line, width)[width:])):
            yield Rest(number, words[:_SHOWN], LONG_ROW)


# ---- a column of levels ------------------------------------------------------------------------


def _by_level_column(table: Table) -> list[Run]:
    """Each row is a level, or belongs to one.

    Where levels come again, one of the columns names the area. Otherwise the columns are areas,
    unless their headings say that they describe the levels of one area.
    """
    column = _level_column(table)
    if column is None:
        return []
    levels = [_level_of_cell(value) for value in table.column(column)]
    others = [index for index in range(len(table.header)) if index != column]
    if len(levels) > len(set(levels)) and len(others) > 1:
        return _areas_in_rows(table, levels, roles_of(table, others))
    if len(others) > 1 and not any(table.is_headed(each, TEXT_HEADERS) for each in others):
        return _areas_in_columns(table, levels, others)
    named = next((each for each in others if table.is_headed(each, NAME_HEADERS)), None)
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


def _areas_in_rows(table: Table, levels: _Levels, roles: Roles) -> list[Run]:
    """Rows by the area they name; several of one area at one level are a list."""
    areas = _areas(table, roles)
    counts = Counter(zip(areas, (level and level[0] for level in levels), strict=True))
    is_list = any(count > 1 for count in counts.values())
    rows_by_area: dict[_AreaKey, list[int]] = {}
    for index, area in enumerate(areas):
        rows_by_area.setdefault(area, []).append(index)
    runs = []
    for rows in rows_by_area.values():
        question = _question(table, roles, rows)
        texts = _texts_in_rows(table, roles, is_question_used=bool(question))
        cells = []
        for index in rows:
            number, row = table.rows[index]
            text = _row_text(table, row, texts, separator="; " if is_list else "\n\n")
            if level := levels[index]:
                cells.append(Cell(level[0], number, f"- {text}" if is_list else text, level[1]))
        runs.append(_run(table, roles, rows[0], tuple(cells), question))
    return [run for run in runs if run.cells]


_AreaKey = tuple[str, str]
"""Keys of the dimension and of the area of a row."""


def _areas(table: Table, roles: Roles) -> list[_AreaKey]:
    areas = map(heading_key, table.column(roles.area))
    dimensions = map(heading_key, table.column(roles.dimension))
    return list(zip(dimensions, areas, strict=True))


def _question(table: Table, roles: Roles, rows: Sequence[int]) -> str:
    """The question that all rows of an area share."""
    if roles.question is None:
        return ""
    asked = {inline_text(table.rows[each][1][roles.question]) for each in rows} - {""}
    return asked.pop() if len(asked) == 1 else ""


def _texts_in_rows(table: Table, roles: Roles, *, is_question_used: bool) -> list[int]:
    used = {roles.question} if is_question_used else set()
    texts = {*roles.others, *filter(None, [roles.question])} - used
    return [each for each in range(len(table.header)) if each in texts]


def _run(
    table: Table, roles: Roles, index: int, cells: tuple[Cell, ...], question: str, group: str = ""
) -> Run:
    heading = inline_text(table.column(roles.area)[index])
    parent = inline_text(table.column(roles.dimension)[index]) or group
    return Run(heading, table.rows[index][0], cells, question, parent)


def _areas_in_columns(table: Table, levels: _Levels, others: Sequence[int]) -> list[Run]:
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


def _level_column(table: Table) -> int | None:
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
    table: Table, row: Sequence[str], columns: Sequence[int], separator: str = "\n\n"
) -> str:
    """The cells of a row, each with its heading where there are several."""
    filled = [(inline_text(table.header[each]), row[each]) for each in columns if row[each]]
    if len(columns) == 1:
        return "".join(text for _, text in filled)
    return separator.join(f"**{head}:** {text}" if head else text for head, text in filled)


# ---- a column for each level -------------------------------------------------------------------


def _by_column_for_each_level(table: Table) -> tuple[list[Run], list[Rest]]:
    """Each row is an area; the columns of the levels hold its texts.

    A row with a bold name only begins the areas of a dimension.
    """
    levels = _level_headers(table)
    others = [index for index in range(len(table.header)) if index not in levels]
    if len({number for number, _ in levels.values()}) < max(2, len(levels)):
        return [], []
    roles = roles_of(table, others)
    runs: list[Run] = []
    rest: list[Rest] = []
    group = ""
    for index, (number, row) in enumerate(table.rows):
        cells = tuple(
            Cell(level, number, row[column], name)
            for column, (level, name) in levels.items()
            if row[column]
        )
        first = next(filter(None, row), "")
        if cells:
            runs.append(_run(table, roles, index, cells, _question(table, roles, [index]), group))
        elif _BOLD_CELL.fullmatch(first) and len(list(filter(None, row))) == 1:
            group = inline_text(first)
        elif first:
            words = row[roles.area] if roles.area is not None else ""
            rest.append(Rest(number, inline_text(words or first), ROW_WITHOUT_LEVEL))
    rest += [
        Rest(table.line, inline_text(table.header[column]), COLUMN_WITHOUT_LEVEL)
        for column in roles.others
        if not table.is_empty(column)
    ]
    return _merged(runs), rest


def _level_headers(table: Table) -> dict[int, tuple[int, str]]:
    """Number and name of the level of each column that is headed by one.

    Numbers will do where the first column is headed by a word for level: ``Area / Level``.
    """
    labelled = {
        index: (label.number, name_beside(inline_text(header)))
        for index, header in enumerate(table.header)
        if (label := find_label(inline_text(header))) and label.number <= HIGHEST_LEVEL
    }
    corner = re.findall(r"[^\W\d_]+", inline_text(table.header[0]))
    if labelled or not any(find_label(f"{word} 1") for word in corner):
        return labelled
    numbered = ((index, _level_of_cell(each)) for index, each in enumerate(table.header))
    return {index: level for index, level in numbered if level}


def _merged(runs: Sequence[Run]) -> list[Run]:
    """Several rows of one area, one below the other, as one."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if last and (last.heading, last.parent) == (run.heading, run.parent):
            merged[-1] = replace(last, cells=(*last.cells, *run.cells))
        else:
            merged.append(run)
    return merged
