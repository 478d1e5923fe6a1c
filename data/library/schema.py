"""Schema of a library: versions, fingerprints and identification of the file."""

from __future__ import annotations

import hashlib
import re
import sqlite3

APP_VERSION = "0.1.0"
"""The release this code belongs to (a test keeps it equal to ``stufenplan.__version__``)."""

APPLICATION_ID = 0x53747566
"""The letters ``Stuf``; SQLite keeps them at byte 68 of every library."""

SCHEMA_VERSION = 6
"""Number of the newest migration; SQLite keeps it as ``user_version`` at byte 60."""

FINGERPRINTS = {
    1: "e9ae5ca843e646d7a0642ebc234da7429bf96c1f8d88d5213e4c2536a8e7b781",
    2: "7b15f7c2829cd01622ba2a76867dde4cc798575b1f66cba72663604423f4982e",
    3: "8cfdf07ceefbdc6f406e063ee7ccec9b46b87c28d518381817dfd4664a3161a9",
    4: "75944647d4b1b52462117276c24975f2aa9dc6b7ea67510ad3ab1b2adc7bce1c",
    5: "6dd8f101be3a5d6729966c9955f41e7b86b1fa3b9ab4e2b7045a36fed4e1b8aa",
    6: "c9f5a66004ea3a9076c4e1cf01c48a42c54715dcaa2e03a96c8ec6127ba1ec3f",
}
"""Per schema version what :func:`schema_fingerprint` gives for an untouched library."""

_NAME = r'[\["]?\w+[\]"]?'
_COLUMN = rf"{_NAME} (?:TEXT|INTEGER)(?: PRIMARY KEY)?"
_MIGRATION_RECORD = re.compile(
    rf'CREATE TABLE [\["]?_sqlite_migrations[\]"]?\s*\(\s*{_COLUMN}(?:,\s*{_COLUMN})*\s*\)'
    rf'|CREATE UNIQUE INDEX {_NAME}\s+ON [\["]?_sqlite_migrations[\]"]?\s*'
    rf"\({_NAME}(?:,\s*{_NAME})*\)"
)
"""The table in which sqlite-utils notes migrations; the wording belongs to that library."""

_OF_SQLITE = frozenset(
    {
        "CREATE TABLE sqlite_sequence(name,seq)",
        "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
        "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
    }
)
_LONGEST_OF_THEM = 1000


def schema_text(connection: sqlite3.Connection) -> str:
    """Every table, index, trigger and view that is there, in a fixed order.

    Left out is what SQLite and sqlite-utils make on their own. That is told by its wording alone:
    SQLite goes by the statement, whatever kind and name are written beside it, and a trigger
    smuggled into a file would run whenever we write.
    """
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_master ORDER BY tbl_name, type <> 'table', type, name"
    )
    return "".join(
        f"{kind} {name};\n" if sql is None else f"{sql};\n"
        for kind, name, sql in rows
        if not _is_made_by_others(kind, name, sql)
    )


def _is_made_by_others(kind: object, name: object, sql: object) -> bool:
    if sql is None:  # the index of a PRIMARY KEY or UNIQUE
        return kind == "index" and str(name).startswith("sqlite_autoindex_")
    if not isinstance(sql, str) or len(sql) > _LONGEST_OF_THEM:
        return False
    return sql in _OF_SQLITE or _MIGRATION_RECORD.fullmatch(sql) is not None


def schema_fingerprint(connection: sqlite3.Connection) -> str:
    """SHA-256 of :func:`schema_text`, 64 hexadecimal digits."""
    return hashlib.sha256(schema_text(connection).encode("utf-8", "replace")).hexdigest()
