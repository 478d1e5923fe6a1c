"""Which process holds the lock on a library, for the message to the second one.

The lock itself is SQLite's and vanishes with the process. The note serves the error message
only, is kept in the user data folder (never beside the library) and may be lost.
"""

from __future__ import annotations

import json
import os
import platform
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from app.errors import LibraryInUse
from app.words.texts import N_
from data.library.folders import data_folder, library_key, private_folder


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
    values = {"process": os.getpid(), "computer": platform.node(), "holder": holder.value}
    with suppress(OSError):
        private_folder("open")
        _note_of(library).write_text(json.dumps(values), encoding="utf-8")


def forget_holder(library: Path) -> None:
    """Delete the note."""
    with suppress(OSError):
        _note_of(library).unlink(missing_ok=True)


def in_use(library: Path, otherwise: LibraryInUse) -> LibraryInUse:
    """The error that names who holds the library, or ``otherwise`` if unknown."""
    try:
        values = json.loads(_note_of(library).read_text(encoding="utf-8"))
        sentence = _SENTENCES[Holder(values["holder"])]
        process, computer = int(values["process"]), values["computer"]
    except (OSError, ValueError, KeyError, TypeError):
        return otherwise
    if computer == platform.node() and _has_ended(process):
        return otherwise  # the note outlived a crash; another process has the lock
    return LibraryInUse(sentence, name=library.name, process=process, computer=computer)


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


def _note_of(library: Path) -> Path:
    return data_folder() / "open" / f"{library_key(library)}.json"
