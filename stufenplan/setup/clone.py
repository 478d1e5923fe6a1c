"""Sets a fresh clone up, keeps it set up, and starts what was asked for (behind ``start.py``).

Standard library only, and part of the clone alone: an installed Stufenplan has no use for it.
"""

import contextlib
import errno
import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from stufenplan.arguments import window_request
from stufenplan.setup import qt_libraries

ROOT = Path(__file__).resolve().parents[2]
FORMAT = "1"
"""To be raised when the way the environment is made changes; old ones are then made anew."""

REQUIREMENTS = {"run": ("requirements.txt",), "test": ("requirements.txt", "requirements-dev.txt")}
"""The pins of each kind of environment; the last file of a kind is complete in itself."""

MEGABYTES_NEEDED = {"run": 600, "test": 800}
SAMPLE_FOLDER = "stufenplan-sample"


def gettext(template: str, /, **values: object) -> str:
    """One of our texts in the language of this computer; the catalogues lie in the clone."""
    # here and not on top: a start that has nothing to say reads no catalogue
    from app.words.texts import translator_for
    from stufenplan.environment import system_language

    return translator_for(system_language()).gettext(template, **values)


def _help() -> str:
    rows = (
        ("python3 start.py", gettext("set up what is missing and open the window")),
        ("", gettext("(without a screen: work through the sample workshop)")),
        (
            "python3 start.py test [--all]",
            gettext("set up what is missing and run the tests (--all: slow ones too)"),
        ),
        (
            "python3 start.py COMMAND ...",
            gettext("run a command, for example: {examples}", examples="model list, demo"),
        ),
        ("python3 start.py -- --help", gettext("show the commands there are")),
        ("--system-packages", gettext("as the first argument, on Debian and Ubuntu:")),
        ("", gettext("install missing system packages with sudo")),
    )
    return "".join(f"{call:<31}{what}\n" for call, what in rows)


class SetupProblem(Exception):
    """Something is missing; the message is one line that says what and how to get it."""


def main(arguments: Sequence[str]) -> int:
    """Set up and run; returns the exit code. Every expected problem becomes one line."""
    try:
        return _run(list(arguments))
    except SetupProblem as problem:
        return _complain(str(problem))
    except OSError as error:
        return _complain(_sentence_for(error))
    except KeyboardInterrupt:
        stopped = gettext("Stopped. The same command goes on from here.")
        return _complain(stopped, exit_code=130)


def _complain(sentence: str, exit_code: int = 1) -> int:
    print(sentence, file=sys.stderr)
    return exit_code


