"""Tells from its headings and values what the columns of a table beside the levels hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.words.plain_text import inline_text

_NAMES = "name title label bezeichnung titel nom titre nombre título nome titolo naam 名称 名前"
NAME_HEADERS = frozenset(_NAMES.split())
_AREAS = (
    "area bereich teilbereich practice praktik topic thema aspect aspekt capability fähigkeit"
    " discipline disziplin subject activity aktivität control domaine área tema aspecto praktijk"
    " gebied ámbito ambito 领域 領域"
)
_AREA_HEADERS = NAME_HEADERS | frozenset(_AREAS.split())
_DIMENSIONS = (
    "dimension category kategorie domain domäne pillar säule handlungsfeld group gruppe cluster"
    " theme catégorie categoría categoria dimensión dimensione dimensão dimensie pilier pilar"
    " 维度 次元"
)
_DIMENSION_HEADERS = frozenset(_DIMENSIONS.split())
_TEXTS = (
    "id description beschreibung text summary zusammenfassung meaning bedeutung definition criteria"
    " criterion kriterien kriterium characteristics merkmale example examples beispiel beispiele"
    " evidence nachweis nachweise indicator indicators indikatoren requirement requirements"
    " anforderung anforderungen goal goals ziel ziele note notes hinweis hinweise comment kommentar"
    " benefit nutzen short kurz details question frage descripción descrição descrizione"
    " beschrijving ejemplo ejemplos exemple exemples critères 描述 说明 説明"
)
TEXT_HEADERS = _AREA_HEADERS | _DIMENSION_HEADERS | frozenset(_TEXTS.split())
_QUESTION = re.compile(
    r"\b(?:questions?|[^\W\d_]*fragen?|preguntas?|domand[ae]|perguntas?|vra(?:ag|gen))\b"
    r"|问题|問題|質問|提问",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"[\W_]*(?:[A-Z]{0,4}[\W_]*)?\d+(?:[.\-/]\d+)*[\W_]*")


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``rows`` are line number and cells; ``line`` is that of its head."""

    line: int
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def column(self, index: int | None) -> list[str]:
        """The values of a column, empty for none; an empty cell repeats the one above it."""
        values: list[str] = []
        for _, row in self.rows:
            value = "" if index is None else row[index]
            values.append(value or (values[-1] if values else ""))
        return values

    def is_headed(self, index: int, words: frozenset[str]) -> bool:
        """True if the heading of a column has one of these words."""
        return not words.isdisjoint(inline_text(self.header[index]).casefold().split())

    def is_empty(self, index: int) -> bool:
        """True for a column without any text."""
        return not any(row[index] for _, row in self.rows)


@dataclass(frozen=True, slots=True)
class Roles:
    """The columns with the area, its dimension and its question, and all other ones."""

    area: int | None = None
    dimension: int | None = None
    question: int | None = None
    others: tuple[int, ...] = ()


def roles_of(table: Table, columns: Sequence[int]) -> Roles:
    """Content of each column.

    A heading says it best: only a column that is headed as a question is one. Otherwise the
    first column that does not merely number the rows names the area, or the dimension if its
    values come again and the next column names the areas.
    """
    if not columns:
        return Roles()
    question = next((each for each in columns if _QUESTION.search(_head(table, each))), None)
    possible = [each for each in columns if each != question] or list(columns)
    named = [each for each in possible if not _is_numbering(table, each)] or possible
    area = next((each for each in named if table.is_headed(each, _AREA_HEADERS)), None)
    dimension = next((each for each in named if table.is_headed(each, _DIMENSION_HEADERS)), None)
    if area is None:
        area = next((each for each in named if each != dimension), named[0])
    if dimension is None and (below := _areas_below(table, area, named)) is not None:
        area, dimension = below, area
    taken = {area, dimension, question}
    return Roles(
        area,
        dimension if dimension != area else None,
        question if question != area else None,
        tuple(each for each in columns if each not in taken),
    )


def _areas_below(table: Table, area: int, named: Sequence[int]) -> int | None:
    """The column right of one that names several rows alike, if it tells those rows apart."""
    after = named[named.index(area) + 1 :][:1]
    if not after or table.is_headed(after[0], TEXT_HEADERS - _AREA_HEADERS):
        return None
    upper, lower = table.column(area), [row[after[0]] for _, row in table.rows]
    is_repeated = len(set(upper)) < len(upper)
    pairs = set(zip(upper, lower, strict=True))
    return after[0] if is_repeated and all(lower) and len(pairs) == len(upper) else None


def _head(table: Table, index: int) -> str:
    return inline_text(table.header[index])


def _is_numbering(table: Table, index: int) -> bool:
    values = [inline_text(row[index]) for _, row in table.rows if row[index]]
    return all(map(_NUMBERING.fullmatch, values))
