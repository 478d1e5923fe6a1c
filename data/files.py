"""Reads and writes whole files: limits, encodings, durable replacement, translated errors.

A file is written beside its target, synced, and then takes the target's place in one step. Whatever
happens before that step, a full disk, a cancelled export or a killed program, leaves the old file
as it was, byte for byte. ``exports`` may import this module and nothing else of ``data``.
"""

from __future__ import annotations

import codecs
import errno
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum, auto
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from app.errors import Fault, InvalidFile, InvalidInput, StorageUnavailable, WriteProtected
from app.words.texts import N_
from data.leftovers import (
    PART_PREFIX,
    PART_SUFFIX,
    noted,
    place_of_temporary_files,
    remove_stale_beside,
)
from data.open_libraries import refuse_open_library

Writer = Callable[[BinaryIO], object]

_REPLACE_TRIES = 10
_REPLACE_PAUSE_SECONDS = 0.2
_DATABASE_BEGINS = b"SQLite format 3\0"
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNDEFINED_IN_CP1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")


# ---- reading ---------------------------------------------------------------------------------


def read_bytes(
    path: Path, headline: str, most_bytes: int, too_large: Callable[[int], Fault] | None = None
) -> bytes:
    """The content of a file that was handed in.

    Raises ``InvalidFile`` under ``headline`` where there is none, where it is no regular file or
    larger than ``most_bytes`` (``too_large`` makes the fault from the size), and
    ``StorageUnavailable`` where the system does not let us read it.
    """
    with open_to_read(path, headline) as file:
        size = os.fstat(file.fileno()).st_size
        content = b""
        if size <= most_bytes:  # the file may have grown since it was measured
            content = file.read(most_bytes + 1)
    size = max(size, len(content))
    if size > most_bytes:
        raise refusal(headline, path, too_large(size) if too_large else larger_than(most_bytes))
    return content


@contextmanager
def open_to_read(path: Path, headline: str) -> Iterator[BinaryIO]:
    """Open a file that was handed in; errors as :func:`read_bytes` inside the context, too."""
    refuse_open_library(path)
    try:
        if not path.exists():
            raise refusal(headline, path, Fault(N_("There is no such file or folder.")))
        if not path.is_file():
            fault = Fault(N_("This is not a file that can be read as text."))
            raise refusal(headline, path, fault)
        file = path.open("rb")
    except ValueError as error:  # a NUL in the path
        raise refusal(headline, path, Fault(N_("There is no such file or folder."))) from error
    except OSError as error:
        raise read_error(error, path) from error
    with file:
        try:
            yield file
        except OSError as error:
            raise read_error(error, path) from error


