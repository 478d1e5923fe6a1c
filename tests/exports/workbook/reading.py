"""Reads workbooks for tests that look at them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from openpyxl import Workbook, load_workbook


def read(path: Path, *, data_only: bool = False) -> Workbook:
    """The workbook, to look at only: the next test gets the same object for the same file."""
    return _read(path, data_only, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, data_only: bool, _changed: int) -> Workbook:
    return load_workbook(path, data_only=data_only)
