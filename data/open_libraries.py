"""Which libraries this process has open, by device and inode.

On Unix, opening and closing such a file once more, even to read it, drops SQLite's lock on it. So
every reader and writer of a file asks here first.
"""

from __future__ import annotations

from pathlib import Path

from app.errors import InvalidInput
from app.words.texts import N_

Identity = tuple[int, int]
"""Device and inode: what stays the same however a file is named."""

_open_here: set[Identity] = set()


def identity_of(path: Path) -> Identity | None:
    """Device and inode of a file, equal for all its names; ``None`` if it does not exist."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def note_open(identity: Identity) -> None:
    """This process has the library open from now on."""
    _open_here.add(identity)


def note_closed(identity: Identity) -> None:
    """The library is closed. Idempotent."""
    _open_here.discard(identity)


def is_open_here(path: Path) -> bool:
    """True if this process has the library open."""
    return bool(_open_here) and identity_of(path) in _open_here


def refuse_open_library(path: Path) -> None:
    """Raise ``InvalidInput`` for a library this process has open."""
    if is_open_here(path):
        raise InvalidInput(
            N_("“{name}” is the library that is open. Please choose another one."),
            name=path.name,
        )
