"""Sentences about what a comparison with an earlier session leaves out, and why."""

from __future__ import annotations

from collections.abc import Iterator

from app.figures.earlier import EarlierFigures
from app.model.comparability import Obstacle
from app.session.session import Session
from app.words.texts import Translator


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
