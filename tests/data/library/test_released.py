"""A library that was refused is free at once: for this process, for others and for the disk."""

from __future__ import annotations

import gc
import random
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from app.errors import LibraryInUse, UnusableLibrary
from data.library.library import open_library
from data.library.opening import LockedFile

PAGE = 4096
OPEN_FILES = Path("/proc/self/fd")
Processes = Callable[..., subprocess.Popen[str]]

OPEN = """
import pathlib, sys
from app.errors import LibraryInUse, UnusableLibrary
from data.library.opening import open_locked
try:
    open_locked(pathlib.Path(sys.argv[1])).close()
except LibraryInUse:
    sys.exit("in use")
except UnusableLibrary:
    pass
print("free")
"""


def unreadable_text(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        guard = "change_log_is_never_altered"
        sql = "SELECT sql FROM sqlite_master WHERE name = ?"
        (trigger,) = connection.execute(sql, (guard,)).fetchone()
        connection.execute(f"DROP TRIGGER {guard}")
        connection.execute("UPDATE change_log SET content = CAST(x'7b22ff' AS TEXT) WHERE seq = 2")
        connection.execute(trigger)
        connection.commit()


def scrambled_pages(path: Path) -> None:
    content = bytearray(path.read_bytes())
    chance = random.Random(7)
    for _ in range(40):
        content[chance.randrange(PAGE * 2, len(content))] = chance.randrange(256)
    path.write_bytes(content)


@pytest.fixture
def no_garbage_collection() -> Iterator[None]:
    """Switch the garbage collector off, so that nothing is closed by it."""
    gc.disable()
    yield
    gc.enable()


def is_open_here(path: Path) -> bool:
    if not OPEN_FILES.is_dir():
        return False
    found = []
    for each in OPEN_FILES.iterdir():
        try:
            found.append(str(each.readlink()))
        except OSError:  # the descriptor of this very listing
            continue
    return any(name.startswith(str(path)) for name in found)


@pytest.mark.usefixtures("no_garbage_collection")
@pytest.mark.parametrize("damage", [unreadable_text, scrambled_pages])
def test_a_damaged_library_is_let_go_although_its_error_is_still_looked_at(
    closed_library: Path, in_another_process: Processes, damage: Callable[[Path], None]
) -> None:
    damage(closed_library)
    errors = []
    for _ in range(2):  # the second one would find it in use
        with pytest.raises(UnusableLibrary) as caught:
            open_library(closed_library)
        errors.append(caught.value)
        assert not is_open_here(closed_library)
    with suppress(UnusableLibrary):  # what is checked later, in the window, is let go as well
        library = open_library(closed_library, check=False)
        errors += library.check()
        library.close()
    assert not is_open_here(closed_library)
    said, complaint = in_another_process(OPEN, closed_library).communicate()
    assert said == "free\n", complaint
    assert len(errors) >= 2


@pytest.mark.usefixtures("no_garbage_collection")
def test_a_library_that_was_refused_half_way_is_let_go(
    closed_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise sqlite3.DatabaseError("Could not decode to UTF-8")

    for step in ("refuse_foreign_schema", "_prove_writable", "_lock"):
        with monkeypatch.context() as patch:
            patch.setattr(f"data.library.opening.{step}", fail)
            with pytest.raises(UnusableLibrary) as caught:
                open_library(closed_library)
        assert not is_open_here(closed_library)
        assert caught.value
    LockedFile(closed_library).close()


@pytest.mark.usefixtures("no_garbage_collection")
def test_a_damaged_library_that_was_not_merged_is_let_go(
    closed_library: Path, tmp_path: Path, in_another_process: Processes
) -> None:
    other = shutil.copyfile(closed_library, tmp_path / "other.stufenplan")
    unreadable_text(other)
    with closing(open_library(closed_library)) as library:
        with pytest.raises(UnusableLibrary) as caught:
            library.merge(other)
        assert not is_open_here(other)
        assert caught.value
        with pytest.raises(LibraryInUse):
            open_library(closed_library)
