"""Contents that are set aside: a disk that is full is told of before anything is read."""

from __future__ import annotations

import errno
from io import BytesIO
from pathlib import Path

import pytest

from app.errors import StorageUnavailable
from data.sessions import set_aside
from data.sessions.set_aside import SetAside


class _Full(BytesIO):
    """Takes what fits into its buffer; the disk takes nothing."""

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_told_of_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(set_aside, "MOST_IN_MEMORY", 10)
    monkeypatch.setattr(set_aside, "temporary_file", lambda: tmp_path / "contents.tmp")
    monkeypatch.setattr(Path, "open", lambda *_: _Full())
    with pytest.raises(StorageUnavailable, match="full"):
        SetAside([("a", bytes(8)), ("b", bytes(8))])
