"""Which process holds a library, and under which name, for messages about it.

The lock itself is SQLite's and vanishes with the process. The note serves messages only, is kept in
the user data folder (never beside the library) and may be lost. It stays after a crash, and is
found by device and inode: under every name the file has, and after it was moved.
"""

from __future__ import annotations

import json
import os
import platform
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.errors import LibraryInUse
from app.words.texts import N_
from data.library.folders import data_folder, private_folder
from data.open_libraries import Identity, identity_of


class Holder(StrEnum):
    """Kind of program that has a library open."""

    WINDOW = "window"
    COMMAND_LINE = "command line"


_SENTENCES = {
    Holder.WINDOW: N_(
        "“{name}” is open in another window of Stufenplan (process {process} on {computer})."
        " Go on there, or close it first."
    ),
    Holder.COMMAND_LINE: N_(
        "“{name}” is in use by the command line of Stufenplan (process {process} on {computer})."
        " Wait until it has finished, or end it."
    ),
}


def note_holder(library: Path, holder: Holder) -> None:
    """Note that this process holds the library."""
    identity = identity_of(library)
    values = {
        "process": os.getpid(),
        "computer": platform.node(),
        "holder": holder.value,
        "path": str(library.absolute()),
    }
    if identity is not None:
        with suppress(OSError):
            private_folder("open")
            _note_of(identity).write_text(json.dumps(values), encoding="utf-8")


def forget_holder(identity: Identity) -> None:
    """Delete the note."""
    with suppress(OSError):
        _note_of(identity).unlink(missing_ok=True)


def in_use(library: Path, otherwise: LibraryInUse) -> LibraryInUse:
    """The error that names who holds the library, or ``otherwise`` if unknown."""
    values = _noted(library)
    try:
        sentence = _SENTENCES[Holder(values["holder"])]
        process, computer = int(values["process"]), values["computer"]
    except (ValueError, KeyError, TypeError):
        return otherwise
    if computer == platform.node() and _has_ended(process):
        return otherwise  # the note outlived a crash; another process has the lock
    return LibraryInUse(sentence, name=library.name, process=process, computer=computer)


def name_at_crash(library: Path) -> Path | None:
    """The other name under which the library was open last and not closed; ``None`` as a rule."""
    values = _noted(library)
    path = values.get("path")
    if not isinstance(path, str) or path == str(library.absolute()) or _is_running(values):
        return None
    return Path(path)


def _noted(library: Path) -> dict[str, Any]:
    identity = identity_of(library)
    if identity is not None:
        with suppress(OSError, ValueError):
            values = json.loads(_note_of(identity).read_text(encoding="utf-8"))
            if isinstance(values, dict):
                return values
    return {}


def _is_running(values: dict[str, Any]) -> bool:
    """True if the process is still there, as far as this computer can tell."""
    process = values.get("process")
    if os.name != "posix" or not isinstance(process, int):
        return False
    return values.get("computer") == platform.node() and not _has_ended(process)


def _has_ended(process: int) -> bool:
    """True if there is no such process any more; Windows has no harmless way to ask."""
    if os.name != "posix":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False  # a process of another user
    return False


def _note_of(identity: Identity) -> Path:
    device, inode = identity
    return data_folder() / "open" / f"{device:x}-{inode:x}.json"
