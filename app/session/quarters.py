"""Quarters of calendar years, the periods of a plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from app.errors import InvalidInput
from app.words.texts import N_

_PATTERN = re.compile(r"(\d{4})-Q([1-4])")
NO_QUARTER = N_("A quarter such as 2027-Q1 is needed here.")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """One quarter of a year; ``number`` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Read ``2027-Q1``; raises ``InvalidInput``."""
        found = _PATTERN.fullmatch(text)
        if found is None or not int(found[1]):
            raise InvalidInput(NO_QUARTER)
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.year:04}-Q{self.number}"

    def plus(self, quarters: int) -> Quarter:
        """The quarter so many quarters later, or earlier for a negative number."""
        year, index = divmod(self.year * 4 + self.number - 1 + quarters, 4)
        return Quarter(year, index + 1)

    def until(self, later: Quarter) -> int:
        """Number of quarters from this one to another; negative for an earlier one."""
        return (later.year - self.year) * 4 + later.number - self.number

    @property
    def first_day(self) -> date:
        """The day on which the quarter begins; the last one of all after the year 9999."""
        return date(self.year, self.number * 3 - 2, 1) if self.year <= MAXYEAR else date.max

    @property
    def last_day(self) -> date:
        """The day on which the quarter ends; the last one of all after the year 9999."""
        following = self.plus(1)
        if following.year > MAXYEAR:
            return date.max
        return following.first_day - timedelta(days=1)
