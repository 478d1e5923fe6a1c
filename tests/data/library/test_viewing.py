"""Libraries that may not be written to are viewed, and nothing is written beside them."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import LibraryInUse, ReadOnlyLibrary, UnusableLibrary
from app.session.session import NewSession, Session
from app.workshop.workshop import Workshop
from data.leftovers import _own
from data.library.folders import data_folder
from data.library.library import SqliteLibrary, open_library

Protect = Callable[[Path], None]
Processes = Callable[..., subprocess.Popen[str]]

OLD_LIBRARIES = Path(__file__).resolve().parents[2] / "files" / "libraries"

CRASH = (
    "import sqlite3, sys, os; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
    "c.execute('PRAGMA cache_size = 1'); c.execute('BEGIN');"
    "c.execute(\"UPDATE session SET title = 'half', scope = hex(zeroblob(30000))\");"
    "c.execute('CREATE TABLE big (x)');"
    "[c.execute('INSERT INTO big VALUES (zeroblob(4000))') for _ in range(200)];"
    "os.kill(os.getpid(), 9)"
)
HOLD = """
import sys, pathlib
from data.library.library import open_library
library = open_library(pathlib.Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
library.close()
"""


def content_of(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


@pytest.fixture
def scored(library: SqliteLibrary, session: Session) -> Session:
    Workshop(session, library).set_level("people.0", 3)
    return library.load_session(session.id)


@pytest.fixture
def stick(library: SqliteLibrary, scored: Session, tmp_path: Path) -> Path:
    """A library in a folder of its own."""
    assert scored
    library.close()
    folder = tmp_path / "stick"
    folder.mkdir()
    return shutil.copyfile(library.path, folder / "client.stufenplan")


@pytest.fixture
def viewed(stick: Path, write_protected: Protect) -> Iterator[SqliteLibrary]:
    """A library in a folder that may not be written to, open."""
    write_protected(stick.parent)
    library = open_library(stick)
    yield library
    library.close()


def test_a_write_protected_library_shows_what_it_holds(
    viewed: SqliteLibrary, scored: Session
) -> None:
    assert viewed.load_session(scored.id) == scored
    assert [summary.title for summary in viewed.session_summaries()] == ["Workshop"]
    assert viewed.check() == ()
    assert viewed.notices == ()


def test_every_change_of_a_write_protected_library_is_refused_with_the_way_out(
    viewed: SqliteLibrary,
    scored: Session,
    library: SqliteLibrary,
    a_session: Callable[..., NewSession],
) -> None:
    whole = viewed.whole_session(scored.id)
    changes: dict[str, Callable[[], object]] = {
        "score": lambda: Workshop(scored, viewed).set_level("people.0", 4),
        "undo": lambda: Workshop(scored, viewed).undo(),
        "note": lambda: Workshop(scored, viewed).set_note("people.0", "typed"),
        "file": lambda: Workshop(scored, viewed).add_file("people.0", Path(__file__)),
        "session": lambda: viewed.create_session(a_session()),
        "organisation": lambda: viewed.add_organisation("Another"),
        "unit": lambda: viewed.add_unit(scored.organisation.id, "Team"),
        "model": lambda: viewed.add_model(scored.model),
        "archive": lambda: viewed.archive_session(scored.id),
        "import": lambda: viewed.import_session(whole),
        "merge": lambda: viewed.merge(library.path),
        "rename": lambda: viewed.naming.rename_organisation(scored.organisation.id, "Other"),
        "merge organisations": lambda: viewed.naming.merge_organisations(
            scored.organisation.id, scored.organisation.id
        ),
    }
    for change in changes.values():
        with pytest.raises(ReadOnlyLibrary, match=r"can only be viewed: .* save a copy"):
            change()
    assert viewed.load_session(scored.id) == scored


def test_nothing_is_queued_when_a_write_protected_library_is_scored(
    viewed: SqliteLibrary, scored: Session
) -> None:
    workshop = Workshop(scored, viewed)
    with pytest.raises(ReadOnlyLibrary):
        workshop.set_level("people.0", 4)
    assert workshop.unsaved == ()
    assert workshop.session == scored


def test_viewing_leaves_the_folder_as_it_was_and_makes_no_backup(
    stick: Path, write_protected: Protect, scored: Session
) -> None:
    before = content_of(stick.parent)
    write_protected(stick.parent)
    library = open_library(stick)
    library.load_session(scored.id)
    library.remember_position(scored.id, "process.0")
    assert library.last_position() == (scored.id, "process.0")
    assert not library.backup_schedule.next_slice_if_due()
    library.close()
    library.close()
    assert library.notices == ()
    assert library.backups() == ()
    assert content_of(stick.parent) == before
    assert [path for path in _own.folder().iterdir() if path.is_dir()] == []


def test_a_write_protected_library_can_be_backed_up_copied_and_exported(
    viewed: SqliteLibrary, scored: Session, tmp_path: Path
) -> None:
    assert viewed.back_up().path.is_relative_to(data_folder())
    viewed.export_session(scored.id, tmp_path / "one.stufenplan")
    copy = tmp_path / "copy.stufenplan"
    viewed.save_copy(copy)
    with closing(open_library(copy)) as mine:
        assert mine.read_only is None
        Workshop(mine.load_session(scored.id), mine).set_level("people.0", 4)
    assert viewed.load_session(scored.id) == scored


def test_who_may_write_to_a_library_can_do_so_while_another_one_views_it(
    library: SqliteLibrary, scored: Session, tmp_path: Path, write_protected: Protect
) -> None:
    seen = tmp_path / "seen"
    seen.mkdir()
    (seen / "client.stufenplan").hardlink_to(library.path)
    library.close()
    write_protected(seen)
    try:
        viewed = open_library(seen / "client.stufenplan")
    finally:
        library.path.chmod(0o600)  # writable under the other name
    assert viewed.read_only is not None
    with closing(open_library(library.path)) as mine:
        assert mine.read_only is None
        Workshop(scored, mine).set_level("people.0", 5)
    assert viewed.load_session(scored.id) == scored
    viewed.close()


def test_a_journal_beside_a_write_protected_library_is_rolled_back_in_a_copy_only(
    stick: Path, write_protected: Protect, in_another_process: Processes, scored: Session
) -> None:
    in_another_process(CRASH, stick).communicate()
    assert stick.with_name(stick.name + "-journal").stat().st_size > 0
    before = content_of(stick.parent)
    write_protected(stick.parent)
    with closing(open_library(stick)) as library:
        assert library.read_only is not None
        assert library.load_session(scored.id) == scored
        assert library.check() == ()
    assert content_of(stick.parent) == before
    assert not (data_folder() / "crashes").exists()


def test_a_journal_is_not_rolled_back_where_only_the_folder_is_write_protected(
    stick: Path,
    in_another_process: Processes,
    scored: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    in_another_process(CRASH, stick).communicate()
    before = content_of(stick.parent)
    monkeypatch.setattr("data.library.opening.os.access", lambda path, _: path != stick.parent)
    with closing(open_library(stick)) as library:
        assert library.read_only is not None
        assert library.load_session(scored.id) == scored
    assert content_of(stick.parent) == before


@pytest.mark.parametrize(
    "old", sorted(OLD_LIBRARIES.glob("*.stufenplan")), ids=lambda old: old.stem
)
def test_a_write_protected_library_of_an_earlier_release_is_viewed_as_it_is(
    old: Path, tmp_path: Path, write_protected: Protect
) -> None:
    path = tmp_path / "old" / old.name
    path.parent.mkdir()
    shutil.copyfile(old, path)
    before = content_of(path.parent)
    write_protected(path.parent)
    with closing(open_library(path)) as library:
        assert library.read_only is not None
        for summary in library.session_summaries():
            library.load_session(summary.id)
    assert content_of(path.parent) == before


def test_a_damaged_write_protected_library_is_refused_by_its_own_name(
    stick: Path, write_protected: Protect
) -> None:
    with closing(sqlite3.connect(stick)) as connection:
        connection.execute("UPDATE rating SET level = 1")
        connection.commit()
    write_protected(stick.parent)
    with pytest.raises(UnusableLibrary, match=r"“client\.stufenplan” is damaged"):
        open_library(stick)
    assert [path for path in _own.folder().iterdir() if path.is_dir()] == []


@pytest.mark.usefixtures("impatient")
def test_a_write_protected_library_that_somebody_writes_to_is_in_use(
    library: SqliteLibrary,
    scored: Session,
    tmp_path: Path,
    write_protected: Protect,
    in_another_process: Processes,
) -> None:
    assert scored
    library.close()
    seen = tmp_path / "seen"
    seen.mkdir()
    (seen / "client.stufenplan").hardlink_to(library.path)
    holder = in_another_process(HOLD, library.path)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    write_protected(seen)
    with pytest.raises(LibraryInUse):
        open_library(seen / "client.stufenplan")
    holder.communicate("")
