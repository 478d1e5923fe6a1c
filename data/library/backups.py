"""Backups of a library: verified copies in the user data folder, pruned by a retention rule.

A copy that has not been opened and checked does not count as a backup. Their order is a number
that counts up, never the clock: a clock set back neither reorders nor deletes the wrong ones.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from app.errors import AppError, StorageUnavailable, UnusableLibrary
from app.model.codec import model_to_document
from app.ports import Backup
from app.session.documents import details_to_document, rating_to_document
from app.session.session import Session
from app.words.texts import N_
from data.files import (
    DISK_FULL,
    NOT_REACHABLE,
    make_folder,
    name_in_use,
    publish,
    replace_file,
    temporary_beside,
)
from data.leftovers import remove_stale_beside, size_below, size_of_all
from data.library import copying
from data.library.check import faults_in_steps
from data.library.database import connect
from data.library.folders import (
    LIBRARY_SUFFIX,
    data_folder,
    library_key,
    private_folder,
)
from data.library.opening import (
    look_at,
    move_orphans_aside,
)
from data.library.readers import open_for_reading, refuse_foreign_schema
from data.library.storage_errors import as_sentences
from data.library.store import Store

NEWEST_KEPT = 20
HOURS_KEPT = 48
DAYS_KEPT = 30
MONTHS_KEPT = 12
MOST_BYTES = 2 * 1024**3
"""Beyond this, older backups go even where the rule would keep them; the newest five stay."""

HASH_DIGITS = 16
"""Of a hash in a backup's name."""

BEFORE_UPGRADE = "migration"
LARGE_STEPS = frozenset({"merge", "import"})
LARGE_STEPS_KEPT = 20
PLAIN_COPIES_AT_ONCE = 200

