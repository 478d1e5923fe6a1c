"""Plain SQL on a library's connection, for the classes that own its tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakSet

from data.library.columns import Row

Item = TypeVar("Item")


class Connection(sqlite3.Connection):
    """A connection that is really closed by :meth:`close`.

    SQLite keeps file and lock as long as a statement is not finished, and the traceback of an
    error may hold one until Python collects garbage.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()
        super().__init__(*arguments, **options)

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run a statement; its cursor is known until nobody needs it any more."""
        cursor = super().execute(sql, parameters)
        self._cursors.add(cursor)
        return cursor

    def close(self) -> None:
        """End every statement and close the file. Idempotent."""
        for cursor in tuple(self._cursors):
            with suppress(sqlite3.Error):
                cursor.close()
        super().close()


def connect(database: str | Path, *, uri: bool = False, timeout: float = 5.0) -> sqlite3.Connection:
    """Open a file with SQLite; transactions are explicit."""
    return sqlite3.connect(
        database, uri=uri, timeout=timeout, isolation_level=None, factory=Connection
    )


class Tables:
    """Base of the classes that read and write tables, inside a transaction of the caller."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query."""
        return self.connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first row of a query, or ``None``."""
        return self.connection.execute(sql, parameters).fetchone()

    def has(self, table: str, column: str, value: str) -> bool:
        """True if a row has this value."""
        return self.row(f"SELECT 1 FROM {table} WHERE {column} = ?", (value,)) is not None

    def insert(self, table: str, row: Row, verb: str = "INSERT") -> None:
        """Insert a row."""
        marks = ", ".join("?" * len(row))
        sql = f"{verb} INTO {table} ({', '.join(row)}) VALUES ({marks})"
        self.connection.execute(sql, tuple(row.values()))

    def update(self, table: str, row: Row) -> None:
        """Write the values of a row that is told by its ``id``."""
        settings = ", ".join(f"{name} = ?" for name in row)
        self.connection.execute(
            f"UPDATE {table} SET {settings} WHERE id = ?", (*row.values(), row["id"])
        )

    def records(
        self, columns: Iterable[str], rest: str, parameters: Sequence[Any]
    ) -> Iterator[Row]:
        """Rows by column; ``rest`` is the query from ``FROM`` on."""
        names = tuple(columns)
        sql = f"SELECT {', '.join(names)} {rest}"
        for values in self.connection.execute(sql, parameters).fetchall():
            yield dict(zip(names, values, strict=True))


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, and on the disk when it is left."""
    connection.execute("BEGIN")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # the error may have ended it
            connection.execute("ROLLBACK")
        raise


def in_parts(items: Sequence[Item], size: int = 500) -> Iterator[Sequence[Item]]:
    """The items in order, at most so many at a time: a statement takes few parameters."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
