"""The window's settings, an INI file of Qt, without Qt: removes values that name what is gone."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from urllib.parse import unquote

from data.files import replace_file

KEPT = frozenset({"library/path", "user/name"})
"""Settings that are no traces of a client: place of the library, name of the user."""

_ESCAPES = re.compile(r"\\x([0-9A-Fa-f]{1,4})|\\(.)")
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
_SHORTEST_PART = 4
"""A shorter name would be found in paths that have nothing to do with it."""


def forget_values(file: Path, names: Collection[str], parts: Collection[str]) -> None:
    """Remove values that equal one of ``names`` or contain one of ``parts``, whatever the case.

    Keys in which a name stands go with their values. A file that is missing or no text stays as it
    is. Raises ``OSError``.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    except (FileNotFoundError, UnicodeDecodeError):
        return
    whole = {name.casefold() for name in names}
    inside = [part.casefold() for part in parts if len(part) >= _SHORTEST_PART]
    kept, group = [], ""
    for line in lines:
        if line.startswith("["):
            group = line.strip().strip("[]")
        key, equals, written = line.partition("=")
        value = _read(written.strip()).casefold()
        path = f"{group}/{key.strip()}"
        is_trace = value in whole or any(part in value for part in inside)
        is_trace = is_trace or not whole.isdisjoint(_steps(path))
        if not (equals and is_trace and path not in KEPT):
            kept.append(line)
    if kept != lines:
        content = "".join(kept).encode("utf-8")
        replace_file(file, lambda target: target.write(content))


def _steps(path: str) -> list[str]:
    """The steps of a key's path, without the escapes of the file."""
    return [unquote(step).casefold() for step in re.split(r"[/\\]", path)]


def _read(written: str) -> str:
    """A value without the quotes and escapes of the file."""
    if len(written) > 1 and written[0] == written[-1] == '"':
        written = written[1:-1]
    return _ESCAPES.sub(_unescaped, written)


def _unescaped(match: re.Match[str]) -> str:
    code, sign = match.groups()
    return chr(int(code, 16)) if code else _CONTROLS.get(sign, sign)
