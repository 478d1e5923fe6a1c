"""Breaks names into lines for chart labels, which spreadsheet programs do not break."""

from __future__ import annotations

from exports.hyphenation import break_places
from exports.workbook.cell_text import line_text

_ELLIPSIS = "…"


def broken_label(name: str, width: int, most: int, language: str) -> str:
    """The name on at most ``most`` lines of up to ``width`` characters; cut with an ellipsis."""
    text = line_text(name)
    if len(text) <= width:
        return text
    lines = [""]
    for word in text.split(" "):
        _append(lines, word, width, language)
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), width)]
    return "\n".join(lines)


def _append(lines: list[str], word: str, width: int, language: str) -> None:
    """Add a word to the last line, or begin new lines for it."""
    joined = f"{lines[-1]} {word}" if lines[-1] else word
    if len(joined) <= width:
        lines[-1] = joined
        return
    if lines[-1]:
        lines.append("")
    while len(word) > width:
        at = max((p for p in break_places(word, language) if p < width), default=width - 1)
        hyphen = "" if word[at - 1] == "-" else "-"
        lines[-1], word = word[:at] + hyphen, word[at:]
        lines.append("")
    lines[-1] = word


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip(" -") + _ELLIPSIS
