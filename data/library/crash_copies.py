"""Copies a library and its journal after a crash, before SQLite rolls the journal back.

They are rarely needed, because the rollback is correct. But a journal can lie beside a file it does
not belong to, for example a backup copied over a crashed library by hand. Then both are corrupted,
and the journal, which held the last copy of the scores, is deleted. These copies allow recovery.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from data.library.folders import data_folder, library_key, private_folder

CRASHES_KEPT = 3
MOST_BYTES = 256 * 1024**2
"""Larger libraries are opened without a copy; it would take too long and too much room."""


def crashes_of(library: Path) -> tuple[Path, ...]:
    """Folders with copies, newest first."""
    folder = data_folder() / "crashes" / library_key(library)
    with suppress(OSError):
        return tuple(sorted(folder.iterdir(), reverse=True))
    return ()


def keep_crash(library: Path, journal: Path) -> None:
    """Copy both files; that it cannot be done is no reason not to open the library."""
    with suppress(OSError):
        if library.stat().st_size > MOST_BYTES:
            return
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
        folder = private_folder("crashes", library_key(library), f"{stamp}-{uuid4().hex[:6]}")
        for file in (library, journal):
            shutil.copyfile(file, folder / file.name)
    for outdated in crashes_of(library)[CRASHES_KEPT:]:
        shutil.rmtree(outdated, ignore_errors=True)
