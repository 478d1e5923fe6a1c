"""Files for the client: named so that every system takes them, and swapped in only when complete.

A file is written beside its target, forced to the disk and then put in the target's place in one
step. Whatever happens before that step, a full disk, a stopped export or a killed program, leaves
the old file as it was, byte for byte.
"""

from __future__ import annotations

import errno
import os
import re
import sys
import time
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from app.errors import InvalidInput, StorageUnavailable
from app.session.session import Session
from app.words.characters import visible_text
from app.words.texts import N_, Translator

MAX_SLUG_BYTES = 80
"""Bytes of a name made from somebody's text; file systems take 255 for the whole name."""

_PART_PREFIX, _PART_SUFFIX = ".stufenplan-", ".part"
_FORGOTTEN_AFTER_SECONDS = 24 * 3600
_REPLACE_TRIES = 10
_REPLACE_PAUSE_SECONDS = 0.2

_DATABASE_BEGINS = b"SQLite format 3\0"

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\s_]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)

Writer = Callable[[BinaryIO], None]


class ReportKind(StrEnum):
    """What a file for the client shows; the word stands in its name."""

    ROADMAP = N_("Roadmap")
    RADAR_BY_AREA = N_("Radar by area")
    RADAR_BY_DIMENSION = N_("Radar by dimension")
    SESSION = N_("Session")


def write_beside(target: Path, write: Writer) -> None:
    """Write a file completely, then put it in the place of ``target``.

    ``write`` gets an empty file, open for writing and reading in binary mode. Whatever it raises
    goes through after the unfinished file is removed; the old file at ``target`` is untouched.
    Raises ``StorageUnavailable`` with a sentence for everything the surroundings refuse, also
    when another program has ``target`` open; ``InvalidInput`` where a library would be replaced.
    """
    try:
        target = _real_path(target)
        _refuse_open_or_forbidden(target)
        _forget_old_parts(target.parent)
        part = target.with_name(f"{_PART_PREFIX}{uuid4().hex}{_PART_SUFFIX}")
        try:
            _write_part(part, target, write)
            _replace(part, target)
        finally:
            with suppress(OSError):  # after the swap there is nothing left to remove
                part.unlink(missing_ok=True)
    except OSError as error:
        raise storage_error(error, target) from error
    _sync_folder(target.parent)


def write_bytes_beside(target: Path, content: bytes) -> None:
    """Like :func:`write_beside`, for content that is there already."""

    def write(file: BinaryIO) -> None:
        file.write(content)

    write_beside(target, write)


def suggested_name(session: Session, kind: ReportKind, translator: Translator, ending: str) -> str:
    """A name such as ``2026-11-23_Client_Roadmap.xlsx``; legal on Linux, macOS and Windows.

    ``ending`` comes without its dot.
    """
    client = safe_name(session.organisation.name) or safe_name(session.title) or "Client"
    word = safe_name(translator.gettext(kind.value))
    return f"{session.date.isoformat()}_{client}_{word}.{ending}"


def safe_name(text: str) -> str:
    """A part of a file name made from somebody's text; empty when nothing usable is left.

    Unicode form NFC, at most 80 bytes of UTF-8, without characters that a system forbids, without
    invisible ones, without dots or blanks at the ends, and never a name that Windows reserves.
    """
    visible = visible_text(unicodedata.normalize("NFC", text))
    name = _NOT_IN_NAMES.sub("-", visible).strip("-. ")
    while len(name.encode("utf-8")) > MAX_SLUG_BYTES:
        name = name[:-1]
    name = name.rstrip("-. ")
    return f"{name}-" if _RESERVED.fullmatch(name) else name


def storage_error(error: OSError, target: Path) -> StorageUnavailable:
    """The sentence for what the system said when ``target`` was written."""
    values = {"file": _shown(target), "folder": str(target.parent), "detail": _detail(error)}
    for codes, template in _SENTENCES:
        if error.errno in codes:
            return StorageUnavailable(template, **values)
    return StorageUnavailable(
        N_("“{file}” could not be written: {detail}. An older file of this name is unchanged."),
        **values,
    )


