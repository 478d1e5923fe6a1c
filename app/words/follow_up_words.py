"""Sentences about a new session from an earlier one."""

from __future__ import annotations

from app.figures.open_points import OpenPoint
from app.session.session import Session
from app.words.texts import N_, Translator
from app.workshop.follow_up import FollowUp, open_points_of

_POINTS = {
    OpenPoint.UNSCORED: N_("not scored"),
    OpenPoint.GUESS: N_("only a guess"),
    OpenPoint.BARE: N_("without reason or evidence"),
    OpenPoint.ABOVE_TARGET: N_("level above its target"),
}
_NAMED_AT_MOST = 6


def open_notes(session: Session, tr: Translator) -> dict[str, str]:
    """The open points of each area as a reason to begin with."""
    day = tr.long_date(session.date)
    return {
        area_id: tr.gettext(
            "Open since {date}: {points}",
            date=day,
            points=", ".join(tr.gettext(_POINTS[point]) for point in points),
        )
        for area_id, points in open_points_of(session).items()
    }


def left_behind(found: FollowUp, tr: Translator) -> list[str]:
    """A sentence for each kind of thing that could not be taken along, or has to be looked at."""
    sentences = []
    if found.is_of_other_client:
        sentences.append(
            tr.gettext(
                "Words of one organisation are not taken along to another: unit, scope, tags,"
                " facilitator, what is not applicable and open points."
            )
        )
    if found.gone:
        sentences.append(
            tr.ngettext(
                "{n} area is not in this version of the model, so nothing of it is taken along:"
                " {areas}.",
                "{n} areas are not in this version of the model, so nothing of them is taken along:"
                " {areas}.",
                len(found.gone),
                areas=_listed(found.gone),
            )
        )
    if found.without_target:
        sentences.append(
            tr.gettext(
                "The model has other levels now, so these targets are not taken along: {areas}.",
                areas=_listed(found.without_target),
            )
        )
    if found.reworded:
        sentences.append(
            tr.ngettext(
                "The level texts of {n} area have changed; please check its target: {areas}.",
                "The level texts of {n} areas have changed; please check their targets: {areas}.",
                len(found.reworded),
                areas=_listed(found.reworded),
            )
        )
    if found.has_circle:
        sentences.append(
            tr.gettext(
                "The prerequisites that were added to the plan form a circle with those of this"
                " version of the model, so they are not taken along."
            )
        )
    return sentences


def _listed(names: tuple[str, ...]) -> str:
    shown = names[:_NAMED_AT_MOST]
    return ", ".join([*shown, "…"] if len(names) > len(shown) else shown)
