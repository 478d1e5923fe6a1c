"""Entry points: set up the import path, then open the window or run a command."""

import gc
import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.words.texts import Translator

_HERE = Path(__file__).resolve().parent
_FOLDERS = ("app", "data", "exports", "ui")
_LOG_BYTES = 1_000_000
"""A longer log is truncated at the next start."""


def code_root() -> Path:
    """Folder of app/, data/, exports/ and ui/: in a wheel inside this package, else beside it."""
    bundled = _HERE / "_bundle"
    return bundled if bundled.is_dir() else _HERE.parent


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Entry point ``stufenplan``: run a command, or open the window if none is given.

    Returns the exit code.
    """
    problem = use_own_code()
    if problem:
        print(problem, file=sys.stderr)
        return 1
    from stufenplan.arguments import window_request

    arguments = sys.argv[1:] if arguments is None else arguments
    request = window_request(arguments)
    if request is None:
        from stufenplan import cli

        return cli.run(list(arguments))
    return _open_window(request.library)


def window() -> int:
    """Entry point ``stufenplan-window``: the same without a console, so output goes to a log."""
    problem = use_own_code()
    if sys.stderr is None and not problem:
        _redirect_output_to_log()
    return main()


def use_own_code() -> str:
    """Put our folders first on the import path; returns an error if others are already loaded."""
    root = code_root()
    for name in _FOLDERS:
        module = sys.modules.get(name)
        if module is not None and not _lies_in(module, root):
            return (
                f"Another package named '{name}' ({_place_of(module)}) is loaded already, so"
                f" Stufenplan cannot find its own in {root}. Start it in an environment of its own."
            )
    if sys.path[:1] != [str(root)]:
        sys.path.insert(0, str(root))
    return ""


def _lies_in(module: ModuleType, root: Path) -> bool:
    return Path(_place_of(module)).resolve().is_relative_to(root)


def _place_of(module: ModuleType) -> str:
    folders = list(getattr(module, "__path__", []))
    return folders[0] if folders else str(getattr(module, "__file__", None) or "unknown place")


def _open_window(library: Path | None) -> int:
    """Open the window, after checking for what Qt would abort on."""
    problem = _problem_with_window()
    if problem:
        print(problem, file=sys.stderr)
        return 1
    gc.disable()  # loading makes no garbage; the window enables it once the list is filled
    try:
        from stufenplan.plain_imports import import_qt

        import_qt()
        from stufenplan.window import run_window

        return run_window(library)
    finally:
        gc.enable()


def _problem_with_window() -> str:
    """One-sentence error if no window can be opened here; empty if one can."""
    from stufenplan.setup import qt_libraries, screen

    if not qt_libraries.has_screen():
        return _translator().gettext(
            "There is no screen (neither DISPLAY nor WAYLAND_DISPLAY is set). "
            "The command line works without one: stufenplan --help"
        )
    missing = qt_libraries.missing_for_window()
    if missing:
        return qt_libraries.sentence(missing, _translator().gettext)
    if importlib.util.find_spec("PySide6") is None:
        return _translator().gettext(
            "PySide6 is not installed in this environment. "
            "Start from the folder of the program with: python3 start.py"
        )
    silent = screen.silent_screen()
    if silent:
        return _translator().gettext(
            "The screen “{name}” does not answer. Check DISPLAY and WAYLAND_DISPLAY. "
            "The command line works without a screen: stufenplan --help",
            name=silent,
        )
    return ""


def _translator() -> "Translator":
    from app.words.texts import translator_for
    from stufenplan.environment import system_language

    return translator_for(system_language())


def _redirect_output_to_log() -> None:
    """Redirect output to a log; on Windows a program without a console has none."""
    from data.library.folders import private_folder

    log = private_folder() / "stufenplan.log"
    is_long = log.exists() and log.stat().st_size > _LOG_BYTES
    # stays open until the program exits: it is its only output
    stream = log.open("w" if is_long else "a", encoding="utf-8", buffering=1)
    sys.stdout = sys.stderr = stream
    print(f"--- started, process {os.getpid()}", file=stream)


if __name__ == "__main__":
    sys.exit(main())
