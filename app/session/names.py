"""Validation of names: one line of text of limited length."""

from __future__ import annotations

from app.errors import InvalidInput
from app.words.characters import single_line
from app.words.texts import N_

MAX_NAME_LENGTH = 200


def checked_name(name: str, complaint: str) -> str:
    """A normalised name; raises ``InvalidInput`` if it is too long, or ``complaint`` if empty."""
    name = single_line(name)
    if not name:
        raise InvalidInput(complaint)
    if len(name) > MAX_NAME_LENGTH:
        raise InvalidInput(N_("A name can have at most {most} characters."), most=MAX_NAME_LENGTH)
    return name
