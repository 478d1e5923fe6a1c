"""Contents of files, set aside: in memory while they are small, else in a temporary file."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

from data.files import access_error
from data.library.folders import data_folder, private_folder

MOST_IN_MEMORY = 16 * 1024**2


class SetAside(Mapping[str, bytes]):
    """Read-only mapping of digests to contents; belongs to no thread, but to one at a time.

    The file has no name where the system allows that, so that nothing is left behind.
    """

    def __init__(self, contents: Iterable[tuple[str, bytes]]) -> None:
        """Keep the contents; raises ``StorageUnavailable`` if there is no room for them."""
        folder = data_folder() / "temporary"
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(  # noqa: SIM115 (closed by finalize)
            MOST_IN_MEMORY, dir=str(folder)
        )
        weakref.finalize(self, self._file.close)
        self._places: dict[str, tuple[int, int]] = {}
        end = 0
        for digest, content in contents:
            try:
                if end + len(content) > MOST_IN_MEMORY:
                    private_folder(folder.name)
                self._file.write(content)
            except OSError as error:
                raise access_error(error, folder) from error
            self._places[digest] = end, len(content)
            end += len(content)

    def __getitem__(self, digest: str) -> bytes:
        start, size = self._places[digest]
        self._file.seek(start)
        return self._file.read(size)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
