"""Questions about compared sessions: edited, gone and new areas, scope, people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.comparison.comparison import Comparison, SessionPair
from app.comparison.grade import Reason
from app.comparison.judging import AreaDecision
from app.comparison.relations import AreaPair, Relation
from app.comparison.reviews import Review, Subject
from app.model.comparability import area_digest, scope_digest
from app.session.session import Session


@dataclass(frozen=True, slots=True)
class Question:
    """A question on two sessions, and what was decided on it.

    ``relation`` is ``None`` for scope and people. An edited area and an equivalent one have both
    ids, a gone one only ``area_then`` and a new one only ``area_now``. ``candidates`` are areas of
    the other model that belong to nothing yet. ``decisions`` are those on the area, ``review`` is
    the one on scope or people.
    """

    pair: SessionPair
    subject: Subject
    relation: Relation | None = None
    area_then: str = ""
    area_now: str = ""
    candidates: tuple[str, ...] = ()
    decisions: tuple[AreaDecision, ...] = ()
    review: Review | None = None

    @property
    def is_open(self) -> bool:
        """True if nothing was decided. A new area needs no decision of its own."""
        if self.subject is Subject.PEOPLE:
            return self.pair.same_people is None
        if self.subject is Subject.SCOPE:
            return self.review is None
        if self.relation is Relation.NEW or (
            self.relation is Relation.GONE and not self.candidates
        ):
            return False
        return not self.decisions


def questions(compared: Comparison) -> tuple[Question, ...]:
    """All questions on compared sessions, each text once: first sessions in a row, then others."""
    in_a_row = [compared.pair(*ends) for ends in pairwise(compared.sessions)]
    others = [pair for pair in compared.session_pairs if pair not in in_a_row]
    found: dict[object, Question] = {}
    for pair in (*in_a_row, *others):
        for question in _of_pair(pair, is_in_a_row=pair in in_a_row):
            found.setdefault(_texts(question), question)
    return tuple(found.values())


def _of_pair(pair: SessionPair, *, is_in_a_row: bool) -> Iterator[Question]:
    if scope_digest(pair.earlier.scope) != scope_digest(pair.later.scope):
        yield Question(pair, Subject.SCOPE, review=pair.judged.scope)
    if is_in_a_row or pair.judged.people is not None:
        yield Question(pair, Subject.PEOPLE, review=pair.judged.people)
    if Reason.SCALE in pair.graded.reasons:
        return  # levels of other scales are never compared, whatever the areas ask
    gone = tuple(each.area_id for each in pair.areas if each.relation is Relation.GONE)
    new = tuple(each.area_id for each in pair.areas if each.relation is Relation.NEW)
    candidates = {Relation.GONE: new, Relation.NEW: gone}
    for area in pair.areas:
        if area.relation is not Relation.SAME:
            yield _of_area(pair, area, candidates.get(area.relation, ()))


def _of_area(pair: SessionPair, area: AreaPair, candidates: tuple[str, ...]) -> Question:
    then = area.area_then or ""
    now = "" if area.relation is Relation.GONE else area.area_id
    decisions = tuple(
        each
        for each in pair.judged.areas
        if (not then or each.area_then == then) and (not now or each.area_now == now)
    )
    return Question(pair, Subject.AREA, area.relation, then, now, candidates, decisions)


def _texts(question: Question) -> object:
    """Equal for questions on the same texts, whichever sessions they belong to."""
    earlier, later = question.pair.earlier, question.pair.later
    if question.subject is Subject.PEOPLE:
        return question.subject, earlier.id, later.id
    if question.subject is Subject.SCOPE:
        return question.subject, frozenset((scope_digest(earlier.scope), scope_digest(later.scope)))
    return (
        question.subject,
        _text(question.area_then, earlier),
        _text(question.area_now, later),
    )


def _text(area_id: str, session: Session) -> object:
    return area_id and (area_id, area_digest(session.model, area_id, session.language))
