"""Two or more sessions compared, as far as their grade allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, pairwise

from app.comparison.causes import Movement, movement
from app.comparison.grade import Grade, Graded, graded, worst
from app.comparison.relations import NOTHING_REVIEWED, AreaPair, Relation, Reviewed, area_pairs
from app.errors import InvalidInput
from app.figures.means import weighted_mean
from app.session.rating import Rating
from app.session.session import Session
from app.words.texts import N_

MOST_SESSIONS = 6

Review = Callable[[Session, Session], Reviewed]
"""Decisions of people about the models of an earlier and a later session."""


def _nothing_reviewed(_earlier: Session, _later: Session) -> Reviewed:
    return NOTHING_REVIEWED


@dataclass(frozen=True, slots=True)
class AreaOverTime:
    """An area in every session, oldest first.

    ``ratings`` are ``None`` where the model of a session lacks it, ``relations`` say how the area
    of each session relates to that of the latest. ``difference`` is that of the latest level to the
    one before, ``None`` unless the area is common to all sessions and their grade allows it.
    """

    area_id: str
    dimension_id: str
    ratings: tuple[Rating | None, ...]
    relations: tuple[Relation, ...]
    difference: Fraction | None


@dataclass(frozen=True, slots=True)
class MeanOverTime:
    """The weighted mean of the common areas of a group in every session, oldest first.

    All with the weights of the latest session. ``why`` has one entry from each session to the next
    and splits the change of the figure itself, over all areas.
    """

    id: str
    means: tuple[Fraction, ...]
    areas: int
    why: tuple[Movement, ...]

    @property
    def difference(self) -> Fraction:
        """From the session before to the latest."""
        return self.means[-1] - self.means[-2]


@dataclass(frozen=True)
class Comparison:
    """Sessions over time; made by :func:`compare`.

    ``pairs`` hold, for each earlier session, its areas beside those of the latest.
    """

    sessions: tuple[Session, ...]
    graded: Graded
    pairs: tuple[tuple[AreaPair, ...], ...]
    steps: tuple[tuple[AreaPair, ...], ...]

    @property
    def latest(self) -> Session:
        """The session that the others are compared with."""
        return self.sessions[-1]

    @property
    def allows_differences(self) -> bool:
        """True if totals and differences may be shown."""
        return self.graded.grade is not Grade.C

    @cached_property
    def common_ids(self) -> tuple[str, ...]:
        """Areas scored in every session that ask the same in all, in model order."""
        return tuple(area.id for area in self.latest.model.areas if area.id in self._common)

    @cached_property
    def _common(self) -> set[str]:
        found = [{pair.area_id for pair in pairs if pair.is_common} for pairs in self.pairs]
        return set.intersection(*found)

    @cached_property
    def areas(self) -> tuple[AreaOverTime, ...]:
        """All areas of the latest session, then those that only earlier ones have."""
        by_id: list[Mapping[str, AreaPair]] = [
            {pair.area_id: pair for pair in pairs} for pairs in self.pairs
        ]
        ids = dict.fromkeys(area.id for area in self.latest.model.areas)
        ids |= dict.fromkeys(area_id for pairs in by_id for area_id in pairs)
        return tuple(self._area(area_id, by_id) for area_id in ids)

    def _area(self, area_id: str, by_id: Sequence[Mapping[str, AreaPair]]) -> AreaOverTime:
        found = [pairs.get(area_id) for pairs in by_id]
        known = next(pair for pair in found if pair is not None)
        then = [pair.earlier if pair else None for pair in found]
        ratings = (*then, known.later)
        relations = tuple(pair.relation if pair else Relation.NEW for pair in found)
        difference = None
        if self.allows_differences and area_id in self._common:
            difference = _level(ratings[-1]) - _level(ratings[-2])
        return AreaOverTime(area_id, known.dimension_id, ratings, relations, difference)

    @property
    def risen(self) -> tuple[AreaOverTime, ...]:
        """Areas with a higher level than the time before, widest rise first."""
        return self._moved(lambda by: by > 0)

    @property
    def fallen(self) -> tuple[AreaOverTime, ...]:
        """Areas with a lower level than the time before, deepest fall first."""
        return self._moved(lambda by: by < 0)

    def _moved(self, wanted: Callable[[Fraction], bool]) -> tuple[AreaOverTime, ...]:
        found = [area for area in self.areas if area.difference and wanted(area.difference)]
        return tuple(sorted(found, key=lambda area: -abs(area.difference or Fraction(0))))

    @property
    def newly_open(self) -> tuple[AreaOverTime, ...]:
        """Areas that had a level the last time they were looked at, and apply without one now."""
        return tuple(
            area
            for area in self.areas
            if (today := area.ratings[-1]) is not None
            and today.is_applicable
            and today.level is None
            and any(each is not None and each.level is not None for each in area.ratings[:-1])
        )

    @cached_property
    def overall(self) -> MeanOverTime | None:
        """The headline on the common areas; ``None`` where no total may be shown."""
        return self._mean("overall", lambda _dimension_id: True)

    @cached_property
    def dimensions(self) -> tuple[MeanOverTime, ...]:
        """The dimensions of the latest model that have a common area."""
        found = (
            self._mean(dimension.id, dimension.id.__eq__)
            for dimension in self.latest.model.dimensions
        )
        return tuple(each for each in found if each is not None)

    def _mean(self, group_id: str, is_in: Callable[[str], bool]) -> MeanOverTime | None:
        areas = [a for a in self.areas if a.difference is not None and is_in(a.dimension_id)]
        if not areas:  # nothing is common, or no difference may be shown
            return None
        weights = [self.latest.rating(area.area_id).weight for area in areas]
        means = [
            weighted_mean(
                (weight, _level(area.ratings[n]))
                for weight, area in zip(weights, areas, strict=True)
            )
            for n in range(len(self.sessions))
        ]
        why = tuple(
            movement(pair for pair in pairs if is_in(pair.dimension_id)) for pairs in self.steps
        )
        return MeanOverTime(
            group_id, tuple(mean for mean in means if mean is not None), len(areas), why
        )


def compare(
    sessions: Sequence[Session],
    *,
    review: Review = _nothing_reviewed,
    same_people: bool | None = None,
    same_scope: bool = False,
) -> Comparison:
    """Compare two to six sessions of one client, oldest first; the worst pair gives the grade.

    Sessions of one day keep the order in which they are given. ``same_people`` is what was said of
    all of them, ``None`` if nothing; ``same_scope`` if differing scope texts mean the same. Raises
    ``InvalidInput`` for other numbers of sessions, the same one twice, and several clients.
    """
    _check(sessions)
    ordered = tuple(sorted(sessions, key=lambda session: session.date))
    paired = {
        (earlier.id, later.id): area_pairs(earlier, later, review(earlier, later))
        for earlier, later in combinations(ordered, 2)
    }
    grades = [
        graded(
            earlier,
            later,
            paired[earlier.id, later.id],
            same_scope=same_scope,
            same_people=same_people,
        )
        for earlier, later in combinations(ordered, 2)
    ]
    latest = ordered[-1]
    return Comparison(
        ordered,
        worst(grades),
        tuple(paired[each.id, latest.id] for each in ordered[:-1]),
        tuple(paired[earlier.id, later.id] for earlier, later in pairwise(ordered)),
    )


def _check(sessions: Sequence[Session]) -> None:
    if not 2 <= len(sessions) <= MOST_SESSIONS:
        raise InvalidInput(
            N_("Two to six sessions can be compared; you named {n}."), n=len(sessions)
        )
    for one, other in combinations(sessions, 2):
        if one.id == other.id:
            raise InvalidInput(N_("“{title}” is named twice."), title=one.title)
        if one.organisation.id != other.organisation.id:
            raise InvalidInput(
                N_(
                    "“{one}” and “{other}” belong to different organisations;"
                    " only sessions of one are compared."
                ),
                one=one.title,
                other=other.title,
            )


def _level(rating: Rating | None) -> Fraction:
    if rating is None or rating.level is None:
        raise ValueError("only areas that are scored every time have a difference")
    return rating.level