def larger_than(most_bytes: int) -> Fault:
    """The fault of a file with more bytes than a limit in whole megabytes."""
    megabytes = ("limit", most_bytes // 1_000_000)
    return Fault(N_("The file is larger than {limit} MB."), values=(megabytes,))


def decode_text(
    content: bytes, path: Path, headline: str, *, wide: bool = False, may_be_empty: bool = False
) -> str:
    """The text of a file's content without its byte order mark; line ends stay.

    UTF-8; where ``wide``, also UTF-16 and UTF-32 with a byte order mark. Raises ``InvalidFile``
    for another encoding, for a NUL and, unless it ``may_be_empty``, for no text at all.
    """
    content, encoding = without_mark(content, wide=wide)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        fault = _encoding_fault(content, error.start, encoding)
        raise refusal(headline, path, fault) from error
    if not text.strip() and not may_be_empty:
        raise refusal(headline, path, Fault(N_("The file is empty.")))
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise refusal(headline, path, Fault(N_("This is not a text file."), line))
    return text


def without_mark(content: bytes, *, wide: bool) -> tuple[bytes, str]:
    """The content without its byte order mark, and the encoding, which is UTF-8 without one."""
    for mark, encoding in _BYTE_ORDER_MARKS if wide else _BYTE_ORDER_MARKS[:1]:
        if content.startswith(mark):
            return content[len(mark) :], encoding
    return content, "utf-8"


def _encoding_fault(content: bytes, start: int, encoding: str) -> Fault:
    if encoding != "utf-8":
        return Fault(N_("The file is damaged: it is not readable as text to its end."))
    line = content.count(b"\n", 0, start) + 1
    if b"\x00" in content:
        return Fault(N_("This is not a text file."), line)
    if not _UNDEFINED_IN_CP1252.isdisjoint(content):
        return Fault(N_("The text is not in UTF-8; save the file as UTF-8."), line)
    return Fault(
        N_("The text is not in UTF-8; it looks like Windows-1252. Save the file as UTF-8."), line
    )


def refusal(headline: str, path: Path | str, *faults: Fault, most: int = 100) -> InvalidFile:
    """The error for a file with these faults, in the order of lines; from ``most`` on a count."""
    ordered = sorted(faults, key=lambda fault: fault.line)
    kept = ordered[:most]
    if len(ordered) > len(kept):
        more = len(ordered) - len(kept)
        kept.append(
            Fault(N_("Further faults, not listed here: {count}."), values=(("count", more),))
        )
    return InvalidFile(headline, kept, file=Path(path).name or str(path))


# ---- writing ---------------------------------------------------------------------------------


def write_document(target: Path, write: Writer) -> None:
    """Write a file for the user completely, then put it in the place of ``target``.

    ``write`` gets an empty file, open for writing and reading in binary mode. Whatever it raises
    goes through after the unfinished file is removed; the old file at ``target`` is untouched.
    Raises ``StorageUnavailable`` with a sentence for everything the system refuses, also when
    another program has ``target`` open; ``InvalidInput`` where a library or something else than an
    ordinary file would be replaced, directly or through a link.
    """
    try:
        _is_ordinary_file(target)  # what /dev/stdout leads to has no path of its own
        target = _real_path(target)
        _refuse_unwritable(target)
        remove_stale_beside(target.parent)
        replace_file(target, write)
    except OSError as error:
        raise write_error(error, target) from error


def write_document_bytes(target: Path, content: bytes) -> None:
    """Like :func:`write_document`, for content that is there already."""
    write_document(target, lambda file: file.write(content))


def replace_file(target: Path, write: Writer, *, durable: bool = True) -> None:
    """Write a file beside its target and swap it in, atomically; ``OSError`` passes unchanged.

    Permissions of an old file are kept. Without ``durable`` nothing is synced: a power loss may
    then leave an empty file.
    """
    part = target.with_name(f"{PART_PREFIX}{uuid4().hex}{PART_SUFFIX}")
    with noted(part):
        with part.open("x+b") as file:
            if target.exists():  # before there is content that others could read
                with suppress(OSError):  # file systems without permissions
                    part.chmod(target.stat().st_mode & 0o777)
            write(file)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        _is_ordinary_file(target)  # also after the time that writing took
        _swap(part, target)
    if durable:
        with suppress(OSError):  # the content is durable already, so this is no failure
            sync_folder(target.parent)


def _swap(part: Path, target: Path) -> None:
    """Replace the file; retry on Windows, where a virus scanner may hold it briefly."""
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
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(target)) from refused
    raise refused


def _real_path(target: Path) -> Path:
    """The file behind a symbolic link, so that the link itself stays."""
    try:
        return Path(os.path.realpath(target))
    except ValueError as error:  # a NUL or a lone surrogate
        raise OSError(errno.EINVAL, str(error), str(target)) from error


def _refuse_unwritable(target: Path) -> None:
    """Refuse what may not be written, what another program has open, and libraries."""
    if not _is_ordinary_file(target):
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


def _is_ordinary_file(target: Path) -> bool:
    """True for a file, False where there is nothing; refuses all else.

    A pipe, a device or a socket stands for something that other programs use: a file in its place
    would take it from them.
    """
    try:
        mode = target.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    except ValueError as error:  # a NUL or a lone surrogate
        raise OSError(errno.EINVAL, str(error), str(target)) from error
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not stat.S_ISREG(mode):
        raise InvalidInput(
            N_(
                "“{file}” is not a file but a device or a connection between programs, so it was"
                " left as it is. Choose another name."
            ),
            file=_shown(target),
        )
    return True


