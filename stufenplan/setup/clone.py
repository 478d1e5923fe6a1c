"""Installs what a clone needs into ``.venv``, then runs the program or its tests.

Called by ``start.py``, so standard library only. Not part of the wheel, which has no use for it.
"""

import contextlib
import errno
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from stufenplan.arguments import window_request
from stufenplan.setup import qt_libraries

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = ENVIRONMENT / "stufenplan.stamp"
FORMAT = "2"
"""Raise it when environments are built in another way; existing ones are then rebuilt."""

PINS = {"run": ROOT / "requirements.txt", "test": ROOT / "requirements-dev.txt"}
"""Pins of each kind of environment; those for the tests include those of the program."""


class SetupProblem(Exception):
    """Something is missing; the message is one line that says what, and how to get it."""


def main(arguments: Sequence[str]) -> int:
    """Set up and run. Returns the exit code; expected problems end in one line on stderr."""
    try:
        return _run(list(arguments))
    except SetupProblem as problem:
        message, code = str(problem), 1
    except OSError as error:
        message, code = _os_error_message(error), 1
    except KeyboardInterrupt:
        message, code = gettext("Stopped. Run the same command again to continue."), 130
    print(message, file=sys.stderr)
    return code


def gettext(template: str, /, **values: object) -> str:
    """Translate a text into the language of this computer."""
    # imported late: catalogues are needed only for messages
    from app.words.texts import translator_for
    from stufenplan.environment import system_language

    return translator_for(system_language()).gettext(template, **values)


def _os_error_message(error: OSError) -> str:
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return gettext(
            "{path} cannot be written (in use, or not yours). Close Stufenplan if it is running,"
            " or copy the whole folder to a place of your own, and start again.",
            path=ROOT,
        )
    return gettext("The set-up stopped: {reason}. Run the same command again.", reason=error)


def _run(arguments: list[str]) -> int:
    use_sudo = arguments[:1] == ["--system-packages"]
    if use_sudo:
        del arguments[0]
    if arguments[:1] in (["--help"], ["-h"]):
        print(_help(), end="")
        return 0
    if arguments[:1] == ["test"]:
        return _run_tests(arguments[1:], use_sudo=use_sudo)
    if arguments[:1] == ["--"]:
        del arguments[0]
    return _run_program(arguments, use_sudo=use_sudo)


def _help() -> str:
    example = gettext("run a command, for example: {examples}", examples="model list, demo")
    rows = {
        "python3 start.py": gettext("set up what is missing and open the window"),
        " ": gettext("(without a screen: work through the sample workshop)"),
        "python3 start.py test [--all]": gettext(
            "set up what is missing and run the tests (--all: slow ones too)"
        ),
        "python3 start.py COMMAND ...": example,
        "python3 start.py -- --help": gettext("show the commands there are"),
        "--system-packages": gettext("as the first argument, on Debian and Ubuntu:"),
        "": gettext("install missing system packages with sudo"),
    }
    return "".join(f"{call:<31}{what}\n" for call, what in rows.items())


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
        "No screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the sample workshop"
        " is worked through without a window. Everything goes to {folder}.",
        folder=folder,
    )
    print(message, flush=True)
    folder.mkdir(exist_ok=True)
    return ["--library", str(folder / "sample.stufenplan"), "demo", "--export", str(folder)]


def _hand_over(*arguments: str) -> int:
    """Replace this process by the environment's Python; on Windows, run that as a child."""
    command = [str(PYTHON), *arguments]
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    for name in ("PYTHONHOME", "__PYVENV_LAUNCHER__"):
        environment.pop(name, None)
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(command[0], command, environment)
    return subprocess.call(command, env=environment)


# --- the environment in .venv ---------------------------------------------------------------------


def provide_environment(kind: str, *, use_sudo: bool = False) -> None:
    """Bring ``.venv`` up to date for a kind of use ("run" or "test").

    Takes milliseconds if nothing has changed. The stamp is written last, so an interrupted set-up
    is repeated. Raises :class:`SetupProblem` or ``OSError``.
    """
    if _is_current(kind):
        return
    with _lock():
        if not _is_current(kind):  # another start may have set it up meanwhile
            _set_up(kind, use_sudo=use_sudo)
            STAMP.write_text(_fingerprint(kind), encoding="ascii")


def _is_current(kind: str) -> bool:
    with contextlib.suppress(OSError):
        stamp = STAMP.read_text(encoding="ascii")
        return stamp in {_fingerprint(kind), _fingerprint("test")} and PYTHON.exists()
    return False


def _fingerprint(kind: str) -> str:
    """Hash of what the environment depends on: pins, Python, folder, and our way of building it."""
    parts = (FORMAT, kind, sys.implementation.cache_tag, sys.platform, str(ROOT))
    return hashlib.sha256("\n".join(parts).encode() + PINS[kind].read_bytes()).hexdigest()


