"""Where things lie: the default library, and the user data folder for what belongs to it."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import unicodedata
from pathlib import Path
from uuid import uuid4

LIBRARY_SUFFIX = ".stufenplan"


def data_folder() -> Path:
    """The user data folder: ``STUFENPLAN_DATA_DIR`` or the platform's; it may not exist yet."""
    override = os.environ.get("STUFENPLAN_DATA_DIR")
    if override:
        return Path(override).expanduser()
    from platformdirs import user_data_path

    return user_data_path("stufenplan", appauthor=False)


def default_library_path() -> Path:
    """The library that opens without being named: ``STUFENPLAN_LIBRARY`` or the user's own."""
    override = os.environ.get("STUFENPLAN_LIBRARY")
    return Path(override).expanduser() if override else data_folder() / f"library{LIBRARY_SUFFIX}"


def library_key(path: Path) -> str:
    """A folder name that stands for this library's place on this machine.

    Readable at its beginning, unique by its end; works for a library that is missing or damaged.
    """
    resolved = os.path.realpath(path.expanduser())
    stem = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode("ascii")
    readable = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-")[:40] or "library"
    digest = hashlib.sha256(os.path.normcase(resolved).encode("utf-8", "surrogatepass"))
    return f"{readable}-{digest.hexdigest()[:12]}"


def private_folder(*parts: str) -> Path:
    """A folder below the user data folder, made where missing and open to the user alone."""
    folder = data_folder().joinpath(*parts)
    make_folder(folder, mode=0o700)
    return folder


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder and those above it where missing, so that a power loss takes none away."""
    if folder.is_dir():
        return
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    for place in missing:
        sync_folder(place.parent)


def unnamed_beside(target: Path) -> Path:
    """A new empty file in the target's folder, open to the user alone, to be filled first."""
    start = target.name.encode("utf-8", "replace")[:80].decode("utf-8", "ignore")
    path = target.with_name(f".{start}.{uuid4().hex}.new")
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    return path


def sync_file(path: Path) -> None:
    """Ask the disk to keep this file's content before anything else happens."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Ask the disk to keep the folder's entries; Windows has no such call and needs none."""
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


def put_in_place(finished: Path, target: Path) -> None:
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