def _refuse_library(target: Path) -> None:
    """A document never takes the place of a library, whatever ending its name has."""
    refuse_open_library(target)
    try:
        with target.open("rb") as file:
            beginning = file.read(len(_DATABASE_BEGINS))
    except PermissionError:  # may be written, not read; or Windows: another program has it open
        return
    if beginning == _DATABASE_BEGINS:
        raise name_in_use(target)


def name_in_use(target: Path) -> InvalidInput:
    """The refusal to write over a file."""
    return InvalidInput(
        N_("There is a file {path} already. Choose another name; nothing was overwritten."),
        path=target,
    )


def _lock_files(target: Path) -> tuple[Path, ...]:
    """Lock files of LibreOffice and Microsoft Office for a file they have open."""
    return target.with_name(f".~lock.{target.name}#"), target.with_name(f"~${target.name}")


# ---- new files and folders -------------------------------------------------------------------


@contextmanager
def temporary_beside(target: Path) -> Iterator[Path]:
    """A new empty file in the target's folder, readable by the user alone, to be filled first.

    What is left of it at the end, or after a kill, is removed, SQLite's journal included.
    """
    start = target.name.encode("utf-8", "replace")[:80].decode("utf-8", "ignore")
    path = target.with_name(f".{start}.{uuid4().hex}.new")
    remove_stale_beside(target.parent)
    with noted(path):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        yield path


def publish(finished: Path, target: Path) -> None:
    """Give a finished file its name, durably; raises ``FileExistsError`` for a name in use."""
    sync_file(finished)
    try:
        os.link(finished, target)
    except FileExistsError:
        raise
    except (AttributeError, NotImplementedError, OSError):
        _rename_without_replacing(finished, target)
    else:
        finished.unlink()
    sync_folder(target.parent)


def _rename_without_replacing(finished: Path, target: Path) -> None:
    # FAT and some network drives know no hard links; there a rename is the best there is.
    if target.exists():
        raise FileExistsError(target)
    finished.rename(target)


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder and those above it where missing, durably."""
    if folder.is_dir():
        return
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    for place in missing:
        sync_folder(place.parent)


def sync_file(path: Path) -> None:
    """Force a file's content to the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Force a folder's entries to the disk; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network drives keep entries at once and know no such call for folders.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


# ---- errors of the operating system in words ---------------------------------------------------


class Cause(Enum):
    """Causes of an ``OSError``, grouped by what the user can do about it."""

    FULL = auto()
    FORBIDDEN = auto()
    NO_FOLDER = auto()
    FILE_EXISTS = auto()
    IS_FOLDER = auto()
    BAD_NAME = auto()
    IN_USE = auto()
    NO_ANSWER = auto()
    OTHER = auto()


