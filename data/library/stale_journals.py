"""Journals that a library does not need, and that would take something away from it.

A journal belongs to a name, not to a file. After a crash the file may go on under another name (a
hard link, or renamed and renamed back), or a backup may be copied over it. SQLite would still roll
the old journal back, and what was saved meanwhile would be gone. So a journal is left to SQLite
only where the file is not sound without it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from app.errors import AppError
from data.files import sync_folder
from data.library.check import faults_in_steps
from data.library.known_file import KnownFile
from data.library.patience import READING_SECONDS, Patience
from data.library.readers import connect_without_journal, refuse_foreign_schema
from data.library.storage_errors import as_sentences


def is_sound_alone(path: Path) -> bool:
    """True if the file as it is passes the whole check; no journal is looked at."""
    try:
        with as_sentences(path), closing(connect_without_journal(path)) as connection:
            Patience(connection).start(READING_SECONDS)
            refuse_foreign_schema(connection, path)
            return not any(faults_in_steps(connection, path))
    except (AppError, sqlite3.DatabaseError):
        return False


def remove_if_stale(path: Path, journal: Path, known: KnownFile) -> None:
    """Remove a journal without which the library is sound.

    What was acknowledged is in the file then, and SQLite could only take it back.
    """
    if known.stays_durably(lambda: is_sound_alone(path)):
        with suppress(OSError):  # on Windows: another program has it open
            journal.unlink()
            sync_folder(path.parent)
