"""Plain SQL on a library's connection, for the classes that own its tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from data.library.columns import Row


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
