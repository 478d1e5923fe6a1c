"""Connections that only read a library's file, and the refusal of tables that are not ours."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from app.errors import UnusableLibrary
from app.words.texts import N_
from data.library.database import connect
from data.library.patience import OPENING_SECONDS, Patience
from data.library.schema import FINGERPRINTS, schema_fingerprint

LOCK_WAIT_SECONDS = 1.0
"""Lock timeout: long enough for a short command of another process."""


def uri_of(path: Path, options: str) -> str:
    """The address SQLite understands; a network path keeps its two slashes after an empty host."""
    place = path.resolve().as_posix()
    rooted = place if place.startswith("/") else f"/{place}"
    return f"file://{quote(os.fsencode(rooted))}?{options}"


def open_for_reading(path: Path) -> sqlite3.Connection:
    """A connection that cannot write and keeps others from writing until it is closed.

    Raises SQLite's error when another process has the file locked. (Python's own backup would wait
    for them without end.)
    """
    connection = connect(uri_of(path, "mode=ro"), uri=True, timeout=LOCK_WAIT_SECONDS)
    Patience(connection).start(OPENING_SECONDS)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def connect_without_journal(path: Path) -> sqlite3.Connection:
    """A connection to the file alone: without locks, journals or any change."""
    connection = connect(uri_of(path, "mode=ro&immutable=1"), uri=True)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def refuse_foreign_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Raise ``UnusableLibrary`` unless tables, indexes and triggers are exactly ours."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if schema_fingerprint(connection) != FINGERPRINTS.get(version):
        raise UnusableLibrary(
            N_(
                "“{name}” holds tables or rules that are not from Stufenplan and could "
                "alter scores, so it is not used. Please restore a backup."
            ),
            name=path.name,
        )
