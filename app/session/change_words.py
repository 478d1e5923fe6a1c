"""Words for changes of plans: one template for each part of a step, of settings and variants."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from app.session.plan_settings import PlanSettings
from app.session.plan_versions import PlanVersion
from app.session.scenarios import Scenario
from app.session.step_details import StepDetails
from app.words.texts import N_

Said = tuple[str, Mapping[str, object]]

_STEP_WORDS = {
    "title": N_("Edit short title of {area} → {level}"),
    "actions": N_("Change actions of {area} → {level}"),
    "outcome": N_("Edit outcome of {area} → {level}"),
    "kpi": N_("Edit KPI of {area} → {level}"),
    "kpi_baseline": N_("Edit KPI of {area} → {level}"),
    "kpi_target": N_("Edit KPI of {area} → {level}"),
    "owner": N_("Set owner of {area} → {level}"),
    "team": N_("Set team of {area} → {level}"),
    "benefit": N_("Set benefit of {area} → {level}"),
    "effort": N_("Set effort of {area} → {level}"),
    "effort_class": N_("Set effort of {area} → {level}"),
    "cost": N_("Set cost of {area} → {level}"),
    "duration": N_("Set duration of {area} → {level}"),
    "risk": N_("Edit risk of {area} → {level}"),
    "confidence": N_("Set confidence of {area} → {level}"),
    "status": N_("Set status of {area} → {level}"),
    "due": N_("Set due date of {area} → {level}"),
    "approval": N_("Set approval of {area} → {level}"),
    "approved_by": N_("Set approval of {area} → {level}"),
    "approved_on": N_("Set approval of {area} → {level}"),
}
_PLAN_WORDS = {
    "start": N_("Change start of the plan"),
    "periods": N_("Change number of quarters"),
    "capacity": N_("Change capacity"),
    "teams": N_("Change capacity of teams"),
    "parallel": N_("Change limit of parallel steps"),
    "blocked": N_("Change blocked quarters"),
    "budgets": N_("Change budget"),
    "first_period_at_least": N_("Change number of steps in the first quarter"),
    "order": N_("Change order of the plan"),
    "efforts": N_("Change person-days of effort classes"),
}
_LISTED_WORDS = {
    "milestones": (N_("Add milestone"), N_("Remove milestone"), N_("Change milestones")),
    "prerequisites": (
        N_("Add prerequisite"),
        N_("Remove prerequisite"),
        N_("Change prerequisites"),
    ),
    "overruled": (
        N_("Overrule prerequisite"),
        N_("Restore prerequisite"),
        N_("Change prerequisites"),
    ),
}
"""For one more entry, for one less, and for everything else."""


def step_words(before: tuple[StepDetails, ...], after: tuple[StepDetails, ...]) -> Said:
    """The words for a change to the details of an area's steps."""
    then, now = ({step.level: step for step in steps} for steps in (before, after))
    levels = sorted(then.keys() | now.keys())
    changed = [level for level in levels if then.get(level) != now.get(level)]
    if len(changed) != 1:
        return N_("Change steps of {area}"), {}
    level = changed[0]
    old, new = (steps.get(level, StepDetails(level)) for steps in (then, now))
    words = dict.fromkeys(_of_step(name, new) for name in _changed(old, new))
    if len(words) == 1:
        return next(iter(words)), {"level": level}
    return N_("Change {area} → {level}"), {"level": level}


def plan_words(before: PlanSettings, after: PlanSettings) -> Said:
    """The words for a change to the settings of the plan."""
    names = _changed(before, after)
    if len(names) != 1:
        return N_("Change the plan"), {}
    name = names[0]
    if name not in _LISTED_WORDS:
        return _PLAN_WORDS[name], {}
    added, removed, changed = _LISTED_WORDS[name]
    more = len(getattr(after, name)) - len(getattr(before, name))
    return {1: added, -1: removed}.get(more, changed), {}


def scenario_words(before: tuple[Scenario, ...], after: tuple[Scenario, ...]) -> Said:
    """The words for a change to the scenarios."""
    then, now = ({each.name: each for each in scenarios} for scenarios in (before, after))
    changed = [name for name in {**then, **now} if then.get(name) != now.get(name)]
    if len(changed) != 1:
        return N_("Change scenarios"), {}
    name = changed[0]
    if name not in then:
        return N_("Keep scenario “{name}”"), {"name": name}
    if name not in now:
        return N_("Remove scenario “{name}”"), {"name": name}
    return N_("Replace scenario “{name}”"), {"name": name}


def version_words(before: tuple[PlanVersion, ...], after: tuple[PlanVersion, ...]) -> Said:
    """The words for a change to the frozen versions."""
    added = [each.number for each in after if each not in before]
    if len(added) == 1:
        return N_("Freeze version {number} of the plan"), {"number": added[0]}
    return N_("Change versions of the plan"), {}


def _of_step(name: str, new: StepDetails) -> str:
    if name == "pin":
        return N_("Unpin {area} → {level}") if new.pin is None else N_("Pin {area} → {level}")
    return _STEP_WORDS[name]


def _changed(before: Any, after: Any) -> list[str]:
    names = [field.name for field in dataclasses.fields(before)]
    return [name for name in names if getattr(before, name) != getattr(after, name)]
