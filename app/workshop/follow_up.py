"""A new session from an earlier one: what is taken along, and what cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from app.errors import InvalidInput
from app.figures.open_points import OpenPoint, open_areas
from app.figures.scoring import profile
from app.model.comparability import comparable_area_ids, have_same_scale
from app.model.maturity_model import MaturityModel
from app.session.plan_settings import DEFAULT_PLAN, AddedPrerequisite, Overruled, PlanSettings
from app.session.rating import RATING, Rating
from app.session.session import SESSION, NewSession, Session
from app.session.step_details import StepDetails, StepStatus
from app.workshop.validation import Wanted


class Part(StrEnum):
    """Contents that can be taken along from an earlier session."""

    TARGETS = "targets"
    WEIGHTS = "weights"
    NOT_APPLICABLE = "not-applicable"
    OPEN_POINTS = "open-points"


USUAL = frozenset({Part.TARGETS, Part.WEIGHTS, Part.NOT_APPLICABLE})
"""Taken along by default; open points are not, because they become texts to be read."""
WITHOUT_WORDS = frozenset({Part.TARGETS, Part.WEIGHTS})
"""Those that say nothing about the client, and may be taken along to another one."""
_OF_TARGET = ("target", "target_date", "target_reason", "target_sponsor", "target_path")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The ratings of a new session, and the names of areas where something needs a word.

    ``gone`` are areas that the model does not have any more, ``without_target`` areas whose target
    was on another scale, ``reworded`` areas whose target was agreed on other level texts.
    ``is_of_other_client`` tells that the words of the earlier client were left out. ``plan`` are
    the settings of the plan; prerequisites that were added to it are left out where
    ``has_circle``: they form one with those of the newer model.
    """

    ratings: tuple[Rating, ...] = ()
    gone: tuple[str, ...] = ()
    without_target: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    is_of_other_client: bool = False
    plan: PlanSettings = DEFAULT_PLAN
    has_circle: bool = False


