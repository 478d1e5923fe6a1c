"""Ids of models and their parts."""

from __future__ import annotations

import re

from app.words.texts import N_

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$"
NO_ID = N_(
    "{value} cannot be an id: up to 80 letters (A to Z), digits, dots, hyphens and underscores,"
    " the first one a letter or a digit."
)


def is_id(text: str) -> bool:
    """True if a model or a part of one can have this id."""
    return re.fullmatch(ID_PATTERN.strip("^$"), text) is not None
