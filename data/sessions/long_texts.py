"""Cuts attached files out of a JSON text, so that they need not be in memory while it is parsed."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from app.session.evidence import MAX_EVIDENCE_BYTES
from data.files import larger_than, open_to_read, refusal

SHORTEST = 4096
"""Shorter texts stay where they are."""

_LONGEST = 2 * MAX_EVIDENCE_BYTES  # longer ones can be no file of ours
_READ_AT_ONCE = 16 * 1024**2
# The quotation mark before a text never follows a backslash; one inside a text always does.
_LONG_TEXT = re.compile(rb'(?<!\\)"([A-Za-z0-9+/]{%d,}={0,2})"' % SHORTEST)
_UNFINISHED = re.compile(rb'(?:\\|(?<!\\)"[A-Za-z0-9+/]*={0,2})\Z')


@dataclass(slots=True)
class LongTexts(Mapping[str, bytes]):
    """Mapping of marks to the base64 texts they stand for, read from the file when asked for."""

    path: Path
    headline: str
    _key: str = field(default_factory=lambda: uuid4().hex)
    _places: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __getitem__(self, mark: str) -> bytes:
        start, size = self._places[mark]
        with open_to_read(self.path, self.headline) as file:
            file.seek(start)
            return file.read(size)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def decoded(self, text: str) -> bytes:
        """Content of a base64 text that may be a mark; raises ``ValueError`` if it is no base64."""
        return decoded_text(self.get(text, text))

    def restored(self, text: str) -> str:
        """The text itself where ``text`` is a mark."""
        return self[text].decode("ascii") if text in self else text

    def missing_from(self, line: str) -> int:
        """Number of characters that marks save in a line."""
        marks = re.findall(rf"{self._key}\d+", line)
        return sum(self._places[mark][1] - len(mark) for mark in marks)

    def cut_from_file(self, most_bytes: int) -> bytes:
        """The file's content with a mark in place of each long base64 text.

        Raises ``InvalidFile`` where more than ``most_bytes`` are left, otherwise as
        :func:`data.files.read_bytes`.
        """
        left = bytearray()
        with open_to_read(self.path, self.headline) as file:
            for piece in self._pieces(file):
                left += piece
                if len(left) > most_bytes:
                    raise refusal(self.headline, self.path, larger_than(most_bytes))
        return bytes(left)

    def _pieces(self, file: BinaryIO) -> Iterator[bytes]:
        waiting, start = b"", 0  # what is not looked through yet, and its place in the file
        while read := file.read(_READ_AT_ONCE):
            waiting += read
            done = 0
            for found in _LONG_TEXT.finditer(waiting):
                mark = f"{self._key}{len(self._places)}"
                yield waiting[done : found.start(1)] + mark.encode("ascii")
                self._places[mark] = start + found.start(1), found.end(1) - found.start(1)
                done = found.end(1)
            end = _end_of_finished(waiting, done)
            yield waiting[done:end]
            waiting, start = waiting[end:], start + end
        yield waiting


def decoded_text(text: str | bytes) -> bytes:
    """Content of a base64 text; raises ``ValueError`` if it is none."""
    return base64.b64decode(text, validate=True)


def _end_of_finished(waiting: bytes, done: int) -> int:
    """Start of a text that may continue in the next block."""
    found = _UNFINISHED.search(waiting, max(done, waiting.rfind(b'"')))
    is_waited_for = found is not None and len(waiting) - found.start() <= _LONGEST
    return found.start() if found is not None and is_waited_for else len(waiting)
