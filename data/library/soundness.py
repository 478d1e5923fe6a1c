"""Detects stored values that were altered: digests, change log, files.

Every function yields a short remark per fault and ``None`` for what is sound, where the caller
may pause.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from itertools import chain
from typing import Any

from data.library import columns, first_digests
from data.library.columns import Columns
from data.library.completeness import missing
from data.library.hash_chain import broken_links, combined, content_digest

Remarks = Iterator[str | None]


def remarks(connection: sqlite3.Connection) -> Remarks:
    """All that is wrong with rows, sessions, log and files, whatever the schema version.

    Libraries are checked before they are upgraded, too. Columns and tables that are not there yet
    have their defaults.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version <= first_digests.LAST_SCHEMA_VERSION:
        rows = first_digests.altered_rows(connection)
    else:
        rows = chain(_altered_rows(connection), _broken_links(connection))
    return chain(
        rows,
        missing(connection),
        _altered_documents(connection),
        _altered_sessions(connection),
        _altered_files(connection),
    )


def is_altered(connection: sqlite3.Connection, session_id: str) -> bool:
    """True if a session's rows were altered, or do not match its log."""
    digests = []
    tables = columns.digested_tables()
    for table, key in columns.SESSION_TABLES.items():
        rest = f"FROM {table} WHERE {key} = ?"
        for is_sound, stored, _ in _compared(connection, tables[table], rest, (session_id,)):
            if not is_sound:
                return True
            digests.append(stored)
    last = connection.execute(
        "SELECT state FROM change_log WHERE session_id = ? ORDER BY seq DESC", (session_id,)
    ).fetchone()
    return bool(digests) and (last is None or combined(digests) != last[0])


def _altered_rows(connection: sqlite3.Connection) -> Remarks:
    for table, known in columns.digested_tables().items():
        present = _columns_of(connection, table)
        there = {name: default for name, default in known.items() if name in present}
        if there:
            for is_sound, _, first in _compared(connection, there, f"FROM {table}"):
                yield None if is_sound else f"{table} {first}"


def _compared(
    connection: sqlite3.Connection, known: Columns, rest: str, parameters: tuple[Any, ...] = ()
) -> Iterator[tuple[bool, str, Any]]:
    """Per row: if its digest fits, the digest, and the first value."""
    sql = f"SELECT {', '.join(known)}, row_digest {rest}"
    for *values, stored in connection.execute(sql, parameters):
        yield columns.digest_in_order(known, values) == stored, stored, values[0]


def _columns_of(connection: sqlite3.Connection, table: str) -> set[str]:
    return {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}


def _broken_links(connection: sqlite3.Connection) -> Remarks:
    for seq in broken_links(
        connection.execute(f"SELECT {columns.LOG} FROM change_log ORDER BY seq")
    ):
        yield None if seq is None else f"change_log {seq}"


def _altered_documents(connection: sqlite3.Connection) -> Remarks:
    """Models and mappings that are not those of their digests."""
    for table in ("model", "mapping"):
        if not _columns_of(connection, table):
            continue
        for digest, document in connection.execute(f"SELECT digest, document FROM {table}"):
            is_sound = hashlib.sha256(document.encode("utf-8")).hexdigest() == digest
            yield None if is_sound else f"{table} {digest}"


def _altered_sessions(connection: sqlite3.Connection) -> Remarks:
    """Sessions whose rows do not match their last change."""
    stored: dict[str, list[str]] = {}
    for table, key in columns.SESSION_TABLES.items():
        if not _columns_of(connection, table):
            continue
        for session_id, digest in connection.execute(f"SELECT {key}, row_digest FROM {table}"):
            stored.setdefault(session_id, []).append(digest)
            yield None
    last = dict(
        connection.execute(
            "SELECT session_id, state FROM change_log WHERE seq IN (SELECT max(seq)"
            " FROM change_log WHERE session_id IS NOT NULL GROUP BY session_id)"
        )
    )
    for session_id, digests in stored.items():
        is_sound = combined(digests) == last.get(session_id)
        yield None if is_sound else f"session {session_id}"


def _altered_files(connection: sqlite3.Connection) -> Remarks:
    for digest, content in connection.execute("SELECT digest, content FROM file"):
        yield None if content_digest(content) == digest else f"file {digest}"
