"""Which areas stand together on a radar by area, and how their names are written there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from exports.workbook.book import PIXELS_PER_WIDTH, page_height_for
from exports.workbook.charts import MOST_IN_ONE_CHART
from exports.workbook.label_room import Ring
from exports.workbook.report import Report

COLUMNS, COLUMN_WIDTH = 17, 10
"""The grid of the sheet that holds the charts."""
HEAD_POINTS = (32.0, 26.0, 16.0)
"""Heights of the rows above the first chart."""
TEXT_SIZE = 9.0
_MARGIN_CM = 0.6
CM_PER_POINT = 2.54 / 72
_CM_PER_PIXEL = 2.54 / 96


def chart_size() -> tuple[float, float]:
    """Width and height of a chart in centimetres: as wide as the sheet, as high as a page."""
    width = COLUMNS * COLUMN_WIDTH * PIXELS_PER_WIDTH * _CM_PER_PIXEL
    return width, page_height_for(width) - sum(HEAD_POINTS) * CM_PER_POINT - _MARGIN_CM


def chart_groups(report: Report) -> list[tuple[int, int]]:
    """Areas per chart as (first, last) numbers: whole dimensions, about as many areas in each.

    There are no more charts than are needed for a readable number of areas.
    """
    total = len(report.numbers)
    if total <= MOST_IN_ONE_CHART:
        return [(1, total)]
    sizes = [len(dimension.areas) for dimension in report.model.dimensions]
    fewest = len(_grouped(sizes, MOST_IN_ONE_CHART))
    by_limit = (_grouped(sizes, limit) for limit in range(1, MOST_IN_ONE_CHART + 1))
    groups = next(groups for groups in by_limit if len(groups) == fewest)
    return [piece for group in groups for piece in _halved(*group)]


def _grouped(sizes: Sequence[int], limit: int) -> list[tuple[int, int]]:
    """Neighbouring dimensions together up to a number of areas; a larger one stands alone."""
    groups: list[tuple[int, int]] = []
    start = end = 1
    for size in sizes:
        if end - start + size > limit and end > start:
            groups.append((start, end - 1))
            start = end
        end += size
    return [*groups, (start, end - 1)]


def _halved(start: int, end: int) -> list[tuple[int, int]]:
    """A group that is still too large, in equal pieces."""
    count = end - start + 1
    pieces = ceil(count / MOST_IN_ONE_CHART)
    bounds = [start + count * piece // pieces for piece in range(pieces + 1)]
    return [(low, high - 1) for low, high in pairwise(bounds)]


@dataclass(frozen=True, slots=True)
class ChartName:
    """The name of an area on its chart, and what stands between it and the area's state."""

    name: str
    joint: str

    def with_state(self, state: str) -> str:
        """The label of an area without a level."""
        return f"{self.name}{self.joint}({state})"


def chart_names(report: Report) -> dict[str, ChartName]:
    """The name of every area on its chart."""
    names = {}
    height = chart_size()[1]
    areas = report.figures.areas
    for start, end in chart_groups(report):
        ring = Ring(end - start + 1, height, TEXT_SIZE)
        for index, area in enumerate(areas[start - 1 : end]):
            name = ring.label(report.area_names[area.area_id], index, report.language)
            names[area.area_id] = ChartName(name, ring.joint(index, name))
    return names
