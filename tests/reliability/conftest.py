"""Fixtures that start drivers; makes ``tools/`` importable."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

TOOLS = Path(__file__).with_name("tools")
sys.path.insert(0, str(TOOLS))

from crash_aftermath import environment  # noqa: E402 (the line above makes it importable)
from window_aftermath import DrivenWindow  # noqa: E402

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start_driver() -> Iterator[Start]:
    """Start the scoring driver on a library; leftovers are killed at teardown."""
    started: list[subprocess.Popen[str]] = []

    def start(library: Path, *options: str, before: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        command = [*before, sys.executable, str(TOOLS / "crash_driver.py"), str(library), *options]
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=environment(),
        )
        started.append(child)
        return child

    yield start
    for child in started:
        child.kill()
        child.communicate()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A tmpfs of 1.25 MB; mounting one needs root."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1280k", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a disk in memory cannot be mounted here; the sweep of file sizes stands in")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)


@pytest.fixture
def open_window() -> Iterator[Callable[[Path], DrivenWindow]]:
    """Open the real program on a library, ready for commands; killed at teardown."""
    opened: list[DrivenWindow] = []

    def open_it(library: Path) -> DrivenWindow:
        opened.append(DrivenWindow(library))
        return opened[-1]

    yield open_it
    for each in opened:
        each.kill()
