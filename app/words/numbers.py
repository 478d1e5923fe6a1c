"""Rounding and formatting of all numbers."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

NO_NUMBER = "–"
MEAN_PLACES = 1
AGREEMENT_PLACES = 2
PERCENT_PLACES = 0


def exact(value: Fraction | float | str) -> Fraction:
    """The exact value a person typed: ``0.1`` is one tenth, not its nearest binary fraction.

    Raises ``ValueError`` unless the number is finite.
    """
    return value if isinstance(value, Fraction) else Fraction(str(value))


def rounded(value: Fraction | float, places: int) -> Fraction:
    """Round half away from zero on the exact fraction, to ``places`` decimal places (0 or more)."""
    scale = 10**places
    scaled = exact(value) * scale
    magnitude = (abs(scaled) * 2 + 1) // 2
    return Fraction(magnitude if scaled >= 0 else -magnitude, scale)


def plain(value: Fraction) -> int | float:
    """The value for JSON and SQLite: a whole number where it is one, else full precision."""
    return value.numerator if value.denominator == 1 else float(value)


@lru_cache(maxsize=4096, typed=True)  # the same few levels and means are written all the time
def format_number(
    value: Fraction | float | None, places: int | None = None, language: str = "en"
) -> str:
    """Write a number out with the language's decimal separator; ``None`` becomes a dash.

    With ``places`` exactly that many decimals are shown; without, as few as the value needs,
    at most three. The minus sign is the real one.
    """
    if value is None:
        return NO_NUMBER
    shown = rounded(value, 3 if places is None else places)
    digits = f"{abs(float(shown)):.{3 if places is None else places}f}"
    if places is None and "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    sign = "\N{MINUS SIGN}" if shown < 0 else ""
    return sign + (digits.replace(".", ",") if language == "de" else digits)


def format_percent(share: Fraction | float | None, language: str = "en") -> str:
    """A share from 0 to 1 as whole per cent: ``47 %`` in German, ``47%`` in English."""
    if share is None:
        return NO_NUMBER
    digits = format_number(exact(share) * 100, PERCENT_PLACES, language)
    return f"{digits}\N{NO-BREAK SPACE}%" if language == "de" else f"{digits}%"
