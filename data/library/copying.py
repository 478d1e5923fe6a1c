"""Copies a large library row by row, in steps between which it can be written to.

SQLite's online backup copies pages and can do so in steps, but Python runs all of them in one
call. A copy of rows is equal in all that is stored; the check that follows proves it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

from app.errors import AppError
from data.files import sync_file
from data.library.check import faults_in_steps
from data.library.database import connect
from data.library.storage_errors import damaged

LARGEST_AT_ONCE = 32 * 1024**2
"""Smaller libraries are copied in one step, which takes less than 0.1 s."""

APPEND_ONLY = ("file", "change_log")
"""Tables whose rows never change once they are there."""

_BYTES_PER_SYNC = 16 * 1024**2
_ROWS_AT_ONCE = {"file": 1}  # of up to 10 MB
_OTHERS_AT_ONCE = 200
_TRIES_IN_STEPS = 5
_WAIT_SECONDS = 0.005


def size_of(connection: sqlite3.Connection) -> int:
    """Size of a database in bytes."""
    return _pragma(connection, "page_count") * _pragma(connection, "page_size")


def copy_in_steps(source: sqlite3.Connection, file: Path) -> Iterator[None]:
    """Copy everything to an empty file; a step takes some 20 ms, more on a slow disk.

    ``source`` may be written to between the steps, by this connection. The copy is of one moment.
    Raises ``UnusableLibrary`` for rows that contradict each other.
    """
    with closing(connect(file)) as target:
        try:
            yield from _Copying(source, target, file).steps()
        except sqlite3.IntegrityError as error:
            raise damaged(file, str(error)) from error


def faults_from_thread(file: Path, path: Path) -> Iterator[AppError | None]:
    """Check a closed copy in a thread of its own, because SQLite's checks cannot be interrupted.

    ``None`` while it is under way; the first fault, if any, comes last. Closing cancels it.
    """
    from concurrent.futures import ThreadPoolExecutor, wait

    stop = Event()
    with ThreadPoolExecutor(1) as worker:
        found = worker.submit(_first_fault, file, path, stop)
        try:
            while not found.done():
                wait([found], timeout=_WAIT_SECONDS)
                yield None
        finally:
            stop.set()
    yield found.result()


def _first_fault(file: Path, path: Path, stop: Event) -> AppError | None:
    with closing(connect(file)) as copy:
        copy.execute("PRAGMA trusted_schema = OFF")
        for fault in faults_in_steps(copy, path):
            if fault is not None or stop.is_set():
                return fault
    return None


@dataclass(slots=True)
class _Table:
    """A table and how to go on reading it: the columns of its key, and the last key copied."""

    name: str
    columns: Sequence[str]
    key: Sequence[str]
    last: Sequence[Any] = ()


class _Copying:
    """One copy that is under way."""

    def __init__(self, source: sqlite3.Connection, target: sqlite3.Connection, file: Path) -> None:
        self._source = source
        self._target = target
        self._file = file
        self._synced = 0

    def steps(self) -> Iterator[None]:
        self._begin()
        tables = [_table(self._source, name) for (name,) in self._made("table", "name")]
        growing = [table for table in tables if table.name in APPEND_ONLY]
        others = [table for table in tables if table.name not in APPEND_ONLY]
        for _ in self._new_rows(growing):
            self._sync_in_parts()
            yield
        yield from self._moment(growing, others)
        for (sql,) in self._made("trigger", "sql"):
            self._target.execute(sql)
        self._target.execute("COMMIT")
        self._target.execute("PRAGMA ignore_check_constraints = OFF")

    def _begin(self) -> None:
        """Create tables and indexes; their rules were obeyed when the rows were first written."""
        for pragma in ("page_size", "application_id", "user_version"):
            self._target.execute(f"PRAGMA {pragma} = {_pragma(self._source, pragma)}")
        for setting in ("journal_mode = MEMORY", "synchronous = OFF", "foreign_keys = OFF"):
            self._target.execute(f"PRAGMA {setting}").fetchone()
        self._target.execute("PRAGMA ignore_check_constraints = ON")
        self._target.execute("BEGIN")
        for kind in ("table", "index"):
            for (sql,) in self._made(kind, "sql"):
                self._target.execute(sql)

    def _made(self, kind: str, column: str) -> list[tuple[str]]:
        """Objects of the schema without those that SQLite adds itself."""
        return self._source.execute(
            f"SELECT {column} FROM sqlite_master WHERE type = ? AND sql IS NOT NULL"
            " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid",
            (kind,),
        ).fetchall()

    def _moment(self, growing: list[_Table], others: list[_Table]) -> Iterator[None]:
        """Copy what is new and all that may change, again if something was written meanwhile."""
        for number in range(_TRIES_IN_STEPS + 1):
            before = self._source.total_changes
            for table in others:
                self._target.execute(f'DELETE FROM "{table.name}"')
                table.last = ()
            for _ in self._new_rows([*growing, *others]):
                if number < _TRIES_IN_STEPS:
                    yield
            if self._source.total_changes == before:
                return

    def _new_rows(self, tables: list[_Table]) -> Iterator[None]:
        for table in tables:
            while rows := self._next_rows(table):
                marks = ", ".join("?" * len(table.columns))
                names = ", ".join(f'"{name}"' for name in table.columns)
                sql = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'
                self._target.executemany(sql, [row[len(table.key) :] for row in rows])
                table.last = rows[-1][: len(table.key)]
                yield

    def _next_rows(self, table: _Table) -> list[tuple[Any, ...]]:
        """The next rows in the order of the key, each with the key before it."""
        key = ", ".join(f'"{name}"' for name in table.key)
        names = ", ".join(f'"{name}"' for name in (*table.key, *table.columns))
        marks = ", ".join("?" * len(table.key))
        after = f"WHERE ({key}) > ({marks})" if table.last else ""
        sql = f'SELECT {names} FROM "{table.name}" {after} ORDER BY {key} LIMIT ?'
        most = _ROWS_AT_ONCE.get(table.name, _OTHERS_AT_ONCE)
        return self._source.execute(sql, (*table.last, most)).fetchall()

    def _sync_in_parts(self) -> None:
        """Let the disk keep up: all of it at the end would take seconds on a slow one."""
        if size_of(self._target) - self._synced >= _BYTES_PER_SYNC:
            self._target.execute("COMMIT")
            sync_file(self._file)
            self._target.execute("BEGIN")
            self._synced = size_of(self._target)


def _table(source: sqlite3.Connection, name: str) -> _Table:
    """Rows keep their number, because some are read in its order."""
    found = source.execute(f'PRAGMA table_info("{name}")').fetchall()
    names = [row[1] for row in found]
    key = [row[1] for row in sorted(found, key=lambda row: row[5]) if row[5]]
    (has_no_number,) = source.execute(
        "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?", (name,)
    ).fetchone()
    if has_no_number:
        return _Table(name, names, key)
    is_number = len(key) == 1 and next(row[2] for row in found if row[5]).upper() == "INTEGER"
    return _Table(name, names if is_number else ("rowid", *names), ("rowid",))


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)
