"""Behaviour common to all commands: output, exit codes, language, speed."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click
import pytest

from app.errors import StorageUnavailable
from stufenplan import cli

ROOT = Path(__file__).parents[2]

Call = Callable[..., Any]

Process = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def process(tmp_path: Path) -> Process:
    """Run the program in a process of its own."""

    def process(
        *arguments: str | Path, front: tuple[str, ...] = (), **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*front, sys.executable, "-P", "-m", "stufenplan", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return process


@pytest.fixture
def loop(tmp_path: Path) -> Path:
    """Two symbolic links that lead to each other."""
    one, two = tmp_path / "one.stufenplan", tmp_path / "two.stufenplan"
    try:
        one.symlink_to(two)
        two.symlink_to(one)
    except OSError:
        pytest.skip("needs symbolic links")
    return one


COMMANDS_WITH_A_FILE = (
    ("model", "check", "FILE"),
    ("model", "import", "FILE"),
    ("model", "export", "cloud-native", "FILE"),
    ("session", "score", "First", "FILE"),
    ("session", "export", "First", "FILE"),
    ("session", "import", "FILE"),
    ("session", "chart", "First", "FILE"),
    ("library", "restore", "FILE", "new.stufenplan"),
    ("library", "merge", "FILE"),
    ("demo", "--export", "FILE"),
    ("--library", "FILE", "session", "list"),
    ("--library", "FILE", "demo"),
)


@pytest.mark.parametrize("command", COMMANDS_WITH_A_FILE, ids=" ".join)
def test_a_name_that_no_file_can_have_is_refused_in_one_line(
    call: Call, session: str, tmp_path: Path, loop: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "file.txt").write_text("a file", encoding="utf-8")
    names = (tmp_path / ("ä" * 300), loop, tmp_path / "file.txt" / "inside.xlsx", "zero\0.xlsx")
    assert session
    for name in names:
        answer = call(*[str(name) if part == "FILE" else part for part in command])
        assert (answer.code, len(answer.complaints)) == (2, 1), answer
        assert "should not have happened" not in answer.err


@pytest.mark.parametrize(
    "command",
    [
        # each starts a process
        part if part[1] == "score" else pytest.param(part, marks=pytest.mark.slow)
        for part in COMMANDS_WITH_A_FILE
        if part[1] != "export"
    ],
    ids=" ".join,
)
def test_a_file_nobody_may_read_is_named_in_one_line(
    session: str, tmp_path: Path, powerless: Process, library: Path, command: tuple[str, ...]
) -> None:
    endings = {"score": ".csv", "import": ".json", "chart": ".png"}
    file = tmp_path / f"secret{endings.get(command[1], '.stufenplan')}"
    file.write_bytes(library.read_bytes())
    file.chmod(0)
    assert session
    call = [str(file) if part == "FILE" else part for part in command]
    answer = powerless("--library", library, *call)
    assert answer.returncode in (1, 2)
    assert len(answer.stderr.splitlines()) == 1
    assert answer.stdout == ""
    assert "Invalid value" not in answer.stderr
    assert "should not have happened" not in answer.stderr


@pytest.fixture
def powerless(process: Process) -> Process:
    """The same as an unprivileged user, because permissions do not apply to root."""
    if os.name == "nt":
        pytest.skip("needs Unix permissions")
    if os.geteuid() != 0:
        return process
    if shutil.which("setpriv") is None:
        pytest.skip("root needs setpriv to obey permissions")
    return partial(process, front=("setpriv", "--bounding-set", "-all", "--inh-caps", "-all"))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Missing command. Help: stufenplan --help"),
        (["session"], "Missing command. Help: stufenplan session --help"),
        (["sesion", "list"], "No such command “sesion”. Did you mean “session”?"),
        (["frobnicate"], "No such command “frobnicate”. Available commands: model, session,"),
        (["model", "list", "--jsn"], "No such option “--jsn”. Did you mean “--json”?"),
        (["model", "list", "--quick"], "No such option “--quick”."),
        (["model", "list", "more"], "Got unexpected extra argument (more)."),
        (["session", "show"], "Missing argument “SESSION”."),
        (["session", "new", "--organisation", "A"], "Missing option “--model”."),
        (["session", "list", "--search"], "Option “--search” requires an argument."),
        (
            ["session", "new", "--model", "m", "--organisation", "A", "--date", "23.11.2026"],
            "“23.11.2026” is not a date. Dates look like 2026-11-24.",
        ),
        (["session", "chart", "a", "b.png", "--by", "level"], "not one of “area”, “dimension”."),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_code_2(
    call: Call, library: Path, arguments: list[str], sentence: str
) -> None:
    answer = call(*arguments)
    assert answer.code == 2
    assert len(answer.complaints) == 1
    assert answer.complaints[0].startswith(sentence) or sentence in answer.complaints[0]
    assert answer.out == ""
    assert not library.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Es fehlt ein Befehl."),
        (["sesion"], "Es gibt keinen Befehl „sesion“. Meinten Sie „session“?"),
        (["frobnicate"], "Es gibt keinen Befehl „frobnicate“. Möglich sind: model, session,"),
        (["model", "list", "--jsn"], "Es gibt keine Option „--jsn“. Meinten Sie „--json“?"),
        (["model", "list", "a"], "Ein Argument zu viel: a."),
        (["model", "list", "a", "b"], "Argumente zu viel: a b."),
        (["model", "list", "--json=1"], "Die Option --json nimmt keinen Wert an."),
        (["session", "show"], "Es fehlt das Argument „SESSION“."),
        (["session", "new"], "Es fehlt die Option „--model“."),
        (["session", "list", "--search"], "Die Option --search braucht einen Wert."),
        (
            ["session", "chart", "a", "b.png", "--by", "x"],
            "Ungültiger Wert für „--by“: „x“ ist nicht möglich. Möglich sind: „area“, „dimension“.",
        ),
    ],
)
def test_a_wrong_call_is_explained_in_german(
    call: Call, arguments: list[str], sentence: str
) -> None:
    answer = call(*arguments, language="de")
    assert answer.code == 2
    assert answer.err.startswith(sentence)


def test_the_help_is_in_the_language_asked_for(call: Call) -> None:
    for language, words in {
        "de": (
            "Aufruf:",
            "Optionen:",
            "Der Kunde.",
            "Diese Hilfe zeigen.",
        ),
        "en": ("Usage:", "Options:", "The client.", "Show this help."),
    }.items():
        answer = call("session", "new", "--help", language=language)
        assert [word for word in words if word not in answer.out] == []
    assert "Befehle:" in call("session", "--help", language="de").out


@pytest.mark.parametrize(
    "arguments",
    [
        ["session", "show", "\udcff"],
        ["session", "list", "--search", "\udcff"],
        ["session", "new", "--model", "cloud-native", "--organisation", "\udcff"],
        ["model", "show", "\udcff"],
        ["session", "export", "x", "x.xlsx", "--earlier", "\udcff"],
    ],
    ids=" ".join,
)
def test_bytes_that_are_no_text_are_refused(
    call: Call, library: Path, arguments: list[str]
) -> None:
    answer = call(*arguments)
    assert answer.code == 2
    assert "is not text in UTF-8." in answer.err
    assert not library.exists()


READING = [
    ["model", "list"],
    ["model", "show", "cloud-native"],
    ["session", "list"],
    ["session", "show", "x"],
    ["session", "score", "x", "scores.csv"],
    ["session", "export", "x", "out.xlsx"],
    ["session", "chart", "x", "out.png"],
    ["library", "check"],
    ["library", "backup"],
    ["library", "merge", "other.stufenplan"],
]


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_reading_never_creates_a_library(call: Call, library: Path, arguments: list[str]) -> None:
    answer = call(*arguments)
    assert answer.code == 2
    assert answer.complaints == [f"There is no library at {library}."]
    assert list(library.parent.iterdir()) == []


def test_creating_says_so_beside_the_json(call: Call, library: Path) -> None:
    answer = call("session", "new", "--model", "cloud-native", "--organisation", "A", "--json")
    assert answer.err == f"Created the library {library}.\n"
    assert answer.json["organisation"] == "A"


def test_a_library_that_is_none_is_refused_in_one_line(call: Call, library: Path) -> None:
    library.write_text("Dear diary,\n" * 100, encoding="utf-8")
    answer = call("session", "list")
    assert answer.code == 2
    assert len(answer.complaints) == 1
    assert library.read_text(encoding="utf-8").startswith("Dear diary")


def test_a_failure_of_the_surroundings_is_exit_code_1(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise StorageUnavailable("The disk is full.\nReally.")

    monkeypatch.setattr("data.library.library.open_library", refuse)
    answer = call("session", "list")
    assert (answer.code, answer.err) == (1, "The disk is full. Really.\n")


def test_a_mistake_of_ours_is_one_line_without_a_traceback(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("lost")

    monkeypatch.setattr("data.library.library.open_library", fail)
    answer = call("session", "list")
    assert answer.code == 1
    assert len(answer.complaints) == 1
    assert "KeyError" in answer.err
    assert "Traceback" not in answer.err
    monkeypatch.setenv("STUFENPLAN_DEBUG", "1")
    assert "Traceback" in call("session", "list").err


def test_the_library_can_be_named_by_the_environment(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "named.stufenplan"
    monkeypatch.setenv("STUFENPLAN_LIBRARY", str(place))
    assert call("demo", named=False).code == 0
    assert place.exists()


def test_models_are_listed_before_there_is_a_library_of_ones_own(
    call: Call, own_user_folders: Path
) -> None:
    answer = call("model", "list", "--json", named=False)
    assert [model["id"] for model in answer.json["models"]] == ["cloud-native"]
    assert list(own_user_folders.rglob("*.stufenplan")) == []


@pytest.mark.parametrize(
    ("option", "variables", "language"),
    [
        (None, {}, "en"),
        ("de", {}, "de"),
        (None, {"STUFENPLAN_LANGUAGE": "de"}, "de"),
        (None, {"LC_ALL": "de_DE.UTF-8"}, "de"),
        (None, {"LANG": "de_AT.UTF-8"}, "de"),
        (None, {"LANG": "fr_FR.UTF-8"}, "en"),
        ("en", {"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_language_comes_from_the_option_then_from_the_surroundings(
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
    option: str | None,
    variables: dict[str, str],
    language: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    answer = call("model", "list", named=False, language=option)
    names = {"de": "Cloud-Native-Reifegradmodell", "en": "Cloud Native Maturity Model"}
    assert names[language] in answer.out


@pytest.mark.parametrize("front", [["--language", "de"], ["--language=de"], ["--library", "x"]])
def test_an_unknown_option_before_the_command_is_told_in_the_language_asked_for(
    call: Call, front: list[str]
) -> None:
    answer = call(*front, "--bad", "--language", "de", named=False)
    assert (answer.code, len(answer.complaints)) == (2, 1)
    assert "Hilfe: stufenplan --help" in answer.err


def test_help_is_one_screen_for_every_group(call: Call) -> None:
    for arguments in ([], ["model"], ["session"], ["library"]):
        answer = call(*arguments, "--help")
        assert (answer.code, answer.err) == (0, "")
        assert answer.out.startswith("Usage: stufenplan")
        assert len(answer.out.splitlines()) <= 24


def test_the_version_is_printed(call: Call) -> None:
    assert call("--version").out.startswith("stufenplan ")


# ---- in a process of its own -------------------------------------------------------------------


def test_the_real_program_keeps_outputs_and_exit_codes_apart(
    process: Process, tmp_path: Path
) -> None:
    library = tmp_path / "client.stufenplan"
    wrong = process("--library", library, "session", "list")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.count("\n") == 1
    right = process(
        "--library", library, "session", "new", "--model", "cloud-native",
        "--organisation", "Öl & Söhne", "--json",
    )  # fmt: skip
    assert right.returncode == 0
    assert json.loads(right.stdout)["organisation"] == "Öl & Söhne"


@pytest.mark.parametrize("encoding", [pytest.param("ascii", marks=pytest.mark.slow), "cp1252"])
def test_a_console_without_our_characters_does_not_fail(process: Process, encoding: str) -> None:
    shown = process("model", "show", "cloud-native", PYTHONIOENCODING="ascii")
    assert (shown.returncode, shown.stderr) == (0, "")
    answer = process("--language", "de", "model", "list", "--json", PYTHONIOENCODING=encoding)
    assert json.loads(answer.stdout.encode("ascii"))["models"][0]["id"] == "cloud-native"


@pytest.mark.skipif(os.name == "nt", reason="pipes of a shell")
def test_a_reader_who_leaves_early_causes_no_words(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -P -m stufenplan model show cloud-native --json | head -n 1'
    done = subprocess.run(
        command,
        shell=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("{\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_an_answer_that_cannot_be_written_says_that_the_change_is_stored(
    call: Call, sample: list[str], library: Path, tmp_path: Path, as_json: list[str]
) -> None:
    area = call("session", "show", sample[0], "--json").json["areas"][0]["id"]
    scores = tmp_path / "scores.csv"
    scores.write_text(f"area,level\n{area},5\n", encoding="utf-8")
    command = ["session", "score", sample[0], str(scores), *as_json]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "stufenplan", "--library", str(library), *command],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "What the command changed is stored" in done.stderr
    assert call("session", "show", sample[0], "--json").json["areas"][0]["level"] == 5


@pytest.mark.parametrize("question", ["--help", "--version"])
def test_help_that_cannot_be_written_is_no_unexpected_error(
    question: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def echo(text: str, *, err: bool = False) -> None:
        if not err:
            raise OSError(errno.ENOSPC, "No space left on device")
        sys.stderr.write(text)

    monkeypatch.setattr(click, "echo", echo)
    assert cli.run(["--language", "en", question]) == 1
    assert capsys.readouterr().err.startswith("The answer cannot be written (No space left")


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_ctrl_c_ends_quietly(tmp_path: Path) -> None:
    waiting = (
        "import sys, time, data.library.library\n"
        "def wait(*_, **__):\n"
        "    print('waiting', flush=True)\n"
        "    time.sleep(60)\n"
        "data.library.library.open_library = wait\n"
        "from stufenplan import cli\n"
        "sys.exit(cli.run(['--library', 'x', 'session', 'list']))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-P", "-c", waiting],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "waiting\n"
        running.send_signal(signal.SIGINT)
        _, complaints = running.communicate(timeout=30)
    assert (running.returncode, complaints.strip()) == (1, "")


def test_the_command_line_loads_nothing_it_does_not_need(tmp_path: Path) -> None:
    """Neither Qt nor matplotlib, numpy, openpyxl or YAML for showing a session."""
    library = str(tmp_path / "client.stufenplan")
    assert cli.run(["--library", library, "demo", "--json"]) == 0
    code = (
        "import sys\n"
        "from stufenplan import cli\n"
        f"assert cli.run(['--library', {library!r}, 'session', 'list', '--json']) == 0\n"
        "heavy = {'PySide6', 'matplotlib', 'numpy', 'pandas', 'openpyxl', 'ruamel', 'pydantic',"
        " 'markdown_it'}\n"
        "print(sorted(heavy & {name.split('.')[0] for name in sys.modules}), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert done.stderr == "[]\n"


@pytest.mark.slow
def test_help_is_there_at_once(process: Process) -> None:
    def seconds(call: Callable[[], object]) -> float:
        started = time.monotonic()
        call()
        return time.monotonic() - started

    assert process("--help").returncode == 0  # writes the byte code
    # the best of three: a machine with other work to do says little about us
    empty = [sys.executable, "-c", ""]
    bare = min(seconds(lambda: subprocess.run(empty, check=True)) for _ in range(3))
    shown = min(seconds(lambda: process("--help")) for _ in range(3))
    assert shown < bare + 2
