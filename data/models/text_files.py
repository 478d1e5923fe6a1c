"""Reading a text file a person hands in: small enough, really text, and in a known encoding."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

from app.errors import Fault, InvalidFile
from app.words.characters import first_unprintable
from app.words.texts import N_
from data.library.storage_errors import unreadable

MAX_BYTES = 1_000_000
"""More than four times the built-in model; what is larger is refused before it is read."""

MAX_FAULTS = 100

REFUSED = N_("{file} cannot be used as a maturity model.")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def refusal(path: Path | str, *faults: Fault) -> InvalidFile:
    """The error for a file with these faults, in the order of lines, at most ``MAX_FAULTS``."""
    ordered = sorted(faults, key=lambda fault: fault.line)
    kept = ordered[:MAX_FAULTS]
    if len(ordered) > len(kept):
        more = len(ordered) - len(kept)
        kept.append(Fault(N_("{count} more faults are not listed."), values=(("count", more),)))
    return InvalidFile(REFUSED, kept, file=Path(path).name or str(path))


def is_folder(path: Path) -> bool:
    """Whether it is a folder; no for a path no system can hold, which reading then names."""
    try:
        return path.is_dir()
    except (ValueError, OSError):
        return False


def is_file(path: Path) -> bool:
    """Whether it is a file; no for a path no system can hold."""
    try:
        return path.is_file()
    except (ValueError, OSError):
        return False


def read_text(path: Path, find: Callable[[str], str | None] = first_unprintable) -> str:
    """The text of a file, line ends as line feeds, without byte order mark.

    UTF-8, or UTF-16 and UTF-32 with a byte order mark. ``find`` gives the code of the first
    character in a line that the format does not allow. Raises ``InvalidFile`` where the file is
    missing, no file, larger than ``MAX_BYTES``, empty, in another encoding or has such
    characters; ``StorageUnavailable`` where the system does not let us read it.
    """
    text = _decoded(path, _read_bytes(path))
    faults = _character_faults(text, find)
    if faults:
        raise refusal(path, *faults)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _character_faults(text: str, find: Callable[[str], str | None]) -> list[Fault]:
    """One fault for each line with a forbidden character."""
    if "\x00" in text:
        return [Fault(N_("This is not a text file."), line=_line_of(text, text.index("\x00")))]
    return [
        Fault(
            N_("The invisible control character {code} is not allowed in a text."),
            line=number,
            values=(("code", code),),
        )
        for number, line in enumerate(text.split("\n"), start=1)
        if (code := find(line))
    ]


def _read_bytes(path: Path) -> bytes:
    try:
        if not path.exists():
            raise refusal(path, Fault(N_("There is no such file or folder.")))
        if not path.is_file():
            raise refusal(path, Fault(N_("This is not a file that can be read as text.")))
        if path.stat().st_size > MAX_BYTES:
            raise refusal(path, _too_large(path.stat().st_size))
        with path.open("rb") as stream:  # the file may have grown since it was measured
            content = stream.read(MAX_BYTES + 1)
    except ValueError as error:  # a NUL in the path
        raise refusal(str(path), Fault(N_("There is no such file or folder."))) from error
    except OSError as error:
        raise unreadable(error, path) from error
    if len(content) > MAX_BYTES:
        raise refusal(path, _too_large(len(content)))
    return content


def _too_large(size: int) -> Fault:
    return Fault(
        N_("The file has {size} kB; a model file has at most {limit} kB."),
        values=(("size", -(-size // 1_000)), ("limit", MAX_BYTES // 1_000)),
    )


def _decoded(path: Path, content: bytes) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strictly_decoded(path, content[len(mark) :], encoding)
    return _strictly_decoded(path, content, "utf-8")


def _strictly_decoded(path: Path, content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise refusal(path, _encoding_fault(content, error.start, encoding)) from error
    if not text.strip():
        raise refusal(path, Fault(N_("The file is empty.")))
    return text


def _encoding_fault(content: bytes, start: int, encoding: str) -> Fault:
    if encoding != "utf-8":
        return Fault(N_("The file is damaged: it is not readable as text to its end."))
    line = content.count(b"\n", 0, start) + 1
    if b"\x00" in content:
        return Fault(N_("This is not a text file."), line=line)
    if content[start] in b"\x81\x8d\x8f\x90\x9d":  # bytes that mean nothing in Windows-1252
        return Fault(N_("The text is not in UTF-8; save the file as UTF-8."), line=line)
    return Fault(
        N_("The text is not in UTF-8; it looks like Windows-1252. Save the file as UTF-8."),
        line=line,
    )


def _line_of(text: str, index: int) -> int:
    return text.count("\n", 0, index) + 1
