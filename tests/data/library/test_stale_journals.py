"""Journals of a crash: rolled back where the library needs it, and never where it does not."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.errors import LibraryInUse, UnusableLibrary
from app.session.session import Session
from app.workshop.workshop import Workshop
from data.library.backups import list_backups
from data.library.crash_copies import crashes_of
from data.library.library import SqliteLibrary, open_library

Processes = Callable[..., subprocess.Popen[str]]

CRASH = """
import os, pathlib, signal, sys
from app.workshop.workshop import Workshop
from data.library.library import open_library
from data.library.log import ChangeLog

append = ChangeLog.append_change
def append_and_die(log, *values):
    append(log, *values)
    os.kill(os.getpid(), signal.SIGKILL)

library = open_library(pathlib.Path(sys.argv[1]))
library._connection.execute("PRAGMA cache_size = 1")  # so that pages are written before the end
(summary,) = library.session_summaries()
ChangeLog.append_change = append_and_die
Workshop(library.load_session(summary.id), library).set_note("people.1", "lost " * 4000)
"""


@dataclass(frozen=True)
class Crash:
    """A library whose program was killed in the middle of a change, and its bytes before."""

    path: Path
    session: Session
    before: bytes
    torn: bytes

    @property
    def journal(self) -> Path:
        return self.path.with_name(self.path.name + "-journal")


@pytest.fixture
def crash(closed_library: Path, in_another_process: Processes) -> Crash:
    path = closed_library
    with closing(open_library(path)) as library:
        (summary,) = library.session_summaries()
        session = library.load_session(summary.id)
        Workshop(session, library).set_level("people.0", 2)
        session = library.load_session(summary.id)
    before = path.read_bytes()
    _, errors = in_another_process(CRASH, path).communicate()
    made = Crash(path, session, before, path.read_bytes())
    assert made.torn != before, errors
    assert made.journal.stat().st_size > 0
    return made


def score(path: Path, level: int) -> None:
    with closing(open_library(path)) as library:
        (summary,) = library.session_summaries()
        Workshop(library.load_session(summary.id), library).set_level("people.0", level)


def level_in(library: SqliteLibrary) -> object:
    (summary,) = library.session_summaries()
    return library.load_session(summary.id).rating("people.0").level


def test_a_half_written_change_is_rolled_back(crash: Crash) -> None:
    with closing(open_library(crash.path)) as library:
        assert library.load_session(crash.session.id) == crash.session
        assert library.check() == ()
    assert not crash.journal.exists()


@pytest.mark.skipif(os.name != "posix", reason="needs hard links")
def test_a_half_written_library_is_refused_under_another_name_which_is_named(
    crash: Crash,
) -> None:
    other = crash.path.with_name("other.stufenplan")
    other.hardlink_to(crash.path)
    with pytest.raises(UnusableLibrary, match=f"Open {crash.path} once"):
        open_library(other)
    assert crash.path.read_bytes() == crash.torn
    score(crash.path, 3)
    with closing(open_library(other)) as library:
        assert level_in(library) == 3


def test_a_half_written_library_that_was_moved_is_refused_and_its_old_place_named(
    crash: Crash,
) -> None:
    moved = crash.path.rename(crash.path.with_name("moved.stufenplan"))
    with pytest.raises(UnusableLibrary, match=f"Move it back to {crash.path}"):
        open_library(moved)
    moved.rename(crash.path)
    with closing(open_library(crash.path)) as library:
        assert library.load_session(crash.session.id) == crash.session


@pytest.mark.skipif(os.name != "posix", reason="needs hard links")
def test_what_is_saved_under_another_name_is_not_rolled_back_under_the_first(
    crash: Crash,
) -> None:
    crash.path.write_bytes(crash.before)  # killed before the first page was written
    other = crash.path.with_name("other.stufenplan")
    other.hardlink_to(crash.path)
    score(other, 5)
    assert crash.journal.stat().st_size > 0
    with closing(open_library(crash.path)) as library:
        assert level_in(library) == 5
        assert library.check() == ()
    assert not crash.journal.exists()
    assert crashes_of(crash.path)  # journal and library as they were found


def test_what_is_saved_while_a_library_is_renamed_is_not_rolled_back_afterwards(
    crash: Crash,
) -> None:
    crash.path.write_bytes(crash.before)
    away = crash.path.rename(crash.path.with_name("away.stufenplan"))
    score(away, 5)
    away.rename(crash.path)
    with closing(open_library(crash.path)) as library:
        assert level_in(library) == 5


def test_a_backup_copied_over_a_crashed_library_is_taken_as_it_is(crash: Crash) -> None:
    backup = list_backups(crash.path)[0].path
    shutil.copyfile(backup, crash.path)  # by hand, with the journal of another life beside it
    with closing(open_library(crash.path)) as library:
        assert library.load_session(crash.session.id) == crash.session
        assert library.check() == ()


@pytest.mark.usefixtures("impatient")
def test_a_journal_is_left_alone_while_another_program_writes(
    crash: Crash, in_another_process: Processes
) -> None:
    crash.path.write_bytes(crash.before)
    crash.journal.unlink()
    code = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('BEGIN IMMEDIATE'); c.execute('UPDATE library_info SET app_version = 1');"
        "print('writing', flush=True); sys.stdin.read(); c.execute('ROLLBACK')"
    )
    writer = in_another_process(code, crash.path)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "writing\n"
    before = crash.journal.read_bytes()
    assert before
    with pytest.raises(LibraryInUse, match="by another program"):
        open_library(crash.path)
    assert crash.journal.read_bytes() == before
    writer.communicate("")
