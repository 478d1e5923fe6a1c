"""State of a target: discussed, decided against, or assumed."""

from __future__ import annotations

import math
from enum import StrEnum

from app.session.session import Session
from app.words.texts import N_


class TargetState(StrEnum):
    """Origin of a target.

    ``DECIDED_AGAINST``: it was agreed that the area stays where it is.
    """

    DISCUSSED = "discussed"
    DECIDED_AGAINST = "decided_against"
    NOT_DISCUSSED = "not_discussed"


TARGET_STATE_WORDS = {
    TargetState.DISCUSSED: N_("discussed"),
    TargetState.DECIDED_AGAINST: N_("decided against"),
    TargetState.NOT_DISCUSSED: N_("not discussed"),
}
"""The words users read, as they stand within a line."""


def not_discussed(session: Session) -> tuple[str, ...]:
    """Ids of the areas that apply and whose target is not discussed, in model order."""
    return tuple(
        rating.area_id
        for rating in session.all_ratings()
        if rating.is_applicable and rating.target is None
    )


def target_state(session: Session, area_id: str) -> TargetState:
    """The state of an area's target; implied targets follow from the planning problem instead."""
    rating = session.rating(area_id)
    if rating.target is None:
        return TargetState.NOT_DISCUSSED
    if rating.is_scored and rating.level is not None and rating.target == math.floor(rating.level):
        return TargetState.DECIDED_AGAINST
    return TargetState.DISCUSSED
