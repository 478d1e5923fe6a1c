"""Fill up a small disk."""

from __future__ import annotations

import os
from pathlib import Path


def fill(disk: Path) -> Path:
    """Use up the free space, down to a few hundred kilobytes."""
    filler = disk / "holiday.mp4"
    free = os.statvfs(disk)
    filler.write_bytes(b"x" * max(0, free.f_bavail * free.f_frsize - 64 * 1024))
    return filler