def _sentence_for(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _disk_full()
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return gettext(
            "{path} cannot be written (in use, or not yours). Close Stufenplan if it is running,"
            " or copy the whole folder to a place of your own, and start again.",
            path=error.filename or ROOT,
        )
    return gettext("The set-up stopped: {reason}. Run the same command again.", reason=error)


def _disk_full() -> str:
    return gettext(
        "The disk that holds {path} is full. Make room (about {size} MB) and run the same command"
        " again.",
        path=ROOT,
        size=MEGABYTES_NEEDED["test"],
    )


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


def _run_tests(arguments: list[str], *, use_sudo: bool) -> int:
    _provide_qt_libraries(qt_libraries.missing_without_screen(), use_sudo=use_sudo)
    python = provide_environment("test", use_sudo=use_sudo)
    os.chdir(ROOT)
    # tests start Python hundreds of times; without byte code they would take twice as long
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    return _hand_over([str(python), "-m", "pytest", "-n", "auto", *arguments])


def _run_program(arguments: list[str], *, use_sudo: bool) -> int:
    if not arguments and not qt_libraries.has_screen():
        arguments = _tour()
    elif window_request(arguments) is not None and qt_libraries.has_screen():
        _provide_qt_libraries(qt_libraries.missing_for_window(), use_sudo=use_sudo)
    python = provide_environment("run", use_sudo=use_sudo)
    # -P and PYTHONPATH: our folders are found wherever the user stands, and nothing of his is.
    return _hand_over([str(python), "-P", "-m", "stufenplan", *arguments])


def _tour() -> list[str]:
    """The main job on the sample workshop, for a machine without a screen.

    It has a library of its own: nobody wants a fictional organisation among the real ones.
    """
    place = Path.cwd() if os.access(Path.cwd(), os.W_OK) else ROOT
    folder = place / SAMPLE_FOLDER
    print(
        gettext(
            "No screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the sample workshop"
            " is worked through without a window. Everything goes to {folder}.",
            folder=folder,
        ),
        flush=True,
    )
    folder.mkdir(exist_ok=True)
    return ["--library", str(folder / "sample.stufenplan"), "demo", "--export", str(folder)]


def _hand_over(command: list[str]) -> int:
    """Become the program; on Windows, where a process cannot do that, wait for it."""
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    for name in ("PYTHONHOME", "__PYVENV_LAUNCHER__"):
        environment.pop(name, None)
    sys.stdout.flush()
    if os.name != "nt":
        _replace_process(command, environment)
    import subprocess

    return subprocess.call(command, env=environment)


def _replace_process(command: list[str], environment: dict[str, str]) -> NoReturn:
    os.execve(command[0], command, environment)


# --- the environment in .venv ---------------------------------------------------------------------


def provide_environment(kind: str, *, use_sudo: bool = False) -> Path:
    """The Python of an environment that holds what ``kind`` ("run" or "test") needs.

    Costs a few milliseconds when nothing has changed since the last time. A stamp is written last,
    so an interrupted set-up is made anew. Raises :class:`SetupProblem` or ``OSError``.
    """
    python = _environment_python()
    if _is_current(kind):
        return python
    _check_place(kind)
    with _alone():
        if not _is_current(kind):  # another start may have done it while we waited
            _set_up(kind, use_sudo=use_sudo)
    return python


def _environment() -> Path:
    return ROOT / ".venv"


def _environment_python() -> Path:
    parts = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return _environment().joinpath(*parts)


def _stamp(kind: str) -> Path:
    return _environment() / f"stufenplan-{kind}.stamp"


def _fingerprint(kind: str) -> str:
    """What the environment was made from: pins, Python, place, and our way of making it."""
    parts = [FORMAT, sys.implementation.cache_tag, sys.platform, str(ROOT)]
    digest = hashlib.sha256("\n".join(parts).encode())
    for name in REQUIREMENTS[kind]:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _is_current(kind: str) -> bool:
    try:
        stamped = _stamp(kind).read_text(encoding="ascii")
    except OSError:
        return False
    return stamped == _fingerprint(kind) and _environment_python().exists()


def _check_place(kind: str) -> None:
    if not os.access(ROOT, os.W_OK):
        raise PermissionError(errno.EACCES, "not writable", str(ROOT))
    import shutil

    there = MEGABYTES_NEEDED["run"] if _is_current("run") else 0
    if shutil.disk_usage(ROOT).free < (MEGABYTES_NEEDED[kind] - there) * 1_000_000:
        raise OSError(errno.ENOSPC, "disk full", str(ROOT))


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Keep a second start waiting while the first one sets up; a lock dies with its process."""
    with (ROOT / ".venv.lock").open("a+") as lock:
        if not _try_lock(lock.fileno()):
            print(gettext("Another start is setting up; waiting for it ..."), flush=True)
            import time

            while not _try_lock(lock.fileno()):
                time.sleep(0.5)
        yield


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _set_up(kind: str, *, use_sudo: bool) -> None:
    import shutil
    import time

    began = time.monotonic()
    adds = kind == "test" and _is_current("run")
    if adds:
        print(gettext("Adding what the tests need ..."), flush=True)
    else:
        begins = gettext("Setting up {path} (once; a few hundred MB) ...", path=_environment())
        print(begins, flush=True)
        _remove_environment()
    uv = shutil.which("uv")
    output = None if uv is None else _fill_with_uv(uv, REQUIREMENTS[kind][-1])
    if uv is None or output is not None:
        _fill_with_pip(REQUIREMENTS[kind][-1], uv_output=output, use_sudo=use_sudo)
    for done in {"run", kind}:
        _stamp(done).write_text(_fingerprint(done), encoding="ascii")
    print(gettext("Set up in {n} s.", n=round(time.monotonic() - began)), flush=True)


def _fill_with_uv(uv: str, requirements: str) -> str | None:
    """Make the environment if there is none, and fill it; None, or what uv said as it failed."""
    if not _environment().exists():
        make = [uv, "venv", "--quiet", "--python", sys.executable, str(_environment())]
        output = _follow(make)
        if output is not None:
            return output
    fill = [uv, "pip", "install", "--python", str(_environment_python())]
    return _follow([*fill, *_pinned(requirements)], len(_package_names(requirements)))


def _fill_with_pip(requirements: str, *, uv_output: str | None, use_sudo: bool) -> None:
    """The same with Python's own means; where uv failed it may be for reasons of its own."""
    if uv_output is not None:
        if _lacks_venv():
            raise SetupProblem(explain_failure(uv_output, "uv"))
        failed = gettext("uv failed ({reason}); trying pip ...", reason=_last_line(uv_output))
        print(failed, flush=True)
    if not _has_pip():
        _remove_environment()
        _provide_venv_module(use_sudo=use_sudo)
        output = _follow([sys.executable, "-m", "venv", str(_environment())])
        if output is not None:
            raise SetupProblem(explain_failure(output, "venv"))
    pip = [str(_environment_python()), "-I", "-m", "pip", "--disable-pip-version-check"]
    fill = [*pip, "install", "--retries", "3", "--progress-bar", "off", *_pinned(requirements)]
    output = _follow(fill, len(_package_names(requirements)))
    if output is not None:
        raise SetupProblem(explain_failure(output, "pip"))


def _pinned(requirements: str) -> list[str]:
    """Options for exactly the pinned files, ready-made ones only, each checked by its hash."""
    return ["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / requirements)]


def _has_pip() -> bool:
    """An environment made by uv has none."""
    return any(_environment_python().parent.glob("pip*"))


def _remove_environment() -> None:
    """Take away what lies there, the stamps first: a half that is left must not look whole."""
    import shutil

    for kind in REQUIREMENTS:
        _stamp(kind).unlink(missing_ok=True)
    if _environment().is_symlink():
        _environment().unlink()
    elif _environment().exists():
        shutil.rmtree(_environment())


def _provide_venv_module(*, use_sudo: bool) -> None:
    """Debian and Ubuntu ship Python without the part that makes environments."""
    if not _lacks_venv():
        return
    package = f"python3.{sys.version_info.minor}-venv"
    if not qt_libraries.uses_apt():
        raise SetupProblem(
            gettext(
                "This Python ({python}) lacks its venv and ensurepip modules. Install them with"
                " your package manager, or take a Python from python.org/downloads.",
                python=sys.executable,
            )
        )
    _provide_packages((package,), gettext("Python's venv module"), use_sudo=use_sudo)
    if _lacks_venv():
        raise SetupProblem(
            gettext(
                "{package} is installed, but this Python ({python}) still has no venv module."
                " Start again with the system's own: {call}",
                package=package,
                python=sys.executable,
                call="/usr/bin/python3 start.py",
            )
        )


def _lacks_venv() -> bool:
    import importlib
    import importlib.util

    importlib.invalidate_caches()
    return any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip"))


def _package_names(requirements: str) -> set[str]:
    lines = (ROOT / requirements).read_text(encoding="utf-8").splitlines()
    return {line.partition("==")[0] for line in lines if "==" in line and line[0].isalpha()}


# --- showing what goes on -------------------------------------------------------------------------


def _follow(command: list[str], total: int = 0) -> str | None:
    """Run a command and show how far it is; None when it succeeded, else all it has said."""
    import subprocess

    environment = dict(os.environ, PIP_USER="0", PYTHONUTF8="1", NO_COLOR="1")
    # uv brings certificates of its own; a company's proxy is known to the system's only
    environment.setdefault("UV_SYSTEM_CERTS", "1")
    progress = _Progress(total)
    lines: list[str] = []
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        env=environment,
        cwd=ROOT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            progress.see(line)
    progress.end()
    return None if process.returncode == 0 else "".join(lines)


class _Progress:
    """One line that changes on a terminal; a line every few seconds in a log."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._seen = 0
        self._is_terminal = sys.stdout.isatty()
        self._has_shown = False
        self._next_line = 0.0

    def see(self, line: str) -> None:
        word, _, rest = line.strip().partition(" ")
        if word in {"Collecting", "Processing"}:  # pip, one line for each package
            self._seen += 1
            name = rest.partition(" ")[0].rpartition("/")[2].partition("=")[0]
            total = max(self._total, self._seen)
            self._show(
                gettext(
                    "{seen} of about {total} packages: {name}",
                    seen=self._seen,
                    total=total,
                    name=name,
                )
            )
        elif word == "Installing":  # pip, followed by all names
            self._show(gettext("unpacking them"))
        elif word == "Downloading" and self._total:  # uv, for the large ones
            self._show(gettext("downloading {name}", name=rest))

    def _show(self, text: str) -> None:
        import time

        text = f"  {text}"[:76]
        self._has_shown = True
        if self._is_terminal:
            print(f"\r{text:<76}", end="", flush=True)
        elif time.monotonic() >= self._next_line:
            print(text, flush=True)
            self._next_line = time.monotonic() + 5

    def end(self) -> None:
        if self._is_terminal and self._has_shown:
            print(f"\r{'':<76}\r", end="", flush=True)


_NETWORK_SIGNS = (
    "failed to establish a new connection",
    "name resolution",
    "name or service not known",
    "getaddrinfo failed",
    "network is unreachable",
    "connection refused",
    "connection reset",
    "timed out",
    "dns error",
    "error sending request",
    "proxyerror",
    "failed to fetch",
    "max retries exceeded",
    "sslerror",
    "certificate verify failed",
)


def explain_failure(output: str, tool: str) -> str:
    """One line about why ``tool`` failed, from all it has said."""
    low = output.lower()
    if "no space left" in low or "errno 28" in low or "disk quota" in low:
        return _disk_full()
    if any(sign in low for sign in _NETWORK_SIGNS):
        reason = gettext(
            "The packages could not be downloaded: no network, or a proxy in the way (then set"
            " HTTPS_PROXY). Connect and run the same command again."
        )
    elif "do not match the hashes" in low or "hash mismatch" in low:
        reason = gettext("A downloaded file is not the pinned one, so it was not installed.")
    elif "no matching distribution" in low or "no solution found" in low or "no wheels" in low:
        reason = gettext(
            "A package has no ready-made file for this system (needed: Windows 10, macOS 13, or"
            " Linux with glibc 2.34 such as Debian 12 or Ubuntu 22.04)."
        )
    else:
        reason = gettext("The packages could not be installed.")
    said = gettext("{tool} said: {words}", tool=tool, words=_last_line(output))
    return f"{reason} {said}"


def _last_line(output: str) -> str:
    """The last line that says something; pip's hints on its own updates do not."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("ERROR:", "error:", "×"))]
    telling = errors or [line for line in lines if not line.startswith(("[notice]", "WARNING:"))]
    return telling[-1] if telling else "–"


# --- system packages on Debian and Ubuntu ---------------------------------------------------------


def _provide_qt_libraries(missing: Sequence[qt_libraries.Library], *, use_sudo: bool) -> None:
    """See to it that Qt finds its system libraries; without them it would end the process."""
    if not missing:
        return
    if not qt_libraries.uses_apt():
        raise SetupProblem(_qt_sentence(missing))
    packages = qt_libraries.packages_for(missing)
    _provide_packages(packages, gettext("Qt's system libraries"), use_sudo=use_sudo)
    still = [library for library in missing if not qt_libraries.can_load(library.soname)]
    if still:
        raise SetupProblem(_qt_sentence(still))


def _qt_sentence(missing: Sequence[qt_libraries.Library]) -> str:
    from app.words.texts import translator_for
    from stufenplan.environment import system_language

    return qt_libraries.sentence(missing, translator_for(system_language()))


def _provide_packages(packages: Sequence[str], what: str, *, use_sudo: bool) -> None:
    """Install Debian packages as root, or by sudo if that was asked for; else say how."""
    import shutil
    import subprocess

    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    command = qt_libraries.apt_command(packages, sudo=not is_root)
    if not is_root and not (use_sudo and shutil.which("sudo")):
        raise SetupProblem(
            gettext("Missing: {what}. Install with: {call}", what=what, call=" ".join(command))
        )
    names = " ".join(packages)
    print(gettext("Installing {what} with apt-get: {names}", what=what, names=names), flush=True)
    prefix = [] if is_root else ["sudo"]
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for step in ([*prefix, "apt-get", "update", "-qq"], command):
        result = subprocess.run(step, env=environment, stdout=subprocess.DEVNULL, check=False)
    if result.returncode != 0:
        raise SetupProblem(
            gettext(
                "{what} could not be installed; try it yourself: {call}",
                what=what,
                call=" ".join(command),
            )
        )
