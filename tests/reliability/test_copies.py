"""Copies made at any moment, and restored files beside stale journals (T6)."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from crash_aftermath import Reported, environment, examine, examine_open, killed, listen
from crash_driver import small_model, take_step

from app.errors import AppError, NotFound, UnusableLibrary
from app.session.session import NewSession
from app.workshop.workshop import Workshop
from data.library.backups import list_backups, restore_backup
from data.library.crash_copies import CRASHES_KEPT, crashes_of
from data.library.folders import library_key
from data.library.library import open_library

TOOLS = Path(__file__).with_name("tools")

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.mark.parametrize("copies", [15, pytest.param(150, marks=pytest.mark.slow)])
def test_the_file_alone_can_be_copied_between_two_scores(tmp_path: Path, copies: int) -> None:
    path = tmp_path / "work.stufenplan"
    library = open_library(path, create=True)
    session = library.create_session(NewSession("Acme", small_model(), title="Workshop"))
    workshop = Workshop(session, library)
    for number in range(1, copies + 1):
        take_step(workshop, number)
        copy = tmp_path / f"copy-{number}.stufenplan"
        # Copied by another process: reading it in this one would loosen our own lock.
        subprocess.run(["cp", str(path), str(copy)], check=True)
        examine(copy, Reported(number), exact=True)
        copy.unlink()
    library.close()


@pytest.mark.slow
def test_a_copy_in_the_middle_of_a_score_is_whole_or_refused(
    start_driver: Start, tmp_path: Path
) -> None:
    path = tmp_path / "work.stufenplan"
    child = start_driver(path)
    assert child.stdout is not None
    reported = Reported()
    outcomes = {"whole": 0, "refused": 0}
    chance = random.Random(5)
    listen([child.stdout.readline()], reported)
    for number in range(60):
        time.sleep(chance.uniform(0, 0.02))
        copy = tmp_path / f"copy-{number}.stufenplan"
        shutil.copyfile(path, copy)
        try:
            library = open_library(copy)
        except AppError:
            outcomes["refused"] += 1
            continue
        examine_open(library, Reported(len(library.changes(library.session_summaries()[0].id))))
        outcomes["whole"] += 1
        library._is_closed = True
        library._file.close()
    listen(killed(child), reported)
    examine(path, reported)
    assert outcomes["whole"] > 0


@pytest.fixture(scope="module")
def crash(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Reported]:
    """A library whose program was killed in the middle of a transaction; tests work on a copy."""
    path = tmp_path_factory.mktemp("crash") / "work.stufenplan"
    command = [sys.executable, str(TOOLS / "crash_driver.py"), str(path), "--steps", "8"]
    own = {**environment(), "STUFENPLAN_DATA_DIR": str(path.parent / "data")}
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", env=own,
        timeout=30, check=True,
    )  # fmt: skip
    reported = Reported()
    listen(done.stdout.splitlines(), reported)
    code = (
        "import sqlite3, sys, os; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('PRAGMA cache_size = 1'); c.execute('BEGIN');"
        "c.execute(\"UPDATE rating SET note = 'half' || hex(zeroblob(3000))\");"
        "c.execute(\"UPDATE session SET title = 'half'\");"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert path.with_name(path.name + "-journal").stat().st_size > 0
    return path, reported


@pytest.fixture
def crashed(
    crash: tuple[Path, Reported], tmp_path: Path, own_user_folders: Path
) -> tuple[Path, Reported]:
    """A copy of the crashed library with its journal and backups."""
    original, reported = crash
    path = tmp_path / original.name
    for ending in ("", "-journal"):
        shutil.copyfile(f"{original}{ending}", f"{path}{ending}")
    backups = original.parent / "data" / "backups" / library_key(original)
    shutil.copytree(backups, own_user_folders / "data" / "backups" / library_key(path))
    return path, replace(reported)


def test_a_crash_in_the_middle_of_a_transaction_is_rolled_back_at_the_next_start(
    crashed: tuple[Path, Reported],
) -> None:
    path, reported = crashed
    assert b"half" in path.read_bytes()
    examine(path, reported, exact=True)
    assert not path.with_name(path.name + "-journal").exists()


def test_what_a_crash_left_is_kept_before_it_is_rolled_back(crashed: tuple[Path, Reported]) -> None:
    path, reported = crashed
    journal = path.with_name(path.name + "-journal")
    before = {file.name: file.read_bytes() for file in (path, journal)}
    for turn in range(CRASHES_KEPT + 2):
        for name, content in before.items():
            path.with_name(name).write_bytes(content)
        examine(path, reported, exact=True)
        assert len(crashes_of(path)) == min(turn + 1, CRASHES_KEPT)
    kept = {file.name: file.read_bytes() for file in crashes_of(path)[0].iterdir()}
    assert kept == before


def test_a_crashed_library_that_lost_its_journal_is_whole_or_refused(
    crashed: tuple[Path, Reported],
) -> None:
    path, reported = crashed
    path.with_name(path.name + "-journal").unlink()
    try:
        library = open_library(path)
    except UnusableLibrary:
        pass  # refused with a sentence is as good as whole
    else:
        examine_open(library, reported)
        library.close()


def test_a_journal_without_its_library_is_kept_and_heals_it_once_it_is_back(
    crashed: tuple[Path, Reported],
) -> None:
    path, reported = crashed
    journal = path.with_name(path.name + "-journal")
    before = journal.read_bytes()
    away = path.with_name("away")
    path.rename(away)
    with pytest.raises(NotFound, match="restore a backup"):
        open_library(path)
    path.touch()
    with pytest.raises(UnusableLibrary, match="is empty"):
        open_library(path)
    assert journal.read_bytes() == before
    away.replace(path)
    examine(path, reported, exact=True)


def test_a_backup_copied_over_a_crashed_library_is_whole_or_noticed(
    crashed: tuple[Path, Reported], tmp_path: Path
) -> None:
    path, reported = crashed
    (backup, *_) = list_backups(path)
    shutil.copyfile(backup.path, path)  # by hand, with the journal of another life beside it
    try:
        library = open_library(path)
    except UnusableLibrary:
        pass
    else:
        examine_open(library, reported)
        library.close()
    restore_backup(backup.path, tmp_path / "restored.stufenplan")
    examine(tmp_path / "restored.stufenplan", reported, exact=True)


def test_backups_made_in_the_middle_of_the_work_are_all_whole(tmp_path: Path) -> None:
    path = tmp_path / "work.stufenplan"
    library = open_library(path, create=True)
    session = library.create_session(NewSession("Acme", small_model(), title="Workshop"))
    workshop = Workshop(session, library)
    for number in range(1, 12):
        take_step(workshop, number)
        restored = tmp_path / f"restored-{number}.stufenplan"
        restore_backup(library.back_up().path, restored)
        examine(restored, Reported(number), exact=True)
    library.close()


def test_a_library_truncated_to_nothing_is_never_taken_for_an_empty_one(
    crashed: tuple[Path, Reported],
) -> None:
    path, _ = crashed
    for size in (0, 10, 100, 4096):
        content = path.read_bytes()[:size]
        shorter = path.with_name(f"shorter-{size}.stufenplan")
        shorter.write_bytes(content)
        with pytest.raises(UnusableLibrary):
            open_library(shorter)
        assert shorter.read_bytes() == content


def test_the_lock_is_not_loosened_by_anything_the_library_does(tmp_path: Path) -> None:
    path = tmp_path / "work.stufenplan"
    library = open_library(path, create=True)
    library.create_session(NewSession("Acme", small_model(), title="Workshop"))
    library.back_up()
    library.check()
    library.save_copy(tmp_path / "copy.stufenplan")
    library.backups()
    probe = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=0)\n"
        "try: c.execute('SELECT count(*) FROM session'); print('open')\n"
        "except sqlite3.OperationalError as e: print(e)"
    )
    found = subprocess.run(
        [sys.executable, "-c", probe, str(path)], capture_output=True, text=True, check=True,
        encoding="utf-8",
    )  # fmt: skip
    assert found.stdout.strip() == "database is locked"
    library.close()
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
