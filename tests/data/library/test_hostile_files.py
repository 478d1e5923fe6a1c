"""Files made up to run rules of their own when we write, or to keep us busy without end."""

from __future__ import annotations

import sqlite3
import struct
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import AppError, NewerFile, UnusableLibrary
from data.library import opening, patience
from data.library.backups import restore_backup
from data.library.library import SqliteLibrary, open_library

TRIGGER = "CREATE TRIGGER {} AFTER INSERT ON rating BEGIN UPDATE rating SET level = 1; END"
ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    " SELECT i, i AS app_version FROM n WHERE i < 0"
)
LIKE_AN_INDEX = "sqlite_autoindex_rating_2"
NOT_OURS = "not from Stufenplan"

Refusal = Callable[[Path], None]


def smuggle(path: Path, kind: str, name: str, table: str, sql: str | bytes | None) -> None:
    """Write a row into the list of tables, as no SQL statement would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES (?,?,?,0,?)",
            (kind, name, table, sql),
        )
        (version,) = connection.execute("PRAGMA schema_version").fetchone()
        connection.execute(f"PRAGMA schema_version = {version + 1}")


def by_opening(path: Path) -> None:
    open_library(path, check=False).close()


def by_merging(path: Path) -> None:
    ours = open_library(path.with_name("ours.stufenplan"), create=True)
    try:
        ours.merge(path)
    finally:
        ours.close()


def by_restoring(path: Path) -> None:
    restore_backup(path, path.with_name("restored.stufenplan"))


WAYS_IN = pytest.mark.parametrize("way_in", [by_opening, by_merging, by_restoring])


@WAYS_IN
@pytest.mark.parametrize(
    ("kind", "name", "table", "sql"),
    [
        ("trigger", LIKE_AN_INDEX, "rating", TRIGGER.format(LIKE_AN_INDEX)),
        ("trigger", "sqlite_stat1", "rating", TRIGGER.format("sqlite_stat1")),
        ("table", "_sqlite_migrations", "_sqlite_migrations", TRIGGER.format("t")),
        ("index", "idx", "_sqlite_migrations", TRIGGER.format("t")),
        ("index", "sqlite_autoindex_rating_2", "rating", TRIGGER.format("t")),
        ("view", "sqlite_stat4", "sqlite_stat4", f"CREATE VIEW sqlite_stat4 AS {ENDLESS}"),
        ("view", "v", "_sqlite_migrations", f"CREATE VIEW v AS {ENDLESS}"),
        ("table", "sqlite_v", "sqlite_v", "CREATE VIRTUAL TABLE sqlite_v USING fts5(a)"),
        ("index", "sqlite_i", "rating", "CREATE INDEX sqlite_i ON rating (abs(level))"),
        ("table", "sqlite_t", "sqlite_t", "CREATE TABLE sqlite_t (a DEFAULT (random()))"),
        (
            "table",
            "_sqlite_migrations",
            "_sqlite_migrations",
            'CREATE TABLE "_sqlite_migrations" ("id" INTEGER PRIMARY KEY, "a" TEXT AS (hex(1)))',
        ),
    ],
)
def test_what_is_not_ours_is_refused_whatever_it_is_called(
    closed_library: Path, way_in: Refusal, kind: str, name: str, table: str, sql: str
) -> None:
    smuggle(closed_library, kind, name, table, sql)
    before = closed_library.read_bytes()
    with pytest.raises(UnusableLibrary):
        way_in(closed_library)
    assert closed_library.read_bytes() == before


def test_a_trigger_with_the_name_of_an_index_never_runs(closed_library: Path) -> None:
    smuggle(closed_library, "trigger", LIKE_AN_INDEX, "rating", TRIGGER.format(LIKE_AN_INDEX))
    with pytest.raises(UnusableLibrary, match=NOT_OURS):
        open_library(closed_library)


def test_what_sqlite_makes_for_itself_is_no_reason_to_refuse(closed_library: Path) -> None:
    with closing(sqlite3.connect(closed_library)) as connection:
        connection.execute("ANALYZE")
    library = open_library(closed_library)
    assert library.check() == ()
    library.close()


# ---- without end ------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "OPENING_SECONDS", 0.5)
    monkeypatch.setattr("data.library.access.READING_SECONDS", 0.5)
    assert patience.OPENING_SECONDS <= 5
    assert patience.READING_SECONDS <= 10


def root_of(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (root,) = connection.execute(sql, [table]).fetchone()
    return int(root)


def weave_without_end(path: Path, root: int, *, fan: int = 3, depth: int = 18) -> None:
    """Let each page of a tree refer ``fan`` times to the next: 3 to the 18th ways to the end."""
    content = bytearray(path.read_bytes())
    (size,) = struct.unpack(">H", content[16:18])
    start = 100 if root == 1 else 0
    leaf = bytearray(content[(root - 1) * size : root * size])
    pages = [len(content) // size + 1 + number for number in range(depth)]

    def inner(below: int, offset: int) -> bytes:
        page = bytearray(size)
        places = [size - 5 * (number + 1) for number in range(fan)]
        page[offset : offset + 12] = struct.pack(">BHHHBI", 5, 0, fan, places[-1], 0, below)
        for number, place in enumerate(places):
            struct.pack_into(">H", page, offset + 12 + 2 * number, place)
            struct.pack_into(">IB", page, place, below, number + 1)
        return bytes(page)

    first = bytearray(inner(pages[0], start))
    if root == 1:
        first[:100] = content[:100]
        shifted = bytearray(size)  # the leaf of the first page, without the header
        shifted[: size - 100] = leaf[100:]
        leaf = shifted
    content[(root - 1) * size : root * size] = first
    for below in pages[1:]:
        content += inner(below, 0)
    content += leaf
    content[28:32] = struct.pack(">I", len(content) // size)
    path.write_bytes(content)


def seconds_of(act: Callable[[], object]) -> float:
    """Processor time of something that is refused."""
    start = time.thread_time()
    with pytest.raises(AppError):
        act()
    return time.thread_time() - start


@pytest.mark.slow
def test_a_list_that_refers_to_itself_without_end_is_given_up(closed_library: Path) -> None:
    weave_without_end(closed_library, root_of(closed_library, "model"))
    library = open_library(closed_library, check=False)
    assert seconds_of(library.models) < 3
    with pytest.raises(UnusableLibrary, match="far too long"):
        library.models()
    assert library.check()
    library.close()


@WAYS_IN
def test_a_list_of_tables_without_end_is_given_up(closed_library: Path, way_in: Refusal) -> None:
    weave_without_end(closed_library, 1)
    assert seconds_of(lambda: way_in(closed_library)) < 5


def test_a_tree_without_end_fails_the_check_at_once(closed_library: Path) -> None:
    weave_without_end(closed_library, root_of(closed_library, "change_log"))
    assert seconds_of(lambda: open_library(closed_library)) < 3


@WAYS_IN
def test_the_version_of_a_newer_file_is_not_sought_without_end(
    closed_library: Path, way_in: Refusal
) -> None:
    with closing(sqlite3.connect(closed_library, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET type = 'view', rootpage = 0, sql = ?"
            " WHERE name = 'library_info'",
            [f"CREATE VIEW library_info AS {ENDLESS}"],
        )
        connection.execute("PRAGMA user_version = 99")
    start = time.thread_time()
    with pytest.raises(NewerFile):
        way_in(closed_library)
    assert time.thread_time() - start < 3


def test_a_sound_library_is_read_without_a_limit(library: SqliteLibrary) -> None:
    assert library.check() == ()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3000000)"
    with library._access.reading() as store:
        assert store.log.row(f"{endless} SELECT count(*) FROM n") == (3000000,)
