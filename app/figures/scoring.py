"""Scores: from area levels to dimension and overall figures, gaps and progress to target.

Every figure of the window, the workbook, the JSON and the charts comes from here, as an exact
fraction; rounding happens only where a number is written out (``app.words.numbers``). Formulas and
test vectors: our method, sections 6 and 7, after CMMI (staged and continuous representation), OWASP
SAMM (averages, percent to target) and ISO/IEC 33020 (aggregation).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from app.figures.means import weighted_mean, weighted_sum
from app.session.rating import Rating
from app.session.session import Session


class ScoringState(StrEnum):
    """State of an area or a group of areas: with a figure, or why it has none."""

    SCORED = "scored"
    UNSCORED = "unscored"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """One area in numbers.

    ``level`` is ``None`` while unscored; ``gap`` is ``None`` unless the area is applicable and
    scored. ``target`` is the agreed or the highest level; ``target_agreed`` is True for the former.
    """

    area_id: str
    dimension_id: str
    level: Fraction | None
    target: int
    target_agreed: bool
    weight: Fraction
    is_applicable: bool
    gap: Fraction | None

    @property
    def counts(self) -> bool:
        """True if the area is applicable and scored, and so part of every mean."""
        return self.is_applicable and self.level is not None

    @property
    def state(self) -> ScoringState:
        """Scored, or why the area has no figure."""
        return _state(applicable=self.is_applicable, scored=self.counts)

    @property
    def weighted_gap(self) -> Fraction | None:
        """Gap times weight; ``None`` where there is no gap figure."""
        return None if self.gap is None else self.gap * self.weight

    @property
    def is_over_target(self) -> bool:
        """True if the level exceeds the target: allowed, but does not offset gaps elsewhere."""
        return self.counts and not self.gap and self.level != self.target


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """Several areas in numbers: a dimension, or all areas.

    ``mean`` is the weighted mean, ``floor`` the lowest and ``ceiling`` the highest level of the
    scored areas (``None`` while none is scored); ``scored`` of ``applicable`` areas have a level.
    ``target_mean`` is the weighted mean target of the same scored areas.
    """

    id: str
    mean: Fraction | None
    floor: Fraction | None
    ceiling: Fraction | None
    scored: int
    applicable: int
    total: int
    target_mean: Fraction | None

    @property
    def state(self) -> ScoringState:
        """Scored as soon as one area is, or why the group has no figure."""
        return _state(applicable=self.applicable > 0, scored=self.scored > 0)


def _state(*, applicable: bool, scored: bool) -> ScoringState:
    if not applicable:
        return ScoringState.NOT_APPLICABLE
    return ScoringState.SCORED if scored else ScoringState.UNSCORED


@dataclass(frozen=True)
class Profile:
    """A session in numbers.

    ``overall`` covers all areas: its mean is the headline, "average of n areas".
    ``mean_of_dimensions`` weighs every dimension with a scored area the same.
    ``staged_level`` is the lowest level, known only once every applicable area is scored.
    ``progress_to_target`` runs from 0 to 1 and is ``None`` while nothing is scored;
    ``percent_to_target`` is OWASP SAMM's figure for the same question (exported, not shown).
    """

    areas: tuple[AreaFigures, ...]
    dimensions: tuple[GroupFigures, ...]
    overall: GroupFigures
    mean_of_dimensions: Fraction | None
    staged_level: Fraction | None
    total_gap: Fraction
    total_weighted_gap: Fraction
    mean_gap: Fraction | None
    progress_to_target: Fraction | None
    percent_to_target: Fraction | None

    @property
    def open_count(self) -> int:
        """Number of applicable areas without a level."""
        return self.overall.applicable - self.overall.scored

    @property
    def not_applicable_count(self) -> int:
        """Number of areas marked as not applicable."""
        return self.overall.total - self.overall.applicable

    def area(self, area_id: str) -> AreaFigures:
        """The figures of one area; raises ``KeyError`` for an unknown one."""
        return self._area_by_id[area_id]

    def dimension(self, dimension_id: str) -> GroupFigures:
        """The figures of one dimension; raises ``KeyError`` for an unknown one."""
        for figures in self.dimensions:
            if figures.id == dimension_id:
                return figures
        raise KeyError(dimension_id)

    @cached_property
    def _area_by_id(self) -> dict[str, AreaFigures]:
        return {figures.area_id: figures for figures in self.areas}

    @property
    def is_weighted(self) -> bool:
        """True if a scored area has another weight than 1, so that means are weighted means."""
        return any(area.weight != 1 for area in self.areas if area.counts)

    def widest_gaps(self) -> tuple[AreaFigures, ...]:
        """Scored areas with a gap, widest weighted gap first, then widest gap, then model order."""
        open_gaps = [area for area in self.areas if area.gap]
        return tuple(
            sorted(open_gaps, key=lambda a: (-(a.weighted_gap or 0), -(a.gap or 0)))
        )  # sorted() is stable: equal gaps stay in model order


def gap(level: Fraction, target: int) -> Fraction:
    """Levels missing to the target: ``max(0, target - level)``."""
    return max(Fraction(0), target - level)


def profile(session: Session) -> Profile:
    """All figures of a session."""
    model = session.model
    areas = tuple(
        _area_figures(session.rating(area.id), dimension.id, model.highest_level)
        for dimension, area in model.entries()
    )
    by_dimension: dict[str, list[AreaFigures]] = {d.id: [] for d in model.dimensions}
    for area in areas:
        by_dimension[area.dimension_id].append(area)
    dimensions = tuple(_group_figures(key, listed) for key, listed in by_dimension.items())
    overall = _group_figures("overall", areas)
    scored = [area for area in areas if area.counts]
    gaps = [area.gap for area in scored if area.gap is not None]
    means = [(Fraction(1), d.mean) for d in dimensions if d.mean is not None]
    complete = bool(scored) and overall.scored == overall.applicable
    return Profile(
        areas=areas,
        dimensions=dimensions,
        overall=overall,
        mean_of_dimensions=weighted_mean(means),
        staged_level=overall.floor if complete else None,
        total_gap=sum(gaps, Fraction(0)),
        total_weighted_gap=weighted_sum((a.weight, a.gap) for a in scored if a.gap is not None),
        mean_gap=weighted_mean((a.weight, a.gap) for a in scored if a.gap is not None),
        progress_to_target=progress_to_target(scored, model.lowest_level),
        percent_to_target=percent_to_target(scored),
    )


def progress_to_target(areas: Sequence[AreaFigures], lowest: int) -> Fraction | None:
    """P = Σ w·(min(c, t) − m) / Σ w·(t − m), with m the lowest level of the scale.

    Counts scored areas only; what lies above a target adds nothing. ``None`` for no areas; 1
    when every target is the lowest level.
    """
    counted = [(a.weight, a.target, a.gap) for a in areas if a.counts and a.gap is not None]
    if not counted:
        return None
    wanted = weighted_sum((w, Fraction(t - lowest)) for w, t, _ in counted)
    # min(c, t) is t less the gap, which is never negative.
    missing = weighted_sum((w, g) for w, _, g in counted)
    return Fraction(1) if wanted == 0 else 1 - missing / wanted


def percent_to_target(areas: Sequence[AreaFigures]) -> Fraction | None:
    """OWASP SAMM's percent to target: 1 − Σ max(0, t − c) / Σ t, over scored areas.

    ``None`` for no areas; 1 when the targets sum to 0.
    """
    counted = [(a.gap, a.target) for a in areas if a.counts and a.gap is not None]
    if not counted:
        return None
    targets = sum(t for _, t in counted)
    return Fraction(1) if targets == 0 else 1 - sum((g for g, _ in counted), Fraction(0)) / targets


def _area_figures(rating: Rating, dimension_id: str, highest: int) -> AreaFigures:
    target = highest if rating.target is None else rating.target
    counted = rating.level if rating.is_applicable else None
    return AreaFigures(
        area_id=rating.area_id,
        dimension_id=dimension_id,
        level=counted,
        target=target,
        target_agreed=rating.target is not None,
        weight=rating.weight,
        is_applicable=rating.is_applicable,
        gap=None if counted is None else gap(counted, target),
    )


def _group_figures(group_id: str, areas: Sequence[AreaFigures]) -> GroupFigures:
    scored = [(a.weight, a.level, a.target) for a in areas if a.level is not None]
    levels = [level for _, level, _ in scored]
    return GroupFigures(
        id=group_id,
        mean=weighted_mean((w, level) for w, level, _ in scored),
        floor=min(levels, default=None),
        ceiling=max(levels, default=None),
        scored=len(scored),
        applicable=sum(a.is_applicable for a in areas),
        total=len(areas),
        target_mean=weighted_mean((w, Fraction(t)) for w, _, t in scored),
    )
