"""The fast tests are deterministic; only `--all` explores."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from tests.conftest import FAST_SEED

ROOT = Path(__file__).resolve().parents[2]


def _seed_shown(*options: str) -> str:
    """The seed in the head of a test run, by which it can be repeated."""
    command = [sys.executable, "-m", "pytest", "--collect-only", *options, str(Path(__file__))]
    result = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", errors="replace", check=True
    )
    found = re.search(r"--randomly-seed=(\d+)", result.stdout)
    assert found is not None, result.stdout
    return found[1]


def test_hypothesis_explores_only_with_all_and_then_prints_how_to_repeat_a_failure(
    pytestconfig: pytest.Config,
) -> None:
    explores = pytestconfig.getoption("--all")
    profile = settings.default

    assert profile is not None
    assert profile.derandomize is not explores
    assert profile.print_blob is explores


@pytest.mark.slow
@pytest.mark.parametrize(("options", "is_fixed"), [([], True), (["--all"], False)])
def test_only_all_shuffles_in_another_way_each_time(options: list[str], is_fixed: bool) -> None:
    assert (_seed_shown(*options) == str(FAST_SEED)) is is_fixed
