"""Schema of a library: versions, fingerprints and identification of the file."""

from __future__ import annotations

import hashlib
import sqlite3

APP_VERSION = "0.1.0"
"""The release this code belongs to (a test keeps it equal to ``stufenplan.__version__``)."""

APPLICATION_ID = 0x53747566
"""The letters ``Stuf``; SQLite keeps them at byte 68 of every library."""

SCHEMA_VERSION = 3
"""Number of the newest migration; SQLite keeps it as ``user_version`` at byte 60."""

FINGERPRINTS = {
    1: "e9ae5ca843e646d7a0642ebc234da7429bf96c1f8d88d5213e4c2536a8e7b781",
    2: "7b15f7c2829cd01622ba2a76867dde4cc798575b1f66cba72663604423f4982e",
    3: "8cfdf07ceefbdc6f406e063ee7ccec9b46b87c28d518381817dfd4664a3161a9",
}
"""Per schema version what :func:`schema_fingerprint` gives for an untouched library."""

_MIGRATION_RECORD = "_sqlite_migrations"


def schema_text(connection: sqlite3.Connection) -> str:
    """Every table, index, trigger and view that is there, in a fixed order.

    Left out are SQLite's own objects and the table in which sqlite-utils notes migrations,
    whose wording belongs to that library. Triggers and views are never left out: one smuggled
    into a file would run whenever we write.
    """
    rows = connection.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%'"
        " ESCAPE '\\' AND NOT (type IN ('table', 'index') AND tbl_name = ?)"
        " ORDER BY tbl_name, type <> 'table', type, name",
        (_MIGRATION_RECORD,),
    )
    return "".join(f"{sql};\n" for (sql,) in rows)


def schema_fingerprint(connection: sqlite3.Connection) -> str:
    """SHA-256 of :func:`schema_text`, 64 hexadecimal digits."""
    return hashlib.sha256(schema_text(connection).encode("utf-8")).hexdigest()