_NO_ROOM_FOR_BACKUP = N_(
    "No backup of “{name}” was made: the disk that holds {folder} is full. Make room on it."
)
_NO_BACKUP = N_(
    "No backup of “{name}” was made: nothing can be written in {folder}. Ask for permission to"
    " write there."
)
_BACKUPS_NOT_REACHABLE = N_(
    "No backup of “{name}” was made: {folder} cannot be reached at the moment ({detail}). Check"
    " that its drive is still connected."
)
_WHY_NO_BACKUP = {DISK_FULL: _NO_ROOM_FOR_BACKUP, NOT_REACHABLE: _BACKUPS_NOT_REACHABLE}
_LOST = N_(
    "“{name}” lacks changes that were saved in it: the backup “{backup}” has them. Restore that"
    " backup under a new name; then you have both."
)
_DAMAGED_BACKUP = N_(
    "The backup “{name}” is damaged ({detail}). Please choose another one; nothing was written."
)
_NAME = re.compile(
    rf"(?P<number>\d{{6,}})_(?P<stamp>\d{{8}}T\d{{6}}Z)_(?P<seq>\d+)(?:-(?P<head>[0-9a-f]{{16}}))?"
    rf"_(?P<reason>[a-z]+)"
    rf"{re.escape(LIBRARY_SUFFIX)}"
)
_Result = TypeVar("_Result")
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Head:
    """The last row of a log: its number, and the beginning of its hash.

    The hash covers the whole log, so that equal heads mean equal contents; equal numbers do not:
    a library that was restored can be as long again with other changes.
    """

    seq: int = 0
    hashed: str = ""

    @classmethod
    def of(cls, store: Store) -> Head:
        """The head of a library's log."""
        seq, hashed = store.log.head()
        return cls(seq, hashed[:HASH_DIGITS])

    def is_in(self, store: Store) -> bool:
        """True if the library goes on from here, or ends here."""
        return self.seq == 0 or (
            bool(self.hashed) and (store.log.hash_of(self.seq) or "").startswith(self.hashed)
        )

    def __str__(self) -> str:
        return f"{self.seq}-{self.hashed}" if self.hashed else str(self.seq)


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup file and the parts of its name: sequence number and last log row.

    Names given by early versions tell only the row's number.
    """

    number: int
    seq: int
    backup: Backup
    hashed: str = ""

    @property
    def head(self) -> Head:
        """The last row of the log in the copy."""
        return Head(self.seq, self.hashed)


def list_backups(library: Path) -> tuple[Backup, ...]:
    """The backups of a library, newest first; works for one that is missing or damaged."""
    return tuple(copy.backup for copy in copies_of(library))


def copies_of(library: Path) -> tuple[Copy, ...]:
    """Like :func:`list_backups`, with order and log position."""
    return copies_in(data_folder() / "backups" / library_key(library))


def copies_in(folder: Path) -> tuple[Copy, ...]:
    """The backups in a folder, newest first."""
    try:
        with os.scandir(folder) as entries:
            found = [copy for entry in entries if (copy := _copy_of(Path(entry.path)))]
    except OSError:
        return ()
    return tuple(sorted(found, key=lambda copy: -copy.number))


def _copy_of(path: Path) -> Copy | None:
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    try:
        at = datetime.strptime(match["stamp"], _STAMP).replace(tzinfo=UTC).astimezone()
        size = path.stat().st_size
    except (OSError, ValueError, OverflowError):
        return None  # deleted meanwhile, or not the name of a backup
    backup = Backup(path, at, match["reason"], size)
    return Copy(int(match["number"]), int(match["seq"]), backup, match["head"] or "")


def back_up(connection: sqlite3.Connection, library: Path, reason: str, now: datetime) -> Backup:
    """Make a verified backup through SQLite's online backup, then thin out the older ones.

    Errors as for :func:`back_up_in_steps`.
    """
    return result_of(back_up_in_steps(connection, library, reason, now))


def back_up_in_steps(
    connection: sqlite3.Connection,
    library: Path,
    reason: str,
    now: datetime,
    *,
    in_small_steps: bool = False,
) -> Generator[None, None, Backup]:
    """Like :func:`back_up`, in steps; of changes written meanwhile some may be in the copy.

    If closed early, it leaves no file. Raises ``StorageUnavailable`` when it cannot be
    stored and ``UnusableLibrary`` if the copy is damaged; existing backups are kept.
    """
    folder = data_folder() / "backups" / library_key(library)
    store = Store(connection)
    with _telling_of_backup(library, folder), as_sentences(folder / library.name):
        folder = private_folder("backups", library_key(library))
        remove_stale_beside(folder, seconds=0)  # only we, who hold the library, write here
        older = copies_of(library)
        number = older[0].number + 1 if older else 1
        head, stamp = Head.of(store), now.astimezone(UTC).strftime(_STAMP)
        target = folder / f"{number:06}_{stamp}_{head}_{reason}{LIBRARY_SUFFIX}"
        yield from copy_verified_in_steps(connection, target, in_small_steps=in_small_steps)
        copies = copies_of(library)
        thin_out(copies, _size_of_others(folder, copies))
        size = target.stat().st_size
    if reason == BEFORE_UPGRADE:
        return Backup(target, now, reason, size)  # we cannot read the tables of an earlier release
    # The backup itself succeeded and was verified; failures of these are not reported.
    last = next((copy.head for copy in older if copy.backup.reason != BEFORE_UPGRADE), Head())
    with suppress(AppError), as_sentences(folder / library.name):
        yield from write_plain_copies(store, folder, last.seq if last.is_in(store) else 0)
    return Backup(target, now, reason, size)


@contextmanager
def _telling_of_backup(library: Path, folder: Path) -> Iterator[None]:
    """A refusal tells that it is the backup that failed: the library itself is well."""
    try:
        yield
    except StorageUnavailable as error:
        template = _WHY_NO_BACKUP.get(error.template, _NO_BACKUP)
        detail = error.values.get("detail", "")
        raise StorageUnavailable(
            template, name=library.name, folder=folder, detail=detail
        ) from error


def copy_verified(connection: sqlite3.Connection, target: Path) -> None:
    """Copy a library to a new file that gets its name only once it has been found sound.

    Raises ``FileExistsError`` for a name in use, ``UnusableLibrary`` for a copy with faults.
    """
    result_of(copy_verified_in_steps(connection, target))


def copy_verified_in_steps(
    connection: sqlite3.Connection, target: Path, *, in_small_steps: bool = False
) -> Generator[None, None, None]:
    """Like :func:`copy_verified`, in steps.

    The copying itself is one step, except for a large library ``in_small_steps``.
    """
    with temporary_beside(target) as unnamed:
        if in_small_steps and copying.size_of(connection) > copying.LARGEST_AT_ONCE:
            yield from copying.copy_in_steps(connection, unnamed)
            yield from _raised(copying.faults_from_thread(unnamed, target))
        else:
            with closing(connect(unnamed)) as copy:
                connection.backup(copy)
                copy.execute("PRAGMA trusted_schema = OFF")
                yield from _raised(faults_in_steps(copy, target))
        publish(unnamed, target)


def _raised(faults: Iterator[AppError | None]) -> Iterator[None]:
    for fault in faults:
        if fault is not None:
            raise fault
        yield


def result_of(steps: Generator[None, None, _Result]) -> _Result:
    """Go through all steps without a rest."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: _Result = end.value
            return result


