"""Static checks: style, types and import contracts."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _findings(*command: str) -> str:
    """What a tool complains about; empty when it is content."""
    result = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return "" if result.returncode == 0 else result.stdout + result.stderr


def test_ruff_has_nothing_to_say() -> None:
    assert _findings(sys.executable, "-m", "ruff", "check", "--output-format=concise") == ""


def test_every_file_is_formatted() -> None:
    assert _findings(sys.executable, "-m", "ruff", "format", "--check") == ""


def test_imports_run_one_way() -> None:
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    findings = _findings(sys.executable, "-c", lint, "--no-cache")

    without_banner = "\n".join(line for line in findings.splitlines() if line.isascii())
    assert findings == "", without_banner


@pytest.mark.slow
@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_all_types_agree(platform: str) -> None:
    # a cache for each platform: one for all would be rebuilt each time
    options = (f"--platform={platform}", f"--cache-dir=.mypy_cache/{platform}")

    assert _findings(sys.executable, "-m", "mypy", *options) == ""
