"""Open points of a session: areas with something left to settle."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from app.figures.scoring import Profile
from app.session.rating import Confidence
from app.session.session import Session


class OpenPoint(Enum):
    """Open points of an area, most urgent first."""

    UNSCORED = "unscored"
    GUESS = "guess"
    BARE = "bare"
    """A level without reason and evidence."""
    ABOVE_TARGET = "above target"


def open_areas(session: Session, figures: Profile) -> Mapping[OpenPoint, tuple[str, ...]]:
    """Ids of the areas with each open point, in model order."""
    ratings = [r for r in session.all_ratings() if r.is_applicable]
    scored = [r for r in ratings if r.level is not None]
    return {
        OpenPoint.UNSCORED: tuple(r.area_id for r in ratings if r.level is None),
        OpenPoint.GUESS: tuple(r.area_id for r in scored if r.confidence is Confidence.GUESS),
        OpenPoint.BARE: tuple(r.area_id for r in scored if not r.note.strip() and not r.evidence),
        OpenPoint.ABOVE_TARGET: tuple(
            area.area_id for area in figures.areas if area.is_over_target
        ),
    }
