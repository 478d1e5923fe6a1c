"""Versions of a plan: frozen and numbered, so that later plans and status are measured by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from app.session.quarters import Quarter

MAX_VERSIONS = 50


@dataclass(frozen=True, slots=True)
class FrozenStep:
    """A step as it was planned; ``start`` is ``None`` for *Later*, ``duration`` in quarters."""

    area_id: str
    level: int
    start: Quarter | None = None
    duration: int = 1
    effort: Fraction = Fraction(1)
    cost: Fraction = Fraction(0)
    owner: str = ""

    @property
    def key(self) -> tuple[str, int]:
        """Area and level of the step."""
        return self.area_id, self.level

    @property
    def last_quarter(self) -> Quarter | None:
        """The quarter by whose end the step is done; ``None`` for *Later*."""
        return None if self.start is None else self.start.plus(self.duration - 1)


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A plan at a moment.

    ``number`` counts from 1; ``at`` is local time with its offset, in whole seconds. ``means`` are
    the average before the first quarter and after each one; ``steps`` are in model order.
    """

    number: int
    at: datetime
    by: str
    remark: str
    start: Quarter
    means: tuple[Fraction, ...] = ()
    steps: tuple[FrozenStep, ...] = ()
