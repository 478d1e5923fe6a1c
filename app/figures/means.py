"""Weighted sums and means, as exact fractions."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction


def weighted_sum(pairs: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """Sum of weight times value; ``pairs`` are (weight, value)."""
    return sum((weight * value for weight, value in pairs), Fraction(0))


def weighted_mean(pairs: Iterable[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Sum of weight times value over the sum of weights; ``None`` for no pairs.

    ``pairs`` are (weight, value) with weights above 0.
    """
    listed = list(pairs)
    if not listed:
        return None
    return weighted_sum(listed) / sum(weight for weight, _ in listed)
