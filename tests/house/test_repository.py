"""Unwanted content of the repository: machine paths, registries, packages among tests."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Put together here, so that this file does not find itself.
PLACES = (
    f"{ROOT}/",
    f"{Path.home()}/",
    f"{sys.prefix}/",
    ".".join(("pythonhosted", "org")),
    ".".join(("pypi", "org")),
)


pytestmark = pytest.mark.skipif(
    not (ROOT / ".git").exists() or shutil.which("git") is None, reason="needs a git checkout"
)


def _git_lists(*arguments: str) -> list[str]:
    result = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", *arguments],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return [name for name in result.stdout.split("\0") if name]


@pytest.fixture(scope="module")
def tracked_files() -> list[Path]:
    return [path for name in _git_lists() if (path := ROOT / name).is_file()]


def test_no_file_names_a_place_of_one_machine_or_a_registry(tracked_files: list[Path]) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {place}"
        for path in tracked_files
        for place in PLACES
        if place.encode() in path.read_bytes()
    ]

    assert found == []


def test_no_lock_file_with_addresses_is_tracked(tracked_files: list[Path]) -> None:
    assert [path.name for path in tracked_files if path.name in {"uv.lock", "pylock.toml"}] == []


def test_folders_of_tests_are_no_packages(tracked_files: list[Path]) -> None:
    # tests/app/__init__.py alone would hide our own app from every test
    packages = [path for path in tracked_files if path.name == "__init__.py"]

    assert [path for path in packages if path.is_relative_to(ROOT / "tests")] == []


def test_git_ignores_nothing_that_the_wheel_needs() -> None:
    folders = ("stufenplan", "app", "data", "exports", "ui")
    ignored = _git_lists("--others", "--ignored", "--exclude-standard", *folders)

    assert [name for name in ignored if "__pycache__" not in name] == []
