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


def reviews_in_words(count: int, translator: Translator) -> str:
    """How many reviews came along."""
    return translator.ngettext(
        "{n} review was added or withdrawn.", "{n} reviews were added or withdrawn.", count
    )
