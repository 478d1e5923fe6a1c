"""Installs what a clone needs into ``.venv``, then runs the program or its tests.

Called by ``start.py``, so standard library only. Not part of the wheel, which has no use for it.
An expected problem ends in a ``SystemExit`` with one line that says what to do.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from app.words.texts import N_, translator_for
from stufenplan.arguments import window_request
from stufenplan.environment import system_language
from stufenplan.setup import qt_libraries

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = ENVIRONMENT / "stufenplan.stamp"
PINS = {"run": ROOT / "requirements.txt", "test": ROOT / "requirements-dev.txt"}
"""Pins of each kind of environment; those for the tests include those of the program."""

HELP = N_("""\
python3 start.py               set up what is missing and open the window
                               (without a screen: work through the sample workshop)
python3 start.py test [--all]  set up what is missing and run the tests (--all: slow ones too)
python3 start.py COMMAND ...   run a command, for example: model list, demo
python3 start.py -- --help     show the commands there are
--system-packages              as the first argument, on Debian and Ubuntu:
                               install missing system packages with sudo""")


def main(arguments: Sequence[str]) -> int:
    """Set up and run. Returns the exit code."""
    try:
        return _run(list(arguments))
    except OSError as error:
        message = gettext(
            "The set-up stopped: {reason}. Close Stufenplan if it is running, or copy the whole"
            " folder to a place of your own, and run the same command again.",
            reason=error,
        )
        raise SystemExit(message) from error
    except KeyboardInterrupt:
        _say(gettext("Stopped. Run the same command again to continue."))
        return 130


def gettext(template: str, /, **values: object) -> str:
    """Translate a text into the language of this computer."""
    return translator_for(system_language()).gettext(template, **values)


def _say(text: str) -> None:
    """Print a message of the set-up; to stderr, because stdout belongs to the program."""
    print(text, file=sys.stderr)


def _run(arguments: list[str], *, use_sudo: bool = False) -> int:
    match arguments:
        case ["--system-packages", *others]:
            return _run(others, use_sudo=True)
        case ["--help" | "-h", *_]:
            print(gettext(HELP))
            return 0
        case ["test", *others]:
            return _run_tests(others, use_sudo=use_sudo)
        case ["--", *others]:
            return _run_program(others, use_sudo=use_sudo)
    return _run_program(arguments, use_sudo=use_sudo)


def _run_tests(arguments: list[str], *, use_sudo: bool) -> int:
    _require_qt_libraries(qt_libraries.missing_without_screen(), use_sudo=use_sudo)
    provide_environment("test", use_sudo=use_sudo)
    os.chdir(ROOT)
    # tests start Python hundreds of times; without byte code they would take twice as long
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    return _hand_over("-m", "pytest", "-n", "auto", *arguments)


def _run_program(arguments: list[str], *, use_sudo: bool) -> int:
    if not arguments and not qt_libraries.has_screen():
        arguments = _sample_command()
    elif window_request(arguments) is not None and qt_libraries.has_screen():
        _require_qt_libraries(qt_libraries.missing_for_window(), use_sudo=use_sudo)
    provide_environment("run", use_sudo=use_sudo)
    # -P and PYTHONPATH: import our folders, never those of the working directory
    return _hand_over("-P", "-m", "stufenplan", *arguments)


def _sample_command() -> list[str]:
    """Command that works through the sample workshop, in a folder and library of its own."""
    folder = (Path.cwd() if os.access(Path.cwd(), os.W_OK) else ROOT) / "stufenplan-sample"
    message = gettext(
        "No screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the sample workshop is"
        " worked through without a window. Everything goes to {folder}.",
        folder=folder,
    )
    _say(message)
    return ["--library", str(folder / "sample.stufenplan"), "demo", "--export", str(folder)]


def _hand_over(*arguments: str) -> int:
    """Replace this process by the environment's Python; on Windows, run that as a child."""
    command = [str(PYTHON), *arguments]
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    for name in ("PYTHONHOME", "__PYVENV_LAUNCHER__"):
        environment.pop(name, None)
    if os.name != "nt":
        os.execve(command[0], command, environment)
    return subprocess.call(command, env=environment)


def provide_environment(kind: str, *, use_sudo: bool = False) -> None:
    """Bring ``.venv`` up to date for a kind of use ("run" or "test").

    Takes milliseconds if nothing has changed. The stamp is written last, so an interrupted set-up
    is repeated. Raises ``SystemExit`` or ``OSError``.
    """
    if _is_current(kind):
        return
    with _lock():
        if not _is_current(kind):  # another start may have set it up meanwhile
            _set_up(kind, use_sudo=use_sudo)
            STAMP.write_text(_fingerprint(kind), encoding="ascii")