def restore_backup(backup: Path, target: Path) -> None:
    """Write a backup to a new file, checked once more; the backup stays.

    Raises ``InvalidInput`` for a name in use, ``UnusableLibrary`` for a backup that is damaged,
    none, or not ours alone, otherwise as for opening a library.
    """
    if target.exists():
        raise name_in_use(target)
    look_at(backup)
    with as_sentences(backup):
        source = open_for_reading(backup)
    with closing(source):
        with as_sentences(backup):
            refuse_foreign_schema(source, backup)  # else the new file could not be opened
        with as_sentences(target):
            make_folder(target.parent)
            move_orphans_aside(target, None)
        _copy_backup(source, backup, target)


def _copy_backup(source: sqlite3.Connection, backup: Path, target: Path) -> None:
    try:
        with as_sentences(target):
            try:
                copy_verified(source, target)
            except FileExistsError:
                raise name_in_use(target) from None
        _note_restored(target)
    except UnusableLibrary as error:  # also SQLite's own error for undecodable text
        detail = error.values.get("detail", "")
        raise UnusableLibrary(_DAMAGED_BACKUP, name=backup.name, detail=detail) from error


def lost_since_backup(store: Store, library: Path) -> AppError | None:
    """The error for a library that lacks the end of the log in its newest backup.

    An older copy came back, by a synchronisation program for example, or the log was cut off. A
    backup that was restored under the old name, or another library of that name, is no loss.
    """
    copies = [copy for copy in copies_of(library) if copy.backup.reason != BEFORE_UPGRADE]
    if not copies or not copies[0].hashed or copies[0].head.is_in(store):
        return None
    newest = copies[0]
    if newest.number <= _restored_after(library):
        return None
    if _library_id_in(newest.backup.path) != store.library_id():
        return None
    return UnusableLibrary(_LOST, name=library.name, backup=newest.backup.path.name)


def _library_id_in(backup: Path) -> str | None:
    try:
        with as_sentences(backup), closing(open_for_reading(backup)) as connection:
            refuse_foreign_schema(connection, backup)
            return Store(connection).library_id()
    except AppError:
        return None


def _restored_note(library: Path) -> Path:
    return data_folder() / "backups" / library_key(library) / "restored"


