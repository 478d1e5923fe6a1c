"""Characters allowed in texts; others are rejected, escaped or replaced.

Three kinds make trouble, each somewhere else:

* *Unprintable* characters are those that YAML does not allow as they are: control characters (C0
  but for tab and line ends, DEL, C1), halves of surrogate pairs, U+FFFE and U+FFFF. XML, and so a
  workbook, refuses most of them too.
* *Halves* of surrogate pairs (lone surrogates) cannot be encoded at all, so no file, database or
  terminal takes them.
* *Reordering* characters (bidirectional overrides and isolates) are legal but turn around whatever
  stands beside them.

The other noncharacters (U+FDD0 to U+FDEF, U+nFFFE, U+nFFFF of the higher planes) are legal
everywhere and are kept.
"""

from __future__ import annotations

import re
import unicodedata

_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_HALVES = "\ud800-\udfff"
_CONTROL_OR_HALF = re.compile(f"[{_CONTROLS}{_HALVES}]")
_UNPRINTABLE = re.compile(f"[{_CONTROLS}{_HALVES}\ufffe\uffff]")
_HALF = re.compile(f"[{_HALVES}]")
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NOT_ON_ONE_LINE = re.compile(f"[{_CONTROLS}\t\n\r\u2028\u2029\ufffe\uffff]")
_TERMINAL_COMMAND = re.compile(f"[{_CONTROLS}\t\r\u202a-\u202e\u2066-\u2069]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def first_unprintable(text: str) -> str | None:
    """The code of the first unprintable character such as ``U+0007``, or None."""
    return _first_code(_UNPRINTABLE, text)


def first_control_or_half(text: str) -> str | None:
    """The code of the first control character or lone surrogate, or None.

    No escape sequence makes these acceptable in a model, unlike U+FFFE and U+FFFF.
    """
    return _first_code(_CONTROL_OR_HALF, text)


def replace_unprintable(text: str, by: str = _REPLACEMENT) -> str:
    """The text with every unprintable character replaced."""
    return _UNPRINTABLE.sub(by, text)


def has_half(text: str) -> bool:
    """True if the text holds a lone surrogate, which UTF-8 cannot encode."""
    return _HALF.search(text) is not None


def remove_reordering(text: str) -> str:
    """The text without bidirectional overrides and isolates."""
    return _REORDERING.sub("", text)


def single_line(text: str) -> str:
    """The text on one line, in Unicode form NFC, for names and titles.

    Line breaks, control characters, U+FFFE and U+FFFF become blanks, runs of white space one
    blank; reordering characters go. Lone surrogates stay, to be refused and not to be guessed.
    """
    visible = remove_reordering(_NOT_ON_ONE_LINE.sub(" ", text))
    return unicodedata.normalize("NFC", " ".join(visible.split()))


def is_single_line(text: str) -> bool:
    """True if the text has no character that :func:`single_line` would replace or remove."""
    return _NOT_ON_ONE_LINE.search(text) is None and _REORDERING.search(text) is None


def terminal_text(text: str) -> str:
    """The text with replacement characters for what could command or confuse a terminal.

    Line feeds stay.
    """
    return _TERMINAL_COMMAND.sub(_REPLACEMENT, text)


def visible_text(text: str) -> str:
    """The text with a blank for each invisible character: controls, formats, unassigned, spaces."""
    if text.isprintable():  # implies that nothing is invisible but plain spaces
        return text
    return "".join(each if unicodedata.category(each)[0] not in "CZ" else " " for each in text)


def _first_code(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return f"U+{ord(found.group()):04X}" if found else None
