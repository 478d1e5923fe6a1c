"""The file of score CSV as spreadsheets write it: encoding, separator, rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.errors import Fault
from app.session.score_words import Vocabulary
from app.words.texts import N_
from data.files import decode_text, read_bytes, refusal

DELIMITERS = (";", ",", "\t")
MAX_BYTES = 1_000_000

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""First bytes of the files of Excel and LibreOffice, whatever their ending."""

REFUSED = N_("{file} was not imported; nothing was changed.")

_SEPARATOR_LINE = re.compile(r'\s*"?sep=(.)"?[;,\s]*', re.IGNORECASE)
_UNDEFINED_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_BEGUN_IN_UTF_8 = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xe2[\x80-\xbf]{2}")


@dataclass(frozen=True, slots=True)
class ScoreText:
    """The text of a file; ``is_guessed`` if its encoding could only be assumed."""

    text: str
    is_guessed: bool = False


def score_text(path: Path) -> ScoreText:
    """Read a file in UTF-8, UTF-16 or Windows-1252, Excel's plain "CSV".

    Raises ``InvalidFile`` for what is no text, ``StorageUnavailable`` if it cannot be read.
    """
    content = read_bytes(path, REFUSED, MAX_BYTES)
    if content.startswith(_WORKBOOKS):
        raise refusal(
            REFUSED,
            path,
            Fault(N_("This is a workbook. Please save the sheet as “CSV UTF-8” and choose that.")),
        )
    encoding = _encoding_without_mark(content)
    if encoding:
        content = content.decode(encoding, "replace").encode("utf-8")
    text = decode_text(content, path, REFUSED, wide=True)
    return ScoreText(text.replace("\ufeff", ""), encoding == "cp1252")


def rows_of(
    text: str, vocabulary: Vocabulary, on_error: Callable[[int, csv.Error], None]
) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, each with the number of its first line.

    A line ``sep=;`` at the beginning names the separator and is no row.
    """
    first, rest = _first_line(text)
    found = _SEPARATOR_LINE.fullmatch(first)
    skipped = 1 if found else 0
    if found:
        text = rest
    header = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = found[1] if found and found[1] in header else _delimiter(header, vocabulary)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1 + skipped
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1 + skipped
    except csv.Error as error:
        on_error(begins, error)


def _first_line(text: str) -> tuple[str, str]:
    parts = re.split("(\r\n|\r|\n)", text, maxsplit=1)
    return (parts[0], parts[2]) if len(parts) > 1 else (text, "")


def _delimiter(header: str, vocabulary: Vocabulary) -> str:
    """Detect the separator: the one that yields most known columns in the header.

    ``csv.Sniffer`` guesses from the rows, wrongly if notes are long.
    """

    def known_columns(delimiter: str) -> int:
        names = (vocabulary.column_of(cell.strip(' "')) for cell in header.split(delimiter))
        return sum(name in vocabulary.headings for name in names)

    return max(DELIMITERS, key=lambda delimiter: (known_columns(delimiter), delimiter in header))


def _encoding_without_mark(content: bytes) -> str:
    """UTF-16 or Windows-1252 where no byte order mark says so; empty for all the rest."""
    if len(content) >= 4 and len(content) % 2 == 0:
        zeros = [byte == 0 for byte in content[:4]]
        if zeros == [False, True, False, True]:
            return "utf-16-le"
        if zeros == [True, False, True, False]:
            return "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        is_other = b"\x00" in content or _UNDEFINED_IN_CP1252.search(content)
        # the beginnings of UTF-8 in a file that is none: damaged, and not in Windows-1252
        return "" if is_other or _BEGUN_IN_UTF_8.search(content) else "cp1252"
    return ""
