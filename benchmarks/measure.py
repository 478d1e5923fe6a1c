"""Measurement of two alternatives in turns: medians and their ratio."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

ROUNDS = 9
"""How often each side is measured; the median counts."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    ``ours`` and ``bare`` are medians in ``unit``; ``limit`` is the highest ratio allowed.
    """

    name: str
    ours: float
    bare: float
    unit: str
    limit: float
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours over bare."""
        return self.ours / self.bare

    @property
    def is_inside(self) -> bool:
        """True if the ratio is within its limit."""
        return self.ratio <= self.limit


@dataclass
class Turns:
    """Alternating measurements of both sides, so that a busy machine affects both alike."""

    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    def medians(self) -> tuple[float, float]:
        """Median of ours, median of the bare side."""
        return statistics.median(self.ours), statistics.median(self.bare)


def in_turns(
    ours: Callable[[], float], bare: Callable[[], float], rounds: int = ROUNDS
) -> tuple[float, float]:
    """Medians of our side and the bare side, after one warm-up round of each."""
    ours()
    bare()
    turns = Turns()
    for _ in range(rounds):
        turns.bare.append(bare())
        turns.ours.append(ours())
    return turns.medians()


def milliseconds(work: Callable[[], object]) -> float:
    """Duration of one call in milliseconds."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def exponent(sizes: Sequence[int], costs: Sequence[float]) -> float:
    """Slope of log cost over log size by least squares: 1 is linear, 2 quadratic."""
    xs = [math.log(size) for size in sizes]
    ys = [math.log(cost) for cost in costs]
    return statistics.linear_regression(xs, ys).slope
