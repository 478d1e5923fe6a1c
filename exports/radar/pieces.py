"""Division of profiles with very many axes into small radars."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby, pairwise
from typing import TypeVar

MOST_AXES = 60
"""Profiles with more axes are divided."""

_MOST_IN_ONE = 15

AxisT = TypeVar("AxisT")


def pieces(
    axes: tuple[AxisT, ...], dimension_of: Callable[[AxisT], int]
) -> Iterator[tuple[tuple[AxisT, ...], str]]:
    """The axes by dimension, large dimensions divided evenly: ``(axes, "(2/3)")``.

    The mark is empty for a dimension in one piece.
    """
    for _, group in groupby(axes, dimension_of):
        parts = _evenly(tuple(group))
        for number, part in enumerate(parts, 1):
            yield part, f"({number}/{len(parts)})" if len(parts) > 1 else ""


def _evenly(axes: tuple[AxisT, ...]) -> list[tuple[AxisT, ...]]:
    count = -(-len(axes) // _MOST_IN_ONE)
    edges = [len(axes) * place // count for place in range(count + 1)]
    return [axes[start:end] for start, end in pairwise(edges)]
