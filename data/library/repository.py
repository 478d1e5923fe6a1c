"""Repository of organisations, sessions, changes and files of an open library."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from app.errors import InvalidInput, StorageUnavailable
from app.ports import Saved
from app.session.evidence import MAX_EVIDENCE_BYTES, Evidence, EvidenceKind
from app.session.session import (
    FACILITATOR,
    SCOPE,
    SESSION,
    TAGS,
    TITLE,
    DatedSession,
    NewSession,
    Session,
    SessionSummary,
)
from app.session.units import Affiliation, Organisation, Unit, affiliation_named
from app.words.texts import N_
from data.library import summaries
from data.library.access import Access
from data.library.check import SlicedCheck
from data.library.clock import local_now
from data.library.open_places import OpenPlaces
from data.library.opening import LockedFile
from data.library.storage_errors import as_unavailable
from data.library.store import Store
from data.library.summaries import Wanted
from data.open_libraries import refuse_open_library

if TYPE_CHECKING:
    from app.model.maturity_model import MaturityModel
    from app.portfolio import Client, Shape
    from app.workshop.history import Change

Clock = Callable[[], datetime]


def _is_altered(store: Store, session_id: str) -> bool:
    from data.library.soundness import is_altered

    return is_altered(store.connection, session_id)


class SqliteSessions:
    """Sessions of an open library; implements ``app.ports.SessionRepository``.

    It belongs to the thread that opened the file.
    """

    def __init__(self, file: LockedFile, now: Clock = local_now) -> None:
        self._file = file
        self._now = now
        self._connection = file.connection
        self._store = Store(file.connection)
        self._check = SlicedCheck(file.connection, file.path, self._store)
        self._access = Access(file, self._store, self._check)
        self._places = OpenPlaces(file.path, self._access, self._check, now)
        self._check.when_done = self._places.store

    # ---- organisations, units, models ----------------------------------------------------------

    def organisations(self) -> tuple[Organisation, ...]:
        """All organisations by name."""
        with self._access.reading() as store:
            return store.units.organisations()

    def units(self, organisation_id: str) -> tuple[Unit, ...]:
        """The units of an organisation, parents before children."""
        with self._access.reading() as store:
            store.units.organisation(organisation_id)
            return store.units.units(organisation_id)

    def add_organisation(self, name: str) -> Organisation:
        """The organisation of this name, created where missing."""
        with self._access.reading() as store:
            known = store.units.organisation_named(name)
        if known is not None:
            return known
        with self._access.writing() as store:
            return store.units.organisation_by(name, self._now())

    def add_unit(
        self, organisation_id: str, name: str, kind: str = "team", parent_id: str | None = None
    ) -> Unit:
        """The unit of this name below this parent, created where missing."""
        with self._access.writing() as store:
            units = store.units
            units.organisation(organisation_id)
            if parent_id is not None and units.unit(parent_id).organisation_id != organisation_id:
                raise InvalidInput(N_("The unit above belongs to another organisation."))
            return units.unit_by(organisation_id, name, kind, parent_id, self._now())

    def located(self, wanted: Affiliation) -> Affiliation:
        """The stored organisation and units of these ids or names; what is missing as it is."""
        with self._access.reading() as store:
            return store.affiliations.located(wanted)

    def models(self) -> tuple[MaturityModel, ...]:
        """Imported models; of those with the same id the one imported last."""
        with self._access.reading() as store:
            return store.models.imported_ones()

    def model_versions(self) -> tuple[MaturityModel, ...]:
        """All models that are stored, imported ones last."""
        with self._access.reading() as store:
            return store.models.all()

    def add_model(self, model: MaturityModel) -> None:
        """Keep an imported model; sessions on an older one keep their own copy."""
        with self._access.writing() as store:
            store.models.keep(model, self._now(), imported=True)

    # ---- sessions ------------------------------------------------------------------------------

    def last_client(self) -> str | None:
        """Id of the organisation whose session was opened last, archived ones included."""
        with self._access.reading() as store:
            return summaries.last_client(store)

    def session_count(self, search: str = "", *, client_id: str | None = None) -> int:
        """The number of sessions that match."""
        with self._access.reading() as store:
            return summaries.count(store, Wanted(search, client_id))

    def session_summaries(
        self,
        search: str = "",
        *,
        client_id: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[SessionSummary, ...]:
        """One page of the sessions, last opened first; every word of ``search`` has to occur."""
        with self._access.reading() as store:
            return summaries.last_opened_first(store, Wanted(search, client_id), limit, offset)

    def dated_sessions(self, organisation_id: str) -> tuple[DatedSession, ...]:
        """All sessions of an organisation, newest first; raises ``NotFound``."""
        with self._access.reading() as store:
            store.units.organisation(organisation_id)
            return summaries.dated(store, organisation_id)

    def portfolio(self, today: date) -> tuple[Client, ...]:
        """Every client with the sessions that say how it stands, in no order."""
        from data.library.portfolio import clients

        with self._access.reading() as store:
            return clients(store, today)

    def shapes(self, session_ids: Collection[str]) -> Mapping[str, Shape]:
        """The profiles of these sessions by dimension."""
        from data.library.portfolio import shapes

        with self._access.reading() as store:
            return shapes(store, session_ids)

    def archived_sessions(self, client_id: str | None = None) -> tuple[SessionSummary, ...]:
        """Sessions that are hidden from the lists, last opened first."""
        with self._access.reading() as store:
            return summaries.archived(store, client_id)

    def earlier_sessions(self, session_id: str) -> tuple[SessionSummary, ...]:
        """Sessions of the same organisation and unit with an earlier date, newest first."""
        with self._access.reading() as store:
            return summaries.earlier(store, session_id)

    def create_session(self, new: NewSession) -> Session:
        """A new session, as a rule without ratings."""
        from app.session.whole import WholeSession

        with self._access.writing() as store:
            now = self._now()
            wanted = affiliation_named(new.organisation, new.unit)
            session = SESSION.holder(
                id=uuid4().hex,
                affiliation=store.affiliations.kept(wanted, now),
                title=TITLE.typed(new.title),
                date=now.date() if new.date is None else new.date,
                language=new.language,
                model=new.model,
                scope=SCOPE.typed(new.scope).strip(),
                half_levels=new.half_levels,
                facilitator=FACILITATOR.typed(new.facilitator),
                next_date=new.next_date,
                tags=TAGS.typed(new.tags),
                ratings={rating.area_id: rating for rating in new.ratings},
                plan=new.plan,
            )
            WholeSession(session).check()
            store.sessions.add(session, session, now)
            store.positions.remember(session.id, None, now)
        return session

    def load_session(self, session_id: str) -> Session:
        """The stored session, with its frozen model.

        While the library has not been checked yet, this session is checked first; where that
        finds something, the whole library is checked at once.
        """
        with self._access.reading() as store:
            if self._check.verdict is None and _is_altered(store, session_id):
                self._check.finish()
            return store.sessions.session(session_id)

    def archive_session(self, session_id: str, archived: bool = True) -> None:
        """Hide a session from the lists, or bring it back."""
        with self._access.writing() as store:
            store.sessions.set_archived(session_id, archived, self._now())

    # ---- changes -------------------------------------------------------------------------------

    def record(self, change: Change) -> Saved:
        """Store a change and its log row in one transaction; on the disk when this returns.

        Idempotent by the change's id. Raises ``StorageUnavailable`` when it may not be on the
        disk, and ``InvalidInput`` where the session is not in the state that the change expects.
        """
        try:
            return self._record(change)
        except StorageUnavailable:
            # SQLite also reports a failure when the journal could be emptied but not synced. The
            # change is in the file then, and one more commit that succeeds makes it durable.
            if not self.is_recorded(change.id):
                raise
            return self._record(change)

    def _record(self, change: Change) -> Saved:
        with self._access.writing() as store:
            known = store.log.acknowledgement_of(change.id)
            if known is not None:
                store.touch()
                return known
            now = self._now()
            applied = store.sessions.apply(change, now)
            store.files.require(applied)
            return store.log.append_change(applied, now)

    def is_recorded(self, change_id: str) -> bool:
        """True if a change with this id is in the log, even if its commit was reported to fail."""
        with as_unavailable(self._file.path):
            return self._store.log.acknowledgement_of(change_id) is not None

    def changes(self, session_id: str, newest: int | None = None) -> Sequence[Change]:
        """The session's change log in order; only the newest so many where ``newest`` is given."""
        with self._access.reading() as store:
            store.sessions.record(session_id)
            return store.sessions.changes(session_id, newest)

    # ---- files ---------------------------------------------------------------------------------

    def add_file(self, path: Path) -> Evidence:
        """Take a file of up to 10 MB into the library."""
        refuse_open_library(path)
        content = _file_to_keep(path)
        with self._access.writing() as store:
            digest = store.files.add(content, self._now())
        # Where names are bytes, one may hold some that are no text.
        name = os.fsencode(path.name).decode("utf-8", "replace")
        return Evidence(uuid4().hex, EvidenceKind.FILE, name, name, len(content), digest)

    def file_content(self, digest: str) -> bytes:
        """Content of a stored file."""
        with self._access.reading() as store:
            return store.files.content(digest)

    # ---- what was open last --------------------------------------------------------------------

    def remember_position(self, session_id: str, area_id: str) -> None:
        """Note which session and area are open, for the next start."""
        self._places.remember(session_id, area_id)

    def last_position(self) -> tuple[str, str] | None:
        """Session and area that were open last."""
        return self._places.last()

    def position_in(self, session_id: str) -> str | None:
        """The area that was open last in this session."""
        return self._places.of(session_id)


def _file_to_keep(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_EVIDENCE_BYTES + 1)
    except OSError as error:
        raise InvalidInput(
            N_("The file “{name}” cannot be read ({detail})."),
            name=path.name,
            detail=error.strerror or type(error).__name__,
        ) from error
    if len(content) > MAX_EVIDENCE_BYTES:
        raise InvalidInput(
            N_("“{name}” is larger than {most} MB. Attach a link to it instead."),
            name=path.name,
            most=MAX_EVIDENCE_BYTES // (1024 * 1024),
        )
    return content
