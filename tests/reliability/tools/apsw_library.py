"""Runs the real library on a file layer of our own, which can fail, or record what happens.

SQLite lets a program put its own file layer (VFS) in; Python's ``sqlite3`` does not offer it, APSW
does. So an APSW connection is dressed up as one of ``sqlite3``, as far as the library needs it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import apsw
import pytest
from power_loss import Create, Operation, Remove, Sync, Truncate, Write

from data.library import opening

Judge = Callable[[Operation], None]
"""Called before every operation; raises an APSW error to make it fail."""


class _File(apsw.VFSFile):
    def __init__(self, vfs: _Files, name: Any, flags: list[int]) -> None:
        self._vfs = vfs
        path = Path(name.filename() if isinstance(name, apsw.URIFilename) else str(name))
        self._name = path.name
        if flags[0] & apsw.SQLITE_OPEN_CREATE and not path.exists():
            vfs.judge(Create(self._name))
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._vfs.judge(Write(self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        self._vfs.judge(Truncate(self._name, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        self._vfs.judge(Sync(self._name))
        super().xSync(flags)


class _Files(apsw.VFS):
    """The default file layer with a judge in between."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.layer = f"judged-{id(self)}"
        super().__init__(self.layer, "")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        return _File(self, name, flags)

    def xDelete(self, name: str, sync_folder: bool) -> None:
        self.judge(Remove(Path(name).name))
        super().xDelete(name, sync_folder)
        if sync_folder:
            self.judge(Sync())


class _Rows:
    """A cursor as ``sqlite3`` has them: the statement has begun when it is made."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        try:
            self.description: Any = cursor.description
        except apsw.ExecutionCompleteError:
            self.description = None

    def fetchone(self) -> Any:
        with _translated():
            return next(self._cursor, None)

    def fetchall(self) -> list[Any]:
        with _translated():
            return list(self._cursor)

    def __iter__(self) -> Iterator[Any]:
        with _translated():
            yield from self._cursor


class Connection:
    """An APSW connection with the methods of a ``sqlite3`` one that the library uses."""

    def __init__(self, path: Path, layer: str) -> None:
        flags = apsw.SQLITE_OPEN_READWRITE
        self._connection = apsw.Connection(str(path), flags=flags, vfs=layer)

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> _Rows:
        with _translated():
            return _Rows(self._connection.execute(sql, parameters))

    def close(self) -> None:
        with suppress(apsw.Error):  # sqlite3 does not report failures here either
            self._connection.close(True)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except apsw.ConstraintError as error:
        raise sqlite3.IntegrityError(str(error)) from error
    except apsw.Error as error:
        translated = sqlite3.OperationalError(str(error))
        translated.sqlite_errorcode = getattr(error, "extendedresult", 0) or 1
        raise translated from error


@contextmanager
def judged_files(judge: Judge) -> Iterator[None]:
    """Libraries opened in this context report every file operation to the judge."""
    files = _Files(judge)

    def connect(path: Path) -> Connection:
        url = urlparse(path.resolve().as_uri())
        return Connection(Path(unquote(url.path)), files.layer)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "_connect", connect)
        try:
            yield
        finally:
            files.unregister()
