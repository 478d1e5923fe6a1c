"""Ports of the domain layer: repository and clock."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.deletions import AS_USUAL, Choices, DeletedSession, Deletion, Target

if TYPE_CHECKING:
    from app.comparison.mappings import Mappings
    from app.comparison.reviews import Reviews
    from app.errors import AppError, ReadOnlyLibrary
    from app.model.maturity_model import MaturityModel
    from app.naming import Naming
    from app.portfolio import Client, Shape
    from app.session.evidence import Evidence
    from app.session.session import DatedSession, NewSession, Session, SessionSummary
    from app.session.units import Affiliation, Organisation, Unit
    from app.session.whole import WholeSession
    from app.workshop.history import Change


@dataclass(frozen=True, slots=True)
class Saved:
    """The acknowledgement of a change: it is on the disk.

    ``seq`` is its number in the change log, ``at`` the local time of the commit with its offset.
    """

    seq: int
    at: datetime


class SessionRepository(Protocol):
    """Storage of organisations, sessions and their changes.

    Every method raises ``StorageUnavailable`` when the environment fails (disk full, locked,
    unplugged) and ``NotFound`` for an id that is not there. What a method that stores returns is
    on the disk.
    """

    def organisations(self) -> tuple[Organisation, ...]:
        """All organisations by name, in the order of ``app.words.sorting``."""

    def units(self, organisation_id: str) -> tuple[Unit, ...]:
        """The units of an organisation, parents before children."""

    def add_organisation(self, name: str) -> Organisation:
        """The organisation of this name (compared without case), created where missing."""

    def add_unit(
        self, organisation_id: str, name: str, kind: str = "team", parent_id: str | None = None
    ) -> Unit:
        """The unit of this name below this parent, created where missing."""

    def last_client(self) -> str | None:
        """Id of the organisation whose session was opened last, archived ones included."""

    def located(self, wanted: Affiliation) -> Affiliation:
        """The stored organisation and units of these ids, else of these names.

        What is not there stays as it is and is stored with the change that refers to it.
        """

    def session_count(self, search: str = "", *, client_id: str | None = None) -> int:
        """Number of matching sessions; see :meth:`session_summaries`."""

    def session_summaries(
        self,
        search: str = "",
        *,
        client_id: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[SessionSummary, ...]:
        """Sessions of one organisation, or of all of them for ``None``, last opened first.

        ``search`` matches parts of organisation, unit and title without regard to case.
        """

    def dated_sessions(self, organisation_id: str) -> tuple[DatedSession, ...]:
        """All sessions of an organisation, newest first; of one day the one opened last."""

    def portfolio(self, today: date) -> tuple[Client, ...]:
        """Every client with the sessions that say how it stands, in no order; none is archived."""

    def shapes(self, session_ids: Collection[str]) -> Mapping[str, Shape]:
        """The profiles of these sessions by dimension; ids that are not there are left out."""

    def archived_sessions(self, client_id: str | None = None) -> tuple[SessionSummary, ...]:
        """Sessions that are hidden from the lists, last opened first."""

    def create_session(self, new: NewSession) -> Session:
        """A new session with the ratings that were given.

        Organisation and units are created where missing. Raises ``InvalidInput`` for a name that
        is missing or too long, and for a rating that the model does not allow.
        """

    def load_session(self, session_id: str) -> Session:
        """The session as it stands, with its frozen model."""

    def earlier_sessions(self, session_id: str) -> tuple[SessionSummary, ...]:
        """Sessions of the same organisation and unit with an earlier date, newest first."""

    def archive_session(self, session_id: str, archived: bool = True) -> None:
        """Hide a session from the lists, or bring it back; nothing is deleted."""

    def models(self) -> tuple[MaturityModel, ...]:
        """The models that new sessions can use: imported ones; the built-in ones not included."""

    def model_versions(self) -> tuple[MaturityModel, ...]:
        """Every version of a model that was imported or that a session uses, imported ones last."""

    def add_model(self, model: MaturityModel) -> None:
        """Keep an imported model; one with the same id and content replaces nothing."""

    def record(self, change: Change) -> Saved:
        """Store a change and its log row in one transaction; idempotent by the change's id.

        Raises ``InvalidInput`` where the session is not in the state that the change expects.
        """

    def is_recorded(self, change_id: str) -> bool:
        """True if a change with this id is in the log, even if its commit was reported to fail."""

    def changes(self, session_id: str, newest: int | None = None) -> Sequence[Change]:
        """The session's change log in order; only the newest so many where ``newest`` is given."""

    def add_file(self, path: Path) -> Evidence:
        """Take a file (up to 10 MB) into the library, not yet attached to an area.

        Raises ``InvalidInput`` for a file that is too large, missing or not readable.
        """

    def file_content(self, digest: str) -> bytes:
        """Content of a stored file."""

    def remember_position(self, session_id: str, area_id: str) -> None:
        """Note which session and area are open, for the next start."""

    def last_position(self) -> tuple[str, str] | None:
        """Session and area that were open last; ``None`` for none."""

    def position_in(self, session_id: str) -> str | None:
        """The area that was open last in this session."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy of a library; ``reason`` is a word such as ``open`` or ``migration``."""

    path: Path
    at: datetime
    reason: str
    size: int


