"""Recognises maturity models in formats of others that we do not read, to name them in errors.

Looks only at the beginning of a file, and only after reading it as one of our own has failed.
"""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from data.files import without_mark
from data.models.text_files import is_file, is_folder

MAX_BYTES = 400_000
"""Of a file, unpacked; what tells the formats apart stands at the beginning."""

MAX_FILES = 200
"""Of a folder, so many files are looked into."""

MAX_SEEN = 5_000
"""Of a folder, so many names are looked at."""

_ENDINGS = (".yaml", ".yml", ".json", ".xml", ".xlsx", ".gz")
_GZIP = zlib.MAX_WBITS | 16


@dataclass(frozen=True, slots=True)
class _Format:
    """A format by its name, and patterns that all occur in its files."""

    name: str
    patterns: tuple[re.Pattern[str], ...]


def _key(name: str, value: str = "") -> str:
    """A key of YAML or JSON at the beginning of a line or after a bracket or comma."""
    return rf"""(?:^|[{{,])[ \t]*(?:- )?["']?(?:{name})["']?[ \t]*:\s*["']?{value}"""


def _top_key(name: str, value: str = "") -> str:
    """A key of the outermost level: not indented, or the first one after the bracket of JSON."""
    return rf"""(?:^|^\s*{{\s*|,\s*)["']?(?:{name})["']?[ \t]*:\s*["']?{value}"""


def _format(name: str, *patterns: str) -> _Format:
    return _Format(name, tuple(re.compile(each, re.MULTILINE) for each in patterns))


_SAMM_TYPES = "Activity|AnswerSet|Function|MaturityLevel|Practice|PracticeLevel|Question|Stream"
_OSCAL_KINDS = (
    "catalog|profile|component-definition|system-security-plan|assessment-plan"
    "|assessment-results|plan-of-action-and-milestones|mapping-collection"
)
_FORMATS = (
    _format("CISO Assistant", _top_key("urn", r"urn:[\w.-]+:[\w.-]+:library:")),
    _format("CISO Assistant", r"urn:intuitem:risk:(?:library|framework|req_node)"),
    _format(
        "AWS Well-Architected (custom lens)",
        _key("schemaVersion"),
        _key("pillars"),
        _key("questions"),
    ),
    _format("OSCAL", _top_key(_OSCAL_KINDS), _key("oscal-version")),
    _format("OSCAL", r"http://csrc\.nist\.gov/ns/oscal"),
    _format(
        "OWASP SAMM", _top_key("type", rf"(?:{_SAMM_TYPES})\s*$"), _top_key("id", "[0-9a-f]{32}")
    ),
    _format("OWASP SAMM", r"^#\s*OWASP SAMM"),
    _format("OWASP DSOMM", _key("difficultyOfImplementation"), _key("usefulness|knowledge")),
    _format("OWASP DSOMM", r"DevSecOps-MaturityModel|dsomm-[\w-]*schema"),
    _format("ELIXIR RDM maturity model", _key("domainName"), _key("maturityLevels")),
    _format("OWASP DSOMM", r"\A(?:---\n)?_meta:\n\s+label:"),
)
_SHEETS = (
    (frozenset(("imp-questions", "imp-answers")), "OWASP SAMM"),
    (frozenset(("Interview", "Scorecard", "Roadmap")), "OWASP SAMM"),
    (frozenset(("SAMMv1.5", "SAMMv2.0")), "OWASP SAMM"),
    (frozenset(("library_meta",)), "CISO Assistant"),
    (frozenset(("library_content",)), "CISO Assistant"),
)
_OUR_OWN = re.compile(_top_key("format_version"), re.MULTILINE)
_SHEET_NAME = re.compile(r'<(?:\w+:)?sheet [^>]*?name="([^"]*)"')


def foreign_format(paths: Sequence[Path]) -> str | None:
    """The name of the format of the first file that is recognised; of a folder, files in it."""
    for path in paths:
        for file in _files(path):
            name = _format_of(file)
            if name is not None:
                return name
    return None


def _files(path: Path) -> Iterator[Path]:
    if is_file(path):
        yield path
    elif is_folder(path):
        found = (each for each in _inside(path) if each.suffix.lower() in _ENDINGS)
        yield from islice(filter(is_file, found), MAX_FILES)


def _inside(folder: Path) -> Iterator[Path]:
    """The first files of a folder and its folders, in the order of their names."""
    seen = 0
    for root, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(root, name) for name in sorted(names))
        seen += len(names) + len(folders)
        if seen > MAX_SEEN:
            return


def _format_of(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES)
    except (OSError, ValueError):
        return None
    if content.startswith(b"PK\x03\x04"):
        return _format_of_sheets(path)
    if content.startswith(b"\x1f\x8b"):
        with suppress(zlib.error):
            content = zlib.decompressobj(_GZIP).decompress(content, MAX_BYTES)
    return _format_of_text(_decoded(content))


def _decoded(content: bytes) -> str:
    content, encoding = without_mark(content, wide=True)
    return content.decode(encoding, errors="replace").replace("\r\n", "\n")


def _format_of_text(text: str) -> str | None:
    if _OUR_OWN.search(text):
        return None
    found = (each for each in _FORMATS if all(pattern.search(text) for pattern in each.patterns))
    return next((each.name for each in found), None)


def _format_of_sheets(path: Path) -> str | None:
    """The format of a workbook, by the names of its sheets."""
    try:
        with zipfile.ZipFile(path) as book, book.open("xl/workbook.xml") as part:
            xml = part.read(MAX_BYTES).decode("utf-8", errors="replace")
    except (
        OSError,
        ValueError,
        KeyError,
        RuntimeError,
        NotImplementedError,
        zipfile.BadZipFile,
        zlib.error,
    ):
        return None
    sheets = set(_SHEET_NAME.findall(xml))
    return next((name for wanted, name in _SHEETS if wanted <= sheets), None)
