"""Nothing temporary stays: neither at the end of work, nor after a kill and the next start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.session.session import Session
from app.workshop.workshop import Workshop
from data import leftovers
from data.files import replace_file, write_document, write_document_bytes
from data.leftovers import is_temporary_name, kept_until_exit, noted, sweep
from data.library import backups
from data.library.backups import list_backups
from data.library.library import SqliteLibrary, open_library
from data.user_folder import data_folder

ON_UNIX = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
Processes = Callable[..., "subprocess.Popen[str]"]

STOP = """
import os, signal, sys, pathlib
from data import files
def stop(*_, **__):
    print("there", flush=True)
    os.kill(os.getpid(), signal.SIGSTOP)
path, target = map(pathlib.Path, sys.argv[1:])
"""
EXPORT = f"""{STOP}
files.write_document(target, stop)
"""
WORKBOOK = f"""{STOP}
import openpyxl.worksheet._writer as writer
from datetime import date
from data.library.library import open_library
from exports.workbook.workbook import write_workbook
library = open_library(path)
session = library.load_session(library.session_summaries()[0].id)
writer.WorksheetWriter.close = stop
write_workbook(session, target, "en", today=date(2026, 1, 1))
"""
COPY = f"""{STOP}
from data.library import backups
from data.library.library import open_library
backups.publish = stop
open_library(path).save_copy(target)
"""
BACKUP = f"""{STOP}
from data.library import backups
from data.library.library import open_library
backups.publish = stop
open_library(path).back_up()
"""
HAND_OVER = f"""{STOP}
from data.library import library, opening
from data.library.library import open_library
opening.publish = stop
library = open_library(path)
library.export_session(library.session_summaries()[0].id, target)
"""
PLAIN = f"""{STOP}
from data.library import backups
from data.library.library import open_library
from app.workshop.workshop import Workshop
library = open_library(path)
session = library.load_session(library.session_summaries()[0].id)
Workshop(session, library).set_level("people.0", 2)
files._swap = stop
library.back_up()
"""
MERGE = f"""{STOP}
from data.library.library import open_library
from data.library import private_copies
private_copies.bring_up_to_date = stop
open_library(path.with_name("ours.stufenplan"), create=True).merge(path)
"""
EVIDENCE = f"""{STOP}
from stufenplan.services import LocalServices
LocalServices().copy_for_viewing("report.pdf", b"the client's paper")
stop()
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def everything_in(*folders: Path) -> list[str]:
    """All files below, without the locks and notes that hold nothing of a client."""
    found = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return sorted(str(path) for path in found if not path.is_relative_to(data_folder() / "open"))


def temporary_in(*folders: Path) -> list[str]:
    work = data_folder() / "work"
    return [
        name
        for name in everything_in(*folders)
        if is_temporary_name(Path(name).name) or Path(name).is_relative_to(work)
    ]


@ON_UNIX
@pytest.mark.parametrize(
    "work", [EXPORT, COPY, BACKUP, HAND_OVER, PLAIN, MERGE, EVIDENCE, WORKBOOK],
    ids=["report", "copy", "backup", "hand over", "plain copies", "merge", "evidence", "workbook"],
)  # fmt: skip
def test_nothing_is_left_of_work_that_was_killed(
    closed_library: Path,
    tmp_path: Path,
    temporary: Path,
    in_another_process: Processes,
    work: str,
) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    child = in_another_process(work, closed_library, reports / "report.file")
    try:
        assert child.stdout is not None
        said = child.stdout.readline()
        sweep()
        kept = temporary_in(data_folder(), reports)
    finally:
        child.kill()
        _, errors = child.communicate()
    assert said == "there\n", errors
    assert kept, "swept from under a living process"
    open_library(closed_library).close()
    assert temporary_in(data_folder(), reports) == everything_in(data_folder() / "work")
    assert everything_in(reports, temporary) == []


@pytest.mark.usefixtures("library")
def test_a_private_folder_is_ours_alone(temporary: Path) -> None:
    folder = kept_until_exit()
    assert folder.is_relative_to(data_folder() / "work")
    if os.name == "posix":
        places = (folder, *folder.parents[:2])
        assert [place.stat().st_mode & 0o77 for place in places] == [0, 0, 0]
    assert list(temporary.iterdir()) == []


