"""Rows of the tables of the roadmap: all steps of the plan, and their priorities."""

from __future__ import annotations

from collections.abc import Iterator

from app.planning.problem import StepKey
from app.session.step_details import APPROVAL_WORDS, STATUS_WORDS, Approval, StepStatus
from app.words.plan_words import days_in_words, place_in_plan, priority_in_words, step_name
from app.words.sorting import sort_key
from app.words.step_words import details_of, title_of, way_of
from app.words.texts import Translator
from ui.roadmap.plan_source import CurrentPlan
from ui.roadmap.plan_table import PlanColumn, PlanRow

_APPROVALS, _STATES = tuple(Approval), tuple(StepStatus)


def table_columns(tr: Translator) -> tuple[PlanColumn, ...]:
    """Columns of the table of all steps."""
    return (
        PlanColumn(tr.gettext("Quarter")),
        PlanColumn(tr.gettext("Area")),
        PlanColumn(tr.gettext("Level")),
        PlanColumn(tr.gettext("Step"), takes_rest=True),
        PlanColumn(tr.gettext("Owner")),
        PlanColumn(tr.gettext("Effort"), is_number=True),
        PlanColumn(tr.gettext("Approval")),
        PlanColumn(tr.gettext("Status")),
        PlanColumn(tr.gettext("Pinned")),
    )


def table_rows(current: CurrentPlan, tr: Translator) -> tuple[PlanRow, ...]:
    """All steps, by quarter and, within it, by rank; *Later* last."""
    plan, session = current.plan, current.session
    last = plan.problem.limits.periods + 1
    rows = []
    for key, priority in plan.priorities.items():
        details, step = details_of(session, key), plan.problem.step(key)
        area = session.label_of(key[0])
        title, owner = title_of(session, key), details.owner or details.team
        approval = tr.gettext(APPROVAL_WORDS[details.approval])
        status = tr.gettext(STATUS_WORDS[details.status])
        pinned = tr.gettext("pinned") if details.pin is not None else ""
        cells = (
            place_in_plan(plan, key, tr), area, way_of(session, key, tr), title, owner,
            days_in_words(step.effort, tr), approval, status, pinned,
        )  # fmt: skip
        order = (
            (plan.starts[key] or last, priority.rank), sort_key(area), key[1], sort_key(title),
            (not owner, sort_key(owner)), step.effort, _APPROVALS.index(details.approval),
            _STATES.index(details.status), not pinned,
        )  # fmt: skip
        rows.append(PlanRow(key, _dimension(current, key), cells, order))
    return tuple(rows)


def priority_columns(tr: Translator) -> tuple[PlanColumn, ...]:
    """Columns of the table of priorities: the inputs of the formula, and what is inherited."""
    return (
        PlanColumn(tr.gettext("No."), is_number=True),
        PlanColumn(tr.gettext("Step"), takes_rest=True),
        PlanColumn(tr.gettext("Weight"), is_number=True),
        PlanColumn(tr.gettext("Gap"), is_number=True),
        PlanColumn(tr.gettext("Benefit"), is_number=True),
        PlanColumn(tr.gettext("Effort"), is_number=True),
        PlanColumn(tr.gettext("Priority"), is_number=True),
        PlanColumn(tr.gettext("Counts as"), is_number=True),
        PlanColumn(tr.gettext("Because of")),
        PlanColumn(tr.gettext("Waiting steps"), is_number=True),
        PlanColumn(tr.gettext("Quarter")),
    )


def priority_rows(current: CurrentPlan, tr: Translator) -> tuple[PlanRow, ...]:
    """All steps by rank."""
    return tuple(_priority_rows(current, tr))


def _priority_rows(current: CurrentPlan, tr: Translator) -> Iterator[PlanRow]:
    plan, session = current.plan, current.session
    last = plan.problem.limits.periods + 1
    for key, priority in plan.priorities.items():
        step = plan.problem.step(key)
        is_inherited = priority.cause != key and priority.inherited > priority.own
        cause = step_name(session, priority.cause) if is_inherited else ""
        name = step_name(session, key)
        cells = (
            str(priority.rank + 1), name, tr.number(step.weight), str(step.gap),
            tr.number(step.benefit), days_in_words(step.effort, tr),
            priority_in_words(priority.own, tr), priority_in_words(priority.inherited, tr),
            cause, str(priority.unlocks), place_in_plan(plan, key, tr),
        )  # fmt: skip
        order = (
            priority.rank, sort_key(name), step.weight, step.gap, step.benefit, step.effort,
            priority.own, priority.inherited, (not cause, sort_key(cause)), priority.unlocks,
            plan.starts[key] or last,
        )  # fmt: skip
        yield PlanRow(key, _dimension(current, key), cells, order)


def _dimension(current: CurrentPlan, key: StepKey) -> int:
    model = current.session.model
    return model.dimensions.index(model.dimension_of(key[0]))
