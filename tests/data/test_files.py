"""Files are read within limits, and written completely or not at all."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

from app.errors import Cancelled, Fault, InvalidFile, InvalidInput, StorageUnavailable
from app.words.texts import translator_for
from data.files import (
    decode_text,
    read_bytes,
    refusal,
    write_document,
    write_document_bytes,
    write_error,
)

HEADLINE = "{file} was not read."


def read(folder: Path, content: bytes, *, wide: bool = False) -> str:
    path = folder / "text.csv"
    path.write_bytes(content)
    return decode_text(read_bytes(path, HEADLINE, 1_000_000), path, HEADLINE, wide=wide)


def fault_of(folder: Path, content: bytes, *, wide: bool = False) -> Fault:
    with pytest.raises(InvalidFile) as error:
        read(folder, content, wide=wide)
    (fault,) = error.value.faults
    return fault


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_utf_8_is_read_with_and_without_a_byte_order_mark(tmp_path: Path, mark: bytes) -> None:
    assert read(tmp_path, mark + "größer\r\n".encode()) == "größer\r\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_encodings_are_read_where_they_are_allowed(tmp_path: Path, encoding: str) -> None:
    content = "größer".encode(encoding)
    assert read(tmp_path, content, wide=True) == "größer"
    fault_of(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"", 0, "is empty"),
        (b" \r\n", 0, "is empty"),
        (b"one\ntwo\x00", 2, "not a text file"),
        (b"\x89PNG\r\n\x1a\n\x00", 1, "not a text file"),
        ("eins\ngrößer".encode("cp1252"), 2, "Windows-1252"),
        (b"eins\n\xfc\x81", 2, "not in UTF-8; save"),
        (b"x" * 1_000_001, 0, "larger than {limit} MB"),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(
    tmp_path: Path, content: bytes, line: int, said: str
) -> None:
    fault = fault_of(tmp_path, content)
    assert said in fault.template
    assert fault.line == line


@pytest.mark.parametrize("name", ["missing", ".", "a\0b"])
def test_what_is_no_file_is_refused_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidFile) as error:
        read_bytes(tmp_path / name, HEADLINE, 1000)
    assert len(error.value.faults) == 1


def test_many_faults_are_sorted_by_line_and_counted_from_a_limit_on() -> None:
    faults = [Fault("Wrong.", line) for line in (3, 1, 2)]
    listed = refusal(HEADLINE, Path("folder/x.csv"), *faults, most=2).faults
    assert [fault.line for fault in listed] == [1, 2, 0]
    assert dict(listed[-1].values) == {"count": 1}


def _left_over(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _say(error: pytest.ExceptionInfo[StorageUnavailable]) -> str:
    return error.value.say(translator_for("en"))


def test_a_new_file_appears_with_its_content(tmp_path: Path) -> None:
    write_document_bytes(tmp_path / "new.txt", b"content")
    assert (tmp_path / "new.txt").read_bytes() == b"content"
    assert _left_over(tmp_path) == ["new.txt"]


def test_an_old_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write_document_bytes(target, b"new")
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
        write_document(target, write)
    assert target.read_bytes() == b"old"
    assert _left_over(tmp_path) == ["report.txt"]


def test_a_full_disk_gives_a_sentence_and_keeps_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    target.write_bytes(b"old")

    def write(file: BinaryIO) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(StorageUnavailable) as error:
        write_document(target, write)
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
        "from data.files import write_document_bytes; from app.errors import StorageUnavailable\n"
        "try: write_document_bytes(Path(sys.argv[1]), b'x' * 5000)\n"
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
        write_document_bytes(tmp_path / "nowhere" / "report.txt", b"")
    assert "does not exist" in _say(error)
    assert str(tmp_path / "nowhere") in _say(error)


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable, match="is a folder"):
        write_document_bytes(tmp_path, b"")


def test_a_library_is_never_replaced_whatever_its_ending(tmp_path: Path) -> None:
    target = tmp_path / "client.json"
    with closing(sqlite3.connect(target)) as library:
        library.execute("CREATE TABLE session (id)")
    content = target.read_bytes()

    with pytest.raises(InvalidInput, match="nothing was overwritten"):
        write_document_bytes(target, b"report")

    assert target.read_bytes() == content
    assert _left_over(tmp_path) == ["client.json"]


@contextmanager
def a_socket(path: Path) -> Iterator[None]:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(path))
        yield


@pytest.fixture(params=["pipe", "socket", "device"])
def special(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Something in the file system that is neither a file nor a folder."""
    if sys.platform == "win32":
        pytest.skip("Windows has no such files")
    path = tmp_path / "special"
    if request.param == "device":
        yield Path(os.devnull)
    elif request.param == "socket":
        with a_socket(path):
            yield path
    else:
        os.mkfifo(path)
        yield path


