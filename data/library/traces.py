"""Traces of a library outside its file, and their removal once rows were deleted.

Before rows are deleted, a note in the user data folder says what has to follow. So a process that
is killed in between leaves either everything, or a note with which the next opening goes on.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.errors import AppError, StorageUnavailable
from app.words.texts import N_
from data import leftovers
from data.files import replace_file, sync_folder
from data.library.backups import Copy, copies_in, plain_copy_name
from data.library.crash_copies import crashes_of
from data.library.emergency import unsaved_name
from data.library.folders import data_folder, library_key, private_folder
from data.library.readers import open_for_reading
from data.library.storage_errors import as_sentences
from data.settings_file import forget_values

LOG_FILE = "stufenplan.log"
"""Reports of unexpected errors; they may quote anything."""

_ORPHANS = ("-journal.orphan-*", "-wal.orphan-*")
_AT_ONCE = 500
_REMAINS = N_(
    "“{path}” could not be deleted ({detail}). It is tried again when the library is opened next;"
    " or delete it yourself."
)


@dataclass(frozen=True, slots=True)
class Traces:
    """Traces to remove outside the library, which lay at ``library`` then.

    ``record`` is the id of the log entry about it. ``keys`` are the names of the folders with
    backups of this library, as far as there are any beside that of its path; they are noted
    because nothing else tells whose a folder is once its backups are gone.

    ``names`` are those of client and units or the title of the session, ``parts`` those that are
    also looked for inside of paths. ``files`` and ``models`` are digests.
    """

    library: str
    record: str
    keys: tuple[str, ...]
    sessions: tuple[str, ...]
    clients: tuple[str, ...]
    units: tuple[str, ...]
    files: tuple[str, ...]
    models: tuple[str, ...]
    names: tuple[str, ...]
    parts: tuple[str, ...]
    backups: bool
    settings: str

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of sessions, client and units."""
        return (*self.sessions, *self.clients, *self.units)


# ---- the note ---------------------------------------------------------------------------------


def write_note(traces: Traces) -> Path:
    """Note what has to follow, on the disk; raises ``StorageUnavailable``."""
    path = data_folder() / "deletions" / f"{traces.record}.json"
    with as_sentences(path):
        private_folder("deletions")
        content = json.dumps(asdict(traces)).encode("ascii")
        replace_file(path, lambda file: file.write(content))
    return path


def notes() -> Iterator[tuple[Path, Traces]]:
    """The notes of deletions that have not come to their end."""
    for path in sorted((data_folder() / "deletions").glob("*.json")):
        with suppress(OSError, ValueError, TypeError):
            document = json.loads(path.read_text(encoding="ascii"))
            values: dict[str, Any] = {
                key: tuple(value) if isinstance(value, list) else value
                for key, value in document.items()
            }
            yield path, Traces(**values)


