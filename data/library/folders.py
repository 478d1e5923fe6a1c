"""Locations on disk: the default library and the user data folder."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from pathlib import Path

from data.files import make_folder
from data.user_folder import data_folder

__all__ = [
    "LIBRARY_NAMES",
    "LIBRARY_SUFFIX",
    "are_deletions_unfinished",
    "data_folder",
    "default_library_path",
    "library_key",
    "private_folder",
]

LIBRARY_SUFFIX = ".stufenplan"
LIBRARY_NAMES = {"en": "library", "de": "Bibliothek"}
"""What the user's own library is called, by language; the window proposes the same name."""


def default_library_path(language: str = "en") -> Path:
    """The library that opens without being named: ``STUFENPLAN_LIBRARY`` or the user's own.

    A library that exists keeps its name, also if only its journal is left; a new one is named in
    ``language``.
    """
    override = os.environ.get("STUFENPLAN_LIBRARY")
    if override:
        return Path(override).expanduser()
    folder = data_folder()
    names = [f"{name}{LIBRARY_SUFFIX}" for name in LIBRARY_NAMES.values()]
    known = next((name for name in names if any(folder.glob(f"{name}*"))), None)
    return folder / (known or f"{LIBRARY_NAMES[language]}{LIBRARY_SUFFIX}")


def library_key(path: Path) -> str:
    """Folder name derived from the library's path.

    Readable at its beginning, unique by its end; works for a library that is missing or damaged.
    """
    resolved = os.path.realpath(path.expanduser())
    stem = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode("ascii")
    readable = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-")[:40] or "library"
    digest = hashlib.sha256(os.path.normcase(resolved).encode("utf-8", "surrogatepass"))
    return f"{readable}-{digest.hexdigest()[:12]}"


def is_a_backup(path: Path) -> bool:
    """True if the file lies among our backups, which must not be altered."""
    folder = os.path.realpath(data_folder() / "backups")
    return Path(os.path.realpath(path)).is_relative_to(folder)


def are_deletions_unfinished() -> bool:
    """True if a process was killed while it deleted something for good, in whatever library."""
    return (data_folder() / "deletions").exists()


def private_folder(*parts: str) -> Path:
    """A folder below the user data folder, made where missing and open to the user alone."""
    folder = data_folder().joinpath(*parts)
    make_folder(folder, mode=0o700)
    return folder