def _is_current(kind: str) -> bool:
    with contextlib.suppress(OSError):
        stamps = {_fingerprint(kind), _fingerprint("test")}
        return PYTHON.exists() and STAMP.read_text(encoding="ascii") in stamps
    return False


def _fingerprint(kind: str) -> str:
    """Hash of what the environment depends on: pins, Python and folder."""
    parts = (kind, sys.implementation.cache_tag, sys.platform, str(ROOT))
    return hashlib.sha256("\n".join(parts).encode() + PINS[kind].read_bytes()).hexdigest()


def _lock() -> IO[str]:
    """Let one start at a time set up: lock a file until it is closed or this process ends."""
    file = (ROOT / ".venv.lock").open("a+")
    if not _try_lock(file.fileno()):
        _say(gettext("Another start is setting up; waiting for it ..."))
        while not _try_lock(file.fileno()):
            time.sleep(0.5)
    return file


def _try_lock(descriptor: int) -> bool:
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _set_up(kind: str, *, use_sudo: bool) -> None:
    """Install pinned wheels, each verified by its hash: with uv, else with venv and pip."""
    rebuild = not (kind == "test" and _is_current("run"))
    if rebuild:
        _say(gettext("Setting up {path} (once; a few hundred MB) ...", path=ENVIRONMENT))
        STAMP.unlink(missing_ok=True)  # before .venv is cleared, which may be interrupted
    else:
        _say(gettext("Adding what the tests need ..."))
    quiet = () if sys.stderr.isatty() else ("--quiet",)
    install = ("install", *quiet, "--require-hashes", "--only-binary", ":all:", "-r", PINS[kind])
    if uv := shutil.which("uv"):
        if _install_with_uv(uv, *install, rebuild=rebuild):
            return
        _say(gettext("uv failed; trying pip ..."))
    if not _install_with_pip(*install, rebuild=rebuild, use_sudo=use_sudo):
        message = gettext(
            "The packages could not be installed; the reason is above. Close Stufenplan if it is"
            " running. The set-up needs a network (behind a proxy, set HTTPS_PROXY), 1 GB of disk"
            " space, and Windows 10, macOS 13, or Linux with glibc 2.34 such as Debian 12 or Ubuntu"
            " 22.04. Then run the same command again."
        )
        raise SystemExit(message)


def _install_with_uv(uv: str, *install: str | Path, rebuild: bool) -> bool:
    create = (uv, "venv", "--quiet", "--clear", "--python", sys.executable, ENVIRONMENT)
    return (not rebuild or _call(*create)) and _call(uv, "pip", *install, "--python", PYTHON)


def _install_with_pip(*install: str | Path, rebuild: bool, use_sudo: bool) -> bool:
    if find_spec("ensurepip") is None and qt_libraries.uses_apt():  # a package of its own there
        _install_packages([f"python3.{sys.version_info.minor}-venv"], use_sudo=use_sudo)
    create = (sys.executable, "-m", "venv", "--clear", ENVIRONMENT)
    # the pins include pip, so an environment that uv made has it too
    pip = (PYTHON, "-I", "-m", "pip", "--disable-pip-version-check")
    return (not rebuild or _call(*create)) and _call(*pip, *install)


def _call(*command: str | Path) -> bool:
    """Run a tool; True if it succeeded."""
    # uv's own certificates lack those of a company's proxy
    env = {"UV_SYSTEM_CERTS": "1", **os.environ, "PIP_USER": "0"}
    return subprocess.call(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=env) == 0


def _require_qt_libraries(missing: Sequence[qt_libraries.Library], *, use_sudo: bool) -> None:
    """Qt aborts the process without its system libraries, so install or name them first."""
    if missing and qt_libraries.uses_apt():
        _install_packages(qt_libraries.packages_for(missing), use_sudo=use_sudo)
    elif missing:
        raise SystemExit(qt_libraries.sentence(missing, gettext))


def _install_packages(packages: Sequence[str], *, use_sudo: bool) -> None:
    """Install Debian packages as root, or with sudo if the user asked for it; else name them."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    command = qt_libraries.apt_command(packages, sudo=not is_root)
    if is_root or (use_sudo and shutil.which("sudo")):
        _say(gettext("Installing with apt-get: {names}", names=" ".join(packages)))
        _call(*command[: command.index("install")], "update", "-qq")
        if _call(*command):
            return
    call = " ".join(command)
    raise SystemExit(gettext("System packages are missing. Install them with: {call}", call=call))
