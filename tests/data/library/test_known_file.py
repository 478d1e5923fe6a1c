"""A library in use: its lock survives what we do, and no foreign write is overlooked."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import InvalidInput, LibraryInUse, StorageUnavailable
from app.session.session import Session
from app.workshop.workshop import Workshop
from data.files import write_document_bytes
from data.library import file_locks, known_file
from data.library.library import SqliteLibrary, open_library
from data.sessions.document import read_session

ON_UNIX = pytest.mark.skipif(sys.platform == "win32", reason="locks belong to handles there")
ALTERED = "Another program has changed “work.stufenplan”"
BOTH = "To keep both versions"

OPEN = """
import sys, pathlib
from app.errors import LibraryInUse
from data.library import opening, readers
opening.LOCK_WAIT_SECONDS = readers.LOCK_WAIT_SECONDS = 0.02  # impatient
from data.library.library import open_library
try:
    open_library(pathlib.Path(sys.argv[1])).close()
except LibraryInUse:
    print("in use")
else:
    print("opened")
"""
WRITE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
try:
    connection.execute("BEGIN IMMEDIATE")
    print("in", flush=True)
except sqlite3.OperationalError:
    print("out", flush=True)
if sys.stdin.readline().strip() == "commit":
    connection.execute("UPDATE library_info SET app_version = 'theirs'")
    connection.execute("COMMIT")
connection.close()
print("done", flush=True)
"""

Processes = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def workshop(library: SqliteLibrary, session: Session) -> Workshop:
    workshop = Workshop(session, library)
    workshop.set_level("people.0", 2)
    return workshop


def lose_the_lock(path: Path) -> None:
    """Open and close the file, as a file dialog does to find out its type."""
    with path.open("rb") as file:
        file.read(10)


def unsaved_because(workshop: Workshop) -> str:
    (unsaved,) = workshop.unsaved
    assert isinstance(unsaved.reason, StorageUnavailable)
    return str(unsaved.reason)


def levels_in(path: Path, session: Session) -> dict[str, object]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT area_id, level FROM rating WHERE session_id = ?", [session.id]
        ).fetchall()
    return dict(rows)


# ---- the lock ---------------------------------------------------------------------------------


@ON_UNIX
def test_nobody_else_opens_a_library_whose_file_was_read_here(
    library: SqliteLibrary, in_another_process: Processes
) -> None:
    lose_the_lock(library.path)
    said, errors = in_another_process(OPEN, library.path).communicate()
    assert said.strip() == "in use", errors


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has locks that stay")
def test_no_other_program_writes_to_a_library_whose_file_was_read_here(
    library: SqliteLibrary, in_another_process: Processes
) -> None:
    lose_the_lock(library.path)
    said, _ = in_another_process(WRITE, library.path).communicate("roll back\n")
    assert said.split() == ["out", "done"]


