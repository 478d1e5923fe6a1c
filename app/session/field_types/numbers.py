"""Types of numbers: levels and weights."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache
from typing import Any, NoReturn

from app.errors import InvalidInput
from app.model.maturity_model import MaturityModel
from app.model.scale import HIGHEST_LEVEL, LOWEST_LEVELS
from app.session.field_types.base import FieldType, Rules
from app.words.numbers import exact, plain
from app.words.texts import N_

DEFAULT_WEIGHT = Fraction(1)
NO_COUNT = N_("A whole number from {least} to {most} is needed here.")
MAX_WEIGHT = Fraction(10)
_LARGEST_SHOWN = 1_000_000
"""A larger number is not repeated in a message; beyond all limits it could not even be written."""
_NO_LEVEL = N_("A level from {lowest} to {highest} in steps of one half, or null, is needed here.")
_NO_TARGET = N_("A whole level from {lowest} to {highest}, or null, is needed here.")
_NO_WEIGHT = N_("A weight greater than 0 and at most {most} is needed here.")


class Level(FieldType):
    """A level on the model's scale in steps of one half, or ``None``."""

    json_type = float | None
    sql_type = "REAL"

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return _off_scale(_NO_LEVEL, model)

    def typed(self, value: Any, model: MaturityModel | None = None) -> Fraction | None:
        """The level as a fraction."""
        level = self._on_scale(value, model)
        is_half_step = level is None or (level * 2).denominator == 1
        return level if is_half_step else self.refuse(model)

    def legal(self, value: Any, rules: Rules) -> Fraction | None:
        """A level on the scale, whole unless the session allows halves."""
        level = self._on_scale(value, rules.model)
        if level is not None and level.denominator != 1 and not rules.half_levels:
            raise InvalidInput(
                N_("This session allows whole levels only. Please enter a whole number.")
            )
        return self.typed(level, rules.model)

    def _on_scale(self, value: Any, model: MaturityModel | None) -> Fraction | None:
        if value is None:
            return None
        if type(value) is not Fraction and type(value) is not int:
            self.refuse(model)
        check_scale(value, model)
        return Fraction(value)

    def read(self, value: Any, model: MaturityModel | None = None) -> Fraction | None:
        """A number on the scale in steps of one half."""
        fits = value is None or (
            _is_number(value)
            and _is_on_scale(value, model)
            and (type(value) is int or (value * 2).is_integer())
        )
        return self.from_json(value) if fits else self.refuse(model)

    def to_json(self, value: Fraction | None) -> int | float | None:
        """A whole number where the level is one."""
        return None if value is None else plain(value)

    def from_json(self, value: Any) -> Fraction | None:
        """The exact level."""
        return None if value is None else exact(value)

    def to_sql(self, value: Fraction | None) -> float | None:
        """Always ``float``, as SQLite returns it."""
        return None if value is None else float(value)

    def from_sql(self, value: Any) -> Fraction | None:
        """The exact level."""
        return None if value is None else fraction(value)


class WholeLevel(FieldType):
    """A whole level on the model's scale, or ``None``."""

    json_type = int | None
    sql_type = "INTEGER"

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return _off_scale(_NO_TARGET, model)

    def typed(self, value: Any, model: MaturityModel | None = None) -> int | None:
        """The level as ``int``."""
        if value is None:
            return None
        if type(value) is not int:
            self.refuse(model)
        check_scale(value, model)
        return value

    def read(self, value: Any, model: MaturityModel | None = None) -> int | None:
        """A whole number on the scale."""
        if value is None or (type(value) is int and _is_on_scale(value, model)):
            level: int | None = value
            return level
        raise self.needed(model)


