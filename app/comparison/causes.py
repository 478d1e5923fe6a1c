"""Why an average moved: the change of a figure, split into four parts that add up to it.

Each part is what changes on top of those before it, in an order that is printed with the picture:
the model, which areas apply, the weights, and what was scored again. Every figure in between is a
weighted mean over a set of areas that really was or could have been, so it can be recomputed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from app.comparison.relations import AreaPair, Key, Relation, counts
from app.figures.means import weighted_mean
from app.session.rating import Rating

Scored = Mapping[Key, tuple[Fraction, Fraction]]
"""Areas that count: weight and level."""


class Cause(StrEnum):
    """A part of a change, in the order in which parts are taken."""

    MODEL = "model"
    """Areas came or went with the model, or ask something else now."""

    APPLICABLE = "applicable"
    """Other areas apply or are scored."""

    WEIGHTS = "weights"
    """The same areas weigh something else."""

    SCORED = "scored"
    """The same areas with the same weights have other levels."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a change.

    ``mean`` is the figure after it and ``by`` the difference it makes; both are ``None`` where
    nothing counts before or after. ``area_ids`` are the areas that make the difference.
    """

    cause: Cause
    by: Fraction | None
    mean: Fraction | None
    area_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Movement:
    """The way of a figure from one session to the next; ``before`` is where it starts.

    ``pairs`` are the areas of the figure in both sessions.
    """

    before: Fraction | None
    parts: tuple[Part, ...]
    pairs: tuple[AreaPair, ...] = ()

    @property
    def after(self) -> Fraction | None:
        """The figure in the later session."""
        return self.parts[-1].mean


def movement(pairs: Iterable[AreaPair]) -> Movement:
    """Split the change of the weighted mean over these areas.

    Model: an edited area takes its new level, or keeps the old one where there is none (it leaves
    with the next part); gone areas leave, new ones enter. Then areas that are not applicable or
    open now leave, newly applicable or scored ones enter; then the weights of today; then the
    levels of today.
    """
    listed = tuple(pairs)
    stages = [_then(listed)]
    for change in (_with_new_model, _with_areas_of_today, _with_new_weights, _with_new_levels):
        stages.append(change(stages[-1], listed))
    means = [weighted_mean(stage.values()) for stage in stages]
    parts = tuple(
        Part(cause, _difference(means[n], means[n + 1]), means[n + 1], _changed(*stages[n : n + 2]))
        for n, cause in enumerate(Cause)
    )
    return Movement(means[0], parts, listed)


Change = Callable[[Scored, tuple[AreaPair, ...]], Scored]


def _scored(rating: Rating | None) -> tuple[Fraction, Fraction] | None:
    """Weight and level of an area that counts."""
    if rating is None or rating.level is None or not counts(rating):
        return None
    return rating.weight, rating.level


def _then(pairs: Iterable[AreaPair]) -> Scored:
    found = {pair.key: _scored(pair.earlier) for pair in pairs}
    return {key: each for key, each in found.items() if each is not None}


def _with_new_model(stage: Scored, pairs: Iterable[AreaPair]) -> Scored:
    found = dict(stage)
    for pair in pairs:
        today = _scored(pair.later)
        if pair.relation is Relation.GONE:
            found.pop(pair.key, None)
        elif pair.relation is Relation.NEW and today is not None:
            found[pair.key] = today
        elif pair.relation is Relation.EDITED and today is not None and pair.key in found:
            found[pair.key] = (found[pair.key][0], today[1])
    return found


def _with_areas_of_today(stage: Scored, pairs: Iterable[AreaPair]) -> Scored:
    today = {pair.key: scored for pair in pairs if (scored := _scored(pair.later)) is not None}
    return {key: stage.get(key, scored) for key, scored in today.items()}


def _with_new_weights(stage: Scored, pairs: Iterable[AreaPair]) -> Scored:
    weights = {pair.key: pair.later.weight for pair in pairs if pair.later is not None}
    return {key: (weights[key], level) for key, (_, level) in stage.items()}


def _with_new_levels(stage: Scored, pairs: Iterable[AreaPair]) -> Scored:
    del stage
    return {pair.key: scored for pair in pairs if (scored := _scored(pair.later)) is not None}


def _changed(before: Scored, after: Scored) -> tuple[str, ...]:
    keys = dict.fromkeys((*after, *before))
    changed = (key for key in keys if before.get(key) != after.get(key))
    return tuple(dict.fromkeys(area_id for area_id, _ in changed))


def _difference(before: Fraction | None, after: Fraction | None) -> Fraction | None:
    return None if before is None or after is None else after - before
