"""Decides on and withdraws reviews of an open library."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from app.comparison.reviews import NewReview, Review, decided
from app.errors import NotFound
from app.session.session import FACILITATOR
from app.words.texts import N_
from data.library.access import Access


class SqliteReviews:
    """Implements ``app.comparison.reviews.Reviews`` for an open library."""

    def __init__(self, access: Access, now: Callable[[], datetime]) -> None:
        self._access = access
        self._now = now

    def of(self, organisation_id: str) -> tuple[Review, ...]:
        """The reviews in force of sessions of a client, oldest first."""
        with self._access.reading() as store:
            return tuple(each for each in store.reviews.of(organisation_id) if each.is_in_force)

    def decide(self, new: NewReview) -> Review:
        """Store a decision; it replaces an earlier one on the same."""
        with self._access.writing() as store:
            now = self._moment()
            earlier, later = map(store.sessions.session, (new.earlier_id, new.later_id))
            known = store.reviews.of(earlier.organisation.id)
            review = decided(new, earlier, later, known, review_id=uuid4().hex, at=now)
            store.reviews.add(review, now)
            return review

    def withdraw(self, review_id: str, by: str = "") -> None:
        """Take a decision back; raises ``NotFound`` unless it is in force."""
        with self._access.writing() as store:
            now = self._moment()
            review = store.reviews.review(review_id)
            if not review.is_in_force:
                raise NotFound(N_("The review “{id}” was withdrawn already."), id=review_id)
            store.reviews.withdraw(review, now, FACILITATOR.typed(by), now)

    def _moment(self) -> datetime:
        """The time now, as precise as it is stored."""
        now = self._now()
        return now.replace(microsecond=now.microsecond // 1000 * 1000)
