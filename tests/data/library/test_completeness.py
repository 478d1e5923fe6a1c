"""Missing rows are found like altered ones, also where all digests were recomputed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from app.errors import AppError, UnusableLibrary
from app.session.session import NewSession, Session
from app.workshop.workshop import Workshop
from data.library import columns
from data.library.backups import list_backups, restore_backup
from data.library.hash_chain import FIRST_LINK, combined, content_hash, link
from data.library.library import SqliteLibrary, open_library

NewSessions = Callable[..., NewSession]


@pytest.fixture
def full(library: SqliteLibrary, session: Session, tmp_path: Path, a_session: NewSessions) -> Path:
    """A closed library with all kinds of content; its last log row belongs to no session."""
    proof = tmp_path / "proof.txt"
    proof.write_bytes(b"seen")
    workshop = Workshop(session, library)
    workshop.set_level("people.0", 2)
    workshop.set_level("people.0", 3)
    workshop.undo()
    workshop.add_file("people.0", proof)
    workshop.add_checkpoint("Noon")
    library.create_session(a_session(unit="IT/Team", title="Second"))
    library.archive_session(session.id)
    library.archive_session(session.id, False)
    library.add_organisation("Unused")
    assert library.check() == ()
    library.close()
    return library.path


@contextmanager
def tampered(path: Path) -> Iterator[sqlite3.Connection]:
    """The library as another tool opens it, without references and rules of the log."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in triggers:
            connection.execute(sql)


def recompute(connection: sqlite3.Connection) -> None:
    """Digests of all rows, states of all sessions and links of the log: none of them has a key."""
    states: dict[str, list[str]] = {}
    for table, known in columns.digested_tables().items():
        key = columns.SESSION_TABLES.get(table)
        names = ", ".join(known)
        for values in connection.execute(f"SELECT {names} FROM {table}").fetchall():
            row = dict(zip(known, values, strict=True))
            digest = columns.digest_of(known, row)
            where = " AND ".join(f"{name} IS ?" for name in known)
            connection.execute(
                f"UPDATE {table} SET row_digest = ? WHERE {where}", (digest, *values)
            )
            if key is not None:
                states.setdefault(row[key], []).append(digest)
    last = dict(connection.execute("SELECT session_id, max(seq) FROM change_log GROUP BY 1"))
    previous = FIRST_LINK
    sql = f"SELECT {columns.LOG} FROM change_log ORDER BY seq"
    for seq, row_id, session_id, at, offset, origin, *rest in connection.execute(sql).fetchall():
        reverses, merge_key, content, state = rest[:4]
        if session_id in states and last[session_id] == seq:
            state = combined(states[session_id])
        hashed = content_hash(session_id, reverses, merge_key, content, state)
        linked = link(previous, seq, row_id, at, offset, origin, hashed)
        connection.execute(
            "UPDATE change_log SET state=?, content_hash=?, previous=?, hash=? WHERE seq=?",
            (state, hashed, previous, linked, seq),
        )
        previous = linked


def faults(path: Path) -> tuple[AppError, ...]:
    try:
        library = open_library(path, check=False)
    except UnusableLibrary as error:
        return (error,)
    found = library.check()
    library.close()
    return found


def test_a_full_library_is_sound(full: Path) -> None:
    assert faults(full) == ()


LAST = "seq = (SELECT max(seq) FROM change_log)"
OTHERS = "session_id = (SELECT id FROM session WHERE title = 'Second')"


@pytest.mark.parametrize(
    "statements",
    [
        ("DELETE FROM file",),
        ("UPDATE file SET digest = hex(randomblob(32)), content = x'61626364'",),
        ("INSERT INTO file VALUES (lower(hex(randomblob(32))), 0, x'')",),
        ("DELETE FROM position",),
        (f"DELETE FROM position WHERE {OTHERS}",),
        ("DELETE FROM library_info",),
        ("DELETE FROM organisation WHERE name = 'Unused'",),
        ("DELETE FROM unit WHERE name = 'Team'",),
        (f"DELETE FROM change_log WHERE {LAST}",),
        ("DELETE FROM change_log WHERE seq > 3",),
        ("DELETE FROM change_log",),
        ("UPDATE session SET unit_id = NULL", "DELETE FROM unit"),
        (
            f"DELETE FROM rating WHERE {OTHERS}",
            f"DELETE FROM position WHERE {OTHERS}",
            "DELETE FROM session WHERE title = 'Second'",
        ),
    ],
)
@pytest.mark.parametrize("hashes", ["as they were", "recomputed"])
def test_what_is_missing_or_was_added_is_found(
    full: Path, statements: tuple[str, ...], hashes: str
) -> None:
    with tampered(full) as connection:
        for statement in statements:
            connection.execute(statement)
        if hashes == "recomputed":
            recompute(connection)
    assert faults(full)


