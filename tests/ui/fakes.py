"""In-memory library and services, for tests of the window without a disk."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from uuid import uuid4

from app.comparison.mappings import ModelMapping, check_new_mapping
from app.comparison.reviews import NewReview, Review, decided
from app.deletions import DeletedHere, DeletedSession
from app.errors import AppError, InvalidInput, NotFound, ReadOnlyLibrary, StorageUnavailable
from app.figures.scoring import profile
from app.model.codec import model_from_json
from app.model.maturity_model import (
    Area,
    Dimension,
    Level,
    LevelDescription,
    LocalText,
    MaturityModel,
)
from app.portfolio import Client, Listed, Place, Shape
from app.ports import Backup, MergeReport, Outcome, Saved, Taken
from app.sample import create_sample
from app.session.evidence import Evidence, EvidenceKind
from app.session.session import (
    FACILITATOR,
    TAGS,
    DatedSession,
    NewSession,
    Session,
    SessionSummary,
)
from app.session.units import Affiliation, Organisation, Unit, affiliation_along, affiliation_named
from app.session.whole import WholeSession
from app.words.texts import Translator
from app.workshop.history import Change, apply_change
from app.workshop.recording import Unsaved
from app.workshop.validation import Wanted
from data.sessions.score_csv import read_score_file
from ui.services import ImportedModelFile, ImportedScores, WantedModel

ROOT = Path(__file__).resolve().parents[2]
BUILTIN = ROOT / "data" / "models" / "builtin" / "cloud-native.json"

DISK_FULL = StorageUnavailable("The disk that holds “{name}” is full.", name="library.stufenplan")


@cache
def builtin_model() -> MaturityModel:
    """The Cloud Native model as it ships."""
    return model_from_json(BUILTIN.read_text(encoding="utf-8"))


def small_model(areas: int = 3, levels: int = 5, lowest: int = 1) -> MaturityModel:
    """A model with one area per dimension."""
    scale = tuple(
        Level(number, LocalText.of(en=f"Level {number}"))
        for number in range(lowest, lowest + levels)
    )
    dimensions = tuple(
        Dimension(
            f"d{n}",
            LocalText.of(en=f"Dimension {n}", de=f"Dimension {n}"),
            areas=(_small_area(n, scale),),
        )
        for n in range(1, areas + 1)
    )
    return MaturityModel(
        "small", "1", ("en", "de"), LocalText.of(en="Small model"), scale, dimensions
    )


def _small_area(number: int, scale: tuple[Level, ...]) -> Area:
    name = LocalText.of(en=f"Area {number}", de=f"Bereich {number}")
    levels = tuple(
        LevelDescription(level.number, LocalText.of(en=f"Sentence {number}.{level.number}"))
        for level in scale
    )
    return Area(f"d{number}.a", name, name, levels=levels)


class FakeLibrary:
    """Implements ``app.ports.Library`` in memory; set ``failing`` to refuse every write."""

    def __init__(self, path: Path = Path("fake.stufenplan")) -> None:
        self.path = path
        self.failing: StorageUnavailable | InvalidInput | None = None
        self.read_only: ReadOnlyLibrary | None = None
        self.faults: tuple[AppError, ...] = ()
        self.notices: tuple[AppError, ...] = ()
        self.sessions: dict[str, Session] = {}
        self.archived: set[str] = set()
        self.log: dict[str, list[Change]] = defaultdict(list)
        self.opened: dict[str, tuple[int, str | None]] = {}
        self.imported: list[MaturityModel] = []
        self.files: dict[str, bytes] = {}
        self.made_backups: list[Backup] = []
        self.merged: list[Path] = []
        #: What a merge or import reports as deleted here.
        self.deleted: DeletedSession | None = None
        self.exported: list[Path] = []
        self.is_closed = False
        self.slices = 0
        self.slices_of_backup = 0
        self.backup_schedule = FakeSchedule(self)
        self.reviews = FakeReviews(self)
        self.mappings = FakeMappings(self)
        self._organisations: dict[str, Organisation] = {}
        self._units: dict[str, Unit] = {}
        self._count = 0

    def organisations(self) -> tuple[Organisation, ...]:
        return tuple(sorted(self._organisations.values(), key=lambda o: o.name.casefold()))

    def units(self, organisation_id: str) -> tuple[Unit, ...]:
        return tuple(u for u in self._units.values() if u.organisation_id == organisation_id)

    def add_organisation(self, name: str) -> Organisation:
        self._refuse()
        key = name.casefold()
        return self._organisations.setdefault(key, Organisation(uuid4().hex, name))

    def add_unit(
        self, organisation_id: str, name: str, kind: str = "team", parent_id: str | None = None
    ) -> Unit:
        self._refuse()
        for unit in self.units(organisation_id):
            if unit.name.casefold() == name.casefold():
                return unit
        unit = Unit(uuid4().hex, organisation_id, name, kind, parent_id)
        self._units[unit.id] = unit
        return unit

    def last_client(self) -> str | None:
        last = max(self.opened, key=lambda each: self.opened[each], default=None)
        return None if last is None else self.sessions[last].organisation.id

    def located(self, wanted: Affiliation) -> Affiliation:
        organisation = self._organisations.get(
            wanted.organisation.name.casefold(), wanted.organisation
        )
        known = {(u.parent_id, u.name.casefold()): u for u in self.units(organisation.id)}
        path: list[Unit] = []
        for unit in wanted.units:
            parent_id = path[-1].id if path else None
            path.append(known.get((parent_id, unit.name.casefold()), unit))
        return affiliation_along(organisation, ((u.id, u.name, u.kind) for u in path))

    def session_count(self, search: str = "", *, client_id: str | None = None) -> int:
        return len(self._found(search, client_id))

    def _kept(self, affiliation: Affiliation) -> Affiliation:
        organisation = affiliation.organisation
        self._organisations[organisation.name.casefold()] = organisation
        self._units |= {unit.id: unit for unit in affiliation.units}
        return affiliation

    def session_summaries(
        self,
        search: str = "",
        *,
        client_id: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[SessionSummary, ...]:
        found = self._found(search, client_id)
        found = found[offset:] if limit is None else found[offset : offset + limit]
        return tuple(self._summary(session) for session in found)

    def create_session(self, new: NewSession) -> Session:
        self._refuse()
        affiliation = self._kept(self.located(affiliation_named(new.organisation, new.unit)))
        session = Session(
            uuid4().hex,
            affiliation,
            new.title,
            new.date or date(2026, 11, 23),
            new.language,
            new.model,
            new.scope,
            new.half_levels,
            facilitator=FACILITATOR.typed(new.facilitator),
            next_date=new.next_date,
            tags=TAGS.typed(new.tags),
            ratings={rating.area_id: rating for rating in new.ratings},
        )
        self.sessions[session.id] = session
        self.opened[session.id] = (self._next(), None)
        return session

    def load_session(self, session_id: str) -> Session:
        if session_id not in self.sessions:
            raise NotFound("There is no session “{id}”.", id=session_id)
        return self.sessions[session_id]

    def earlier_sessions(self, session_id: str) -> tuple[SessionSummary, ...]:
        this = self.load_session(session_id)
        found = [
            other
            for other in self.sessions.values()
            if other.organisation == this.organisation
            and other.unit == this.unit
            and other.date < this.date
            and other.id not in self.archived
        ]
        found.sort(key=lambda session: session.date, reverse=True)
        return tuple(self._summary(session) for session in found)

    def dated_sessions(self, organisation_id: str) -> tuple[DatedSession, ...]:
        found = sorted(self._found("", organisation_id), key=lambda each: each.date, reverse=True)
        return tuple(DatedSession(s.id, s.unit, s.date, s.is_scored) for s in found)

    def portfolio(self, today: date) -> tuple[Client, ...]:
        shown = [each for each in self.sessions.values() if each.id not in self.archived]
        clients = []
        for organisation in self.organisations():
            own = [each for each in shown if each.organisation == organisation]
            places = [
                _place(unit, [each for each in own if each.unit == unit], today)
                for unit in (None, *self.units(organisation.id))
            ]
            clients.append(Client(organisation, tuple(places)))
        return tuple(clients)

    def shapes(self, session_ids: Collection[str]) -> dict[str, Shape]:
        return {
            each.id: Shape(
                each.lowest_level, each.highest_level, tuple(mean for _, mean in each.profile)
            )
            for each in map(self._summary, map(self.load_session, session_ids))
        }

    def archived_sessions(self, client_id: str | None = None) -> tuple[SessionSummary, ...]:
        found = (self.sessions[session_id] for session_id in self.archived)
        return tuple(
            self._summary(each) for each in found if client_id in (None, each.organisation.id)
        )

    def archive_session(self, session_id: str, archived: bool = True) -> None:
        self._refuse()
        if archived:
            self.archived.add(session_id)
        else:
            self.archived.discard(session_id)

    def models(self) -> tuple[MaturityModel, ...]:
        return tuple({model.id: model for model in self.imported}.values())

    def model_versions(self) -> tuple[MaturityModel, ...]:
        return tuple(self.imported)

    def add_model(self, model: MaturityModel) -> None:
        self._refuse()
        self.imported.append(model)

    def record(self, change: Change) -> Saved:
        self._refuse()
        session = self.load_session(change.session_id)
        self.sessions[session.id] = apply_change(session, change)
        self._kept(self.sessions[session.id].affiliation)
        self.log[session.id].append(change)
        return Saved(len(self.log[session.id]), datetime(2026, 11, 23, 14, 7, 32, tzinfo=UTC))

    def is_recorded(self, change_id: str) -> bool:
        return any(change.id == change_id for log in self.log.values() for change in log)

    def changes(self, session_id: str, newest: int | None = None) -> Sequence[Change]:
        log = self.log[session_id]
        return tuple(log if newest is None else log[max(0, len(log) - newest) :])

    def add_file(self, path: Path) -> Evidence:
        self._refuse()
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        self.files[digest] = content
        return Evidence(uuid4().hex, EvidenceKind.FILE, path.name, path.name, len(content), digest)

    def file_content(self, digest: str) -> bytes:
        return self.files[digest]

    def remember_position(self, session_id: str, area_id: str) -> None:
        self._refuse()
        self.opened[session_id] = (self._next(), area_id)

    def last_position(self) -> tuple[str, str] | None:
        placed = [(count, key, area) for key, (count, area) in self.opened.items() if area]
        return max(placed)[1:] if placed else None

    def position_in(self, session_id: str) -> str | None:
        return self.opened.get(session_id, (0, None))[1]

    def check(self) -> tuple[AppError, ...]:
        return self.faults

    @property
    def sliced_check(self) -> FakeLibrary:
        return self

    def lost_since_backup(self) -> AppError | None:
        return None

    def begin(self) -> None:
        self.slices = 0

    def next_slice(self) -> tuple[AppError, ...] | None:
        self.slices += 1
        return None if self.slices < 3 else self.faults

    def back_up(self, reason: str = "manual") -> Backup:
        self._refuse()
        backup = Backup(Path(f"{self._next()}.stufenplan"), datetime.now(UTC), reason, 40_960)
        self.made_backups.insert(0, backup)
        return backup

    def backups(self) -> tuple[Backup, ...]:
        return tuple(self.made_backups)

    def save_copy(self, target: Path) -> None:
        target.write_text("copy", encoding="utf-8")

    def export_session(self, session_id: str, target: Path) -> None:
        self.load_session(session_id)
        target.write_text("session", encoding="utf-8")
        self.exported.append(target)

    def merge(self, source: Path, *, with_deleted: bool = False) -> MergeReport:
        self._refuse()
        self.merged.append(source)
        if self.deleted is not None and not with_deleted:
            return MergeReport(deleted_here=(self.deleted,))
        return MergeReport(added=("Workshop",))

    def whole_session(self, session_id: str) -> WholeSession:
        return WholeSession(self.load_session(session_id), changes=tuple(self.log[session_id]))

    def import_session(self, whole: WholeSession, *, with_deleted: bool = False) -> Taken:
        self._refuse()
        if self.deleted is not None and not with_deleted:
            raise DeletedHere(self.deleted)
        return Taken(Outcome.ADDED, self.load_session(whole.session.id))

    def close(self) -> None:
        self.is_closed = True

    def _refuse(self) -> None:
        if self.read_only is not None:
            raise self.read_only
        if self.failing is not None:
            raise self.failing

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _found(self, search: str, client_id: str | None) -> list[Session]:
        words = search.casefold().split()
        found = [
            session
            for session in self.sessions.values()
            if session.id not in self.archived
            and client_id in (None, session.organisation.id)
            and all(word in _searched(session) for word in words)
        ]
        return sorted(found, key=lambda s: self.opened.get(s.id, (0, None))[0], reverse=True)

    def _summary(self, session: Session) -> SessionSummary:
        figures = profile(session)
        model = session.model
        return SessionSummary(
            session.id,
            session.organisation,
            session.unit,
            session.title,
            session.date,
            model.id,
            model.name.by_language,
            figures.overall.scored,
            figures.overall.applicable,
            model.lowest_level,
            model.highest_level,
            tuple((group.id, group.mean) for group in figures.dimensions),
            "2026-11-23T14:07:32+00:00",
        )


def _place(unit: Unit | None, sessions: list[Session], today: date) -> Place:
    newest = sorted(sessions, key=lambda each: each.date, reverse=True)
    assessed = [each for each in newest if any(r.level for r in each.ratings.values())]
    held = [each for each in newest if each.date <= today]
    planned = [each for each in newest[::-1] if each not in assessed and each.date >= today]
    return Place(
        unit, *(_listed(found[0]) if found else None for found in (assessed, held, planned))
    )


def _listed(session: Session) -> Listed:
    unit = session.unit
    return Listed(
        session.id,
        None if unit is None else unit.id,
        "" if unit is None else unit.full_name,
        session.title,
        session.date,
        session.model.id,
        session.model.name.by_language,
        session.facilitator,
        session.next_date,
        session.tags,
    )


def _searched(session: Session) -> str:
    unit = session.unit.name if session.unit else ""
    return f"{session.organisation.name} {unit} {session.title}".casefold()


class FakeReviews:
    """Implements ``app.comparison.reviews.Reviews`` in memory."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library
        self._all: list[Review] = []

    def of(self, organisation_id: str) -> tuple[Review, ...]:
        return tuple(each for each in self._all if each.organisation_id == organisation_id)

    def decide(self, new: NewReview) -> Review:
        self._library._refuse()
        earlier, later = map(self._library.load_session, (new.earlier_id, new.later_id))
        at = datetime.now(UTC)
        review = decided(new, earlier, later, self._all, review_id=uuid4().hex, at=at)
        self._all = [*(each for each in self._all if each.key != review.key), review]
        return review

    def withdraw(self, review_id: str, by: str = "") -> None:
        del by
        self._library._refuse()
        if review_id not in {each.id for each in self._all}:
            raise NotFound("There is no review “{id}”.", id=review_id)
        self._all = [each for each in self._all if each.id != review_id]