class Outcome(Enum):
    """Outcome for a session from elsewhere; the values are the fields of ``MergeReport``.

    One is recognised by its id and log. If one log is the beginning of the other, the longer one
    wins: the session here is extended, or is newer already. Otherwise both are kept.
    """

    ADDED = "added"
    EXTENDED = "extended"
    IDENTICAL = "identical"
    NEWER_HERE = "newer_here"
    KEPT_BOTH = "kept_both"


@dataclass(frozen=True, slots=True)
class Taken:
    """A session from elsewhere as it is now in the library."""

    outcome: Outcome
    session: Session


@dataclass(frozen=True, slots=True)
class OtherName:
    """A client or unit that has another name elsewhere; the one here stays."""

    here: str
    there: str


@dataclass(frozen=True, slots=True)
class MergeReport:
    """Result of a merge: titles of sessions by :class:`Outcome`, and names that differ.

    ``deleted_here`` were not taken in, because they were deleted here for good. ``reviews`` and
    ``mappings`` count those that were added, or withdrawn elsewhere.
    """

    added: tuple[str, ...] = ()
    extended: tuple[str, ...] = ()
    identical: tuple[str, ...] = ()
    newer_here: tuple[str, ...] = ()
    kept_both: tuple[str, ...] = ()
    other_names: tuple[OtherName, ...] = ()
    deleted_here: tuple[DeletedSession, ...] = ()
    reviews: int = 0
    mappings: int = 0

    @property
    def has_news(self) -> bool:
        """True unless everything was here already, under the same names."""
        news = (self.added, self.extended, self.kept_both, self.other_names, self.deleted_here)
        return any(news) or self.reviews + self.mappings > 0


class SlicedCheck(Protocol):
    """The check of a library in slices that keep the window responsive."""

    def begin(self) -> None:
        """Start again, from now on slice by slice."""

    def next_slice(self) -> tuple[AppError, ...] | None:
        """Go on for a moment; ``None`` while there is more to check, afterwards every fault.

        A write that comes before the end first does the rest.
        """


class BackupSchedule(Protocol):
    """Backups in slices that keep the window responsive."""

    def next_slice_if_due(self) -> bool:
        """Go on for a moment with the backup that is due; True while there is more to do.

        One is due when something has changed and the last one is ten minutes old.
        """

    def begin(self, reason: str) -> None:
        """Begin a backup that :meth:`next_slice` makes, in place of one that is under way."""

    @property
    def is_under_way(self) -> bool:
        """True if there is something for :meth:`next_slice` to do."""

    def next_slice(self) -> Backup | None:
        """Go on for a moment with the backup that is under way; returns it once it is there.

        Raises ``StorageUnavailable`` or ``UnusableLibrary``; then it is over.
        """