@pytest.mark.parametrize("table", ["file", "position", "library_info"])
def test_a_copy_in_which_something_is_missing_is_no_backup(full: Path, table: str) -> None:
    with tampered(full) as connection:
        connection.execute(f"DELETE FROM {table}")
    before = list_backups(full)
    library = open_library(full, check=False)
    with pytest.raises(AppError):
        library.back_up()
    library.close()
    assert list_backups(full) == before


# ---- histories --------------------------------------------------------------------------------

OF_A_CHANGE = "origin = 'do' AND content LIKE '%\"level\"%'"


def edit(**changed: object) -> str:
    """The content of a change with one edit that is not as it should be."""
    whole = {"area_id": "people.0", "field": "level", "before": None, "after": 2, **changed}
    return json.dumps({"edits": [{k: v for k, v in whole.items() if v != "left out"}]})


def moved(place: object) -> str:
    """The content of a change that moves a session to another client or unit."""
    return edit(area_id=None, field="affiliation", before=place, after=place)


HISTORIES = {
    "no JSON": "{",
    "no object": "[]",
    "a number": "7",
    "no edits": "{}",
    "edits are none": '{"edits": null}',
    "edits are a number": '{"edits": 7}',
    "an edit is a text": '{"edits": ["level"]}',
    "no field": edit(field="left out"),
    "no value before": edit(before="left out"),
    "a field nobody knows": edit(field="mood"),
    "an area nobody knows": edit(area_id="nowhere"),
    "an area that is a list": edit(area_id=[1]),
    "another value before": edit(before=5),
    "another value after": edit(after=4),
    "a level that is a text": edit(after="high"),
    "a level that is a list": edit(after=[2]),
    "a level without end": '{"edits": [{"area_id": "people.0", "field": "level",'
    ' "before": null, "after": 1e999}]}',
    "a level that is no number": '{"edits": [{"area_id": "people.0", "field": "level",'
    ' "before": null, "after": NaN}]}',
    "nested without end": "[" * 100_000,
    "a number of many digits": '{"edits": [' + "9" * 5_000 + "]}",
    "half a character": edit(field="note", after="\ud800"),
    "evidence that is none": edit(field="evidence", after=[{"id": 3}]),
    "checkpoints that are none": edit(area_id=None, field="milestones", after=[{}]),
    "a client that is no id": moved({"organisation": {"id": "a"}, "unit": None}),
    "a unit that is no id": moved({"organisation": "a", "unit": ["b"]}),
    "no client": moved({"organisation": None, "unit": None}),
}


REPLACED = (
    "UPDATE change_log SET content = ? WHERE seq = (SELECT min(seq) FROM change_log WHERE {})"
)


def forged(path: Path, sql: str, *values: object) -> Path:
    with tampered(path) as connection:
        assert connection.execute(sql, values).rowcount
        recompute(connection)
    return path


@pytest.mark.parametrize("content", HISTORIES.values(), ids=HISTORIES)
def test_a_history_that_does_not_hold_up_is_found_and_never_merged(
    full: Path, content: str
) -> None:
    assert_refused(forged(full, REPLACED.format(OF_A_CHANGE), content))


def test_a_client_that_was_merged_into_what_is_no_id_is_found_and_never_merged(
    full: Path,
) -> None:
    library = open_library(full)
    acme, unused = library.organisations()
    library.naming.merge_organisations(unused.id, acme.id)
    library.close()
    sql = "UPDATE change_log SET content = json_set(content, '$.into', json('[1]')) WHERE {}"
    assert_refused(forged(full, sql.format("instr(content, '\"into\"')")))


