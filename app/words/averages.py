"""Wording of averages, with their weights and their lowest level."""

from __future__ import annotations

from app.figures.scoring import Profile
from app.words.texts import Translator


def average_in_words(figures: Profile, tr: Translator) -> str:
    """Kind and basis of the average of a session: ``weighted average of 21 areas``."""
    n = figures.overall.scored
    if figures.is_weighted:
        return tr.ngettext("weighted average of {n} area", "weighted average of {n} areas", n)
    return tr.ngettext("average of {n} area", "average of {n} areas", n)
