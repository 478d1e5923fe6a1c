"""Keeps a spreadsheet from taking text for a formula, in CSV and on the clipboard."""

from __future__ import annotations

import re

_BEGINS = "[=+\\-@\t\r＝＋－＠]"  # noqa: RUF001 - Excel takes the wide ones, too
_FORMULA = re.compile(f"'*{_BEGINS}")
_GUARDED = re.compile(f"'+{_BEGINS}")
_CELL = re.compile(r"[^\t\n]+")


def guarded(cell: str) -> str:
    """The cell with an apostrophe in front where a spreadsheet would see a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The inverse of :func:`guarded`."""
    return cell[1:] if _GUARDED.match(cell) else cell


def guarded_cells(text: str) -> str:
    """A text for the clipboard: lines become rows and tabs columns when it is pasted."""
    return _CELL.sub(lambda found: guarded(found.group()), text)
