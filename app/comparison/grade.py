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
from app.model.comparability import have_same_scale, scope_digest
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


class Condition(StrEnum):
    """A condition of a grade that is fulfilled."""

    SCALE = "scale"
    """The scales have the same levels."""

    SCOPE = "scope"
    """The scope texts are the same."""

    SCOPE_CONFIRMED = "scope_confirmed"
    """The scope texts differ, and people said that they mean the same."""

    AREAS = "areas"
    """Enough areas ask the same for grade A."""

    PEOPLE = "people"
    """Mostly the same people took part, as people said."""


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

    ``fulfilled`` are the conditions that are met, in their order. ``same`` of ``applicable``
    areas apply both times with the same texts, ``comparable`` counts those that people called
    equivalent, too. ``applicable`` are those of either session.
    """

    grade: Grade
    reasons: tuple[Reason, ...]
    same: int
    comparable: int
    applicable: int
    fulfilled: tuple[Condition, ...] = ()


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
    reasons: list[Reason] = []
    fulfilled: list[Condition] = []
    if have_same_scale(earlier.model, later.model):
        fulfilled.append(Condition.SCALE)
    else:
        reasons.append(Reason.SCALE)
    if scope_digest(earlier.scope) == scope_digest(later.scope):
        fulfilled.append(Condition.SCOPE)
    elif same_scope:
        fulfilled.append(Condition.SCOPE_CONFIRMED)
    else:
        reasons.append(Reason.SCOPE)
    best = Grade.C if reasons else Grade.A
    if not comparable or comparable < LEAST_COMPARABLE_FOR_B * applicable:
        reasons.append(Reason.FEW_AREAS)
        best = Grade.C
    elif same < LEAST_SAME_FOR_A * applicable:
        reasons.append(Reason.FEW_AREAS)
        best = max(best, Grade.B)
    else:
        fulfilled.append(Condition.AREAS)
    if same_people:
        fulfilled.append(Condition.PEOPLE)
    else:
        reasons.append(Reason.PEOPLE_UNKNOWN if same_people is None else Reason.OTHER_PEOPLE)
        best = max(best, Grade.B)
    return Graded(best, tuple(reasons), same, comparable, applicable, tuple(fulfilled))


def worst(grades: Sequence[Graded]) -> Graded:
    """The grade of several sessions: that of the pair which compares worst.

    Of pairs with one grade the one with more reasons, then with fewer areas that ask the same.
    """
    return max(
        grades,
        key=lambda each: (
            each.grade,
            len(each.reasons),
            -_share(each.same, each.applicable),
            -_share(each.comparable, each.applicable),
        ),
    )


def _share(areas: int, applicable: int) -> Fraction:
    return Fraction(areas, applicable) if applicable else Fraction(0)
