"""``start.py`` sets up a clone, is a no-op the second time, and reports what is missing.

Stand-ins play uv, Python, sudo and apt-get, so nothing here needs a network.
"""

import ast
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

import start
from stufenplan.setup import clone, qt_libraries

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="about Linux")

INSTALLER = """\
for word; do case $word in venv | install) break;; esac; done
for last; do :; done
echo "${0##*/} $word" >> "$MACHINE/calls"
case "$word $*" in
venv*--clear*) rm -rf "$last"; mkdir -p "$last/bin"; cp "$MACHINE/python" "$last/bin/python";;
install*) %s;;
esac
"""
APT_INSTALL = "apt-get install -y --no-install-recommends"
VENV = f"python3.{sys.version_info.minor}-venv"
COMMAND = ["model", "show", "--json"]


class Machine:
    """A clone with small pins, and stand-ins for the tools on PATH that record their calls."""

    def __init__(
        self, folder: Path, patch: pytest.MonkeyPatch, output: pytest.CaptureFixture[str]
    ) -> None:
        self.folder, self.patch, self.output = folder, patch, output
        self.started: list[tuple[str, ...]] = []
        """The command that starts the environment's Python in the end."""
        self.move_clone("clone")
        clone.ROOT.mkdir()
        self.change_pins("click==8.0")
        self.add_command("uv", INSTALLER % "exit 0")
        self.add_command("python", INSTALLER % "exit 0")
        patch.setenv("MACHINE", str(folder))
        patch.setenv("PATH", f"{folder}:/usr/bin:/bin")
        patch.chdir(folder)  # put back afterwards, like the next
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setattr(sys, "executable", str(folder / "python"))
        patch.setattr(qt_libraries, "can_load", lambda soname: True)
        patch.setattr(clone, "_hand_over", lambda *command: self.started.append(command) or 0)

    def add_command(self, name: str, script: str) -> None:
        (self.folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (self.folder / name).chmod(0o755)

    def calls(self) -> list[str]:
        """The calls since the last time: ["uv venv", "uv install"]."""
        file = self.folder / "calls"
        calls = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return calls

    def change_pins(self, text: str = "click==8.1") -> None:
        for path in clone.PINS.values():
            path.write_text(text, encoding="utf-8")

    def move_clone(self, name: str = "moved") -> None:
        root, environment = self.folder / name, self.folder / name / ".venv"
        if clone.ROOT.parent == self.folder:
            clone.ROOT.rename(root)
        self.patch.setattr(clone, "ROOT", root)
        self.patch.setattr(clone, "ENVIRONMENT", environment)
        self.patch.setattr(clone, "PYTHON", environment / "bin" / "python")
        self.patch.setattr(clone, "STAMP", environment / "stufenplan.stamp")
        pins = {kind: root / path.name for kind, path in clone.PINS.items()}
        self.patch.setattr(clone, "PINS", pins)

    def lose_python(self) -> None:
        clone.PYTHON.unlink()


@pytest.fixture
def machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Machine:
    return Machine(tmp_path, monkeypatch, capfd)


@pytest.fixture
def bare_debian(machine: Machine) -> Machine:
    """Nothing but Python: uv, ensurepip and one of Qt's libraries are missing; not root."""
    (machine.folder / "uv").unlink()
    machine.patch.setenv("DISPLAY", ":7")
    machine.patch.setattr(os, "geteuid", lambda: 1000)
    machine.patch.setattr(qt_libraries, "uses_apt", lambda: True)
    machine.patch.setattr(qt_libraries, "can_load", lambda soname: soname != "libEGL.so.1")
    machine.patch.setattr(clone, "find_spec", lambda name: None)
    return machine


@pytest.mark.parametrize("tool", ["uv", "python"])
def test_uv_or_else_pip_sets_up_once_and_adds_what_the_tests_need(
    tool: str, machine: Machine
) -> None:
    if tool == "python":
        (machine.folder / "uv").unlink()

    clone.main(COMMAND)
    assert machine.calls() == [f"{tool} venv", f"{tool} install"]
    clone.main(["test"])
    assert machine.calls() == [f"{tool} install"]
    machine.patch.delattr(clone, "translator_for")  # a later start does not even read a catalogue
    clone.main(COMMAND)
    clone.main(["test"])
    assert machine.calls() == []
    assert len(machine.started) == 4


def test_the_pins_include_pip_so_that_it_can_add_to_an_environment_of_uv() -> None:
    assert "\npip==" in clone.PINS["run"].read_text(encoding="utf-8")


@pytest.mark.parametrize("change", [Machine.change_pins, Machine.lose_python, Machine.move_clone])
def test_an_environment_that_no_longer_fits_is_rebuilt(change: Any, machine: Machine) -> None:
    clone.provide_environment("run")
    machine.calls()

    change(machine)
    clone.provide_environment("run")

    assert machine.calls() == ["uv venv", "uv install"]


def test_an_interrupted_set_up_is_repeated(machine: Machine) -> None:
    clone.provide_environment("run")
    machine.change_pins()
    with machine.patch.context() as patch:
        patch.setattr(clone, "_call", Mock(side_effect=KeyboardInterrupt))
        assert clone.main(COMMAND) == 130
    assert machine.output.readouterr().err.endswith(
        "Stopped. Run the same command again to continue.\n"
    )
    machine.calls()
    machine.change_pins("click==8.0")

    clone.provide_environment("run")

    assert machine.calls() == ["uv venv", "uv install"]


def test_of_two_starts_at_once_one_sets_up_and_the_other_waits(machine: Machine) -> None:
    machine.add_command("uv", INSTALLER % "sleep 0.3")
    with ThreadPoolExecutor() as pool:
        list(pool.map(clone.provide_environment, ["run", "run"]))

    assert machine.calls() == ["uv venv", "uv install"]
    # without the line end: both starts write to the same place, one in the middle of the other
    assert "Another start is setting up; waiting for it ..." in machine.output.readouterr().err


def test_stdout_is_left_to_the_program(machine: Machine) -> None:
    machine.add_command("uv", INSTALLER % "echo Downloading")

    clone.main(COMMAND)

    said = f"Setting up {clone.ENVIRONMENT} (once; a few hundred MB) ...\nDownloading\n"
    assert machine.output.readouterr() == ("", said)


def test_pip_steps_in_where_uv_fails_and_both_are_heard(machine: Machine) -> None:
    machine.add_command("uv", INSTALLER % "echo 'error: bad certificate' >&2; exit 2")

    assert clone.main(COMMAND) == 0

    machine.change_pins()
    machine.add_command("python", INSTALLER % "echo 'ERROR: No distribution' >&2; exit 1")
    with pytest.raises(SystemExit, match=r"a network .*HTTPS_PROXY.* disk .* Windows 10"):
        clone.main(COMMAND)
    assert machine.calls() == ["uv venv", "uv install", "python venv", "python install"] * 2
    said = machine.output.readouterr().err.splitlines()
    assert said[1:3] == ["error: bad certificate", "uv failed; trying pip ..."]
    assert said[4:] == [*said[1:3], "ERROR: No distribution"]


@linux_only
@pytest.mark.parametrize(
    ("arguments", "package"), [([], "libegl1"), (["test"], "libegl1"), (COMMAND, VENV)]
)
def test_missing_system_packages_are_named(
    arguments: list[str], package: str, bare_debian: Machine
) -> None:
    with pytest.raises(SystemExit, match=f"Install them with: sudo {APT_INSTALL} {package}$"):
        clone.main(arguments)
    assert bare_debian.calls() == []


@linux_only
@pytest.mark.parametrize("sudo", ["", "sudo "])
def test_system_packages_are_installed_by_root_and_with_sudo_on_request(
    sudo: str, bare_debian: Machine
) -> None:
    bare_debian.add_command(sudo.strip() or "apt-get", 'echo "${0##*/} $*" >> "$MACHINE/calls"')
    bare_debian.patch.setattr(os, "geteuid", lambda: 1000 if sudo else 0)

    clone.main(["--system-packages", "test"] if sudo else ["test"])

    assert bare_debian.calls() == [
        f"{sudo}apt-get update -qq",
        f"{sudo}{APT_INSTALL} libegl1",
        f"{sudo}apt-get update -qq",
        f"{sudo}{APT_INSTALL} {VENV}",
        "python venv",
        "python install",
    ]


def test_trouble_with_the_folder_ends_in_one_line(machine: Machine) -> None:
    (clone.ROOT / ".venv.lock").mkdir()

    with pytest.raises(SystemExit, match=r"Is a directory.* to a place of your own"):
        clone.main(COMMAND)


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (COMMAND, ("-P", "-m", "stufenplan", *COMMAND)),
        (["--", "--help"], ("-P", "-m", "stufenplan", "--help")),
        (["test", "--all", "-k", "undo"], ("-m", "pytest", "-n", "auto", "--all", "-k", "undo")),
    ],
)
def test_arguments_are_handed_over(
    arguments: list[str], command: tuple[str, ...], machine: Machine
) -> None:
    assert clone.main(arguments) == 0
    assert machine.started == [command]


