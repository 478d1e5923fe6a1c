"""Two or more sessions compared, as far as their grade allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import combinations, pairwise

from app.comparison.causes import Movement, movement
from app.comparison.grade import Grade, Graded, Reason, graded, worst
from app.comparison.judging import NOT_JUDGED, AreaDecision, Judge, Judged, nothing_judged
from app.comparison.relations import (
    AreaPair,
    Key,
    Relation,
    area_pairs,
    counts,
    within_dimension,
)
from app.comparison.reviews import Review, Verdict, check_of_one_client
from app.errors import InvalidInput
from app.figures.means import weighted_mean
from app.session.rating import Rating
from app.session.session import Session
from app.words.sorting import SortKey, sort_key
from app.words.texts import N_

MOST_SESSIONS = 6


@dataclass(frozen=True, slots=True)
class SessionPair:
    """An earlier and a later session: their grade, their areas, and what was decided on them.

    ``same_people`` was decided on these two, or follows from what was on all those between them;
    ``None`` if unknown.
    """

    earlier: Session
    later: Session
    graded: Graded
    areas: tuple[AreaPair, ...]
    judged: Judged = NOT_JUDGED
    same_people: bool | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """A level of another area that shares something with one of today; it never counts.

    ``rating`` is that of the area of the earlier model, which ``decision`` relates to one of the
    latest model.
    """

    session: Session
    rating: Rating
    decision: AreaDecision


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


@dataclass(frozen=True, slots=True)
class MeanWithGaps:
    """The weighted mean of areas that most sessions share; ``None`` in those that share none.

    All with the weights of the latest session; ``areas`` is their number.
    """

    means: tuple[Fraction | None, ...]
    areas: int


@dataclass(frozen=True)
class Comparison:
    """Sessions over time, oldest first; made by :func:`compare`.

    ``session_pairs`` are all pairs of an earlier and a later session, ``graded`` is the grade of
    the one that compares worst.
    """

    sessions: tuple[Session, ...]
    session_pairs: tuple[SessionPair, ...]

    @cached_property
    def graded(self) -> Graded:
        """The grade of all sessions: that of the pair that compares worst."""
        return worst([pair.graded for pair in self.session_pairs])

    @cached_property
    def pairs(self) -> tuple[tuple[AreaPair, ...], ...]:
        """For each earlier session its areas beside those of the latest."""
        return tuple(pair.areas for pair in self._to_latest)

    @cached_property
    def steps(self) -> tuple[tuple[AreaPair, ...], ...]:
        """The areas of each session beside those of the next."""
        return tuple(self.pair(*ends).areas for ends in pairwise(self.sessions))

    @property
    def _to_latest(self) -> Iterator[SessionPair]:
        return (self.pair(session, self.latest) for session in self.sessions[:-1])

    def pair(self, earlier: Session, later: Session) -> SessionPair:
        """The pair of two of the sessions; raises ``KeyError`` for others."""
        return self._pair_by_ids[earlier.id, later.id]

    @cached_property
    def _pair_by_ids(self) -> Mapping[tuple[str, str], SessionPair]:
        return {(pair.earlier.id, pair.later.id): pair for pair in self.session_pairs}

    @property
    def latest(self) -> Session:
        """The session that the others are compared with."""
        return self.sessions[-1]

    @property
    def allows_differences(self) -> bool:
        """True if totals and differences may be shown."""
        return self.graded.grade is not Grade.C

    @property
    def allows_trends(self) -> bool:
        """True if a line may connect the totals of the sessions."""
        return self.graded.grade is Grade.A

    @property
    def reasons(self) -> tuple[tuple[Reason, tuple[SessionPair, ...]], ...]:
        """Reasons that keep a pair from a better grade, and which pairs, in their order."""
        found = (
            (reason, tuple(pair for pair in self.session_pairs if reason in pair.graded.reasons))
            for reason in Reason
        )
        return tuple((reason, pairs) for reason, pairs in found if pairs)

    @cached_property
    def hints(self) -> tuple[Hint, ...]:
        """Levels of areas that share something with one of today, in the order of today's areas."""
        found = [
            Hint(pair.earlier, pair.earlier.rating(decision.area_then), decision)
            for pair in self._to_latest
            for decision in pair.judged.areas
            if decision.is_hint
        ]
        position = self.latest.model.position_of
        return tuple(sorted(found, key=lambda hint: position(hint.decision.area_now)))

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
        by_key = [{pair.key: pair for pair in pairs} for pairs in self.pairs]
        keys = dict.fromkeys((area.id, False) for area in self.latest.model.areas)
        keys |= dict.fromkeys(key for pairs in by_key for key in pairs)
        return tuple(self._area(key, by_key) for key in keys)

    def _area(self, key: Key, by_key: Sequence[Mapping[Key, AreaPair]]) -> AreaOverTime:
        area_id, _ = key
        found = [pairs.get(key) for pairs in by_key]
        known = next(pair for pair in found if pair is not None)
        then = [pair.earlier if pair else None for pair in found]
        ratings = (*then, known.later)
        relations = tuple(pair.relation if pair else Relation.NEW for pair in found)
        difference = None
        if self.allows_differences and known.later is not None and area_id in self._common:
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
            and any(counts(each) for each in area.ratings[:-1])
        )

    @cached_property
    def overall(self) -> MeanOverTime | None:
        """The headline on the common areas; ``None`` where no total may be shown."""
        return self._mean("overall", None)

    @cached_property
    def dimensions(self) -> tuple[MeanOverTime, ...]:
        """The dimensions of the latest model that have a common area."""
        found = (
            self._mean(dimension.id, dimension.id) for dimension in self.latest.model.dimensions
        )
        return tuple(each for each in found if each is not None)

    def _mean(self, group_id: str, dimension_id: str | None) -> MeanOverTime | None:
        areas = [
            area
            for area in self.areas
            if area.difference is not None and dimension_id in (None, area.dimension_id)
        ]
        if not areas:  # nothing is common, or no difference may be shown
            return None
        means = [self._mean_in(number, areas) for number in range(len(self.sessions))]
        why = tuple(
            movement(pairs if dimension_id is None else within_dimension(pairs, dimension_id))
            for pairs in self.steps
        )
        return MeanOverTime(
            group_id, tuple(mean for mean in means if mean is not None), len(areas), why
        )

    def _mean_in(self, number: int, areas: Iterable[AreaOverTime]) -> Fraction | None:
        """Mean of areas in a session by its number, with the weights of the latest."""
        return weighted_mean(
            (self.latest.rating(area.area_id).weight, _level(area.ratings[number]))
            for area in areas
        )

    def mean_with_gaps(self, dimension_id: str) -> MeanWithGaps | None:
        """A dimension without an area common to all, over the latest sessions that share some.

        From the latest backwards, a session that shares none of the areas left is a gap. ``None``
        if only the latest one is left.
        """
        areas = [
            area
            for area in self.areas
            if area.dimension_id == dimension_id and counts(area.ratings[-1])
        ]
        latest = len(self.sessions) - 1
        taken = [latest]
        for number in reversed(range(latest)):
            shared = [
                area
                for area in areas
                if area.relations[number].is_comparable and counts(area.ratings[number])
            ]
            if shared:
                areas = shared
                taken.append(number)
        if len(taken) < 2:
            return None
        means = tuple(
            self._mean_in(number, areas) if number in taken else None
            for number in range(len(self.sessions))
        )
        return MeanWithGaps(means, len(areas))


