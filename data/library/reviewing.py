"""Reviews of sessions and mappings of models in an open library: decided, added, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from app.comparison.mappings import ModelMapping, check_new_mapping
from app.comparison.reviews import NewReview, Review, decided
from app.errors import NotFound, StorageUnavailable
from app.session.session import FACILITATOR
from app.words.texts import N_
from data.library.access import Access
from data.library.mappings import StoredMapping
from data.library.store import Store


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
        now, entry = self._now(), uuid4().hex

        def write(store: Store) -> None:
            earlier, later = map(store.sessions.session, (new.earlier_id, new.later_id))
            known = store.reviews.of(earlier.organisation.id)
            review = decided(new, earlier, later, known, review_id=entry, at=now)
            store.reviews.add(review, now)

        _store(self._access, entry, write)
        with self._access.reading() as store:
            return store.reviews.review(entry)

    def withdraw(self, review_id: str, by: str = "") -> None:
        """Take a decision back; raises ``NotFound`` unless it is in force."""
        now, entry = self._now(), uuid4().hex

        def write(store: Store) -> None:
            review = store.reviews.review(review_id)
            if not review.is_in_force:
                raise NotFound(N_("The review “{id}” was withdrawn already."), id=review_id)
            store.reviews.withdraw(review, now, FACILITATOR.typed(by), now, entry)

        _store(self._access, entry, write)


class SqliteMappings:
    """Implements ``app.comparison.mappings.Mappings`` for an open library."""

    def __init__(self, access: Access, now: Callable[[], datetime]) -> None:
        self._access = access
        self._now = now

    def all(self) -> tuple[ModelMapping, ...]:
        """The mappings in force, oldest first."""
        with self._access.reading() as store:
            return tuple(each.mapping for each in store.mappings.in_force())

    def add(self, mapping: ModelMapping, by: str = "") -> None:
        """Store a mapping; one that is in force already changes nothing."""
        now, entry = self._now(), uuid4().hex

        def write(store: Store) -> None:
            in_force = [each.mapping for each in store.mappings.in_force()]
            check_new_mapping(mapping, in_force)
            if mapping not in in_force:
                stored = StoredMapping(mapping, now, FACILITATOR.typed(by))
                store.mappings.put(stored, now, entry)

        _store(self._access, entry, write)

    def withdraw(self, digest: str, by: str = "") -> None:
        """Take the mapping with this digest back; raises ``NotFound`` unless it is in force."""
        now, entry = self._now(), uuid4().hex

        def write(store: Store) -> None:
            known = store.mappings.known(digest)
            if known is None or not known.is_in_force:
                raise NotFound(N_("There is no mapping “{id}” in force."), id=digest)
            withdrawn = replace(known, withdrawn_at=now, withdrawn_by=FACILITATOR.typed(by))
            store.mappings.put(withdrawn, now, entry)

        _store(self._access, entry, write)


def _store(access: Access, entry: str, write: Callable[[Store], None]) -> None:
    """Write in one transaction whose entry in the log has this id."""
    try:
        with access.writing() as store:
            write(store)
    except StorageUnavailable:
        # A commit can fail although it reached the file; see ``SqliteSessions.record``.
        with access.reading() as store:
            is_recorded = store.log.acknowledgement_of(entry) is not None
        if not is_recorded:
            raise
        with access.writing() as store:
            store.touch()
