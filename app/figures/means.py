"""Weighted sums and means, as exact fractions."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction


def weighted_sum(pairs: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """Sum of weight times value; ``pairs`` are (weight, value)."""
    # Fractions are added per denominator: reducing after each addition takes most of a key press.
    by_denominator: dict[int, int] = {}
    for weight, value in pairs:
        denominator = weight.denominator * value.denominator
        product = weight.numerator * value.numerator
        by_denominator[denominator] = by_denominator.get(denominator, 0) + product
    return sum((Fraction(n, d) for d, n in by_denominator.items()), Fraction(0))


def weighted_mean(pairs: Iterable[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Sum of weight times value over the sum of weights; ``None`` for no pairs.

    ``pairs`` are (weight, value) with weights above 0.
    """
    listed = list(pairs)
    if not listed:
        return None
    one = Fraction(1)
    return weighted_sum(listed) / weighted_sum((weight, one) for weight, _ in listed)