def compare(
    sessions: Sequence[Session],
    *,
    judge: Judge = nothing_judged,
    same_people: bool | None = None,
    same_scope: bool = False,
) -> Comparison:
    """Compare two to six sessions of one client, oldest first; the worst pair gives the grade.

    Sessions of one day are in the order of their titles. ``judge`` tells what was decided on two
    of them. ``same_people`` and ``same_scope`` are said of all of them and count more: if mostly
    the same people took part, ``None`` if nothing is said; True if scope texts mean the same.
    Raises ``InvalidInput`` for other numbers of sessions, the same one twice, and several clients.
    """
    _check(sessions)
    ordered = tuple(sorted(sessions, key=oldest_first))
    judged = {
        (earlier.id, later.id): judge(earlier, later) for earlier, later in combinations(ordered, 2)
    }
    people = {ids: _said_of_people(each) for ids, each in judged.items()}
    pairs = []
    for first, last in combinations(range(len(ordered)), 2):
        earlier, later = ordered[first], ordered[last]
        on_pair = judged[earlier.id, later.id]
        areas = area_pairs(earlier, later, on_pair.equal)
        same = same_people
        if same is None:
            same = _same_people(people, [each.id for each in ordered[first : last + 1]])
        is_same_scope = same_scope or _is_equal(on_pair.scope)
        grade = graded(earlier, later, areas, same_scope=is_same_scope, same_people=same)
        pairs.append(SessionPair(earlier, later, grade, areas, on_pair, same))
    return Comparison(ordered, tuple(pairs))


def oldest_first(session: Session) -> tuple[date, SortKey, str]:
    """Sort key of sessions: a total order, so that it does not matter how they are named."""
    return session.date, sort_key(session.title), session.id


def _is_equal(review: Review | None) -> bool:
    return review is not None and review.verdict is Verdict.EQUAL


def _said_of_people(judged: Judged) -> bool | None:
    return None if judged.people is None else _is_equal(judged.people)


def _same_people(said: Mapping[tuple[str, str], bool | None], ids: Sequence[str]) -> bool | None:
    """The answer for the first and last of sessions in a row.

    Their own if there is one. Otherwise it follows from those on each session and the next: no if
    one is no, yes if all are yes, else unknown.
    """
    own = said[ids[0], ids[-1]]
    if own is not None:
        return own
    on_the_way = [said[ends] for ends in pairwise(ids)]
    if False in on_the_way:
        return False
    return None if None in on_the_way else True


def _check(sessions: Sequence[Session]) -> None:
    if not 2 <= len(sessions) <= MOST_SESSIONS:
        raise InvalidInput(
            N_("Two to six sessions can be compared; you named {n}."), n=len(sessions)
        )
    for one, other in combinations(sessions, 2):
        check_of_one_client(one, other)


def _level(rating: Rating | None) -> Fraction:
    if rating is None or rating.level is None:
        raise ValueError("only areas that are scored every time have a difference")
    return rating.level
