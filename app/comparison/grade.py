"""Comparability of sessions: a grade with its reasons.

After OWASP SAMM: scores mean something against one another over time only, and another calculation
ends that. The shares of 80 and 60 percent are our own, because no standard gives any.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from app.comparison.relations import AreaPair, Relation
from app.model.comparability import have_same_scale, normalised_text
from app.session.session import Session

LEAST_SAME_FOR_A = Fraction(4, 5)
LEAST_COMPARABLE_FOR_B = Fraction(3, 5)


class Grade(StrEnum):
    """Comparability of two or more sessions."""

    A = "A"
    """Like for like: totals, differences and trends."""

    B = "B"
    """With caution: differences on the areas that all have in common, with the reasons."""

    C = "C"
    """Not comparable: levels side by side, no totals and no differences."""


class Reason(StrEnum):
    """A reason why the grade is not better."""

    SCALE = "scale"
    """The scales have other levels."""

    SCOPE = "scope"
    """The scope texts differ, and nobody said that they mean the same."""

    FEW_AREAS = "few_areas"
    """Too few areas ask the same."""

    PEOPLE_UNKNOWN = "people_unknown"
    """Nobody said if mostly the same people took part."""

    OTHER_PEOPLE = "other_people"
    """Mostly other people took part."""


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade, what keeps it from being better, and how many areas it rests on.

    ``same`` of ``applicable`` areas apply both times with the same texts, ``comparable`` counts
    those that people called equivalent, too. ``applicable`` are those of either session.
    """

    grade: Grade
    reasons: tuple[Reason, ...]
    same: int
    comparable: int
    applicable: int


def graded(
    earlier: Session,
    later: Session,
    pairs: Sequence[AreaPair],
    *,
    same_scope: bool = False,
    same_people: bool | None = None,
) -> Graded:
    """The grade of two sessions.

    ``same_scope`` is True if people said that two scope texts mean the same, ``same_people`` what
    the facilitator said of the participants: ``None`` if nothing.
    """
    applicable = sum(pair.is_in_either for pair in pairs)
    comparable = sum(pair.is_in_both for pair in pairs)
    same = sum(pair.is_in_both and pair.relation is Relation.SAME for pair in pairs)
    reasons, best = [], Grade.A
    if not have_same_scale(earlier.model, later.model):
        reasons.append(Reason.SCALE)
        best = Grade.C
    if not same_scope and _as_compared(earlier.scope) != _as_compared(later.scope):
        reasons.append(Reason.SCOPE)
        best = Grade.C
    if comparable < LEAST_COMPARABLE_FOR_B * applicable or not comparable:
        reasons.append(Reason.FEW_AREAS)
        best = Grade.C
    elif same < LEAST_SAME_FOR_A * applicable:
        reasons.append(Reason.FEW_AREAS)
        best = max(best, Grade.B)
    if same_people is not True:
        reasons.append(Reason.PEOPLE_UNKNOWN if same_people is None else Reason.OTHER_PEOPLE)
        best = max(best, Grade.B)
    return Graded(best, tuple(reasons), same, comparable, applicable)


def worst(grades: Sequence[Graded]) -> Graded:
    """The grade of several sessions: that of the pair which compares worst."""
    return max(grades, key=lambda each: (each.grade, len(each.reasons)))


def _as_compared(scope: str) -> str:
    return normalised_text(scope).casefold()
