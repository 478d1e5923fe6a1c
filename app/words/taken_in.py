"""Outcomes of imports and merges in words."""

from __future__ import annotations

from app.ports import MergeReport, OtherName
from app.words.texts import Translator


def other_name_in_words(name: OtherName, translator: Translator) -> str:
    """A client or unit that has another name elsewhere."""
    return translator.gettext(
        "“{there}” is called “{here}” in this library; that name stays.",
        there=name.there,
        here=name.here,
    )


def decisions_in_words(report: MergeReport, translator: Translator) -> list[str]:
    """Number of reviews and mappings that came along, if any."""
    sentences = []
    if report.reviews:
        sentences.append(
            translator.ngettext(
                "{n} review was added or withdrawn.",
                "{n} reviews were added or withdrawn.",
                report.reviews,
            )
        )
    if report.mappings:
        sentences.append(
            translator.ngettext(
                "{n} mapping of models was added or withdrawn.",
                "{n} mappings of models were added or withdrawn.",
                report.mappings,
            )
        )
    return sentences