@contextlib.contextmanager
def _lock() -> Iterator[None]:
    """Let one start at a time set up; the lock ends with its process."""
    with (ROOT / ".venv.lock").open("a+") as file:
        if not _try_lock(file.fileno()):
            print(gettext("Another start is setting up; waiting for it ..."), flush=True)
            while not _try_lock(file.fileno()):
                time.sleep(0.5)
        yield


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
    if kind == "test" and _is_current("run"):
        print(gettext("Adding what the tests need ..."), flush=True)
    else:
        print(gettext("Setting up {path} (once; a few hundred MB) ...", path=ENVIRONMENT))
        _remove_environment()
    quiet = () if sys.stdout.isatty() else ("--quiet",)
    install = ("install", *quiet, "--require-hashes", "--only-binary", ":all:", "-r", PINS[kind])
    if _install_with_uv(*install) or _install_with_pip(*install, use_sudo=use_sudo):
        return
    raise SetupProblem(
        gettext(
            "The packages could not be installed; the reason is above. The set-up needs a network"
            " (behind a proxy, set HTTPS_PROXY), 1 GB of disk space, and Windows 10, macOS 13, or"
            " Linux with glibc 2.34 such as Debian 12 or Ubuntu 22.04. Then run the same command"
            " again."
        )
    )


def _remove_environment() -> None:
    """Delete ``.venv``, the stamp first, so that a partial deletion is never taken for complete."""
    STAMP.unlink(missing_ok=True)
    if ENVIRONMENT.is_symlink():
        ENVIRONMENT.unlink()
    elif ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)


def _install_with_uv(*install: str | Path) -> bool:
    uv = shutil.which("uv")
    if uv is None:
        return False
    make = (uv, "venv", "--quiet", "--python", sys.executable, ENVIRONMENT)
    if (ENVIRONMENT.exists() or _call(*make)) and _call(uv, "pip", *install, "--python", PYTHON):
        return True
    print(gettext("uv failed; trying pip ..."), file=sys.stderr)
    return False


def _install_with_pip(*install: str | Path, use_sudo: bool) -> bool:
    if not any(PYTHON.parent.glob("pip*")):  # uv makes environments without pip
        _remove_environment()
        _require_venv_module(use_sudo=use_sudo)
        if not _call(sys.executable, "-m", "venv", ENVIRONMENT):
            return False
    return _call(PYTHON, "-I", "-m", "pip", "--disable-pip-version-check", *install)


def _call(*command: str | Path) -> bool:
    """Run a tool; True if it succeeded. A terminal shows all it says, a log only its errors."""
    environment = dict(os.environ, PIP_USER="0", DEBIAN_FRONTEND="noninteractive")
    # uv brings certificates of its own, but only the system's include those of a company's proxy
    environment.setdefault("UV_SYSTEM_CERTS", "1")
    output = None if sys.stdout.isatty() else subprocess.DEVNULL
    sys.stdout.flush()
    return subprocess.call(command, stdin=subprocess.DEVNULL, stdout=output, env=environment) == 0


# --- system packages on Debian and Ubuntu ---------------------------------------------------------


def _require_venv_module(*, use_sudo: bool) -> None:
    """Debian and Ubuntu ship Python without venv and ensurepip."""
    if _lacks_venv() and qt_libraries.uses_apt():
        package = f"python3.{sys.version_info.minor}-venv"
        _install_packages([package], gettext("Python's venv module"), use_sudo=use_sudo)
    if _lacks_venv():
        raise SetupProblem(
            gettext(
                "This Python ({python}) lacks its venv and ensurepip modules. Install them with"
                " your package manager, or run start.py with another Python, such as"
                " /usr/bin/python3 or one from python.org/downloads.",
                python=sys.executable,
            )
        )


def _lacks_venv() -> bool:
    importlib.invalidate_caches()
    return any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip"))


def _require_qt_libraries(missing: Sequence[qt_libraries.Library], *, use_sudo: bool) -> None:
    """Qt aborts the process without its system libraries, so install or name them first."""
    if missing and qt_libraries.uses_apt():
        packages = qt_libraries.packages_for(missing)
        _install_packages(packages, gettext("Qt's system libraries"), use_sudo=use_sudo)
    still = [library for library in missing if not qt_libraries.can_load(library.soname)]
    if still:
        raise SetupProblem(qt_libraries.sentence(still, gettext))


def _install_packages(packages: Sequence[str], what: str, *, use_sudo: bool) -> None:
    """Install Debian packages as root, or with sudo if the user asked for it."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    command = qt_libraries.apt_command(packages, sudo=not is_root)
    if is_root or (use_sudo and shutil.which("sudo")):
        names = " ".join(packages)
        print(gettext("Installing {what} with apt-get: {names}", what=what, names=names))
        _call(*command[: command.index("install")], "update", "-qq")
        if _call(*command):
            return
    call = " ".join(command)
    raise SetupProblem(gettext("Missing: {what}. Install with: {call}", what=what, call=call))
