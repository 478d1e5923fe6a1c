"""Reviews of sessions: table ``review``, each of its rows followed by entries in the log.

A withdrawn review stays as a row, so that libraries that are merged agree on it. Two libraries may
have decided on the same; then the newest decision is in force and has replaced the others, with
the same words whichever library comes to it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from app.comparison.reviews import Review, Subject, Verdict, review_to_document
from app.errors import NotFound
from app.words.texts import N_
from data.library import columns
from data.library.columns import Row, with_digest
from data.library.database import Tables
from data.library.log import ChangeLog

REVIEW = "review"
"""Origin of the entries about a review: what is true of its row from then on."""


class ReviewRows(Tables):
    """The reviews of one library, withdrawn ones included."""

    def __init__(self, connection: sqlite3.Connection, log: ChangeLog) -> None:
        super().__init__(connection)
        self._log = log

    # ---- reading -----------------------------------------------------------------------------

    def all(self) -> tuple[Review, ...]:
        """All of them, oldest first."""
        return self._found("")

    def of(self, organisation_id: str) -> tuple[Review, ...]:
        """Those of a client, oldest first."""
        return self._found("WHERE organisation_id = ?", organisation_id)

    def of_session(self, session_id: str, organisation_id: str) -> tuple[Review, ...]:
        """Those a session takes part in, as one of this client, oldest first."""
        rest = "WHERE (earlier_id = ?1 OR later_id = ?1) AND organisation_id = ?2"
        return self._found(rest, session_id, organisation_id)

    def review(self, review_id: str) -> Review:
        """The one with this id; raises ``NotFound``."""
        for review in self._found("WHERE id = ?", review_id):
            return review
        raise NotFound(N_("There is no review “{id}”."), id=review_id)

    def _found(self, rest: str, *parameters: str) -> tuple[Review, ...]:
        rows = self.records(columns.REVIEW, f"FROM review {rest}", parameters)
        return tuple(sorted(map(_review, rows), key=_by_time))

    # ---- writing -----------------------------------------------------------------------------

    def add(self, review: Review, now: datetime) -> None:
        """Store a decision made now; it replaces those in force that are about the same.

        Also those of a later time: a clock elsewhere may be ahead.
        """
        self._insert(review, now)
        for other in self.of(review.organisation_id):
            if other.is_in_force and other.key == review.key and other.id != review.id:
                self.withdraw(other, review.at, review.by, now)

    def withdraw(
        self, review: Review, at: datetime, by: str, now: datetime, entry_id: str = ""
    ) -> None:
        """Take a review back; the log names the entry with the decision."""
        self._update(replace(review, withdrawn_at=at, withdrawn_by=by), now, review.id, entry_id)

    def move(self, organisation_id: str, into_id: str, now: datetime) -> None:
        """Move the reviews of a client to another one."""
        for review in self.of(organisation_id):
            self._update(replace(review, organisation_id=into_id), now)
        self.replace_older(into_id, now)

    def replace_older(self, organisation_id: str, now: datetime) -> None:
        """Of several reviews of the same, withdraw all that are in force but the newest."""
        newest: dict[object, Review] = {}
        for review in reversed(self.of(organisation_id)):
            if review.is_in_force:
                newer = newest.setdefault(review.key, review)
                if newer is not review:
                    self.withdraw(review, newer.at, newer.by, now)

    def take_in(self, review: Review, now: datetime) -> bool:
        """Store a review from elsewhere; True if there is anything new in it.

        One that is here stays as it is, but for the first time it was withdrawn. After the last of
        a client, call :meth:`replace_older`: once, for a file may hold thousands.
        """
        if not self.has("review", "id", review.id):
            self._insert(review, now)
            return True
        ours = self.review(review.id)
        found = [each for each in (ours, review) if each.withdrawn_at is not None]
        first = min(found, key=lambda each: (each.withdrawn_at, each.withdrawn_by), default=ours)
        if first.withdrawn_at is None or _withdrawal(first) == _withdrawal(ours):
            return False
        self.withdraw(ours, first.withdrawn_at, first.withdrawn_by, now)
        return True

    def ids_with(self, sessions: Collection[str], clients: Collection[str]) -> tuple[str, ...]:
        """Ids of all reviews that one of these sessions takes part in, or of these clients."""
        gone, whose = frozenset(sessions), frozenset(clients)
        rows = self.rows("SELECT id, earlier_id, later_id, organisation_id FROM review")
        return tuple(
            review_id
            for review_id, earlier, later, organisation in rows
            if earlier in gone or later in gone or organisation in whose
        )

    def _insert(self, review: Review, now: datetime) -> None:
        self.insert("review", with_digest(columns.REVIEW, review_row(review)))
        is_free = self._log.acknowledgement_of(review.id) is None
        self._logged(review, now, review.id if is_free else "")

    def _update(
        self, review: Review, now: datetime, reverses: str = "", entry_id: str = ""
    ) -> None:
        self.update("review", with_digest(columns.REVIEW, review_row(review)))
        self._logged(review, now, entry_id, reverses)

    def _logged(
        self, review: Review, now: datetime, entry_id: str = "", reverses: str = ""
    ) -> None:
        content = review_row(review)
        self._log.append(REVIEW, content, now, entry_id=entry_id, reverses=reverses)


def _by_time(review: Review) -> tuple[datetime, str]:
    return review.at, review.id


def _withdrawal(review: Review) -> tuple[datetime | None, str]:
    return review.withdrawn_at, review.withdrawn_by


# ---- rows --------------------------------------------------------------------------------------


def review_row(review: Review) -> Row:
    """The row of a review without its digest."""
    document = review_to_document(review)
    decided = {"decided_at": document.pop("at"), "decided_by": document.pop("by")}
    return {"organisation_id": review.organisation_id, **document, **decided}


def _review(row: Row) -> Review:
    values = dict(row)
    decided, withdrawn = values.pop("decided_at"), values.pop("withdrawn_at")
    return Review(
        subject=Subject(values.pop("subject")),
        verdict=Verdict(values.pop("verdict")),
        at=datetime.fromisoformat(decided),
        by=values.pop("decided_by"),
        withdrawn_at=None if withdrawn is None else datetime.fromisoformat(withdrawn),
        **values,
    )
