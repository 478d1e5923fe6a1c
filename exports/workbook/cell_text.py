"""Sanitises user text for cells: always text, never a formula, never invalid XML."""

from __future__ import annotations

import re
import unicodedata

from openpyxl.cell.cell import Cell

from app.words.characters import replace_unprintable, single_line

MAX_CELL_UNITS = 32_000
"""UTF-16 units in one cell: Excel's limit is 32,767, the rest is for escapes and the mark."""

CUT_MARK = " […]"
"""Stands where a text was cut; the same in every language."""

_ESCAPE_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def cell_text(text: str) -> str:
    """The text as a cell can hold it.

    Unicode form NFC; tabs become blanks; line breaks stay, other control characters, lone
    surrogates and noncharacters go; what looks like a spreadsheet's own escape (``_x0041_``)
    is escaped so that it is shown as typed. More than 32,000 UTF-16 units are cut with a visible
    mark.
    """
    if _is_plain(text) and len(text) <= MAX_CELL_UNITS // 2 and "_x" not in text:
        return text
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    composed = unicodedata.normalize("NFC", unified.replace("\t", " "))
    clean = replace_unprintable(composed, "")
    return _cut(_ESCAPE_LOOKALIKE.sub("_x005F_", clean))


def line_text(text: str, most: int = 200) -> str:
    """The text on one line, for titles, chart labels and document properties.

    ``most`` characters at most; without characters that turn the reading direction around.
    """
    if _is_plain(text) and len(text) <= most and "  " not in text and text == text.strip():
        return text
    clean = single_line(replace_unprintable(text, " "))
    return clean if len(clean) <= most else clean[: most - 1].rstrip() + "…"


def print_text(text: str, most: int = 60) -> str:
    """The text for a page header or footer, where ``&`` begins a code."""
    return line_text(text, most).replace("&", "&&")


def put_text(cell: Cell, text: str) -> None:
    """Put user text into a cell, as text under all circumstances.

    The type is set after the value, because setting the value guesses one; the quote prefix keeps
    the text a text when the cell is edited.
    """
    cell.quotePrefix = True
    safe = cell_text(text)
    if safe:  # an empty text would be written as a cell that claims to hold one and does not
        cell.value = safe
        cell.data_type = "s"


def _is_plain(text: str) -> bool:
    """True if no single character has to be changed, as in most texts."""
    return text.isprintable() and unicodedata.is_normalized("NFC", text)


def _cut(escaped: str) -> str:
    if len(escaped) <= MAX_CELL_UNITS // 2 or _units(escaped) <= MAX_CELL_UNITS:
        return escaped
    kept, room = [], MAX_CELL_UNITS - len(CUT_MARK)
    for piece in re.findall(r"_x005F_|.", escaped, re.DOTALL):
        room -= _units(piece)
        if room < 0:
            break
        kept.append(piece)
    return "".join(kept) + CUT_MARK


def _units(text: str) -> int:
    """Length in UTF-16 code units; characters beyond the first plane take two."""
    return len(text.encode("utf-16-le")) // 2
