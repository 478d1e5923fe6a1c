"""kill -9 of the real program: everything shown as saved is there at the next start (T1)."""

from __future__ import annotations

from pathlib import Path

import pytest
from window_aftermath import kill_repeatedly


@pytest.mark.slow
def test_six_kills_of_the_window_lose_nothing_that_it_showed_as_saved(tmp_path: Path) -> None:
    assert kill_repeatedly(tmp_path, kills=6, seed=3) > 5


@pytest.mark.slow
@pytest.mark.parametrize("seed", [4, 6])
def test_two_hundred_kills_of_the_window_lose_nothing_that_it_showed_as_saved(
    seed: int, tmp_path: Path
) -> None:
    """In two halves, so that two processes share them."""
    assert kill_repeatedly(tmp_path, kills=100, seed=seed) > 500


@pytest.mark.slow
def test_the_kills_would_notice_a_window_that_says_saved_too_early(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="an acknowledged change is lost"):
        kill_repeatedly(tmp_path, 25, 5, "--too-early")
