"""Start-up: time to first paint, one window per library, recovery after a kill."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from data.library.library import open_library

ROOT = Path(__file__).resolve().parents[2]
Starter = Callable[..., subprocess.Popen[str]]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="kills and offscreen windows need POSIX"),
]


@pytest.fixture
def trace(tmp_path: Path) -> Path:
    return tmp_path / "trace"


@pytest.fixture
def start(trace: Path) -> Iterator[Starter]:
    """Start the program offscreen; whatever still runs at the end is ended."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        environment = {**os.environ, "STUFENPLAN_TRACE": str(trace), "QT_QPA_PLATFORM": "offscreen"}
        process = subprocess.Popen(
            [sys.executable, "-m", "stufenplan", *arguments],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def marks(trace: Path, event: str, count: int = 1) -> list[dict[str, Any]]:
    """Wait until an event was marked so many times."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        lines = trace.read_text(encoding="utf-8").splitlines() if trace.exists() else []
        found = [mark for mark in map(json.loads, lines) if mark["event"] == event]
        if len(found) >= count:
            return found
        time.sleep(0.05)
    raise AssertionError(f"“{event}” was not reached")


def test_the_list_is_filled_before_anything_heavy_is_loaded(start: Starter, trace: Path) -> None:
    start()
    (painted,), (filled,) = marks(trace, "painted"), marks(trace, "filled")
    assert painted["at"] < filled["at"]
    assert not {"numpy", "matplotlib", "openpyxl", "pandas"} & set(filled["loaded"])


def test_a_second_start_leaves_the_library_to_the_first_window(
    start: Starter, trace: Path, tmp_path: Path
) -> None:
    library = tmp_path / "workshop.stufenplan"
    open_library(library, create=True).close()
    first = start("--library", str(library))
    marks(trace, "listening")
    second = start("--library", str(library))
    assert second.wait(timeout=20) == 0
    assert first.poll() is None


def test_a_killed_window_leaves_the_library_free_for_the_next(
    start: Starter, trace: Path, tmp_path: Path
) -> None:
    library = tmp_path / "workshop.stufenplan"
    open_library(library, create=True).close()
    first = start("--library", str(library))
    marks(trace, "listening")
    first.kill()
    first.wait(timeout=20)
    second = start("--library", str(library))
    marks(trace, "listening", count=2)
    assert second.poll() is None
    assert "Traceback" not in log_of(second)


def log_of(process: subprocess.Popen[str]) -> str:
    process.kill()
    return process.communicate(timeout=20)[1]


def test_a_file_that_is_no_library_keeps_the_window_open(
    start: Starter, trace: Path, tmp_path: Path
) -> None:
    text = tmp_path / "notes.stufenplan"
    text.write_text("no library", encoding="utf-8")
    process = start(str(text))
    marks(trace, "filled")
    time.sleep(0.5)  # it would have ended by now
    assert process.poll() is None
    assert "Traceback" not in log_of(process)
    assert text.read_text(encoding="utf-8") == "no library"


COLLECTING = """
import gc, os, sys
import ui.trace
from stufenplan.__main__ import main

def mark(event):
    print(event, gc.isenabled(), flush=True)
    if event == "listening":
        os._exit(0)

ui.trace.mark = mark
main(["--library", sys.argv[1]])
"""


def test_the_garbage_collector_works_again_once_the_list_is_filled(tmp_path: Path) -> None:
    library = tmp_path / "workshop.stufenplan"
    open_library(library, create=True).close()
    done = subprocess.run(
        [sys.executable, "-c", COLLECTING, str(library)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    said = done.stdout.splitlines()
    assert said == ["painted False", "filled False", "listening True"], done.stderr


DOUBLE_CLICKED = """
import sys
from pathlib import Path
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from stufenplan import window
from ui.flows.libraries import LibraryFlow
from ui.shell.shell import Shell

def end():
    QApplication.instance().exit()

def show_at_last_place(self, show=window.MainWindow.show_at_last_place):
    QApplication.sendEvent(QApplication.instance(), QFileOpenEvent(sys.argv[1]))
    show(self)

window.MainWindow.show_at_last_place = show_at_last_place
LibraryFlow.open_at_start = lambda self, named: (print("library", named), end())
Shell.take_files = lambda self, files: print("files", *files)
window.run_window(None)
"""


@pytest.mark.parametrize(
    ("name", "said"),
    [("x.stufenplan", ["library x.stufenplan"]), ("x.json", ["library None", "files x.json"])],
)
def test_a_file_that_macos_hands_over_before_the_first_paint_is_opened(
    name: str, said: list[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DOUBLE_CLICKED, name],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.stdout.splitlines() == said, done.stderr
