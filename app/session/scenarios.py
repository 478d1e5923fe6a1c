"""Scenarios: named alternatives to a session's plan, with targets, weights and pins."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from app.session.field_types.numbers import DEFAULT_WEIGHT
from app.session.plan_settings import DEFAULT_PLAN, PlanSettings
from app.session.quarters import Quarter

MAX_SCENARIOS = 50


@dataclass(frozen=True, slots=True)
class Pin:
    """The fixed first quarter of the step to a level."""

    level: int
    quarter: Quarter


@dataclass(frozen=True, slots=True)
class ScenarioArea:
    """Target, weight and pins of an area in a scenario, in place of those of the session."""

    area_id: str
    target: int | None = None
    weight: Fraction = DEFAULT_WEIGHT
    pins: tuple[Pin, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """An alternative plan of a session.

    ``areas`` holds those in which something differs from an area of which nothing was decided.
    Milestones of ``plan`` are ignored: days are the same in every scenario.
    """

    name: str
    plan: PlanSettings = DEFAULT_PLAN
    areas: tuple[ScenarioArea, ...] = ()
