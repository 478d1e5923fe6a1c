"""Parsing of single cells of score CSV."""

from __future__ import annotations

import difflib
import re
import unicodedata
from contextlib import suppress
from datetime import date
from fractions import Fraction

from app.errors import InvalidInput, Listed
from app.model.maturity_model import MaturityModel
from app.session.field_types.choices import Choice, OptionalDay
from app.session.field_types.numbers import Level, Weight, WholeLevel, check_scale
from app.session.field_types.texts import Text
from app.session.fields import Field
from app.session.quarters import Quarter
from app.session.rating import CONFIDENCE_WORDS, Confidence
from app.session.score_words import confidence_of, folded
from app.session.session import Session
from app.words.characters import first_unprintable, replace_unprintable
from app.words.formula_guard import unguarded
from app.words.texts import N_

_NUMBER = re.compile(r"[+\-\N{MINUS SIGN}]?[0-9]{1,6}([.,][0-9]{1,20})?")
# str.strip() would also drop control characters such as U+001F, which have to be reported.
_WHITE_SPACE = "".join(
    character
    for character in map(chr, range(0x3001))
    if character.isspace() and first_unprintable(character) is None
)
_CLEAR = "-"
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WITH_DOTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_WITH_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_QUARTER = re.compile(r"(\d{4})[-/ ]?q([1-4])|q([1-4])[-/ ]?(\d{4})", re.ASCII)
_NO_DAY = N_("“{text}” is not a date. Write it as 2027-06-30, 30.06.2027 or Q2 2027.")
_UNCLEAR_DAY = N_(
    "“{text}” could begin with the day or with the month. Write it as 2027-06-30 or 30.06.2027."
)


class AreaNames:
    """Lookup of areas by id, or by a label or name that is unique."""

    def __init__(self, model: MaturityModel) -> None:
        self._by_id = {folded(area.id): area.id for area in model.areas}
        self._by_name: dict[str, set[str]] = {}
        for area in model.areas:
            for text in (area.label, area.name):
                for _, name in text.by_language:
                    self._by_name.setdefault(folded(name), set()).add(area.id)

    def area_id(self, cell: str) -> str:
        """Look up an area's id; raises ``InvalidInput``."""
        key = folded(cell)
        if not key:
            raise InvalidInput(N_("The area is missing."))
        if key in self._by_id:
            return self._by_id[key]
        named = self._by_name.get(key, set())
        if len(named) == 1:
            return next(iter(named))
        if named:
            raise InvalidInput(
                N_("“{area}” is the name of several areas. Please use one of the ids: {ids}."),
                area=shortened(cell),
                ids=", ".join(sorted(named)),
            )
        close = difflib.get_close_matches(key, [*self._by_id, *self._by_name], 1)
        if close:
            raise InvalidInput(
                N_("The model has no area “{area}”. Did you mean “{close}”?"),
                area=shortened(cell),
                close=self._by_id.get(close[0], self._id_for(close[0])),
            )
        raise InvalidInput(N_("The model has no area “{area}”."), area=shortened(cell))

    def _id_for(self, name: str) -> str:
        return min(self._by_name.get(name, {name}))


# ---- values ------------------------------------------------------------------------------------


def value_of(cell: str, field: Field, session: Session) -> object:
    """Convert a cell to the value of a field; raises ``InvalidInput``."""
    match field.type:
        case Level() | WholeLevel():
            return _level(cell, field, session)
        case Weight():
            weight = _number(cell)
            return field.type.legal(Fraction(0) if weight is None else weight, session)
        case Choice(choices=choices) if choices is Confidence:
            return _confidence(cell)
        case OptionalDay():
            return _day(cell)
        case Text():
            return _text(cell, field, session)
        case _:
            return field.type.read(cell, session.model)


def _level(cell: str, field: Field, session: Session) -> object:
    model, level = session.model, _number(cell)
    if level is None:
        raise InvalidInput(
            N_("“{text}” is not a level. Levels run from {lowest} to {highest}."),
            text=shortened(cell),
            lowest=model.lowest_level,
            highest=model.highest_level,
        )
    try:
        check_scale(level, model)
    except InvalidInput as error:
        raise InvalidInput(error.template, **error.values | {"level": shortened(cell)}) from error
    if isinstance(field.type, WholeLevel):
        if level.denominator != 1:
            raise InvalidInput(N_("A target is a whole level."))
        return level.numerator
    if session.half_levels and level.denominator not in (1, 2):
        raise InvalidInput(N_("A level is a whole number or a half, such as 3 or 3.5."))
    return field.type.legal(level, session)


def _confidence(cell: str) -> Confidence:
    confidence = confidence_of(cell)
    if confidence is not None:
        return confidence
    raise InvalidInput(
        N_("“{text}” is not a confidence. Possible values: {known}."),
        text=shortened(cell),
        known=Listed(CONFIDENCE_WORDS.values()),
    )


def _day(cell: str) -> date:
    """The date as spreadsheets of German and English readers write it, or the end of a quarter.

    A date with slashes may begin with the day or the month, so it must be clear which is which.
    """
    shown = folded(cell)
    with suppress(ValueError):
        if found := _QUARTER.fullmatch(shown):
            return Quarter(int(found[1] or found[4]), int(found[2] or found[3])).last_day
        if found := _WITH_DOTS.fullmatch(shown):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        if found := _WITH_SLASHES.fullmatch(shown):
            first, second, year = map(int, found.groups())
            if first > 12 or first == second:
                return date(year, second, first)
            if second > 12:
                return date(year, first, second)
            raise InvalidInput(_UNCLEAR_DAY, text=shortened(cell))
        if _ISO.fullmatch(shown):
            return date.fromisoformat(shown)
    raise InvalidInput(_NO_DAY, text=shortened(cell))


def _text(cell: str, field: Field, session: Session) -> object:
    text = field.type.legal(cell, session)
    code = first_unprintable(cell)
    if code:
        raise InvalidInput(
            N_("The invisible control character {code} is not allowed in a text."), code=code
        )
    return text


def _number(cell: str) -> Fraction | None:
    """The exact number in a cell; ``float`` would also take ``1_0``, ``nan`` and ``1e3``."""
    digits = folded(cell)
    if not _NUMBER.fullmatch(digits):
        return None
    return Fraction(digits.replace(",", ".").replace("\N{MINUS SIGN}", "-"))


# ---- texts -------------------------------------------------------------------------------------


def clean(cell: str) -> str:
    """The cell in NFC, without the guard of a spreadsheet export and white space around it."""
    text = unguarded(cell)
    for line_break in ("\r\n", "\r", "\v"):  # the last is the soft one of Word and PowerPoint
        text = text.replace(line_break, "\n")
    text = unicodedata.normalize("NFC", text.strip(_WHITE_SPACE))
    return text if any(unicodedata.category(sign) != "Cf" for sign in text) else ""


def is_clear(cell: str) -> bool:
    """True for a lone hyphen, which resets the field; with a guard it is a text."""
    return folded(cell) == _CLEAR


def shortened(text: str, most: int = 60) -> str:
    """The text on one line and no longer than this, for a message."""
    plain = " ".join(replace_unprintable(text).split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"