class Quantity(FieldType):
    """A number from 0 to ``most``; greater than 0 if it is ``positive``.

    ``needed`` is the sentence that says so, with ``{most}``.
    """

    json_type = float
    sql_type = "REAL"

    def __init__(self, needed: str, most: Fraction, *, positive: bool = False) -> None:
        self._needed = needed
        self._most = most
        self._positive = positive

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(self._needed, most=self._most)

    def typed(self, value: Any, model: MaturityModel | None = None) -> Fraction:
        """The number as files hold it: one third becomes the nearest decimal."""
        if type(value) is not Fraction and type(value) is not int:
            self.refuse(model)
        number = Fraction(value)
        if self._fits(number):
            number = exact(plain(number))  # zero for one too small for any file
        return number if self._fits(number) else self.refuse_size(model)

    def refuse_size(self, model: MaturityModel | None) -> NoReturn:
        """Raise the error for a number out of range."""
        self.refuse(model)

    def read(self, value: Any, model: MaturityModel | None = None) -> Fraction:
        """A number in the range."""
        return exact(value) if _is_number(value) and self._fits(value) else self.refuse(model)

    def _fits(self, value: Any) -> bool:
        return bool(0 <= value <= self._most) and not (self._positive and value == 0)

    def to_json(self, value: Fraction) -> int | float:
        """A whole number where it is one."""
        return plain(value)

    def from_json(self, value: Any) -> Fraction:
        """The exact number."""
        return exact(value)

    def to_sql(self, value: Fraction) -> float:
        """Always ``float``, as SQLite returns it."""
        return float(value)

    def from_sql(self, value: Any) -> Fraction:
        """The exact number."""
        return fraction(value)


class Weight(Quantity):
    """A number greater than 0 and at most ``MAX_WEIGHT``."""

    def __init__(self) -> None:
        super().__init__(_NO_WEIGHT, MAX_WEIGHT, positive=True)

    def refuse_size(self, model: MaturityModel | None) -> NoReturn:
        """Raise the error for a weight out of range."""
        raise InvalidInput(N_("A weight is greater than 0 and at most {most}."), most=MAX_WEIGHT)

    def from_json(self, value: Any) -> Fraction:
        """The exact weight; very old logs hold ``null`` for the default."""
        return Fraction(1) if value is None else exact(value)


class Count(FieldType):
    """A whole number within limits; ``needed`` is the sentence with ``{least}`` and ``{most}``."""

    json_type = int
    sql_type = "INTEGER"

    def __init__(self, needed: str, least: int, most: int) -> None:
        self._needed = needed
        self._least = least
        self._most = most

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(self._needed, least=self._least, most=self._most)

    def typed(self, value: Any, model: MaturityModel | None = None) -> int:
        """The number unchanged."""
        return self.read(value, model)

    def read(self, value: Any, model: MaturityModel | None = None) -> int:
        """A whole number within the limits."""
        if type(value) is int and self._least <= value <= self._most:
            return value
        raise self.needed(model)


@lru_cache(maxsize=1024)
def fraction(value: float) -> Fraction:
    """The exact value that was typed, from a REAL column."""
    return exact(value)


def check_scale(level: Fraction | int, model: MaturityModel | None) -> None:
    """Raise ``InvalidInput`` for a level that the model does not have."""
    if _is_on_scale(level, model):
        return
    if abs(Fraction(level)) > _LARGEST_SHOWN:
        raise _off_scale(_NO_LEVEL, model)
    lowest, highest = scale_of(model)
    raise InvalidInput(
        N_("Level {level} is not on the scale from {lowest} to {highest}."),
        level=plain(Fraction(level)),
        lowest=lowest,
        highest=highest,
    )


def _is_on_scale(level: Any, model: MaturityModel | None) -> bool:
    lowest, highest = scale_of(model)
    return bool(lowest <= level <= highest)


def scale_of(model: MaturityModel | None) -> tuple[int, int]:
    """The lowest and highest level; without a model those of any scale."""
    if model is None:
        return min(LOWEST_LEVELS), HIGHEST_LEVEL
    return model.lowest_level, model.highest_level


def _off_scale(template: str, model: MaturityModel | None) -> InvalidInput:
    lowest, highest = scale_of(model)
    return InvalidInput(template, lowest=lowest, highest=highest)


def _is_number(value: Any) -> bool:
    # A whole number may be too large to be compared as a float; it is finite anyhow.
    return type(value) is int or (type(value) is float and math.isfinite(value))
