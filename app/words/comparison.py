"""Sentences about comparisons: their grade, what they leave out, and why a figure moved."""

from __future__ import annotations

from collections.abc import Iterator

from app.comparison.causes import Cause
from app.comparison.grade import Grade, Graded, Reason
from app.figures.earlier import EarlierFigures
from app.model.comparability import Obstacle
from app.session.session import Session
from app.words.texts import N_, Translator

GRADE_WORDS = {
    Grade.A: N_("like for like"),
    Grade.B: N_("with caution"),
    Grade.C: N_("not comparable"),
}
CAUSE_WORDS = {
    Cause.MODEL: N_("The model: areas that were reworded, added or removed"),
    Cause.APPLICABLE: N_("Other areas apply or are scored"),
    Cause.WEIGHTS: N_("Other weights"),
    Cause.SCORED: N_("Areas that were scored differently"),
}
"""In the order in which a change is split; each part comes on top of those before."""


def grade_in_words(graded: Graded, tr: Translator) -> str:
    """The grade in a few words: ``B, with caution``."""
    return f"{graded.grade.value}, {tr.gettext(GRADE_WORDS[graded.grade])}"


def reason_in_words(reason: Reason, graded: Graded, tr: Translator) -> str:
    """Why the grade is not better, in a sentence."""
    if reason is Reason.FEW_AREAS:
        return tr.gettext(
            "Areas that ask the same each time: {same} of {n} that applied.",
            n=graded.applicable,
            same=graded.comparable if graded.grade is Grade.C else graded.same,
        )
    return tr.gettext(_REASON_WORDS[reason])


_REASON_WORDS = {
    Reason.SCALE: N_("The scales have different levels."),
    Reason.SCOPE: N_("The scope is described differently."),
    Reason.PEOPLE_UNKNOWN: N_("Nobody has said if mostly the same people took part."),
    Reason.OTHER_PEOPLE: N_("Mostly other people took part."),
}


def left_out_in_words(
    before: EarlierFigures, now: Session, earlier: Session, tr: Translator
) -> Iterator[str]:
    """One sentence for each reason; none where every area that was scored then is compared."""
    if not before.left_out:
        return
    if not before.levels and now.model.id != earlier.model.id:
        yield tr.gettext(
            "Nothing is compared: that session used another model, “{model}”.",
            model=earlier.model.name.line_in(tr.language) or earlier.model.id,
        )
        return
    for obstacle, n in sorted(before.left_out.items()):
        yield _reason(obstacle, n, tr)


def _reason(obstacle: Obstacle, n: int, tr: Translator) -> str:
    if obstacle is Obstacle.SCALE:
        return tr.ngettext(
            "{n} area is not comparable: the model then had other levels.",
            "{n} areas are not comparable: the model then had other levels.",
            n,
        )
    if obstacle is Obstacle.AREA:
        return tr.ngettext(
            "{n} area is not comparable: the model of today does not have it.",
            "{n} areas are not comparable: the model of today does not have them.",
            n,
        )
    return tr.ngettext(
        "{n} area is not comparable: its level texts differ.",
        "{n} areas are not comparable: their level texts differ.",
        n,
    )