class FakeMappings:
    """Implements ``app.comparison.mappings.Mappings`` in memory."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library
        self._all: list[ModelMapping] = []

    def all(self) -> tuple[ModelMapping, ...]:
        return tuple(self._all)

    def add(self, mapping: ModelMapping, by: str = "") -> None:
        del by
        self._library._refuse()
        check_new_mapping(mapping, self._all)
        if mapping not in self._all:
            self._all.append(mapping)

    def withdraw(self, digest: str, by: str = "") -> None:
        del by
        self._library._refuse()
        if digest not in {each.digest for each in self._all}:
            raise NotFound("There is no mapping “{id}” in force.", id=digest)
        self._all = [each for each in self._all if each.digest != digest]


class FakeSchedule:
    """Makes a backup in as many slices as ``slices_of_backup`` of its library."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library
        self._reason = ""

    def begin(self, reason: str) -> None:
        self._reason = reason

    @property
    def is_under_way(self) -> bool:
        return bool(self._reason)

    def next_slice(self) -> Backup | None:
        if self.next_slice_if_due():
            return None
        reason, self._reason = self._reason, ""
        return self._library.back_up(reason) if reason else None

    def next_slice_if_due(self) -> bool:
        self._library.slices_of_backup -= self._library.slices_of_backup > 0
        return self._library.slices_of_backup > 0


