"""Merge the sessions of another library; what is here is added to, never overwritten."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.comparison.mappings import mapping_to_document
from app.comparison.reviews import Review
from app.deletions import DeletedHere, DeletedSession
from app.errors import InvalidInput, NotFound
from app.ports import MergeReport, OtherName, Outcome, Taken
from app.session.session import Session
from app.session.units import Affiliation, Organisation
from app.session.whole import WholeSession
from data.library import histories
from data.library.check import faults_of
from data.library.opening import LockedFile
from data.library.private_copies import PrivateCopy
from data.library.storage_errors import UNREADABLE, as_sentences, damaged
from data.library.store import Store
from data.sessions.placing import Placing, places_of
from data.sessions.transfer import extend, read_whole, write_whole
from data.sessions.versions import (
    Relation,
    as_original,
    as_second_version,
    continued,
    mark_of,
    original_id,
    relation,
    says_the_same,
)


@contextmanager
def checked_copy(source: Path, now: datetime) -> Iterator[LockedFile]:
    """Context manager for a checked and upgraded private copy of another library.

    The other file is never written to, and its triggers never run against ours.
    """
    with closing(PrivateCopy(source)) as copy, as_sentences(source):
        for fault in faults_of(copy.connection, source):
            raise fault
        copy.upgrade(now)
        yield copy


def take_in_all(
    store: Store, source: LockedFile, now: datetime, *, with_deleted: bool = False
) -> MergeReport:
    """Import every session, inside a transaction of the caller.

    Those that were deleted here for good only ``with_deleted``.

    Only a manipulated file has a session that cannot be taken in: its digests all match.
    """
    other = Store(source.connection)
    intake = Intake(store, now, other.units.ids(), with_deleted=with_deleted)
    # Originals first: a second version leads back to one of them.
    for session_id in sorted(other.sessions.session_ids(), key=mark_of):
        if not histories.holds_up(other, session_id):
            raise damaged(source.path, f"session {session_id}")
        try:
            intake.take(read_whole(other, session_id))
        except (InvalidInput, NotFound, sqlite3.IntegrityError, *UNREADABLE) as error:
            raise damaged(source.path, f"session {session_id}") from error
    for review in other.reviews.all():
        try:
            intake.take_review(review, other.units.organisation(review.organisation_id))
        except (InvalidInput, NotFound, sqlite3.IntegrityError, *UNREADABLE) as error:
            raise damaged(source.path, f"review {review.id}") from error
    intake.replace_older_reviews()
    count = _take_mappings(store, other, source.path, now, with_deleted=with_deleted)
    return replace(intake.report, mappings=count)


def _take_mappings(
    store: Store, other: Store, path: Path, now: datetime, *, with_deleted: bool
) -> int:
    """Import every mapping; returns how many were news."""
    from data.models.mappings.schema import MappingFile

    count, deleted = 0, store.deleted_marks()
    try:
        for mapping in other.mappings.all():
            MappingFile.model_validate(mapping_to_document(mapping.mapping))
            if with_deleted or deleted.deleted_at([mapping.mapping.digest]) is None:
                count += store.mappings.take_in(mapping, now)
    except (InvalidInput, sqlite3.IntegrityError, *UNREADABLE) as error:
        raise damaged(path, "mapping") from error
    return count


def take_in(
    store: Store, whole: WholeSession, now: datetime, *, with_deleted: bool = False
) -> Taken:
    """Import one session, inside a transaction of the caller.

    Raises ``InvalidInput`` for a session that holds an illegal value, and ``DeletedHere`` for one
    that was deleted here for good, unless ``with_deleted``.
    """
    whole.check()
    intake = Intake(store, now, places_of(whole), with_deleted=with_deleted)
    taken = intake.take(whole)
    if taken is None:
        raise DeletedHere(intake.report.deleted_here[0])
    for review in whole.reviews:
        intake.take_review(review, whole.session.organisation)
    intake.replace_older_reviews()
    return taken


class Intake:
    """Takes sessions from elsewhere into a library and counts what became of them."""

    def __init__(
        self, store: Store, now: datetime, foreign: Mapping[str, str], *, with_deleted: bool
    ) -> None:
        """``foreign`` are the clients and units of where they come from; see :class:`Placing`."""
        self._store = store
        self._now = now
        self._versions: dict[str, list[str]] = {}
        for session_id in sorted(store.sessions.session_ids(), key=mark_of):
            self._note(session_id)
        self._titles: dict[Outcome, list[str]] = {outcome: [] for outcome in Outcome}
        self._names: dict[OtherName, None] = {}
        self._marks = None if with_deleted else store.deleted_marks()
        self._placing = Placing(store.units, foreign, now, self._was_deleted)
        self._deleted: list[DeletedSession] = []
        self._reviews = 0
        self._reviewed: dict[str, None] = {}
        """Clients of the reviews so far."""

    @property
    def report(self) -> MergeReport:
        """Outcomes so far."""
        titles = {outcome: tuple(found) for outcome, found in self._titles.items()}
        return MergeReport(
            added=titles[Outcome.ADDED],
            extended=titles[Outcome.EXTENDED],
            identical=titles[Outcome.IDENTICAL],
            newer_here=titles[Outcome.NEWER_HERE],
            kept_both=titles[Outcome.KEPT_BOTH],
            other_names=tuple(self._names),
            deleted_here=tuple(self._deleted),
            reviews=self._reviews,
        )

    def take(self, whole: WholeSession) -> Taken | None:
        """Take in one session; ``None`` for one that was deleted here for good.

        Raises ``InvalidInput`` for one that holds an illegal value.
        """
        whole.check()
        taken = self._known(whole)
        if taken is None and (deleted := self._deleted_here(whole)):
            self._deleted.append(deleted)
            return None
        taken = taken or self._new(whole)
        self._titles[taken.outcome].append(taken.session.title)
        self._note_names(whole, taken)
        return taken

    def take_review(self, review: Review, organisation: Organisation) -> None:
        """Take in a review of sessions of this client, after the sessions.

        Not if one of them was deleted here for good, or if the client is not here. Raises
        ``InvalidInput`` for one that holds an illegal value.
        """
        review.check()
        found = self._placing.found(Affiliation(organisation)).organisation
        if not self._store.units.has_organisation_id(found.id):
            return
        parts = (review.earlier_id, review.later_id)
        if any(self._was_deleted(each) for each in (*parts, *map(original_id, parts))):
            return
        ours = replace(review, organisation_id=found.id)
        self._reviews += self._store.reviews.take_in(ours, self._now)
        self._reviewed[found.id] = None

    def replace_older_reviews(self) -> None:
        """Of several reviews of the same, leave the newest in force; after the last review."""
        for organisation_id in self._reviewed:
            self._store.reviews.replace_older(organisation_id, self._now)

    # ---- a session that is here ----------------------------------------------------------------

    def _known(self, whole: WholeSession) -> Taken | None:
        """Outcome for a session that is here, or goes on from one; ``None`` if it is new."""
        theirs = as_original(whole)
        here = [read_whole(self._store, each) for each in self._versions_of(whole)]
        relations = [relation(as_original(ours), theirs) for ours in here]
        for wanted in (Relation.EQUAL, Relation.LONGER_HERE, Relation.LONGER_THERE):
            if wanted in relations:
                return self._settle(wanted, here[relations.index(wanted)], whole)
        found = self._placing.found(theirs.session.affiliation)
        placed = replace(theirs, session=replace(theirs.session, affiliation=found))
        for ours in here:
            if says_the_same(as_original(ours), placed):
                return Taken(Outcome.IDENTICAL, ours.session)
        return None

    def _settle(self, found: Relation, ours: WholeSession, whole: WholeSession) -> Taken:
        if found is not Relation.LONGER_THERE:
            equal = found is Relation.EQUAL
            return Taken(Outcome.IDENTICAL if equal else Outcome.NEWER_HERE, ours.session)
        longer = continued(ours, whole, self._placing.placed)
        session = extend(self._store, longer, len(ours.changes), self._now)
        return Taken(Outcome.EXTENDED, session)

    # ---- a session that was here ---------------------------------------------------------------

    def _deleted_here(self, whole: WholeSession) -> DeletedSession | None:
        """Time when a session that is not here was deleted, in any version, or with its client."""
        if self._marks is None:
            return None
        session, affiliation = whole.session, whole.session.affiliation
        versions = (session.id, original_id(session.id), as_second_version(whole).session.id)
        around = (affiliation.organisation.id, *(unit.id for unit in affiliation.units))
        at = self._marks.deleted_at((*versions, *around))
        return None if at is None else DeletedSession(session.title, at.date())

    def _was_deleted(self, any_id: str) -> bool:
        return self._marks is not None and self._marks.deleted_at([any_id]) is not None

    # ---- a session that is not -----------------------------------------------------------------

    def _new(self, whole: WholeSession) -> Taken:
        is_second = bool(self._versions_of(whole))
        if self._store.sessions.has_session(whole.session.id):
            whole = as_second_version(whole)
        session = self._write_behind(whole)
        self._note(session.id)
        return Taken(Outcome.KEPT_BOTH if is_second else Outcome.ADDED, session)

    def _write_behind(self, whole: WholeSession) -> Session:
        """Store a session without changing which one the next start opens."""
        last = self._store.positions.last()
        session = write_whole(self._store, self._placing.whole(whole), self._now)
        if last is not None:
            self._store.positions.remember(*last, self._now)
        return session

    # ---- notes ---------------------------------------------------------------------------------

    def _versions_of(self, whole: WholeSession) -> list[str]:
        return self._versions.get(original_id(whole.session.id), [])

    def _note(self, session_id: str) -> None:
        self._versions.setdefault(original_id(session_id), []).append(session_id)

    def _note_names(self, whole: WholeSession, taken: Taken) -> None:
        """Note what client and unit are called elsewhere; the names here stay.

        A session that went on here may have been moved, which gives no client another name.
        """
        theirs, ours = whole.session.affiliation, taken.session.affiliation
        if taken.outcome is Outcome.NEWER_HERE:
            ours = self._placing.found(theirs)
        names = [OtherName(ours.organisation.name, theirs.organisation.name)]
        if ours.unit is not None and theirs.unit is not None:
            names.append(OtherName(ours.unit.full_name, theirs.unit.full_name))
        self._names |= {name: None for name in names if name.here != name.there}
