"""Decisions that hold for two sessions: reviews of people first, then mappings of their models."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import inf

from app.comparison.mappings import (
    ModelMapping,
    ModelVersion,
    mapped_between,
    reversed_relation,
    version_of,
)
from app.comparison.reviews import Review, Subject, Verdict
from app.model.comparability import area_digest
from app.model.maturity_model import MaturityModel
from app.session.session import Session

Text = tuple[str, str]
"""Id of an area and the digest of what it says."""


@dataclass(frozen=True, slots=True)
class AreaDecision:
    """The relation of an area of the earlier model to one of the later model, and who says so.

    ``reviews`` are those it follows from, oldest text first: one, or several in a chain. Without a
    review it follows from ``mappings``.
    """

    area_then: str
    area_now: str
    verdict: Verdict
    reviews: tuple[Review, ...] = ()
    mappings: tuple[ModelMapping, ...] = ()

    @property
    def review(self) -> Review | None:
        """The review that decided last, if it was one of people."""
        return max(self.reviews, key=lambda each: each.at, default=None)

    @property
    def is_hint(self) -> bool:
        """True if the areas share something: the level then is worth a look, but no more."""
        return self.verdict in (Verdict.PART_OF, Verdict.COVERS, Verdict.OVERLAPS)


@dataclass(frozen=True)
class Judged:
    """Decisions on an earlier and a later session; empty where there are none."""

    areas: tuple[AreaDecision, ...] = ()
    scope: Review | None = None
    people: Review | None = None

    @cached_property
    def equal(self) -> Mapping[str, str]:
        """Areas of the earlier model that are equal to one of the later model."""
        return {
            each.area_then: each.area_now for each in self.areas if each.verdict is Verdict.EQUAL
        }


Judge = Callable[[Session, Session], Judged]
"""Tells what was decided on an earlier and a later session."""

NOT_JUDGED = Judged()


def nothing_judged(_earlier: Session, _later: Session) -> Judged:
    """The judge where nothing was decided."""
    return NOT_JUDGED


class StoredDecisions:
    """A judge by the reviews of a client and the mappings of a library, oldest first.

    Reviews apply to texts, wherever these meet. *Equal* carries on from one text to the next, and
    from one version of a model to the next, unless people said otherwise of the two themselves.
    """

    def __init__(self, reviews: Iterable[Review], mappings: Sequence[ModelMapping]) -> None:
        self._reviews = tuple(reviews)
        of_areas = [each for each in self._reviews if each.subject is Subject.AREA]
        self._area_ids = {id for each in of_areas for id in (each.area_then, each.area_now)}
        self._directly: dict[Text, dict[Text, tuple[Verdict, Review]]] = {}
        self._equal_to: dict[Text, dict[Text, Review]] = {}
        for review in of_areas:
            then, now = (review.area_then, review.said_then), (review.area_now, review.said_now)
            turned = reversed_relation(review.verdict)
            self._directly.setdefault(now, {})[then] = turned, review
            self._directly.setdefault(then, {})[now] = review.verdict, review
            if review.verdict is Verdict.EQUAL:
                self._equal_to.setdefault(then, {})[now] = review
                self._equal_to.setdefault(now, {})[then] = review
        self._texts_of: dict[tuple[int, str], tuple[MaturityModel, Mapping[Text, str]]] = {}
        self._mapped = cache(lambda earlier, later: _mapped(earlier, later, mappings))

    def __call__(self, earlier: Session, later: Session) -> Judged:
        """The decisions on these two sessions."""
        return Judged(
            tuple(without_contradictions(self._areas(earlier, later))),
            self._about_sessions(Subject.SCOPE, earlier, later),
            self._about_sessions(Subject.PEOPLE, earlier, later),
        )

    def _about_sessions(self, subject: Subject, earlier: Session, later: Session) -> Review | None:
        found = (
            each
            for each in reversed(self._reviews)
            if each.subject is subject and each.applies_to(earlier, later)
        )
        return next(found, None)

    def _areas(self, earlier: Session, later: Session) -> Iterator[AreaDecision]:
        """Direct reviews, then chains of them, then mappings."""
        then, now = self._texts(earlier), self._texts(later)
        direct = [
            AreaDecision(then[text], now[other], verdict, (review,))
            for text in then
            for other, (verdict, review) in self._directly.get(text, {}).items()
            if other in now
        ]
        yield from sorted(direct, key=newest_first)
        chains = [
            AreaDecision(then[text], now[other], Verdict.EQUAL, reviews)
            for text in then
            for other, reviews in self._chains(text)
            if other in now
        ]
        yield from sorted(chains, key=_nearest_first)
        for decision in self._mapped(version_of(earlier.model), version_of(later.model)):
            if earlier.model.has_area(decision.area_then) and later.model.has_area(
                decision.area_now
            ):
                yield decision

    def _texts(self, session: Session) -> Mapping[Text, str]:
        """The texts of all areas that some review is about, with their ids."""
        model, language = session.model, session.language
        key = id(model), language  # many sessions share a model, which is kept so that its id is
        if key not in self._texts_of:
            texts = {
                (area.id, area_digest(model, area.id, language)): area.id
                for area in model.areas
                if area.id in self._area_ids
            }
            self._texts_of[key] = model, texts
        return self._texts_of[key][1]

    def _chains(self, start: Text) -> Iterator[tuple[Text, tuple[Review, ...]]]:
        """Texts that are equal to one, nearest first, with the reviews on the way."""
        way: dict[Text, tuple[Review, ...]] = {start: ()}
        queue = [start]
        for text in queue:
            for following, review in self._equal_to.get(text, {}).items():
                if following not in way:
                    way[following] = (*way[text], review)
                    queue.append(following)
                    yield following, way[following]


def without_contradictions(
    decisions: Iterable[AreaDecision], taken: Iterable[str] = ()
) -> Iterator[AreaDecision]:
    """The first decision on any two areas; an area is equal to only one other.

    ``taken`` are ids that are equal to themselves in both models.
    """
    met: set[tuple[str, str]] = set()
    equal_then, equal_now = set(taken), set(taken)
    for each in decisions:
        ends = each.area_then, each.area_now
        is_equal = each.verdict is Verdict.EQUAL
        if ends in met or (is_equal and (ends[0] in equal_then or ends[1] in equal_now)):
            continue
        met.add(ends)
        if is_equal:
            equal_then.add(ends[0])
            equal_now.add(ends[1])
        yield each


def newest_first(decision: AreaDecision) -> tuple[float, str, str]:
    """Sort key of decisions by their newest review; those without one come last."""
    review = decision.review
    at = inf if review is None else -review.at.timestamp()
    return at, decision.area_then, decision.area_now


def _nearest_first(chain: AreaDecision) -> tuple[int, str, str]:
    return len(chain.reviews), chain.area_then, chain.area_now


def _mapped(
    earlier: ModelVersion, later: ModelVersion, mappings: Sequence[ModelMapping]
) -> tuple[AreaDecision, ...]:
    pairs, used = mapped_between(earlier, later, mappings)
    return tuple(
        AreaDecision(pair.area_then, pair.area_now, pair.relation, mappings=used) for pair in pairs
    )