class FakeServices:
    """Implements ``ui.services.Services`` over libraries in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.libraries: dict[Path, FakeLibrary] = {}
        self.refusal: AppError | None = None
        self.unsaved: dict[str, tuple[Unsaved, ...]] = {}
        self.left_over: dict[str, tuple[Wanted, ...]] = {}
        self.imported: ImportedModelFile | AppError | None = None
        self.wanted_models: list[WantedModel] = []
        self.session_file: Session | AppError | None = None
        self.restored: list[tuple[Path, Path]] = []
        self.kept_backups: tuple[Backup, ...] = ()
        self.is_warm = False

    def default_library(self) -> Path:
        return self.folder / "library.stufenplan"

    def open_library(self, path: Path, *, create: bool = False) -> FakeLibrary:
        if self.refusal is not None:
            raise self.refusal
        if path not in self.libraries:
            if not create and not path.exists():
                raise NotFound("There is no library at {path}.", path=path)
            self.libraries[path] = FakeLibrary(path)
        return self.libraries[path]

    def builtin_models(self) -> tuple[MaturityModel, ...]:
        return (builtin_model(),)

    def read_model(self, wanted: WantedModel, translator: Translator) -> ImportedModelFile:
        del translator
        self.wanted_models.append(wanted)
        if isinstance(self.imported, AppError):
            raise self.imported
        if self.imported is None:
            return ImportedModelFile(small_model(), ("Dimensions: 3. Areas: 3.",))
        return self.imported

    def read_session(self, path: Path) -> WholeSession:
        del path
        if isinstance(self.session_file, AppError):
            raise self.session_file
        assert self.session_file is not None
        return WholeSession(self.session_file)

    def read_scores(self, path: Path, session: Session) -> ImportedScores:
        found = read_score_file(path, session)
        return ImportedScores(found.wanted, found.rows, found.is_guessed)

    def create_sample(self, library: FakeLibrary, language: str) -> str:
        return create_sample(library, builtin_model(), language).session_ids[-1]

    def backups_of(self, library: Path) -> tuple[Backup, ...]:
        del library
        return self.kept_backups

    def restore_backup(self, backup: Path, target: Path) -> None:
        self.restored.append((backup, target))
        self.libraries[target] = FakeLibrary(target)

    def copy_for_viewing(self, name: str, content: bytes) -> Path:
        copy = self.folder / name
        copy.write_bytes(content)
        return copy

    def write_file(self, path: Path, content: bytes) -> None:
        path.write_bytes(content)

    def write_unsaved(self, library: Path, session_id: str, unsaved: Sequence[Unsaved]) -> None:
        del library
        self.unsaved[session_id] = tuple(unsaved)

    def read_unsaved(self, library: Path, session_id: str) -> tuple[Wanted, ...]:
        del library
        return self.left_over.get(session_id, ())

    def carry_unsaved(self, library: Path, copy: Path) -> None:
        del library, copy

    def log_file(self) -> Path:
        return self.folder / "stufenplan.log"

    def warm_up(self) -> None:
        self.is_warm = True


def filled(library: FakeLibrary, count: int, model: MaturityModel | None = None) -> None:
    """Put this many unscored sessions of a few organisations into a library."""
    model = model or small_model()
    for number in range(count):
        new = NewSession(f"Client {number % 7}", model, f"Workshop {number}")
        library.create_session(replace(new, unit=f"Team {number % 3}"))