def _restored_after(library: Path) -> int:
    """Number of the newest backup when one was restored under the library's name, else 0."""
    try:
        return int(_restored_note(library).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def _note_restored(library: Path) -> None:
    copies = copies_of(library)
    if copies:
        with suppress(OSError):
            _restored_note(library).write_text(str(copies[0].number), encoding="ascii")


# ---- thinning out -----------------------------------------------------------------------------


def _size_of_others(folder: Path, copies: Sequence[Copy]) -> int:
    """Bytes of plain copies beside the backups, and of temporary files."""
    own = sum(copy.backup.size for copy in copies)
    return max(0, size_below(folder) - own) + size_of_all()


def thin_out(copies: Sequence[Copy], others: int = 0) -> None:
    """Delete what the rule does not keep; ``copies`` are newest first.

    ``others`` are the bytes of other files that count for the limit.
    """
    kept = kept_by_rule(copies)
    room = MOST_BYTES - others
    for place, copy in enumerate(copies):
        room -= copy.backup.size
        is_essential = place < 5 or copy.backup.reason == BEFORE_UPGRADE
        if copy.number not in kept or (room < 0 and not is_essential):
            with suppress(OSError):
                copy.backup.path.unlink()


def kept_by_rule(copies: Sequence[Copy]) -> frozenset[int]:
    """Numbers of the copies to keep.

    The newest 20; then the last of each of 48 hours, 30 days and 12 months in which there are
    any; the newest 20 of those made before a merge or import; always those before a migration.
    What counts is how many hours, days and months there are, not how long ago they were.
    """
    kept = {copy.number for copy in copies[:NEWEST_KEPT]}
    kept |= {copy.number for copy in copies if copy.backup.reason == BEFORE_UPGRADE}
    large_steps = [copy.number for copy in copies if copy.backup.reason in LARGE_STEPS]
    kept |= set(large_steps[:LARGE_STEPS_KEPT])
    for form, most in (("%Y%m%d%H", HOURS_KEPT), ("%Y%m%d", DAYS_KEPT), ("%Y%m", MONTHS_KEPT)):
        kept |= _last_of_each([(copy.backup.at.strftime(form), copy) for copy in copies], most)
    return frozenset(kept)


def _last_of_each(copies: Iterable[tuple[str, Copy]], most: int) -> frozenset[int]:
    newest_in: dict[str, int] = {}
    for period, copy in copies:
        newest_in.setdefault(period, copy.number)
    return frozenset(sorted(newest_in.values(), reverse=True)[:most])


# ---- plain copies -----------------------------------------------------------------------------


def write_plain_copies(store: Store, folder: Path, since: int) -> Iterator[None]:
    """Write sessions changed after log row ``since`` as plain JSON beside the backups.

    They are the way back without our program: readable text, one file per session, the models
    they refer to in files of their own.
    """
    for session_id in store.log.sessions_changed_since(since)[:PLAIN_COPIES_AT_ONCE]:
        session = store.sessions.session(session_id)
        digest = store.sessions.record(session_id)["model_digest"]
        model = folder / "models" / f"{digest}.json"
        if not model.exists():
            _write_json(model, model_to_document(session.model))
        _write_json(folder / "sessions" / plain_copy_name(session_id), _plain(session, digest))
        yield


def plain_copy_name(session_id: str) -> str:
    """File name of the plain copy of a session.

    The id may come from a foreign file, so it does not become a file name as it is.
    """
    return re.sub(r"[^0-9A-Za-z-]", "_", session_id)[:80] + ".json"


def _plain(session: Session, digest: str) -> dict[str, object]:
    return {
        "id": session.id,
        "organisation": session.organisation.name,
        "unit": None if session.unit is None else session.unit.name,
        **details_to_document(session),
        "model": f"models/{digest}.json",
        "ratings": [rating_to_document(rating) for rating in session.all_ratings()],
    }


def _write_json(path: Path, document: dict[str, object]) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    text = json.dumps(document, ensure_ascii=False, indent=1)
    content = text.encode("utf-8", "replace")
    replace_file(path, lambda file: file.write(content), durable=False)
