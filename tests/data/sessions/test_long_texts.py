"""Attached files stay on the disk while a session is written to JSON and read back."""

from __future__ import annotations

import base64
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import InvalidFile, InvalidInput
from app.sample import create_sample
from app.words.texts import translator_for
from app.workshop.workshop import Workshop
from data.library.library import SqliteLibrary, open_library
from data.models.builtin import builtin_model
from data.sessions import long_texts, set_aside
from data.sessions.document import read_session
from data.sessions.json_file import read_session_file
from exports.session_json import json_text, session_to_document, write_session_json

LONG = base64.b64encode(random.Random(1).randbytes(6_000)).decode()


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_texts, "_READ_AT_ONCE", 777)
    monkeypatch.setattr(set_aside, "MOST_IN_MEMORY", 4_000)


def _with_files(tmp_path: Path, library: SqliteLibrary, sizes: tuple[int, ...]) -> str:
    """Attach files of these sizes to the first area of a sample; returns the session's id."""
    session_id = create_sample(library, builtin_model(), "en").session_ids[-1]
    workshop = Workshop(library.load_session(session_id), library)
    area = workshop.session.model.areas[0].id
    for number, size in enumerate(sizes):
        file = tmp_path / f"{number}.bin"
        file.write_bytes(random.Random(number).randbytes(size))
        workshop.add_file(area, file)
    return session_id


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize(
    "sizes",
    [(0, 3_072, 3_073), pytest.param((1, 3_071, 9_000, 200_000), marks=pytest.mark.slow)],
)
def test_files_of_every_size_are_written_and_read_back(
    sizes: tuple[int, ...], tmp_path: Path
) -> None:
    library = open_library(tmp_path / "library.stufenplan", create=True)
    session_id = _with_files(tmp_path, library, sizes)
    whole = library.whole_session(session_id)
    written = tmp_path / "session.json"
    write_session_json(whole, written, exported_with="1")
    assert written.read_text(encoding="utf-8") == json_text(
        session_to_document(whole, exported_with="1")
    )
    again = read_session(written)
    assert again.files == whole.files
    assert len(again.files) == len(sizes)
    library.close()
    other = open_library(tmp_path / "other.stufenplan", create=True)
    taken_in = other.import_session(again).session
    assert other.whole_session(taken_in.id).files == whole.files
    assert other.check() == ()
    other.close()


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("indent", [None, 2])
def test_long_texts_elsewhere_are_what_they_were(tmp_path: Path, indent: int | None) -> None:
    document = {
        "note": LONG,
        LONG: {"nested": [LONG, 1, f'"{LONG}', f'{LONG}"', f'"{LONG}"', f"\\{LONG}", LONG + "§"]},
        "files": [{"digest": LONG, "content": "QQ=="}, LONG, {"other": LONG}],
    }
    file = tmp_path / "session.json"
    file.write_text(json.dumps(document, indent=indent, ensure_ascii=False), encoding="utf-8")
    assert read_session_file(file).document == document


@pytest.mark.usefixtures("small_pieces")
def test_only_the_content_of_a_file_is_left_out(tmp_path: Path) -> None:
    document = {"files": [{"digest": "1", "content": LONG}, {"digest": "2", "content": "QQ=="}]}
    file = tmp_path / "session.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    read = read_session_file(file)
    first, second = (entry["content"] for entry in read.document["files"])
    assert len(first) < 50
    assert read.contents.decoded(first) == base64.b64decode(LONG)
    assert read.contents.decoded(second) == b"A"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_fault_behind_a_long_text_has_its_column_in_the_file(tmp_path: Path, mark: str) -> None:
    text = f'{{"files": [{{"digest": "ä", "content": "{LONG}"}}], oops}}'
    file = tmp_path / "session.json"
    file.write_text(f"{mark}\n{text}", encoding="utf-8")
    with pytest.raises(InvalidFile) as caught:
        read_session_file(file)
    column = text.index("oops") + 1
    assert caught.value.lines(translator_for("en")) == [
        f"line 2: This is not valid JSON (column {column})."
    ]


def test_a_name_twice_is_refused_however_long_it_is(tmp_path: Path) -> None:
    file = tmp_path / "session.json"
    file.write_text(f'{{"{LONG}": 1, "{LONG}": 2}}', encoding="utf-8")
    with pytest.raises(InvalidFile) as caught:
        read_session_file(file)
    assert "appears twice" in caught.value.lines(translator_for("en"))[0]


def test_a_file_that_changes_during_the_import_is_refused(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library.stufenplan", create=True)
    session_id = _with_files(tmp_path, library, (9_000,))
    written = tmp_path / "session.json"
    write_session_json(library.whole_session(session_id), written, exported_with="1")
    library.close()
    whole = read_session(written)
    written.write_bytes(written.read_bytes()[::-1])
    other = open_library(tmp_path / "other.stufenplan", create=True)
    with pytest.raises(InvalidInput, match="was changed"):
        other.import_session(whole)
    assert other.session_count() == 0
    other.close()


_BIG = """
import re, sys
from pathlib import Path
from data.library.library import open_library
from exports.export import ExportKind, ExportRequest, begin_export
from data.sessions.document import read_session

folder, job = Path(sys.argv[1]), sys.argv[2]
file = folder / "session.json"
if job == "export":
    library = open_library(folder / "library.stufenplan", check=False)
    session = library.load_session(sys.argv[3])
    request = ExportRequest(ExportKind.JSON, file, "en")
    begin_export(request, session, library, "1")(None)
else:
    library = open_library(folder / "other.stufenplan", create=True)
    library.import_session(read_session(file))
status = Path("/proc/self/status").read_text()  # getrusage has the peak of the parent, too
print(int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is in other units elsewhere")
def test_500_mb_are_exported_and_imported_in_less_than_300_mb_of_memory(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library.stufenplan", create=True)
    session_id = _with_files(tmp_path, library, (10 * 1024**2,) * 50)
    whole = library.whole_session(session_id)
    library.close()
    script = tmp_path / "job.py"
    script.write_text(_BIG, encoding="utf-8")
    for job in ("export", "import"):
        command = [sys.executable, str(script), str(tmp_path), job, session_id]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
        done = subprocess.run(command, capture_output=True, check=True, text=True, env=environment)
        assert int(done.stdout) < 300, job
    assert (tmp_path / "session.json").stat().st_size > 650_000_000
    other = open_library(tmp_path / "other.stufenplan", check=False)
    assert other.whole_session(session_id).files == whole.files
    other.close()
