"""What an earlier session may show beside this one: only figures that still mean the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.comparability import comparable_area_ids
from app.scoring import Profile, profile, weighted_mean
from app.session import Session


@dataclass(frozen=True, slots=True)
class EarlierFigures:
    """Levels and means of an earlier session, as far as they may be compared.

    ``levels`` holds areas with identical level texts that were scored then. ``means`` holds
    dimensions that consist of the same areas in both models, all with identical texts.
    ``overall`` is the average of all areas then, known only if exactly the same areas count in
    both sessions, with the same weights. ``change`` is how much higher the average of the
    ``common`` areas is now: those scored both times with identical texts, weighted as today
    (``decisions.md`` 21). ``hidden`` counts the areas scored then whose level may not be shown.
    """

    levels: Mapping[str, Fraction]
    means: Mapping[str, Fraction]
    overall: Fraction | None
    change: Fraction | None
    common: int
    hidden: int


def earlier_figures(now: Session, figures: Profile, earlier: Session) -> EarlierFigures:
    """Compare with an earlier session; ``figures`` are those of ``now``."""
    same = comparable_area_ids(now.model, earlier.model)
    then = profile(earlier)
    levels = {
        area.area_id: area.level
        for area in then.areas
        if area.level is not None and area.area_id in same
    }
    is_same = _weights(figures) == _weights(then) and same.issuperset(_weights(figures))
    rises = [
        (area.weight, area.level - levels[area.area_id])
        for area in figures.areas
        if area.level is not None and area.area_id in levels
    ]
    return EarlierFigures(
        levels=levels,
        means=_means(now, earlier, then, same),
        overall=then.overall.mean if is_same else None,
        change=weighted_mean(rises),
        common=len(rises),
        hidden=then.overall.scored - len(levels),
    )


def _weights(figures: Profile) -> dict[str, Fraction]:
    """What goes into the average: scored areas with their weights."""
    return {area.area_id: area.weight for area in figures.areas if area.counts}


def _means(
    now: Session, earlier: Session, then: Profile, same: frozenset[str]
) -> dict[str, Fraction]:
    areas_then = {d.id: {area.id for area in d.areas} for d in earlier.model.dimensions}
    means_then = {group.id: group.mean for group in then.dimensions}
    found: dict[str, Fraction] = {}
    for dimension in now.model.dimensions:
        areas = {area.id for area in dimension.areas}
        mean = means_then.get(dimension.id)
        if mean is not None and areas_then[dimension.id] == areas and same >= areas:
            found[dimension.id] = mean
    return found
