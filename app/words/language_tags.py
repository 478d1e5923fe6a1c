"""Language tags (BCP 47): what is one, and how it is written."""

from __future__ import annotations

import re

_LETTER, _SIGN = "[A-Za-z]", "[A-Za-z0-9]"
LANGUAGE_TAG_PATTERN = (
    rf"^(?:{_LETTER}{{2,3}}(?:-{_LETTER}{{3}}){{0,3}}"  # language, such as de or zh-yue
    rf"(?:-{_LETTER}{{4}})?"  # script, such as Hant
    rf"(?:-(?:{_LETTER}{{2}}|[0-9]{{3}}))?"  # region, such as BR or 419
    rf"(?:-(?:{_SIGN}{{5,8}}|[0-9]{_SIGN}{{3}}))*"  # variants, such as 1996
    rf"(?:-[0-9A-WYZa-wyz](?:-{_SIGN}{{2,8}})+)*"  # extensions
    rf"(?:-[Xx](?:-{_SIGN}{{1,8}})+)?"  # private use
    rf"|[Xx](?:-{_SIGN}{{1,8}})+"
    rf"|[Ii]-{_LETTER}{{3,8}}|[Ee][Nn]-[Gg][Bb]-[Oo][Ee][Dd]|[Ss][Gg][Nn]-{_LETTER}{{2}}-{_LETTER}{{2}})$"
)
"""Well-formed tags of RFC 5646.

Its longer first parts (``deutsch``) are left out: nothing is registered there, so each is a slip.
"""

_TAG = re.compile(LANGUAGE_TAG_PATTERN)
_SCRIPT_LENGTH, _REGION_LENGTH = 4, 2


def is_language_tag(text: str) -> bool:
    """True for a well-formed tag such as ``de``, ``pt-BR`` or ``zh-Hant-TW``."""
    return bool(_TAG.match(text)) and not text.endswith("\n")


def canonical_tag(tag: str) -> str:
    """The tag as it is usually written: ``PT-br`` gives ``pt-BR``, ``ZH-HANT`` gives ``zh-Hant``.

    Tags that differ in upper and lower case only are the same.
    """
    first, *others = tag.lower().split("-")
    parts, is_free = [first], len(first) == 1
    for part in others:
        is_free = is_free or len(part) == 1
        if not is_free and len(part) == _SCRIPT_LENGTH and part.isalpha():
            parts.append(part.capitalize())
        elif not is_free and len(part) == _REGION_LENGTH:
            parts.append(part.upper())
        else:
            parts.append(part)
    return "-".join(parts)
