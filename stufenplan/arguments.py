"""Decides if a call opens the window (and which library) or is a command; no heavy imports."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

LIBRARY_ENDING = ".stufenplan"


class WindowRequest(NamedTuple):
    """Request to open the window on this library; None is the one in the user data folder."""

    library: Path | None


def window_request(
    arguments: Sequence[str], environment: Mapping[str, str] = os.environ
) -> WindowRequest | None:
    """Parse a request for the window; None if the arguments name a command.

    The window opens without arguments, with ``--library FILE`` alone, and with a single library
    file, which is what a double click passes.
    """
    rest, library = _without_library(list(arguments))
    if len(rest) == 1 and library is None and _names_a_library(rest[0]):
        return WindowRequest(Path(rest[0]))
    if rest:
        return None
    chosen = library or environment.get("STUFENPLAN_LIBRARY") or None
    return WindowRequest(Path(chosen) if chosen else None)


def _without_library(arguments: list[str]) -> tuple[list[str], str | None]:
    """Split off a leading ``--library FILE``. Returns the other arguments and the file."""
    first = arguments[0] if arguments else ""
    if first == "--library" and len(arguments) >= 2:
        return arguments[2:], arguments[1]
    if first.startswith("--library="):
        return arguments[1:], first.partition("=")[2]
    return arguments, None


def _names_a_library(argument: str) -> bool:
    """True for a library file: commands have no dot or folder, options begin with a hyphen."""
    if argument.startswith("-"):
        return False
    path = Path(argument)
    # os.path, because pathlib raises for names that no file can have
    is_file = os.path.isfile(argument)  # noqa: PTH113
    return path.suffix == LIBRARY_ENDING or (is_file and "." in path.name)