_CAUSES = {
    Cause.FULL: (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
    Cause.FORBIDDEN: (errno.EACCES, errno.EPERM, errno.EROFS),
    Cause.NO_FOLDER: (errno.ENOENT, errno.ENOTDIR),
    Cause.FILE_EXISTS: (errno.EEXIST,),
    Cause.IS_FOLDER: (errno.EISDIR,),
    Cause.BAD_NAME: (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ, errno.ELOOP),
    Cause.IN_USE: (errno.ETXTBSY, errno.EBUSY),
    Cause.NO_ANSWER: (errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE),
}

DISK_FULL = N_("The disk that holds “{name}” is full. Make room on it, then try again.")
NOT_WRITABLE = N_(
    "“{name}” cannot be written to: the file or its folder {folder} is read-only or forbidden."
    " Copy the file to a folder of your own and open it there."
)
BAD_NAME = N_("“{name}” cannot be used as a file name here. Choose a shorter, plainer one.")
NOT_REACHABLE = N_(
    "“{name}” cannot be reached at the moment ({detail}). Check that the drive is still connected."
)
_FOLDER_NOT_WRITABLE = N_(
    "“{name}” may not be written in the folder {folder}. Choose another folder, or ask for"
    " permission to write there."
)
_NOT_READABLE = N_(
    "“{name}” may not be read. Ask for permission to read it, or for a copy of your own."
)
_WHILE_WRITING = {
    Cause.FULL: N_(
        "There is not enough room to write “{name}”. Make room or choose another drive. "
        "An older file of this name is unchanged."
    ),
    Cause.FORBIDDEN: _FOLDER_NOT_WRITABLE,
    Cause.NO_FOLDER: N_("The folder “{folder}” does not exist. Create it or choose another one."),
    Cause.FILE_EXISTS: N_(
        "“{name}” is a file, so no folder of this name can be made. Choose another name."
    ),
    Cause.IS_FOLDER: N_("“{name}” is a folder. Choose a name for the file inside it."),
    Cause.BAD_NAME: BAD_NAME,
    Cause.IN_USE: N_(
        "“{name}” is open in another program. Close it there, or choose another name. "
        "The file is unchanged."
    ),
    Cause.NO_ANSWER: N_(
        "The drive of “{folder}” does not answer ({detail}). Connect it again or choose "
        "another folder."
    ),
    Cause.OTHER: N_(
        "“{name}” could not be written: {detail}. An older file of this name is unchanged."
    ),
}
_TEMPORARY_FULL = N_(
    "The disk that holds {folder}, the folder of temporary files, is full. Make room on it, then"
    " try again."
)
_NO_TEMPORARY_FILE = N_(
    "No temporary file can be written in {folder} ({detail}). Make sure that this folder can be"
    " written to, then try again."
)
_WHILE_KEPT_OPEN = {
    Cause.FULL: DISK_FULL,
    Cause.FORBIDDEN: NOT_WRITABLE,
    Cause.BAD_NAME: BAD_NAME,
}


def cause_of(error: OSError) -> Cause:
    """The cause for an error number."""
    return next((cause for cause, codes in _CAUSES.items() if error.errno in codes), Cause.OTHER)


def write_error(error: OSError, target: Path) -> StorageUnavailable:
    """The sentence for a document that could not be written."""
    return unavailable(_WHILE_WRITING[cause_of(error)], target, _detail(error))


def temporary_error(error: OSError) -> StorageUnavailable:
    """The sentence for a temporary file of ours: it names their folder, which nobody has chosen."""
    template = _TEMPORARY_FULL if cause_of(error) is Cause.FULL else _NO_TEMPORARY_FILE
    folder = place_of_temporary_files()
    return StorageUnavailable(template, folder=folder, detail=_detail(error))


def read_error(error: OSError, path: Path) -> StorageUnavailable:
    """The sentence for a file that was handed in and that the system does not let us read."""
    if cause_of(error) is Cause.FORBIDDEN:
        return unavailable(_NOT_READABLE, path)
    return access_error(error, path)


def access_error(error: OSError, path: Path) -> StorageUnavailable:
    """The sentence for a file that is read and written all the time, such as a library."""
    template = _WHILE_KEPT_OPEN.get(cause_of(error), NOT_REACHABLE)
    return unavailable(template, path, _detail(error))


def unavailable(template: str, path: Path, detail: str = "") -> StorageUnavailable:
    """The error with what its sentence names: ``name``, ``folder``, ``detail``."""
    if template == NOT_WRITABLE and not os.path.lexists(path):
        template = _FOLDER_NOT_WRITABLE  # there is nothing yet that could be copied elsewhere
    values = {"name": _shown(path), "folder": str(path.parent.absolute()), "detail": detail}
    used = {key: value for key, value in values.items() if f"{{{key}}}" in template}
    kind = WriteProtected if template == NOT_WRITABLE else StorageUnavailable
    return kind(template, **used)


def _detail(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _shown(path: Path) -> str:
    """The name of a file, or the path where it has none, without lone surrogates."""
    name = path.name or str(path)
    return name.encode("utf-8", "replace").decode("utf-8")