@dataclass(frozen=True, slots=True)
class DeletionPlan:
    """Contents of a deletion; nothing has been deleted yet.

    ``name`` is the title of the session, or the name of unit or client. ``sessions`` are titles.
    ``backups`` hold it, newest first; ``models`` are names of imported models that no other session
    uses. Both go on request only. ``crash_copies`` are of the whole library.
    """

    target: Target
    name: str
    sessions: tuple[str, ...]
    units: int
    files: int
    models: tuple[str, ...]
    backups: tuple[Backup, ...]
    crash_copies: int


@dataclass(frozen=True, slots=True)
class Deleted:
    """A deletion that has happened.

    ``remaining`` tells what could not be removed yet; that is tried again when the library is
    opened next. ``backups`` were deleted; ``kept_backups`` still hold what was deleted.
    """

    record: Deletion
    backups: int
    kept_backups: int
    remaining: tuple[AppError, ...] = ()


class Deletions(Protocol):
    """Deletions in one library."""

    def plan(self, target: Target) -> DeletionPlan:
        """Find out what would go; raises ``NotFound``."""

    def delete(
        self,
        target: Target,
        by: str,
        choices: Choices = AS_USUAL,
        *,
        settings: Path | None = None,
    ) -> Deleted:
        """Delete for good, with all that the program keeps of it elsewhere.

        ``settings`` is the window's settings file. Raises ``NotFound``, ``StorageUnavailable``
        and ``UnusableLibrary``; then nothing was deleted.
        """

    def records(self) -> tuple[Deletion, ...]:
        """The deletions so far, oldest first."""


class Library(SessionRepository, Protocol):
    """One library file that is open; errors as for :class:`SessionRepository`."""

    @property
    def path(self) -> Path:
        """The library's file."""

    @property
    def read_only(self) -> ReadOnlyLibrary | None:
        """Why this library can only be viewed, with the way out; ``None`` as a rule.

        Whatever would change it raises this error.
        """

    @property
    def notices(self) -> tuple[AppError, ...]:
        """Notices from opening or closing, for example about a failed backup."""

    @property
    def sliced_check(self) -> SlicedCheck:
        """The check of the whole file, slice by slice."""

    @property
    def backup_schedule(self) -> BackupSchedule:
        """The backups that are made when they are due, slice by slice."""

    @property
    def naming(self) -> Naming:
        """Renames and merges organisations and units."""

    @property
    def deletions(self) -> Deletions:
        """Deletes sessions, units and clients for good."""

    @property
    def reviews(self) -> Reviews:
        """Decides on and withdraws reviews of sessions."""

    @property
    def mappings(self) -> Mappings:
        """Adds and withdraws mappings between versions of models."""

    def check(self) -> tuple[AppError, ...]:
        """Check the whole file (integrity, references, hash chain); empty when it is sound."""

    def lost_since_backup(self) -> AppError | None:
        """The error for a file that lacks what its newest backup holds; ``None`` as a rule."""

    def back_up(self, reason: str = "manual") -> Backup:
        """Make a verified backup now."""

    def backups(self) -> tuple[Backup, ...]:
        """The backups of this library, newest first."""

    def save_copy(self, target: Path) -> None:
        """Write a verified copy of the whole library to a new file."""

    def whole_session(self, session_id: str) -> WholeSession:
        """The session with its units, change log and files, for a copy outside the library."""

    def export_session(self, session_id: str, target: Path) -> None:
        """Write a library file that holds this session alone."""

    def merge(self, source: Path, *, with_deleted: bool = False) -> MergeReport:
        """Take in the sessions of another library, after a backup; see :class:`Outcome`.

        ``with_deleted`` also takes in those that were deleted here for good.
        """

    def import_session(self, whole: WholeSession, *, with_deleted: bool = False) -> Taken:
        """Take in a session that was read from a file; see :class:`Outcome`.

        Raises ``DeletedHere`` for one that was deleted here for good, unless ``with_deleted``.
        """

    def close(self) -> None:
        """Back up what has changed and close the file. Idempotent."""
