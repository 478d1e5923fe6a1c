"""Columns of a table that hold names of dimensions and areas: their widths and cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil

from exports.workbook.book import Column, width_of_words
from exports.workbook.planned import StepRow
from exports.workbook.report import Report
from exports.workbook.styles import ROW, ROW_BOLD, ROW_LEVEL, Style, dimension_row

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


def names_of_step(
    report: Report, step: StepRow, dimension: Column, area: Column, levels: Column
) -> dict[Column, tuple[str, Style]]:
    """The cells that name a step by its dimension, area and levels: text and look by column."""
    dimension_id = report.figures.area(step.area_id).dimension_id
    look = dimension_row(report.dimension_numbers[dimension_id])
    return {
        dimension: (report.dimension_names[dimension_id], look),
        area: (report.area_names[step.area_id], ROW_BOLD),
        levels: (report.levels_of(step), ROW_LEVEL),
    }


def _with_room(least: float, names: Iterable[str], style: Style) -> float:
    return max(least, min(ceil(width_of_words(names, style)), _WIDEST))