@pytest.mark.parametrize("content", [*HISTORIES.values(), '{"ratings": {}}', '{"ratings": [{}]}'])
def test_a_first_state_that_does_not_hold_up_is_found_and_never_merged(
    full: Path, content: str
) -> None:
    assert_refused(forged(full, REPLACED.format("origin = 'create'"), content))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE rating SET level = 5",
        "UPDATE rating SET note = 'forged'",
        "UPDATE rating SET evidence = '{}'",
        "UPDATE rating SET evidence = '[{}]'",
        "UPDATE rating SET target = 1",
        "UPDATE rating SET area_id = 'nowhere'",
        "DELETE FROM rating",
        "INSERT INTO rating (session_id, area_id, weight, evidence, note, level, row_digest)"
        " SELECT id, 'process.1', 1, '[]', '', 5, '' FROM session",
        "UPDATE session SET title = 'forged'",
        "UPDATE session SET date = '2020-01-01'",
        "UPDATE session SET date = '2020-99-99'",
        "UPDATE session SET archived = 1 WHERE title = 'Workshop'",
        "UPDATE session SET search_key = 'hidden'",
        "UPDATE milestone SET name = 'Midnight'",
        "UPDATE milestone SET at = 'some day or other, but long'",
        "DELETE FROM milestone",
        "UPDATE change_log SET origin = 'undo' WHERE origin = 'do'",
        "UPDATE change_log SET origin = 'redo' WHERE origin = 'do'",
        "UPDATE change_log SET origin = 'gone' WHERE origin = 'do'",
        "UPDATE change_log SET at = 'yesterday' WHERE origin = 'do'",
        "UPDATE change_log SET utc_offset = 99999999 WHERE origin = 'do'",
        "UPDATE organisation SET name = 'Rival' WHERE name = 'Acme'",
        "UPDATE organisation SET name_key = 'rival' WHERE name = 'Acme'",
        "UPDATE unit SET name = 'HR' WHERE name = 'Team'",
        "UPDATE model SET outline = '[[\"people\",[]]]'",
        "UPDATE model SET highest_level = 9",
        "UPDATE model SET name = '[]'",
    ],
)
def test_figures_the_log_does_not_lead_to_are_found(full: Path, sql: str) -> None:
    forged(full, sql)
    assert faults(full)
    merge_ends_in_a_sentence(full)


def assert_refused(path: Path) -> None:
    assert faults(path)
    with pytest.raises(AppError):
        merge(path)


def merge_ends_in_a_sentence(path: Path) -> None:
    with suppress(AppError):  # nothing else comes out
        merge(path)


def merge(path: Path) -> None:
    """Take the library into an empty one."""
    ours = open_library(path.with_name("ours.stufenplan"), create=True)
    try:
        ours.merge(path)
    finally:
        assert ours.check() == ()
        ours.close()


# ---- the end of the log -----------------------------------------------------------------------


def cut_off(path: Path) -> None:
    """As if the last entry had never been."""
    with tampered(path) as connection:
        connection.execute("DELETE FROM organisation WHERE name = 'Unused'")
        connection.execute(f"DELETE FROM change_log WHERE {LAST}")


def test_the_end_of_the_log_is_missed_if_a_backup_has_it(full: Path) -> None:
    (backup,) = list_backups(full)
    cut_off(full)
    (fault,) = faults(full)
    assert backup.path.name in str(fault)
    assert "lacks changes that were saved in it" in str(fault)


def test_opening_tells_of_changes_that_only_a_backup_has(full: Path) -> None:
    cut_off(full)
    library = open_library(full)
    (notice,) = library.notices
    assert "lacks changes" in str(notice)
    library.add_organisation("Work goes on")
    library.close()
    assert faults(full) == ()


def test_a_backup_restored_under_the_old_name_is_no_loss(full: Path) -> None:
    (old,) = list_backups(full)
    library = open_library(full)
    library.add_organisation("Newer")
    library.close()
    full.unlink()
    restore_backup(old.path, full)
    library = open_library(full)
    assert library.notices == ()
    assert library.check() == ()
    library.close()


def test_another_library_of_the_same_name_is_no_loss(full: Path) -> None:
    full.unlink()
    library = open_library(full, create=True)
    assert library.notices == ()
    assert library.check() == ()
    library.close()
