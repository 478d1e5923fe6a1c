"""Levels to expect in a session, because steps of an earlier one were done since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.session.rating import Rating
from app.session.session import Session


@dataclass(frozen=True, slots=True)
class ExpectedLevel:
    """A level to expect; ``done`` are the levels of the steps that lead there, lowest first."""

    level: int
    done: tuple[int, ...]


def expected_levels(earlier: Session) -> Mapping[str, ExpectedLevel]:
    """Expected levels by area: the level of then, raised by the steps done one after the other.

    A step that is done counts only if all steps below it are. Areas without a level, or without a
    done step directly above it, are left out. An expectation is never a decision.
    """
    found = ((rating.area_id, _expected(rating)) for rating in earlier.all_ratings())
    return {area_id: expected for area_id, expected in found if expected is not None}


def _expected(rating: Rating) -> ExpectedLevel | None:
    done = rating.levels_done if rating.is_scored else ()
    return ExpectedLevel(done[-1], done) if done else None
