"""A file for the client appears whole or not at all, under a name every system takes."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Cancelled, InvalidInput, StorageUnavailable
from app.session.session import Session
from app.session.units import Organisation
from app.words.texts import translator_for
from exports.files import (
    ReportKind,
    safe_name,
    storage_error,
    suggested_name,
    write_beside,
    write_bytes_beside,
)


def _left_over(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _say(error: pytest.ExceptionInfo[StorageUnavailable]) -> str:
    return error.value.say(translator_for("en"))


def test_a_new_file_appears_with_its_content(tmp_path: Path) -> None:
    write_bytes_beside(tmp_path / "new.txt", b"content")
    assert (tmp_path / "new.txt").read_bytes() == b"content"
    assert _left_over(tmp_path) == ["new.txt"]


def test_an_old_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write_bytes_beside(target, b"new")
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("failure", [Cancelled(), RuntimeError("bug"), KeyboardInterrupt()])
def test_a_failing_writer_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, failure: BaseException
) -> None:
    target = tmp_path / "report.txt"
    target.write_bytes(b"old")

    def write(file: BinaryIO) -> None:
        file.write(b"half of the new")
        raise failure

    with pytest.raises(type(failure)):
        write_beside(target, write)
    assert target.read_bytes() == b"old"
    assert _left_over(tmp_path) == ["report.txt"]


def test_a_full_disk_gives_a_sentence_and_keeps_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    target.write_bytes(b"old")

    def write(file: BinaryIO) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(StorageUnavailable) as error:
        write_beside(target, write)
    assert "not enough room" in _say(error)
    assert "report.txt" in _say(error)
    assert target.read_bytes() == b"old"
    assert _left_over(tmp_path) == ["report.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of this kind are POSIX only")
def test_a_real_limit_on_file_size_gives_the_same_sentence(tmp_path: Path) -> None:
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "from exports.files import write_bytes_beside; from app.errors import StorageUnavailable\n"
        "try: write_bytes_beside(Path(sys.argv[1]), b'x' * 5000)\n"
        "except StorageUnavailable as error: print(error)\n"
    )
    target = tmp_path / "report.txt"
    target.write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", script, str(target)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert "not enough room" in done.stdout
    assert target.read_bytes() == b"old"
    assert _left_over(tmp_path) == ["report.txt"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable) as error:
        write_bytes_beside(tmp_path / "nowhere" / "report.txt", b"")
    assert "does not exist" in _say(error)
    assert str(tmp_path / "nowhere") in _say(error)


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable, match="is a folder"):
        write_bytes_beside(tmp_path, b"")


def test_a_library_is_never_replaced_whatever_its_ending(tmp_path: Path) -> None:
    target = tmp_path / "client.json"
    with closing(sqlite3.connect(target)) as library:
        library.execute("CREATE TABLE session (id)")
    content = target.read_bytes()

    with pytest.raises(InvalidInput, match="nothing was overwritten"):
        write_bytes_beside(target, b"report")

    assert target.read_bytes() == content
    assert _left_over(tmp_path) == ["client.json"]


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
def test_an_impossible_name_is_refused_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageUnavailable, match="cannot be used as a file name"):
        write_bytes_beside(tmp_path / name, b"")


def test_a_name_of_255_bytes_is_written(tmp_path: Path) -> None:
    target = tmp_path / ("x" * 251 + ".txt")
    write_bytes_beside(target, b"content")
    assert target.read_bytes() == b"content"


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_forbidden_folder_gives_a_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StorageUnavailable, match="may not be written"):
            write_bytes_beside(tmp_path / "report.txt", b"")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("lock", [".~lock.report.xlsx#", "~$report.xlsx"])
def test_a_workbook_that_is_open_elsewhere_is_left_alone(tmp_path: Path, lock: str) -> None:
    target = tmp_path / "report.xlsx"
    target.write_bytes(b"old")
    (tmp_path / lock).write_bytes(b"somebody")
    with pytest.raises(StorageUnavailable) as error:
        write_bytes_beside(target, b"new")
    assert "open in another program" in _say(error)
    assert lock in _say(error)
    assert target.read_bytes() == b"old"


def test_every_refusal_of_a_system_becomes_a_sentence_that_names_the_file() -> None:
    for code in errno.errorcode:
        said = storage_error(OSError(code, os.strerror(code)), Path("folder/report.xlsx"))
        assert "report.xlsx" in str(said) or "folder" in str(said)


def test_a_symbolic_link_stays_and_its_file_is_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write_bytes_beside(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_what_a_killed_program_left_is_removed_a_day_later(tmp_path: Path) -> None:
    old, fresh = tmp_path / ".stufenplan-old.part", tmp_path / ".stufenplan-new.part"
    old.write_bytes(b"")
    fresh.write_bytes(b"")
    two_days_ago = time.time() - 2 * 24 * 3600
    os.utime(old, (two_days_ago, two_days_ago))
    write_bytes_beside(tmp_path / "report.txt", b"")
    assert _left_over(tmp_path) == [".stufenplan-new.part", "report.txt"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_forty_kills_never_touch_the_old_file(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path\n"
        "from exports.files import write_beside\n"
        "def write(file):\n"
        "    print('writing', flush=True)\n"
        "    while True: file.write(b'x' * 4096); time.sleep(0.0005)\n"
        "write_beside(Path(sys.argv[1]), write)\n"
    )
    target = tmp_path / "report.txt"
    target.write_bytes(b"old")
    for round_number in range(40):
        child = subprocess.Popen(
            [sys.executable, "-c", script, str(target)],
            stdout=subprocess.PIPE, cwd=Path(__file__).parents[2],
        )  # fmt: skip
        with child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(0.001 * (round_number % 5))
            child.send_signal(signal.SIGKILL)
        assert target.read_bytes() == b"old"


@given(st.text())
def test_any_text_becomes_a_name_that_every_system_takes(text: str) -> None:
    name = safe_name(text)
    assert len(name.encode("utf-8")) <= 81
    assert not set(name) & set('<>:"/\\|?*\0\n\t')
    assert name == name.strip(". ")
    assert name.upper() not in {"CON", "NUL", "PRN", "AUX", "COM1", "LPT9"}
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nordwerk AG", "Nordwerk-AG"),
        ("Stadt Köln / Amt 5", "Stadt-Köln-Amt-5"),
        ("a\u0308hnlich", "ähnlich"),
        ("../../etc", "etc"),
        ("CON", "CON-"),
        ("  ... ", ""),
        ("ü" * 200, "ü" * 40),
        ("left\u202egnp.exe", "left-gnp.exe"),
    ],
)
def test_names_stay_readable(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_the_suggested_name_says_when_who_and_what(session: Session) -> None:
    english = suggested_name(session, ReportKind.ROADMAP, translator_for("en"), "xlsx")
    assert english == "2026-11-23_Nordwerk-AG_Roadmap.xlsx"


def test_a_client_without_a_usable_name_still_gets_a_file(session: Session) -> None:
    nameless = replace(session, organisation=Organisation("o", "???"), title="//")
    name = suggested_name(nameless, ReportKind.ROADMAP, translator_for("en"), "xlsx")
    assert name == "2026-11-23_Client_Roadmap.xlsx"
