"""Temporary files, and how they are removed after a process was killed.

Each process has a folder of its own in ``work/`` of the user data folder, open to the user alone;
where nothing can be written there, in a folder of the user among the system's temporary files.
It holds copies for a while, and a note for each temporary file that has to lie elsewhere because it
is going to be renamed there. The process keeps a lock in its folder; :func:`sweep` removes the
folders, and the noted files, of those that have ended.
"""

from __future__ import annotations

import atexit
import errno
import os
import re
import shutil
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from data.user_folder import data_folder

PART_PREFIX, PART_SUFFIX = ".stufenplan-", ".part"
_TEMPORARY_NAME = re.compile(
    rf"{re.escape(PART_PREFIX)}.*{re.escape(PART_SUFFIX)}|\..*\.[0-9a-f]{{32}}\.new(-journal)?",
    re.DOTALL,
)
STALE_SECONDS = 24 * 3600
"""After this time a temporary file of which nothing else is known is taken for a leftover."""

_LOCK, _NOTE = "alive", ".note"
_JUST_MADE_SECONDS = 60
_HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


def is_temporary_name(name: str) -> bool:
    """True for the names we give to files that are not finished."""
    return _TEMPORARY_NAME.fullmatch(name) is not None


# ---- the folder of this process ---------------------------------------------------------------


class _Own:
    """The folder of this process, made when it is first needed."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._made: tuple[int, Path, Path] | None = None

    def folder(self) -> Path:
        with self._guard:
            key = os.getpid(), data_folder()
            if self._made is None or self._made[:2] != key or not self._made[2].is_dir():
                self._made = (*key, _new_folder(data_folder() / "work"))
            return self._made[2]

    def place(self) -> Path:
        """Folder of temporary files, for messages."""
        is_current = self._made is not None and self._made[:2] == (os.getpid(), data_folder())
        return self._made[2].parent if self._made and is_current else data_folder() / "work"

    def name(self) -> str | None:
        """The folder's name; ``None`` as long as there is none."""
        made = self._made
        return made[2].name if made is not None and made[0] == os.getpid() else None


_own = _Own()


def _new_folder(work: Path) -> Path:
    try:
        work.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = _folder_in(work)
    except OSError:  # a user data folder that cannot be written to
        folder = _folder_in(_made_second_place())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _folder_in(work: Path) -> Path:
    folder = work / f"{os.getpid()}-{uuid4().hex[:12]}"
    folder.mkdir(mode=0o700)
    descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    with suppress(OSError):
        _lock(descriptor)  # kept until the process ends
    return folder


def _second_place() -> Path:
    """In the system's temporary folder, where every user has one of their own."""
    if sys.platform == "win32":
        name = "stufenplan-work"
    else:
        name = f"stufenplan-work-{os.getuid()}"
    return Path(tempfile.gettempdir()) / name


def _made_second_place() -> Path:
    place = _second_place()
    place.mkdir(mode=0o700, exist_ok=True)
    if not _is_ours_alone(place):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(place))
    return place


def _is_ours_alone(folder: Path) -> bool:
    """True for a folder that nobody else can have put there, or look into."""
    found = folder.lstat()
    if sys.platform == "win32":
        is_ours = True
    else:
        is_ours = found.st_uid == os.getuid() and not found.st_mode & 0o022
    return stat.S_ISDIR(found.st_mode) and is_ours


def _lock(descriptor: int) -> None:
    """Take the lock that a process holds as long as it lives; raises ``OSError``."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def place_of_temporary_files() -> Path:
    """The folder that has to be writable, and on a disk with room."""
    return _own.place()


def kept_until_exit() -> Path:
    """A new empty folder that is removed when the program ends, or at the next start."""
    folder = _own.folder() / uuid4().hex
    folder.mkdir(mode=0o700)
    return folder


def temporary_file() -> Path:
    """A new empty file; the caller removes it, else it goes like a folder."""
    path = _own.folder() / f"{uuid4().hex}.tmp"
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    return path


@contextmanager
def noted(path: Path) -> Iterator[None]:
    """While in here, a temporary file may lie at ``path``; it is removed at the end, or later."""
    note: Path | None = None
    with suppress(OSError):  # better without a note than not at all
        note = _own.folder() / f"{uuid4().hex}{_NOTE}"
        note.write_bytes(os.fsencode(path.absolute()))
    try:
        yield
    finally:
        _remove_with_journal(path)
        if note is not None:
            with suppress(OSError):
                note.unlink(missing_ok=True)


def _remove_with_journal(path: Path) -> None:
    for left in (path, path.with_name(path.name + "-journal")):
        with suppress(OSError):
            left.unlink(missing_ok=True)


def empty_own() -> None:
    """Remove what this process keeps in its folder; raises ``OSError`` for what stays.

    Notes of files elsewhere stay, which are needed to remove those.
    """
    name = _own.name()
    if name is None:
        return
    failure: OSError | None = None
    for path in list(_own.folder().iterdir()):
        try:
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name != _LOCK and path.suffix != _NOTE:
                path.unlink()
        except OSError as error:
            failure = error
    if failure is not None:
        raise failure


# ---- what others left behind ------------------------------------------------------------------


def sweep() -> None:
    """Remove what processes left behind that were killed; best effort."""
    with suppress(OSError):
        _sweep_place(data_folder() / "work")
    with suppress(OSError):
        if _is_ours_alone(_second_place()):
            _sweep_place(_second_place())


def _sweep_place(place: Path) -> None:
    with os.scandir(place) as entries:
        for entry in entries:
            if entry.name != _own.name() and entry.is_dir(follow_symlinks=False):
                with suppress(OSError):
                    _sweep_folder(Path(entry.path))


def _sweep_folder(folder: Path) -> None:
    try:
        descriptor = os.open(folder / _LOCK, os.O_RDWR)
    except FileNotFoundError:  # just being made, or never finished
        if _age_of(folder) > _JUST_MADE_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
        return
    try:
        _lock(descriptor)
    except OSError as error:
        if error.errno in _HELD or _age_of(folder) < STALE_SECONDS:
            return
    finally:
        # On Unix this gives up the lock, but a process that has ended does not come back.
        os.close(descriptor)
    for note in folder.glob(f"*{_NOTE}"):
        left = Path(os.fsdecode(note.read_bytes()))
        if is_temporary_name(left.name) and _is_file(left):
            _remove_with_journal(left)
    shutil.rmtree(folder, ignore_errors=True)


def remove_stale_beside(folder: Path, seconds: float = STALE_SECONDS) -> None:
    """Remove temporary files from a folder that nobody can be writing any more."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith(".") and is_temporary_name(entry.name) and _is_file(path):
                with suppress(OSError):
                    if _age_of(path) > seconds:
                        path.unlink()


def size_of_all() -> int:
    """Bytes of all temporary files that are in the user data folder at the moment."""
    return size_below(data_folder() / "work")


def size_below(folder: Path) -> int:
    """Bytes of the files in a folder and below."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += os.lstat(os.path.join(place, name)).st_size  # noqa: PTH118 (a hot loop)
    return total


def _age_of(path: Path) -> float:
    return time.time() - path.lstat().st_mtime


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False
