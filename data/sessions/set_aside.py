"""Contents of files, set aside: in memory while they are small, else in a temporary file."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from data.files import temporary_error
from data.leftovers import temporary_file

MOST_IN_MEMORY = 16 * 1024**2


class SetAside(Mapping[str, bytes]):
    """Read-only mapping of digests to contents; belongs to no thread, but to one at a time."""

    def __init__(self, contents: Iterable[tuple[str, bytes]]) -> None:
        """Keep the contents; raises ``StorageUnavailable`` if there is no room for them."""
        in_memory = BytesIO()
        self._file: BinaryIO = in_memory
        self._places: dict[str, tuple[int, int]] = {}
        end = 0
        for digest, content in contents:
            if end <= MOST_IN_MEMORY < end + len(content):
                self._continue_on_disk(in_memory.getvalue())
            self._append(content)
            self._places[digest] = end, len(content)
            end += len(content)
        self._flush()

    def _continue_on_disk(self, content: bytes) -> None:
        try:
            path = temporary_file()
            self._file = path.open("r+b")
        except OSError as error:
            raise temporary_error(error) from error
        weakref.finalize(self, _remove, self._file, path)
        self._append(content)

    def _append(self, content: bytes) -> None:
        try:
            self._file.write(content)
        except OSError as error:
            raise temporary_error(error) from error

    def _flush(self) -> None:
        """Here, where failing has a sentence, and not when something is read."""
        try:
            self._file.flush()
        except OSError as error:
            raise temporary_error(error) from error

    def __getitem__(self, digest: str) -> bytes:
        start, size = self._places[digest]
        self._file.seek(start)
        return self._file.read(size)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _remove(file: BinaryIO, path: Path) -> None:
    with suppress(OSError):  # what was not written yet does not matter any more
        file.close()
    with suppress(OSError):
        path.unlink()
