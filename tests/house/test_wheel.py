"""The wheel contains the whole program under a single name, and runs from where it is unpacked."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("app", "data", "exports", "ui")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (ROOT / ".git").exists() or shutil.which("git") is None, reason="needs a git checkout"
    ),
]


def _run(*command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from what is committed or about to be, without a second download."""
    target = tmp_path_factory.mktemp("dist")
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target))
    result = _run(*build, str(ROOT), cwd=ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_the_wheel_owns_a_single_name(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name.partition("/")[0] for name in archive.namelist()}

    assert {name for name in names if not name.endswith(".dist-info")} == {"stufenplan"}


def test_the_checker_of_wheels_is_content(wheel: Path) -> None:
    result = _run(
        sys.executable,
        "-m",
        "check_wheel_contents",
        "--toplevel",
        "stufenplan",
        str(wheel),
        cwd=wheel.parent,
    )

    assert result.returncode == 0, result.stdout


def test_every_file_of_the_program_travels(unpacked: Path) -> None:
    result = _run(
        "git", "-c", f"safe.directory={ROOT}", "ls-files", "stufenplan", *FOLDERS, cwd=ROOT
    )
    tracked = {Path(name) for name in result.stdout.splitlines() if (ROOT / name).exists()}
    bundled = {
        path if path.parts[0] == "stufenplan" else Path("stufenplan", "_bundle", path)
        for path in tracked - {Path("stufenplan", "setup", "clone.py")}
    }

    assert {path for path in bundled if not (unpacked / path).is_file()} == set()
    assert not (unpacked / "stufenplan" / "setup" / "clone.py").exists()


def test_the_licence_travels(unpacked: Path) -> None:
    names = {path.name for path in unpacked.glob("*.dist-info/licenses/*")}

    assert names == {"LICENSE", "THIRD-PARTY.md"}


def test_it_runs_between_hostile_folders_of_the_same_names(unpacked: Path, tmp_path: Path) -> None:
    for name in FOLDERS:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit(9)\n", encoding="utf-8")
    result = _run(
        sys.executable,
        "-m",
        "stufenplan",
        "--version",
        cwd=tmp_path,
        PYTHONPATH=f"{unpacked}{os.pathsep}{tmp_path}",
    )

    assert (result.returncode, "0.1" in result.stdout) == (0, True), result.stderr