@pytest.fixture
def locks_that_are_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a Unix that knows only locks of processes."""
    monkeypatch.setattr(file_locks, "_lock_description", lambda *_: False)


@ON_UNIX
@pytest.mark.usefixtures("locks_that_are_lost")
def test_a_lost_lock_is_taken_again_by_the_next_write(
    library: SqliteLibrary, workshop: Workshop, in_another_process: Processes
) -> None:
    lose_the_lock(library.path)
    workshop.set_level("people.0", 3)
    assert not workshop.unsaved
    said, _ = in_another_process(WRITE, library.path).communicate("roll back\n")
    assert said.split() == ["out", "done"]


@ON_UNIX
@pytest.mark.usefixtures("locks_that_are_lost")
def test_nothing_is_written_while_another_program_has_the_lost_lock(
    library: SqliteLibrary, workshop: Workshop, in_another_process: Processes
) -> None:
    lose_the_lock(library.path)
    other = in_another_process(WRITE, library.path)
    assert other.stdout is not None
    assert other.stdout.readline().strip() == "in"
    workshop.set_level("people.0", 4)
    assert "Another program has opened “work.stufenplan”" in unsaved_because(workshop)
    other.communicate("roll back\n")
    assert workshop.retry()
    assert library.check() == ()


@ON_UNIX
@pytest.mark.usefixtures("locks_that_are_lost")
def test_what_another_program_wrote_meanwhile_is_not_overwritten(
    library: SqliteLibrary, workshop: Workshop, in_another_process: Processes, tmp_path: Path
) -> None:
    lose_the_lock(library.path)
    said, _ = in_another_process(WRITE, library.path).communicate("commit\n")
    assert said.split() == ["in", "done"]
    workshop.set_level("people.0", 4)
    assert ALTERED in unsaved_because(workshop)
    library.save_copy(tmp_path / "ours.stufenplan")
    library.close()
    with closing(sqlite3.connect(library.path)) as connection:
        assert connection.execute("SELECT app_version FROM library_info").fetchone() == ("theirs",)
    ours = open_library(tmp_path / "ours.stufenplan")
    assert ours.load_session(workshop.session.id).rating("people.0").level == 2
    ours.close()


@ON_UNIX
@pytest.mark.usefixtures("locks_that_are_lost")
def test_a_lock_beside_the_library_stands_in_where_its_own_is_unknown(
    library: SqliteLibrary, in_another_process: Processes
) -> None:
    lose_the_lock(library.path)
    code = "from data.library import file_locks; file_locks._lock_description = lambda *_: False\n"
    said, errors = in_another_process(code + OPEN, library.path).communicate()
    assert said.strip() == "in use", errors
    library.close()
    said, errors = in_another_process(code + OPEN, library.path).communicate()
    assert said.strip() == "opened", errors


def test_a_library_that_is_open_is_neither_read_nor_replaced_by_us(library: SqliteLibrary) -> None:
    with pytest.raises(InvalidInput, match="is the library that is open"):
        read_session(library.path)
    with pytest.raises(InvalidInput, match="is the library that is open"):
        write_document_bytes(library.path, b"report")
    with pytest.raises(LibraryInUse):
        open_library(library.path)


# ---- the file ---------------------------------------------------------------------------------


def overwrite(path: Path, content: bytes) -> None:
    """Into the same file, as cp and some synchronisation programs do."""
    with path.open("r+b") as file:
        file.truncate()
        file.write(content)


def put_back_as_of(path: Path, content: bytes, times: tuple[int, int]) -> None:
    overwrite(path, content)
    os.utime(path, ns=times)


@pytest.fixture
def older(workshop: Workshop, library: SqliteLibrary) -> bytes:
    """The file of a moment ago: header and size are as they are now, the scores are not."""
    before = library.path.read_bytes()
    workshop.set_level("people.0", 3)
    now = library.path.read_bytes()
    assert before != now
    assert (len(before), before[:100]) == (len(now), now[:100])
    return before


@pytest.mark.parametrize("compared", [True, False], ids=["as a whole", "by its log"])
def test_an_older_copy_in_the_same_file_is_noticed(
    library: SqliteLibrary,
    workshop: Workshop,
    older: bytes,
    compared: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not compared:
        monkeypatch.setattr(known_file, "MOST_BYTES_COMPARED", 0)
    overwrite(library.path, older)
    for level in (4, 5):
        workshop.set_level("people.1", level)
    assert ALTERED in str(workshop.unsaved[0].reason)
    assert BOTH in str(workshop.unsaved[0].reason)
    assert not workshop.retry()
    assert library.path.read_bytes() == older


def test_an_older_copy_with_the_time_of_ours_is_noticed(
    library: SqliteLibrary, workshop: Workshop, older: bytes
) -> None:
    found = library.path.stat()
    put_back_as_of(library.path, older, (found.st_atime_ns, found.st_mtime_ns))
    workshop.set_level("people.1", 4)
    assert ALTERED in unsaved_because(workshop)


@pytest.mark.parametrize("part", [0, 0.5, 0.999], ids=["to nothing", "by half", "by a little"])
def test_a_file_that_was_cut_off_is_noticed(
    library: SqliteLibrary, workshop: Workshop, part: float
) -> None:
    os.truncate(library.path, int(library.path.stat().st_size * part))
    left = library.path.read_bytes()
    workshop.set_level("people.1", 4)
    assert ALTERED in unsaved_because(workshop)
    assert library.path.read_bytes() == left


@pytest.mark.parametrize("place", [100, -1], ids=["in its first page", "at its end"])
def test_a_single_byte_from_elsewhere_is_noticed(
    library: SqliteLibrary, workshop: Workshop, place: int
) -> None:
    content = bytearray(library.path.read_bytes())
    content[place] ^= 1
    overwrite(library.path, bytes(content))
    workshop.set_level("people.1", 4)
    assert unsaved_because(workshop)


def test_both_versions_are_kept_when_work_goes_on_in_a_copy(
    library: SqliteLibrary, workshop: Workshop, older: bytes, tmp_path: Path
) -> None:
    assert library.check() == ()
    overwrite(library.path, older)
    workshop.set_level("people.1", 4)
    target = tmp_path / "copy.stufenplan"
    library.save_copy(target)
    copy = open_library(target)
    workshop.move_to(copy)
    assert workshop.retry()
    library.close()
    copy.close()
    assert levels_in(target, workshop.session) == {"people.0": 3.0, "people.1": 4.0}
    assert levels_in(library.path, workshop.session) == {"people.0": 2.0}


@pytest.mark.parametrize("how", ["older", "cut off"])
def test_closing_says_that_the_file_is_not_ours_and_backs_up_what_was_saved(
    library: SqliteLibrary, workshop: Workshop, older: bytes, how: str
) -> None:
    overwrite(library.path, older if how == "older" else b"")
    library.close()
    (notice,) = library.notices
    assert ALTERED in str(notice)
    (backup, *_) = library.backups()
    assert levels_in(backup.path, workshop.session) == {"people.0": 3.0}


def test_a_library_named_from_the_working_folder_is_found_from_another_one(
    library: SqliteLibrary, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = library.path
    library.close()
    monkeypatch.chdir(path.parent)
    with closing(open_library(Path(path.name))) as opened:
        workshop = Workshop(opened.load_session(session.id), opened)
        (tmp_path / "elsewhere").mkdir()
        monkeypatch.chdir(tmp_path / "elsewhere")
        workshop.set_level("people.0", 2)
        assert workshop.unsaved == ()
        assert opened.path == path
    assert levels_in(path, session)["people.0"] is not None


def test_a_file_that_was_only_touched_is_still_ours(
    library: SqliteLibrary, workshop: Workshop
) -> None:
    os.utime(library.path)
    workshop.set_level("people.1", 4)
    library.path.chmod(0o600)
    workshop.set_level("people.1", 5)
    overwrite(library.path, library.path.read_bytes())
    workshop.set_level("people.1", 1)
    assert not workshop.unsaved
    library.close()
    assert library.notices == ()
    assert levels_in(library.path, workshop.session) == {"people.0": 2.0, "people.1": 1.0}


def test_a_file_that_is_ours_again_is_written_to_again(
    library: SqliteLibrary, workshop: Workshop, older: bytes, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    shutil.copy(library.path, kept)
    overwrite(library.path, older)
    workshop.set_level("people.1", 4)
    assert workshop.unsaved
    overwrite(library.path, kept.read_bytes())
    assert workshop.retry()
    assert library.check() == ()
