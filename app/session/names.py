"""Validation of names, one line of text of limited length, and of ids and digests."""

from __future__ import annotations

import re
from typing import Any

from app.errors import InvalidInput
from app.words.characters import single_line
from app.words.texts import N_

MAX_NAME_LENGTH = 200
ID_PATTERN = "^[0-9A-Za-z][0-9A-Za-z._:-]{0,99}$"
"""Ids of sessions and of what belongs to them."""
DIGEST_PATTERN = "^[0-9a-f]{64}$"
"""SHA-256, hexadecimal."""


def checked_name(name: object, complaint: str) -> str:
    """A normalised name; raises ``InvalidInput`` if it is too long, or ``complaint`` if empty."""
    name = single_line(name) if isinstance(name, str) else ""
    if not name:
        raise InvalidInput(complaint)
    if len(name) > MAX_NAME_LENGTH:
        raise InvalidInput(N_("A name can have at most {most} characters."), most=MAX_NAME_LENGTH)
    return name


def matches(pattern: str, value: Any) -> bool:
    """True for a text of this pattern."""
    return type(value) is str and re.fullmatch(pattern, value) is not None
