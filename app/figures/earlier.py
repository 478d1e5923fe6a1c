"""Comparison with an earlier session: only figures that are still comparable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from app.figures.means import weighted_mean
from app.figures.scoring import Profile, profile
from app.model.comparability import Obstacle, comparable_area_ids, obstacle_to
from app.model.maturity_model import MaturityModel
from app.session.session import Session


@dataclass(frozen=True, slots=True)
class Change:
    """Change of the average of ``areas`` areas since the earlier session; negative if it fell."""

    by: Fraction
    areas: int


@dataclass(frozen=True, slots=True)
class EarlierFigures:
    """Levels and means of an earlier session, as far as they may be compared.

    ``levels`` holds areas with identical level texts that were scored then. ``left_out`` counts
    the areas scored then whose level may not be shown, by what is in the way.
    """

    levels: Mapping[str, Fraction]
    left_out: Mapping[Obstacle, int]
    _mean: Fraction | None
    _weights: Mapping[str, Fraction]
    _means: Mapping[str, Fraction]
    """Of dimensions that consist of the same areas in both models, all with identical texts."""

    def overall(self, now: Profile) -> Fraction | None:
        """The average then, if it is of exactly the areas and weights that count now."""
        counting = {area.area_id: area.weight for area in now.areas if area.counts}
        is_same = not self.left_out and counting == self._weights
        return self._mean if is_same else None

    def means(self, now: Profile) -> dict[str, Fraction]:
        """The averages of dimensions then, by dimension, as far as they may be shown now.

        That is where exactly the same areas counted, with the same weights: an average that rises
        because another area was left out has not moved. A dimension of which nothing is scored
        now shows where it stood; there is nothing yet to mistake it for.
        """
        differing = {
            area.dimension_id
            for area in now.areas
            if self._weights.get(area.area_id) != (area.weight if area.counts else None)
        }
        return {
            dimension.id: self._means[dimension.id]
            for dimension in now.dimensions
            if dimension.id in self._means
            and (dimension.mean is None or dimension.id not in differing)
        }

    def without(self, area_ids: Collection[str], model: MaturityModel) -> EarlierFigures:
        """The same without these areas, and without every average that they are part of."""
        if not area_ids:
            return self
        hidden = {model.dimension_of(area_id).id for area_id in area_ids}
        return replace(
            self,
            levels={each: level for each, level in self.levels.items() if each not in area_ids},
            _mean=None,
            _means={each: mean for each, mean in self._means.items() if each not in hidden},
        )

    def withheld(self, now: Profile) -> int:
        """Number of dimension averages not shown because other areas counted then."""
        return len(self._means) - len(self.means(now))

    def change(self, now: Profile) -> Change | None:
        """The change of the areas scored both times, weighted as today (``decisions.md`` 21)."""
        rises = [
            (area.weight, area.level - self.levels[area.area_id])
            for area in now.areas
            if area.level is not None and area.area_id in self.levels
        ]
        mean = weighted_mean(rises)
        return None if mean is None else Change(mean, len(rises))


def earlier_figures(model: MaturityModel, language: str, earlier: Session) -> EarlierFigures:
    """Figures of an earlier session that are comparable with one on ``model`` in ``language``."""
    same = comparable_area_ids(model, earlier.model, (language, earlier.language))
    then = profile(earlier)
    levels = {
        area.area_id: area.level
        for area in then.areas
        if area.level is not None and area.area_id in same
    }
    left_out = Counter(
        obstacle_to(area.area_id, model, earlier.model)
        for area in then.areas
        if area.level is not None and area.area_id not in same
    )
    return EarlierFigures(
        levels=levels,
        left_out=dict(left_out),
        _mean=then.overall.mean,
        _weights={area.area_id: area.weight for area in then.areas if area.counts},
        _means=_means(model, earlier, then, same),
    )


def _means(
    model: MaturityModel, earlier: Session, then: Profile, same: frozenset[str]
) -> dict[str, Fraction]:
    areas_then = {d.id: {area.id for area in d.areas} for d in earlier.model.dimensions}
    means_then = {group.id: group.mean for group in then.dimensions}
    found: dict[str, Fraction] = {}
    for dimension in model.dimensions:
        areas = {area.id for area in dimension.areas}
        mean = means_then.get(dimension.id)
        if mean is not None and areas_then[dimension.id] == areas and same >= areas:
            found[dimension.id] = mean
    return found