def drop_note(path: Path) -> None:
    """Forget a note, best effort: what it asks for is done, or never has to be."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
        sync_folder(path.parent)
    drop_folder_of_notes()


def drop_folder_of_notes() -> None:
    """Remove the folder if it is empty, so that the next opening need not look into it."""
    with suppress(OSError):
        (data_folder() / "deletions").rmdir()


# ---- backups ----------------------------------------------------------------------------------


def keys_of(library: Path, library_id: str) -> tuple[str, ...]:
    """Names of the folders with backups of a library; it may have been moved or renamed."""
    own = library_key(library)
    others = [each for each in sorted((data_folder() / "backups").glob("*")) if each.name != own]
    return (own, *(each.name for each in others if each.is_dir() and _is_of(each, library_id)))


def backups_with(traces: Traces) -> tuple[Copy, ...]:
    """Backups of the library that hold something of it, newest first.

    Those that were made before the library was moved or renamed are among them.
    """
    return tuple(
        copy
        for key in traces.keys
        for copy in copies_in(data_folder() / "backups" / key)
        if _holds(copy.backup.path, traces)
    )


def _is_of(folder: Path, library_id: str) -> bool:
    question = ("SELECT 1 FROM library_info WHERE library_id IN", (library_id,))
    return any(_says_yes(copy.backup.path, [question], unread=False) for copy in copies_in(folder))


def _holds(backup: Path, traces: Traces) -> bool:
    """True if a backup holds something of it, or cannot be read any more."""
    questions = (
        ("SELECT 1 FROM change_log WHERE session_id IN", traces.sessions),
        ("SELECT 1 FROM session WHERE id IN", traces.sessions),
        ("SELECT 1 FROM organisation WHERE id IN", traces.clients),
        ("SELECT 1 FROM unit WHERE id IN", traces.units),
        ("SELECT 1 FROM file WHERE digest IN", traces.files),
        ("SELECT 1 FROM model WHERE digest IN", traces.models),
    )
    return _says_yes(backup, questions, unread=True)


def _says_yes(
    backup: Path, questions: Iterable[tuple[str, Sequence[str]]], *, unread: bool
) -> bool:
    """True if a query finds something in a backup; each ends in ``IN`` and has its values.

    ``unread`` is the answer for a backup that cannot be read.
    """
    try:
        with closing(open_for_reading(backup)) as connection:
            return any(
                connection.execute(f"{sql} ({', '.join('?' * len(part))}) LIMIT 1", part).fetchone()
                for sql, values in questions
                for part in _in_parts(values)
            )
    except (sqlite3.Error, OSError, AppError):
        return unread


def _in_parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]


# ---- removing ---------------------------------------------------------------------------------


def remove(library: Path, traces: Traces) -> tuple[AppError, ...]:
    """Remove everything outside the library; idempotent. Returns what could not be removed."""
    removal = _Removal()
    if traces.backups:
        removal.files(copy.backup.path for copy in backups_with(traces))
    for key in {*traces.keys, library_key(library)}:
        folder = data_folder() / "backups" / key
        removal.files(_plain_copies(folder / "sessions", traces))
        removal.files(folder / "models" / f"{digest}.json" for digest in traces.models)
        leftovers.remove_stale_beside(folder / "sessions", seconds=0)
        removal.files(_unsaved_changes(data_folder() / "unsaved" / key, traces))
        removal.folders((data_folder() / "crashes" / key).glob("*"))
    removal.files(_orphans_with(library, traces))
    removal.do(leftovers.empty_own, data_folder() / "work")
    leftovers.sweep()
    removal.files([data_folder() / LOG_FILE])
    if traces.settings:
        settings = Path(traces.settings)
        names = [*traces.names, *traces.ids]
        removal.do(lambda: forget_values(settings, names, traces.parts), settings)
    return tuple(removal.failures)


def _plain_copies(folder: Path, traces: Traces) -> Iterator[Path]:
    """Copies of sessions that are gone, and of sessions from when they were of a client gone."""
    names = {plain_copy_name(session_id) for session_id in traces.sessions}
    for path in folder.glob("*.json"):
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            is_gone = document["id"] in traces.sessions or document["organisation"] in traces.parts
        except (OSError, ValueError, KeyError, TypeError):
            is_gone = path.name in names
        if is_gone:
            yield path


def _unsaved_changes(folder: Path, traces: Traces) -> Iterator[Path]:
    for session_id in traces.sessions:
        path = folder / unsaved_name(session_id)
        with suppress(OSError):
            # Names are shortened, so it may be that of another session.
            if json.dumps(session_id).encode() in path.read_bytes():
                yield path


def _orphans_with(library: Path, traces: Traces) -> Iterator[Path]:
    """Journals that were moved aside and hold something of it."""
    wanted = [text.encode("utf-8", "replace") for text in (*traces.ids, *traces.parts) if text]
    for pattern in _ORPHANS:
        for path in library.parent.glob(f"{_plain(library.name)}{pattern}"):
            with suppress(OSError):
                content = path.read_bytes()
                if any(text in content for text in wanted):
                    yield path


def _plain(name: str) -> str:
    """A name in a pattern, each sign for itself."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


class _Removal:
    """Removes what is there and keeps an error for what stays."""

    def __init__(self) -> None:
        self.failures: list[AppError] = []

    def files(self, paths: Iterable[Path]) -> None:
        folders = set()
        for path in paths:
            if os.path.lexists(path):
                self.do(path.unlink, path)
                folders.add(path.parent)
        for folder in folders:
            with suppress(OSError):
                sync_folder(folder)

    def folders(self, paths: Iterable[Path]) -> None:
        for path in paths:
            self.do(lambda path=path: shutil.rmtree(path), path)  # type: ignore[misc]

    def do(self, remove: Callable[[], object], path: Path) -> None:
        try:
            remove()
        except FileNotFoundError:
            pass
        except OSError as error:
            detail = error.strerror or type(error).__name__
            self.failures.append(StorageUnavailable(_REMAINS, path=path, detail=detail))


def crash_copies(library: Path) -> int:
    """Number of copies that were made after crashes."""
    return len(crashes_of(library))
