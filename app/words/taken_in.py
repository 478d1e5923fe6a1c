"""Outcomes of imports and merges in words."""

from __future__ import annotations

from app.ports import OtherName
from app.words.texts import Translator


def other_name_in_words(name: OtherName, translator: Translator) -> str:
    """A client or unit that has another name elsewhere."""
    return translator.gettext(
        "“{there}” is called “{here}” in this library; that name stays.",
        there=name.there,
        here=name.here,
    )
