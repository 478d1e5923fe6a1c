"""One command sets a clone up, costs nothing the second time, and says in one line what is missing.

The tools that download are played by small scripts, so nothing here needs a network.
"""

import errno
import os
import sys
from pathlib import Path

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


class Tools:
    """Stand-ins for uv and Python that note their calls, in a clone with small pins."""

    def __init__(self, folder: Path) -> None:
        self.clone = folder / "clone"
        self.python = folder / "python" / "python3"
        self.uv = folder / "uv" / "uv"
        self._calls = folder / "calls"
        for path in (self.clone, self.python.parent, self.uv.parent):
            path.mkdir()
        for name in clone.REQUIREMENTS["test"]:
            (self.clone / name).write_text("click==8.0\n", encoding="utf-8")
        self.uv_installs("exit 0")
        self.pip_installs("exit 0")

    def uv_installs(self, script: str) -> None:
        """What ``uv pip install`` does from now on."""
        self._write(self.uv, "uv", script, after_venv="")

    def pip_installs(self, script: str) -> None:
        """What ``python -m pip install`` does in an environment made from now on."""
        self._write(self.python, "pip", script, after_venv='touch "$last/bin/pip"')

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


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tools:
    tools = Tools(tmp_path)
    monkeypatch.setattr(clone, "ROOT", tools.clone)
    monkeypatch.setattr(clone, "MEGABYTES_NEEDED", {"run": 1, "test": 1})
    monkeypatch.setattr(sys, "executable", str(tools.python))
    monkeypatch.setenv("PATH", f"{tools.uv.parent}{os.pathsep}{os.environ['PATH']}")
    return tools


@pytest.fixture
def no_uv(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without uv."""
    tools.uv.unlink()
    monkeypatch.setenv("PATH", "/usr/bin:/bin")


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


def test_changed_pins_make_the_environment_anew(tools: Tools) -> None:
    clone.provide_environment("run")
    stale = tools.clone / ".venv" / "stale"
    stale.touch()
    tools.calls()
    (tools.clone / "requirements.txt").write_text("click==8.1\n", encoding="utf-8")

    clone.provide_environment("run")

    assert tools.calls() == ["uv venv", "uv install"]
    assert not stale.exists()


def test_an_interrupted_set_up_is_made_anew(tools: Tools) -> None:
    tools.uv_installs("kill -KILL $$")
    tools.pip_installs("kill -KILL $$")
    with pytest.raises(clone.SetupProblem):
        clone.provide_environment("run")
    tools.calls()
    tools.uv_installs("exit 0")

    clone.provide_environment("run")

    assert tools.calls() == ["uv venv", "uv install"]


def test_an_environment_whose_python_is_gone_is_made_anew(tools: Tools) -> None:
    clone.provide_environment("run").unlink()
    tools.calls()

    clone.provide_environment("run")

    assert tools.calls() == ["uv venv", "uv install"]


def test_without_uv_pip_does_the_work(tools: Tools, no_uv: None) -> None:
    clone.provide_environment("run")
    assert tools.calls() == ["pip venv", "pip install"]

    clone.provide_environment("test")
    assert tools.calls() == ["pip install"]


def test_pip_steps_in_where_uv_fails(tools: Tools, capsys: pytest.CaptureFixture[str]) -> None:
    tools.uv_installs("echo 'error: invalid peer certificate'; exit 2")

    clone.provide_environment("run")

    assert tools.calls() == ["uv venv", "uv install", "pip venv", "pip install"]
    assert "invalid peer certificate" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("error: dns error: failed to lookup address", "no network"),
        ("OSError: [Errno 28] No space left on device", "is full"),
        ("error: Hash mismatch for click", "not the pinned one"),
        ("error: No solution found", "no ready-made file for this system"),
    ],
)
def test_a_failed_installation_becomes_one_line(
    said: str, sentence: str, tools: Tools, no_uv: None, capsys: pytest.CaptureFixture[str]
) -> None:
    tools.pip_installs(f"echo '{said}'; exit 2")

    assert clone.main(["model", "list"]) == 1
    complaint = capsys.readouterr().err
    assert sentence in complaint
    assert complaint.count("\n") == 1


def test_what_pip_says_without_network_is_understood() -> None:
    output = (
        "Collecting click==8.0\n"
        "  WARNING: Retrying after connection broken by 'NewConnectionError: [Errno -3] Temporary"
        " failure in name resolution'\n"
        "ERROR: Could not find a version that satisfies the requirement click==8.0\n"
        "ERROR: No matching distribution found for click==8.0\n"
        "[notice] A new release of pip is available\n"
    )

    sentence = clone.explain_failure(output, "pip")

    assert "no network" in sentence
    assert sentence.endswith("pip said: ERROR: No matching distribution found for click==8.0")


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


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, "is full"), (errno.EROFS, "copy the whole folder to a place of your own")],
)
def test_trouble_with_the_folder_becomes_one_line(
    code: int,
    words: str,
    tools: Tools,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(kind: str) -> None:
        raise OSError(code, os.strerror(code), str(tools.clone))

    monkeypatch.setattr(clone, "_check_place", fail)

    assert clone.main(["model", "list"]) == 1
    assert words in capsys.readouterr().err


@pytest.fixture
def started(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands the program was handed over to, instead of running them."""
    commands: list[list[str]] = []

    def note(command: list[str]) -> int:
        commands.append(command[1:])
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
def test_a_python_that_does_not_do_is_named(version: tuple[int, int]) -> None:
    sentence = start.problem_with_python(version, [], "linux")

    assert f"this is Python {version[0]}.{version[1]}" in sentence
    assert "apt-get" in sentence


def test_a_better_python_on_this_machine_is_pointed_at() -> None:
    sentence = start.problem_with_python((3, 9), ["python3.13", "python3.11"], "linux")

    assert sentence.endswith("Run it with: python3.13 start.py")


def test_the_python_of_this_run_does() -> None:
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
def test_a_german_computer_is_spoken_to_in_german(
    variable: str,
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
    failure = clone.explain_failure("connection refused", "pip")
    assert failure.endswith("denselben Befehl noch einmal auf. pip meldet: connection refused")
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
