"""kill -9 while scoring: everything acknowledged is there at the next start (T1)."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from crash_aftermath import kill_repeatedly

Start = Callable[..., "subprocess.Popen[str]"]


def test_some_kills_lose_nothing_that_was_acknowledged(start_driver: Start, tmp_path: Path) -> None:
    assert kill_repeatedly(start_driver, tmp_path / "work.stufenplan", kills=3, seed=1) > 3


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing_that_was_acknowledged(
    start_driver: Start, tmp_path: Path
) -> None:
    assert kill_repeatedly(start_driver, tmp_path / "work.stufenplan", 200, seed=2) > 500
