"""Pinned requirements match ``pyproject.toml`` and name no package index."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
FILES = ("requirements.txt", "requirements-dev.txt")


def _blocks(name: str) -> list[str]:
    """One text per pinned package: its line and the hashes that continue it."""
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return "\n".join(lines).replace("\\\n", " ").splitlines()


def _pins(name: str) -> dict[str, list[Requirement]]:
    pins: dict[str, list[Requirement]] = {}
    for block in _blocks(name):
        pin = Requirement(block.partition(" --hash")[0])
        pins.setdefault(canonicalize_name(pin.name), []).append(pin)
    return pins


def _wanted(name: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted: list[str] = list(project["project"]["dependencies"])
    if name == "requirements-dev.txt":
        wanted += project["dependency-groups"]["dev"]
    return [Requirement(text) for text in wanted]


@pytest.mark.parametrize("name", FILES)
def test_every_pin_carries_hashes(name: str) -> None:
    bare = [block for block in _blocks(name) if "--hash=sha256:" not in block]

    assert bare == []


@pytest.mark.parametrize("name", FILES)
def test_no_address_or_index_stands_in_the_pins(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    assert re.findall(r"https?:|file:|index-url|find-links|trusted-host", text) == []


@pytest.mark.parametrize("name", FILES)
def test_pins_satisfy_the_project(name: str) -> None:
    pins = _pins(name)
    unmet = [
        str(wanted)
        for wanted in _wanted(name)
        if not any(
            wanted.specifier.contains(next(iter(pin.specifier)).version, prereleases=True)
            for pin in pins.get(canonicalize_name(wanted.name), [])
        )
    ]

    assert unmet == []


def test_the_tests_run_against_the_very_versions_the_program_uses() -> None:
    program, tests = _pins("requirements.txt"), _pins("requirements-dev.txt")

    assert {name: tests.get(name) for name in program} == program