@linux_only
def test_without_a_screen_the_sample_is_worked_through(machine: Machine) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        machine.patch.delenv(name, raising=False)

    clone.main([])

    folder = str(machine.folder / "stufenplan-sample")
    assert machine.started[0][-3:] == ("demo", "--export", folder)


@pytest.mark.parametrize("version", [(2, 7), (3, 10), (3, 15)])
def test_an_unsuitable_python_is_named_with_the_remedy(
    version: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "suitable_python", lambda: "")
    problem = start.problem_with_python(version)
    assert f"this is Python {version[0]}.{version[1]}" in problem
    assert "apt-get" in problem

    monkeypatch.setattr(start, "suitable_python", lambda: "python3.13")
    assert start.problem_with_python(version).endswith("Run it with: python3.13 start.py")
    assert start.problem_with_python(sys.version_info[:2]) == ""


def test_an_old_python_can_read_start_py() -> None:
    source = Path(start.__file__).read_text(encoding="utf-8")

    for node in ast.walk(ast.parse(source, feature_version=(3, 6))):
        # 3.6 does not know the import that leaves annotations alone, and 3.8 no list[str]
        assert getattr(node, "module", "") != "__future__"
        for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            assert not isinstance(annotation, ast.Subscript)


@pytest.mark.parametrize("variable", ["STUFENPLAN_LANGUAGE", "LANG"])
def test_a_german_computer_gets_german_messages_without_a_set_up(
    variable: str, machine: Machine
) -> None:
    machine.patch.setenv(variable, "de")

    assert "dies ist Python 3.8" in start.problem_with_python((3, 8))
    assert clone.main(["--help"]) == 0
    assert "das Fenster öffnen" in machine.output.readouterr().out
    assert machine.calls() == []
