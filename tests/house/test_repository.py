"""What never belongs in the repository: places of one machine, registries, packages among tests."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# put together here, so that this file does not find itself
PLACES = tuple(
    "/".join(parts)
    for parts in (
        ("", "work", "main"),
        ("", "work", "shared"),
        ("", "tmp", "venv"),
        ("", "root", ""),
        ("", "home", "user"),
        ("files.pythonhosted.org", ""),
        ("pypi.org", "simple"),
    )
)


@pytest.fixture(scope="module")
def tracked_files() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    output = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    ).stdout
    return [path for name in output.split("\0") if name and (path := ROOT / name).is_file()]


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
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    folders = ["stufenplan", "app", "data", "exports", "ui"]
    result = subprocess.run(
        ["git", "ls-files", "--others", "--ignored", "--exclude-standard", *folders],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    ignored = [name for name in result.stdout.splitlines() if "__pycache__" not in name]

    assert ignored == []
