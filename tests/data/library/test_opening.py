"""Opening a library: what is rejected, with which message, and that nothing is modified."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sqlite3
import stat
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.errors import (
    AppError,
    LibraryInUse,
    NewerFile,
    NotFound,
    StorageUnavailable,
    UnusableLibrary,
)
from app.session.session import NewSession, Session
from app.words.texts import LANGUAGES, translator_for
from app.workshop.workshop import Workshop
from data.leftovers import kept_until_exit
from data.library import opening
from data.library.backups import restore_backup
from data.library.folders import LIBRARY_NAMES, data_folder, default_library_path
from data.library.library import SqliteLibrary, open_library
from data.library.lock_owner import Holder
from data.library.storage_errors import from_sqlite

Processes = Callable[..., subprocess.Popen[str]]

HOLD = """
import sys, pathlib
from data.library import opening, readers
opening.LOCK_WAIT_SECONDS = readers.LOCK_WAIT_SECONDS = 0.02  # impatient
from data.library.library import open_library
from data.library.lock_owner import Holder
library = open_library(pathlib.Path(sys.argv[1]), holder=Holder(sys.argv[2]))
print("held", flush=True)
sys.stdin.read()
library.close()
"""


def content_of(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def refused(path: Path, kind: type[AppError], **options: Any) -> str:
    """The sentence with which a file is refused, which leaves its folder as it was."""
    before = content_of(path.parent)
    with pytest.raises(AppError) as caught:
        open_library(path, **options)
    assert type(caught.value) is kind
    assert content_of(path.parent) == before
    return str(caught.value)


def test_a_missing_library_is_never_created_by_accident(library_path: Path) -> None:
    assert str(library_path) in refused(library_path, NotFound)


@pytest.mark.parametrize("suffix", ["-journal", "-wal"])
def test_a_journal_without_its_library_is_named_and_kept(library_path: Path, suffix: str) -> None:
    library_path.with_name(library_path.name + suffix).write_bytes(b"the last copy")
    said = refused(library_path, NotFound)
    assert library_path.name + suffix in said
    assert "restore a backup" in said


@pytest.mark.parametrize("suffix", ["-journal", "-wal"])
def test_creating_a_library_moves_an_orphaned_journal_aside_and_says_so(
    library_path: Path, suffix: str
) -> None:
    orphan = library_path.with_name(library_path.name + suffix)
    orphan.write_bytes(b"the last copy")
    library = open_library(library_path, create=True)
    (notice,) = library.notices
    kept = library_path.with_name(str(notice.values["aside"]))
    assert kept.read_bytes() == b"the last copy"
    assert not orphan.exists() or orphan.stat().st_size == 0
    library.close()


@pytest.mark.parametrize("create", [False, True])
def test_an_empty_file_is_refused_with_its_journal_kept(library_path: Path, create: bool) -> None:
    library_path.touch()
    library_path.with_name(library_path.name + "-journal").write_bytes(b"the last copy")
    assert "is empty" in refused(library_path, UnusableLibrary, create=create)


@pytest.mark.parametrize(
    "content",
    [b"Not a database, but a text.\n" * 20, b"SQLite format 3\x00", b"\x00" * 4096],
    ids=["text", "header cut off", "zeros"],
)
def test_a_file_that_is_no_database_is_refused(library_path: Path, content: bytes) -> None:
    library_path.write_bytes(content)
    assert "is not a library" in refused(library_path, UnusableLibrary)


@pytest.mark.parametrize("place", [18, 19, 47], ids=["writing", "reading", "schema"])
def test_a_file_format_that_nobody_writes_is_damage(
    library: SqliteLibrary, library_path: Path, place: int
) -> None:
    library.close()
    content = bytearray(library_path.read_bytes())
    content[place] = 9
    library_path.write_bytes(content)
    assert "is damaged" in refused(library_path, UnusableLibrary)
    with pytest.raises(UnusableLibrary):
        restore_backup(library_path, library_path.with_name("new.stufenplan"))


def test_a_row_that_breaks_its_own_rule_is_damage(
    library: SqliteLibrary, library_path: Path
) -> None:
    library.close()
    with closing(sqlite3.connect(library_path)) as connection:
        sql = "SELECT sql FROM sqlite_master WHERE name = 'library_info'"
        (rules,) = connection.execute(sql).fetchone()
    for form in (rules.replace("NOT NULL", ""), rules):
        with closing(sqlite3.connect(library_path, isolation_level=None)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            sql = "UPDATE sqlite_master SET sql = ? WHERE name = 'library_info'"
            connection.execute(sql, [form])
            connection.execute("PRAGMA writable_schema = RESET")
            if form != rules:
                connection.execute("UPDATE library_info SET app_version = NULL")
    assert "is damaged" in refused(library_path, UnusableLibrary)


@pytest.mark.parametrize("folder", ["/", "."])
def test_a_folder_is_refused_by_name(folder: str) -> None:
    with pytest.raises(UnusableLibrary, match="is a folder") as refusal:
        open_library(Path(folder))
    assert f"“{Path(folder)}”" in refusal.value.say(translator_for("en"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes that have a name")
def test_a_pipe_is_refused_instead_of_waited_for(library_path: Path) -> None:
    os.mkfifo(library_path)
    with pytest.raises(UnusableLibrary, match="is not a library"):
        open_library(library_path)


@pytest.mark.parametrize("application_id", [0, 0x63616C69])
def test_a_database_of_another_program_is_refused(library_path: Path, application_id: int) -> None:
    connection = sqlite3.connect(library_path)
    connection.execute(f"PRAGMA application_id = {application_id}")
    connection.execute("PRAGMA user_version = 1")
    connection.execute("CREATE TABLE books (title TEXT)")
    connection.close()
    assert "another program" in refused(library_path, UnusableLibrary)


def test_a_newer_library_is_refused_with_both_versions(closed_library: Path) -> None:
    connection = sqlite3.connect(closed_library)
    connection.execute("PRAGMA user_version = 7")
    connection.execute("UPDATE library_info SET app_version = '3.2.1'")
    connection.commit()
    connection.close()
    said = refused(closed_library, NewerFile)
    assert "3.2.1" in said
    assert opening.schema.APP_VERSION in said


def test_a_newer_build_of_the_same_release_is_told_apart(closed_library: Path) -> None:
    with closing(sqlite3.connect(closed_library)) as connection:
        connection.execute("PRAGMA user_version = 7")
    ours = opening.schema.APP_VERSION
    assert f"the newer version {ours}+7; this is version {ours}" in refused(
        closed_library, NewerFile
    )


def test_a_newer_library_we_cannot_read_at_all_is_refused_by_number(closed_library: Path) -> None:
    content = bytearray(closed_library.read_bytes())
    content[60:64] = (99).to_bytes(4, "big")
    closed_library.write_bytes(content[:4096])
    assert "99" in refused(closed_library, NewerFile)


@pytest.mark.parametrize(
    "smuggled",
    [
        "CREATE TRIGGER fast AFTER INSERT ON rating BEGIN UPDATE rating SET level = 1; END",
        "CREATE TRIGGER noted AFTER INSERT ON _sqlite_migrations BEGIN DELETE FROM rating; END",
        "CREATE VIEW scores AS SELECT * FROM rating",
        "CREATE TABLE notes (text)",
        "CREATE UNIQUE INDEX one_level ON rating (level)",
        "DROP TRIGGER change_log_is_never_altered",
    ],
)
def test_a_library_with_rules_that_are_not_ours_is_refused(
    closed_library: Path, smuggled: str
) -> None:
    connection = sqlite3.connect(closed_library)
    connection.execute(smuggled)
    connection.close()
    assert "not from Stufenplan" in refused(closed_library, UnusableLibrary)


def test_a_damaged_library_is_refused_but_can_be_looked_at(closed_library: Path) -> None:
    connection = sqlite3.connect(closed_library)
    connection.execute("UPDATE session SET title = 'forged'")
    connection.commit()
    connection.close()
    assert "damaged" in refused(closed_library, UnusableLibrary)
    library = open_library(closed_library, check=False)
    assert len(library.session_summaries()) == 1
    assert len(library.check()) == 1
    library.close()


def test_a_damaged_library_keeps_the_change_but_writes_nothing(closed_library: Path) -> None:
    connection = sqlite3.connect(closed_library)
    connection.execute("UPDATE session SET title = 'forged'")
    connection.commit()
    connection.close()
    library = open_library(closed_library, check=False)
    (summary,) = library.session_summaries()
    workshop = Workshop(library.load_session(summary.id), library)
    workshop.set_level("people.0", 3)
    assert len(workshop.unsaved) == 1
    assert "Restore a backup" in str(workshop.unsaved[0].reason)
    assert library.changes(summary.id) == ()
    library.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE session SET date = '2026-02-30'",
        "UPDATE rating SET evidence = '[{'",
        "UPDATE rating SET note = CAST(x'fffe' AS TEXT)",
        "UPDATE model SET document = '{}'",
    ],
)
def test_a_value_that_makes_no_sense_ends_in_a_sentence_when_it_is_read(
    library: SqliteLibrary, session: Session, statement: str
) -> None:
    Workshop(session, library).set_level("people.0", 3)
    library.close()
    connection = sqlite3.connect(library.path)
    connection.execute(statement)
    connection.commit()
    connection.close()
    damaged = open_library(library.path, check=False)
    with pytest.raises(AppError, match="damaged"):
        damaged.load_session(session.id)
    assert damaged.check()
    damaged.close()


def test_bytes_destroyed_in_the_middle_are_damage_with_a_sentence(closed_library: Path) -> None:
    content = bytearray(closed_library.read_bytes())
    content[4096 : len(content)] = b"\xa5" * (len(content) - 4096)
    closed_library.write_bytes(content)
    with pytest.raises(UnusableLibrary, match="damaged") as caught:
        open_library(closed_library)
    assert "***" not in str(caught.value)  # SQLite's heading says nothing


# ---- two at once ------------------------------------------------------------------------------


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "holder", [Holder.COMMAND_LINE, pytest.param(Holder.WINDOW, marks=pytest.mark.slow)]
)
def test_the_second_process_is_told_within_two_seconds_who_holds_the_library(
    closed_library: Path,
    in_another_process: Processes,
    holder: Holder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()  # as patient as the program is
    first = in_another_process(HOLD, closed_library, holder.value)
    assert first.stdout is not None
    assert first.stdout.readline() == "held\n"
    start = time.monotonic()
    with pytest.raises(LibraryInUse) as caught:
        open_library(closed_library)
    assert time.monotonic() - start < 2
    assert str(first.pid) in str(caught.value)
    assert ("window" in str(caught.value)) == (holder is Holder.WINDOW)
    first.communicate("")
    open_library(closed_library).close()


@pytest.mark.usefixtures("impatient")
@pytest.mark.skipif(os.name != "posix", reason="needs hard links")
def test_who_holds_a_library_is_told_under_every_name_of_its_file(
    closed_library: Path, in_another_process: Processes
) -> None:
    other = closed_library.with_name("other.stufenplan")
    other.hardlink_to(closed_library)
    first = in_another_process(HOLD, closed_library, Holder.WINDOW.value)
    assert first.stdout is not None
    assert first.stdout.readline() == "held\n"
    with pytest.raises(LibraryInUse, match=f"window of Stufenplan .process {first.pid} on"):
        open_library(other)
    first.communicate("")
    open_library(other).close()


@pytest.mark.usefixtures("impatient")
def test_a_lock_of_another_kind_of_program_is_named_without_guessing(
    closed_library: Path,
) -> None:
    other = sqlite3.connect(closed_library, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LibraryInUse, match="by another program"):
        open_library(closed_library)
    other.execute("ROLLBACK")
    other.close()


@pytest.mark.usefixtures("impatient")
@pytest.mark.skipif(os.name != "posix", reason="Windows has no harmless way to ask")
def test_a_process_that_has_crashed_is_not_blamed_for_a_lock_of_another_program(
    closed_library: Path, in_another_process: Processes
) -> None:
    first = in_another_process(HOLD, closed_library, Holder.WINDOW.value)
    assert first.stdout is not None
    assert first.stdout.readline() == "held\n"
    first.kill()
    first.communicate()
    other = sqlite3.connect(closed_library, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LibraryInUse, match="by another program"):
        open_library(closed_library)
    other.execute("ROLLBACK")
    other.close()


def test_the_lock_vanishes_with_a_process_that_was_killed(
    closed_library: Path, in_another_process: Processes
) -> None:
    first = in_another_process(HOLD, closed_library, Holder.WINDOW.value)
    assert first.stdout is not None
    assert first.stdout.readline() == "held\n"
    first.kill()
    first.communicate()
    open_library(closed_library).close()


@pytest.mark.usefixtures("impatient")
def test_the_same_library_twice_in_one_process_does_not_loosen_the_lock(
    library: SqliteLibrary, in_another_process: Processes
) -> None:
    link = library.path.with_name("by-another-name.stufenplan")
    link.symlink_to(library.path)
    for path in (library.path, link):
        with pytest.raises(LibraryInUse, match="open already"):
            open_library(path)
    other = in_another_process(HOLD, library.path, Holder.WINDOW.value)
    _, complaint = other.communicate("")
    assert "LibraryInUse" in complaint


def test_who_held_a_library_is_forgotten_when_it_is_closed(closed_library: Path) -> None:
    assert list((data_folder() / "open").iterdir()) == []
    assert closed_library.exists()


# ---- read-only places -------------------------------------------------------------------------


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users of the machine can enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="stufenplan-test-"))
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(folder)


def as_ordinary_user(path: Path, **options: Any) -> str:
    """How opening ends in a child that is not root, because root may write everywhere."""
    read_end, write_end = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the child runs Python code only
        child = os.fork()
    if child == 0:
        try:
            if os.getuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            os.environ["STUFENPLAN_DATA_DIR"] = "/nowhere"
            with closing(open_library(path, **options)) as library:
                answer = f"viewed: {library.read_only}"
            shutil.rmtree(kept_until_exit().parent)  # the child ends without doing so
        except AppError as error:
            answer = f"{type(error).__name__}: {error}"
        except BaseException as error:  # noqa: BLE001 (a forked child must never return)
            answer = f"unexpected {error!r}"
        os.write(write_end, answer.encode("utf-8"))
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, encoding="utf-8") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return answer


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and Unix permissions")


@needs_fork
@pytest.mark.parametrize("folder_mode", [0o555, 0o755], ids=["read-only folder", "others' folder"])
def test_a_library_on_a_read_only_folder_is_viewed_with_the_way_out_named(
    open_folder: Path, closed_library: Path, folder_mode: int
) -> None:
    path = open_folder / "work.stufenplan"
    shutil.copyfile(closed_library, path)
    path.chmod(0o666)
    open_folder.chmod(folder_mode)
    if os.getuid() != 0 and folder_mode == 0o755:
        pytest.skip("only root can make a folder owned by another user")
    said = as_ordinary_user(path)
    assert said.startswith("viewed:")
    assert "save a copy in a folder of your own" in said
    assert list(content_of(open_folder)) == [path.name]


@needs_fork
def test_a_read_only_library_is_viewed_with_the_way_out_named(
    open_folder: Path, closed_library: Path
) -> None:
    path = open_folder / "work.stufenplan"
    shutil.copyfile(closed_library, path)
    path.chmod(0o444)
    open_folder.chmod(0o777)
    said = as_ordinary_user(path)
    assert said.startswith("viewed:")
    assert "write-protected" in said


@needs_fork
def test_a_library_nobody_may_read_is_refused(open_folder: Path, closed_library: Path) -> None:
    path = open_folder / "work.stufenplan"
    shutil.copyfile(closed_library, path)
    path.chmod(0)
    said = as_ordinary_user(path)
    assert said.startswith("StorageUnavailable:")
    assert "may not be read" in said


@needs_fork
def test_a_library_cannot_be_created_where_nothing_may_be_written(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    said = as_ordinary_user(open_folder / "new.stufenplan", create=True)
    assert said.startswith("StorageUnavailable:")
    assert list(open_folder.iterdir()) == []


# ---- creating ---------------------------------------------------------------------------------


def test_creating_never_touches_a_library_that_is_there(
    library: SqliteLibrary, session: Session
) -> None:
    library.close()
    again = open_library(library.path, create=True)
    assert [summary.id for summary in again.session_summaries()] == [session.id]
    again.close()


def test_a_library_that_could_not_be_finished_leaves_nothing_behind(
    library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(opening, "publish", fail)
    with pytest.raises(StorageUnavailable, match="is full"):
        open_library(library_path, create=True)
    assert list(library_path.parent.iterdir()) == []


def test_a_new_library_is_private_and_leaves_no_side_files(closed_library: Path) -> None:
    assert [path.name for path in closed_library.parent.iterdir()] == [closed_library.name]
    if os.name == "posix":
        assert closed_library.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such call and needs none")
def test_every_new_folder_above_a_library_is_on_the_disk_before_the_library_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    fsync = os.fsync

    def noted(descriptor: int) -> None:
        synced.append(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    path = tmp_path / "one" / "two" / "work.stufenplan"
    open_library(path, create=True).close()
    folders = (tmp_path, tmp_path / "one", tmp_path / "one" / "two")
    assert {folder.stat().st_ino for folder in folders} <= set(synced)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such call and needs none")
def test_a_drive_that_cannot_sync_folders_takes_a_library_all_the_same(
    library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def files_only(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", files_only)
    library = open_library(library_path, create=True)
    library.add_organisation("Acme")
    library.close()
    assert len(library.backups()) == 1


def test_a_path_with_spaces_umlauts_and_signs_works(tmp_path: Path) -> None:
    path = tmp_path / "Über uns #1 100% ?a=b" / "Bücher & Co;.stufenplan"
    library = open_library(path, create=True)
    library.close()
    open_library(path).close()
    assert [found.name for found in path.parent.iterdir()] == [path.name]


# ---- while it is open -------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["moved", "deleted", "replaced"])
def test_a_library_that_vanishes_while_open_is_noticed_before_anything_is_acknowledged(
    library: SqliteLibrary, session: Session, tmp_path: Path, what: str
) -> None:
    workshop = Workshop(session, library)
    workshop.set_level("people.0", 2)
    elsewhere = tmp_path / "elsewhere"
    library.path.rename(elsewhere)
    if what == "deleted":
        elsewhere.unlink()
    if what == "replaced":
        library.path.write_bytes(b"something else")
    workshop.set_level("people.0", 3)
    assert len(workshop.unsaved) == 1
    assert "save a copy" in str(workshop.unsaved[0].reason)
    rescued = tmp_path / "rescued.stufenplan"
    library.save_copy(rescued)
    other = open_library(rescued)
    workshop.move_to(other)
    assert workshop.retry()
    assert other.load_session(session.id).rating("people.0").level == 3
    other.close()


def test_work_goes_on_when_a_library_that_was_moved_is_back(
    library: SqliteLibrary, session: Session, tmp_path: Path
) -> None:
    workshop = Workshop(session, library)
    library.path.rename(tmp_path / "elsewhere")
    workshop.set_level("people.0", 3)
    assert workshop.unsaved
    (tmp_path / "elsewhere").rename(library.path)
    assert workshop.retry()


def test_the_rules_of_the_protocol_hold_on_the_open_connection(library: SqliteLibrary) -> None:
    wanted = {
        "journal_mode": "truncate", "synchronous": 2, "locking_mode": "exclusive",
        "foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0, "cell_size_check": 1,
    }  # fmt: skip
    execute = library._connection.execute
    assert {name: execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted
    assert execute("PRAGMA mmap_size").fetchall() in ([(0,)], [])


def test_a_stale_write_ahead_log_is_kept_away_from_the_library(closed_library: Path) -> None:
    stale = closed_library.with_name(closed_library.name + "-wal")
    stale.write_bytes(b"of another life")
    library = open_library(closed_library)
    (notice,) = library.notices
    kept = closed_library.with_name(str(notice.values["aside"]))
    assert kept.read_bytes() == b"of another life"
    assert len(library.session_summaries()) == 1
    library.close()


def test_a_library_left_in_wal_mode_by_another_tool_is_taken_back(closed_library: Path) -> None:
    connection = sqlite3.connect(closed_library)
    connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.close()
    library = open_library(closed_library)
    assert library._connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)
    library.close()
    assert opening.look_at(closed_library).is_wal is False


def test_a_new_library_is_named_in_the_language_of_the_user_and_an_old_one_keeps_its_name() -> None:
    folder = data_folder()
    assert default_library_path("de") == folder / "Bibliothek.stufenplan"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "library.stufenplan-wal").touch()
    assert default_library_path("de") == folder / "library.stufenplan"
    (folder / "library.stufenplan-wal").unlink()
    (folder / "Bibliothek.stufenplan").touch()
    assert default_library_path("en") == folder / "Bibliothek.stufenplan"
    assert {
        language: translator_for(language).pgettext("file name", "library")
        for language in LANGUAGES
    } == LIBRARY_NAMES


def test_the_default_library_follows_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert default_library_path().parent == data_folder()
    monkeypatch.setenv("STUFENPLAN_LIBRARY", str(tmp_path / "mine.stufenplan"))
    assert default_library_path() == tmp_path / "mine.stufenplan"
    monkeypatch.delenv("STUFENPLAN_DATA_DIR")
    assert "stufenplan" in str(data_folder()).lower()


def test_deleted_content_cannot_be_read_from_the_file(
    library: SqliteLibrary, a_session: Callable[..., NewSession]
) -> None:
    session = library.create_session(a_session())
    workshop = Workshop(session, library)
    workshop.set_note("people.0", "x" * 200)
    library._connection.execute("UPDATE rating SET note = ''")
    library._connection.execute("UPDATE library_info SET app_version = 'y'")
    library.close()
    content = library.path.read_bytes()
    assert content.count(b"x" * 200) == 1  # in the log, where it belongs


def test_no_text_of_a_client_is_part_of_what_a_damaged_library_says(tmp_path: Path) -> None:
    error = sqlite3.OperationalError(
        "Could not decode to UTF-8 column 'note' with text 'secret of a client'"
    )
    said = from_sqlite(error, tmp_path / "x.stufenplan")
    assert said is not None
    assert "column 'note'" in str(said)
    assert "secret" not in str(said)
