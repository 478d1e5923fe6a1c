"""Integrity check of a library, at once or in slices that keep the window responsive."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from app.errors import AppError, UnusableLibrary
from data.library.columns import digested_tables
from data.library.storage_errors import UNREADABLE, as_sentences, damaged

if TYPE_CHECKING:
    from data.library.store import Store

SLICE_SECONDS = 0.02
"""Duration of a slice: about a frame or two of the screen."""

MOST_FAULTS = 20
"""A check stops after so many."""


def faults_of(connection: sqlite3.Connection, path: Path) -> tuple[AppError, ...]:
    """Every fault in a library's structure, references, digests, files and log."""
    return tuple(fault for fault in faults_in_steps(connection, path) if fault)


def faults_in_steps(connection: sqlite3.Connection, path: Path) -> Iterator[AppError | None]:
    """Like :func:`faults_of`; the caller may pause at each ``None``, mostly after 0.1 ms or less.

    Nothing may be written until the end is reached: rows and log would be of different moments.
    """
    from data.library import soundness

    found = 0
    try:
        for fault in check_structure(connection, path):
            yield fault
            if fault is not None:
                return
        for remark in soundness.remarks(connection):
            yield None if remark is None else damaged(path, remark)
            found += remark is not None
            if found == MOST_FAULTS:
                return
    except UNREADABLE as error:
        # A text that is no longer text: the row cannot even be read.
        yield damaged(path, str(error))


def check_structure(connection: sqlite3.Connection, path: Path) -> Iterator[AppError | None]:
    """SQLite's own checks and that of the references; each ``None`` is a place to rest.

    SQLite cannot rest within a check, so there is a quick one of all pages and rows (the only one
    that sees pages that are used twice or not at all), then the full one of each table and its
    indexes. Together they find what the full check of the whole file finds. The quick one ends at
    the first fault: in a file that was made up there may be endlessly many ways to the next.

    Of rows that carry a digest the ``CHECK`` rules are left out, which take most of the time: the
    digest says that the values are those that were written, and they were written by these rules.
    """
    sql = "SELECT name FROM sqlite_master WHERE type = 'table'"
    tables = [name for (name,) in connection.execute(sql)]
    digested = {*digested_tables(), "change_log"}
    checks = [("quick_check(1)", False)]
    checks += [(f'integrity_check("{name}")', name not in digested) for name in tables]
    for check, with_rules in checks:
        found = _found_by(connection, check, with_rules)
        if found != ["ok"]:
            yield damaged(path, _first_finding(found[0]))
            return
        yield None
    for name in tables:
        row = connection.execute(f'PRAGMA foreign_key_check("{name}")').fetchone()
        if row is not None:
            yield damaged(path, f"{row[0]} {row[1]} -> {row[2]}")
            return
        yield None


def _first_finding(text: str) -> str:
    """The first line of SQLite's answer that says something; a heading comes before it."""
    lines = [line for line in text.splitlines() if not line.startswith("***")]
    return lines[0] if lines else text


def _found_by(connection: sqlite3.Connection, check: str, with_rules: bool) -> list[str]:
    if not with_rules:
        connection.execute("PRAGMA ignore_check_constraints = ON")
    try:
        return [text for (text,) in connection.execute(f"PRAGMA {check}")]
    finally:
        connection.execute("PRAGMA ignore_check_constraints = OFF")


def histories_in_steps(store: Store, path: Path) -> Iterator[AppError | None]:
    """Every session whose log does not lead to its figures; the caller may pause at ``None``."""
    from data.library import histories

    found = 0
    for remark in histories.remarks(store):
        yield None if remark is None else damaged(path, remark)
        found += remark is not None
        if found == MOST_FAULTS:
            return


class SlicedCheck:
    """The check of an open library and its verdict.

    ``when_done`` is called once the verdict is there.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, store: Store) -> None:
        self._connection = connection
        self._path = path
        self._store = store
        self._is_thorough = False
        self.when_done: Callable[[], None] = lambda: None
        self._steps: Iterator[AppError | None] | None = None
        self._found: list[AppError] = []
        self.verdict: tuple[AppError, ...] | None = None

    def begin(self) -> None:
        """Start again, from now on slice by slice, and follow the log of each session as well."""
        self.restart()
        self._is_thorough = True

    def restart(self) -> None:
        """Start again with what is checked at each opening."""
        self.drop()
        self.verdict = None
        self._is_thorough = False

    def next_slice(self) -> tuple[AppError, ...] | None:
        """Go on for about 20 ms; ``None`` while there is more to check, afterwards the verdict.

        SQLite's own part comes in pieces that may take longer.
        """
        return self._go_on(monotonic() + SLICE_SECONDS)

    def finish(self) -> tuple[AppError, ...]:
        """The verdict, after the rest of the check."""
        found = self._go_on(float("inf"))
        return () if found is None else found

    def drop(self) -> None:
        """Cancel a check that is under way; its open statements would block what follows."""
        self._steps, self._found = None, []

    def _all_steps(self) -> Iterator[AppError | None]:
        yield from faults_in_steps(self._connection, self._path)
        # In a file with faults the logs are not worth following.
        if self._is_thorough and not self._found:
            yield from histories_in_steps(self._store, self._path)

    def _go_on(self, until: float) -> tuple[AppError, ...] | None:
        if self.verdict is not None:
            return self.verdict
        if self._steps is None:
            self._steps, self._found = self._all_steps(), []
        try:
            with as_sentences(self._path):
                for fault in self._steps:
                    if fault is not None:
                        self._found.append(fault)
                    elif monotonic() >= until:
                        return None
        except UnusableLibrary as error:
            self._found.append(error)
        except BaseException:
            self.drop()
            raise
        self.verdict = tuple(self._found)
        self.drop()
        self.when_done()
        return self.verdict