_IN_USE = N_(
    "“{file}” is open in another program. Close it there, or choose another name. "
    "The file is unchanged."
)
_SENTENCES: tuple[tuple[frozenset[int], str], ...] = (
    (
        frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG}),
        N_(
            "There is not enough room to write “{file}”. Make room or choose another drive. "
            "An older file of this name is unchanged."
        ),
    ),
    (
        frozenset({errno.EACCES, errno.EPERM, errno.EROFS}),
        N_(
            "“{file}” may not be written in the folder “{folder}”. Choose another folder, or ask "
            "for permission to write there."
        ),
    ),
    (
        frozenset({errno.ENOENT, errno.ENOTDIR}),
        N_("The folder “{folder}” does not exist. Create it or choose another one."),
    ),
    (
        frozenset({errno.EEXIST}),
        N_("“{file}” is a file, so no folder of this name can be made. Choose another name."),
    ),
    (
        frozenset({errno.EISDIR}),
        N_("“{file}” is a folder. Choose a name for the file inside it."),
    ),
    (
        frozenset({errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ}),
        N_("“{file}” cannot be used as a file name here. Choose a shorter, plainer one."),
    ),
    (frozenset({errno.ETXTBSY, errno.EBUSY}), _IN_USE),
    (
        frozenset({errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE}),
        N_(
            "The drive of “{folder}” does not answer ({detail}). Connect it again or choose "
            "another folder."
        ),
    ),
)


def _real_path(target: Path) -> Path:
    """The file behind a symbolic link, so that the link itself stays."""
    try:
        return Path(os.path.realpath(target))
    except ValueError as error:  # a zero character, or half of a surrogate pair
        raise OSError(errno.EINVAL, str(error), str(target)) from error


def _refuse_open_or_forbidden(target: Path) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not target.exists():
        return
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    _refuse_library(target)
    for lock in _lock_files(target):
        if lock.exists():
            raise StorageUnavailable(
                N_(
                    "“{file}” is open in another program. Close it there, or choose another name. "
                    "If nobody has it open, delete “{lock}” beside it."
                ),
                file=_shown(target),
                lock=lock.name,
            )


def _refuse_library(target: Path) -> None:
    """A report never takes the place of a library, whatever ending its name has."""
    if not target.is_file():  # a pipe would wait for somebody to write into it
        return
    try:
        with target.open("rb") as file:
            beginning = file.read(len(_DATABASE_BEGINS))
    except PermissionError:  # may be written, not read; or Windows: another program has it open
        return
    if beginning == _DATABASE_BEGINS:
        raise InvalidInput(
            N_("There is a file {path} already. Choose another name; nothing was overwritten."),
            path=target,
        )


def _lock_files(target: Path) -> tuple[Path, ...]:
    """What LibreOffice and Microsoft Office put beside a file they have open."""
    return target.with_name(f".~lock.{target.name}#"), target.with_name(f"~${target.name}")


def _write_part(part: Path, target: Path, write: Writer) -> None:
    with part.open("x+b") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
    if target.exists():
        with suppress(OSError):  # file systems without permissions
            part.chmod(target.stat().st_mode & 0o777)


def _replace(part: Path, target: Path) -> None:
    """Swap; on Windows an open file, often a virus scanner's, stands in the way for a moment."""
    for _ in range(_REPLACE_TRIES if sys.platform == "win32" else 1):
        try:
            part.replace(target)
        except PermissionError as error:
            refused = error
            if sys.platform == "win32":
                time.sleep(_REPLACE_PAUSE_SECONDS)
        else:
            return
    if sys.platform == "win32" and target.exists():
        raise StorageUnavailable(_IN_USE, file=_shown(target)) from refused
    raise refused


def _sync_folder(folder: Path) -> None:
    """Make the new name durable; the content is already, so a refusal here is no failure."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _forget_old_parts(folder: Path) -> None:
    """Remove what a killed program left behind here a day ago or earlier."""
    with suppress(OSError):
        for part in folder.glob(f"{_PART_PREFIX}*{_PART_SUFFIX}"):
            if time.time() - part.stat().st_mtime > _FORGOTTEN_AFTER_SECONDS:
                part.unlink()


def _shown(target: Path) -> str:
    name = target.name or str(target)
    return name.encode("utf-8", "replace").decode("utf-8")


def _detail(error: OSError) -> str:
    return error.strerror or type(error).__name__
