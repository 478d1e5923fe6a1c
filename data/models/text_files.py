"""Reads the text of a model file, with the limits and error messages of models."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.errors import Fault, InvalidFile
from app.words.characters import first_unprintable
from app.words.texts import N_
from data import files

MAX_BYTES = 1_000_000
"""More than four times the built-in model; what is larger is refused before it is read."""

PAGE_ENDINGS = (".md", ".markdown")

REFUSED = N_("{file} cannot be used as a maturity model.")


def refusal(path: Path | str, *faults: Fault) -> InvalidFile:
    """The error for a model file with these faults."""
    return files.refusal(REFUSED, path, *faults)


def is_folder(path: Path) -> bool:
    """True if it is a folder; False for a path no system can hold, which reading then names."""
    try:
        return path.is_dir()
    except (ValueError, OSError):
        return False


def is_file(path: Path) -> bool:
    """True if it is a file; False for a path no system can hold."""
    try:
        return path.is_file()
    except (ValueError, OSError):
        return False


def read_text(
    path: Path,
    find: Callable[[str], str | None] = first_unprintable,
    *,
    may_be_empty: bool = False,
    headline: str = REFUSED,
) -> str:
    """The text of a file, line ends as line feeds, without byte order mark.

    UTF-8, or UTF-16 and UTF-32 with a byte order mark. ``find`` gives the code of the first
    character in a line that the format does not allow; ``headline`` is that of errors. Raises
    ``InvalidFile`` where the file is missing, no file, larger than ``MAX_BYTES``, empty, in another
    encoding or has such characters; ``StorageUnavailable`` where the system does not let us read
    it.
    """
    content = files.read_bytes(path, headline, MAX_BYTES, _too_large)
    text = files.decode_text(content, path, headline, wide=True, may_be_empty=may_be_empty)
    faults = _character_faults(text, find)
    if faults:
        raise files.refusal(headline, path, *faults)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _character_faults(text: str, find: Callable[[str], str | None]) -> list[Fault]:
    """One fault for each line with a forbidden character."""
    return [
        Fault(
            N_("The invisible control character {code} is not allowed in a text."),
            line=number,
            values=(("code", code),),
        )
        for number, line in enumerate(text.split("\n"), start=1)
        if (code := find(line))
    ]


def _too_large(size: int) -> Fault:
    return Fault(
        N_("The file has {size} kB; at most {limit} kB are read."),
        values=(("size", -(-size // 1_000)), ("limit", MAX_BYTES // 1_000)),
    )
