"""A small model, an open library with a session on it, and failing disks."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.model.maturity_model import (
    Area,
    Dimension,
    Level,
    LevelDescription,
    LocalText,
    MaturityModel,
)
from app.session.session import NewSession, Session
from data.library import opening
from data.library.database import Connection
from data.library.library import SqliteLibrary, open_library

REPOSITORY = Path(__file__).resolve().parents[2]


def make_model(model_id: str = "small", version: str = "1", areas: int = 2) -> MaturityModel:
    """Two dimensions with ``areas`` areas each, five levels; areas are named ``people.0`` ..."""

    def text(words: str) -> LocalText:
        return LocalText.of(de=f"{words} (de)", en=words)

    def area(area_id: str) -> Area:
        levels = tuple(LevelDescription(n, text(f"{area_id} {n}")) for n in range(1, 6))
        return Area(area_id, text(area_id), text(area_id), levels=levels)

    dimensions = tuple(
        Dimension(name, text(name), areas=tuple(area(f"{name}.{i}") for i in range(areas)))
        for name in ("people", "process")
    )
    levels = tuple(Level(n, text(f"Level {n}")) for n in range(1, 6))
    return MaturityModel(model_id, version, ("de", "en"), text("Small"), levels, dimensions)


class FailingConnection(Connection):
    """Fails on statements like a full or broken disk.

    ``refuse`` is the beginning of the statement that fails, ``code`` SQLite's error code. With
    ``after`` the statement is executed first, and then the error raised. With ``once``
    the disk works again afterwards.
    """

    refuse = ""
    code = sqlite3.SQLITE_FULL
    after = False
    once = False

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        refused = bool(self.refuse) and sql.startswith(self.refuse)
        if refused and self.once:
            self.refuse = ""
        if refused and not self.after:
            raise self._error()
        cursor = super().execute(sql, *parameters)
        if refused:
            raise self._error()
        return cursor

    def _error(self) -> sqlite3.OperationalError:
        error = sqlite3.OperationalError("as a disk says it")
        error.sqlite_errorcode = self.code
        return error


@pytest.fixture(scope="session")
def new_model() -> Callable[..., MaturityModel]:
    return make_model


@pytest.fixture
def library_path(tmp_path: Path) -> Path:
    return tmp_path / "work.stufenplan"


@pytest.fixture
def library(library_path: Path) -> Iterator[SqliteLibrary]:
    opened = open_library(library_path, create=True)
    yield opened
    opened.close()


@pytest.fixture
def session(library: SqliteLibrary) -> Session:
    return library.create_session(new_session())


@pytest.fixture
def closed_library(library: SqliteLibrary, session: Session) -> Path:
    """A closed library with one session."""
    assert session
    library.close()
    return library.path


def new_session(**values: Any) -> NewSession:
    given = {"organisation": "Acme", "model": make_model(), "title": "Workshop", **values}
    return NewSession(**{"date": date(2026, 11, 23), **given})


@pytest.fixture(scope="session")
def a_session() -> Callable[..., NewSession]:
    return new_session


@pytest.fixture
def failing_library(
    library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[SqliteLibrary, FailingConnection]]:
    """A library, and its connection, which fails on chosen statements."""
    connect = sqlite3.connect

    def connect_to_failing(name: Any, **options: Any) -> sqlite3.Connection:
        return connect(name, **{**options, "factory": FailingConnection})

    monkeypatch.setattr(opening.sqlite3, "connect", connect_to_failing)
    opened = open_library(library_path, create=True)
    connection: Any = opened._connection
    yield opened, connection
    connection.refuse = ""
    opened.close()


@pytest.fixture
def in_another_process() -> Callable[..., subprocess.Popen[str]]:
    """Start Python code in a separate process with our packages on its path."""

    def start(code: str, *arguments: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", code, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        )

    return start
