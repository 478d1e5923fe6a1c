"""``start.py`` sets up a clone, is a no-op the second time, and reports what is missing.

The tools that download are played by small scripts, so nothing here needs a network.
"""

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import start
from stufenplan.setup import clone, qt_libraries

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")

STAND_IN = """\
#!/bin/sh
if [ "$1" = venv ] || [ "$2" = venv ]; then
    echo "{name} venv" >> "{calls}"
    for last; do :; done
    mkdir -p "$last/bin" && cp "{python}" "$last/bin/python"
    {after_venv}
    exit 0
fi
echo "{name} install" >> "{calls}"
{install}
"""

ROOT = Path(__file__).resolve().parents[2]
REAL_PYTHON = sys.executable


class Tools:
    """Stand-ins for uv and Python that record their calls, in a clone with small pins."""

    def __init__(self, folder: Path) -> None:
        self.clone = folder / "clone"
        self.python = folder / "python" / "python3"
        self.commands = folder / "commands"
        self.uv = self.commands / "uv"
        self._calls = folder / "calls"
        for path in (self.clone, self.python.parent, self.commands):
            path.mkdir()
        for name in ("requirements.txt", "requirements-dev.txt"):
            (self.clone / name).write_text("click==8.0\n", encoding="utf-8")
        self.uv_installs("exit 0")
        self.pip_installs("exit 0")

    def uv_installs(self, script: str) -> None:
        """What ``uv pip install`` does from now on."""
        self._write(self.uv, "uv", script, after_venv="")

    def pip_installs(self, script: str) -> None:
        """What ``python -m pip install`` does in an environment made from now on."""
        self._write(self.python, "pip", script, after_venv='touch "$last/bin/pip"')

    def add_command(self, name: str, script: str) -> None:
        """Put another command on PATH, which records its arguments."""
        path = self.commands / name
        path.write_text(f'#!/bin/sh\necho "{name} $*" >> "{self._calls}"\n{script}\n')
        path.chmod(0o755)

    def _write(self, path: Path, name: str, script: str, after_venv: str) -> None:
        text = STAND_IN.format(
            name=name, calls=self._calls, python=self.python, install=script, after_venv=after_venv
        )
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def calls(self) -> list[str]:
        """What was called since the last time: ["uv venv", "uv install"]."""
        if not self._calls.exists():
            return []
        calls = self._calls.read_text(encoding="utf-8").splitlines()
        self._calls.unlink()
        return calls


def place(root: Path) -> dict[str, Any]:
    """The constants of the set-up for a clone at another place."""
    environment = root / ".venv"
    return {
        "ROOT": root,
        "ENVIRONMENT": environment,
        "PYTHON": environment / "bin" / "python",
        "STAMP": environment / "stufenplan.stamp",
        "PINS": {kind: root / path.name for kind, path in clone.PINS.items()},
    }


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tools:
    tools = Tools(tmp_path)
    for name, value in place(tools.clone).items():
        monkeypatch.setattr(clone, name, value)
    monkeypatch.setattr(sys, "executable", str(tools.python))
    monkeypatch.setenv("PATH", f"{tools.commands}{os.pathsep}{os.environ['PATH']}")
    return tools