def follow_up(
    earlier: Session,
    model: MaturityModel,
    notes: Mapping[str, str],
    parts: Iterable[Part],
    *,
    same_client: bool = True,
) -> FollowUp:
    """Contents to be taken along to a session on ``model``, the earlier one or a newer version.

    ``notes`` are the open points by area in words. Areas are matched by id. Levels, reasons and
    evidence are never taken along; to another client, nothing with words of this one is. With the
    targets come the steps that are not done, and the settings of the plan.
    """
    parts = frozenset(parts) if same_client else WITHOUT_WORDS.intersection(parts)
    found = (_taken(rating, notes, parts) for rating in earlier.all_ratings())
    if not same_client:
        found = (_without_words(rating) for rating in found)
    taken = [rating for rating in found if rating != RATING.holder(rating.area_id)]
    kept = [rating for rating in taken if model.has_area(rating.area_id)]
    gone = [rating.area_id for rating in taken if not model.has_area(rating.area_id)]
    with_target = [rating.area_id for rating in kept if _has_target(rating)]
    is_same_scale = have_same_scale(model, earlier.model)
    if not is_same_scale:
        kept = [_without_target(rating) for rating in kept]
    plan, has_circle = DEFAULT_PLAN, False
    if same_client and Part.TARGETS in parts:
        plan, has_circle = _plan_on(model, earlier.plan, has_levels=is_same_scale)
    unchanged = comparable_area_ids(model, earlier.model, (earlier.language,))
    reworded = [area_id for area_id in with_target if area_id not in unchanged]

    def names(area_ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(earlier.model.area(each).label.line_in(earlier.language) for each in area_ids)

    return FollowUp(
        tuple(kept),
        names(gone),
        () if is_same_scale else names(with_target),
        names(reworded) if is_same_scale else (),
        not same_client,
        plan,
        has_circle,
    )


def take_over(session: Session, found: FollowUp) -> Wanted:
    """The values of :func:`follow_up` that an open session still lacks.

    Only what is as it was at the beginning is filled: nothing that the group decided is replaced,
    and an area with a level stays applicable. A target comes with date, reason and sponsor, or not
    at all.
    """
    wanted: Wanted = {}
    if session.plan == DEFAULT_PLAN != found.plan:
        wanted[None, "plan"] = found.plan
    for rating in found.ratings:
        present, new = session.rating(rating.area_id), RATING.holder(rating.area_id)
        decided = any(getattr(present, name) != getattr(new, name) for name in _OF_TARGET)
        for field in RATING.fields:
            value, initial = getattr(rating, field), getattr(new, field)
            if value == initial or getattr(present, field) != initial:
                continue
            if field == "not_applicable" and present.level is not None:
                continue
            if field in _OF_TARGET and decided:
                continue
            wanted[rating.area_id, field] = value
    return wanted


def is_untouched(session: Session) -> bool:
    """True if nothing was decided in any area yet."""
    return not session.ratings  # empty ones are dropped


def _taken(rating: Rating, notes: Mapping[str, str], parts: frozenset[Part]) -> Rating:
    """The part of a rating that is taken along."""
    new = RATING.holder(rating.area_id)
    if Part.TARGETS in parts:
        new = replace(new, **{name: getattr(rating, name) for name in _OF_TARGET})
        new = replace(new, steps=tuple(_taken_steps(rating)))
    if Part.WEIGHTS in parts:
        new = replace(new, weight=rating.weight)
    if Part.NOT_APPLICABLE in parts:
        new = replace(new, not_applicable=rating.not_applicable)
    if Part.OPEN_POINTS in parts:
        new = replace(new, note=notes.get(rating.area_id, ""))
    return new


def _taken_steps(rating: Rating) -> Iterator[StepDetails]:
    """Details entered for steps that are not done; a pin belongs to the quarters of its plan."""
    for step in rating.steps:
        unpinned = replace(step, pin=None)
        if step.status is not StepStatus.DONE and unpinned != StepDetails(step.level):
            yield unpinned


def _has_target(rating: Rating) -> bool:
    return _without_target(rating) != rating


def _without_target(rating: Rating) -> Rating:
    """The rating without target and steps."""
    new = RATING.holder(rating.area_id)
    return replace(rating, **{name: getattr(new, name) for name in (*_OF_TARGET, "steps")})


def _without_words(rating: Rating) -> Rating:
    """The rating with the level of its target, but without what was written about it."""
    return replace(_without_target(rating), target=rating.target)


def _plan_on(
    model: MaturityModel, plan: PlanSettings, *, has_levels: bool
) -> tuple[PlanSettings, bool]:
    """Settings for a plan that begins after the new session, and if prerequisites form a circle.

    Of the capacity the figure that goes on is taken along.
    """

    def holds(each: AddedPrerequisite | Overruled) -> bool:
        return has_levels and all(map(model.has_area, (each.area_id, each.required_area_id)))

    taken = replace(
        plan,
        start=None,
        capacity=plan.capacity[-1:],
        teams=tuple(replace(team, capacity=team.capacity[-1:]) for team in plan.teams),
        prerequisites=tuple(filter(holds, plan.prerequisites)),
        overruled=tuple(filter(holds, plan.overruled)),
    )
    try:
        return SESSION["plan"].type.typed(taken, model), False
    except InvalidInput:  # all else was legal before
        return replace(taken, prerequisites=()), True


def open_points_of(session: Session) -> dict[str, tuple[OpenPoint, ...]]:
    """The open points of each area that has any."""
    found: dict[str, tuple[OpenPoint, ...]] = {}
    for point, area_ids in open_areas(session, profile(session)).items():
        for area_id in area_ids:
            found[area_id] = (*found.get(area_id, ()), point)
    return found


def versions_for(earlier: Session, models: Iterable[MaturityModel]) -> tuple[MaturityModel, ...]:
    """Versions of the session's model to choose from, the one to propose first.

    ``models`` are those that new sessions can use. Of those with the id of the session's model the
    last one counts; it is proposed unless its version number is lower.
    """
    own = earlier.model
    current = [model for model in models if model.id == own.id][-1:]
    if not current or current[0] == own:
        return (own,)
    is_older = _is_lower(current[0].content_version, own.content_version)
    return (own, current[0]) if is_older else (current[0], own)


def _is_lower(version: str, than: str) -> bool:
    """True if a version such as ``2026.9`` is lower; False for other texts."""
    if not all(re.fullmatch(r"\d+(\.\d+)*", each) for each in (version, than)):
        return False
    return [int(n) for n in version.split(".")] < [int(n) for n in than.split(".")]


def new_from(
    earlier: Session,
    model: MaturityModel,
    found: FollowUp,
    *,
    same_client: bool = True,
) -> NewSession:
    """A session like an earlier one, of today and without a title, with what was taken along.

    For another client, to be named by the caller, it has nothing that was written for this one.
    """
    language = earlier.language
    new = NewSession(
        organisation=earlier.organisation.name,
        model=model,
        language=language if language in model.languages else model.languages[0],
        half_levels=earlier.half_levels,
        ratings=found.ratings,
        plan=found.plan,
    )
    if not same_client:
        return new
    return replace(
        new,
        unit="" if earlier.unit is None else earlier.unit.path,
        scope=earlier.scope,
        facilitator=earlier.facilitator,
        tags=earlier.tags,
    )
