"""Efforts of the steps of a session: entered, from their actions, or the default.

Person-days of effort classes are ours (XS 2, S 5, M 15, L 40, XL 80); a session may have others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from app.planning.problem import DEFAULT_EFFORT, StepKey
from app.session.plan_settings import PlanSettings
from app.session.session import Session
from app.session.step_details import PlannedAction, StepDetails

USUAL_DAYS: Mapping[str, Fraction] = {
    "XS": Fraction(2),
    "S": Fraction(5),
    "M": Fraction(15),
    "L": Fraction(40),
    "XL": Fraction(80),
}
"""Person-days by effort class."""


class EffortSource(StrEnum):
    """Origin of a step's effort."""

    ENTERED = "entered"
    CLASS = "class"
    ACTIONS = "actions"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class StepEffort:
    """Person-days of a step.

    ``low`` and ``high`` are those that were entered. ``shared`` are ids of its actions that an
    earlier step pays for.
    """

    likely: Fraction
    source: EffortSource
    low: Fraction | None = None
    high: Fraction | None = None
    shared: frozenset[str] = frozenset()


def days_by_class(settings: PlanSettings) -> Mapping[str, Fraction]:
    """Person-days by effort class in capitals."""
    return {**USUAL_DAYS, **{name.upper(): days for name, days in settings.efforts}}


def step_actions(session: Session, key: StepKey) -> tuple[PlannedAction, ...]:
    """The actions of a step: its own, or those of the model until they are changed."""
    own = session.step(*key).actions
    if own is not None:
        return own
    area_id, level = key
    return tuple(
        PlannedAction(
            action.id,
            action.text.line_in(session.language),
            action.effort or "",
            action.role or "",
        )
        for action in session.model.area(area_id).actions_to(level)
    )


def classes_of_actions(session: Session, key: StepKey) -> Mapping[str, str]:
    """Id of each action of a step to its effort class, empty where it has none.

    Without the texts, which take long to prepare.
    """
    own = session.step(*key).actions
    if own is not None:
        return {action.id: action.effort for action in own}
    area_id, level = key
    proposed = session.model.area(area_id).actions_to(level)
    return {action.id: action.effort or "" for action in proposed}


def step_efforts(session: Session, keys: Iterable[StepKey]) -> Mapping[StepKey, StepEffort]:
    """The effort of each of these steps.

    Entered person-days go before an entered class, that before the sum of the actions. The first
    of the steps that has an action pays for it. Where nothing has a class the default counts.
    """
    days = days_by_class(session.plan)
    paid: set[str] = set()
    efforts = {}
    for key in keys:
        classes = classes_of_actions(session, key)
        of_actions = sum(
            (
                days.get(name.upper(), Fraction(0))
                for id_, name in classes.items()
                if id_ not in paid
            ),
            Fraction(0),
        )
        efforts[key] = replace(
            _entered(session.step(*key), days) or _from_actions(of_actions),
            shared=frozenset(paid & classes.keys()),
        )
        paid |= classes.keys()
    return efforts


def effort_range(details: StepDetails, likely: Fraction) -> tuple[Fraction, Fraction]:
    """Low and high person-days that were entered, the likely ones where there is no such figure."""
    entered = details.effort
    low = None if entered is None else entered.low
    high = None if entered is None else entered.high
    return likely if low is None else low, likely if high is None else high


def _entered(details: StepDetails, days: Mapping[str, Fraction]) -> StepEffort | None:
    effort = details.effort
    if effort is not None:
        return StepEffort(effort.likely, EffortSource.ENTERED, effort.low, effort.high)
    of_class = days.get(details.effort_class.upper())
    return None if of_class is None else StepEffort(of_class, EffortSource.CLASS)


def _from_actions(days: Fraction) -> StepEffort:
    if days:
        return StepEffort(days, EffortSource.ACTIONS)
    return StepEffort(DEFAULT_EFFORT, EffortSource.DEFAULT)
