"""Reviews: decisions of people on what two sessions have in common.

A text that was edited, an area under another id, another scope text, the people who took part:
nobody but a person can say if these still are the same. A review is kept with the texts it is
about, so that it holds wherever the same two texts meet again, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.errors import InvalidInput
from app.model.comparability import area_digest, asks_the_same, have_same_scale, scope_digest
from app.model.ids import ID_PATTERN as AREA_ID
from app.session.field_types.records import NO_MOMENT, check_pattern, moment
from app.session.field_types.texts import NO_LINE
from app.session.names import DIGEST_PATTERN, MAX_NAME_LENGTH
from app.session.names import ID_PATTERN as SESSION_ID
from app.session.session import FACILITATOR, Session
from app.words.texts import N_


class Subject(StrEnum):
    """Subject of a review."""

    AREA = "area"
    """An area of the earlier session's model and one of the later session's."""

    SCOPE = "scope"
    """The scope texts of the two sessions."""

    PEOPLE = "people"
    """The people who took part in them."""


class Verdict(StrEnum):
    """Relation of then to now, as decided."""

    EQUAL = "equal"
    """Both ask the same; of scopes and people: the same, or mostly."""

    PART_OF = "part_of"
    """The area of then is a part of that of now."""

    COVERS = "covers"
    """The area of then covers that of now, and more."""

    OVERLAPS = "overlaps"
    """Both have something in common, and each has more."""

    DIFFERENT = "different"
    """Judged not to be the same."""


PLAIN_VERDICTS = (Verdict.EQUAL, Verdict.DIFFERENT)
"""Those on scope and people."""
SAME_OR_NOT = N_("Scope and people are either the same or not.")


@dataclass(frozen=True, slots=True)
class NewReview:
    """A decision to be made on an earlier and a later session, given by their ids.

    ``area_then`` and ``area_now`` are given for areas only. ``by`` is who decides; may be empty.
    """

    earlier_id: str
    later_id: str
    subject: Subject
    verdict: Verdict
    area_then: str = ""
    area_now: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A decision on two sessions of one client.

    ``area_then`` of the earlier model and ``area_now`` of the later one have the same id where an
    edited text was reviewed, else one area is mapped to the other. ``said_then`` and ``said_now``
    are digests of the texts the decision is about, as the groups read them; empty for people.
    ``withdrawn_at`` is ``None`` while it is in force.
    """

    id: str
    organisation_id: str
    earlier_id: str
    later_id: str
    subject: Subject
    verdict: Verdict
    at: datetime
    area_then: str = ""
    area_now: str = ""
    said_then: str = ""
    said_now: str = ""
    by: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""

    @property
    def is_in_force(self) -> bool:
        """True unless it was withdrawn or replaced."""
        return self.withdrawn_at is None

    @property
    def key(self) -> tuple[Subject, tuple[tuple[str, str], ...]]:
        """Equal for reviews of the same: of them, the newest is in force."""
        if self.subject is Subject.PEOPLE:
            sides = [("", self.earlier_id), ("", self.later_id)]
        else:
            sides = [(self.area_then, self.said_then), (self.area_now, self.said_now)]
        return self.subject, tuple(sorted(sides))

    def applies_to(self, earlier: Session, later: Session) -> bool:
        """True if the review is about these two sessions, or about the texts that they have."""
        if not self.is_in_force:
            return False
        if {earlier.organisation.id, later.organisation.id} != {self.organisation_id}:
            return False
        if self.subject is Subject.PEOPLE:
            return {earlier.id, later.id} == {self.earlier_id, self.later_id}
        if self.subject is Subject.SCOPE:
            said = {scope_digest(earlier.scope), scope_digest(later.scope)}
            return said == {self.said_then, self.said_now}
        sides = ((earlier, self.area_then, self.said_then), (later, self.area_now, self.said_now))
        return all(
            session.model.has_area(area_id)
            and area_digest(session.model, area_id, session.language) == said
            for session, area_id, said in sides
        )

    def check(self) -> None:
        """Raise ``InvalidInput`` for values that no decision can have."""
        for each in (self.id, self.organisation_id, self.earlier_id, self.later_id):
            check_pattern(SESSION_ID, each)
        is_area, is_people = self.subject is Subject.AREA, self.subject is Subject.PEOPLE
        for each in (self.area_then, self.area_now):
            check_pattern(AREA_ID if is_area else "", each)
        for each in (self.said_then, self.said_now):
            check_pattern("" if is_people else DIGEST_PATTERN, each)
        check_people(self.by, self.withdrawn_by)
        if not is_area and self.verdict not in PLAIN_VERDICTS:
            raise InvalidInput(SAME_OR_NOT)
        if self.earlier_id == self.later_id:
            raise InvalidInput(N_("A review is of two sessions."))
        for at in (self.at, self.withdrawn_at):
            if at is not None and moment(at.isoformat()) is None:
                raise InvalidInput(NO_MOMENT)


def check_people(*names: str) -> None:
    """Raise ``InvalidInput`` for a name that nobody can have; empty ones are not stated."""
    for name in names:
        if FACILITATOR.typed(name) != name:
            raise InvalidInput(NO_LINE, most=MAX_NAME_LENGTH)


