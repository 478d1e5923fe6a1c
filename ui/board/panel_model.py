"""Contents of the side panel of the board for one step, as frozen values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.planning.efforts import EffortSource, StepEffort, step_actions
from app.planning.plan import Plan, PlanStatus
from app.planning.problem import StepKey
from app.planning.roadmap import requirements
from app.planning.session_problem import need_of
from app.session.step_details import CERTAINTY_WORDS, STATUS_WORDS, PlannedAction, StepDetails
from app.words.plan_words import (
    days_in_words,
    implied_in_words,
    inherited_in_words,
    own_priority_in_words,
    period_in_words,
    place_in_plan,
    place_in_words,
    quarter_in_words,
    quarters_in_words,
    step_name,
    step_namer,
    unlocks_in_words,
)
from app.words.step_words import (
    approval_in_words,
    details_of,
    goal_of,
    title_of,
    way_of,
)
from app.words.texts import Translator
from ui.roadmap.plan_source import CurrentPlan
from ui.roadmap.step_edits import target_period


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the panel: label, value, and a remark in a quieter colour."""

    label: str
    value: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything the panel shows of a step.

    ``earlier`` and ``later`` name the quarters that the step can be moved to; empty where there
    is none. ``shared`` holds the ids of actions that serve other steps, too.
    """

    key: StepKey
    dimension: int
    place: str
    title: str
    goal: str
    why: tuple[str, ...]
    is_best: bool
    links: tuple[Fact, ...]
    actions: tuple[PlannedAction, ...]
    shared: frozenset[str]
    facts: tuple[Fact, ...]
    earlier: str
    later: str
    is_pinned: bool


def panel_of(current: CurrentPlan, key: StepKey, tr: Translator) -> Panel:
    """The panel of a step that is part of the plan."""
    session, plan = current.session, current.plan
    details = details_of(session, key)
    name_of = step_namer(session)
    area = session.label_of(key[0])
    dimensions = session.model.dimensions
    why = (
        own_priority_in_words(plan, key, tr),
        inherited_in_words(plan, key, name_of, tr),
        unlocks_in_words(plan, key, tr),
        place_in_words(plan, key, name_of, tr),
        implied_in_words(plan.problem, key, name_of, tr),
    )
    effort = current.efforts[key]
    return Panel(
        key=key,
        dimension=dimensions.index(session.model.dimension_of(key[0])),
        place=f"{area} {way_of(session, key, tr)} · {place_in_plan(plan, key, tr)}",
        title=title_of(session, key) or area,
        goal=goal_of(session, key),
        why=tuple(sentence for sentence in why if sentence),
        is_best=is_best(plan),
        links=tuple(_links(current, key, tr)),
        actions=step_actions(session, key),
        shared=effort.shared,
        facts=tuple(_facts(current, key, details, effort, tr)),
        earlier=_quarter_beside(current, key, -1, tr),
        later=_quarter_beside(current, key, 1, tr),
        is_pinned=details.pin is not None,
    )


def is_best(plan: Plan) -> bool:
    """True if the plan is the best one, as far as that is known."""
    return plan.status in (PlanStatus.PROVEN, PlanStatus.WITHIN)


def _quarter_beside(current: CurrentPlan, key: StepKey, step: int, tr: Translator) -> str:
    period = target_period(current, key, step)
    return "" if period is None else period_in_words(current.plan.problem.limits, period, tr)


# ---- prerequisites ----------------------------------------------------------------------------


def _links(current: CurrentPlan, key: StepKey, tr: Translator) -> Iterator[Fact]:
    """Steps that a step needs, and those that need it."""
    needs = [*_planned_needs(current, key, tr), *_other_needs(current, key, tr)]
    if needs:
        yield Fact(tr.gettext("Needs"), ", ".join(needs))
    problem = current.plan.problem
    needed_by = [
        f"{step_name(current.session, step.key)} ({place_in_plan(current.plan, step.key, tr)})"
        for step in problem.steps
        if key in problem.requires.get(step.key, ())
    ]
    if needed_by:
        yield Fact(tr.gettext("Needed by"), ", ".join(needed_by))


def _planned_needs(current: CurrentPlan, key: StepKey, tr: Translator) -> Iterator[str]:
    for needed in current.plan.problem.requires.get(key, ()):
        place = place_in_plan(current.plan, needed, tr)
        yield f"{step_name(current.session, needed)} ({place})"


def _other_needs(current: CurrentPlan, key: StepKey, tr: Translator) -> Iterator[str]:
    """Prerequisites of other areas that are no steps of the plan, and why."""
    session = current.session
    areas = {area.id: area for area in current.plan.problem.areas}
    for each in requirements(session, areas).get(key, ()):
        name = step_name(session, (each.area_id, each.level))
        if each.not_applicable:
            yield tr.gettext("{step} (not applicable)", step=name)
        elif each.needs_scoring:
            yield tr.gettext("{step} (needs scoring)", step=name)
        elif each.is_met:
            yield tr.gettext("{step} (met)", step=name)
    for waived in session.plan.overruled:
        need = need_of(waived)
        if need.step == key:
            name = step_name(session, need.requires)
            yield tr.gettext("{step} (overruled: {reason})", step=name, reason=waived.reason)


# ---- details ----------------------------------------------------------------------------------


def _facts(
    current: CurrentPlan, key: StepKey, details: StepDetails, effort: StepEffort, tr: Translator
) -> Iterator[Fact]:
    """The details of a step: owner, effort and approval always, the others where entered."""
    step = current.plan.problem.step(key)
    yield Fact(tr.gettext("Owner"), details.owner or "–")
    if details.team:
        yield Fact(tr.gettext("Team"), details.team)
    yield Fact(tr.gettext("Effort"), *_effort(details, effort, tr))
    if step.duration > 1:
        yield Fact(tr.gettext("Duration"), quarters_in_words(step.duration, tr))
    if step.cost:
        yield Fact(tr.gettext("Cost"), tr.number(step.cost))
    if details.kpi:
        yield Fact(tr.gettext("KPI"), details.kpi, _kpi_values(details, tr))
    if details.confidence is not None:
        words = tr.gettext(CERTAINTY_WORDS[details.confidence])
        yield Fact(tr.gettext("Certainty"), words)
    if details.risk:
        yield Fact(tr.gettext("Risk"), details.risk)
    if details.due is not None:
        yield Fact(tr.gettext("Due"), tr.short_date(details.due))
    if details.pin is not None:
        yield Fact(tr.gettext("Pinned to"), quarter_in_words(details.pin))
    yield Fact(tr.gettext("Status"), tr.gettext(STATUS_WORDS[details.status]))
    yield Fact(tr.gettext("Approval"), approval_in_words(details, tr))


def _effort(details: StepDetails, effort: StepEffort, tr: Translator) -> tuple[str, str]:
    """Person-days, with their range or else their source."""
    days = days_in_words(effort.likely, tr)
    low = "" if effort.low is None else tr.gettext("{n} low", n=tr.number(effort.low))
    high = "" if effort.high is None else tr.gettext("{n} high", n=tr.number(effort.high))
    span = ", ".join(part for part in (low, high) if part)
    if span:
        return tr.gettext("{days} likely", days=days), span
    remarks = {
        EffortSource.CLASS: details.effort_class,
        EffortSource.ACTIONS: tr.gettext("from the actions"),
        EffortSource.DEFAULT: tr.gettext("assumed, not agreed"),
    }
    return days, remarks.get(effort.source, "")


def _kpi_values(details: StepDetails, tr: Translator) -> str:
    today, aim = details.kpi_baseline, details.kpi_target
    parts = (
        today and tr.gettext("today {value}", value=today),
        aim and tr.gettext("target {value}", value=aim),
    )
    return ", ".join(part for part in parts if part)
