"""The CI workflow runs what the README says, on every system and Python it names."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import start

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def jobs() -> dict[str, Any]:
    workflow: dict[str, Any] = YAML(typ="safe").load(ROOT / ".github" / "workflows" / "tests.yml")
    assert workflow["on"] == ["push", "pull_request"]
    return dict(workflow["jobs"])


def _commands(job: dict[str, Any]) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step]


def test_the_test_command_of_the_readme_runs_on_every_system(jobs: dict[str, Any]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (command,) = _commands(jobs["tests"])

    assert command == "python start.py --system-packages test"
    assert "\npython3 start.py test " in readme
    assert "`python3 start.py --system-packages`" in readme
    assert jobs["tests"]["runs-on"] == "${{ matrix.os }}"
    systems = {name.partition("-")[0] for name in jobs["tests"]["strategy"]["matrix"]["os"]}
    assert systems == {"ubuntu", "windows", "macos"}


def test_the_oldest_and_the_newest_supported_python_are_tried(jobs: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest, newest = f"3.{start.FIRST_MINOR}", f"3.{start.LAST_MINOR}"

    assert jobs["tests"]["strategy"]["matrix"]["python"] == [oldest, newest]
    assert project["requires-python"] == f">={oldest}"
    assert f"Programming Language :: Python :: {newest}" in project["classifiers"]


def test_the_wheel_is_built_once(jobs: dict[str, Any]) -> None:
    assert "strategy" not in jobs["wheel"]
    assert _commands(jobs["wheel"])[0] == "pipx run build"