def test_where_the_data_folder_cannot_be_written_to_there_is_another_place(
    temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("STUFENPLAN_DATA_DIR", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    assert kept_until_exit().is_relative_to(temporary)
    write_document_bytes(tmp_path / "report.txt", b"report")
    assert (tmp_path / "report.txt").read_bytes() == b"report"


@ON_UNIX
def test_copies_of_a_killed_process_go_from_the_second_place_as_well(
    temporary: Path,
    tmp_path: Path,
    closed_library: Path,
    in_another_process: Processes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("STUFENPLAN_DATA_DIR", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    child = in_another_process(EVIDENCE, closed_library, tmp_path / "unused")
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "there\n"
        assert [path for path in everything_in(temporary) if path.endswith("report.pdf")]
        sweep()
        assert [path for path in everything_in(temporary) if path.endswith("report.pdf")]
    finally:
        child.kill()
        child.communicate()
    sweep()
    assert everything_in(temporary) == []


@ON_UNIX
def test_a_second_place_that_others_can_write_to_is_not_used(
    temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("STUFENPLAN_DATA_DIR", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    trap = temporary / f"stufenplan-work-{os.getuid()}"
    trap.mkdir()
    trap.chmod(0o777)
    with pytest.raises(PermissionError):
        kept_until_exit()
    assert list(trap.iterdir()) == []


def test_only_what_has_a_temporary_name_is_removed(tmp_path: Path) -> None:
    """The notes lie in a folder of the user; they name nothing but temporary files."""
    dead = data_folder() / "work" / "1-dead"
    dead.mkdir(parents=True)
    (dead / "alive").write_bytes(b"")
    precious, link = tmp_path / "client.stufenplan", tmp_path / ".stufenplan-link.part"
    folder = tmp_path / ".stufenplan-folder.part"
    precious.write_bytes(b"precious")
    folder.mkdir()
    link.symlink_to(precious)
    part = tmp_path / ".stufenplan-1.part"
    part.write_bytes(b"half")
    for number, path in enumerate((precious, link, folder, part, tmp_path / "gone.part")):
        (dead / f"{number}.note").write_bytes(os.fsencode(path))
    sweep()
    assert precious.read_bytes() == b"precious"
    assert link.is_symlink()
    assert folder.is_dir()
    assert not part.exists()
    assert not dead.exists()


def test_a_folder_that_is_just_being_made_stays(tmp_path: Path) -> None:
    fresh, old = (data_folder() / "work" / name for name in ("fresh", "old"))
    for folder in (fresh, old):
        folder.mkdir(parents=True)
    os.utime(old, (0, 0))
    sweep()
    assert fresh.exists()
    assert not old.exists()
    assert tmp_path.exists()


def test_a_note_lasts_as_long_as_its_file(tmp_path: Path) -> None:
    notes = kept_until_exit().parent
    path = tmp_path / ".stufenplan-1.part"
    with noted(path):
        path.write_bytes(b"half")
        assert [os.fsdecode(note.read_bytes()) for note in notes.glob("*.note")] == [str(path)]
    assert not path.exists()
    assert list(notes.glob("*.note")) == []


@pytest.mark.parametrize("refuse", ["a full disk", "a kill switch"])
def test_nothing_is_left_of_work_that_failed(tmp_path: Path, refuse: str) -> None:
    def fail(_: object) -> None:
        raise OSError(28, refuse)

    with pytest.raises(OSError, match=refuse):
        replace_file(tmp_path / "report.txt", fail)
    assert list(tmp_path.glob(".*")) == []
    assert list((data_folder() / "work").rglob("*.note")) == []


def test_leftovers_of_earlier_versions_go_with_the_next_backup(
    library: SqliteLibrary, session: Session
) -> None:
    assert session
    folder = library.back_up().path.parent
    left = folder / f".000009_x.stufenplan.{'0' * 32}.new"
    for path in (left, left.with_name(left.name + "-journal"), folder / ".stufenplan-1.part"):
        path.write_bytes(b"left behind")
    library.back_up()
    assert not [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_leftovers_beside_exports_go_a_day_later(library: SqliteLibrary, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    left = reports / f".copy.stufenplan.{'0' * 32}.new"
    left.write_bytes(b"left behind")
    library.save_copy(reports / "copy.stufenplan")
    assert left.exists()
    os.utime(left, (time.time() - leftovers.STALE_SECONDS - 1,) * 2)
    library.save_copy(reports / "copy2.stufenplan")
    assert not left.exists()


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(backups, "MOST_BYTES", 3_000_000)
    return backups.MOST_BYTES


@pytest.mark.parametrize("place", ["work", "backups"])
def test_the_limit_of_backups_counts_temporary_files_and_plain_copies(
    library: SqliteLibrary, session: Session, small_limit: int, place: str
) -> None:
    workshop = Workshop(session, library)
    for number in range(8):
        workshop.set_note("people.0", f"note {number}")
        library.back_up()
    assert len(list_backups(library.path)) == 8
    backups_folder = list_backups(library.path)[0].path.parent
    large = {"work": kept_until_exit(), "backups": backups_folder / "sessions"}[place]
    (large / "large").write_bytes(bytes(small_limit))
    workshop.set_note("people.0", "one more")
    library.back_up()
    assert len(list_backups(library.path)) == 5


def test_a_kill_during_a_report_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    target.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        write_document(target, lambda _: signal.raise_signal(signal.SIGINT))
    assert target.read_bytes() == b"old"
