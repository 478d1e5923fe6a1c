"""Scenarios of a session: taking one from it, applying one to it, and what moves between plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.planning.plan import Plan
from app.planning.problem import StepKey
from app.session.quarters import Quarter
from app.session.rating import Rating
from app.session.scenarios import Pin, Scenario, ScenarioArea
from app.session.session import Session
from app.session.step_details import StepDetails


@dataclass(frozen=True, slots=True)
class Move:
    """A step that two plans place differently; ``None`` stands for *Later*.

    ``is_new`` if only the second plan has the step, ``is_gone`` if only the first has it.
    """

    key: StepKey
    before: Quarter | None
    after: Quarter | None
    is_new: bool = False
    is_gone: bool = False


def scenario_of(session: Session, name: str) -> Scenario:
    """The plan of a session as it is now, under a name."""
    areas = (_area_of(session.rating(area.id)) for area in session.model.areas)
    return Scenario(
        name,
        replace(session.plan, milestones=()),
        tuple(area for area in areas if area != ScenarioArea(area.area_id)),
    )


def current_scenario(session: Session) -> Scenario | None:
    """The first scenario that the session is planned as."""
    if not session.scenarios:
        return None
    now = scenario_of(session, "")
    return next((each for each in session.scenarios if replace(each, name="") == now), None)


def applied(session: Session, scenario: Scenario) -> Session:
    """The session as it would be with the scenario; nothing is stored."""
    return session.with_values(scenario_values(session, scenario))


def scenario_values(session: Session, scenario: Scenario) -> Mapping[tuple[str | None, str], Any]:
    """The fields that differ from the scenario, with the values that it has, by area and name.

    Area ``None`` stands for the session itself. Areas that the model no longer has are left out.
    """
    listed = {area.area_id: area for area in scenario.areas}
    wanted: dict[tuple[str | None, str], Any] = {
        (None, "plan"): replace(scenario.plan, milestones=session.plan.milestones)
    }
    for area in session.model.areas:
        values = listed.get(area.id, ScenarioArea(area.id))
        wanted[area.id, "target"] = values.target
        wanted[area.id, "weight"] = values.weight
        wanted[area.id, "steps"] = _with_pins(session.rating(area.id), values)
    return {key: value for key, value in wanted.items() if session.value(*key) != value}


def moves(before: Plan, after: Plan) -> tuple[Move, ...]:
    """Steps that start in another quarter, or are in one plan only; in the order of the second."""
    return tuple(_moves(_quarters(before), _quarters(after)))


def _area_of(rating: Rating) -> ScenarioArea:
    pins = (Pin(step.level, step.pin) for step in rating.steps if step.pin is not None)
    return ScenarioArea(rating.area_id, rating.target, rating.weight, tuple(pins))


def _with_pins(rating: Rating, area: ScenarioArea) -> tuple[StepDetails, ...]:
    """The details of an area's steps with the pins of a scenario, and no others."""
    pins = {pin.level: pin.quarter for pin in area.pins}
    levels = sorted({step.level for step in rating.steps} | pins.keys())
    steps = (replace(rating.step(level), pin=pins.get(level)) for level in levels)
    return tuple(step for step in steps if step != StepDetails(step.level))


def _quarters(plan: Plan) -> dict[StepKey, Quarter | None]:
    """First quarter of every step; periods count as quarters of year 1 where no start is known."""
    first = plan.problem.limits.start or Quarter(1, 1)
    return {
        key: None if start is None else first.plus(start - 1) for key, start in plan.starts.items()
    }


def _moves(
    before: Mapping[StepKey, Quarter | None], after: Mapping[StepKey, Quarter | None]
) -> Iterator[Move]:
    for key, quarter in after.items():
        if key not in before:
            yield Move(key, None, quarter, is_new=True)
        elif before[key] != quarter:
            yield Move(key, before[key], quarter)
    for key, quarter in before.items():
        if key not in after:
            yield Move(key, quarter, None, is_gone=True)