class Reviews(Protocol):
    """The reviews of one library.

    All of them are logged. They belong to a client, not to a session: nothing of it can be undone
    in a session, and a review is taken back by withdrawing it.
    """

    def of(self, organisation_id: str) -> tuple[Review, ...]:
        """The reviews in force of sessions of a client, oldest first."""

    def decide(self, new: NewReview) -> Review:
        """Store a decision; it replaces an earlier one on the same.

        Raises ``InvalidInput`` for sessions of different clients or the same one twice, an
        unknown area, a verdict that does not fit, texts that are the same anyway, and a second
        area that is equal to one. Raises ``NotFound``.
        """

    def withdraw(self, review_id: str, by: str = "") -> None:
        """Take a decision back; raises ``NotFound`` unless it is in force."""


def review_to_document(review: Review) -> dict[str, str | None]:
    """A review as JSON values, without its client."""
    withdrawn = review.withdrawn_at
    return {
        "id": review.id,
        "earlier_id": review.earlier_id,
        "later_id": review.later_id,
        "subject": review.subject.value,
        "verdict": review.verdict.value,
        "area_then": review.area_then,
        "area_now": review.area_now,
        "said_then": review.said_then,
        "said_now": review.said_now,
        "at": moment_text(review.at),
        "by": review.by,
        "withdrawn_at": None if withdrawn is None else moment_text(withdrawn),
        "withdrawn_by": review.withdrawn_by,
    }


def moment_text(at: datetime) -> str:
    """A moment as it is kept: ISO 8601 with milliseconds and offset."""
    return at.isoformat(timespec="milliseconds")


def decided(
    new: NewReview,
    earlier: Session,
    later: Session,
    known: Iterable[Review],
    *,
    review_id: str,
    at: datetime,
) -> Review:
    """The review of a decision on two sessions; ``known`` are those in force of their client.

    Raises ``InvalidInput``; see :meth:`Reviews.decide`.
    """
    check_of_one_client(earlier, later)
    said = _said(new, earlier, later)
    review = Review(
        review_id,
        earlier.organisation.id,
        earlier.id,
        later.id,
        new.subject,
        new.verdict,
        at,
        new.area_then,
        new.area_now,
        *said,
        by=FACILITATOR.typed(new.by),
    )
    if new.subject is Subject.AREA and new.verdict is Verdict.EQUAL:
        equal = _equal_to_one(review, earlier, later, known)
        if equal is not None:
            raise InvalidInput(
                N_(
                    "“{then}” and “{now}” are equal already, and an area can be equal to only one"
                    " other. Withdraw that first, or choose another relation."
                ),
                then=equal[0],
                now=equal[1],
            )
    return review


def check_of_one_client(one: Session, other: Session) -> None:
    """Raise ``InvalidInput`` unless these are two sessions of one client."""
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


def _said(new: NewReview, earlier: Session, later: Session) -> tuple[str, str]:
    """The digests of what a decision is about."""
    if new.subject is not Subject.AREA:
        if new.verdict not in PLAIN_VERDICTS:
            raise InvalidInput(SAME_OR_NOT)
        if new.area_then or new.area_now:
            raise InvalidInput(N_("An area can only be named in a decision on areas."))
    if new.subject is Subject.PEOPLE:
        return "", ""
    if new.subject is Subject.SCOPE:
        said = scope_digest(earlier.scope), scope_digest(later.scope)
        if said[0] == said[1]:
            raise InvalidInput(N_("The scope texts are the same; there is nothing to decide."))
        return said
    if not have_same_scale(earlier.model, later.model):
        raise InvalidInput(
            N_("The scales have different levels, so there is nothing to decide on areas.")
        )
    for session, area_id in ((earlier, new.area_then), (later, new.area_now)):
        if not session.model.has_area(area_id):
            raise InvalidInput(
                N_("The model of “{title}” has no area “{area}”."),
                title=session.title,
                area=area_id,
            )
    if new.area_then == new.area_now and _is_same(new.area_now, earlier, later):
        raise InvalidInput(
            N_("The texts of “{area}” are the same in both sessions; there is nothing to decide."),
            area=new.area_now,
        )
    return (
        area_digest(earlier.model, new.area_then, earlier.language),
        area_digest(later.model, new.area_now, later.language),
    )


def _is_same(area_id: str, earlier: Session, later: Session) -> bool:
    """True if an area of both models asks the same without any decision."""
    ran_in = (later.language, earlier.language)
    return (
        earlier.model.has_area(area_id)
        and later.model.has_area(area_id)
        and asks_the_same(area_id, later.model, earlier.model, ran_in)
    )


def _equal_to_one(
    new: Review, earlier: Session, later: Session, known: Iterable[Review]
) -> tuple[str, str] | None:
    """Areas that are equal already, one of them also in a new review; ``None`` for none."""
    equals = [
        (then, now)
        for each in known
        if each.subject is Subject.AREA and each.verdict is Verdict.EQUAL and each.key != new.key
        for before, after, then, now in (
            (earlier, later, each.area_then, each.area_now),
            (later, earlier, each.area_now, each.area_then),  # decided the other way round
        )
        if each.applies_to(before, after)
    ]
    ids = dict.fromkeys((new.area_then, new.area_now))
    equals += [(area_id, area_id) for area_id in ids if _is_same(area_id, earlier, later)]
    return next(
        (pair for pair in equals if pair[0] == new.area_then or pair[1] == new.area_now), None
    )
