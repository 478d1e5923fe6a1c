"""Days and intermediate targets as people type and read them: a quarter, or a single day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from app.errors import InvalidInput
from app.session.plan_settings import IntermediateTarget
from app.session.quarters import Quarter
from app.words.plan_words import quarter_in_words
from app.words.texts import N_, Translator

NO_DAY = N_(
    "“{typed}” is not a date. Enter a quarter such as Q2 2027, or a day such as 2027-06-30."
)
NO_WAY = N_("“{typed}” is not a level with a date. Enter for example: 3 by Q1 2027, 4 by Q3 2027.")

_QUARTER = re.compile(r"Q\s*([1-4])[\s/.-]*(\d{4})", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})[\s/-]*Q\s*([1-4])", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")
_NAMED = re.compile(r"(\d{1,2})\.?\s+([^\W\d_]{3,})\.?\s+(\d{4})")
#: Beginnings of the names of months in every language of the program.
_MONTHS = (
    ("jan",), ("feb",), ("mar", "mär"), ("apr",), ("may", "mai"), ("jun",),
    ("jul",), ("aug",), ("sep",), ("oct", "okt"), ("nov",), ("dec", "dez"),
)  # fmt: skip
_STEP = re.compile(r"(\d{1,2})\s*(?:by|bis|until|:)?\s+(.+)", re.IGNORECASE)


def typed_day(text: str) -> date | None:
    """The day that was typed, for a quarter its last one; ``None`` for nothing.

    Raises ``InvalidInput``.
    """
    typed = " ".join(text.split())
    if not typed:
        return None
    if quarter := named_quarter(typed):
        return quarter.last_day
    try:
        if found := _ISO.fullmatch(typed):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DOTTED.fullmatch(typed):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if (found := _NAMED.fullmatch(typed)) and (month := _month(found[2])):
            return date(int(found[3]), month, int(found[1]))
    except ValueError:
        pass
    raise InvalidInput(NO_DAY, typed=typed)


def named_quarter(text: str) -> Quarter | None:
    """The quarter that a text such as ``Q2 2027`` or ``2027-Q2`` names; ``None`` for others."""
    typed = text.strip()
    if (found := _QUARTER.fullmatch(typed)) and int(found[2]):
        return Quarter(int(found[2]), int(found[1]))
    if (found := _YEAR_FIRST.fullmatch(typed)) and int(found[1]):
        return Quarter(int(found[1]), int(found[2]))
    return None


def _month(name: str) -> int:
    """Number of a month, 0 for another word."""
    start = name.casefold()[:3]
    return next((n for n, known in enumerate(_MONTHS, 1) if start in known), 0)


def day_in_words(day: date | None, tr: Translator) -> str:
    """A quarter for the last day of one, else the date in brief; empty without a day."""
    if day is None:
        return ""
    quarter = Quarter.of(day)
    return quarter_in_words(quarter) if day == quarter.last_day else tr.short_date(day)


def typed_path(text: str) -> tuple[IntermediateTarget, ...]:
    """Intermediate targets that were typed, ``3 by Q1 2027, 4 by Q3 2027``, by level.

    Raises ``InvalidInput``.
    """
    parts = (part.strip() for part in re.split(r"[,;]", text))
    return tuple(sorted(map(_typed_step, filter(None, parts)), key=lambda each: each.level))


def _typed_step(part: str) -> IntermediateTarget:
    found = _STEP.fullmatch(" ".join(part.split()))
    if found is None:
        raise InvalidInput(NO_WAY, typed=part)
    day = typed_day(found[2])
    if day is None:
        raise InvalidInput(NO_WAY, typed=part)
    return IntermediateTarget(int(found[1]), day)


def path_in_words(path: Sequence[IntermediateTarget], tr: Translator) -> str:
    """Intermediate targets as they can be typed again: ``3 by Q1 2027, 4 by Q3 2027``."""
    return ", ".join(
        tr.gettext("{level} by {date}", level=each.level, date=day_in_words(each.by, tr))
        for each in path
    )