@pytest.mark.parametrize("through", ["directly", "a link", "a link to a link"])
def test_only_ordinary_files_are_replaced(tmp_path: Path, special: Path, through: str) -> None:
    kind = stat.S_IFMT(special.stat().st_mode)
    target = special
    for number in range(through.count("link")):
        link = tmp_path / f"link{number}.txt"
        link.symlink_to(target)
        target = link
    before = sorted(path.name for path in tmp_path.iterdir())

    with pytest.raises(InvalidInput, match="is not a file but a device"):
        write_document_bytes(target, b"report")

    assert stat.S_IFMT(special.lstat().st_mode) == kind
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders")
def test_a_pipe_made_while_a_report_was_written_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    with pytest.raises(InvalidInput, match="is not a file"):
        write_document(target, lambda _: os.mkfifo(target))
    assert stat.S_ISFIFO(target.lstat().st_mode)
    assert _left_over(tmp_path) == ["report.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_standard_output_is_no_file_to_replace(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    try:
        with pytest.raises(InvalidInput, match="is not a file"):
            write_document_bytes(Path(f"/proc/self/fd/{writing}"), b"report")
    finally:
        os.close(reading)
        os.close(writing)
    assert _left_over(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs a right of its own there")
def test_a_link_that_leads_in_a_circle_is_refused_and_stays(tmp_path: Path) -> None:
    link = tmp_path / "report.txt"
    link.symlink_to(link)
    with pytest.raises(StorageUnavailable):
        write_document_bytes(link, b"report")
    assert link.is_symlink()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a right of its own there")
def test_a_link_to_a_folder_is_refused_and_stays(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    link = tmp_path / "report.txt"
    link.symlink_to(tmp_path / "folder")
    with pytest.raises(StorageUnavailable, match="is a folder"):
        write_document_bytes(link, b"report")
    assert link.is_symlink()


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
def test_an_impossible_name_is_refused_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageUnavailable, match="cannot be used as a file name"):
        write_document_bytes(tmp_path / name, b"")


def test_a_name_of_255_bytes_is_written(tmp_path: Path) -> None:
    target = tmp_path / ("x" * 251 + ".txt")
    write_document_bytes(target, b"content")
    assert target.read_bytes() == b"content"


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_forbidden_folder_gives_a_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StorageUnavailable, match="may not be written"):
            write_document_bytes(tmp_path / "report.txt", b"")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("lock", [".~lock.report.xlsx#", "~$report.xlsx"])
def test_a_workbook_that_is_open_elsewhere_is_left_alone(tmp_path: Path, lock: str) -> None:
    target = tmp_path / "report.xlsx"
    target.write_bytes(b"old")
    (tmp_path / lock).write_bytes(b"somebody")
    with pytest.raises(StorageUnavailable) as error:
        write_document_bytes(target, b"new")
    assert "open in another program" in _say(error)
    assert lock in _say(error)
    assert target.read_bytes() == b"old"


def test_every_refusal_of_a_system_becomes_a_sentence_that_names_the_file() -> None:
    for code in errno.errorcode:
        said = write_error(OSError(code, os.strerror(code)), Path("folder/report.xlsx"))
        assert "report.xlsx" in str(said) or "folder" in str(said)


def test_a_symbolic_link_stays_and_its_file_is_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write_document_bytes(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_what_a_killed_program_left_is_removed_a_day_later(tmp_path: Path) -> None:
    old, fresh = tmp_path / ".stufenplan-old.part", tmp_path / ".stufenplan-new.part"
    old.write_bytes(b"")
    fresh.write_bytes(b"")
    two_days_ago = time.time() - 2 * 24 * 3600
    os.utime(old, (two_days_ago, two_days_ago))
    write_document_bytes(tmp_path / "report.txt", b"")
    assert _left_over(tmp_path) == [".stufenplan-new.part", "report.txt"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_forty_kills_never_touch_the_old_file(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path\n"
        "from data.files import write_document\n"
        "def write(file):\n"
        "    print('writing', flush=True)\n"
        "    while True: file.write(b'x' * 4096); time.sleep(0.0005)\n"
        "write_document(Path(sys.argv[1]), write)\n"
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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permissions of this kind")
def test_a_private_file_is_private_while_it_is_written_again(tmp_path: Path) -> None:
    target = tmp_path / "private.json"
    target.touch(0o600)
    modes: list[int] = []

    def write(file: BinaryIO) -> None:
        modes.append(os.fstat(file.fileno()).st_mode & 0o777)
        file.write(b"new")

    write_document(target, write)
    assert modes == [0o600]
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.read_bytes() == b"new"
