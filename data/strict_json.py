"""Strict JSON: what the standard forbids or leaves undefined is refused with its reason."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

from app.errors import Fault
from app.words.texts import N_
from data.fault_words import shortened
from data.files import refusal

MOST_DIGITS = 30
"""Digits before or after the decimal point of a number that is read as a fraction."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s,:\[\]{}"]+')
"""A string, or anything else between punctuation."""

TOO_LONG = N_("The file is nested too deeply, or has a number that is far too long.")


class RefusedJson(ValueError):
    """Input that standard JSON forbids or leaves undefined; ``number`` is where a number is."""

    def __init__(self, template: str, /, *, number: str = "", **values: object) -> None:
        super().__init__(template)
        self.number = number
        self._fault = Fault(template, values=tuple(values.items()))

    def fault_in(self, text: str) -> Fault:
        """The fault, with the first line of ``text`` that has the number outside of strings."""
        numbers = (found for found in _TOKEN.finditer(text) if found[0] == self.number)
        found = next(numbers, None) if self.number else None
        return replace(self._fault, line=text.count("\n", 0, found.start()) + 1 if found else 0)


def parsed(text: str, number: Callable[[str], object] | None = None) -> Any:
    """The content of a JSON text; ``number`` reads its numbers, Python's own types otherwise.

    Raises ``RefusedJson`` for a name that is there twice in one object and for numbers that are not
    finite; what ``json.loads`` raises goes through. :func:`refused_as` translates both.
    """
    return json.loads(
        text,
        parse_int=number,
        parse_float=number,
        parse_constant=_no_number,
        object_pairs_hook=object_of,
    )


def exact_number(text: str) -> Fraction:
    """A number as an exact fraction, for :func:`parsed`.

    Refuses one so long, large or small that it must be a mistake, and is slow to calculate with.
    """
    with suppress(InvalidOperation):  # raised for an exponent beyond what decimal can hold
        number = Decimal(text)
        if len(text) <= 2 * MOST_DIGITS and (not number or abs(number.adjusted()) <= MOST_DIGITS):
            return Fraction(number)
    raise RefusedJson(
        N_("The number {shown} is too long, too large or too small."),
        number=text,
        shown=shortened(text),
    )


def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object from names and values; raises ``RefusedJson`` for a name that is there twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise RefusedJson(N_("The name “{name}” appears twice in one object."), name=twice[:60])
    return found


@contextmanager
def refused_as(
    headline: str, path: Path, text: str, missing_from: Callable[[str], int] = lambda _: 0
) -> Iterator[None]:
    """Translate errors of parsing ``text`` and of half characters in it to ``InvalidFile``.

    ``missing_from`` is the number of characters that were cut out of a part of a line.
    """
    try:
        yield
    except RefusedJson as refused:
        raise refusal(headline, path, refused.fault_in(text)) from refused
    except json.JSONDecodeError as error:
        before = text[error.pos - error.colno + 1 : error.pos]
        fault = Fault(
            N_("This is not valid JSON (column {column})."),
            error.lineno,
            values=(("column", error.colno + missing_from(before)),),
        )
        raise refusal(headline, path, fault) from error
    except UnicodeEncodeError as error:
        fault = Fault(N_("A text holds half a character (a lone surrogate)."))
        raise refusal(headline, path, fault) from error
    except (RecursionError, ValueError) as error:  # ValueError: a number of thousands of digits
        raise refusal(headline, path, Fault(TOO_LONG)) from error


def _no_number(text: str) -> NoReturn:
    raise RefusedJson(N_("“{text}” is not a number in JSON."), number=text, text=text)