@pytest.fixture
def no_uv(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without uv."""
    tools.uv.unlink()
    monkeypatch.setenv("PATH", f"{tools.commands}{os.pathsep}/usr/bin:/bin")


def test_a_second_start_sets_nothing_up(tools: Tools) -> None:
    clone.provide_environment("run")
    assert tools.calls() == ["uv venv", "uv install"]

    clone.provide_environment("run")
    assert tools.calls() == []


def test_the_tests_only_add_to_the_environment_of_the_program(tools: Tools) -> None:
    clone.provide_environment("run")
    tools.calls()

    clone.provide_environment("test")
    assert tools.calls() == ["uv install"]

    clone.provide_environment("run")
    assert tools.calls() == []


def test_changed_pins_rebuild_the_environment(tools: Tools) -> None:
    clone.provide_environment("run")
    stale = tools.clone / ".venv" / "stale"
    stale.touch()
    tools.calls()
    (tools.clone / "requirements.txt").write_text("click==8.1\n", encoding="utf-8")

    clone.provide_environment("run")

    assert tools.calls() == ["uv venv", "uv install"]
    assert not stale.exists()


def test_an_interrupted_set_up_is_repeated(tools: Tools) -> None:
    tools.uv_installs("kill -KILL $$")
    tools.pip_installs("kill -KILL $$")
    with pytest.raises(clone.SetupProblem):
        clone.provide_environment("run")
    tools.calls()
    tools.uv_installs("exit 0")

    clone.provide_environment("run")

    assert tools.calls() == ["uv venv", "uv install"]


def test_an_environment_without_its_python_is_rebuilt(tools: Tools) -> None:
    clone.provide_environment("run")
    clone.PYTHON.unlink()
    tools.calls()

    clone.provide_environment("run")

    assert tools.calls() == ["uv venv", "uv install"]


def test_a_moved_clone_is_set_up_again(
    tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.provide_environment("run")
    tools.calls()
    moved = tools.clone.rename(tmp_path / "moved")
    for name, value in place(moved).items():
        monkeypatch.setattr(clone, name, value)

    clone.provide_environment("run")

    assert tools.calls() == ["uv venv", "uv install"]


def test_of_two_starts_at_once_one_sets_up_and_the_other_waits(tools: Tools) -> None:
    tools.uv_installs("sleep 0.5")
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]);"
        "from stufenplan.setup import clone; from test_start import place;"
        "vars(clone).update(place(Path(sys.argv[2]))); clone.provide_environment('run')"
    )
    command = [REAL_PYTHON, "-c", code, str(Path(__file__).parent), str(tools.clone)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    starts = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8")
        for _ in range(2)
    ]
    outputs = sorted(start.communicate()[0].splitlines()[-1] for start in starts)

    assert [start.returncode for start in starts] == [0, 0]
    assert tools.calls() == ["uv venv", "uv install"]
    assert outputs[0] == "Another start is setting up; waiting for it ..."


def test_without_uv_pip_does_the_work(tools: Tools, no_uv: None) -> None:
    clone.provide_environment("run")
    assert tools.calls() == ["pip venv", "pip install"]

    clone.provide_environment("test")
    assert tools.calls() == ["pip install"]


def test_pip_steps_in_where_uv_fails(tools: Tools, capfd: pytest.CaptureFixture[str]) -> None:
    tools.uv_installs("echo 'error: invalid peer certificate' >&2; exit 2")

    clone.provide_environment("run")

    assert tools.calls() == ["uv venv", "uv install", "pip venv", "pip install"]
    assert "invalid peer certificate\nuv failed" in capfd.readouterr().err


def test_a_failed_installation_shows_what_the_tool_said_and_what_is_needed(
    tools: Tools, no_uv: None, capfd: pytest.CaptureFixture[str]
) -> None:
    tools.pip_installs("echo 'ERROR: No matching distribution found for click' >&2; exit 1")

    assert clone.main(["model", "list"]) == 1
    said, sentence = capfd.readouterr().err.splitlines()
    assert said == "ERROR: No matching distribution found for click"
    for needed in ("a network", "HTTPS_PROXY", "disk space", "Windows 10", "same command again"):
        assert needed in sentence


def test_a_set_up_that_works_shows_nothing_of_the_tool_in_a_log(
    tools: Tools, started: list[list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    tools.uv_installs("echo 'Downloading click'")

    clone.main(["model", "list"])

    assert capfd.readouterr().out == (
        f"Setting up {clone.ENVIRONMENT} (once; a few hundred MB) ...\n"
    )


def test_a_missing_venv_module_is_named_with_its_package(
    no_uv: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(clone, "_lacks_venv", lambda: True)
    monkeypatch.setattr(qt_libraries, "uses_apt", lambda: True)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    assert clone.main(["model", "list"]) == 1
    package = f"python3.{sys.version_info.minor}-venv"
    assert capsys.readouterr().err.endswith(
        f"sudo apt-get install -y --no-install-recommends {package}\n"
    )


def test_missing_qt_libraries_stop_the_tests_with_one_apt_line(
    tools: Tools, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(qt_libraries, "can_load", lambda soname: soname != "libEGL.so.1")
    monkeypatch.setattr(qt_libraries, "uses_apt", lambda: True)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    if sys.platform == "linux":
        assert clone.main(["test"]) == 1
        assert capsys.readouterr().err.endswith("--no-install-recommends libegl1\n")
        assert tools.calls() == []


@pytest.mark.skipif(sys.platform != "linux", reason="about Debian")
@pytest.mark.parametrize("is_root", [True, False])
def test_system_packages_are_installed_by_root_and_with_sudo_on_request(
    is_root: bool, tools: Tools, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = {"libEGL.so.1"}

    def install(command: str) -> None:
        script = 'case "$*" in *install*) touch "$(dirname "$0")/installed";; esac'
        tools.add_command(command, script)

    def can_load(soname: str) -> bool:
        return soname not in lacking or (tools.commands / "installed").exists()

    install("apt-get" if is_root else "sudo")
    monkeypatch.setattr(qt_libraries, "can_load", can_load)
    monkeypatch.setattr(qt_libraries, "uses_apt", lambda: True)
    monkeypatch.setattr(os, "geteuid", lambda: 0 if is_root else 1000)
    monkeypatch.chdir(Path.cwd())  # put back afterwards

    assert clone.main(["test"] if is_root else ["--system-packages", "test"]) == 0
    apt = "apt-get" if is_root else "sudo apt-get"
    assert tools.calls()[:2] == [
        f"{apt} update -qq",
        f"{apt} install -y --no-install-recommends libegl1",
    ]
    assert len(started) == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "No space left on device"),
        (errno.EROFS, "copy the whole folder to a place of your own"),
    ],
)
def test_trouble_with_the_folder_becomes_one_line(
    code: int,
    words: str,
    tools: Tools,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail() -> None:
        raise OSError(code, os.strerror(code), str(tools.clone))

    monkeypatch.setattr(clone, "_remove_environment", fail)

    assert clone.main(["model", "list"]) == 1
    complaint = capsys.readouterr().err
    assert words in complaint
    assert complaint.count("\n") == 1


@pytest.fixture
def started(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands the program was handed over to, instead of running them."""
    commands: list[list[str]] = []

    def note(*command: str) -> int:
        commands.append(list(command))
        return 0

    monkeypatch.setattr(clone, "_hand_over", note)
    return commands


def test_arguments_reach_the_program(started: list[list[str]]) -> None:
    assert clone.main(["model", "show", "--json"]) == 0

    assert started == [["-P", "-m", "stufenplan", "model", "show", "--json"]]


def test_arguments_of_the_tests_reach_pytest(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(qt_libraries, "can_load", lambda soname: True)
    monkeypatch.chdir(Path.cwd())  # put back afterwards

    clone.main(["test", "--all", "-k", "undo"])

    assert started == [["-m", "pytest", "-n", "auto", "--all", "-k", "undo"]]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a screen")
def test_without_a_screen_the_sample_is_worked_through(
    started: list[list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    assert clone.main([]) == 0

    folder = tmp_path / "stufenplan-sample"
    assert started[0][-3:] == ["demo", "--export", str(folder)]
    assert str(folder) in capsys.readouterr().out


@pytest.mark.parametrize("version", [(3, 8), (3, 10), (3, 15), (2, 7)])
def test_an_unsuitable_python_is_named(version: tuple[int, int]) -> None:
    sentence = start.problem_with_python(version, [], "linux")

    assert f"this is Python {version[0]}.{version[1]}" in sentence
    assert "apt-get" in sentence


def test_a_better_python_on_this_machine_is_pointed_at() -> None:
    sentence = start.problem_with_python((3, 9), ["python3.13", "python3.11"], "linux")

    assert sentence.endswith("Run it with: python3.13 start.py")


def test_the_python_of_this_run_is_suitable() -> None:
    assert start.problem_with_python(sys.version_info[:2], [], sys.platform) == ""


def test_an_old_python_can_read_start_py() -> None:
    import ast

    source = Path(start.__file__).read_text(encoding="utf-8")

    tree = ast.parse(source, feature_version=(3, 6))

    imports = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    annotations = [node.returns for node in functions]
    annotations += [given.annotation for node in functions for given in node.args.args]
    # 3.6 does not know the import that leaves annotations alone, and 3.8 no list[str]
    assert "__future__" not in imports
    assert not [node for node in annotations if isinstance(node, ast.Subscript)]


def test_help_needs_no_set_up(tools: Tools, capsys: pytest.CaptureFixture[str]) -> None:
    assert clone.main(["--help"]) == 0

    assert tools.calls() == []
    assert "start.py test" in capsys.readouterr().out


@pytest.mark.parametrize("variable", ["STUFENPLAN_LANGUAGE", "LANG"])
def test_a_german_computer_gets_german_messages(
    variable: str,
    tools: Tools,
    started: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(variable, "de" if variable == "STUFENPLAN_LANGUAGE" else "de_DE.UTF-8")

    assert "dies ist Python 3.8" in start.problem_with_python((3, 8), [], "linux")
    clone.main(["model", "list"])
    assert "wird eingerichtet" in capsys.readouterr().out
    clone.main(["--help"])
    assert "das Fenster öffnen" in capsys.readouterr().out
    tools.uv_installs("exit 1")
    tools.pip_installs("exit 1")
    clone.STAMP.unlink()
    clone.main(["model", "list"])
    assert capsys.readouterr().err.endswith("Rufen Sie dann denselben Befehl noch einmal auf.\n")
    assert len(started) == 1


def test_a_second_start_reads_no_catalogue(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.main(["model", "list"])

    def speak(template: str, /, **values: object) -> str:
        raise AssertionError(template)

    monkeypatch.setattr(clone, "gettext", speak)
    clone.main(["model", "list"])

    assert len(started) == 2
