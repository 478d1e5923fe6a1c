"""Widths of the columns of a table that hold names of dimensions and areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil

from exports.workbook.book import Column, width_of_words
from exports.workbook.report import Report
from exports.workbook.styles import ROW, ROW_BOLD, Style

_WIDEST = 34
"""In characters; a word that is longer still is broken, so that the others keep their room."""


def with_room_for_names(
    widths: Mapping[Column, float], report: Report, dimension: Column, area: Column
) -> dict[Column, float]:
    """The widths by column, larger where a name would be broken within a word."""
    return {
        **widths,
        dimension: _with_room(widths[dimension], report.dimension_names.values(), ROW),
        area: _with_room(widths[area], report.area_names.values(), ROW_BOLD),
    }


def _with_room(least: float, names: Iterable[str], style: Style) -> float:
    return max(least, min(ceil(width_of_words(names, style)), _WIDEST))
